/**
 * When the rounds of heartbeats began that a quorum has answered to this leader. Whoever answers is
 * in the leader's epoch still, and a later leader needs the vote of one of them: nobody has been
 * elected after this leader before the last confirmed round began. What a leader may promise for
 * its successors counts from there (sessions.ts).
 *
 * It never takes the time of the answer: somebody may have been elected while that was under way.
 */
import type { RaftLog } from '../raftlog/raftlog.ts';
import type { Clock } from './clock.ts';

interface Round {
  readonly round: number;
  /** Monotonic time, not later than it was sent. */
  readonly at: number;
}

export class ConfirmedRounds {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #epoch = -1;
  #begun = 0;
  /** Not answered by a quorum. One for each heartbeat: a leader without a quorum steps down. */
  #open: Round[] = [];
  #confirmedAt: number | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Of the last leadership that there was here; undefined: no round of it is confirmed. */
  get confirmedAt(): number | undefined {
    return this.#confirmedAt;
  }

  /** To be called whenever the core has handed out messages, before they are sent. */
  look(core: Pick<RaftLog, 'epoch' | 'roundBegun' | 'roundConfirmed'>): void {
    const { roundBegun, roundConfirmed } = core;
    if (roundBegun === 0) return;
    if (core.epoch !== this.#epoch) {
      this.#epoch = core.epoch;
      this.#begun = 0;
      this.#open = [];
      this.#confirmedAt = undefined;
    }
    if (roundBegun > this.#begun) {
      this.#begun = roundBegun;
      this.#open.push({ round: roundBegun, at: this.#clock.monotonic() });
    }
    for (;;) {
      const first = this.#open[0];
      if (first === undefined || first.round > roundConfirmed) return;
      this.#confirmedAt = first.at;
      this.#open.shift();
    }
  }
}
