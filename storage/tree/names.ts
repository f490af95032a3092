/**
 * A sorted set of names (or of the paths of siblings, which sort as their names do), made for
 * parents with one child as well as a million: names sit in sorted chunks, so that an insert, a
 * delete or a page costs O(log n + chunk) and nothing is ever sorted as a whole. Names are compared
 * by UTF-16 unit; since surrogates are forbidden in paths this is also the order of their UTF-8
 * bytes.
 */
import { assert } from '../../raftlog/assert.ts';

/** Names in a chunk at most. */
const CHUNK_MAX = 512;

/** Up to this many names a chunk is copied at its exact size rather than grown with slack. */
const EXACT_MAX = 16;

export class SortedNames {
  /** Never empty chunks, each sorted, each wholly before the next. */
  readonly #chunks: string[][] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(name: string): boolean {
    const chunk = this.#chunks[this.#chunkFor(name)];
    return chunk !== undefined && chunk[lowerBound(chunk, name)] === name;
  }

  /** Adds a name that is not there yet. */
  add(name: string): void {
    const chunks = this.#chunks;
    const index = this.#chunkFor(name);
    const chunk = chunks[index] ?? [];
    const at = lowerBound(chunk, name);
    assert(chunk[at] !== name, 'a name is added once');
    this.#size += 1;
    if (chunk.length < EXACT_MAX) {
      chunks[index] = chunk.toSpliced(at, 0, name);
    } else if (chunk.length < CHUNK_MAX) {
      if (at === chunk.length) chunk.push(name);
      else chunk.splice(at, 0, name);
    } else {
      this.#split(index, chunk, at, name);
    }
  }

  /** Removes a name that is there. */
  delete(name: string): void {
    const index = this.#chunkFor(name);
    const chunk = this.#chunks[index];
    assert(chunk !== undefined, 'only a name that is there is removed');
    const at = lowerBound(chunk, name);
    assert(chunk[at] === name, 'only a name that is there is removed');
    this.#size -= 1;
    if (chunk.length === 1) this.#chunks.splice(index, 1);
    else chunk.splice(at, 1);
  }

  /** At most `limit` names that sort after `after` (all, when undefined), in order. */
  page(after: string | undefined, limit: number): string[] {
    const names: string[] = [];
    let index = after === undefined ? 0 : this.#chunkFor(after);
    let at = 0;
    const first = this.#chunks[index];
    if (after !== undefined && first !== undefined) {
      at = lowerBound(first, after);
      if (first[at] === after) at += 1;
    }
    for (; names.length < limit; index += 1, at = 0) {
      const chunk = this.#chunks[index];
      if (chunk === undefined) break;
      const end = Math.min(chunk.length, at + limit - names.length);
      for (let i = at; i < end; i += 1) names.push(chunk[i] as string);
    }
    return names;
  }

  /**
   * A full chunk makes two; names that arrive in order fill each chunk before starting the next.
   */
  #split(index: number, chunk: string[], at: number, name: string): void {
    if (at === chunk.length) {
      this.#chunks.splice(index + 1, 0, [name]);
      return;
    }
    const half = chunk.length >>> 1;
    const upper = chunk.splice(half);
    if (at <= half) chunk.splice(at, 0, name);
    else upper.splice(at - half, 0, name);
    this.#chunks.splice(index + 1, 0, upper);
  }

  /** Index of the last chunk that begins at or before `name`, 0 when there is none. */
  #chunkFor(name: string): number {
    const chunks = this.#chunks;
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((chunks[middle]?.[0] as string) <= name) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Index of the first name in the chunk that is not before `name`. */
function lowerBound(chunk: readonly string[], name: string): number {
  let low = 0;
  let high = chunk.length;
  // Most names arrive in order, as sequential ones do.
  if (high > 0 && (chunk[high - 1] as string) < name) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chunk[middle] as string) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
