/**
 * Events that have left the memory, read again from the log: a transaction tells its own events.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import { decodeTransaction } from '../storage/tree/codec.ts';
import { eventsOf } from '../storage/tree/events.ts';
import type { Storage } from '../storage/types.ts';
import type { EventArchive } from './event-hub.ts';
import type { PastTransaction } from './history.ts';

/** Payload bytes of one page of the log: bounds what a replay holds in memory at a time. */
const PAGE_BYTES = 1024 * 1024;

export class LogArchive implements EventArchive {
  readonly #storage: Storage;
  readonly #appliedZxid: () => Zxid;

  constructor(storage: Storage, appliedZxid: () => Zxid) {
    this.#storage = storage;
    this.#appliedZxid = appliedZxid;
  }

  oldestZxid(): Zxid {
    return this.#storage.stats().oldestZxid;
  }

  async page(after: Zxid): Promise<readonly PastTransaction[] | undefined> {
    // Only what this member has applied has happened: the log may be ahead.
    const through = this.#appliedZxid();
    const from = await this.#storage.indexAfter(after);
    if (from === undefined) return undefined;
    const { entries } = await this.#storage.readLog(from, PAGE_BYTES);
    const past: PastTransaction[] = [];
    for (const { type, zxid, payload } of entries) {
      if (zxid > through) break;
      const events = type === 'transaction' ? eventsOf(zxid, decodeTransaction(payload)) : [];
      past.push({ zxid, events });
    }
    return past;
  }
}
