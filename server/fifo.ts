/**
 * First in, first out, without moving what waits: to take from the front of an array of a hundred
 * thousand moves all of them each time. A ring, so that a short queue that is filled and emptied
 * all the time needs no new memory; what was taken is let go of at once.
 */

/** Places of a ring that holds anything, at first: a power of two, as always. */
const FIRST_PLACES = 8;

/** A ring of more places than this is given up once it is empty. */
const KEPT_PLACES = 1024;

export class Fifo<T> {
  /** None as long as nothing was put in. Empty places hold undefined. */
  #places: (T | undefined)[] = [];
  /** Of the first. */
  #at = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): T | undefined {
    return this.#places[this.#at];
  }

  push(item: T): void {
    if (this.#length === this.#places.length) this.#grow();
    this.#places[(this.#at + this.#length) & (this.#places.length - 1)] = item;
    this.#length += 1;
  }

  shift(): T | undefined {
    const item = this.#places[this.#at];
    if (this.#length === 0) return undefined;
    this.#places[this.#at] = undefined;
    this.#at = (this.#at + 1) & (this.#places.length - 1);
    this.#length -= 1;
    if (this.#length === 0 && this.#places.length > KEPT_PLACES) this.clear();
    return item;
  }

  clear(): void {
    this.#places = [];
    this.#at = 0;
    this.#length = 0;
  }

  /** From the first; nothing is taken. */
  *[Symbol.iterator](): IterableIterator<T> {
    const mask = this.#places.length - 1;
    for (let nth = 0; nth < this.#length; nth += 1) {
      yield this.#places[(this.#at + nth) & mask] as T;
    }
  }

  #grow(): void {
    const items = [...this];
    const places = Math.max(FIRST_PLACES, 2 * items.length);
    this.#places = items.concat(new Array<T>(places - items.length));
    this.#at = 0;
  }
}
