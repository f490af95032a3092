/**
 * The time that a leader stamps on what it decides: its wall clock, but never before anything that
 * was stamped already, by whomever, be it on what is gone by now. Clocks of members differ, and are
 * set back; users compare `mtime`.
 *
 * While it is ahead of the wall clock it runs at half the speed of time: so it comes back to it,
 * and whoever waits for a time to be over does not wait for ever.
 */
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Clock } from './clock.ts';

export class LeaderTime {
  readonly #state: Pick<ReplicatedState, 'leastTime'>;
  readonly #clock: Pick<Clock, 'wall' | 'monotonic'>;
  #last = 0;
  /** While it is ahead: monotonic time at which it was asked last. */
  #aheadAt: number | undefined;

  constructor(state: Pick<ReplicatedState, 'leastTime'>, clock: Pick<Clock, 'wall' | 'monotonic'>) {
    this.#state = state;
    this.#clock = clock;
  }

  /** Milliseconds since 1970, never less than before. */
  now(): number {
    const wall = this.#clock.wall();
    const least = Math.max(this.#last, this.#state.leastTime);
    if (wall >= least) {
      this.#last = wall;
      this.#aheadAt = undefined;
      return wall;
    }
    const at = this.#clock.monotonic();
    this.#last = least + (at - (this.#aheadAt ?? at)) / 2;
    this.#aheadAt = at;
    return Math.floor(this.#last);
  }
}
