/**
 * Virtual time: a queue of what happens when. Two things of the same instant happen in the order in
 * which they were planned, so a run depends on its seed alone.
 */

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

export class Scheduler {
  /** Virtual milliseconds since the start. */
  now = 0;
  /** How many planned things have happened. */
  steps = 0;
  #planned = 0;
  /** A binary heap, the next one first. */
  readonly #heap: Planned[] = [];

  after(delay: number, action: () => void): void {
    this.#planned += 1;
    this.#push({ at: this.now + delay, order: this.#planned, action });
  }

  /** Lets the next thing happen; false when nothing is planned. */
  next(): boolean {
    const first = this.#pop();
    if (first === undefined) return false;
    this.now = first.at;
    this.steps += 1;
    first.action();
    return true;
  }

  #push(item: Planned): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (parent === undefined || !isBefore(item, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = item;
  }

  #pop(): Planned | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      let child = heap[childAt];
      if (child === undefined) break;
      const right = heap[childAt + 1];
      if (right !== undefined && isBefore(right, child)) {
        childAt += 1;
        child = right;
      }
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
