/**
 * Requests that wait for the log, in the order in which they were taken. Each rests on the log up
 * to an index: a write on its own entry, a refusal on everything proposed before it (so that it
 * never rests on a change that is later lost), a sync on what a quorum has confirmed. They are
 * answered strictly in order, which is what keeps every connection FIFO. Only what nobody has taken
 * in time is refused before its turn, if nothing of its own caller is before it.
 *
 * Barriers stand beside the queue, for they change nothing: one waits for what its own caller sent
 * before it and for nothing of anybody else, so that no read hangs on another client's write.
 */
import type { LogIndex } from '../raftlog/types.ts';

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

/** A place in the queue, of all that ever were in it. */
export type Place = number;

/** The place of nothing: whoever is behind it is behind nobody. */
export const NOWHERE: Place = -1;

interface Barrier {
  readonly request: PendingRequest;
  /** It is answered when this one has been. */
  readonly behind: Place;
}

export class PendingRequests {
  #requests: (PendingRequest | undefined)[] = [];
  #head = 0;
  /** Requests that were cut off before the first one that is kept. */
  #cut = 0;
  #barriers: Barrier[] = [];
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
  pushBarrier(request: PendingRequest, behind: Place): void {
    this.#barriers.push({ request, behind });
  }

  /** Of the last request in the queue that keeps this order. */
  lastOf(order: unknown): Place {
    for (let at = this.#requests.length - 1; at >= this.#head; at -= 1) {
      if (this.#requests[at]?.order === order) return this.#cut + at;
    }
    return NOWHERE;
  }

  /** Whether what is at this place has been answered. */
  isOver(place: Place): boolean {
    return place < this.#cut + this.#head || this.#requests[place - this.#cut] === undefined;
  }

  /**
   * Answers, in order, what rests on nothing that may still be applied: on nothing after `applied`,
   * or on what only a leader of an earlier epoch had.
   */
  release(applied: AppliedThrough): void {
    if (this.#releasing) return;
    this.#releasing = true;
    for (;;) {
      const request = this.#first();
      if (request === undefined || !isSettled(request, applied)) break;
      this.#drop();
      request.answer();
    }
    this.#releasing = false;
    this.#compact();
  }

  /** The same after what the next entry, which is about to be applied, says of the oldest. */
  decide(next: AppliedThrough, applied: AppliedThrough): void {
    while (this.#first()?.decide?.(next) === true) this.release(applied);
  }

  /** The same for barriers, which all have to be looked at: once for a batch that was applied. */
  releaseBarriers(applied: AppliedThrough): void {
    while (this.#barriers.length > 0 && !this.#releasing) {
      const settled = this.#takeBarriers((request) => isSettled(request, applied));
      if (settled.length === 0) return;
      this.#releasing = true;
      for (const request of settled) request.answer();
      this.#releasing = false;
      // Who was answered may have asked for more.
      this.release(applied);
    }
  }

  /** Takes out those of which it `holds`, if nothing of their order stands before them. */
  #takeBarriers(holds: (request: PendingRequest) => boolean): readonly PendingRequest[] {
    const taken: PendingRequest[] = [];
    const kept: Barrier[] = [];
    const unanswered = new Set<unknown>();
    for (const barrier of this.#barriers) {
      const { request, behind } = barrier;
      if (holds(request) && this.isOver(behind) && !unanswered.has(request.order)) {
        taken.push(request);
      } else {
        kept.push(barrier);
        unanswered.add(request.order);
      }
    }
    if (taken.length > 0) this.#barriers = kept;
    return taken;
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
    for (const late of this.#takeBarriers(({ deadline }) => deadline <= now)) late.expire();
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
  }

  #compact(): void {
    if (this.#head === this.#requests.length) {
      this.#cut += this.#head;
      this.#requests.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#requests.length) {
      this.#cut += this.#head;
      this.#requests = this.#requests.slice(this.#head);
      this.#head = 0;
    }
  }
}

function isSettled({ index, epoch }: PendingRequest, applied: AppliedThrough): boolean {
  return index !== undefined && (index <= applied.index || epoch < applied.epoch);
}
