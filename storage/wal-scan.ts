/**
 * Reads SQLite's write-ahead log before SQLite does, to tell a torn tail from damage.
 *
 * SQLite takes everything after the first frame that does not check for a transaction that a crash
 * cut short, and forgets it without a word. That is right for a torn tail and wrong for a byte that
 * changed in the middle: then acknowledged transactions vanish. The difference can be seen from
 * outside: a transaction is only begun when the one before it was synced, so behind a torn
 * transaction there is at most its own commit frame. Two commit frames of the same generation
 * (salts) behind a bad frame prove damage.
 *
 * Format: https://sqlite.org/fileformat2.html#walformat
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** More than a frame with the largest page. */
const WINDOW_BYTES = 1024 * 1024;
/** The last bit tells the byte order of the words that checksums are made over. */
const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

export interface WalScan {
  /**
   * - `empty`: no frames, SQLite will find nothing (the file may be missing or only a torn header).
   * - `intact`: a run of good transactions, perhaps with a torn one or an older generation after
   *   it.
   * - `damaged`: `problem` tells what; acknowledged transactions would be lost by opening it.
   */
  readonly state: 'empty' | 'intact' | 'damaged';
  readonly bytes: number;
  /** The generation; both 0 when there is no readable header. */
  readonly salt1: number;
  readonly salt2: number;
  /** Frames through the last good commit: what SQLite will recover. */
  readonly committedFrames: number;
  readonly problem: string;
}

/** The bytes of a log, piece by piece: a log behind a snapshot may be a gigabyte. */
interface WalBytes {
  readonly byteLength: number;
  /** Of use until the next call. */
  piece(start: number, count: number): Buffer;
}

/** Scans the file at `path`; a missing file is an empty log. */
export function scanWalFile(path: string): WalScan {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return scanWal(Buffer.alloc(0));
    throw error;
  }
  try {
    return scan(new FileWindow(fd));
  } finally {
    closeSync(fd);
  }
}

export function scanWal(file: Buffer): WalScan {
  const piece = (start: number, count: number) => file.subarray(start, start + count);
  return scan({ byteLength: file.byteLength, piece });
}

function scan(file: WalBytes): WalScan {
  const scan = { bytes: file.byteLength, salt1: 0, salt2: 0, committedFrames: 0, problem: '' };
  if (file.byteLength < HEADER_BYTES) return { ...scan, state: 'empty' };
  const header = Buffer.from(file.piece(0, HEADER_BYTES));
  // A header that never reached the disk leaves zeros; nothing was acknowledged on top of it.
  if (header.every((byte) => byte === 0)) return { ...scan, state: 'empty' };
  const magic = header.readUInt32BE(0);
  const littleEndian = magic === MAGIC_LITTLE_ENDIAN;
  if (!littleEndian && magic !== MAGIC_BIG_ENDIAN) {
    return { ...scan, state: 'damaged', problem: 'its header is not one of SQLite' };
  }
  const sum = new RunningChecksum(littleEndian);
  sum.add(header, 0, 24);
  if (!sum.matches(header.readUInt32BE(24), header.readUInt32BE(28))) {
    return { ...scan, state: 'damaged', problem: 'the checksum of its header is wrong' };
  }
  const salts = { salt1: header.readUInt32BE(16), salt2: header.readUInt32BE(20) };
  return { ...scan, ...salts, ...scanFrames(file, sum, salts, frameBytesOf(header)) };
}

function frameBytesOf(header: Buffer): number {
  const pageBytes = header.readUInt32BE(8);
  return FRAME_HEADER_BYTES + (pageBytes === 1 ? 65_536 : pageBytes);
}

function scanFrames(
  file: WalBytes,
  sum: RunningChecksum,
  salts: { readonly salt1: number; readonly salt2: number },
  frameBytes: number,
): Pick<WalScan, 'state' | 'committedFrames' | 'problem'> {
  const frames = Math.floor((file.byteLength - HEADER_BYTES) / frameBytes);
  const at = (frame: number) => HEADER_BYTES + frame * frameBytes;
  const ofGeneration = (header: Buffer) =>
    header.readUInt32BE(8) === salts.salt1 && header.readUInt32BE(12) === salts.salt2;
  const isCommit = (header: Buffer) => header.readUInt32BE(4) !== 0;

  let committedFrames = 0;
  let bad = 0;
  for (; bad < frames; bad += 1) {
    const frame = file.piece(at(bad), frameBytes);
    if (!ofGeneration(frame)) break;
    sum.add(frame, 0, 8);
    sum.add(frame, FRAME_HEADER_BYTES, frameBytes - FRAME_HEADER_BYTES);
    if (!sum.matches(frame.readUInt32BE(16), frame.readUInt32BE(20))) break;
    if (isCommit(frame)) committedFrames = bad + 1;
  }
  let commitsBehind = 0;
  for (let frame = bad; frame < frames; frame += 1) {
    const header = file.piece(at(frame), FRAME_HEADER_BYTES);
    if (ofGeneration(header) && isCommit(header)) commitsBehind += 1;
  }
  if (commitsBehind < 2) return { state: 'intact', committedFrames, problem: '' };
  const problem = `frame ${bad + 1} is damaged, and ${commitsBehind} commits lie behind it`;
  return { state: 'damaged', committedFrames, problem };
}

/** The part of a file around the last piece that was asked for. */
class FileWindow implements WalBytes {
  readonly byteLength: number;
  readonly #fd: number;
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES);
  #start = 0;
  #end = 0;

  constructor(fd: number) {
    this.#fd = fd;
    this.byteLength = fstatSync(fd).size;
  }

  piece(start: number, count: number): Buffer {
    if (start < this.#start || start + count > this.#end) this.#read(start, count);
    return this.#window.subarray(start - this.#start, start - this.#start + count);
  }

  #read(start: number, count: number): void {
    this.#start = start;
    this.#end = start;
    while (this.#end < start + count) {
      const at = this.#end - start;
      const read = readSync(this.#fd, this.#window, at, WINDOW_BYTES - at, this.#end);
      if (read === 0) throw new Error('the write-ahead log became shorter while it was read');
      this.#end += read;
    }
  }
}

/**
 * SQLite's cumulative checksum over 32-bit words,
 * https://sqlite.org/fileformat2.html#checksum_algorithm
 */
class RunningChecksum {
  #first = 0;
  #second = 0;
  readonly #littleEndian: boolean;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  /** Adds `count` bytes, a multiple of 8. */
  add(bytes: Buffer, start: number, count: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const littleEndian = this.#littleEndian;
    let first = this.#first;
    let second = this.#second;
    for (let at = start; at < start + count; at += 8) {
      first = (first + view.getUint32(at, littleEndian) + second) >>> 0;
      second = (second + view.getUint32(at + 4, littleEndian) + first) >>> 0;
    }
    this.#first = first;
    this.#second = second;
  }

  matches(first: number, second: number): boolean {
    return this.#first === first && this.#second === second;
  }
}
