/**
 * What the replica loop needs of a disk: the contract that `storage/sqlite-storage.ts` and its
 * in-memory twin `storage/memory-storage.ts` both keep, shown by one suite run against both.
 */
import type { Entry, HardState, LogIndex, LogPosition, Members } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { AnswersRow, SessionRow, ZnodeRow } from './tree/image.ts';

export interface AppendBatch {
  readonly hardState: HardState | undefined;
  /**
   * Contiguous; the first replaces everything at and after its index, which must be behind
   * everything that was ever told by `applied`.
   */
  readonly entries: readonly Entry[];
}

/**
 * A point up to which everything is committed and applied by this member, with the digest that its
 * tree had there. Storage folds the log into its tables up to such marks only, and keeps the digest
 * of the last one folded, so that a load of the tables can be proved against it.
 */
export interface AppliedMark extends LogPosition {
  readonly digest: string;
  /**
   * Of the last transaction up to this point, ms; 0 before any. It is in the digest. Undefined: not
   * known, for tables of format 4 and before do not hold it.
   */
  readonly lastTime: number | undefined;
  /** In force at this point; undefined as long as the log has never named any. */
  readonly members: Members | undefined;
  /** The id of the ensemble; absent as long as the log has given it none. */
  readonly ensemble?: string | undefined;
}

/**
 * Receives the tables: all sessions, znodes in the order of their creation, so that a parent always
 * comes before its children, and answers last.
 */
export interface TablesSink {
  znodes(rows: readonly ZnodeRow[]): void;
  sessions(rows: readonly SessionRow[]): void;
  answers(rows: readonly AnswersRow[]): void;
}

/** Where an epoch begins in the log: at the marker with which its leader opened it. */
export interface EpochStart {
  readonly zxid: Zxid;
  /** Of the entry before it. */
  readonly after: Zxid;
}

export interface Recovered {
  readonly hardState: HardState;
  /**
   * What the tables held, and who belonged to the ensemble there; the position is all zero and the
   * digest '' in a new directory.
   */
  readonly tables: AppliedMark;
  /** The log after `tables`, in order. */
  readonly entries: readonly Entry[];
  /** The oldest entry that `readLog` can still give; 0 when the log is empty. */
  readonly firstIndex: LogIndex;
  /** In order: of the log that is kept, also of what of it may not be committed. */
  readonly epochs: readonly EpochStart[];
  /** Nothing was ever stored here: no entry, no vote, no snapshot. */
  readonly fresh: boolean;
  /** Why, and under which name, a damaged directory was set aside by this very start. */
  readonly setAside: string | undefined;
}

/** One page of kept history. */
export interface LogPage {
  readonly entries: readonly Entry[];
  /** The oldest entry that is kept at all. */
  readonly firstIndex: LogIndex;
  /**
   * The position just before the first entry asked for; undefined when that entry is not kept any
   * more, or lies beyond the end of the log by more than one.
   */
  readonly previous: LogPosition | undefined;
}

/**
 * The tables at one position of the log, for a member whose log ends before ours begins. A
 * consistent view while writes and folding go on. As long as it is open the log after `mark` is
 * kept, so whoever received it can go on with `readLog(mark.index + 1)`: close it when the receiver
 * has gone on. It ends by itself when nothing was read for half a minute, when it would hold back
 * the upkeep of the disk for too long, or when the disk runs full; `read` then rejects with
 * `SnapshotRefusal` `expired`, and a new one must be opened.
 */
export interface SnapshotSource {
  readonly mark: AppliedMark;
  /**
   * Chunk `chunk` of 0, 1, ..., about 1 MiB, with its checksum and everything else that a receiver
   * needs to know in it; undefined behind the last one. Any chunk up to the one after the last that
   * was read may be asked for, as often as one likes, and is the same each time. It has a buffer of
   * its own, which is the caller's: who gives it back at once (`buffer.transfer(0)`) when it was
   * sent keeps garbage from piling up.
   */
  read(chunk: number): Promise<Uint8Array | undefined>;
  close(): void;
}

/**
 * A snapshot that is being received. Until `finish` the member is what it was, whatever happens;
 * what was staged is dropped by `abandon`, by another `install` and by the next start.
 */
export interface SnapshotInstall {
  /** The chunk that is wanted next: what was added before needs not be sent again. */
  readonly next: number;
  /** Told by the first chunk. */
  readonly mark: AppliedMark | undefined;
  /** Whether the last chunk was added. */
  readonly complete: boolean;
  /**
   * Stages the chunk `next`; an earlier one is ignored. Rejects with `SnapshotRefusal`, and stages
   * nothing, when it is damaged, of another snapshot, or not the one wanted: ask for it again. The
   * chunk stays the caller's.
   */
  add(chunk: Uint8Array): Promise<void>;
  /**
   * In one durable transaction: the tables, the members and the position become those of the
   * snapshot and the log becomes empty behind it, be that before or after where it ended. The hard
   * state stays. Then loads the tables as `recover` does. Everything appended before is durable
   * first; while this is under way nothing but hard state may be appended, and marks are ignored.
   * Rejects with `SnapshotRefusal`, and changes nothing, when the snapshot is not complete or does
   * not have the digest of its mark; any other rejection is the end of the storage.
   */
  finish(sink: TablesSink): Promise<Recovered>;
  abandon(): Promise<void>;
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
  /**
   * Entries from `from` on, at most about `maxBytes` of payload but at least one if there is one,
   * only what is persisted.
   */
  readLog(from: LogIndex, maxBytes: number): Promise<LogPage>;
  /**
   * The index of the first entry kept whose zxid is greater than `zxid`; undefined when that
   * reaches back behind the kept history.
   */
  indexAfter(zxid: number): Promise<LogIndex | undefined>;
  /** Folds what was told by `applied` before, then opens a view of the tables. */
  openSnapshot(): Promise<SnapshotSource>;
  /** Begins to receive a snapshot. One at a time: an earlier one is abandoned. */
  install(): SnapshotInstall;
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

/**
 * A snapshot, or a chunk of one, cannot be used. The storage is as it was and goes on.
 * - `damaged`: a checksum is wrong, or the content is no part of a snapshot.
 * - `out-of-order`: not the chunk that is wanted next.
 * - `other-snapshot`: the chunk belongs to another snapshot than those before it.
 * - `incomplete`: finished before the last chunk.
 * - `newer-format`: a newer version of Paddock made it.
 * - `expired`: the source was closed, see `SnapshotSource`.
 * - `abandoned`: the install was abandoned, or another one has begun.
 * - `busy`: as many are open as may be.
 * - `no-room`: the disk of the receiver is nearly full.
 */
export class SnapshotRefusal extends Error {
  override readonly name = 'SnapshotRefusal';
  readonly reason:
    | 'damaged'
    | 'out-of-order'
    | 'other-snapshot'
    | 'incomplete'
    | 'newer-format'
    | 'expired'
    | 'abandoned'
    | 'busy'
    | 'no-room';

  constructor(reason: SnapshotRefusal['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
