/**
 * The high-water mark: a small file beside the database that says how far this member had come, so
 * that a database which lost its end cannot pass for a shorter but healthy one. SQLite by itself
 * comes up with less, and says so to nobody, when its write-ahead log is cut, damaged or missing.
 *
 * Three slots, each in a block of its own. Two are written in turn and synced (`sync`): every
 * second or thousand entries under way, and at a clean close. The third is overwritten after each
 * commit, before the commit is acknowledged, and not synced (`note`): it outlives the process,
 * which is what a kill needs, and costs a few microseconds. After a power loss it may be gone; then
 * the mark is at most that second or thousand entries old. It is never ahead of the database on a
 * disk that keeps what it synced.
 */
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { assert } from '../raftlog/assert.ts';
import { StorageRefusal } from './types.ts';

export const HIGH_WATER_FILE = 'high-water';

/** 2 has `rewrites` and `suspect`, which are 0 in a mark of format 1. */
const VERSION = 2;
const MAGIC = 'PADDOCKH';
const SLOT_BYTES = 4096;
const SYNCED_SLOTS = 2;
const NOTED_SLOT = 2;
const FILE_BYTES = (SYNCED_SLOTS + 1) * SLOT_BYTES;
const RECORD_BYTES = 128;
const CHECKSUM_AT = RECORD_BYTES - 4;
const CLEAN = 1;
const SUSPECT = 2;

export interface HighWater {
  /** Ties the file to its database: 32 hex digits, drawn when the directory was made. */
  readonly directoryId: string;
  /** The member was closed in order and wrote nothing since. */
  readonly clean: boolean;
  /** The last entry of the log. */
  readonly index: number;
  readonly epoch: number;
  readonly zxid: number;
  /** Hard state: a member that forgot its vote could vote twice. */
  readonly votedEpoch: number;
  readonly votedFor: number;
  /** The position of the tables. */
  readonly foldedIndex: number;
  /** The generation of SQLite's write-ahead log and how many of its frames were committed. */
  readonly walSalt1: number;
  readonly walSalt2: number;
  readonly walFrames: number;
  /** How often the end of the log had been replaced, see `LogTable.rewrites`. */
  readonly rewrites: number;
  /** The hard state is that of a suspect member; one that is made anew on this mark becomes one. */
  readonly suspect: boolean;
}

export class HighWaterFile {
  readonly #fd: number;
  readonly #record = Buffer.alloc(RECORD_BYTES);
  #sequence: number;

  /** Continues the file at `path`; `after` is the sequence number of the newest mark in it. */
  private constructor(fd: number, after: number) {
    this.#fd = fd;
    this.#sequence = after;
  }

  /** Writes the first mark of a new directory; the file appears whole or not at all. */
  static create(path: string, mark: HighWater): void {
    const file = Buffer.alloc(FILE_BYTES);
    encode(file, mark, 1);
    const temporary = `${path}.new`;
    writeFileSync(temporary, file, { mode: 0o600, flush: true });
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  }

  static open(path: string): HighWaterFile {
    const newest = newestSlot(readFileSync(path));
    assert(newest !== undefined, 'a high-water file is read before it is opened for writing');
    return new HighWaterFile(openSync(path, 'r+'), newest.sequence);
  }

  /** Outlives the process, perhaps not the power. */
  note(mark: HighWater): void {
    this.#sequence += 1;
    this.#write(mark, NOTED_SLOT);
  }

  /** Outlives the power. */
  sync(mark: HighWater): void {
    this.#sequence += 1;
    this.#write(mark, this.#sequence % SYNCED_SLOTS);
    fdatasyncSync(this.#fd);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(mark: HighWater, slot: number): void {
    encode(this.#record, mark, this.#sequence);
    const written = writeSync(this.#fd, this.#record, 0, RECORD_BYTES, slot * SLOT_BYTES);
    if (written !== RECORD_BYTES) throw new Error('the high-water mark was written in part');
  }
}

/**
 * The newest mark at `path`, undefined when there is no such file. Refuses one in which no slot is
 * whole, and one that a newer version wrote.
 */
export function readHighWater(path: string): HighWater | undefined {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const newest = newestSlot(file);
  if (newest === undefined) {
    throw new StorageRefusal(
      'corrupt',
      `${path} is damaged: no mark in it is whole, so it cannot be told whether the log still ` +
        'holds everything that was acknowledged',
    );
  }
  return newest.mark;
}

export function syncDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

interface Slot {
  readonly sequence: number;
  readonly mark: HighWater;
}

function newestSlot(file: Buffer): Slot | undefined {
  let newest: Slot | undefined;
  for (let at = 0; at + RECORD_BYTES <= file.byteLength; at += SLOT_BYTES) {
    const slot = decode(file.subarray(at, at + RECORD_BYTES));
    if (slot !== undefined && (newest === undefined || slot.sequence > newest.sequence)) {
      newest = slot;
    }
  }
  return newest;
}

function encode(record: Buffer, mark: HighWater, sequence: number): void {
  record.write(MAGIC, 0, 'latin1');
  record.writeUInt32LE(VERSION, 8);
  record.writeUInt32LE((mark.clean ? CLEAN : 0) | (mark.suspect ? SUSPECT : 0), 12);
  record.writeDoubleLE(sequence, 16);
  record.writeDoubleLE(mark.index, 24);
  record.writeDoubleLE(mark.epoch, 32);
  record.writeDoubleLE(mark.zxid, 40);
  record.writeDoubleLE(mark.votedEpoch, 48);
  record.writeDoubleLE(mark.votedFor, 56);
  record.writeDoubleLE(mark.foldedIndex, 64);
  record.writeUInt32LE(mark.walSalt1, 72);
  record.writeUInt32LE(mark.walSalt2, 76);
  record.writeDoubleLE(mark.walFrames, 80);
  record.write(mark.directoryId, 88, 'hex');
  record.writeDoubleLE(mark.rewrites, 104);
  record.writeUInt32LE(crc32(record.subarray(0, CHECKSUM_AT)), CHECKSUM_AT);
}

function decode(record: Buffer): Slot | undefined {
  if (record.toString('latin1', 0, 8) !== MAGIC) return undefined;
  if (record.readUInt32LE(CHECKSUM_AT) !== crc32(record.subarray(0, CHECKSUM_AT))) return undefined;
  const version = record.readUInt32LE(8);
  if (version > VERSION) {
    throw new StorageRefusal(
      'newer-format',
      `the high-water file has format ${version}, this version of Paddock knows ${VERSION}: ` +
        'run the version that wrote the directory, or a newer one',
    );
  }
  const flags = record.readUInt32LE(12);
  const mark: HighWater = {
    clean: (flags & CLEAN) !== 0,
    suspect: (flags & SUSPECT) !== 0,
    index: record.readDoubleLE(24),
    epoch: record.readDoubleLE(32),
    zxid: record.readDoubleLE(40),
    votedEpoch: record.readDoubleLE(48),
    votedFor: record.readDoubleLE(56),
    foldedIndex: record.readDoubleLE(64),
    walSalt1: record.readUInt32LE(72),
    walSalt2: record.readUInt32LE(76),
    walFrames: record.readDoubleLE(80),
    directoryId: record.toString('hex', 88, 104),
    rewrites: record.readDoubleLE(104),
  };
  return { sequence: record.readDoubleLE(16), mark };
}
