/**
 * Folds the log into the tables in the background: which entries, up to where, how much at a time.
 * Lazily, so that many changes of one znode become one; in slices of a few milliseconds, so that an
 * append never waits long. Tables and position move in one transaction and never disagree.
 */
import { assert } from '../raftlog/assert.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import type { Meta } from './database.ts';
import { Fold } from './fold.ts';
import type { LogTable } from './log-table.ts';
import { typeOfCode } from './packed-entries.ts';
import { decodeTransaction } from './tree/codec.ts';
import type { TreeTables } from './tree-tables.ts';
import type { AppliedMark } from './types.ts';

export interface FoldingLimits {
  /**
   * More than this many entries or bytes after the tables, and folding no longer waits for quiet.
   */
  readonly foldEntries: number;
  readonly foldBytes: number;
}

/**
 * Entries folded at once: the more, the fewer rows are written for each; but the transaction that
 * writes them keeps appends waiting, so slices shrink while it takes longer than WRITE_MS.
 */
const SLICE_ENTRIES_MAX = 10_000;
const SLICE_ENTRIES_MIN = 100;
const WRITE_MS = 8;
/** Payload bytes held in a slice, about. */
const SLICE_BYTES = 16 * 1024 * 1024;
/** Entries or payload bytes read in one step: 1 to 2 ms. */
const STEP_ENTRIES = 500;
const STEP_BYTES = 512 * 1024;
/** Marks nearer to each other than this are not all kept: a slice needs few to choose from. */
const MARK_SPACING = 25;

export interface FoldingParts {
  readonly log: LogTable;
  readonly tables: TreeTables;
  readonly meta: Meta;
  /** Runs the work in one transaction and returns when it is on disk. */
  readonly commit: (work: () => void) => void;
  readonly limits: FoldingLimits;
}

export class Folding {
  readonly #parts: FoldingParts;
  /** Where the tables are. */
  #position: AppliedMark;
  /** Points after the position that the tables may be brought to, ascending. */
  readonly #marks: AppliedMark[] = [];
  /** The slice being gathered: everything after the position through `#gathered`. */
  #fold = new Fold();
  #gathered: number;
  #gatheredBytes = 0;
  #sliceEntries = 1000;
  /** The log may be longer than it should be. */
  #trimDue = true;
  /** Bytes on disk of the entries after the position. */
  #unfoldedBytes: number;
  /** Entries after this one are not trimmed. */
  #heldIndex = Number.POSITIVE_INFINITY;

  constructor(parts: FoldingParts, position: AppliedMark) {
    this.#parts = parts;
    this.#position = position;
    this.#gathered = position.index;
    this.#unfoldedBytes = parts.log.bytesBetween(position.index + 1, parts.log.last.index);
  }

  get position(): AppliedMark {
    return this.#position;
  }

  /** Whether there is something to do. */
  get hasWork(): boolean {
    return this.#trimDue || this.#canFold;
  }

  /** Whether it should be done although appends are coming. */
  get urgent(): boolean {
    return (this.#excess > 1 && this.#canFold) || (this.#trimDue && this.#position.index > 0);
  }

  /** What is unfolded, as a multiple of what may be. */
  get #excess(): number {
    const { log, limits } = this.#parts;
    const entries = log.last.index - this.#position.index;
    return Math.max(entries / limits.foldEntries, this.#unfoldedBytes / limits.foldBytes);
  }

  get #canFold(): boolean {
    const first = this.#marks[0];
    return first !== undefined && first.index <= this.#parts.log.last.index;
  }

  /** The last point that is known to be applied. */
  get applied(): AppliedMark {
    return this.#marks.at(-1) ?? this.#position;
  }

  /** Keeps the log after `index` until told otherwise; undefined = as the limits say. */
  holdAfter(index: number | undefined): void {
    this.#heldIndex = index ?? Number.POSITIVE_INFINITY;
    this.#trimDue = true;
  }

  /** The log grew by about `bytes` on disk. */
  appended(bytes: number): void {
    this.#unfoldedBytes += bytes;
  }

  mark(mark: AppliedMark): void {
    if (mark.index <= this.#position.index) return;
    const last = this.#marks.at(-1);
    assert(last === undefined || last.index <= mark.index, 'what is applied is never taken back');
    const secondLast = this.#marks.at(-2)?.index ?? this.#position.index;
    if (last !== undefined && mark.index - secondLast < MARK_SPACING) this.#marks.pop();
    this.#marks.push(mark);
  }

  /**
   * As many steps as it takes for appends not to run away: one, until twice as much is unfolded as
   * may be, then two, and so on. Who writes faster than this folds is slowed down by it.
   */
  turn(): void {
    const steps = Math.max(1, Math.floor(this.#excess));
    for (let step = 0; step < steps && this.hasWork; step += 1) this.#step();
  }

  /** One bounded piece of work: trims, or reads a piece of the log, or writes what was gathered. */
  #step(): void {
    if (this.#trimDue) {
      this.#trim();
      return;
    }
    if (!this.#canFold) return;
    const target = this.#target();
    if (this.#gathered < target.index) this.#gather(target.index);
    else this.#write(target);
  }

  /** Everything up to the last mark, at once. */
  all(): void {
    while (this.hasWork) this.#step();
  }

  /** The farthest mark within a slice, or the next one when none is that near. */
  #target(): AppliedMark {
    const { log } = this.#parts;
    const limit = Math.min(this.#position.index + this.#sliceEntries, log.last.index);
    let target = this.#marks[0];
    for (const mark of this.#marks) {
      if (mark.index > limit) break;
      target = mark;
    }
    assert(target !== undefined, 'there is a mark to fold to');
    // Not less than what was gathered already, and not more when that is plenty.
    if (target.index >= this.#gathered && this.#gatheredBytes < SLICE_BYTES) return target;
    const reached = this.#marks.find(({ index }) => index >= this.#gathered);
    assert(reached !== undefined, 'what was gathered leads to a mark');
    return reached;
  }

  #gather(through: number): void {
    const last = Math.min(through, this.#gathered + STEP_ENTRIES);
    let bytes = 0;
    this.#parts.log.visit(this.#gathered + 1, last, ({ index, zxid }, type, payload) => {
      if (typeOfCode(type) === 'transaction') {
        this.#fold.add(zxidFromNumber(zxid), decodeTransaction(payload.toString('utf8')));
      }
      this.#gathered = index;
      bytes += payload.byteLength;
      return bytes < STEP_BYTES;
    });
    this.#gatheredBytes += bytes;
  }

  #write(target: AppliedMark): void {
    const { log, tables, meta, commit } = this.#parts;
    const foldedBytes = log.bytesBetween(this.#position.index + 1, target.index);
    const changes = this.#fold.changes();
    const start = performance.now();
    commit(() => {
      tables.apply(changes);
      meta.put('tables', target);
      // Within, so that the high-water mark of this commit has it; a commit that fails ends it all.
      this.#position = target;
    });
    this.#adapt(performance.now() - start);
    while ((this.#marks[0]?.index ?? Number.POSITIVE_INFINITY) <= target.index) {
      this.#marks.shift();
    }
    this.#fold = new Fold();
    this.#gatheredBytes = 0;
    this.#unfoldedBytes -= foldedBytes;
    this.#trimDue = true;
  }

  /** A segment at a time. */
  #trim(): void {
    const { log, commit } = this.#parts;
    this.#trimDue = log.canTrim(this.#position.index, this.#heldIndex);
    if (this.#trimDue) commit(() => log.trim());
  }

  #adapt(writeMs: number): void {
    const wanted = writeMs <= WRITE_MS ? this.#sliceEntries * 1.5 : this.#sliceEntries / 2;
    this.#sliceEntries = Math.round(
      Math.min(SLICE_ENTRIES_MAX, Math.max(SLICE_ENTRIES_MIN, wanted)),
    );
  }
}
