/**
 * When to look at which container or TTL znode, so that the search for the ones that are due does
 * not walk the tree. A binary min-heap by time, never updated in place: a reminder that has become
 * wrong is found out when its time comes (`reap.ts`).
 */
import { assert } from '../../raftlog/assert.ts';
import type { Znode } from './tree.ts';

interface Reminder {
  readonly at: number;
  readonly znode: Znode;
}

export class ReapIndex {
  readonly #heap: Reminder[] = [];
  /** The earliest reminder of each znode in the heap; its others no longer count. */
  readonly #earliest = new Map<Znode, number>();

  /** Number of znodes that will be looked at. */
  get size(): number {
    return this.#earliest.size;
  }

  /** Plans a look at `znode` at time `at` unless an earlier one is planned. */
  remind(znode: Znode, at: number): void {
    const planned = this.#earliest.get(znode);
    if (planned !== undefined && planned <= at) return;
    this.#earliest.set(znode, at);
    this.#rise({ at, znode });
  }

  /** Takes out the znode with the earliest look that is due at `now`. */
  next(now: number): Znode | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.at > now) return undefined;
      const last = this.#heap.pop();
      assert(last !== undefined, 'a heap with a first has a last');
      if (this.#heap.length > 0) this.#sink(last);
      if (this.#earliest.get(first.znode) !== first.at) continue;
      this.#earliest.delete(first.znode);
      return first.znode;
    }
  }

  /** Adds `reminder` at the end and lets it rise to where it belongs. */
  #rise(reminder: Reminder): void {
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(reminder);
    while (hole > 0) {
      const up = (hole - 1) >>> 1;
      const above = heap[up];
      assert(above !== undefined, 'a heap has no gaps');
      if (above.at <= reminder.at) break;
      heap[hole] = above;
      hole = up;
    }
    heap[hole] = reminder;
  }

  /** Puts `reminder` in the place of the first and lets it sink to where it belongs. */
  #sink(reminder: Reminder): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const leftChild = heap[left];
      if (leftChild === undefined) break;
      const rightChild = heap[left + 1];
      const isRight = rightChild !== undefined && rightChild.at < leftChild.at;
      const child = isRight ? rightChild : leftChild;
      if (child.at >= reminder.at) break;
      heap[hole] = child;
      hole = isRight ? left + 1 : left;
    }
    heap[hole] = reminder;
  }
}
