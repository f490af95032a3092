/**
 * Requests that wait for the log, in the order in which they were taken. Each rests on the log up
 * to an index: a write on its own entry, a refusal on everything proposed before it (so that it
 * never rests on a change that is later lost), a sync on the same and a confirmed read besides.
 * They are answered strictly in order, which is what keeps every connection FIFO.
 */
import type { LogIndex } from '../raftlog/types.ts';

export interface PendingRequest {
  readonly index: LogIndex;
  /** A sync stays closed until a quorum has confirmed the leader. */
  confirmed: boolean;
  answer(): void;
}

/** Answered requests at the front are cut off once there are this many. */
const COMPACT_AT = 1024;

export class PendingRequests {
  #requests: (PendingRequest | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#requests.length - this.#head;
  }

  push(request: PendingRequest): void {
    this.#requests.push(request);
  }

  /** Answers, in order, what rests on nothing after `applied`. */
  release(applied: LogIndex): void {
    for (;;) {
      const request = this.#requests[this.#head];
      if (request === undefined || request.index > applied || !request.confirmed) break;
      this.#requests[this.#head] = undefined;
      this.#head += 1;
      request.answer();
    }
    if (this.#head === this.#requests.length) {
      this.#requests.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#requests.length) {
      this.#requests = this.#requests.slice(this.#head);
      this.#head = 0;
    }
  }
}
