/**
 * Strings as the engine keeps them: as bytes where that is faster or smaller, in one piece where
 * they stay. The only file of the tree that knows `Buffer`, and of it nothing but what
 * copies between a string and bytes, and counts them: that takes half the time of `TextDecoder` and
 * a third of `TextEncoder`, and every read and write of a znode passes here. Never anything that
 * depends on the machine.
 */

/** Memory for bytes. */
export type Bytes = Buffer;

/** All zeros, in a buffer of its own, so that other views of the same bytes can be made. */
export function newBytes(length: number): Bytes {
  return Buffer.from(new ArrayBuffer(length));
}

/** Puts `text` at `at`, as far as there are `length` bytes; the bytes that it took. */
export function writeText(
  bytes: Bytes,
  at: number,
  text: string,
  encoding: 'utf8' | 'base64',
  length: number,
): number {
  return length === 0 ? 0 : bytes.write(text, at, length, encoding);
}

/** The text that `writeText` put there. */
export function readText(
  bytes: Bytes,
  at: number,
  encoding: 'utf8' | 'base64',
  length: number,
): string {
  return length === 0 ? '' : bytes.toString(encoding, at, at + length);
}

/** Units that are turned into bytes at a time. */
const CHUNK_UNITS = 4096;

/** Up to this many units a text is looked at unit by unit, above as bytes, which is faster then. */
export const SHORT_UNITS = 32;

/** The bytes of the last chunk: up to three a unit, and room for zeros behind them. */
const chunk = new ArrayBuffer(3 * CHUNK_UNITS + 16);
export const chunkBytes = new Uint8Array(chunk);
/** In the machine's order of bytes, which is little-endian wherever Node.js is well supported. */
export const chunkWords = new Int32Array(chunk);

const encoder = new TextEncoder();

/** Where the chunk that begins at `at` ends. No pair of surrogates is cut in two. */
export function endOfChunk(text: string, at: number): number {
  const end = at + CHUNK_UNITS;
  if (end >= text.length) return text.length;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

/** Encodes a chunk of well-formed text into `chunkBytes`; the number of bytes. */
export function encodeChunk(text: string, at: number, end: number): number {
  const part = at === 0 && end === text.length ? text : text.slice(at, end);
  return encoder.encodeInto(part, chunkBytes).written;
}

/** Bytes of well-formed text in UTF-8. */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/**
 * An equal string in one piece of its own. A text that was cut out of another keeps that one alive,
 * and one that was put together is slow to compare: neither is to be kept for long.
 */
export function inOnePiece(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join('');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
