/**
 * The running digest of the replicated state: the sum of a hash per znode, session and kept answer,
 * so that a change costs the hash of what it changed and not a walk; and a hash of the time of the
 * last transaction. Equal states have equal digests on every member, whatever order they were built
 * in. It finds mistakes, not forgeries.
 *
 * What follows from the rest (number of children, length of the data, who owns which ephemerals) is
 * left out, so that a tree can be built child by child without hashing its parents again.
 */
import { aclText, OPEN_ACL } from './acl.ts';
import { chunkBytes, chunkWords, encodeChunk, endOfChunk, SHORT_UNITS } from './text.ts';
import type { Acl, Stat } from './types.ts';

export interface DigestedZnode {
  readonly id: number;
  readonly stat: Stat;
  readonly acl: Acl;
  /** `hashOfData` */
  readonly dataHash: number;
}

export interface DigestedSession {
  readonly id: string;
  readonly secretHash: string;
  readonly timeoutMs: number;
}

const SEED_A = 0x2545f491;
const SEED_B = 0x6c62272e;
const PRIME_A = 0x9e3779b1;
const PRIME_B = 0x85ebca77;
const TWO_32 = 2 ** 32;

export class RunningDigest {
  /** Two sums modulo 2^32, of two different hashes. */
  #a = 0;
  #b = 0;

  addZnode({ id, stat, acl, dataHash }: DigestedZnode): void {
    this.add(id, stat, acl, dataHash);
  }

  /** `addZnode`, without an object for it. */
  add(id: number, stat: Stat, acl: Acl, dataHash: number): void {
    hashZnode(id, stat, acl, dataHash);
    this.#a = (this.#a + lanes.a) | 0;
    this.#b = (this.#b + lanes.b) | 0;
  }

  remove(id: number, stat: Stat, acl: Acl, dataHash: number): void {
    hashZnode(id, stat, acl, dataHash);
    this.#a = (this.#a - lanes.a) | 0;
    this.#b = (this.#b - lanes.b) | 0;
  }

  addSession(session: DigestedSession): void {
    hashSession(session);
    this.#a = (this.#a + lanes.a) | 0;
    this.#b = (this.#b + lanes.b) | 0;
  }

  removeSession(session: DigestedSession): void {
    hashSession(session);
    this.#a = (this.#a - lanes.a) | 0;
    this.#b = (this.#b - lanes.b) | 0;
  }

  /** `hashOfAnswer` */
  addAnswer(hash: number): void {
    this.#a = (this.#a + hash) | 0;
    this.#b = (this.#b + avalanche(hash ^ SEED_B)) | 0;
  }

  removeAnswer(hash: number): void {
    this.#a = (this.#a - hash) | 0;
    this.#b = (this.#b - avalanche(hash ^ SEED_B)) | 0;
  }

  /**
   * 16 hex digits. `lastTime`, of the last transaction, is no sum: who does not know it yet, of
   * tables of an older format, has the digest of all the rest, as it was stored with these.
   */
  text(lastTime: number | undefined): string {
    if (lastTime === undefined || lastTime === 0) return hex32(this.#a) + hex32(this.#b);
    hashTime(lastTime);
    return hex32(this.#a + lanes.a) + hex32(this.#b + lanes.b);
  }
}

function hex32(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/** The hash under way. One for all: nothing here can be entered twice. */
const lanes = { a: 0, b: 0 };

function hashZnode(id: number, stat: Stat, acl: Acl, dataHash: number): void {
  lanes.a = SEED_A;
  lanes.b = SEED_B;
  mix(dataHash);
  mixNumber(id);
  mixNumber(stat.czxid);
  mixNumber(stat.mzxid);
  mixNumber(stat.pzxid);
  mixNumber(stat.ctime);
  mixNumber(stat.mtime);
  mixNumber(stat.version);
  mixNumber(stat.creates);
  mixNumber(stat.aversion);
  if (stat.mode !== 'persistent') {
    mix(hashText(stat.mode, SEED_A));
    mix(hashText(stat.ephemeralOwner, SEED_B));
    mixNumber(stat.ttlMs);
  }
  if (acl !== OPEN_ACL) mix(hashText(aclText(acl), SEED_A));
  finish();
}

function hashSession(session: DigestedSession): void {
  lanes.a = SEED_B;
  lanes.b = SEED_A;
  mix(hashText(session.id, SEED_A));
  mix(hashText(session.secretHash, SEED_B));
  mixNumber(session.timeoutMs);
  finish();
}

function hashTime(time: number): void {
  lanes.a = SEED_A ^ SEED_B;
  lanes.b = lanes.a;
  mixNumber(time);
  finish();
}

/** Of an answer that is kept: `owner` and `name` are hashes of whose it is and of what to. */
export function hashOfAnswer(owner: number, name: number, zxid: number, text: string): number {
  lanes.a = owner;
  lanes.b = name;
  mix(hashText(text, SEED_A));
  mixNumber(zxid);
  finish();
  return lanes.a ^ lanes.b;
}

function mix(word: number): void {
  const { a, b } = lanes;
  lanes.a = Math.imul(((a << 5) | (a >>> 27)) ^ word, PRIME_A);
  lanes.b = Math.imul(((b << 7) | (b >>> 25)) ^ word, PRIME_B);
}

/** A safe integer, both halves. */
function mixNumber(value: number): void {
  mix(value | 0);
  mix((value / TWO_32) | 0);
}

function finish(): void {
  lanes.a = avalanche(lanes.a);
  lanes.b = avalanche(lanes.b);
}

function avalanche(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

/** The part of a znode's hash that is costly: its path and data. Kept with the znode. */
export function hashOfData(path: string, text: string, encoding: 'utf8' | 'base64'): number {
  return hashText(text, hashText(path, encoding === 'utf8' ? SEED_A : SEED_B));
}

/**
 * A hash of well-formed text. Long texts are hashed as UTF-8, four bytes at a time: reading a
 * string unit by unit takes four times as long.
 */
export function hashText(text: string, seed: number): number {
  const { length } = text;
  let hash = Math.imul(seed ^ length, PRIME_A);
  if (length <= SHORT_UNITS) {
    for (let at = 0; at < length; at += 1) {
      hash = Math.imul(rotated(hash) ^ text.charCodeAt(at), PRIME_A);
    }
  } else {
    for (let at = 0; at < length; ) {
      const end = endOfChunk(text, at);
      hash = hashBytes(encodeChunk(text, at, end), hash);
      at = end;
    }
  }
  return avalanche(hash);
}

/** Of the chunk that was encoded last. Two chains that do not wait for each other. */
function hashBytes(bytes: number, seed: number): number {
  chunkBytes.fill(0, bytes, bytes + 8);
  const end = (bytes + 3) >>> 2;
  let a = seed;
  let b = seed ^ PRIME_B;
  for (let at = 0; at < end; at += 2) {
    a = Math.imul(rotated(a) ^ (chunkWords[at] as number), PRIME_A);
    b = Math.imul(rotated(b) ^ (chunkWords[at + 1] as number), PRIME_B);
  }
  return Math.imul(avalanche(a) ^ bytes, PRIME_A) ^ b;
}

function rotated(hash: number): number {
  return (hash << 5) | (hash >>> 27);
}
