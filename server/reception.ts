/**
 * Requests that other members forward, when this member leads. They are judged in the order in
 * which they come, and answered with verdicts; whoever forwarded them tells its client.
 */
import type { LogIndex, MemberId } from '../raftlog/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { WriteRequest } from '../storage/tree/types.ts';
import type { Confirmations } from './confirmations.ts';
import type {
  Forwarded,
  ForwardedRequest,
  ForwardedVerdict,
  ForwardReply,
} from './lane-messages.ts';
import { isTooLong, LANE_BATCH_BYTES } from './lane-messages.ts';
import type { Primary } from './primary.ts';
import type { Replica } from './replica.ts';

type Batch = Extract<Forwarded, { kind: 'requests' }>;

export class Reception {
  /** Requests of other members that were judged here. */
  received = 0;
  readonly #replica: Pick<Replica, 'epoch' | 'lastPoint' | 'ready' | 'role'>;
  readonly #primary: Pick<Primary, 'judge'>;
  readonly #confirmations: Pick<Confirmations, 'ask' | 'needed'>;
  readonly #reply: (to: MemberId, reply: ForwardReply) => void;
  readonly #overload: (request: WriteRequest) => Refusal | undefined;
  /** Came while this member was about to lead. */
  #held: { readonly from: MemberId; readonly batch: Batch }[] = [];
  #decisions = 0;
  /** The generation of each member of which a batch was refused: the rest of it is refused, too. */
  readonly #refused = new Map<MemberId, number>();

  constructor(parts: {
    replica: Pick<Replica, 'epoch' | 'lastPoint' | 'ready' | 'role'>;
    primary: Pick<Primary, 'judge'>;
    confirmations: Pick<Confirmations, 'ask' | 'needed'>;
    reply: (to: MemberId, reply: ForwardReply) => void;
    /** Why this member takes no such write from anybody now. */
    overload: (request: WriteRequest) => Refusal | undefined;
  }) {
    this.#replica = parts.replica;
    this.#primary = parts.primary;
    this.#confirmations = parts.confirmations;
    this.#reply = parts.reply;
    this.#overload = parts.overload;
  }

  take(from: MemberId, batch: Batch): void {
    if (this.#refused.get(from) === batch.generation) return;
    // What was sent to a leader of the past is too late: its sender may have gone on without it.
    const late = batch.epoch !== this.#replica.epoch;
    if (this.#replica.role !== 'leading' || late) this.#refuse(from, batch.generation);
    else if (!this.#replica.ready || this.#held.length > 0) this.#held.push({ from, batch });
    else this.#judge(from, batch);
  }

  /** This member may judge now, or leads no more. */
  turned(): void {
    if (this.#replica.role === 'leading' && !this.#replica.ready) return;
    const held = this.#held;
    this.#held = [];
    for (const { from, batch } of held) this.take(from, batch);
  }

  /** The stream is gone: what came on it has nobody to be answered to. */
  lost(member: MemberId): void {
    this.#held = this.#held.filter(({ from }) => from !== member);
    this.#refused.delete(member);
  }

  #refuse(from: MemberId, generation: number): void {
    this.#refused.set(from, generation);
    this.#reply(from, { kind: 'refused', generation });
  }

  #judge(from: MemberId, { generation, requests }: Batch): void {
    let verdicts: ForwardedVerdict[] = [];
    let length = 0;
    let judged = 0;
    const reply = () => this.#tell(from, generation, verdicts);
    for (const request of requests) {
      // The last counter of the epoch may be used up in the middle of a batch.
      if (!this.#replica.ready) break;
      const { verdict, long } = bounded(this.#verdict(from, request));
      // What many dry runs would come to is more than one frame may hold.
      if (length > 0 && length + long > LANE_BATCH_BYTES) {
        reply();
        verdicts = [];
        length = 0;
      }
      verdicts.push(verdict);
      length += long;
      judged += 1;
    }
    this.received += judged;
    reply();
    if (judged < requests.length) this.#refuse(from, generation);
  }

  /** What changes nothing needs no quorum's disks, but its word that this member leads. */
  #tell(from: MemberId, generation: number, verdicts: readonly ForwardedVerdict[]): void {
    const changesNothing = ({ kind }: ForwardedVerdict) =>
      kind === 'refused' || kind === 'unchanged';
    if (!this.#confirmations.needed || !verdicts.some(changesNothing)) {
      this.#reply(from, { kind: 'verdicts', generation, verdicts });
      return;
    }
    this.#decisions += 1;
    const decision = this.#decisions;
    this.#reply(from, { kind: 'verdicts', generation, verdicts, decision });
    this.#confirmations.ask({
      confirmed: () => this.#reply(from, { kind: 'upheld', generation, decision }),
      lost: () => this.#reply(from, { kind: 'overruled', generation, decision }),
    });
  }

  #verdict(from: MemberId, request: ForwardedRequest): ForwardedVerdict {
    if (request.kind === 'write') {
      const refusal = this.#overload(request.request);
      if (refusal === undefined) {
        return this.#primary.judge(request.caller, request.request, request.name);
      }
      return { kind: 'refused', after: this.#replica.lastPoint, refusal };
    }
    const { id } = request;
    this.#confirmations.ask({
      confirmed: (index: LogIndex) => this.#reply(from, { kind: 'confirmed', id, index }),
      lost: () => this.#reply(from, { kind: 'unconfirmed', id }),
    });
    return { kind: 'confirming' };
  }
}

/** The verdict in a form that fits into a frame, and how long that is, when it is not short. */
function bounded(verdict: ForwardedVerdict): { verdict: ForwardedVerdict; long: number } {
  if (verdict.kind !== 'unchanged') return { verdict, long: 0 };
  const text = JSON.stringify(verdict);
  if (!isTooLong(text)) return { verdict, long: text.length };
  const detail = 'what the dry run came to is too much to be sent by the leader';
  const refusal = { code: 'TooLarge', detail } as const;
  return { verdict: { kind: 'refused', after: verdict.after, refusal }, long: 0 };
}
