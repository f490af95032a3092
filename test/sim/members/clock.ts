/** The clocks of a member: virtual time, a little fast or slow, and a wall clock that is wrong. */
import type { Clock } from '../../../server/clock.ts';

/** When virtual time begins, ms since 1970. */
const BEGINNING = 1_700_000_000_000;

/** The process that the clock is of. */
export interface ClockOwner {
  readonly now: number;
  /** Later, in this process; what comes while it is paused waits for its end. */
  later(kind: 'timer' | 'soon', delay: number, action: () => void): void;
  /** How long a turn of its event loop takes, ms. */
  turnMs(): number;
}

export class SimClock implements Clock {
  readonly #owner: ClockOwner;
  readonly #rate: number;
  readonly #skew: number;

  constructor(owner: ClockOwner, rate: number, skew: number) {
    this.#owner = owner;
    this.#rate = rate;
    this.#skew = skew;
  }

  wall(): number {
    return Math.floor(BEGINNING + this.#owner.now * this.#rate + this.#skew);
  }

  monotonic(): number {
    return this.#owner.now * this.#rate;
  }

  after(ms: number, run: () => void): () => void {
    let cancelled = false;
    this.#owner.later('timer', ms / this.#rate, () => {
      if (!cancelled) run();
    });
    return () => {
      cancelled = true;
    };
  }

  soon(run: () => void): void {
    this.#owner.later('soon', this.#owner.turnMs(), run);
  }
}
