/**
 * The storage of one data directory, synchronous: everything the worker thread does, without the
 * thread. What a method of it returns from is on disk. Any error it throws is final: nothing may be
 * acknowledged afterwards, and a failed fsync is never tried again.
 */
import { assert } from '../raftlog/assert.ts';
import type { HardState } from '../raftlog/types.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import type { Connection, Meta } from './database.ts';
import {
  bytesOf,
  consumeAcceptance,
  type DataFiles,
  type DirectoryLock,
  dataFiles,
  freeBytesOf,
} from './directory.ts';
import { Folding } from './folding.ts';
import { type HighWater, HighWaterFile } from './high-water.ts';
import type { LogTable } from './log-table.ts';
import { EntryPacker, type PackedEntries } from './packed-entries.ts';
import { openDirectory, settle, verifyLog } from './recovery.ts';
import { type TablePage, TreeTables } from './tree-tables.ts';
import type { AppliedMark, StorageStats } from './types.ts';
import { WriteAhead } from './write-ahead.ts';

export interface EngineOptions {
  readonly directory: string;
  /** 0 = any. */
  readonly memberId: number;
  readonly historyEntries: number;
  readonly historyBytes: number;
  readonly foldEntries: number;
  readonly foldBytes: number;
  /** Quiet for this long, and folding begins. */
  readonly foldIdleMs: number;
  /** Bytes of SQLite's write-ahead log at which it is copied to the database. */
  readonly checkpointBytes: number;
}

export type RecoveryPage = TablePage | { readonly table: 'log'; readonly block: PackedEntries };

export interface RecoverySummary {
  readonly hardState: HardState;
  readonly tables: AppliedMark;
  readonly firstIndex: number;
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

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#files = dataFiles(options.directory);
  }

  /** Opens and verifies the directory, then yields its content: sessions, znodes, later entries. */
  *recover(): Generator<RecoveryPage, RecoverySummary, undefined> {
    const open = this.#openAndVerify();
    this.#open = open;
    const { tables, log, folding, hardState } = open;
    yield* tables.pages();
    for (let from = folding.position.index + 1; from <= log.last.index; ) {
      log.pack(this.#packer, from, LOG_PAGE_BYTES);
      const count = this.#packer.count;
      yield { table: 'log', block: this.#packer.take() };
      from += count;
    }
    return { hardState, tables: folding.position, firstIndex: log.firstIndex };
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
    if (hardState !== undefined) open.hardState = hardState;
    this.#commit(open, () => {
      log.append(block);
      if (hardState !== undefined) meta.put('hardState', hardState);
    });
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
    const quiet = performance.now() - this.#lastAppendAt >= this.#options.foldIdleMs;
    return folding.urgent || (folding.hasWork && quiet);
  }

  /** A few milliseconds of folding; more the farther it is behind. */
  fold(): void {
    const { folding, writeAhead } = this.#opened();
    folding.turn();
    writeAhead.checkpointIfDue();
  }

  readLog(from: number, maxBytes: number): { block: PackedEntries; firstIndex: number } {
    const { log } = this.#opened();
    log.pack(this.#packer, from, maxBytes);
    return { block: this.#packer.take(), firstIndex: log.firstIndex };
  }

  indexAfter(zxid: number): number | undefined {
    return this.#opened().log.indexAfter(zxid);
  }

  /** To be called every few hundred milliseconds. */
  housekeep(): void {
    if (this.#open === undefined) return;
    const now = performance.now();
    if (this.#markIsDirty && now - this.#markedAt >= MARK_MS) this.#syncMark(this.#open, false);
    if (now - this.#lookedAt >= LOOK_MS) this.#look();
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
    open.writeAhead.close();
    open.connection.close();
    open.highWater.close();
    open.lock.release();
  }

  #openAndVerify(): Open {
    const directory = openDirectory(this.#files, this.#options.memberId);
    const { connection, lock } = directory;
    try {
      const { log, hardState, position } = verifyLog(this.#files, directory, this.#options);
      const writeAhead = new WriteAhead(connection, this.#files.wal, this.#options.checkpointBytes);
      // From here on the directory is trusted. Frames that a former process could not sync may be
      // in the page cache only: written to the database and synced now, before anything rests on
      // them.
      writeAhead.truncate();
      settle(this.#files, directory, writeAhead, hardState, this.#options.memberId);
      const tables = new TreeTables(connection);
      const commit = (work: () => void) => this.#commit(open, work);
      const parts = { log, tables, meta: directory.meta, commit, limits: this.#options };
      const open: Open = {
        ...directory,
        log,
        tables,
        writeAhead,
        highWater: HighWaterFile.open(this.#files.highWater),
        hardState,
        folding: new Folding(parts, position),
      };
      this.#syncMark(open, false);
      if (directory.lossAccepted) consumeAcceptance(this.#files);
      this.#look();
      return open;
    } catch (error) {
      connection.close();
      lock.release();
      throw error;
    }
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

/** A directory that is recovered and in use. */
interface Open {
  readonly lock: DirectoryLock;
  readonly connection: Connection;
  readonly meta: Meta;
  readonly directoryId: string;
  readonly log: LogTable;
  readonly tables: TreeTables;
  readonly writeAhead: WriteAhead;
  readonly highWater: HighWaterFile;
  readonly folding: Folding;
  hardState: HardState;
}

function markOf(open: Open, clean: boolean): HighWater {
  const { index, epoch, zxid } = open.log.last;
  return {
    directoryId: open.directoryId,
    clean,
    index,
    epoch,
    zxid,
    votedEpoch: open.hardState.epoch,
    votedFor: open.hardState.votedFor,
    foldedIndex: open.folding.position.index,
    walSalt1: open.writeAhead.salt1,
    walSalt2: open.writeAhead.salt2,
    walFrames: open.writeAhead.frames,
  };
}
