/** Entries that have left the memory, read again from the log. */
import type { Entry } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { Storage } from '../storage/types.ts';
import type { EventArchive } from './event-hub.ts';

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

  async page(after: Zxid): Promise<readonly Entry[] | undefined> {
    // Only what this member has applied has happened: the log may be ahead.
    const through = this.#appliedZxid();
    const from = await this.#storage.indexAfter(after);
    if (from === undefined) return undefined;
    const { entries } = await this.#storage.readLog(from, PAGE_BYTES);
    return entries.filter((entry) => entry.zxid <= through);
  }
}
