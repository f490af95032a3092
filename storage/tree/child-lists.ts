/**
 * The children of each parent, as sorted lists of places: for millions of parents with one child as
 * well as for one parent with millions. An insert, a delete or a page costs O(log n + chunk), and
 * nothing is ever sorted or copied as a whole.
 *
 * A list is one number (kept with the parent), whose meaning follows from the number of children:
 * one child is its place, up to `CHUNK_MAX` are a block of places, and what is more is a `LongList`
 * of such blocks.
 */
import { assert } from '../../raftlog/assert.ts';
import { type ByteHeap, classOf } from './byte-heap.ts';

/** Places in a chunk at most. */
export const CHUNK_MAX = 512;

const PLACE_BYTES = 4;
const CHUNK_BYTES = CHUNK_MAX * PLACE_BYTES;

/** The list of a parent without children. */
export const NO_CHILDREN = 0;

/** Negative when the first comes before the second. */
export type ComparePlaces = (place: number, other: number) => number;

/** Never empty chunks, each sorted, each wholly before the next. */
interface LongList {
  /** Each a block of `CHUNK_MAX` places. */
  readonly chunks: number[];
  readonly counts: number[];
}

/** A sorted run of places. */
interface Run {
  words: Int32Array;
  at: number;
  count: number;
}

export class ChildLists {
  readonly #heap: ByteHeap;
  readonly #compare: ComparePlaces;
  readonly #long: (LongList | undefined)[] = [];
  readonly #freeLong: number[] = [];
  /** The run under way. One for all: nothing here can be entered twice. */
  readonly #run: Run = { words: new Int32Array(0), at: 0, count: 0 };

  constructor(heap: ByteHeap, compare: ComparePlaces) {
    this.#heap = heap;
    this.#compare = compare;
  }

  /** Adds a child to a list of `count`; the list after that. */
  add(list: number, count: number, child: number): number {
    if (count === 0) return child;
    if (count > CHUNK_MAX) {
      this.#addToLong(this.#longOf(list), child);
      return list;
    }
    if (count === CHUNK_MAX) return this.#addLong(list, child);
    const before = count === 1 ? this.#blockOfOne(list) : list;
    const block = this.#resized(before, count, count + 1);
    const run = this.#runOf(block, count);
    insert(run, this.#lowerBound(run, child), child);
    return block;
  }

  /** Removes a child that is there from a list of `count`; the list after that. */
  remove(list: number, count: number, child: number): number {
    if (count === 1) {
      assert(list === child, 'only a child that is there is removed');
      return NO_CHILDREN;
    }
    if (count > CHUNK_MAX) {
      this.#removeFromLong(this.#longOf(list), child);
      return count - 1 > CHUNK_MAX ? list : this.#shortened(list);
    }
    const run = this.#runOf(list, count);
    cut(run, indexOf(run, child));
    if (count > 2) return this.#resized(list, count - 1, count - 1);
    const last = run.words[run.at] as number;
    this.#heap.giveBack(list);
    return last;
  }

  /**
   * At most `limit` children, in order: those for which `isAfter` is true, which must hold for all
   * behind one for which it does.
   */
  page(list: number, count: number, isAfter: (child: number) => boolean, limit: number): number[] {
    const places: number[] = [];
    if (count === 0) return places;
    if (count === 1) return limit > 0 && isAfter(list) ? [list] : places;
    const long = count > CHUNK_MAX ? this.#longOf(list) : { chunks: [list], counts: [count] };
    const { chunks, counts } = long;
    let index = lowest(chunks.length, (at) => isAfter(this.#firstOf(long, at))) - 1;
    if (index < 0) index = 0;
    let run = this.#runOf(chunks[index] as number, counts[index] as number);
    const { words, at: begin } = run;
    let at = lowest(run.count, (i) => isAfter(words[begin + i] as number));
    while (places.length < limit) {
      const end = Math.min(run.count, at + limit - places.length);
      for (; at < end; at += 1) places.push(run.words[run.at + at] as number);
      index += 1;
      if (index === chunks.length) break;
      run = this.#runOf(chunks[index] as number, counts[index] as number);
      at = 0;
    }
    return places;
  }

  // ------------------------------------------------------------------------ short lists

  #blockOfOne(child: number): number {
    const block = this.#heap.take(PLACE_BYTES);
    this.#heap.wordsOf(block)[this.#heap.offsetOf(block) >>> 2] = child;
    return block;
  }

  /** A block with the same `count` places, with room for `wanted` and not for many more. */
  #resized(block: number, count: number, wanted: number): number {
    const heap = this.#heap;
    if (heap.classOf(block) === classOf(wanted * PLACE_BYTES)) return block;
    const resized = heap.take(wanted * PLACE_BYTES);
    this.#copy(block, 0, resized, 0, count);
    heap.giveBack(block);
    return resized;
  }

  #copy(from: number, fromAt: number, to: number, toAt: number, count: number): void {
    const heap = this.#heap;
    const source = heap.wordsOf(from);
    const sourceAt = (heap.offsetOf(from) >>> 2) + fromAt;
    const target = heap.wordsOf(to);
    const targetAt = (heap.offsetOf(to) >>> 2) + toAt;
    for (let i = 0; i < count; i += 1) target[targetAt + i] = source[sourceAt + i] as number;
  }

  // ------------------------------------------------------------------------ long lists

  #longOf(list: number): LongList {
    const long = this.#long[list];
    assert(long !== undefined, 'a list is looked at before it is given up');
    return long;
  }

  /** Makes a long list of a full chunk and a child. */
  #addLong(block: number, child: number): number {
    const list = this.#freeLong.pop() ?? this.#long.length;
    const long: LongList = { chunks: [block], counts: [CHUNK_MAX] };
    this.#long[list] = long;
    this.#addToLong(long, child);
    return list;
  }

  /** Makes one chunk of a long list that has become as short as that. */
  #shortened(list: number): number {
    const { chunks, counts } = this.#longOf(list);
    this.#long[list] = undefined;
    this.#freeLong.push(list);
    if (chunks.length === 1) return chunks[0] as number;
    const block = this.#heap.take(CHUNK_BYTES);
    let total = 0;
    chunks.forEach((chunk, index) => {
      const count = counts[index] as number;
      this.#copy(chunk, 0, block, total, count);
      this.#heap.giveBack(chunk);
      total += count;
    });
    return block;
  }

  #addToLong(long: LongList, child: number): void {
    const { chunks, counts } = long;
    const index = this.#chunkFor(long, child);
    const count = counts[index] as number;
    const run = this.#runOf(chunks[index] as number, count);
    const at = this.#lowerBound(run, child);
    if (count < CHUNK_MAX) {
      insert(run, at, child);
      counts[index] = count + 1;
      return;
    }
    const upper = this.#heap.take(CHUNK_BYTES);
    // Names that arrive in order fill each chunk before starting the next.
    const half = at === CHUNK_MAX ? CHUNK_MAX : CHUNK_MAX / 2;
    this.#copy(chunks[index] as number, half, upper, 0, CHUNK_MAX - half);
    chunks.splice(index + 1, 0, upper);
    counts[index] = half;
    counts.splice(index + 1, 0, CHUNK_MAX - half);
    const target = at <= half && half < CHUNK_MAX ? index : index + 1;
    const grown = this.#runOf(chunks[target] as number, counts[target] as number);
    insert(grown, target === index ? at : at - half, child);
    counts[target] = (counts[target] as number) + 1;
  }

  #removeFromLong(long: LongList, child: number): void {
    const { chunks, counts } = long;
    const index = this.#chunkFor(long, child);
    const chunk = chunks[index] as number;
    const count = counts[index] as number;
    const run = this.#runOf(chunk, count);
    cut(run, indexOf(run, child));
    counts[index] = count - 1;
    if (count > 1) return;
    this.#heap.giveBack(chunk);
    chunks.splice(index, 1);
    counts.splice(index, 1);
  }

  #firstOf({ chunks }: LongList, index: number): number {
    const chunk = chunks[index] as number;
    return this.#heap.wordsOf(chunk)[this.#heap.offsetOf(chunk) >>> 2] as number;
  }

  /** Index of the last chunk that begins at or before `child`, 0 when there is none. */
  #chunkFor(long: LongList, child: number): number {
    let low = 0;
    let high = long.chunks.length - 1;
    // Most names arrive in order, as sequential ones do.
    if (this.#compare(this.#firstOf(long, high), child) <= 0) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#compare(this.#firstOf(long, middle), child) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // ------------------------------------------------------------------------ runs

  #runOf(block: number, count: number): Run {
    const run = this.#run;
    run.words = this.#heap.wordsOf(block);
    run.at = this.#heap.offsetOf(block) >>> 2;
    run.count = count;
    return run;
  }

  /** Index of the first child that is not before `child`. */
  #lowerBound({ words, at, count }: Run, child: number): number {
    let low = 0;
    let high = count;
    if (count > 0 && this.#compare(words[at + count - 1] as number, child) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(words[at + middle] as number, child) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Index of a child that is there: looking through numbers is faster than comparing a few names. */
function indexOf({ words, at, count }: Run, child: number): number {
  const index = words.indexOf(child, at) - at;
  assert(index >= 0 && index < count, 'only a child that is there is removed');
  return index;
}

function insert({ words, at, count }: Run, index: number, child: number): void {
  const begin = at + index;
  if (index < count) words.copyWithin(begin + 1, begin, at + count);
  words[begin] = child;
}

function cut({ words, at, count }: Run, index: number): void {
  const begin = at + index;
  if (index + 1 < count) words.copyWithin(begin, begin + 1, at + count);
}

/** The lowest index below `count` for which `holds` is true, `count` when there is none. */
function lowest(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
