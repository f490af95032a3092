/**
 * Where each path's znode is: an open hash table from a path's hash to the place of its znode. The
 * paths themselves lie with the znodes. 256 small tables in place of a giant one, so that growing
 * one takes no time worth mentioning; the hash lies beside the place, so that growing, deleting and
 * most of searching never look at a path.
 */
import { assert } from '../../raftlog/assert.ts';

const SHARDS = 256;
const SHARD_BITS = 8;
const FIRST_SLOTS = 8;

/** Knows which path is meant and which paths are where. */
export interface PathTest {
  /** Whether the path that is looked for is that of the znode at `place`. */
  holdsAt(place: number): boolean;
}

/** Two words a slot: hash, and place + 1 (0 = empty). At least a quarter of the slots is empty. */
const NO_SLOTS = new Int32Array(2);

export class PathIndex {
  readonly #paths: PathTest;
  readonly #shards: Int32Array[] = new Array(SHARDS).fill(NO_SLOTS);
  readonly #counts = new Int32Array(SHARDS);
  #size = 0;

  constructor(paths: PathTest) {
    this.#paths = paths;
  }

  get size(): number {
    return this.#size;
  }

  /** The place of the path that is looked for, whose hash is `hash`; -1 when there is none. */
  find(hash: number): number {
    const slots = this.#shards[hash & (SHARDS - 1)] as Int32Array;
    const mask = slots.length - 1;
    for (let at = firstSlot(hash, mask); ; at = (at + 2) & mask) {
      const entry = slots[at + 1] as number;
      if (entry === 0) return -1;
      if (slots[at] === hash && this.#paths.holdsAt(entry - 1)) return entry - 1;
    }
  }

  /** Adds a path that is not there, by its hash. */
  add(hash: number, place: number): void {
    const shard = hash & (SHARDS - 1);
    let slots = this.#shards[shard] as Int32Array;
    const count = (this.#counts[shard] as number) + 1;
    if (8 * count > 3 * slots.length) slots = this.#resize(shard, slots.length * 2);
    put(slots, hash, place + 1);
    this.#counts[shard] = count;
    this.#size += 1;
  }

  /** Removes a path that is there, by its hash. */
  delete(hash: number, place: number): void {
    const shard = hash & (SHARDS - 1);
    const slots = this.#shards[shard] as Int32Array;
    const mask = slots.length - 1;
    let at = firstSlot(hash, mask);
    while (slots[at + 1] !== place + 1) {
      assert(slots[at + 1] !== 0, 'only a path that is there is removed');
      at = (at + 2) & mask;
    }
    closeGap(slots, at);
    const count = (this.#counts[shard] as number) - 1;
    this.#counts[shard] = count;
    this.#size -= 1;
    if (16 * count < slots.length && slots.length > 2 * FIRST_SLOTS) {
      this.#resize(shard, slots.length / 2);
    }
  }

  #resize(shard: number, length: number): Int32Array {
    const old = this.#shards[shard] as Int32Array;
    const slots = new Int32Array(Math.max(2 * FIRST_SLOTS, length));
    for (let at = 0; at < old.length; at += 2) {
      const entry = old[at + 1] as number;
      if (entry !== 0) put(slots, old[at] as number, entry);
    }
    this.#shards[shard] = slots;
    return slots;
  }
}

/** Index of the first word of the slot where a search for `hash` begins. */
function firstSlot(hash: number, mask: number): number {
  return ((hash >>> SHARD_BITS) << 1) & mask;
}

function put(slots: Int32Array, hash: number, entry: number): void {
  const mask = slots.length - 1;
  let at = firstSlot(hash, mask);
  while (slots[at + 1] !== 0) at = (at + 2) & mask;
  slots[at] = hash;
  slots[at + 1] = entry;
}

/** Empties a slot and moves up what lies behind it, so that no search ends too early. */
function closeGap(slots: Int32Array, from: number): void {
  const mask = slots.length - 1;
  let gap = from;
  for (let at = (gap + 2) & mask; slots[at + 1] !== 0; at = (at + 2) & mask) {
    const first = firstSlot(slots[at] as number, mask);
    // It may move up as far as where its search begins.
    if (((at - first) & mask) < ((at - gap) & mask)) continue;
    slots[gap] = slots[at] as number;
    slots[gap + 1] = slots[at + 1] as number;
    gap = at;
  }
  slots[gap + 1] = 0;
}
