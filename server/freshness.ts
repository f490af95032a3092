/** Requests that wait until this member has applied a zxid they have seen elsewhere. */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import type { Clock } from './clock.ts';
import type { Refused } from './types.ts';

interface Waiter {
  readonly zxid: Zxid;
  readonly done: (refused: Refused | undefined) => void;
  readonly cancelTimer: () => void;
}

export class Freshness {
  readonly #clock: Clock;
  readonly #waiters = new Set<Waiter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wait(zxid: Zxid, timeoutMs: number, done: (refused: Refused | undefined) => void): void {
    const waiter: Waiter = {
      zxid,
      done,
      cancelTimer: this.#clock.after(timeoutMs, () => {
        this.#waiters.delete(waiter);
        const detail = `this member has not applied ${formatZxid(zxid)} yet`;
        done({ ok: false, refusal: { code: 'NotReady', detail, retryAfter: 1 } });
      }),
    };
    this.#waiters.add(waiter);
  }

  /** Everything through `zxid` is applied. */
  reached(zxid: Zxid): void {
    if (this.#waiters.size === 0) return;
    for (const waiter of this.#waiters) {
      if (waiter.zxid > zxid) continue;
      this.#waiters.delete(waiter);
      waiter.cancelTimer();
      waiter.done(undefined);
    }
  }
}
