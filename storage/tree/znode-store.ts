/**
 * What is known of each znode, by its place, outside the JavaScript heap: numbers in a record, path
 * and data side by side in a block of bytes. Knows nothing of parents, of digests or of what a
 * change means; that is `tree.ts`.
 */
import { assert } from '../../raftlog/assert.ts';
import { formatZxid, parseZxid, type Zxid } from '../../raftlog/zxid.ts';
import { AclNumbers } from './acl-numbers.ts';
import { ByteHeap, classOf } from './byte-heap.ts';
import { ChildLists, NO_CHILDREN } from './child-lists.ts';
import { hashOfData } from './digest.ts';
import { KeptTexts } from './kept-texts.ts';
import { compareBytes, copyKey, isKey, key } from './path-key.ts';
import {
  ACL_SHIFT,
  BASE64,
  BLOCK,
  CHILDREN,
  DATA_HASH,
  DATA_LENGTH,
  doubleAt,
  FLAGS,
  FLAGS_MASK,
  ID,
  intAt,
  KEPT,
  LOOK_AT,
  MODE_MASK,
  MODES,
  NUM_CHILDREN,
  OWNER_OR_TTL,
  PATH_LENGTH,
  RecordSlabs,
  readStat,
  writeStat,
} from './record-slabs.ts';
import { readText, writeText } from './text.ts';
import type { Acl, SessionId, Stat, ZnodeData, ZnodeId, ZnodeMode, ZnodePath } from './types.ts';

/** No look is planned. */
export const NEVER = Number.POSITIVE_INFINITY;

const SLASH = 0x2f;

export class ZnodeStore {
  readonly #records = new RecordSlabs();
  readonly #heap = new ByteHeap();
  readonly #acls = new AclNumbers();
  readonly #kept = new KeptTexts();
  readonly #children = new ChildLists(this.#heap, (place, other) => this.#compare(place, other));
  /** The session that was turned into or out of its number last. */
  #owner: SessionId = formatZxid(0 as Zxid);
  #ownerNumber = 0;

  /** All places are below this. */
  get end(): number {
    return this.#records.end;
  }

  /** Adds a znode whose path is the key (`path-key.ts`); its place. */
  add(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl): number {
    const records = this.#records;
    const place = records.take();
    const ints = records.intsOf(place);
    const at = intAt(place);
    ints[at + PATH_LENGTH] = key.length;
    ints[at + BLOCK] = this.#heap.take(key.length + data.length);
    copyKey(this.#pathWords(place), this.#pathAt(place));
    ints[at + FLAGS] = MODES.indexOf(stat.mode) | (this.#acls.take(acl) << ACL_SHIFT);
    ints[at + NUM_CHILDREN] = 0;
    ints[at + CHILDREN] = NO_CHILDREN;
    records.setDouble(place, ID, id);
    records.setDouble(place, OWNER_OR_TTL, this.#ownerOrTtl(stat));
    records.setDouble(place, LOOK_AT, NEVER);
    this.#writeData(place, path, data);
    writeStat(records.doublesOf(place), doubleAt(place), stat);
    return place;
  }

  /** Gives everything back that a znode without children has. */
  remove(place: number): void {
    this.#dropWire(place);
    this.#heap.giveBack(this.#records.int(place, BLOCK));
    this.#acls.giveBack(this.#records.int(place, FLAGS) >>> ACL_SHIFT);
    this.#records.giveBack(place);
  }

  /** 0 when there is no znode at the place. */
  id(place: number): ZnodeId {
    return this.#records.double(place, ID);
  }

  // ------------------------------------------------------------------------ the path

  /** Whether the path of the znode is the key. */
  holdsAt(place: number): boolean {
    const block = this.#records.int(place, BLOCK);
    const words = this.#heap.wordsOf(block);
    return isKey(words, this.#heap.offsetOf(block) >>> 2, this.#records.int(place, PATH_LENGTH));
  }

  path(place: number): ZnodePath {
    const block = this.#records.int(place, BLOCK);
    const length = this.#records.int(place, PATH_LENGTH);
    return readText(this.#heap.bytesOf(block), this.#heap.offsetOf(block), 'utf8', length);
  }

  /** The last name of the path. */
  name(place: number): string {
    const block = this.#records.int(place, BLOCK);
    const bytes = this.#heap.bytesOf(block);
    const begin = this.#heap.offsetOf(block);
    const end = begin + this.#records.int(place, PATH_LENGTH);
    let at = end;
    while (at > begin && bytes[at - 1] !== SLASH) at -= 1;
    return readText(bytes, at, 'utf8', end - at);
  }

  // ------------------------------------------------------------------------ data

  text(place: number): string {
    const block = this.#records.int(place, BLOCK);
    const at = this.#heap.offsetOf(block) + this.#records.int(place, PATH_LENGTH);
    return readText(this.#heap.bytesOf(block), at, this.encoding(place), this.dataLength(place));
  }

  encoding(place: number): 'utf8' | 'base64' {
    return (this.#records.int(place, FLAGS) & BASE64) === 0 ? 'utf8' : 'base64';
  }

  dataLength(place: number): number {
    return this.#records.double(place, DATA_LENGTH);
  }

  /** `hashOfData` of path and data. */
  dataHash(place: number): number {
    return this.#records.int(place, DATA_HASH);
  }

  setData(place: number, path: ZnodePath, data: ZnodeData): void {
    const heap = this.#heap;
    const block = this.#records.int(place, BLOCK);
    const pathLength = this.#records.int(place, PATH_LENGTH);
    const bytes = pathLength + data.length;
    if (classOf(bytes) !== heap.classOf(block)) {
      const moved = heap.take(bytes);
      const words = heap.wordsOf(moved);
      const at = heap.offsetOf(moved) >>> 2;
      const before = heap.wordsOf(block);
      const beforeAt = heap.offsetOf(block) >>> 2;
      const count = (pathLength + 3) >>> 2;
      for (let i = 0; i < count; i += 1) words[at + i] = before[beforeAt + i] as number;
      heap.giveBack(block);
      this.#records.setInt(place, BLOCK, moved);
    }
    this.#writeData(place, path, data);
  }

  /** Into the block, which has room for it. */
  #writeData(place: number, path: ZnodePath, { text, encoding, length }: ZnodeData): void {
    const records = this.#records;
    const block = records.int(place, BLOCK);
    const at = this.#heap.offsetOf(block) + records.int(place, PATH_LENGTH);
    const written = writeText(this.#heap.bytesOf(block), at, text, encoding, length);
    assert(written === length, 'data has as many bytes as it says');
    const flags = records.int(place, FLAGS) & ~BASE64;
    records.setInt(place, FLAGS, encoding === 'utf8' ? flags : flags | BASE64);
    records.setInt(place, DATA_HASH, hashOfData(path, text, encoding));
  }

  // ------------------------------------------------------------------------ attributes

  /** The attributes as they are now; the value never changes. */
  stat(place: number): Stat {
    const mode = this.#mode(place);
    const owner = mode === 'ephemeral' ? this.#ownerOf(place) : '';
    const numbers = this.#records.doublesOf(place);
    return readStat(numbers, doubleAt(place), mode, owner, this.numChildren(place));
  }

  /** The children, and the bytes of data, must be as `stat` says by then. */
  setStat(place: number, stat: Stat): void {
    assert(
      stat.numChildren === this.numChildren(place),
      'a stat counts the children that are there',
    );
    assert(stat.mode === this.#mode(place), 'a znode stays what it was created as');
    writeStat(this.#records.doublesOf(place), doubleAt(place), stat);
    this.#dropWire(place);
  }

  #mode(place: number): ZnodeMode {
    return MODES[this.#records.int(place, FLAGS) & MODE_MASK] as ZnodeMode;
  }

  acl(place: number): Acl {
    return this.#acls.acl(this.#records.int(place, FLAGS) >>> ACL_SHIFT);
  }

  setAcl(place: number, acl: Acl): void {
    const flags = this.#records.int(place, FLAGS);
    const number = this.#acls.take(acl);
    this.#acls.giveBack(flags >>> ACL_SHIFT);
    this.#records.setInt(place, FLAGS, (flags & FLAGS_MASK) | (number << ACL_SHIFT));
  }

  /** When the znode will be looked at whether it is to be reaped, ms. */
  lookAt(place: number): number {
    return this.#records.double(place, LOOK_AT);
  }

  setLookAt(place: number, at: number): void {
    this.#records.setDouble(place, LOOK_AT, at);
  }

  /** An ephemeral's owner is held as the zxid that it is. */
  #ownerOrTtl({ ephemeralOwner, ttlMs }: Stat): number {
    if (ephemeralOwner === '') return ttlMs;
    if (ephemeralOwner !== this.#owner) {
      const number = parseZxid(ephemeralOwner);
      assert(number !== undefined, 'a session is named by a zxid');
      this.#owner = ephemeralOwner;
      this.#ownerNumber = number;
    }
    return this.#ownerNumber;
  }

  #ownerOf(place: number): SessionId {
    const number = this.#records.double(place, OWNER_OR_TTL);
    if (number !== this.#ownerNumber) {
      this.#owner = formatZxid(number as Zxid);
      this.#ownerNumber = number;
    }
    return this.#owner;
  }

  // ------------------------------------------------------------------------ a serialised form

  wire(place: number): string | undefined {
    if ((this.#records.int(place, FLAGS) & KEPT) === 0) return undefined;
    return this.#kept.get(place);
  }

  setWire(place: number, text: string): void {
    this.#kept.set(place, text);
    this.#records.setInt(place, FLAGS, this.#records.int(place, FLAGS) | KEPT);
  }

  #dropWire(place: number): void {
    const flags = this.#records.int(place, FLAGS);
    if ((flags & KEPT) === 0) return;
    this.#kept.delete(place);
    this.#records.setInt(place, FLAGS, flags & ~KEPT);
  }

  // ------------------------------------------------------------------------ children

  numChildren(place: number): number {
    return this.#records.int(place, NUM_CHILDREN);
  }

  addChild(parent: number, child: number): void {
    const count = this.numChildren(parent);
    const list = this.#children.add(this.#records.int(parent, CHILDREN), count, child);
    this.#records.setInt(parent, CHILDREN, list);
    this.#records.setInt(parent, NUM_CHILDREN, count + 1);
  }

  removeChild(parent: number, child: number): void {
    const count = this.numChildren(parent);
    assert(count > 0, 'a parent knows its children');
    const list = this.#children.remove(this.#records.int(parent, CHILDREN), count, child);
    this.#records.setInt(parent, CHILDREN, list);
    this.#records.setInt(parent, NUM_CHILDREN, count - 1);
  }

  /** At most `limit` children, in order, all or those whose path sorts after the key. */
  children(parent: number, all: boolean, limit: number): number[] {
    const list = this.#records.int(parent, CHILDREN);
    const isAfter = (child: number) => all || this.#compareToKey(child) > 0;
    return this.#children.page(list, this.numChildren(parent), isAfter, limit);
  }

  /**
   * How many znodes the subtree at `top` has, itself included, and the bytes of their data; not
   * `complete` when there are more than `max`. Looks at each of them: no object is made for any.
   */
  usage(top: number, max: number): { count: number; bytes: number; complete: boolean } {
    const usage = { count: 0, bytes: 0, complete: true };
    const waiting = [top];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (usage.count >= max) {
        usage.complete = false;
        return usage;
      }
      usage.count += 1;
      usage.bytes += this.dataLength(place);
      const count = this.numChildren(place);
      if (count === 0) continue;
      const list = this.#records.int(place, CHILDREN);
      // One by one: a parent may have more children than a call takes arguments.
      for (const child of this.#children.page(list, count, anyPlace, max)) waiting.push(child);
    }
    return usage;
  }

  /** Siblings' paths sort as their names do. */
  #compare(place: number, other: number): number {
    return compareBytes(
      this.#pathWords(place),
      this.#pathAt(place),
      this.#records.int(place, PATH_LENGTH),
      this.#pathWords(other),
      this.#pathAt(other),
      this.#records.int(other, PATH_LENGTH),
    );
  }

  #compareToKey(place: number): number {
    const length = this.#records.int(place, PATH_LENGTH);
    const words = this.#pathWords(place);
    return compareBytes(words, this.#pathAt(place), length, key.words, 0, key.length);
  }

  #pathWords(place: number): Int32Array {
    return this.#heap.wordsOf(this.#records.int(place, BLOCK));
  }

  /** Index of the path's first word. */
  #pathAt(place: number): number {
    return this.#heap.offsetOf(this.#records.int(place, BLOCK)) >>> 2;
  }
}

function anyPlace(): boolean {
  return true;
}
