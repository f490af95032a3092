/**
 * Linearizable reads wait here for the barrier (`Coordinator.sync`) that makes this member as new
 * as they are. All that come in one turn of the event loop share one barrier, and the rounds of the
 * leader are shared again by the barriers of all members.
 *
 * Invariant: a barrier is asked for after every read that it stands for has come, never before; a
 * round that had begun earlier would prove nothing about what was acknowledged in between.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import type { Clock } from './clock.ts';
import type { Refused } from './types.ts';

type Barrier = (done: (answer: { ok: true; zxid: Zxid } | Refused) => void) => void;
type Done = (refused: Refused | undefined) => void;

export class ConfirmedReads {
  readonly #clock: Clock;
  readonly #barrier: Barrier;
  /** In the order in which they came, which is the order in which they are answered. */
  #waiting: Done[] = [];

  constructor(clock: Clock, barrier: Barrier) {
    this.#clock = clock;
    this.#barrier = barrier;
  }

  ask(done: Done): void {
    this.#waiting.push(done);
    if (this.#waiting.length === 1) this.#clock.soon(() => this.#askAll());
  }

  #askAll(): void {
    const reads = this.#waiting;
    this.#waiting = [];
    this.#barrier((answer) => {
      const refused = answer.ok ? undefined : answer;
      for (const done of reads) done(refused);
    });
  }
}
