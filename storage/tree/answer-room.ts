/**
 * How many answers to its ids a session may keep: as much as is left for all other sessions, of
 * what all together may. Judged by the leader, on the replicated state and what is outstanding;
 * what comes of it is in the log, so that every member keeps the same.
 */
import { answerText } from './answer-text.ts';
import type { AnswerTable } from './answers.ts';
import type { PrepareLimits } from './draft.ts';
import type { Refusal } from './errors.ts';
import { unitsOfAnswer } from './session-answers.ts';
import type { LoggedId, SessionId, Transaction } from './types.ts';

/**
 * When a session may keep so many units, room is no question: an answer is smaller than its
 * transaction, and that than 24 MiB (`entryBytes`). What comes to be outstanding then is not
 * counted as that.
 */
const AMPLE_UNITS = 32 * 1024 * 1024;

/** The answer that a transaction will have, which is not applied. */
interface Coming {
  readonly id: number;
  readonly units: number;
}

export class AnswerRoom {
  readonly #limits: PrepareLimits;
  /** Of each session in the order of their ids. */
  readonly #coming = new Map<SessionId, Coming[]>();
  #comingUnits = 0;

  constructor(limits: PrepareLimits) {
    this.#limits = limits;
  }

  /**
   * The transaction of a request with an id, in which its session forgets what it must to have room
   * for the answer; it counts as outstanding. Or a refusal, when the answer alone is too much.
   */
  taken(name: LoggedId, transaction: Transaction, answers: AnswerTable): Transaction | Refusal {
    const { session, id } = name;
    const own = answers.ofSession(session);
    const coming = this.#coming.get(session) ?? [];
    const keeps = (own?.units ?? 0) + sum(coming);
    const others = answers.sessionUnits + this.#comingUnits - keeps;
    const share = Math.floor((this.#limits.exactlyOnceBytes - others) / 2);
    if (share >= AMPLE_UNITS) return transaction;
    const units = unitsOfAnswer(answerText(transaction));
    if (units > share) return this.#refusal();
    let excess = keeps + units - share;
    let forgets = 0;
    if (excess > 0 && own !== undefined) {
      forgets = own.idOfOldest(excess);
      excess -= own.units;
    }
    for (let at = 0; at < coming.length && excess > 0; at += 1) {
      const next = coming[at] as Coming;
      forgets = next.id;
      excess -= next.units;
    }
    this.#coming.set(session, [...coming, { id, units }]);
    this.#comingUnits += units;
    return forgets === 0 ? transaction : { ...transaction, name: { ...name, forgets } };
  }

  /** The transaction has been applied. */
  applied({ session, id }: LoggedId): void {
    const coming = this.#coming.get(session);
    const first = coming?.[0];
    if (coming === undefined || first?.id !== id) return;
    this.#comingUnits -= first.units;
    if (coming.length === 1) this.#coming.delete(session);
    else coming.shift();
  }

  reset(): void {
    this.#coming.clear();
    this.#comingUnits = 0;
  }

  #refusal(): Refusal {
    const limit = { name: 'exactlyOnceBytes', value: this.#limits.exactlyOnceBytes };
    return { code: 'Throttled', detail: NO_ROOM, limit, retryAfter: 1 };
  }
}

const NO_ROOM =
  'the answers that are kept for repeats of all sessions leave no room for the one to this request';

function sum(coming: readonly Coming[]): number {
  let units = 0;
  for (const one of coming) units += one.units;
  return units;
}
