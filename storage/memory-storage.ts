/**
 * The in-memory twin of sqlite-storage.ts: the same contract, without files, threads or clocks, for
 * tests and simulations. A `MemoryDisk` is what survives: open it again after `crash()` and exactly
 * what was called back as persisted is there. Imports nothing of Node; what it does later it does
 * through `defer` alone, so that a simulation decides when a sync ends.
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry, LogIndex } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import { bytesOf, MemoryDisk } from './memory-disk.ts';
import { MemoryInstall, MemorySnapshot, type StagedRows } from './memory-snapshot.ts';
import {
  type AppendBatch,
  type AppliedMark,
  type LogPage,
  type Recovered,
  type SnapshotInstall,
  type SnapshotSource,
  type Storage,
  StorageRefusal,
  type StorageStats,
  type TablesSink,
} from './types.ts';

export { MemoryDisk } from './memory-disk.ts';

export interface MemoryStorageOptions {
  readonly disk?: MemoryDisk;
  /** Log entries kept behind the tables. */
  readonly historyEntries: number;
  /** Folds when more entries than this are unfolded; default 1000. */
  readonly foldEntries?: number;
  /**
   * A sync has begun: to be called, once and in the order given, when it is done. Until then
   * nothing of it is on the disk, and what is appended waits for the next one. Default: in the next
   * microtask.
   */
  readonly defer?: (done: () => void) => void;
  /** As in `SqliteStorageOptions`; default `never`. */
  readonly setAside?: 'never' | 'when-damaged' | 'always';
  /** Bytes of data in a chunk of a snapshot, about; default 1 MiB. */
  readonly snapshotChunkBytes?: number;
  /** As in `SqliteStorageOptions`. */
  readonly onFatal?: (error: Error) => void;
}

export interface MemoryStorage extends Storage {
  readonly disk: MemoryDisk;
  /** Calls of `append` whose sync is under way: all of them or, after a crash, a prefix is kept. */
  readonly unsynced: number;
  /** Bytes of each of these calls, about. */
  readonly unsyncedBytes: readonly number[];
  /**
   * Ends at once, as a killed process does, or the power. Of the calls whose sync is under way the
   * first `kept` are on the disk all the same; each call is there whole or not at all.
   */
  crash(kept?: number): void;
  /** All snapshots being read end, as they do when they have become too dear. */
  expireSnapshots(): void;
}

export function openMemoryStorage(options: MemoryStorageOptions): MemoryStorage {
  return new InMemoryStorage(options);
}

interface Call {
  readonly batch: AppendBatch;
  readonly persisted: () => void;
}

const FOLD_ENTRIES = 1000;
const PAGE_ROWS = 2000;
const CHUNK_BYTES = 1024 * 1024;

class InMemoryStorage implements MemoryStorage {
  readonly disk: MemoryDisk;
  readonly #options: MemoryStorageOptions;
  readonly #foldEntries: number;
  readonly #defer: (done: () => void) => void;
  #state: 'new' | 'open' | 'ended' = 'new';
  /** Calls whose sync is under way, and those that wait for it to end. */
  #syncing: Call[] = [];
  #waiting: Call[] = [];
  #mark: AppliedMark | undefined;
  #appliedIndex = 0;
  #commits = 0;
  readonly #snapshots = new Set<MemorySnapshot>();
  #install: MemoryInstall | undefined;
  /** Rejects the install that is being finished. */
  #finishing: ((error: Error) => void) | undefined;

  constructor(options: MemoryStorageOptions) {
    this.disk = options.disk ?? new MemoryDisk();
    this.#options = options;
    this.#foldEntries = options.foldEntries ?? FOLD_ENTRIES;
    this.#defer = options.defer ?? queueMicrotask;
  }

  async recover(sink: TablesSink): Promise<Recovered> {
    assert(this.#state === 'new', 'a storage is recovered once, first of all');
    const { disk } = this;
    if (disk.held)
      throw new StorageRefusal('locked', 'the disk is in use: close the other storage');
    const setAside = this.#setAside();
    disk.held = true;
    this.#state = 'open';
    return this.#load(sink, disk.fresh, setAside);
  }

  /** Refuses what is damaged, or forgets it. */
  #setAside(): string | undefined {
    const { setAside = 'never' } = this.#options;
    const { disk } = this;
    const isDamaged = disk.damage !== undefined || setAside === 'always';
    if (!isDamaged) return undefined;
    const why = disk.damage ?? 'it was found damaged when it was loaded';
    if (setAside === 'never') {
      throw new StorageRefusal('corrupt', `the disk is damaged: ${why}; restore a backup`);
    }
    disk.setAside();
    return why;
  }

  #load(sink: TablesSink, fresh: boolean, setAside: string | undefined): Recovered {
    const { hardState, tables, base, log, znodes, sessions, answers } = this.disk;
    this.#appliedIndex = tables.index;
    if (sessions.size > 0) sink.sessions([...sessions.values()]);
    const rows = [...znodes.values()].sort(([a], [b]) => a - b);
    for (let at = 0; at < rows.length; at += PAGE_ROWS) sink.znodes(rows.slice(at, at + PAGE_ROWS));
    const kept = answers.all();
    if (kept.length > 0) sink.answers(kept);
    const entries = log.slice(tables.index - base.index);
    const { epochs } = this.disk;
    return { hardState, tables, entries, firstIndex: this.#firstIndex, epochs, fresh, setAside };
  }

  append(batch: AppendBatch, persisted: () => void): void {
    if (this.#state === 'ended') return;
    assert(this.#state === 'open', 'a storage is recovered before it is appended to');
    const first = batch.entries[0]?.index ?? Number.POSITIVE_INFINITY;
    assert(first > this.#appliedIndex, 'what is applied is committed and cannot be replaced');
    this.#waiting.push({ batch, persisted });
    if (this.#syncing.length === 0) this.#beginSync();
  }

  applied(mark: AppliedMark): void {
    if (this.#state !== 'open' || this.#finishing !== undefined) return;
    this.#mark = mark;
    this.#appliedIndex = mark.index;
    if (mark.index - this.disk.tables.index > this.#foldEntries) this.#fold();
  }

  async readLog(from: LogIndex, maxBytes: number): Promise<LogPage> {
    this.#insistOpen();
    const { base, log } = this.disk;
    const entries: Entry[] = [];
    let bytes = 0;
    const start = from <= base.index ? log.length : from - base.index - 1;
    for (let at = start; at < log.length && bytes < maxBytes; at += 1) {
      const entry = log[at];
      assert(entry !== undefined, 'the kept log has no gap');
      entries.push(entry);
      bytes += entry.payload.length;
    }
    const previous = this.disk.positionAt(from - 1);
    return { entries, firstIndex: this.#firstIndex, previous };
  }

  async indexAfter(zxid: number): Promise<LogIndex | undefined> {
    this.#insistOpen();
    const { base, log, last } = this.disk;
    if (zxid < base.zxid) return undefined;
    return log.find((entry) => entry.zxid > zxid)?.index ?? last.index + 1;
  }

  async openSnapshot(): Promise<SnapshotSource> {
    this.#insistOpen();
    this.#fold();
    const chunkBytes = this.#options.snapshotChunkBytes ?? CHUNK_BYTES;
    const snapshot = new MemorySnapshot(this.disk, chunkBytes, (closed) => {
      this.#snapshots.delete(closed);
    });
    this.#snapshots.add(snapshot);
    return snapshot;
  }

  install(): SnapshotInstall {
    this.#install?.supersede();
    this.#install = new MemoryInstall(this.disk, (mark, rows, sink) =>
      this.#replace(mark, rows, sink),
    );
    return this.#install;
  }

  /** Behind everything that was handed in before, as one sync of its own. */
  async #replace(mark: AppliedMark, rows: StagedRows, sink: TablesSink): Promise<Recovered> {
    this.#insistOpen();
    assert(this.#finishing === undefined, 'one snapshot is finished at a time');
    this.#mark = undefined;
    await new Promise<void>((resolve, reject) => {
      this.#finishing = reject;
      this.append({ hardState: undefined, entries: [] }, () => {
        this.disk.replace(mark, rows);
        this.expireSnapshots();
        resolve();
      });
    });
    this.#finishing = undefined;
    this.#insistOpen();
    return this.#load(sink, false, undefined);
  }

  stats(): StorageStats {
    const { base, log, tables, freeBytes, logBytes } = this.disk;
    return {
      fsyncs: this.#commits,
      lastFsyncMs: 0,
      foldedIndex: tables.index,
      firstIndex: this.#firstIndex,
      oldestZxid: base.index === 0 ? ZXID_NONE : (log[0]?.zxid ?? base.zxid),
      diskBytes: logBytes,
      freeBytes,
    };
  }

  async close(): Promise<void> {
    if (this.#state !== 'open') return;
    while (this.#state === 'open' && this.#syncing.length > 0) this.#endSync(this.#syncing);
    if (this.#state !== 'open') return;
    this.expireSnapshots();
    this.#fold();
    this.#end(new Error('the storage was closed'));
  }

  get unsynced(): number {
    return this.#syncing.length;
  }

  get unsyncedBytes(): readonly number[] {
    return this.#syncing.map(({ batch }) => bytesOfBatch(batch));
  }

  crash(kept = 0): void {
    if (this.#state !== 'open') {
      this.#state = 'ended';
      return;
    }
    for (const { batch } of this.#syncing.slice(0, kept)) this.disk.write(batch);
    this.#end(new Error('the storage crashed'));
  }

  expireSnapshots(): void {
    for (const snapshot of [...this.#snapshots]) snapshot.close();
  }

  get #firstIndex(): LogIndex {
    return this.disk.log[0]?.index ?? 0;
  }

  #insistOpen(): void {
    if (this.#state !== 'open') throw new Error('the storage is not open');
  }

  #beginSync(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    this.#syncing = calls;
    this.#defer(() => this.#endSync(calls));
  }

  #endSync(calls: readonly Call[]): void {
    if (this.#state !== 'open' || this.#syncing !== calls) return;
    const { disk } = this;
    const bytes = calls.reduce((sum, { batch }) => sum + bytesOfBatch(batch), 0);
    const isFull = bytes > disk.capacityBytes - disk.logBytes;
    if (disk.failingSync !== undefined || isFull) {
      this.#failSync(calls, isFull ? 'the disk is full' : 'a sync failed');
      return;
    }
    for (const { batch } of calls) disk.write(batch);
    this.#commits += 1;
    // The next sync is under way before anybody is told: the disk does not wait for callbacks.
    this.#syncing = [];
    if (this.#waiting.length > 0) this.#beginSync();
    for (const { persisted } of calls) persisted();
  }

  #failSync(calls: readonly Call[], why: string): void {
    const { disk } = this;
    if (disk.failingSync === 'kept') for (const { batch } of calls) disk.write(batch);
    disk.failingSync = undefined;
    const error = new StorageRefusal('io', `${why}: nothing more is acknowledged`);
    this.#end(error);
    this.#options.onFatal?.(error);
  }

  /** The end: nothing is written or called back any more. */
  #end(error: Error): void {
    this.#state = 'ended';
    this.disk.held = false;
    this.#syncing = [];
    this.#waiting = [];
    this.#finishing?.(error);
    this.#install?.supersede();
    this.expireSnapshots();
  }

  #fold(): void {
    const mark = this.#mark ?? this.disk.tables;
    const held = [...this.#snapshots].map((snapshot) => snapshot.mark.index);
    const heldIndex = Math.min(Number.POSITIVE_INFINITY, ...held);
    this.disk.fold(mark, this.#options.historyEntries, heldIndex);
  }
}

function bytesOfBatch({ entries }: AppendBatch): number {
  return entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
}
