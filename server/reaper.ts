/**
 * Removes containers that have emptied and TTL znodes whose time is up. The leader looks every
 * second; each removal is a request of its own that is re-checked when it is prepared, so a znode
 * that was used in the meantime stays.
 */
import { dueForReaping } from '../storage/tree/reap.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { ReapRequest } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';

export const REAP_ROUND_MS = 1000;

/** Removals in one round: bounds the work that a mass expiry puts into one turn. */
const REAPED_PER_ROUND = 2000;

export class Reaper {
  readonly #state: ReplicatedState;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #now: () => number;
  readonly #reap: (request: ReapRequest) => void;
  /** Grows with each start and stop: a round of a former one is none. */
  #run = 0;

  constructor(parts: {
    state: ReplicatedState;
    clock: Pick<Clock, 'after'>;
    /** The time by which the requests will be judged. */
    now: () => number;
    reap: (request: ReapRequest) => void;
  }) {
    this.#state = parts.state;
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#reap = parts.reap;
  }

  /** Starts, or goes on. */
  start(): void {
    this.#run += 1;
    this.#plan(this.#run);
  }

  stop(): void {
    this.#run += 1;
  }

  #plan(run: number): void {
    this.#clock.after(REAP_ROUND_MS, () => {
      if (run !== this.#run) return;
      for (const request of dueForReaping(this.#state, this.#now(), REAPED_PER_ROUND)) {
        this.#reap(request);
      }
      this.#plan(run);
    });
  }
}
