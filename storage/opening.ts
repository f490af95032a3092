/** From a data directory to one that is recovered and in use: all checks, in their order. */
import type { HardState } from '../raftlog/types.ts';
import type { Connection, Meta, Side } from './database.ts';
import {
  consumeAcceptance,
  type DataFiles,
  type DirectoryLock,
  lockDirectory,
  prepareDirectory,
} from './directory.ts';
import { Folding, type FoldingLimits } from './folding.ts';
import { type HighWater, HighWaterFile } from './high-water.ts';
import type { HistoryLimits, LogTable } from './log-table.ts';
import { openDirectory, settle, verifyLog } from './recovery.ts';
import { refusalOf } from './refusal.ts';
import { setDamagedAside } from './set-aside.ts';
import { TreeTables } from './tree-tables.ts';
import type { AppliedMark } from './types.ts';
import { WriteAhead } from './write-ahead.ts';

/** When a damaged directory is set aside instead of being refused; see `SqliteStorageOptions`. */
export type SetAside = 'never' | 'when-damaged' | 'always';

export interface OpeningOptions extends HistoryLimits, FoldingLimits {
  readonly directory: string;
  /** 0 = any. */
  readonly memberId: number;
  /** Bytes of SQLite's write-ahead log at which it is copied to the database. */
  readonly checkpointBytes: number;
  readonly setAside: SetAside;
}

/** A directory that is recovered and in use. */
export interface Open {
  readonly lock: DirectoryLock;
  readonly connection: Connection;
  readonly meta: Meta;
  readonly directoryId: string;
  readonly log: LogTable;
  readonly writeAhead: WriteAhead;
  readonly highWater: HighWaterFile;
  /** As it was found. */
  readonly fresh: boolean;
  readonly setAside: string | undefined;
  /** The side that holds the tree; the other one is empty or takes a snapshot. */
  side: Side;
  readonly tables: readonly [TreeTables, TreeTables];
  folding: Folding;
  hardState: HardState;
}

/** `commit` runs work in one transaction on what this returns. */
export type Commit = (work: () => void) => void;

/** Takes the directory and opens it; sets it aside and makes a new one if it may. */
export function openAndVerify(files: DataFiles, options: OpeningOptions, commit: Commit): Open {
  prepareDirectory(files);
  const lock = lockDirectory(files);
  try {
    if (options.setAside === 'always') {
      return openAnew(files, options, commit, lock, 'it was found damaged when it was loaded');
    }
    try {
      return openHeld(files, options, commit, lock, undefined);
    } catch (error) {
      const { reason, message } = refusalOf(error, true);
      if (options.setAside === 'never' || reason !== 'corrupt') throw error;
      return openAnew(files, options, commit, lock, message);
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openAnew(
  files: DataFiles,
  options: OpeningOptions,
  commit: Commit,
  lock: DirectoryLock,
  why: string,
): Open {
  const name = setDamagedAside(files);
  prepareDirectory(files);
  const told = `${why} (what was there is now ${name} in ${files.directory})`;
  return openHeld(files, options, commit, lock, told);
}

function openHeld(
  files: DataFiles,
  options: OpeningOptions,
  commit: Commit,
  lock: DirectoryLock,
  setAside: string | undefined,
): Open {
  const directory = openDirectory(files, options.memberId);
  const { connection, meta, directoryId } = directory;
  try {
    const suspectAfterLoss = options.setAside !== 'never';
    const verified = verifyLog(files, directory, { ...options, suspectAfterLoss });
    const { log, hardState, side, fresh } = verified;
    const writeAhead = new WriteAhead(connection, files.wal, options.checkpointBytes);
    // From here on the directory is trusted. Frames that a former process could not sync may be
    // in the page cache only: written to the database and synced now, before anything rests on
    // them.
    writeAhead.truncate();
    settle(files, directory, writeAhead, hardState, options.memberId);
    const tables = [new TreeTables(connection, 0), new TreeTables(connection, 1)] as const;
    const staged = tables[otherSide(side)];
    // A snapshot whose receiver died under it.
    if (!staged.isEmpty) writeAhead.transaction(() => staged.clear());
    const parts = { log, tables: tables[side], meta, commit, limits: options };
    const open: Open = {
      ...{ lock, connection, meta, directoryId, log, writeAhead, fresh, setAside },
      highWater: HighWaterFile.open(files.highWater),
      ...{ side, tables, hardState },
      folding: new Folding(parts, verified.tables),
    };
    open.highWater.sync(markOf(open, false));
    if (directory.lossAccepted) consumeAcceptance(files);
    return open;
  } catch (error) {
    connection.close();
    throw error;
  }
}

export function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** In one transaction the staged tables become the tree, at `mark`, with an empty log. */
export function replaceTree(
  open: Open,
  mark: AppliedMark,
  limits: FoldingLimits,
  commit: Commit,
): void {
  const { log, meta } = open;
  const old = open.tables[open.side];
  const side = otherSide(open.side);
  commit(() => {
    old.clear();
    log.beginAfter(mark);
    meta.put('side', side);
    meta.put('tables', mark);
    // Within, so that the high-water mark of this commit has it; a commit that fails ends it all.
    open.side = side;
    open.folding = new Folding({ log, tables: open.tables[side], meta, commit, limits }, mark);
  });
}

/** What the high-water file is told. */
export function markOf(open: Open, clean: boolean): HighWater {
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
    rewrites: open.log.rewrites,
    suspect: open.hardState.suspect === true,
  };
}
