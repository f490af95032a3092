/**
 * What a snapshot is cut into for its way to another member: chunks that stand for themselves, each
 * with its place, its snapshot and a checksum. The first holds the mark, the last the counts by
 * which a receiver knows that nothing is missing; between them are pages of rows as
 * `tree-pages.ts` makes them. Imports nothing of Node. The layout, little-endian:
 *
 *     0  magic          uint32  "PSNP"
 *     4  format         uint32
 *     8  kind           uint32
 *    12  number         uint32  0, 1, ...
 *    16  rows           uint32
 *    20  payload bytes  uint32
 *    24  snapshot       uint32  checksum of the first chunk's payload
 *    28  checksum       uint32  over everything before it and the payload
 *    32  payload        UTF-8, JSON
 */
import { assert } from '../raftlog/assert.ts';
import { SnapshotRefusal } from './types.ts';

/** Of a snapshot on its way: members of different versions may meet. */
const FORMAT = 4;
const MAGIC = 0x504e5350;
const HEADER_BYTES = 32;
const CHECKSUM_AT = 28;

/** A place in this list is what is sent: to be added to at the end only. */
const KINDS = ['head', 'sessions', 'znodes', 'end', 'answers'] as const;
export type ChunkKind = (typeof KINDS)[number];

/** CRC-32 of `bytes`, continuing `seed`. */
export type Checksum = (bytes: Uint8Array, seed?: number) => number;

export interface SnapshotChunk {
  readonly kind: ChunkKind;
  readonly number: number;
  readonly rows: number;
  /** The same in all chunks of a snapshot: the checksum of what its first one holds. */
  readonly snapshot: number;
  /** UTF-8. */
  readonly json: Uint8Array;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** In a buffer of its own, which may be transferred. */
export function encodeChunk(chunk: SnapshotChunk, checksum: Checksum): Uint8Array<ArrayBuffer> {
  const payload = chunk.json;
  const bytes = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const view = new DataView(bytes.buffer);
  const kind = KINDS.indexOf(chunk.kind);
  const fields = [MAGIC, FORMAT, kind, chunk.number, chunk.rows, payload.byteLength];
  for (const [at, field] of [...fields, chunk.snapshot].entries()) {
    view.setUint32(4 * at, field, true);
  }
  view.setUint32(CHECKSUM_AT, checksumOf(bytes, payload, checksum), true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Throws `SnapshotRefusal` when these are not the bytes that `encodeChunk` made. */
export function decodeChunk(bytes: Uint8Array, checksum: Checksum): SnapshotChunk {
  if (bytes.byteLength < HEADER_BYTES) throw damaged('it is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (at: number) => view.getUint32(at, true);
  if (field(0) !== MAGIC) throw damaged('it does not begin as one');
  if (field(4) > FORMAT) {
    const message = `the snapshot has format ${field(4)}, this version of Paddock knows ${FORMAT}`;
    throw new SnapshotRefusal('newer-format', message);
  }
  const payload = bytes.subarray(HEADER_BYTES);
  if (field(20) !== payload.byteLength) throw damaged('it has not the length that it tells');
  if (field(CHECKSUM_AT) !== checksumOf(bytes, payload, checksum)) {
    throw damaged('its checksum is wrong');
  }
  const kind = KINDS[field(8)];
  assert(kind !== undefined, 'a format knows the kinds of its chunks');
  return { kind, number: field(12), rows: field(16), snapshot: field(24), json: payload };
}

/** What a chunk holds. Throws what is thrown for text that is none. */
export function contentOf({ json }: SnapshotChunk): unknown {
  return JSON.parse(decoder.decode(json)) as unknown;
}

function checksumOf(bytes: Uint8Array, payload: Uint8Array, checksum: Checksum): number {
  return checksum(payload, checksum(bytes.subarray(0, CHECKSUM_AT)));
}

export function damaged(what: string): SnapshotRefusal {
  return new SnapshotRefusal('damaged', `a chunk of a snapshot is damaged: ${what}`);
}
