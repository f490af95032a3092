/**
 * What the high-water mark shows to be missing from a data directory. Pure: judges what others have
 * read. README.md tells how exact the mark is.
 */
import type { HardState, LogPosition } from '../raftlog/types.ts';
import type { DataFiles } from './directory.ts';
import type { HighWater } from './high-water.ts';
import { type AppliedMark, StorageRefusal } from './types.ts';
import type { WalScan } from './wal-scan.ts';

/** What can be known to be lost before SQLite, which would forget it, opens the database. */
export function lossBeforeOpening(
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

/** What a database has, once its log is verified. */
export interface Found {
  readonly last: LogPosition;
  readonly rewrites: number;
  readonly hardState: HardState;
  readonly tables: AppliedMark;
}

/** What is missing from it, undefined when nothing is. */
export function missingFrom(found: Found, mark: HighWater | undefined): string | undefined {
  const { last, rewrites, hardState, tables } = found;
  if (mark === undefined) {
    return 'the high-water file is missing, so it cannot be told whether the log is complete';
  }
  if (rewrites < mark.rewrites) {
    return (
      `the end of the log was replaced ${mark.rewrites} times, and the database knows of ` +
      `${rewrites} of them`
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
  // Entries of another leader, or a snapshot, have replaced what the mark knew: where the log and
  // the tables end now says nothing against them.
  if (rewrites > mark.rewrites) return undefined;
  if (last.epoch < mark.epoch || last.index < mark.index) {
    return (
      `the log ends at entry ${last.index} of epoch ${last.epoch}, but entry ${mark.index} of ` +
      `epoch ${mark.epoch} was written`
    );
  }
  if (tables.index < mark.foldedIndex) {
    return `the tables are at entry ${tables.index}, but were at ${mark.foldedIndex} before`;
  }
  return undefined;
}

export function refuseLoss(files: DataFiles, loss: string): StorageRefusal {
  return new StorageRefusal(
    'corrupt',
    `${files.directory} is damaged: ${loss}. What was acknowledged may be gone. Restore the ` +
      'directory from a backup; or, to go on with what is left of it, create an empty file ' +
      `${files.acceptLoss} and start again`,
  );
}
