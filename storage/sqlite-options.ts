/** What the storage of a member can be told, and what it does untold. */
import type { MemberId } from '../raftlog/types.ts';
import type { SetAside } from './opening.ts';

export interface SqliteStorageOptions {
  /** Made when it is missing. One member, one process at a time. */
  readonly directory: string;
  /** When given, a directory that belongs to another member is refused. */
  readonly memberId?: MemberId;
  /** Log entries kept behind the tables. */
  readonly historyEntries: number;
  /** Bytes of log kept behind the tables, whatever `historyEntries` says; default 1 GiB. */
  readonly historyBytes?: number;
  /** Folding waits for quiet until this many entries (20,000) or bytes (32 MiB) are unfolded. */
  readonly foldEntries?: number;
  readonly foldBytes?: number;
  /** Quiet after this many milliseconds without an append; default 1000. */
  readonly foldIdleMs?: number;
  /** SQLite's write-ahead log is copied to the database at this size; default 4 MiB. */
  readonly checkpointBytes?: number;
  /**
   * What becomes of a directory that would be refused as `corrupt`. A member that is alone must
   * refuse it (`never`, the default). One of an ensemble may set it aside (`when-damaged`): the
   * files are renamed, and it goes on empty and suspect, to be given everything back by the others.
   * `always` sets aside whatever is there, for a start that follows one in which the caller itself
   * found the damage: the tree has not the digest of its tables, or a sink threw.
   */
  readonly setAside?: SetAside;
  /** Bytes of data in a chunk of a snapshot, about; default 1 MiB. */
  readonly snapshotChunkBytes?: number;
  /** Snapshots being read end when SQLite's write-ahead log is larger; default 1 GiB. */
  readonly snapshotWalBytes?: number;
  /** And when nobody has read from them for so long, ms; default 30,000. */
  readonly snapshotIdleMs?: number;
  /**
   * The disk failed, or the storage thread died. Called at most once; nothing that was not
   * acknowledged by then ever will be. The member must stop.
   */
  readonly onFatal: (error: Error) => void;
}

const MIB = 1024 * 1024;
export const SQLITE_DEFAULTS = {
  memberId: 0,
  historyBytes: 1024 * MIB,
  foldEntries: 20_000,
  foldBytes: 32 * MIB,
  foldIdleMs: 1000,
  /** A checkpoint of this takes about 5 ms; twice as much saves a few percent and takes 10. */
  checkpointBytes: 4 * MIB,
  setAside: 'never',
  snapshotChunkBytes: MIB,
  snapshotWalBytes: 1024 * MIB,
  snapshotIdleMs: 30_000,
} as const;
