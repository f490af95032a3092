/**
 * Barriers: requests that change nothing and so stand beside the queue (pending.ts). Each waits for
 * three things, one after the other: for the barriers of its own order that came before it, for the
 * place in the queue that it is behind, and for the index that it rests on. It is looked at only
 * when one of them has come about, for whoever loses a leader has thousands of them at once: what
 * one costs must not grow with how many there are.
 *
 * They rest on what was committed, which is in the log of every later leader: no epoch counts.
 * Nothing is answered here: what has its turn is handed out, in the order in which it came.
 */
import type { LogIndex } from '../raftlog/types.ts';

/** A place in the queue, of all that ever were in it. */
export type Place = number;

export interface PendingBarrier {
  /** Committed. Undefined until a quorum has confirmed it, of which `confirmed` is to be told. */
  readonly index: LogIndex | undefined;
  /** Monotonic time by which it is answered, whatever is known then, ms. */
  readonly deadline: number;
  /** Whose order it has to keep. */
  readonly order?: unknown;
  answer(): void;
  /** Its time is up. */
  expire(): void;
}

interface Barrier {
  readonly request: PendingBarrier;
  /** It is handed out when this one has been answered. */
  readonly behind: Place;
  /** Of all that ever came. */
  readonly number: number;
  /** The next one of its order. */
  next: Barrier | undefined;
  /** It waits for nothing but what it rests on. */
  isDue: boolean;
}

/** Of one order, in which only the first is waiting for anything but its turn. */
interface Line {
  first: Barrier;
  last: Barrier;
}

const NONE: readonly PendingBarrier[] = [];

export class Barriers {
  readonly #isOver: (place: Place) => boolean;
  readonly #lines = new Map<unknown, Line>();
  /** The first ones of their orders that wait for a place, by that. */
  readonly #behind = new Map<Place, Barrier[]>();
  /** By what they rest on. */
  readonly #due = new DueBarriers();
  #length = 0;
  #pushed = 0;

  /** Whether what is at a place in the queue has been answered. */
  constructor(isOver: (place: Place) => boolean) {
    this.#isOver = isOver;
  }

  get length(): number {
    return this.#length;
  }

  /** Whether one of them waits for a place: then `passed` is to be told, and only then. */
  get waitForPlaces(): boolean {
    return this.#behind.size > 0;
  }

  /** Whether one of this order waits. */
  has(order: unknown): boolean {
    return this.#lines.has(order);
  }

  push(request: PendingBarrier, behind: Place): void {
    const number = this.#pushed;
    const barrier: Barrier = { request, behind, number, next: undefined, isDue: false };
    this.#pushed += 1;
    this.#length += 1;
    const line = this.#lines.get(request.order);
    if (line === undefined) {
      this.#lines.set(request.order, { first: barrier, last: barrier });
      this.#look(barrier);
    } else {
      line.last.next = barrier;
      line.last = barrier;
    }
  }

  /** It has its index, which stays. Nothing comes of it when it is not waiting any more. */
  confirmed(request: PendingBarrier): void {
    const first = this.#lines.get(request.order)?.first;
    // In another case it is looked at later, when its turn or its place has come.
    if (first?.request === request && this.#isOver(first.behind)) this.#look(first);
  }

  /** What was at this place has been answered. */
  passed(place: Place): void {
    const barriers = this.#behind.get(place);
    if (barriers === undefined) return;
    this.#behind.delete(place);
    for (const barrier of barriers) this.#look(barrier);
  }

  /** Takes out what rests on nothing after `applied`. */
  takeSettled(applied: LogIndex): readonly PendingBarrier[] {
    let barrier = this.#due.take(applied);
    if (barrier === undefined) return NONE;
    const settled: Barrier[] = [];
    for (; barrier !== undefined; barrier = this.#due.take(applied)) {
      settled.push(barrier);
      this.#remove(barrier);
    }
    return inOrder(settled);
  }

  /** Takes out what should have been answered by `now`, of what waits for nobody before it. */
  takeLate(now: number): readonly PendingBarrier[] {
    const late: Barrier[] = [];
    for (const line of this.#lines.values()) {
      let barrier: Barrier | undefined = line.first;
      while (barrier && barrier.request.deadline <= now && this.#isOver(barrier.behind)) {
        late.push(barrier);
        this.#remove(barrier);
        barrier = barrier.next;
      }
    }
    if (late.length === 0) return NONE;
    this.#due.remove(new Set(late));
    return inOrder(late);
  }

  /** The first of its order: what it waits for now. */
  #look(barrier: Barrier): void {
    const { request, behind } = barrier;
    if (this.#isOver(behind)) {
      const { index } = request;
      if (index === undefined || barrier.isDue) return;
      barrier.isDue = true;
      this.#due.add(index, barrier);
      return;
    }
    const others = this.#behind.get(behind);
    if (others === undefined) this.#behind.set(behind, [barrier]);
    else others.push(barrier);
  }

  /** The first of its order. */
  #remove({ request: { order }, next }: Barrier): void {
    this.#length -= 1;
    const line = this.#lines.get(order);
    if (next === undefined || line === undefined) {
      this.#lines.delete(order);
    } else {
      line.first = next;
      this.#look(next);
    }
  }
}

function inOrder(barriers: Barrier[]): readonly PendingBarrier[] {
  return barriers.sort((a, b) => a.number - b.number).map(({ request }) => request);
}

interface Due {
  readonly index: LogIndex;
  readonly barrier: Barrier;
}

/** A binary min-heap by the index that is waited for. */
class DueBarriers {
  #heap: Due[] = [];

  add(index: LogIndex, barrier: Barrier): void {
    const heap = this.#heap;
    const due = { index, barrier };
    let hole = heap.length;
    while (hole > 0) {
      const up = (hole - 1) >>> 1;
      const above = heap[up];
      if (above === undefined || above.index <= index) break;
      heap[hole] = above;
      hole = up;
    }
    heap[hole] = due;
  }

  /** Takes out one that waits for no more than `applied`. */
  take(applied: LogIndex): Barrier | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.index > applied) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first.barrier;
  }

  remove(gone: ReadonlySet<Barrier>): void {
    // What is sorted is a heap.
    this.#heap = this.#heap
      .filter(({ barrier }) => !gone.has(barrier))
      .sort((a, b) => a.index - b.index);
  }

  /** Puts it in the place of the first and lets it sink to where it belongs. */
  #sink(due: Due): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const right = heap[left + 1];
      let child = heap[left];
      let at = left;
      if (child !== undefined && right !== undefined && right.index < child.index) {
        child = right;
        at = left + 1;
      }
      if (child === undefined || child.index >= due.index) break;
      heap[hole] = child;
      hole = at;
    }
    heap[hole] = due;
  }
}
