/**
 * Transactions on the one connection, and the upkeep of its write-ahead log. Checkpoints are made
 * here, after the reply to whoever waited for the commit, so that a commit costs one fsync and
 * never a checkpoint on top (worst commit under load 1 ms instead of 6).
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Connection } from './database.ts';

const HEADER_BYTES = 32;

/** PRAGMA wal_checkpoint: busy, frames in the log, frames of them that the database has. */
type CheckpointRow = [busy: number, frames: number, copied: number];

export class WriteAhead {
  /** Generation and committed frames, as a scan of the file would find them. */
  salt1 = 0;
  salt2 = 0;
  frames = 0;
  commits = 0;
  /** How long the last COMMIT took, its fsync included. */
  lastCommitMs = 0;

  readonly #path: string;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  readonly #rollback: Database.Statement<[]>;
  readonly #look: Database.Statement<[], CheckpointRow>;
  readonly #passive: Database.Statement<[], CheckpointRow>;
  readonly #truncate: Database.Statement<[], CheckpointRow>;
  readonly #connection: Connection;
  readonly #checkpointFrames: number;
  readonly #pageBytes: number;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #fd = -1;
  /** SQLite begins the log anew, under new salts, when it writes after a complete checkpoint. */
  #generationMayChange = true;
  #due = false;
  /** Frames at the last checkpoint: what a reader kept it from copying is not tried each time. */
  #tried = 0;

  /**
   * A checkpoint is due when `checkpointBytes` are in the log: larger ones cost less in all, and
   * stall longer.
   */
  constructor(connection: Connection, walPath: string, checkpointBytes: number) {
    this.#connection = connection;
    this.#path = walPath;
    this.#begin = connection.prepare('BEGIN IMMEDIATE');
    this.#commit = connection.prepare('COMMIT');
    this.#rollback = connection.prepare('ROLLBACK');
    this.#look = connection.prepare<[], CheckpointRow>('PRAGMA wal_checkpoint(NOOP)').raw();
    this.#passive = connection.prepare<[], CheckpointRow>('PRAGMA wal_checkpoint(PASSIVE)').raw();
    this.#truncate = connection.prepare<[], CheckpointRow>('PRAGMA wal_checkpoint(TRUNCATE)').raw();
    this.#pageBytes = connection.pragma('page_size', { simple: true }) as number;
    this.#checkpointFrames = checkpointBytes / this.#pageBytes;
  }

  /** About the bytes of committed frames in the file. */
  get bytes(): number {
    return this.frames * this.#pageBytes;
  }

  /** Everything in the file is in the database, too: the next commit begins it anew. */
  get isCopied(): boolean {
    return this.#generationMayChange;
  }

  /** Runs `work` in one transaction; when this returns, it is on disk. Throws what `work` throws. */
  transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      const start = performance.now();
      this.#commit.run();
      this.lastCommitMs = performance.now() - start;
    } catch (error) {
      if (this.#connection.inTransaction) this.#rollback.run();
      throw error;
    }
    this.commits += 1;
    const [, frames, copied] = this.#look.get() ?? [0, 0, 0];
    if (frames < this.#tried) this.#tried = 0;
    this.frames = frames;
    this.#due = frames - Math.max(copied, this.#tried) >= this.#checkpointFrames;
    if (this.#generationMayChange) this.#readSalts();
  }

  /** Makes a checkpoint when one is due. */
  checkpointIfDue(): void {
    if (!this.#due) return;
    this.#due = false;
    const [, frames, copied] = this.#passive.get() ?? [0, 0, 0];
    this.#tried = frames;
    this.#generationMayChange = copied === frames;
  }

  /** A reader that held back checkpoints is gone. */
  readerGone(): void {
    this.#tried = 0;
    this.#due = true;
  }

  /** Copies everything to the database and empties the log. */
  truncate(): void {
    this.#truncate.get();
    this.#due = false;
    this.#tried = 0;
    this.#generationMayChange = true;
    this.salt1 = 0;
    this.salt2 = 0;
    this.frames = 0;
  }

  close(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
  }

  #readSalts(): void {
    if (this.#fd === -1) this.#fd = openSync(this.#path, 'r');
    const read = readSync(this.#fd, this.#header, 0, HEADER_BYTES, 0);
    if (read !== HEADER_BYTES) return;
    const salt1 = this.#header.readUInt32BE(16);
    const salt2 = this.#header.readUInt32BE(20);
    if (salt1 !== this.salt1 || salt2 !== this.salt2) this.#generationMayChange = false;
    this.salt1 = salt1;
    this.salt2 = salt2;
  }
}
