/**
 * The latest events, in memory, so that a watch with `since` usually resumes without touching the
 * disk. Bounded by number and bytes; what falls out is still in the log.
 *
 * Invariant: holds every event of every transaction after `coversAfter`, in zxid order.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import type { TreeEvent } from '../storage/tree/types.ts';

export interface HistoryLimits {
  readonly historyEvents: number;
  readonly historyBytes: number;
}

export interface PastTransaction {
  readonly zxid: Zxid;
  readonly events: readonly TreeEvent[];
}

/** What an event costs beside its data: object, stat, path. An estimate for the byte limit. */
const EVENT_OVERHEAD_BYTES = 300;

/**
 * Dead entries at the front are cut off once there are this many, so that dropping one is cheap.
 */
const COMPACT_AT = 4096;

export class History {
  readonly #limits: HistoryLimits;
  #transactions: PastTransaction[] = [];
  /** Index of the first live element of `#transactions`. */
  #head = 0;
  #events = 0;
  #bytes = 0;
  #coversAfter: Zxid;

  constructor(coversAfter: Zxid, limits: HistoryLimits) {
    this.#coversAfter = coversAfter;
    this.#limits = limits;
  }

  /** Every event with a greater zxid is here. */
  get coversAfter(): Zxid {
    return this.#coversAfter;
  }

  push(zxid: Zxid, events: readonly TreeEvent[]): void {
    if (events.length === 0) return;
    this.#transactions.push({ zxid, events });
    this.#events += events.length;
    this.#bytes += bytesOf(events);
    while (this.#events > this.#limits.historyEvents || this.#bytes > this.#limits.historyBytes) {
      this.#dropOldest();
    }
  }

  /** Transactions after `zxid`, oldest first; complete only when `zxid >= coversAfter`. */
  after(zxid: Zxid): readonly PastTransaction[] {
    let low = this.#head;
    let high = this.#transactions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const past = this.#transactions[middle];
      if (past !== undefined && past.zxid <= zxid) low = middle + 1;
      else high = middle;
    }
    return this.#transactions.slice(low);
  }

  #dropOldest(): void {
    const oldest = this.#transactions[this.#head];
    if (oldest === undefined) return;
    this.#head += 1;
    this.#events -= oldest.events.length;
    this.#bytes -= bytesOf(oldest.events);
    this.#coversAfter = oldest.zxid;
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#transactions.length) {
      this.#transactions = this.#transactions.slice(this.#head);
      this.#head = 0;
    }
  }
}

function bytesOf(events: readonly TreeEvent[]): number {
  let bytes = 0;
  for (const event of events) bytes += EVENT_OVERHEAD_BYTES + (event.data?.text.length ?? 0);
  return bytes;
}
