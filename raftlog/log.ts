/**
 * The end of the log, in memory, and its cursors. Entries that were handed out as committed stay
 * for a while, for members that are a little behind; the disk has all of them.
 *
 * Invariant: `handed out <= committed <= last`, `handed out <= persisted <= offered <= last`, and
 * the entries kept are exactly those after `base`, contiguous.
 */
import { assert } from './assert.ts';
import type { Entry, LogIndex, LogPosition } from './types.ts';
import type { Zxid } from './zxid.ts';

/** What an entry costs beside its payload, about. */
const ENTRY_OVERHEAD = 100;

/** Forgotten entries at the front are cut off once there are this many, and half of all. */
const COMPACT_AT = 1024;

export class LogWindow {
  /** Entries after `#base`, in order, behind `#head` forgotten ones. */
  #entries: (Entry | undefined)[] = [];
  #head = 0;
  /** The position just before the first entry kept. */
  #base: LogPosition;
  #last: LogPosition;
  /** Handed out to be persisted through here. */
  #offered: LogIndex;
  /** Known to be durable on this member through here. */
  #persisted: LogIndex;
  /** Decided by a quorum through here. */
  #committed: LogIndex;
  /** Handed out to be applied through here. */
  #handedOut: LogIndex;
  /** Of the entries kept that were handed out: an estimate of their memory. */
  #handedOutBytes = 0;

  /** A log whose entries through `base` are durable, committed and applied. */
  constructor(base: LogPosition) {
    this.#base = base;
    this.#last = base;
    this.#offered = base.index;
    this.#persisted = base.index;
    this.#committed = base.index;
    this.#handedOut = base.index;
  }

  get last(): LogPosition {
    return this.#last;
  }

  get persistedIndex(): LogIndex {
    return this.#persisted;
  }

  get committedIndex(): LogIndex {
    return this.#committed;
  }

  /** Takes in what the disk already holds. */
  restore(entries: readonly Entry[]): void {
    for (const entry of entries) this.append(entry);
    this.#offered = this.#last.index;
    this.#persisted = this.#last.index;
  }

  append(entry: Entry): void {
    assert(entry.index === this.#last.index + 1, 'log indexes are contiguous');
    assert(entry.zxid > this.#last.zxid, 'zxids grow along the log');
    assert(entry.epoch >= this.#last.epoch, 'epochs never fall along the log');
    this.#entries.push(entry);
    this.#last = entry;
  }

  /** Takes back everything at and after `index`: a leader knows better. */
  truncateFrom(index: LogIndex): void {
    assert(index > this.#committed, 'what is committed is never taken back');
    const before = this.positionAt(index - 1);
    assert(before !== undefined, 'what is not committed is kept');
    this.#entries.length = this.#head + (index - this.#base.index - 1);
    this.#last = before;
    this.#offered = Math.min(this.#offered, before.index);
    this.#persisted = Math.min(this.#persisted, before.index);
  }

  /** Entries not yet handed out to be persisted. */
  takeUnpersisted(): readonly Entry[] {
    const entries = this.#slice(this.#offered + 1, this.#last.index);
    this.#offered = this.#last.index;
    return entries;
  }

  persisted(index: LogIndex): void {
    assert(index <= this.#offered, 'only what was handed out can have been persisted');
    if (index > this.#persisted) this.#persisted = index;
  }

  commit(index: LogIndex): void {
    assert(index <= this.#last.index, 'only what is in the log can be committed');
    if (index > this.#committed) this.#committed = index;
  }

  /** The entry at `index`, if it is still kept. */
  at(index: LogIndex): Entry | undefined {
    return index > this.#base.index ? this.#entries[this.#slot(index)] : undefined;
  }

  /** The position of `index`, if it is known here. */
  positionAt(index: LogIndex): LogPosition | undefined {
    return index === this.#base.index ? this.#base : this.at(index);
  }

  /** Whether the log agrees with one that has this point, as far as is known here. */
  contains(point: { readonly index: LogIndex; readonly zxid: Zxid }): boolean {
    return this.positionAt(point.index)?.zxid === point.zxid;
  }

  /** Entries from `from` on, which is kept: at least one if there is any, at most about `bytes`. */
  page(from: LogIndex, bytes: number): readonly Entry[] {
    let through = from - 1;
    let used = 0;
    while (through < this.#last.index && (used === 0 || used < bytes)) {
      through += 1;
      used += bytesOf(this.at(through));
    }
    return this.#slice(from, through);
  }

  /**
   * Committed entries that are durable here and were not handed out before. Those handed out leave
   * the memory, oldest first, when they are more than `keptBytes`.
   */
  takeCommitted(keptBytes: number): readonly Entry[] {
    const through = Math.min(this.#committed, this.#persisted);
    const entries = this.#slice(this.#handedOut + 1, through);
    for (const entry of entries) this.#handedOutBytes += bytesOf(entry);
    this.#handedOut = Math.max(this.#handedOut, through);
    while (this.#handedOutBytes > keptBytes) this.#forgetOldest();
    return entries;
  }

  invariants(): void {
    assert(this.#base.index <= this.#handedOut, 'what was forgotten was handed out');
    assert(this.#handedOut <= this.#committed, 'what was handed out is committed');
    assert(this.#handedOut <= this.#persisted, 'what was handed out is durable');
    assert(this.#committed <= this.#last.index, 'what is committed is in the log');
    assert(this.#persisted <= this.#offered, 'what is persisted was handed out');
    assert(this.#offered <= this.#last.index, 'what was handed out is in the log');
    assert(
      this.#entries.length - this.#head === this.#last.index - this.#base.index,
      'the window is contiguous',
    );
  }

  #slot(index: LogIndex): number {
    return this.#head + index - this.#base.index - 1;
  }

  #slice(from: LogIndex, through: LogIndex): readonly Entry[] {
    if (through < from) return [];
    assert(from > this.#base.index, 'only what is kept is handed out');
    return this.#entries.slice(this.#slot(from), this.#slot(through) + 1) as Entry[];
  }

  #forgetOldest(): void {
    const oldest = this.#entries[this.#head];
    assert(oldest !== undefined && oldest.index <= this.#handedOut, 'it has been handed out');
    this.#entries[this.#head] = undefined;
    this.#head += 1;
    this.#base = { index: oldest.index, epoch: oldest.epoch, zxid: oldest.zxid };
    this.#handedOutBytes -= bytesOf(oldest);
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }
}

function bytesOf(entry: Entry | undefined): number {
  return entry === undefined ? 0 : ENTRY_OVERHEAD + entry.payload.length;
}
