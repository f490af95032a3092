/**
 * Requests that wait until this member has applied a zxid that their client has seen elsewhere.
 *
 * What has been seen was committed. So when a barrier has passed and the zxid is still not reached,
 * it is not in the history of this ensemble at all: it was restored from an older state, or is not
 * the one that the client knows. Waiting longer would never help, and the client is told so. The
 * same holds when the ensemble has passed it by, in a later epoch (`epoch-starts.ts`).
 */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import type { EpochStart } from '../storage/types.ts';
import type { Clock } from './clock.ts';
import { ConfirmedReads } from './confirmed-reads.ts';
import { aheadOfEnsemble, EpochStarts } from './epoch-starts.ts';
import type { ClientRequests } from './requests.ts';
import type { Caller, Coordinator, Refused } from './types.ts';

/** A member that is a little behind gets there sooner; then the ensemble is asked, ms. */
const ASK_AFTER_MS = 1500;

interface Waiter {
  readonly zxid: Zxid;
  readonly done: (refused: Refused | undefined) => void;
  cancelTimers: () => void;
}

export class Freshness {
  readonly epochs: EpochStarts;
  readonly #clock: Clock;
  readonly #ensemble: Pick<Coordinator, 'zxid' | 'sync'>;
  readonly #confirmedReads: ConfirmedReads;
  readonly #waiters = new Set<Waiter>();

  constructor(
    clock: Clock,
    ensemble: Pick<Coordinator, 'zxid' | 'sync'>,
    requests: Pick<ClientRequests, 'turnOf' | 'inTurn'>,
    epochs: readonly EpochStart[],
  ) {
    this.#clock = clock;
    this.#ensemble = ensemble;
    this.epochs = new EpochStarts(epochs, ensemble.zxid());
    this.#confirmedReads = new ConfirmedReads(clock, (done) => ensemble.sync(done), requests);
  }

  /** See `Coordinator.confirmRead`. */
  confirm(done: (refused: Refused | undefined) => void, caller?: Caller): void {
    this.#confirmedReads.ask(done, caller);
  }

  wait(zxid: Zxid, timeoutMs: number, done: (refused: Refused | undefined) => void): void {
    const cancelTimeout = this.#clock.after(timeoutMs, () => {
      const detail = `this member has not applied ${formatZxid(zxid)} yet`;
      this.#end(waiter, { ok: false, refusal: { code: 'NotReady', detail, retryAfter: 1 } });
    });
    const askAfter = Math.min(ASK_AFTER_MS, timeoutMs / 2);
    const cancelQuestion = this.#clock.after(askAfter, () => this.#ask(waiter));
    const cancelTimers = () => {
      cancelTimeout();
      cancelQuestion();
    };
    const waiter: Waiter = { zxid, done, cancelTimers };
    this.#waiters.add(waiter);
  }

  /** Everything through `zxid` is applied. */
  reached(zxid: Zxid): void {
    if (this.#waiters.size === 0) return;
    for (const waiter of this.#waiters) {
      if (waiter.zxid <= zxid) this.#end(waiter, this.epochs.refusal(waiter.zxid));
    }
  }

  /** Whether the ensemble has ever come to what is waited for. */
  #ask(waiter: Waiter): void {
    this.confirm((refused) => {
      if (refused !== undefined || waiter.zxid <= this.#ensemble.zxid()) return;
      this.#end(waiter, aheadOfEnsemble(waiter.zxid));
    });
  }

  #end(waiter: Waiter, refused: Refused | undefined): void {
    if (!this.#waiters.delete(waiter)) return;
    waiter.cancelTimers();
    waiter.done(refused);
  }
}
