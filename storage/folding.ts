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
  /** More than this many entries or bytes after the tables, and folding no longer waits for quiet. */
  readonly foldEntries: number;
  readonly foldBytes: number;
  /** Entries and bytes of log kept up to the tables' position. */
  readonly historyEntries: number;
  readonly historyBytes: number;
}

/** A slice holds at most this many entries; fewer as long as slices take longer than SLICE_MS. */
const SLICE_ENTRIES_MAX = 2000;
const SLICE_ENTRIES_MIN = 50;
const SLICE_MS = 5;
/** Payload bytes read in one step, at least one entry. */
const STEP_BYTES = 2 * 1024 * 1024;
/** Marks nearer to each other than this are not all kept: a slice needs few to choose from. */
const MARK_SPACING = 25;
/** Entries removed with each slice at most: twice what a slice can fold, so that trimming catches up. */
const TRIM_ROWS = 2 * SLICE_ENTRIES_MAX;

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
  #sliceEntries = SLICE_ENTRIES_MAX;
  /** Milliseconds that the slice being gathered took so far. */
  #sliceMs = 0;
  /** Bytes on disk of the entries after the position. */
  #unfoldedBytes: number;

  constructor(parts: FoldingParts, position: AppliedMark, unfoldedBytes: number) {
    this.#parts = parts;
    this.#position = position;
    this.#gathered = position.index;
    this.#unfoldedBytes = unfoldedBytes;
  }

  get position(): AppliedMark {
    return this.#position;
  }

  /** Whether folding must go on although appends are coming. */
  get urgent(): boolean {
    const { log, limits } = this.#parts;
    return (
      this.possible &&
      (log.last.index - this.#position.index > limits.foldEntries ||
        this.#unfoldedBytes > limits.foldBytes)
    );
  }

  /** Whether there is a mark to fold to. */
  get possible(): boolean {
    const first = this.#marks[0];
    return first !== undefined && first.index <= this.#parts.log.last.index;
  }

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

  /** One bounded piece of work: reads a piece of the log, or writes what was gathered. */
  step(): void {
    if (!this.possible) return;
    const start = performance.now();
    const target = this.#target();
    this.#gather(target.index);
    const complete = this.#gathered === target.index;
    if (complete) this.#write(target);
    this.#sliceMs += performance.now() - start;
    if (complete) this.#adapt();
  }

  /** Everything up to the last mark, at once. */
  all(): void {
    while (this.possible) this.step();
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
    // A slice that was begun is not given up for a nearer target.
    if (target.index >= this.#gathered) return target;
    const reached = this.#marks.find(({ index }) => index >= this.#gathered);
    assert(reached !== undefined, 'what was gathered leads to a mark');
    return reached;
  }

  #gather(through: number): void {
    const last = Math.min(through, this.#gathered + SLICE_ENTRIES_MAX);
    let bytes = 0;
    this.#parts.log.visit(this.#gathered + 1, last, ({ index, zxid }, type, payload) => {
      if (typeOfCode(type) === 'transaction') {
        this.#fold.add(zxidFromNumber(zxid), decodeTransaction(payload.toString('utf8')));
      }
      this.#gathered = index;
      bytes += payload.byteLength;
      return bytes < STEP_BYTES;
    });
  }

  #write(target: AppliedMark): void {
    const { log, tables, meta, commit, limits } = this.#parts;
    const from = this.#position.index + 1;
    commit(() => {
      tables.apply(this.#fold.changes());
      meta.put('tables', target);
      this.#unfoldedBytes -= log.bytesBetween(from, target.index);
      log.trim(target.index, limits.historyEntries, limits.historyBytes, TRIM_ROWS);
      // Within, so that the high-water mark of this commit has it; a commit that fails ends it all.
      this.#position = target;
    });
    while ((this.#marks[0]?.index ?? Number.POSITIVE_INFINITY) <= target.index) {
      this.#marks.shift();
    }
    this.#fold = new Fold();
  }

  /** Larger slices fold better, smaller ones let appends through sooner. */
  #adapt(): void {
    const fits = this.#sliceMs <= SLICE_MS;
    const wanted = fits ? this.#sliceEntries * 1.5 : this.#sliceEntries / 2;
    this.#sliceEntries = Math.round(
      Math.min(SLICE_ENTRIES_MAX, Math.max(SLICE_ENTRIES_MIN, wanted)),
    );
    this.#sliceMs = 0;
  }
}
