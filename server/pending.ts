/**
 * Requests that wait for the log, in the order in which they were taken. Each rests on the log up
 * to an index: a write on its own entry, a refusal on everything proposed before it (so that it
 * never rests on a change that is later lost), a sync on what a quorum has confirmed. They are
 * answered strictly in order, which is what keeps every connection FIFO. Only what nobody has taken
 * in time is refused before its turn, if nothing of its own caller is before it.
 *
 * Barriers stand beside the queue (barriers.ts), for they change nothing: one waits for what its
 * own caller sent before it and for nothing of anybody else, so that no read hangs on another
 * client's write.
 */
import type { LogIndex } from '../raftlog/types.ts';
import { Barriers, type PendingBarrier, type Place } from './barriers.ts';

export interface PendingRequest {
  /** What the answer rests on; undefined until the leader has said so. */
  readonly index: LogIndex | undefined;
  /** Of the leader in whose log that is: what it had beyond the next epoch's beginning is lost. */
  readonly epoch: number;
  /** Monotonic time by which it is answered, whatever is known then, ms. */
  readonly deadline: number;
  /**
   * Whose order it has to keep; undefined when that is not known: then it is not given up before
   * its turn.
   */
  readonly order?: unknown;
  answer(): void;
  /** What the next entry says of an answer that rests on no entry; whether it says anything. */
  decide?(next: AppliedThrough): boolean;
  /** Its time is up. */
  expire(): void;
}

/** How far the log is applied. */
export interface AppliedThrough {
  readonly index: LogIndex;
  readonly epoch: number;
}

/** Answered requests at the front are cut off once there are this many. */
const COMPACT_AT = 1024;

/** The place of nothing: whoever is behind it is behind nobody. */
export const NOWHERE: Place = -1;

export class PendingRequests {
  #requests: (PendingRequest | undefined)[] = [];
  #head = 0;
  /** Requests that were cut off before the first one that is kept. */
  #cut = 0;
  readonly #barriers = new Barriers((place) => this.isOver(place));
  /**
   * Where the last request of each order is, of so many from the first that is kept: they are told
   * apart only when somebody asks, and forgotten when the front is cut off.
   */
  readonly #lasts = new Map<unknown, Place>();
  #toldApart = 0;
  /** Requests after the head that were given up before their turn. */
  #gone = 0;
  /** An answer may bring about the next request, and with it another look: one is enough. */
  #releasing = false;

  get length(): number {
    return this.#requests.length - this.#head - this.#gone + this.#barriers.length;
  }

  /** Whether nothing is in the queue. */
  get none(): boolean {
    return this.#head === this.#requests.length;
  }

  push(request: PendingRequest): void {
    this.#requests.push(request);
  }

  /** Beside the queue: behind what is at `behind`, and behind the barriers of its own order. */
  pushBarrier(request: PendingBarrier, behind: Place): void {
    this.#barriers.push(request, behind);
  }

  /** A barrier was given its index: nobody looks for that. */
  confirmed(request: PendingBarrier): void {
    this.#barriers.confirmed(request);
  }

  /** Of the last request in the queue that keeps this order. */
  lastOf(order: unknown): Place {
    for (let at = Math.max(this.#toldApart, this.#head); at < this.#requests.length; at += 1) {
      const request = this.#requests[at];
      if (request !== undefined) this.#lasts.set(request.order, this.#cut + at);
    }
    this.#toldApart = this.#requests.length;
    const place = this.#lasts.get(order);
    // When the last one was given up before its turn, so was what was before it.
    return place === undefined || this.isOver(place) ? NOWHERE : place;
  }

  /** Whether what is at this place has been answered. */
  isOver(place: Place): boolean {
    return place < this.#cut + this.#head || this.#requests[place - this.#cut] === undefined;
  }

  /** Whether a barrier of this order is here, or was taken out and may not be answered yet. */
  mayHoldUp(order: unknown): boolean {
    return order !== undefined && (this.#releasing || this.#barriers.has(order));
  }

  /**
   * Answers, in order, what rests on nothing that may still be applied: on nothing after `applied`,
   * or on what only a leader of an earlier epoch had.
   */
  release(applied: AppliedThrough): void {
    if (this.#releasing) return;
    this.#releasing = true;
    try {
      for (;;) {
        const request = this.#first();
        if (request === undefined || !isSettled(request, applied)) break;
        this.#drop();
        request.answer();
      }
    } finally {
      this.#releasing = false;
    }
    this.#compact();
  }

  /** The same after what the next entry, which is about to be applied, says of the oldest. */
  decide(next: AppliedThrough, applied: AppliedThrough): void {
    while (this.#first()?.decide?.(next) === true) this.release(applied);
  }

  /** The same for barriers: once for a batch that was applied. */
  releaseBarriers(applied: AppliedThrough): void {
    while (!this.#releasing) {
      const settled = this.#barriers.takeSettled(applied.index);
      if (settled.length === 0) return;
      this.#releasing = true;
      try {
        for (const request of settled) request.answer();
      } finally {
        this.#releasing = false;
      }
      // Who was answered may have asked for more.
      this.release(applied);
    }
  }

  /** Gives up, in order, what should have been answered by `now`, and answers what it held up. */
  expire(now: number, applied: AppliedThrough): void {
    for (;;) {
      const request = this.#first();
      if (request === undefined || request.deadline > now) break;
      this.#drop();
      request.expire();
      this.release(applied);
    }
    this.#compact();
    for (const late of this.#barriers.takeLate(now)) late.expire();
  }

  /**
   * Gives up what should have been answered by `now` and stands behind what may still wait. No
   * deadline is more than `spread` before that of an older request: most often nothing is late.
   */
  expireBehind(now: number, spread: number): void {
    const first = this.#first();
    if (first === undefined || first.deadline - spread > now) return;
    const unanswered = new Set<unknown>();
    const late: PendingRequest[] = [];
    for (let at = this.#head; at < this.#requests.length; at += 1) {
      const request = this.#requests[at];
      if (request === undefined) continue;
      const { order } = request;
      if (request.deadline > now || order === undefined || unanswered.has(order)) {
        unanswered.add(order);
      } else {
        this.#requests[at] = undefined;
        this.#gone += 1;
        late.push(request);
        if (this.#barriers.waitForPlaces) this.#barriers.passed(this.#cut + at);
      }
    }
    // Only now: who is told may bring the next request.
    for (const request of late) request.expire();
  }

  /** The oldest that is not answered. */
  #first(): PendingRequest | undefined {
    while (this.#gone > 0 && this.#requests[this.#head] === undefined) {
      this.#head += 1;
      this.#gone -= 1;
    }
    return this.#requests[this.#head];
  }

  #drop(): void {
    this.#requests[this.#head] = undefined;
    this.#head += 1;
    if (this.#barriers.waitForPlaces) this.#barriers.passed(this.#cut + this.#head - 1);
  }

  #compact(): void {
    if (this.#head === this.#requests.length) {
      this.#cut += this.#head;
      this.#requests.length = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#requests.length) {
      this.#cut += this.#head;
      this.#requests = this.#requests.slice(this.#head);
    } else {
      return;
    }
    this.#head = 0;
    if (this.#toldApart === 0) return;
    this.#toldApart = 0;
    this.#lasts.clear();
  }
}

function isSettled({ index, epoch }: PendingRequest, applied: AppliedThrough): boolean {
  return index !== undefined && (index <= applied.index || epoch < applied.epoch);
}
