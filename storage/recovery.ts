/**
 * Opens a data directory, or refuses to with a reason and a way out. Nothing that was acknowledged
 * may be missing without being told: README.md lists which damage is found by which check. Changes
 * nothing in a directory that it refuses, except that SQLite may complete its own recovery.
 */
import { randomBytes } from 'node:crypto';
import type { HardState } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import { CHAIN_START } from './checksum.ts';
import {
  applySettings,
  type Connection,
  checkStructure,
  createSchema,
  identify,
  Meta,
  openConnection,
  type Side,
  upgradeSchema,
  verifySchema,
  verifySettings,
} from './database.ts';
import { bytesOf, type DataFiles, lossAccepted } from './directory.ts';
import { FORMAT_VERSION } from './format.ts';
import { type HighWater, HighWaterFile, readHighWater } from './high-water.ts';
import { type HistoryLimits, LogTable } from './log-table.ts';
import { type Found, lossBeforeOpening, missingFrom, refuseLoss } from './loss.ts';
import { initialRows } from './tree/image.ts';
import { TreeTables } from './tree-tables.ts';
import { type AppliedMark, StorageRefusal } from './types.ts';
import { scanWalFile } from './wal-scan.ts';
import type { WriteAhead } from './write-ahead.ts';

/** Up to this size the structure is always checked, 0.1 s; above, only after an unclean end. */
const ALWAYS_CHECK_BYTES = 64 * 1024 * 1024;
/** Above this size (1.5 s) never: all rows are read and proved anyway, free pages are not. */
const NEVER_CHECK_BYTES = 1024 * 1024 * 1024;

export interface OpenedDirectory {
  readonly connection: Connection;
  /** As it was found: what an older one lacks is added when it is trusted. */
  readonly format: number;
  readonly meta: Meta;
  readonly directoryId: string;
  /** What the high-water file said, to be compared with the log once that is verified. */
  readonly mark: HighWater | undefined;
  /** The operator decided to go on with what is left. */
  readonly lossAccepted: boolean;
}

/** Checks and opens a directory that the caller holds; makes a new one when there is none. */
export function openDirectory(files: DataFiles, memberId: number): OpenedDirectory {
  let connection: Connection | undefined;
  try {
    const accepted = lossAccepted(files);
    const mark = accepted ? readableMark(files) : readHighWater(files.highWater);
    const scan = scanWalFile(files.wal);
    const databaseBytes = bytesOf(files.database);
    const loss = lossBeforeOpening(mark, scan, databaseBytes);
    if (loss !== undefined && !accepted) throw refuseLoss(files, loss);

    connection = openConnection(files.database);
    const found = identify(connection, files.database);
    const isNew = found === 0;
    const format = isNew ? FORMAT_VERSION : found;
    applySettings(connection);
    if (isNew) create(connection, files, memberId, mark);
    else verifySchema(connection, format);
    // Once more: SQLite changes its mind on synchronous at the first write in WAL mode if allowed
    // to.
    verifySettings(connection);
    const meta = new Meta(connection);
    const directoryId = identityOf(files, meta, memberId, mark, accepted);
    const largest = mark?.clean === true ? ALWAYS_CHECK_BYTES : NEVER_CHECK_BYTES;
    if (databaseBytes + scan.bytes <= largest) checkStructure(connection);
    const known = mark ?? (isNew ? readHighWater(files.highWater) : undefined);
    return { connection, format, meta, directoryId, mark: known, lossAccepted: accepted };
  } catch (error) {
    connection?.close();
    throw error;
  }
}

export interface VerifiedLog {
  readonly log: LogTable;
  readonly hardState: HardState;
  readonly tables: AppliedMark;
  readonly side: Side;
  readonly fresh: boolean;
}

export interface VerifyLimits extends HistoryLimits {
  /** In an ensemble, a member that goes on with less than it had must not vote with it. */
  readonly suspectAfterLoss: boolean;
}

/** Proves the log and that nothing of it is missing. */
export function verifyLog(
  files: DataFiles,
  directory: OpenedDirectory,
  limits: VerifyLimits,
): VerifiedLog {
  const { connection, format, meta, mark, lossAccepted: accepted } = directory;
  const isFirst = format === 1;
  const side = isFirst ? 0 : meta.get('side');
  const log = new LogTable(connection, meta, limits, isFirst ? 0 : meta.get('rewrites'));
  const tables = meta.tables();
  log.verify();
  const stored = meta.get('hardState');
  const found = { last: log.last, rewrites: log.rewrites, hardState: stored, tables };
  const loss = missingFrom(found, mark);
  if (loss !== undefined && !accepted) throw refuseLoss(files, loss);
  if (tables.index > log.last.index || tables.index < log.baseIndex) {
    throw new StorageRefusal(
      'corrupt',
      `the tables are at entry ${tables.index}, which the log does not reach: restore the data ` +
        'directory from a backup',
    );
  }
  if (tables.index === 0 && !new TreeTables(connection, side).areInitial) {
    throw new StorageRefusal(
      'corrupt',
      'the tables of a new directory are not what they were made as: restore the directory from ' +
        'a backup, or remove it if this member never served',
    );
  }
  const hardState = accepted ? beyond(stored, mark, limits.suspectAfterLoss) : stored;
  return { log, hardState, tables, side, fresh: isFresh(found) };
}

/** Nothing was ever stored: no entry, no vote, no snapshot. */
function isFresh({ last, rewrites, hardState }: Found): boolean {
  return last.index === 0 && rewrites === 0 && hardState.epoch === 0 && !hardState.suspect;
}

/** Writes down what the opening decided, before anything else is written. */
export function settle(
  files: DataFiles,
  { connection, format, meta, mark, directoryId }: OpenedDirectory,
  writeAhead: WriteAhead,
  hardState: HardState,
  memberId: number,
): void {
  if (format < FORMAT_VERSION) {
    writeAhead.transaction(() => {
      upgradeSchema(connection, format);
      if (format > 1) return;
      meta.put('side', 0);
      meta.put('rewrites', 0);
    });
  }
  const identity = meta.get('identity');
  const claims = memberId !== 0 && identity.memberId === 0;
  const stored = meta.get('hardState');
  const moved = hardState.epoch !== stored.epoch || hardState.suspect !== stored.suspect;
  if (claims || moved) {
    writeAhead.transaction(() => {
      meta.put('hardState', hardState);
      if (claims) meta.put('identity', { directoryId, memberId });
    });
  }
  if (mark === undefined) HighWaterFile.create(files.highWater, firstMark(directoryId));
}

/** After a loss no epoch may be used again in which entries were written that are gone. */
function beyond(stored: HardState, mark: HighWater | undefined, suspect: boolean): HardState {
  const epoch = Math.max(stored.epoch, mark?.epoch ?? 0, mark?.votedEpoch ?? 0);
  const kept = epoch > stored.epoch ? { ...stored, epoch, votedFor: 0 } : stored;
  return suspect ? { ...kept, suspect: true } : kept;
}

/** The high-water mark; undefined also when it is damaged. */
export function readableMark(files: DataFiles): HighWater | undefined {
  try {
    return readHighWater(files.highWater);
  } catch (error) {
    if (error instanceof StorageRefusal && error.reason === 'corrupt') return undefined;
    throw error;
  }
}

/** First the mark, then the database: one without the other is then always told for what it is. */
function create(
  connection: Connection,
  files: DataFiles,
  memberId: number,
  mark: HighWater | undefined,
): void {
  const directoryId = mark?.directoryId ?? randomBytes(16).toString('hex');
  if (mark === undefined) HighWaterFile.create(files.highWater, firstMark(directoryId));
  const fill = connection.transaction(() => {
    createSchema(connection);
    const meta = new Meta(connection);
    meta.put('identity', { directoryId, memberId });
    meta.put('hardState', hardStateOf(mark));
    const position = { index: 0, epoch: 0, zxid: ZXID_NONE };
    meta.put('tables', { ...position, digest: '', lastTime: 0, members: undefined });
    meta.put('logBase', { ...position, checksum: CHAIN_START });
    meta.put('side', 0);
    meta.put('rewrites', 0);
    const tables = new TreeTables(connection, 0);
    for (const row of initialRows()) tables.putZnode(row);
  });
  fill.immediate();
}

/** A directory that is made in place of one that was set aside knows that it is. */
function hardStateOf(mark: HighWater | undefined): HardState {
  if (mark?.suspect !== true) return { epoch: 0, votedFor: 0 };
  return { epoch: mark.votedEpoch, votedFor: mark.votedFor, suspect: true };
}

export function firstMark(directoryId: string): HighWater {
  return {
    directoryId,
    clean: false,
    index: 0,
    epoch: 0,
    zxid: 0,
    votedEpoch: 0,
    votedFor: 0,
    foldedIndex: 0,
    walSalt1: 0,
    walSalt2: 0,
    walFrames: 0,
    rewrites: 0,
    suspect: false,
  };
}

/** Whose directory it is; the mark must be of the same one, and so must the member. */
function identityOf(
  files: DataFiles,
  meta: Meta,
  memberId: number,
  mark: HighWater | undefined,
  accepted: boolean,
): string {
  const identity = meta.get('identity');
  if (mark !== undefined && mark.directoryId !== identity.directoryId && !accepted) {
    throw refuseLoss(files, 'the high-water file belongs to another data directory');
  }
  if (memberId !== 0 && identity.memberId !== 0 && memberId !== identity.memberId) {
    throw new StorageRefusal(
      'unsafe-settings',
      `${files.directory} belongs to member ${identity.memberId}, this is member ${memberId}: ` +
        'give each member its own data directory',
    );
  }
  return identity.directoryId;
}
