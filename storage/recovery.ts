/**
 * Opens a data directory, or refuses to with a reason and a way out. Nothing that was acknowledged
 * may be missing without being told: README.md lists which damage is found by which check. Changes
 * nothing in a directory that it refuses, except that SQLite may complete its own recovery.
 */
import { randomBytes } from 'node:crypto';
import type { HardState, LogPosition } from '../raftlog/types.ts';
import { CHAIN_START } from './checksum.ts';
import {
  applySettings,
  type Connection,
  checkStructure,
  createSchema,
  identify,
  Meta,
  openConnection,
  verifySchema,
  verifySettings,
} from './database.ts';
import {
  bytesOf,
  type DataFiles,
  type DirectoryLock,
  lockDirectory,
  lossAccepted,
  prepareDirectory,
} from './directory.ts';
import { type HighWater, HighWaterFile, readHighWater } from './high-water.ts';
import { type HistoryLimits, LogTable } from './log-table.ts';
import { initialRows } from './tree/image.ts';
import { TreeTables } from './tree-tables.ts';
import { type AppliedMark, StorageRefusal } from './types.ts';
import { scanWalFile, type WalScan } from './wal-scan.ts';
import type { WriteAhead } from './write-ahead.ts';

/** Up to this size the structure is always checked, 0.1 s; above, only after an unclean end. */
const ALWAYS_CHECK_BYTES = 64 * 1024 * 1024;
/** Above this size (1.5 s) never: all rows are read and proved anyway, free pages are not. */
const NEVER_CHECK_BYTES = 1024 * 1024 * 1024;

export interface OpenedDirectory {
  readonly lock: DirectoryLock;
  readonly connection: Connection;
  readonly meta: Meta;
  readonly directoryId: string;
  /** What the high-water file said, to be compared with the log once that is verified. */
  readonly mark: HighWater | undefined;
  /** The operator decided to go on with what is left. */
  readonly lossAccepted: boolean;
}

/** Takes, checks and opens the directory; makes a new one when there is none. */
export function openDirectory(files: DataFiles, memberId: number): OpenedDirectory {
  prepareDirectory(files);
  const lock = lockDirectory(files);
  let connection: Connection | undefined;
  try {
    const accepted = lossAccepted(files);
    const mark = accepted ? readableMark(files) : readHighWater(files.highWater);
    const scan = scanWalFile(files.wal);
    const databaseBytes = bytesOf(files.database);
    const loss = lossBeforeOpening(mark, scan, databaseBytes);
    if (loss !== undefined && !accepted) throw refuseLoss(files, loss);

    connection = openConnection(files.database);
    const kind = identify(connection, files.database);
    applySettings(connection);
    if (kind === 'new') create(connection, files, memberId, mark);
    else verifySchema(connection);
    // Once more: SQLite changes its mind on synchronous at the first write in WAL mode if allowed
    // to.
    verifySettings(connection);
    const meta = new Meta(connection);
    const directoryId = identityOf(files, meta, memberId, mark, accepted);
    const largest = mark?.clean === true ? ALWAYS_CHECK_BYTES : NEVER_CHECK_BYTES;
    if (databaseBytes + scan.bytes <= largest) checkStructure(connection);
    const known = mark ?? (kind === 'new' ? readHighWater(files.highWater) : undefined);
    return { lock, connection, meta, directoryId, mark: known, lossAccepted: accepted };
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

export interface VerifiedLog {
  readonly log: LogTable;
  readonly hardState: HardState;
  readonly position: AppliedMark;
}

/** Proves the log and that nothing of it is missing. */
export function verifyLog(
  files: DataFiles,
  directory: OpenedDirectory,
  limits: HistoryLimits,
): VerifiedLog {
  const { connection, meta, mark, lossAccepted: accepted } = directory;
  const log = new LogTable(connection, meta, limits);
  const position = meta.get('tables');
  log.verify();
  const stored = meta.get('hardState');
  const loss = missingFrom(log.last, stored, position, mark);
  if (loss !== undefined && !accepted) throw refuseLoss(files, loss);
  if (position.index > log.last.index || position.index < log.baseIndex) {
    throw new StorageRefusal(
      'corrupt',
      `the tables are at entry ${position.index}, which the log does not reach: restore the data ` +
        'directory from a backup',
    );
  }
  if (position.index === 0 && !new TreeTables(connection).areInitial) {
    throw new StorageRefusal(
      'corrupt',
      'the tables of a new directory are not what they were made as: restore the directory from ' +
        'a backup, or remove it if this member never served',
    );
  }
  return { log, hardState: accepted ? beyond(stored, mark) : stored, position };
}

/** Writes down what the opening decided, before anything else is written. */
export function settle(
  files: DataFiles,
  { meta, mark, directoryId }: OpenedDirectory,
  writeAhead: WriteAhead,
  hardState: HardState,
  memberId: number,
): void {
  const identity = meta.get('identity');
  const claims = memberId !== 0 && identity.memberId === 0;
  if (claims || hardState.epoch !== meta.get('hardState').epoch) {
    writeAhead.transaction(() => {
      meta.put('hardState', hardState);
      if (claims) meta.put('identity', { directoryId, memberId });
    });
  }
  if (mark === undefined) HighWaterFile.create(files.highWater, firstMark(directoryId));
}

/** After a loss no epoch may be used again in which entries were written that are gone. */
function beyond(hardState: HardState, mark: HighWater | undefined): HardState {
  const epoch = Math.max(hardState.epoch, mark?.epoch ?? 0, mark?.votedEpoch ?? 0);
  return epoch > hardState.epoch ? { epoch, votedFor: 0 } : hardState;
}

/** What `mark` shows to be missing from what was recovered, undefined when nothing is. */
function missingFrom(
  last: LogPosition,
  hardState: HardState,
  tables: AppliedMark,
  mark: HighWater | undefined,
): string | undefined {
  if (mark === undefined) {
    return 'the high-water file is missing, so it cannot be told whether the log is complete';
  }
  // A shorter log of a later epoch is no loss: its leader replaced what the former one had left.
  if (last.epoch < mark.epoch || (last.epoch === mark.epoch && last.index < mark.index)) {
    return (
      `the log ends at entry ${last.index} of epoch ${last.epoch}, but entry ${mark.index} of ` +
      `epoch ${mark.epoch} was written`
    );
  }
  const forgotVote =
    hardState.epoch < mark.votedEpoch ||
    (hardState.epoch === mark.votedEpoch &&
      mark.votedFor !== 0 &&
      hardState.votedFor !== mark.votedFor);
  if (forgotVote) {
    return `the vote of epoch ${mark.votedEpoch} is lost, the database knows epoch ${hardState.epoch}`;
  }
  if (tables.index < mark.foldedIndex) {
    return `the tables are at entry ${tables.index}, but were at ${mark.foldedIndex} before`;
  }
  return undefined;
}

function refuseLoss(files: DataFiles, loss: string): StorageRefusal {
  return new StorageRefusal(
    'corrupt',
    `${files.directory} is damaged: ${loss}. What was acknowledged may be gone. Restore the ` +
      'directory from a backup; or, to go on with what is left of it, create an empty file ' +
      `${files.acceptLoss} and start again`,
  );
}

/** What can be known to be lost before SQLite, which would forget it, opens the database. */
function lossBeforeOpening(
  mark: HighWater | undefined,
  scan: WalScan,
  databaseBytes: number,
): string | undefined {
  if (databaseBytes === 0 && mark !== undefined && mark.index > 0) {
    return 'paddock.db is missing or empty';
  }
  if (scan.state === 'damaged') return `paddock.db-wal: ${scan.problem}`;
  if (mark === undefined || mark.walFrames === 0 || scan.bytes === 0) return undefined;
  const headerless = scan.salt1 === 0 && scan.salt2 === 0;
  const sameGeneration = scan.salt1 === mark.walSalt1 && scan.salt2 === mark.walSalt2;
  if (!headerless && !sameGeneration) return undefined;
  if (scan.committedFrames >= mark.walFrames) return undefined;
  return (
    `paddock.db-wal was cut or damaged: ${scan.committedFrames} of ${mark.walFrames} committed ` +
    'frames are left'
  );
}

function readableMark(files: DataFiles): HighWater | undefined {
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
    meta.put('hardState', { epoch: 0, votedFor: 0 });
    meta.put('tables', { index: 0, epoch: 0, zxid: 0 as AppliedMark['zxid'], digest: '' });
    meta.put('logBase', { index: 0, epoch: 0, zxid: 0, checksum: CHAIN_START });
    const tables = new TreeTables(connection);
    for (const row of initialRows()) tables.putZnode(row);
  });
  fill.immediate();
}

function firstMark(directoryId: string): HighWater {
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
