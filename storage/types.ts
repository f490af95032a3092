/**
 * What the replica loop needs of a disk: the contract that `storage/sqlite-storage.ts` and its
 * in-memory twin `storage/memory-storage.ts` both keep, shown by one suite run against both.
 */
import type { Entry, HardState, LogIndex, LogPosition } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { SessionRow, ZnodeRow } from './tree/image.ts';

export interface AppendBatch {
  readonly hardState: HardState | undefined;
  /** Contiguous; the first replaces everything at and after its index. */
  readonly entries: readonly Entry[];
}

/**
 * A point up to which everything is committed and applied by this member, with the digest that its
 * tree had there. Storage folds the log into its tables up to such marks only, and keeps the digest
 * of the last one folded, so that a load of the tables can be proved against it.
 */
export interface AppliedMark extends LogPosition {
  readonly digest: string;
}

/**
 * Receives the tables, in creation order of the znodes: a parent always comes before its children.
 */
export interface TablesSink {
  znodes(rows: readonly ZnodeRow[]): void;
  sessions(rows: readonly SessionRow[]): void;
}

export interface Recovered {
  readonly hardState: HardState;
  /** What the tables held; the position is all zero and the digest '' in a new directory. */
  readonly tables: AppliedMark;
  /** The log after `tables`, in order. */
  readonly entries: readonly Entry[];
  /** The oldest entry that `readLog` can still give; 0 when the log is empty. */
  readonly firstIndex: LogIndex;
}

/** One page of kept history. */
export interface LogPage {
  readonly entries: readonly Entry[];
  /** The oldest entry that is kept at all. */
  readonly firstIndex: LogIndex;
}

export interface Storage {
  /**
   * Opens, checks and loads. Call once, first. Rejects with `StorageRefusal` when the data cannot
   * be trusted.
   */
  recover(sink: TablesSink): Promise<Recovered>;
  /**
   * Makes the batch durable: one SQLite transaction, one fsync. `persisted` is called once it is,
   * in the order of the calls. Calls that pile up while an fsync is under way share the next one.
   */
  append(batch: AppendBatch, persisted: () => void): void;
  /** Tells how far this member has applied; folding follows in the background. */
  applied(mark: AppliedMark): void;
  /** Entries from `from` on, at most about `maxBytes` of payload, only what is persisted. */
  readLog(from: LogIndex, maxBytes: number): Promise<LogPage>;
  /**
   * The index of the first entry kept whose zxid is greater than `zxid`; undefined when that
   * reaches back behind the kept history.
   */
  indexAfter(zxid: number): Promise<LogIndex | undefined>;
  stats(): StorageStats;
  /** Finishes what is under way, folds and closes. */
  close(): Promise<void>;
}

export interface StorageStats {
  readonly fsyncs: number;
  readonly lastFsyncMs: number;
  readonly foldedIndex: LogIndex;
  readonly firstIndex: LogIndex;
  /**
   * The zxid from which on `indexAfter` always has an answer: of the oldest entry kept, or 0 as
   * long as nothing was ever trimmed.
   */
  readonly oldestZxid: Zxid;
  readonly diskBytes: number;
  /** Free bytes on the volume at the last look, undefined when it cannot be told. */
  readonly freeBytes: number | undefined;
}

/**
 * The data directory cannot be used or trusted: the member must not serve from it. The message says
 * what to do.
 */
export class StorageRefusal extends Error {
  override readonly name = 'StorageRefusal';
  readonly reason: 'corrupt' | 'locked' | 'newer-format' | 'unsafe-settings' | 'io';

  constructor(reason: StorageRefusal['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
