/**
 * When to look at which container or TTL znode, so that the search for the ones that are due does
 * not walk the tree. A binary min-heap by time, never updated in place: a reminder that has become
 * wrong is found out when its time comes (`reap.ts`). It lies outside the JavaScript heap, and
 * grows without being copied.
 */
import type { ZnodeId } from './types.ts';

export interface Reminder {
  /** ms */
  readonly at: number;
  /** Where znode `id` was; another may be there by now. */
  readonly place: number;
  readonly id: ZnodeId;
}

const NUMBERS = 3;
const CHUNK_BITS = 10;
const CHUNK_REMINDERS = 2 ** CHUNK_BITS;
const CHUNK_MASK = CHUNK_REMINDERS - 1;

export class ReapIndex {
  /** Reminders of three numbers each, in the order of the heap. */
  readonly #chunks: Float64Array[] = [];
  #size = 0;

  /** Number of reminders. */
  get size(): number {
    return this.#size;
  }

  add(at: number, place: number, id: ZnodeId): void {
    if (this.#size === this.#chunks.length * CHUNK_REMINDERS) {
      this.#chunks.push(new Float64Array(CHUNK_REMINDERS * NUMBERS));
    }
    this.#size += 1;
    this.#rise(this.#size - 1, at, place, id);
  }

  /** Takes out the earliest reminder that is due at `now`. */
  next(now: number): Reminder | undefined {
    if (this.#size === 0 || this.#timeOf(0) > now) return undefined;
    const first = this.#reminder(0);
    const last = this.#reminder(this.#size - 1);
    this.#size -= 1;
    if (this.#size > 0) this.#sink(last.at, last.place, last.id);
    // A chunk stays in reserve.
    if (this.#size + 2 * CHUNK_REMINDERS <= this.#chunks.length * CHUNK_REMINDERS) {
      this.#chunks.pop();
    }
    return first;
  }

  /** Lets a reminder rise from `hole` to where it belongs. */
  #rise(from: number, at: number, place: number, id: ZnodeId): void {
    let hole = from;
    while (hole > 0) {
      const up = (hole - 1) >>> 1;
      if (this.#timeOf(up) <= at) break;
      this.#move(up, hole);
      hole = up;
    }
    this.#put(hole, at, place, id);
  }

  /** Puts a reminder in the place of the first and lets it sink to where it belongs. */
  #sink(at: number, place: number, id: ZnodeId): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#timeOf(child + 1) < this.#timeOf(child)) child += 1;
      if (this.#timeOf(child) >= at) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#put(hole, at, place, id);
  }

  #timeOf(index: number): number {
    return this.#chunkOf(index)[offsetOf(index)] as number;
  }

  #reminder(index: number): Reminder {
    const chunk = this.#chunkOf(index);
    const offset = offsetOf(index);
    const [at, place, id] = [chunk[offset], chunk[offset + 1], chunk[offset + 2]];
    return { at: at as number, place: place as number, id: id as ZnodeId };
  }

  #put(index: number, at: number, place: number, id: ZnodeId): void {
    const chunk = this.#chunkOf(index);
    const offset = offsetOf(index);
    chunk[offset] = at;
    chunk[offset + 1] = place;
    chunk[offset + 2] = id;
  }

  #move(from: number, to: number): void {
    const { at, place, id } = this.#reminder(from);
    this.#put(to, at, place, id);
  }

  #chunkOf(index: number): Float64Array {
    return this.#chunks[index >>> CHUNK_BITS] as Float64Array;
  }
}

function offsetOf(index: number): number {
  return (index & CHUNK_MASK) * NUMBERS;
}
