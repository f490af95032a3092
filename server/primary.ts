/**
 * The leader's judgement: a request becomes a transaction, is refused, or changes nothing. It is
 * prepared against the tree and everything still outstanding, whichever member it came in at; the
 * verdict says what the answer rests on, and the member it came in at answers when it has applied
 * that.
 */
import type { LogIndex } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { type PrepareLimits, Preparer } from '../storage/tree/prepare.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { OpResult, RequestName, WriteRequest } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import { LeaderTime } from './leader-time.ts';
import type { Replica } from './replica.ts';
import type { Caller } from './types.ts';

export type Verdict =
  /** The answer follows from the transaction, if this is the one that is committed at `index`. */
  | { readonly kind: 'proposed'; readonly index: LogIndex; readonly zxid: Zxid }
  /** A refusal is as ordered as a success: it rests on everything proposed before it. */
  | { readonly kind: 'refused'; readonly after: Foundation; readonly refusal: Refusal }
  /** The answer is the first one: it is kept by whoever has applied so much. */
  | { readonly kind: 'repeated'; readonly after: Foundation }
  | {
      readonly kind: 'unchanged';
      readonly after: Foundation;
      readonly results: readonly OpResult[];
    };

/**
 * Whether the log proves the verdict, and nobody needs to confirm who gave it: that something was
 * applied is true whoever says so.
 */
export function isInLog({ kind }: { readonly kind: string }): boolean {
  return kind === 'proposed' || kind === 'repeated';
}

/** The last entry that a verdict rests on: it holds if this is the one that is committed there. */
export interface Foundation {
  readonly index: LogIndex;
  readonly zxid: Zxid;
}

export class Primary {
  readonly #replica: Replica;
  readonly #time: LeaderTime;
  readonly #preparer: Preparer;
  /** Told of each proposal. */
  readonly #clock: Clock;
  readonly #proposed: (index: LogIndex) => void;
  #quotaRefusals = 0;
  /** Monotonic time at which this member began to lead. */
  #since = 0;

  constructor(
    state: ReplicatedState,
    replica: Replica,
    clock: Clock,
    limits: PrepareLimits,
    proposed: (index: LogIndex) => void = () => undefined,
  ) {
    this.#proposed = proposed;
    this.#replica = replica;
    this.#clock = clock;
    this.#time = new LeaderTime(state, clock);
    this.#preparer = new Preparer(state, limits);
  }

  /** This member begins to lead, and everything before is applied: nothing is outstanding. */
  begin(): void {
    this.#since = this.#clock.monotonic();
    this.#preparer.reset();
  }

  /** Requests that a quota left no room for. */
  get quotaRefusals(): number {
    return this.#quotaRefusals;
  }

  /** Judges a request, at once. Only when the replica is ready. */
  judge(caller: Caller, request: WriteRequest, name?: RequestName): Verdict {
    const zxid = this.#replica.nextZxid();
    const prepared = this.#preparer.prepare(request, {
      zxid,
      time: this.#time.now(),
      session: caller.session,
      identities: caller.identities,
      ...(name && { name, ledMs: this.#clock.monotonic() - this.#since }),
    });
    const after = this.#replica.lastPoint;
    switch (prepared.kind) {
      case 'transaction': {
        const index = this.#replica.propose(prepared.transaction);
        this.#proposed(index);
        return { kind: 'proposed', index, zxid };
      }
      case 'refused':
        if (prepared.refusal.code === 'QuotaExceeded') this.#quotaRefusals += 1;
        return { kind: 'refused', after, refusal: prepared.refusal };
      case 'repeated':
        return { kind: 'repeated', after };
      case 'dryRun':
        return { kind: 'unchanged', after, results: prepared.results };
      case 'nothing':
        return { kind: 'unchanged', after, results: [] };
    }
  }

  /** The time by which requests are judged now, ms since 1970. */
  now(): number {
    return this.#time.now();
  }

  /** Everything through `zxid` is applied and outstanding no more. */
  applied(zxid: Zxid): void {
    this.#preparer.applied(zxid);
  }
}
