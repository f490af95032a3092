/**
 * The part of the log that the core still works on, and its cursors. Entries leave it when they
 * have been handed out as committed: the disk has the rest.
 *
 * Invariant: `applied <= committed <= last`, `persisted <= last`, and the entries kept are exactly
 * those after `handedOut`, contiguous.
 */
import { assert } from './assert.ts';
import type { Entry, LogIndex, LogPosition } from './types.ts';

export class LogWindow {
  /** Entries after `#base`, in order. */
  #entries: Entry[] = [];
  /** The position just before the first entry kept. */
  #base: LogPosition;
  #last: LogPosition;
  /** Handed out to be persisted through here. */
  #offered: LogIndex;
  /** Known to be durable on this member through here. */
  #persisted: LogIndex;
  /** Decided by a quorum through here. */
  #committed: LogIndex;

  /** A log whose entries through `base` are durable, committed and applied. */
  constructor(base: LogPosition) {
    this.#base = base;
    this.#last = base;
    this.#offered = base.index;
    this.#persisted = base.index;
    this.#committed = base.index;
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

  /** Entries not yet handed out to be persisted. */
  takeUnpersisted(): readonly Entry[] {
    const entries = this.#entries.slice(this.#offered - this.#base.index);
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
    return this.#entries[index - this.#base.index - 1];
  }

  /**
   * Committed entries that are durable here and were not handed out before; they leave the window.
   */
  takeCommitted(): readonly Entry[] {
    const through = Math.min(this.#committed, this.#persisted);
    const count = through - this.#base.index;
    if (count <= 0) return [];
    const entries = this.#entries.splice(0, count);
    const base = entries[entries.length - 1];
    assert(base !== undefined, 'a positive count takes an entry');
    this.#base = base;
    return entries;
  }

  invariants(): void {
    assert(this.#base.index <= this.#committed, 'what was applied is committed');
    assert(this.#committed <= this.#last.index, 'what is committed is in the log');
    assert(this.#persisted <= this.#offered, 'what is persisted was handed out');
    assert(this.#offered <= this.#last.index, 'what was handed out is in the log');
    assert(
      this.#entries.length === this.#last.index - this.#base.index,
      'the window is contiguous',
    );
  }
}
