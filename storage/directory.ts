/**
 * The data directory as files: who may read it, who holds it, what lies in it. Nothing here looks
 * into the database.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { HIGH_WATER_FILE, syncDirectory } from './high-water.ts';
import { StorageRefusal } from './types.ts';

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * An operator's decision to go on with what is left: an empty file of this name, made by hand. It
 * is used up by the start that it allows.
 */
export const ACCEPT_LOSS_FILE = 'accept-loss';

const OWN_FILES = /^(paddock\.db|lock\.db|high-water|accept-loss)/;

export interface DataFiles {
  readonly directory: string;
  readonly database: string;
  readonly wal: string;
  readonly lock: string;
  readonly highWater: string;
  readonly acceptLoss: string;
}

export function dataFiles(directory: string): DataFiles {
  return {
    directory,
    database: join(directory, 'paddock.db'),
    wal: join(directory, 'paddock.db-wal'),
    lock: join(directory, 'lock.db'),
    highWater: join(directory, HIGH_WATER_FILE),
    acceptLoss: join(directory, ACCEPT_LOSS_FILE),
  };
}

/**
 * Makes the directory when it is missing, for its owner alone. One that exists keeps its mode when
 * other things lie in it (it could be anybody's); the files are the owner's alone in any case.
 */
export function prepareDirectory({ directory, database, lock }: DataFiles): void {
  const made = mkdirSync(directory, { recursive: true, mode: DIRECTORY_MODE });
  if (made !== undefined) syncDirectory(join(made, '..'));
  if (readdirSync(directory).every((name) => OWN_FILES.test(name))) {
    chmodSync(directory, DIRECTORY_MODE);
  }
  // SQLite gives its side files the mode of the database, so it is enough to make these two first.
  // One that exists is not opened here: closing it would drop this process's own locks on it.
  for (const path of [lock, database]) {
    if (existsSync(path)) chmodSync(path, FILE_MODE);
    else closeSync(openSync(path, 'wx', FILE_MODE));
  }
  syncDirectory(directory);
}

/** Held by one process at a time; the operating system drops it when that process dies. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the directory for this process: an exclusive SQLite lock on an empty file of its own, so
 * that the database itself stays open to readers. Nothing else in this process may open and close
 * that file, or the lock would be lost (POSIX record locks).
 */
export function lockDirectory({ directory, lock }: DataFiles): DirectoryLock {
  const connection = new Database(lock, { timeout: 0 });
  try {
    // Nothing is ever written to it, so it needs no journal.
    connection.pragma('journal_mode = OFF');
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw error;
    throw new StorageRefusal(
      'locked',
      `the data directory ${directory} is in use by another process: stop that one first, or ` +
        'give each member a data directory of its own',
      { cause: error },
    );
  }
  return { release: () => connection.close() };
}

export function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Bytes that this process may still write to the volume, undefined when it cannot be told. */
export function freeBytesOf(directory: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

export function lossAccepted({ acceptLoss }: DataFiles): boolean {
  return existsSync(acceptLoss);
}

export function consumeAcceptance({ directory, acceptLoss }: DataFiles): void {
  rmSync(acceptLoss, { force: true });
  syncDirectory(directory);
}
