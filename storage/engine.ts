/**
 * The storage of one data directory, synchronous: everything the worker thread does, without the
 * thread. What a method of it returns from is on disk. Any error it throws is final: nothing may be
 * acknowledged afterwards, and a failed fsync is never tried again.
 */
import { assert } from '../raftlog/assert.ts';
import type { HardState, LogPosition } from '../raftlog/types.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { bytesOf, type DataFiles, dataFiles, freeBytesOf } from './directory.ts';
import {
  markOf,
  type Open,
  type OpeningOptions,
  openAndVerify,
  otherSide,
  replaceTree,
} from './opening.ts';
import { EntryPacker, type PackedEntries } from './packed-entries.ts';
import { SnapshotStage, type StageProgress } from './snapshot-stage.ts';
import { type SnapshotLimits, SnapshotViews } from './snapshot-views.ts';
import type { TablePage } from './tree-pages.ts';
import { type AppliedMark, type EpochStart, SnapshotRefusal, type StorageStats } from './types.ts';

export interface EngineOptions extends OpeningOptions, SnapshotLimits {
  /** Quiet for this long, and folding begins. */
  readonly foldIdleMs: number;
}

export type RecoveryPage = TablePage | { readonly table: 'log'; readonly block: PackedEntries };

export interface RecoverySummary {
  readonly hardState: HardState;
  readonly tables: AppliedMark;
  readonly firstIndex: number;
  readonly epochs: readonly EpochStart[];
  readonly fresh: boolean;
  readonly setAside: string | undefined;
}

/** What `readLog` gives. */
export interface PackedPage {
  readonly block: PackedEntries;
  readonly firstIndex: number;
  readonly previous: LogPosition | undefined;
}

/** Bytes of one page of entries. */
const LOG_PAGE_BYTES = 4 * 1024 * 1024;
/** The high-water mark is synced when it is this old, in entries or in milliseconds. */
const MARK_ENTRIES = 1000;
const MARK_MS = 1000;
/** The volume is looked at after this many milliseconds or bytes appended. */
const LOOK_MS = 2000;
const LOOK_BYTES = 8 * 1024 * 1024;
/** Folding writes too, and can wait: below this it does. */
const FOLD_RESERVE_BYTES = 16 * 1024 * 1024;
/** A snapshot must leave this for the log. */
const STAGE_RESERVE_BYTES = 64 * 1024 * 1024;

export class Engine {
  readonly #options: EngineOptions;
  readonly #files: DataFiles;
  readonly #packer = new EntryPacker();
  #open: Open | undefined;
  #lastAppendAt = 0;
  #entriesSinceMark = 0;
  #markedAt = 0;
  #markIsDirty = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #bytesSinceLook = 0;
  #diskBytes = 0;
  #freeBytes: number | undefined;
  readonly #views: SnapshotViews;
  /** Folding does not wait for quiet before the tables are here: a snapshot is wanted. */
  #foldThrough = 0;
  #stage: SnapshotStage | undefined;
  /** Snapshots were ended, and the room that they cost is not given back yet. */
  #shrinkDue = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#files = dataFiles(options.directory);
    this.#views = new SnapshotViews(this.#files.database, options);
  }

  /** Opens and verifies the directory, then yields its content: sessions, znodes, later entries. */
  *recover(): Generator<RecoveryPage, RecoverySummary, undefined> {
    const open = openAndVerify(this.#files, this.#options, (work) => this.#commit(open, work));
    this.#open = open;
    this.#look();
    return yield* this.#load(open);
  }

  *#load(open: Open): Generator<RecoveryPage, RecoverySummary, undefined> {
    const { log, folding, hardState, fresh, setAside } = open;
    const tables = folding.position;
    yield* open.tables[open.side].pages();
    for (let from = tables.index + 1; from <= log.last.index; ) {
      log.pack(this.#packer, from, LOG_PAGE_BYTES);
      const count = this.#packer.count;
      yield { table: 'log', block: this.#packer.take() };
      from += count;
    }
    const { firstIndex, epochs } = log;
    return { hardState, tables, firstIndex, epochs, fresh, setAside };
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Makes entries and hard state durable, in one transaction. */
  append(block: PackedEntries, hardState: HardState | undefined): void {
    const open = this.#opened();
    const { log, meta, folding } = open;
    const before = log.last.index;
    const bytesBefore = log.keptBytes;
    const rewritesBefore = log.rewrites;
    const settled = folding.applied.index;
    if (hardState !== undefined) open.hardState = hardState;
    this.#commit(open, () => {
      log.append(block, settled);
      if (hardState !== undefined) meta.put('hardState', hardState);
    });
    // What the synced marks tell of the end of the log is over.
    if (log.rewrites > rewritesBefore) this.#syncMark(open, false);
    folding.appended(log.keptBytes - bytesBefore);
    this.#lastAppendAt = performance.now();
    this.#entriesSinceMark += Math.max(0, log.last.index - before);
    this.#bytesSinceLook += block.bytes;
  }

  /** Upkeep that may wait until those who asked for the append have their answer. */
  afterAppend(): void {
    const open = this.#opened();
    open.writeAhead.checkpointIfDue();
    if (this.#entriesSinceMark >= MARK_ENTRIES) this.#syncMark(open, false);
    if (this.#bytesSinceLook >= LOOK_BYTES) this.#look();
  }

  applied(mark: AppliedMark): void {
    this.#opened().folding.mark(mark);
  }

  /** Whether `fold` should be called soon. */
  get foldDue(): boolean {
    if (this.#open === undefined) return false;
    if (this.#freeBytes !== undefined && this.#freeBytes < FOLD_RESERVE_BYTES) return false;
    const { folding } = this.#open;
    if (folding.urgent) return true;
    const quiet = performance.now() - this.#lastAppendAt >= this.#options.foldIdleMs;
    return folding.hasWork && (quiet || folding.position.index < this.#foldThrough);
  }

  /** A few milliseconds of folding; more the farther it is behind. */
  fold(): void {
    const { folding, writeAhead } = this.#opened();
    folding.turn();
    writeAhead.checkpointIfDue();
  }

  readLog(from: number, maxBytes: number): PackedPage {
    const { log } = this.#opened();
    log.pack(this.#packer, from, maxBytes);
    const previous = log.positionAt(from - 1);
    return { block: this.#packer.take(), firstIndex: log.firstIndex, previous };
  }

  indexAfter(zxid: number): number | undefined {
    return this.#opened().log.indexAfter(zxid);
  }

  /** Asks for the tables to be folded through everything applied, without waiting for quiet. */
  prepareSnapshot(): void {
    this.#foldThrough = this.#opened().folding.applied.index;
  }

  /** Whether they are; or cannot be, and a snapshot of what they hold must do. */
  get snapshotReady(): boolean {
    return this.#opened().folding.position.index >= this.#foldThrough || !this.foldDue;
  }

  /** Opens a view of the tables. While it is open the log after it is kept. */
  openSnapshot(): { readonly id: number; readonly mark: AppliedMark } {
    const view = this.#views.open();
    this.#opened().folding.holdAfter(this.#views.oldestIndex);
    return view;
  }

  snapshotChunk(id: number, number: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#views.chunk(id, number);
  }

  closeSnapshot(id: number): void {
    this.#views.close(id);
    this.#viewsClosed(this.#opened());
  }

  #viewsClosed(open: Open): void {
    open.folding.holdAfter(this.#views.oldestIndex);
    open.writeAhead.readerGone();
  }

  /** Begins to receive a snapshot; what was staged before is dropped. */
  beginInstall(): void {
    const open = this.#opened();
    this.abandonInstall();
    const commit = (work: () => void) => this.#commit(open, work);
    this.#stage = new SnapshotStage(open.tables[otherSide(open.side)], commit);
  }

  stageChunk(chunk: Uint8Array): StageProgress {
    const stage = this.#staging();
    if (this.#freeBytes !== undefined && this.#freeBytes < STAGE_RESERVE_BYTES + chunk.byteLength) {
      throw new SnapshotRefusal('no-room', 'the volume has no room left for a snapshot');
    }
    stage.add(chunk);
    this.#opened().writeAhead.checkpointIfDue();
    this.#bytesSinceLook += chunk.byteLength;
    if (this.#bytesSinceLook >= LOOK_BYTES) this.#look();
    return stage.progress;
  }

  abandonInstall(): void {
    const open = this.#opened();
    const staged = open.tables[otherSide(open.side)];
    this.#stage = undefined;
    if (!staged.isEmpty) this.#commit(open, () => staged.clear());
  }

  /**
   * Puts the snapshot in the place of everything but the hard state, durably, then yields it as
   * `recover` does. Throws `SnapshotRefusal` before anything has changed.
   */
  *finishInstall(): Generator<RecoveryPage, RecoverySummary, undefined> {
    const open = this.#opened();
    const mark = this.#staging().proved();
    this.#views.closeAll();
    replaceTree(open, mark, this.#options, (work) => this.#commit(open, work));
    this.#stage = undefined;
    this.#foldThrough = 0;
    this.#syncMark(open, false);
    open.writeAhead.checkpointIfDue();
    const loaded = yield* this.#load(open);
    return { ...loaded, fresh: false, setAside: undefined };
  }

  #staging(): SnapshotStage {
    if (this.#stage !== undefined) return this.#stage;
    throw new SnapshotRefusal('abandoned', 'no snapshot is being received any more');
  }

  /** To be called every few hundred milliseconds. */
  housekeep(): void {
    if (this.#open === undefined) return;
    const { bytes } = this.#open.writeAhead;
    if (this.#views.expire(bytes, this.#freeBytes)) {
      this.#viewsClosed(this.#open);
      this.#shrinkDue = true;
    }
    this.#open.writeAhead.checkpointIfDue();
    if (this.#shrinkDue && this.#open.writeAhead.isCopied) this.#shrink(this.#open);
    const now = performance.now();
    if (this.#markIsDirty && now - this.#markedAt >= MARK_MS) this.#syncMark(this.#open, false);
    if (now - this.#lookedAt >= LOOK_MS) this.#look();
  }

  /**
   * The file of the write-ahead log gets smaller with the commit that begins it anew, and when the
   * volume is full nobody else commits.
   */
  #shrink(open: Open): void {
    this.#shrinkDue = false;
    this.#commit(open, () => open.meta.rewrite('identity'));
    this.#look();
  }

  stats(): StorageStats {
    const { writeAhead, folding, log } = this.#opened();
    return {
      fsyncs: writeAhead.commits,
      lastFsyncMs: writeAhead.lastCommitMs,
      foldedIndex: folding.position.index,
      firstIndex: log.firstIndex,
      oldestZxid: zxidFromNumber(log.oldestZxid),
      diskBytes: this.#diskBytes,
      freeBytes: this.#freeBytes,
    };
  }

  /** Folds up to the last mark, leaves everything in the database and says so in the mark. */
  close(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#views.closeAll();
    open.folding.holdAfter(undefined);
    open.folding.all();
    open.writeAhead.truncate();
    open.writeAhead.close();
    open.connection.close();
    this.#syncMark(open, true);
    this.#open = undefined;
    open.highWater.close();
    open.lock.release();
  }

  /** Lets go of the files as they are. */
  abandon(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    this.#views.closeAll();
    open.writeAhead.close();
    open.connection.close();
    open.highWater.close();
    open.lock.release();
  }

  #opened(): Open {
    assert(
      this.#open !== undefined,
      'a storage is recovered before it is used, and not after its end',
    );
    return this.#open;
  }

  #commit(open: Open, work: () => void): void {
    open.writeAhead.transaction(work);
    open.highWater.note(markOf(open, false));
    this.#markIsDirty = true;
  }

  #syncMark(open: Open, clean: boolean): void {
    open.highWater.sync(markOf(open, clean));
    this.#markIsDirty = false;
    this.#markedAt = performance.now();
    this.#entriesSinceMark = 0;
  }

  #look(): void {
    this.#diskBytes = bytesOf(this.#files.database) + bytesOf(this.#files.wal);
    this.#freeBytes = freeBytesOf(this.#files.directory);
    this.#lookedAt = performance.now();
    this.#bytesSinceLook = 0;
  }
}
