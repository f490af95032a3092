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
import { type Holding, KeyHolders } from './key-holders.ts';
import { type SessionAnswer, SessionAnswers } from './session-answers.ts';
import type { LoggedKey, LoggedName, SessionId, Transaction } from './types.ts';

export interface KeptAnswer {
  readonly zxid: Zxid;
  /** What `answerText` made of the transaction. */
  readonly text: string;
}

export interface KeyedAnswer extends KeptAnswer {
  readonly key: string;
  readonly fingerprint: string;
  readonly time: number;
  readonly hash: number;
  readonly holdings: readonly Readonly<Holding>[];
}

/** Answers to keys that are old. */
export interface OldAnswers {
  /** That of the last of them; 0 = none. */
  readonly zxid: number;
  readonly keys: number;
  readonly units: number;
  /** Of each holder that was asked for, in that order. */
  readonly held: readonly Readonly<Omit<Holding, 'holder'>>[];
}

/** Given `hashText` in the place of what is a session's id in the hash of an answer to an id. */
const KEYS = 0x6b657973;

export class AnswerTable {
  readonly #digest: RunningDigest;
  /** In the order of their zxids. */
  readonly #keyed = new Map<string, KeyedAnswer>();
  readonly #sessions = new Map<SessionId, SessionAnswers>();
  readonly #holders = new KeyHolders();
  #keyedUnits = 0;
  #sessionUnits = 0;

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

  /** Of the answers to ids, of all sessions together, as `unitsOfAnswer` counts them. */
  get sessionUnits(): number {
    return this.#sessionUnits;
  }

  /** What is counted for a holder; undefined when nothing is. */
  heldBy(holder: string): Readonly<Holding> | undefined {
    return this.#holders.get(holder);
  }

  /** A transaction that came of a request with this name has been applied. */
  keep(zxid: Zxid, name: LoggedName, transaction: Transaction): void {
    const text = answerText(transaction);
    if ('id' in name) {
      const { session, id, previous, fingerprint, forgets } = name;
      const operations = operationsOf(transaction, text);
      this.keepId(session, { zxid, id, fingerprint, previous, operations, text, forgets });
    } else {
      this.keepKey(zxid, name, transaction.time, text);
    }
  }

  keepId(session: SessionId, answer: SessionAnswer): void {
    let answers = this.#sessions.get(session);
    if (answers === undefined) {
      answers = new SessionAnswers(session, this.#digest);
      this.#sessions.set(session, answers);
    }
    const before = answers.units;
    answers.push(answer);
    this.#sessionUnits += answers.units - before;
  }

  keepKey(zxid: Zxid, name: LoggedKey, time: number, text: string): void {
    const { key, fingerprint, forgets, holders = [] } = name;
    if (forgets > 0) this.#forgetThrough(forgets);
    assert(!this.#keyed.has(key), 'a key that is kept is not used for another request');
    const whose = hashText([fingerprint, ...holders].join(' '), KEYS);
    const hash = hashOfAnswer(hashText(key, KEYS), whose, zxid, text);
    const holdings = this.#holders.add(holders, text.length);
    this.#keyed.set(key, { key, fingerprint, zxid, time, text, hash, holdings });
    this.#keyedUnits += text.length;
    this.#digest.addAnswer(hash);
  }

  #forgetThrough(zxid: number): void {
    for (const answer of this.#keyed.values()) {
      if (answer.zxid > zxid) break;
      this.#keyed.delete(answer.key);
      this.#keyedUnits -= answer.text.length;
      this.#holders.remove(answer.holdings, answer.text.length);
      this.#digest.removeAnswer(answer.hash);
    }
  }

  /** The session has ended, and its answers with it. */
  endSession(session: SessionId): void {
    const answers = this.#sessions.get(session);
    if (answers === undefined) return;
    this.#sessionUnits -= answers.units;
    answers.clear();
    this.#sessions.delete(session);
  }

  ofKey(key: string): KeyedAnswer | undefined {
    return this.#keyed.get(key);
  }

  ofSession(session: SessionId): SessionAnswers | undefined {
    return this.#sessions.get(session);
  }

  /**
   * The oldest answers to keys, those from `time` or before, looking at no more than `most` of
   * them; and how much of it is counted for each of `holders`.
   */
  oldKeys(time: number, most: number, holders: readonly string[]): OldAnswers {
    let zxid = 0;
    let keys = 0;
    let units = 0;
    const held = holders.map(() => ({ keys: 0, units: 0 }));
    for (const answer of this.#keyed.values()) {
      if (answer.time > time || keys === most) break;
      zxid = answer.zxid;
      keys += 1;
      units += answer.text.length;
      for (const { holder } of answer.holdings) {
        const one = held[holders.indexOf(holder)];
        if (one === undefined) continue;
        one.keys += 1;
        one.units += answer.text.length;
      }
    }
    return { zxid, keys, units, held };
  }

  /** Everything, for rows: the answers to keys first. */
  keyed(): IterableIterator<KeyedAnswer> {
    return this.#keyed.values();
  }

  sessions(): IterableIterator<[SessionId, SessionAnswers]> {
    return this.#sessions.entries();
  }
}
