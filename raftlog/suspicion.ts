/**
 * A member that may have forgotten: its disk is new, or was damaged. Before it may vote or count
 * for a quorum again it must be unable to break any word that it ever gave.
 *
 * - A forgotten acknowledgement: it must have everything durably again that was committed. Leaders
 *   are elected without it meanwhile, so one that it meets has all of that; or no log in the
 *   ensemble has any entry.
 * - A forgotten vote: whoever it was given to stood in an epoch that is not above that of any
 *   member asked since. So it asks every other voter, and gives no vote up to the highest.
 *
 * A new ensemble begins this way, too: all are blank, and must have met each other once.
 */
import type { Shared } from './shared.ts';
import type { MemberId } from './types.ts';

interface Introduction {
  readonly epoch: number;
  readonly blank: boolean;
}

export class Suspicion {
  readonly #shared: Shared;
  readonly #introductions = new Map<MemberId, Introduction>();
  #ticks = 0;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Asks those who have not answered; all of them again from time to time. */
  tick(): void {
    const { electionTicks, heartbeatTicks } = this.#shared.settings;
    if (this.#ticks % heartbeatTicks === 0) {
      const everybody = this.#ticks % electionTicks === 0;
      for (const voter of this.#shared.otherVoters) {
        if (everybody || !this.#introductions.has(voter)) this.#ask(voter);
      }
    }
    this.#ticks += 1;
  }

  introduced(from: MemberId, epoch: number, blank: boolean): void {
    this.#introductions.set(from, { epoch, blank });
  }

  /**
   * Ends the suspicion when it may; whether it has ended. `leader` is the one followed, 0 = none;
   * `caughtUp`: everything is durable here that this leader had committed when they met.
   */
  ended(leader: MemberId, caughtUp: boolean): boolean {
    const { epoch, votedFor } = this.#shared.hardState;
    const others = this.#shared.otherVoters.map((voter) => this.#introductions.get(voter));
    if (!others.every((other) => other !== undefined)) return false;
    const highest = Math.max(epoch, ...others.map((other) => other.epoch));
    const newEnsemble = this.#shared.log.last.index === 0 && others.every((other) => other.blank);
    if (newEnsemble) {
      this.#trust(highest, highest === epoch && votedFor !== 0 ? votedFor : this.#shared.id);
      return true;
    }
    if (!caughtUp || highest > epoch) return false;
    this.#trust(epoch, votedFor === 0 ? leader : votedFor);
    return true;
  }

  /** The vote in this epoch is given away, so that none is given twice. */
  #trust(epoch: number, votedFor: MemberId): void {
    this.#shared.setHardState({ epoch, votedFor: epoch === 0 ? 0 : votedFor });
  }

  #ask(voter: MemberId): void {
    this.#shared.send(voter, { kind: 'inquiry', epoch: this.#shared.epoch });
  }
}
