/**
 * The newest applied entries of the log, in memory, so that a watch with `since` usually resumes
 * without touching the disk. Bounded by bytes; what falls out is still in the log. Entries are kept
 * as they were written: few watches ever ask, and a text is nothing to a garbage collector, unlike
 * the objects of its events.
 *
 * Invariant: holds every applied entry after `coversAfter`, in zxid order.
 */
import type { Entry } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';

/** What an entry costs beside its payload: object, string header, slot. An estimate. */
const ENTRY_OVERHEAD_BYTES = 150;

/**
 * Dead entries at the front are cut off once there are this many, so that dropping one is cheap.
 */
const COMPACT_AT = 4096;

export class History {
  readonly #maxBytes: number;
  #entries: Entry[] = [];
  /** Index of the first live element of `#entries`. */
  #head = 0;
  #bytes = 0;
  #coversAfter: Zxid;

  constructor(coversAfter: Zxid, limits: { readonly historyBytes: number }) {
    this.#coversAfter = coversAfter;
    this.#maxBytes = limits.historyBytes;
  }

  /** Every entry with a greater zxid is here. */
  get coversAfter(): Zxid {
    return this.#coversAfter;
  }

  /** Begins anew: nothing is known of what came before `coversAfter`. */
  restart(coversAfter: Zxid): void {
    this.#entries = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#coversAfter = coversAfter;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry);
    while (this.#bytes > this.#maxBytes) this.#dropOldest();
  }

  /** Whether the entry `zxid` is here. */
  has(zxid: Zxid): boolean {
    return this.after((zxid - 1) as Zxid, 1)[0]?.zxid === zxid;
  }

  /** Entries after `zxid`, oldest first, at most `max`; complete only for `zxid >= coversAfter`. */
  after(zxid: Zxid, max: number): readonly Entry[] {
    let low = this.#head;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.zxid <= zxid) low = middle + 1;
      else high = middle;
    }
    return this.#entries.slice(low, low + max);
  }

  #dropOldest(): void {
    const oldest = this.#entries[this.#head];
    if (oldest === undefined) return;
    this.#head += 1;
    this.#bytes -= bytesOf(oldest);
    this.#coversAfter = oldest.zxid;
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }
}

function bytesOf(entry: Entry): number {
  return ENTRY_OVERHEAD_BYTES + entry.payload.length;
}
