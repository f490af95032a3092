/**
 * Packs the entries of appends, each run of entries once: the leader sends the same entries to
 * several members, and all of them get the same bytes.
 */
import type { Entry } from '../../raftlog/types.ts';
import { EntryPacker } from '../../storage/packed-entries.ts';

interface Packed {
  readonly count: number;
  readonly last: Entry;
  readonly bytes: Buffer;
}

const NONE = Buffer.alloc(0);

export class AppendBlocks {
  readonly #packer = new EntryPacker();
  /**
   * By the first entry: the core keeps each entry as one object, and what begins and ends with the
   * same entries of a log and is as long is the same. Forgotten with the entry.
   */
  readonly #packed = new WeakMap<Entry, Packed>();

  /** The entries as a block of storage/packed-entries.ts. Shared: never written to. */
  blockOf(entries: readonly Entry[]): Buffer {
    const [first] = entries;
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return NONE;
    const known = this.#packed.get(first);
    if (known?.last === last && known.count === entries.length) return known.bytes;
    for (const entry of entries) this.#packer.add(entry);
    const { buffer, bytes: length } = this.#packer.take();
    // As long as its content: the packer's buffer has room for much more, and is used again.
    const bytes = Buffer.allocUnsafeSlow(length);
    bytes.set(new Uint8Array(buffer, 0, length));
    this.#packer.giveBack(buffer);
    this.#packed.set(first, { count: entries.length, last, bytes });
    return bytes;
  }
}
