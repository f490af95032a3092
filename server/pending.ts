/**
 * Requests that wait for the log, in the order in which they were taken. Each rests on the log up
 * to an index: a write on its own entry, a refusal on everything proposed before it (so that it
 * never rests on a change that is later lost), a sync on what a quorum has confirmed. They are
 * answered strictly in order, which is what keeps every connection FIFO. Only what nobody has taken
 * in time is refused before its turn, if nothing of its own caller is before it.
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

export class PendingRequests {
  #requests: (PendingRequest | undefined)[] = [];
  #head = 0;
  /** Requests after the head that were given up before their turn. */
  #gone = 0;
  /** An answer may bring about the next request, and with it another look: one is enough. */
  #releasing = false;

  get length(): number {
    return this.#requests.length - this.#head - this.#gone;
  }

  push(request: PendingRequest): void {
    this.#requests.push(request);
  }

  /**
   * Answers, in order, what rests on nothing that may still be applied: on nothing after `applied`,
   * or on what only a leader of an earlier epoch had.
   */
  release({ index, epoch }: AppliedThrough): void {
    if (this.#releasing) return;
    this.#releasing = true;
    for (;;) {
      const request = this.#first();
      if (request?.index === undefined) break;
      if (request.index > index && request.epoch >= epoch) break;
      this.#drop();
      request.answer();
    }
    this.#releasing = false;
    this.#compact();
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
      this.#requests.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#requests.length) {
      this.#requests = this.#requests.slice(this.#head);
      this.#head = 0;
    }
  }
}
