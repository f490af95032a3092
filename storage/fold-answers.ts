/**
 * The answers of one fold, as few rows as there are sessions that wrote, and one for all keys. Of a
 * session no more is folded than it keeps. Pure.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import { answerText, operationsOf } from './tree/answer-text.ts';
import {
  type AnswersRow,
  type IdAnswer,
  idAnswer,
  type KeyAnswer,
  keyAnswer,
} from './tree/image.ts';
import { KEPT_OPERATIONS } from './tree/session-answers.ts';
import type { LoggedName, SessionId, Transaction } from './tree/types.ts';

/** What has fallen out of the window at the front is cut off when there is this much of it. */
const SURPLUS = KEPT_OPERATIONS;

interface IdAnswers {
  answers: IdAnswer[];
  operations: number;
  /** The zxid of the last that was cut off; 0 = none. */
  forgets: number;
}

export class AnswersFold {
  readonly #sessions = new Map<SessionId, IdAnswers>();
  readonly #keyed: KeyAnswer[] = [];
  #forgets = 0;

  add(zxid: Zxid, name: LoggedName, transaction: Transaction): void {
    const text = answerText(transaction);
    if ('key' in name) {
      this.#forgets = Math.max(this.#forgets, name.forgets);
      this.#keyed.push(keyAnswer(zxid, name, transaction.time, text));
      return;
    }
    let session = this.#sessions.get(name.session);
    if (session === undefined) {
      session = { answers: [], operations: 0, forgets: 0 };
      this.#sessions.set(name.session, session);
    }
    const operations = operationsOf(transaction, text);
    const { id, fingerprint, previous, forgets } = name;
    session.answers.push(idAnswer({ zxid, id, fingerprint, previous, operations, text, forgets }));
    session.operations += operations;
    if (session.operations > KEPT_OPERATIONS + SURPLUS) cut(session);
  }

  endSession(session: SessionId): void {
    this.#sessions.delete(session);
  }

  rows(): AnswersRow[] {
    const rows: AnswersRow[] = [];
    const keyed = rowOf('', this.#keyed, this.#keyed.length, this.#forgets);
    if (keyed !== undefined) rows.push(keyed);
    for (const [id, session] of this.#sessions) {
      cut(session);
      const row = rowOf(id, session.answers, session.operations, session.forgets);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }
}

/** Drops what the session does not keep. */
function cut(session: IdAnswers): void {
  const { answers } = session;
  let from = 0;
  while (session.operations > KEPT_OPERATIONS && from < answers.length - 1) {
    session.operations -= answers[from]?.[4] ?? 0;
    from += 1;
  }
  if (from === 0) return;
  session.forgets = answers[from - 1]?.[0] ?? 0;
  session.answers = answers.slice(from);
}

function rowOf(
  owner: SessionId | '',
  answers: readonly (IdAnswer | KeyAnswer)[],
  operations: number,
  forgets: number,
): AnswersRow | undefined {
  const first = answers[0]?.[0];
  const last = answers.at(-1)?.[0];
  if (first === undefined || last === undefined) return undefined;
  return [owner, first, last, operations, forgets, JSON.stringify(answers)];
}
