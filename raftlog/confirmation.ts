/**
 * Confirming reads (Raft 6.4): a read that must see everything acknowledged before it is answered
 * once a quorum has answered a round of heartbeats that began after it. Rounds are shared by all
 * reads that wait, and never answered from a clock.
 */
import { quorumValue } from './quorum.ts';
import type { ConfirmedRead, LogIndex, ReadId } from './types.ts';

interface WaitingRead extends ConfirmedRead {
  /** Any round from this one on confirms it. */
  readonly round: number;
}

export class Confirmation {
  /** In the order in which they came, so in the order of their rounds. */
  #waiting: WaitingRead[] = [];
  /** The last round begun. */
  #round = 0;
  /** The last round that a quorum has answered. */
  #confirmed = 0;

  get round(): number {
    return this.#round;
  }

  get confirmed(): number {
    return this.#confirmed;
  }

  /** Whether a read waits for a round that has not begun, and none is under way. */
  get wantsRound(): boolean {
    const last = this.#waiting.at(-1);
    return last !== undefined && last.round > this.#round && this.#confirmed === this.#round;
  }

  ask(id: ReadId, index: LogIndex): void {
    this.#waiting.push({ id, index, round: this.#round + 1 });
  }

  beginRound(): number {
    this.#round += 1;
    return this.#round;
  }

  /** Given the last round that each voter has answered: the reads that are confirmed now. */
  answered(rounds: readonly number[]): readonly ConfirmedRead[] {
    this.#confirmed = Math.max(this.#confirmed, quorumValue(rounds));
    if (this.#waiting.length === 0) return [];
    const open = this.#waiting.findIndex((read) => read.round > this.#confirmed);
    const count = open === -1 ? this.#waiting.length : open;
    return this.#waiting.splice(0, count).map(({ id, index }) => ({ id, index }));
  }

  /** The leadership is over: the reads that nobody will confirm. */
  lost(): readonly ReadId[] {
    return this.#waiting.splice(0).map((read) => read.id);
  }
}
