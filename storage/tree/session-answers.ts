/**
 * The last answers of one session, by the ids of its frames. As many as a connection may have
 * requests under way: who re-sends what was not answered finds all of it.
 */
import { assert } from '../../raftlog/assert.ts';
import { type Zxid, zxidFromNumber } from '../../raftlog/zxid.ts';
import { hashOfAnswer, hashText, type RunningDigest } from './digest.ts';
import type { SessionId } from './types.ts';

/**
 * Operations whose answers are kept for a session, those of a transaction counted each, and more
 * for an answer whose text is long: so this bounds the texts as well (`operationsOf`). The newest
 * answer is kept whatever it counts as. The same on every member, whatever its limits are: what is
 * kept is part of the replicated state.
 */
export const KEPT_OPERATIONS = 1000;

/** What one request of the session came to. */
export interface SessionAnswer {
  readonly zxid: Zxid;
  readonly id: number;
  readonly fingerprint: string;
  /** The id in the log before this one, of the same session; 0 = none. */
  readonly previous: number;
  /** What `operationsOf` counts it as. */
  readonly operations: number;
  /** What `answerText` made of the transaction. */
  readonly text: string;
  /** Answers to ids up to this one go when it comes; absent: none but those beyond the bound. */
  readonly forgets?: number | undefined;
}

/** Numbers of one answer: zxid, id, the id before it, operations, hash. */
const WIDTH = 5;
const ID = 1;
const PREVIOUS = 2;
const OPERATIONS = 3;
const HASH = 4;

const FIRST_PLACES = 4;

/** Units that an answer takes beside those of its text, about: names, numbers and places. */
const ANSWER_UNITS = 128;

/** The units that an answer counts as whose text is `text`. */
export function unitsOfAnswer(text: string): number {
  return text.length + ANSWER_UNITS;
}

const SEED = 0x73657373;

export class SessionAnswers {
  readonly #digest: RunningDigest;
  readonly #owner: number;
  /** A ring: the oldest at `#head`. As many places as a power of two. */
  #places = FIRST_PLACES;
  #numbers = new Float64Array(FIRST_PLACES * WIDTH);
  #texts: string[] = new Array<string>(FIRST_PLACES).fill('');
  #fingerprints: string[] = new Array<string>(FIRST_PLACES).fill('');
  #head = 0;
  #count = 0;
  #operations = 0;
  #units = 0;

  constructor(session: SessionId, digest: RunningDigest) {
    this.#owner = hashText(session, SEED);
    this.#digest = digest;
  }

  get size(): number {
    return this.#count;
  }

  /** Of all answers, as `unitsOfAnswer` counts them. */
  get units(): number {
    return this.#units;
  }

  /** The largest id that is in the log; 0 = none. */
  get lastId(): number {
    return this.#count === 0 ? 0 : this.#number(this.#count - 1, ID);
  }

  /** The largest id whose answer was here once, and is not any more; 0 = none. */
  get forgottenId(): number {
    return this.#count === 0 ? 0 : this.#number(0, PREVIOUS);
  }

  push({ zxid, id, fingerprint, previous, operations, text, forgets = 0 }: SessionAnswer): void {
    assert(id > this.lastId, 'ids grow within a session');
    while (this.#count > 0 && this.#number(0, ID) <= forgets) this.#dropOldest();
    if (this.#count === this.#places) this.#grow();
    const place = (this.#head + this.#count) & (this.#places - 1);
    const name = hashText(`${id} ${fingerprint}`, SEED);
    const hash = hashOfAnswer(this.#owner, name, zxid, text);
    const at = place * WIDTH;
    this.#numbers[at] = zxid;
    this.#numbers[at + ID] = id;
    this.#numbers[at + PREVIOUS] = previous;
    this.#numbers[at + OPERATIONS] = operations;
    this.#numbers[at + HASH] = hash;
    this.#texts[place] = text;
    this.#fingerprints[place] = fingerprint;
    this.#count += 1;
    this.#operations += operations;
    this.#units += unitsOfAnswer(text);
    this.#digest.addAnswer(hash);
    while (this.#operations > KEPT_OPERATIONS && this.#count > 1) this.#dropOldest();
  }

  /** The answer to the request `id`, if it is kept. */
  find(id: number): SessionAnswer | undefined {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#number(middle, ID) < id) low = middle + 1;
      else high = middle;
    }
    if (low === this.#count || this.#number(low, ID) !== id) return undefined;
    return this.#answer(low);
  }

  /** The id through which the oldest answers come to `units`, or all do; 0 = none. */
  idOfOldest(units: number): number {
    let id = 0;
    let left = units;
    for (let at = 0; left > 0 && at < this.#count; at += 1) {
      const place = (this.#head + at) & (this.#places - 1);
      left -= unitsOfAnswer(this.#texts[place] as string);
      id = this.#number(at, ID);
    }
    return id;
  }

  /** The oldest first. */
  *items(): Generator<SessionAnswer> {
    for (let at = 0; at < this.#count; at += 1) yield this.#answer(at);
  }

  clear(): void {
    while (this.#count > 0) this.#dropOldest();
  }

  #number(at: number, field: number): number {
    const place = (this.#head + at) & (this.#places - 1);
    return this.#numbers[place * WIDTH + field] as number;
  }

  #answer(at: number): SessionAnswer {
    const place = (this.#head + at) & (this.#places - 1);
    return {
      zxid: zxidFromNumber(this.#number(at, 0)),
      id: this.#number(at, ID),
      fingerprint: this.#fingerprints[place] as string,
      previous: this.#number(at, PREVIOUS),
      operations: this.#number(at, OPERATIONS),
      text: this.#texts[place] as string,
    };
  }

  #dropOldest(): void {
    this.#digest.removeAnswer(this.#number(0, HASH));
    this.#operations -= this.#number(0, OPERATIONS);
    this.#units -= unitsOfAnswer(this.#texts[this.#head] as string);
    this.#texts[this.#head] = '';
    this.#fingerprints[this.#head] = '';
    this.#head = (this.#head + 1) & (this.#places - 1);
    this.#count -= 1;
  }

  #grow(): void {
    const places = this.#places;
    const numbers = new Float64Array(2 * places * WIDTH);
    const cut = this.#head * WIDTH;
    numbers.set(this.#numbers.subarray(cut));
    numbers.set(this.#numbers.subarray(0, cut), (places - this.#head) * WIDTH);
    this.#numbers = numbers;
    this.#texts = this.#unrolled(this.#texts);
    this.#fingerprints = this.#unrolled(this.#fingerprints);
    this.#head = 0;
    this.#places = 2 * places;
  }

  /** The oldest at the beginning, and as many places again. */
  #unrolled(ring: readonly string[]): string[] {
    const rest = new Array<string>(ring.length).fill('');
    return [...ring.slice(this.#head), ...ring.slice(0, this.#head), ...rest];
  }
}
