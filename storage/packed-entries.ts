/**
 * Log entries as one block of bytes: how they cross between the threads, in one transferred buffer
 * per batch, and what the log's checksums are made over. The layout of one entry, little-endian:
 *
 *     0  index          float64
 *     8  zxid           float64
 *    16  epoch          uint32
 *    20  payload bytes  uint32
 *    24  type           uint8, then 7 zero bytes
 *    32  payload        UTF-8
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry, EntryType } from '../raftlog/types.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';

export const HEADER_BYTES = 32;

/** A UTF-16 code unit becomes at most this many bytes of UTF-8. */
const BYTES_PER_UNIT_MAX = 3;
const CAPACITY_MIN = 256 * 1024;
/** Buffers above this size are left to the garbage collector instead of being kept for reuse. */
const REUSE_BYTES_MAX = 8 * 1024 * 1024;
/**
 * Buffers kept for reuse: one at the other thread, one being filled, is all that is ever needed.
 */
const REUSE_COUNT_MAX = 2;

/** An entry's type is stored as its place in this list: to be added to at the end only. */
const TYPES: readonly EntryType[] = ['epoch', 'transaction', 'members'];
const TYPE_CODES = { epoch: 0, transaction: 1, members: 2 } as const satisfies Record<
  EntryType,
  number
>;

export function typeCode(type: EntryType): number {
  return TYPE_CODES[type];
}

export function typeOfCode(code: number): EntryType {
  const type = TYPES[code];
  assert(type !== undefined, 'an entry type is known');
  return type;
}

/**
 * A block of packed entries: the first `bytes` bytes of `buffer`, which is transferred, never
 * copied.
 */
export interface PackedEntries {
  readonly buffer: ArrayBuffer;
  readonly bytes: number;
}

/** Fills blocks. Buffers that come back from the other thread are used again. */
export class EntryPacker {
  #bytes = Buffer.alloc(0);
  #view = new DataView(new ArrayBuffer(0));
  #used = 0;
  #count = 0;
  readonly #spare: ArrayBuffer[] = [];

  /** Bytes and entries added since the last `take`. */
  get used(): number {
    return this.#used;
  }

  get count(): number {
    return this.#count;
  }

  add(entry: Entry): void {
    const { payload } = entry;
    this.#reserve(HEADER_BYTES + payload.length * BYTES_PER_UNIT_MAX);
    const start = this.#used + HEADER_BYTES;
    const length = this.#bytes.write(payload, start, 'utf8');
    writeHeader(this.#view, this.#used, entry, typeCode(entry.type), length);
    this.#used = start + length;
    this.#count += 1;
  }

  /** Adds an entry whose payload is UTF-8 already. */
  addBytes(position: HeaderFields, code: number, payload: Uint8Array): void {
    this.#reserve(HEADER_BYTES + payload.byteLength);
    writeHeader(this.#view, this.#used, position, code, payload.byteLength);
    this.#bytes.set(payload, this.#used + HEADER_BYTES);
    this.#used += HEADER_BYTES + payload.byteLength;
    this.#count += 1;
  }

  /** Hands over what was added. The packer is empty afterwards. */
  take(): PackedEntries {
    const taken = { buffer: this.#view.buffer as ArrayBuffer, bytes: this.#used };
    this.#adopt(new ArrayBuffer(0));
    this.#used = 0;
    this.#count = 0;
    return taken;
  }

  /** Takes back a buffer whose content nobody needs any more. */
  giveBack(buffer: ArrayBuffer): void {
    const keep =
      this.#spare.length < REUSE_COUNT_MAX &&
      buffer.byteLength >= CAPACITY_MIN &&
      buffer.byteLength <= REUSE_BYTES_MAX;
    if (keep) this.#spare.push(buffer);
  }

  #reserve(more: number): void {
    const needed = this.#used + more;
    if (needed <= this.#bytes.byteLength) return;
    const spare = this.#used === 0 ? this.#spare.pop() : undefined;
    if (spare !== undefined && spare.byteLength >= needed) {
      this.#adopt(spare);
      return;
    }
    const old = this.#bytes;
    this.#adopt(new ArrayBuffer(Math.max(CAPACITY_MIN, needed + needed / 2)));
    this.#bytes.set(old.subarray(0, this.#used));
  }

  #adopt(buffer: ArrayBuffer): void {
    this.#bytes = Buffer.from(buffer);
    this.#view = new DataView(buffer);
  }
}

/** The fields of a header but for type and length. */
export interface HeaderFields {
  readonly index: number;
  readonly epoch: number;
  readonly zxid: number;
}

export function writeHeader(
  view: DataView,
  at: number,
  fields: HeaderFields,
  code: number,
  payloadBytes: number,
): void {
  view.setFloat64(at, fields.index, true);
  view.setFloat64(at + 8, fields.zxid, true);
  view.setUint32(at + 16, fields.epoch, true);
  view.setUint32(at + 20, payloadBytes, true);
  // One write for the type and the zero bytes after it: a reused buffer holds old bytes.
  view.setUint32(at + 24, code, true);
  view.setUint32(at + 28, 0, true);
}

/** Walks a block without decoding payloads: call `next()`, then read the fields. */
export class PackedCursor implements HeaderFields {
  index = 0;
  epoch = 0;
  zxid = 0;
  code = 0;
  /** Where the header, the payload and the next entry begin. */
  start = 0;
  payloadStart = 0;
  end = 0;
  readonly bytes: Buffer;
  readonly #view: DataView;

  constructor({ buffer, bytes }: PackedEntries) {
    this.bytes = Buffer.from(buffer, 0, bytes);
    this.#view = new DataView(buffer, 0, bytes);
  }

  /** Moves to the next entry; false at the end of the block. */
  next(): boolean {
    const at = this.end;
    if (at === this.bytes.byteLength) return false;
    const view = this.#view;
    this.index = view.getFloat64(at, true);
    this.zxid = view.getFloat64(at + 8, true);
    this.epoch = view.getUint32(at + 16, true);
    this.code = view.getUint32(at + 24, true);
    this.start = at;
    this.payloadStart = at + HEADER_BYTES;
    this.end = this.payloadStart + view.getUint32(at + 20, true);
    assert(this.end <= this.bytes.byteLength, 'a packed entry ends within its block');
    return true;
  }
}

/** All entries of a block, in order. */
export function unpackEntries(block: PackedEntries): Entry[] {
  const entries: Entry[] = [];
  const cursor = new PackedCursor(block);
  while (cursor.next()) {
    entries.push({
      index: cursor.index,
      epoch: cursor.epoch,
      zxid: zxidFromNumber(cursor.zxid),
      type: typeOfCode(cursor.code),
      payload: cursor.bytes.toString('utf8', cursor.payloadStart, cursor.end),
    });
  }
  return entries;
}
