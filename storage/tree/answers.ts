/**
 * The answers that are kept for requests that may be repeated: what each came to and under which
 * name, so that a repeat is given the first answer on every member, after every failover and
 * restart. Replicated: what is kept, and what is forgotten, follows from the log alone. Changed
 * only by applied transactions and by loading.
 *
 * Only what changed something is here: a refusal changed nothing, so that it may be judged again.
 */
import { assert } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { answerText, operationsOf } from './answer-text.ts';
import { hashOfAnswer, hashText, type RunningDigest } from './digest.ts';
import { type SessionAnswer, SessionAnswers } from './session-answers.ts';
import type { KeyName, LoggedName, SessionId, Transaction } from './types.ts';

export interface KeptAnswer {
  readonly zxid: Zxid;
  /** What `answerText` made of the transaction. */
  readonly text: string;
}

interface KeyedAnswer extends KeptAnswer, KeyName {
  readonly time: number;
  readonly hash: number;
}

/** Given `hashText` in the place of what is a session's id in the hash of an answer to an id. */
const KEYS = 0x6b657973;

export class AnswerTable {
  readonly #digest: RunningDigest;
  /** In the order of their zxids. */
  readonly #keyed = new Map<string, KeyedAnswer>();
  readonly #sessions = new Map<SessionId, SessionAnswers>();
  #keyedUnits = 0;

  constructor(digest: RunningDigest) {
    this.#digest = digest;
  }

  /** How many answers to keys there are, and the units of their texts. */
  get keys(): number {
    return this.#keyed.size;
  }

  get keyedUnits(): number {
    return this.#keyedUnits;
  }

  /** A transaction that came of a request with this name has been applied. */
  keep(zxid: Zxid, name: LoggedName, transaction: Transaction): void {
    const text = answerText(transaction);
    if ('id' in name) {
      const { session, id, previous, fingerprint } = name;
      const operations = operationsOf(transaction, text);
      this.keepId(session, { zxid, id, fingerprint, previous, operations, text });
    } else {
      const { key, fingerprint, forgets } = name;
      this.keepKey(zxid, key, fingerprint, forgets, transaction.time, text);
    }
  }

  keepId(session: SessionId, answer: SessionAnswer): void {
    let answers = this.#sessions.get(session);
    if (answers === undefined) {
      answers = new SessionAnswers(session, this.#digest);
      this.#sessions.set(session, answers);
    }
    answers.push(answer);
  }

  keepKey(
    zxid: Zxid,
    key: string,
    fingerprint: string,
    forgets: number,
    time: number,
    text: string,
  ): void {
    if (forgets > 0) this.#forgetThrough(forgets);
    assert(!this.#keyed.has(key), 'a key that is kept is not used for another request');
    const hash = hashOfAnswer(hashText(key, KEYS), hashText(fingerprint, KEYS), zxid, text);
    this.#keyed.set(key, { key, fingerprint, zxid, time, text, hash });
    this.#keyedUnits += text.length;
    this.#digest.addAnswer(hash);
  }

  #forgetThrough(zxid: number): void {
    for (const answer of this.#keyed.values()) {
      if (answer.zxid > zxid) break;
      this.#keyed.delete(answer.key);
      this.#keyedUnits -= answer.text.length;
      this.#digest.removeAnswer(answer.hash);
    }
  }

  /** The session has ended, and its answers with it. */
  endSession(session: SessionId): void {
    this.#sessions.get(session)?.clear();
    this.#sessions.delete(session);
  }

  ofKey(key: string): (KeptAnswer & KeyName) | undefined {
    return this.#keyed.get(key);
  }

  ofSession(session: SessionId): SessionAnswers | undefined {
    return this.#sessions.get(session);
  }

  /**
   * The zxid through which the oldest answers to keys are from `time` or before, looking at no more
   * than `most` of them; 0 when there is none.
   */
  keptThrough(time: number, most: number): { readonly zxid: number; readonly count: number } {
    let zxid = 0;
    let count = 0;
    for (const answer of this.#keyed.values()) {
      if (answer.time > time || count === most) break;
      zxid = answer.zxid;
      count += 1;
    }
    return { zxid, count };
  }

  /** Everything, for rows: the answers to keys first. */
  keyed(): IterableIterator<KeyedAnswer> {
    return this.#keyed.values();
  }

  sessions(): IterableIterator<[SessionId, SessionAnswers]> {
    return this.#sessions.entries();
  }
}
