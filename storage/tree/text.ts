/**
 * Strings as the engine keeps them: as bytes where that is faster, in one piece where they stay.
 */

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
  let bytes = 0;
  for (let at = 0; at < text.length; ) {
    const end = endOfChunk(text, at);
    bytes += encodeChunk(text, at, end);
    at = end;
  }
  return bytes;
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
