/**
 * The in-memory twin of sqlite-storage.ts: the same contract, without files, threads or clocks, for
 * tests and simulations. A `MemoryDisk` is what survives: open it again after `crash()` and exactly
 * what was called back as persisted is there. Imports nothing of Node.
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry, HardState, LogIndex, LogPosition } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import { Fold, type RowChanges, type ZnodeUpdate } from './fold.ts';
import { decodeTransaction } from './tree/codec.ts';
import { initialRows, type SessionRow, type ZnodeRow } from './tree/image.ts';
import {
  type AppendBatch,
  type AppliedMark,
  type LogPage,
  type Recovered,
  type Storage,
  StorageRefusal,
  type StorageStats,
  type TablesSink,
} from './types.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };

/** What a directory is to the SQLite storage. */
export class MemoryDisk {
  hardState: HardState = { epoch: 0, votedFor: 0 };
  /** The last entry trimmed; the log goes on after it without a gap. */
  base: LogPosition = NOWHERE;
  log: Entry[] = [];
  tables: AppliedMark = { ...NOWHERE, digest: '' };
  readonly znodes = new Map<number, ZnodeRow>();
  readonly sessions = new Map<string, SessionRow>();
  /** Whether a storage is open on it. */
  held = false;

  constructor() {
    for (const row of initialRows()) this.znodes.set(row[0], row);
  }

  get last(): LogPosition {
    return this.log.at(-1) ?? this.base;
  }
}

export interface MemoryStorageOptions {
  readonly disk?: MemoryDisk;
  /** Log entries kept behind the tables. */
  readonly historyEntries: number;
  /** Folds when more entries than this are unfolded; default 1000. */
  readonly foldEntries?: number;
  /** Runs work later, in the order given: the disk's latency. Default: the next microtask. */
  readonly defer?: (work: () => void) => void;
}

export interface MemoryStorage extends Storage {
  readonly disk: MemoryDisk;
  /** Ends at once, as a killed process does: what was not persisted never will be. */
  crash(): void;
}

export function openMemoryStorage(options: MemoryStorageOptions): MemoryStorage {
  return new InMemoryStorage(options);
}

const FOLD_ENTRIES = 1000;
const PAGE_ROWS = 2000;

class InMemoryStorage implements MemoryStorage {
  readonly disk: MemoryDisk;
  readonly #historyEntries: number;
  readonly #foldEntries: number;
  readonly #defer: (work: () => void) => void;
  #state: 'new' | 'open' | 'ended' = 'new';
  #batches: AppendBatch[] = [];
  #callbacks: (() => void)[] = [];
  #mark: AppliedMark | undefined;
  #commits = 0;

  constructor(options: MemoryStorageOptions) {
    this.disk = options.disk ?? new MemoryDisk();
    this.#historyEntries = options.historyEntries;
    this.#foldEntries = options.foldEntries ?? FOLD_ENTRIES;
    this.#defer = options.defer ?? queueMicrotask;
  }

  async recover(sink: TablesSink): Promise<Recovered> {
    assert(this.#state === 'new', 'a storage is recovered once, first of all');
    const { disk } = this;
    if (disk.held)
      throw new StorageRefusal('locked', 'the disk is in use: close the other storage');
    disk.held = true;
    this.#state = 'open';
    const sessions = [...disk.sessions.values()];
    if (sessions.length > 0) sink.sessions(sessions);
    const rows = [...disk.znodes.values()].sort((a, b) => a[0] - b[0]);
    for (let at = 0; at < rows.length; at += PAGE_ROWS) sink.znodes(rows.slice(at, at + PAGE_ROWS));
    const { hardState, tables } = disk;
    const entries = disk.log.filter(({ index }) => index > tables.index);
    return { hardState, tables, entries, firstIndex: this.#firstIndex };
  }

  append(batch: AppendBatch, persisted: () => void): void {
    if (this.#state === 'ended') return;
    assert(this.#state === 'open', 'a storage is recovered before it is appended to');
    this.#batches.push(batch);
    this.#callbacks.push(persisted);
    if (this.#batches.length === 1) this.#defer(() => this.#flush());
  }

  applied(mark: AppliedMark): void {
    this.#mark = mark;
    this.#defer(() => {
      if (this.#state !== 'open') return;
      if (mark.index - this.disk.tables.index > this.#foldEntries) this.#fold();
    });
  }

  async readLog(from: LogIndex, maxBytes: number): Promise<LogPage> {
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
    return { entries, firstIndex: this.#firstIndex };
  }

  async indexAfter(zxid: number): Promise<LogIndex | undefined> {
    const { base, log, last } = this.disk;
    if (zxid < base.zxid) return undefined;
    return log.find((entry) => entry.zxid > zxid)?.index ?? last.index + 1;
  }

  stats(): StorageStats {
    const { base, log, tables } = this.disk;
    return {
      fsyncs: this.#commits,
      lastFsyncMs: 0,
      foldedIndex: tables.index,
      firstIndex: this.#firstIndex,
      oldestZxid: base.index === 0 ? ZXID_NONE : (log[0]?.zxid ?? base.zxid),
      diskBytes: 0,
      freeBytes: undefined,
    };
  }

  async close(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#flush();
    this.#fold();
    this.crash();
  }

  crash(): void {
    if (this.#state === 'open') this.disk.held = false;
    this.#state = 'ended';
  }

  get #firstIndex(): LogIndex {
    return this.disk.log[0]?.index ?? 0;
  }

  #flush(): void {
    if (this.#state !== 'open' || this.#batches.length === 0) return;
    const { disk } = this;
    for (const { hardState, entries } of this.#batches.splice(0)) {
      if (hardState !== undefined) disk.hardState = hardState;
      for (const entry of entries) this.#put(entry);
    }
    this.#commits += 1;
    for (const persisted of this.#callbacks.splice(0)) persisted();
  }

  #put(entry: Entry): void {
    const { disk } = this;
    if (entry.index !== disk.last.index + 1) {
      assert(entry.index > disk.base.index, 'what was trimmed is committed and cannot be replaced');
      assert(entry.index <= disk.last.index, 'a log has no gap');
      disk.log.length = entry.index - disk.base.index - 1;
    }
    disk.log.push(entry);
  }

  #fold(): void {
    const { disk } = this;
    const mark = this.#mark;
    if (mark === undefined || mark.index <= disk.tables.index || mark.index > disk.last.index)
      return;
    const fold = new Fold();
    for (const { index, zxid, type, payload } of disk.log) {
      if (index <= disk.tables.index || index > mark.index) continue;
      if (type === 'transaction') fold.add(zxid, decodeTransaction(payload));
    }
    applyToRows(disk, fold.changes());
    disk.tables = mark;
    const trimmed = disk.log.findLast(({ index }) => index <= mark.index - this.#historyEntries);
    if (trimmed === undefined) return;
    const { index, epoch, zxid } = trimmed;
    disk.log = disk.log.filter((entry) => entry.index > index);
    disk.base = { index, epoch, zxid };
  }
}

function applyToRows({ znodes, sessions }: MemoryDisk, changes: RowChanges): void {
  for (const id of changes.deleted) znodes.delete(id);
  for (const row of changes.created) znodes.set(row[0], row);
  for (const update of changes.updated) {
    const row = znodes.get(update.id);
    assert(row !== undefined, 'a znode that changes has a row');
    znodes.set(update.id, updated(row, update));
  }
  for (const session of changes.closedSessions) sessions.delete(session);
  for (const row of changes.openedSessions) sessions.set(row[0], row);
}

function updated(row: ZnodeRow, update: ZnodeUpdate): ZnodeRow {
  const [id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = row;
  const [, , , , , , , , , , mode, owner, ttl, acl, text, encoding] = row;
  return [
    id,
    path,
    czxid,
    update.mzxid ?? mzxid,
    update.pzxid ?? pzxid,
    ctime,
    update.mtime ?? mtime,
    update.version ?? version,
    update.creates ?? creates,
    update.aversion ?? aversion,
    mode,
    owner,
    ttl,
    update.acl ?? acl,
    update.text ?? text,
    update.encoding ?? encoding,
  ];
}
