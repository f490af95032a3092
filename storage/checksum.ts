/**
 * The checksum of everything that this project itself writes to disk: CRC-32 as zlib has it. It
 * tells damage, not forgery. Chained over the log, so that a row which is missing, doubled or out
 * of its place breaks the chain just as a damaged byte does.
 */
import { crc32 } from 'node:zlib';

/** The checksum of nothing: what the first log entry of a directory is chained to. */
export const CHAIN_START = 0;

/** Continues `previous` over `bytes`. */
export function chainChecksum(previous: number, bytes: Uint8Array): number {
  return crc32(bytes, previous);
}

/** The checksum of a text on its own (UTF-8). */
export function textChecksum(text: string): number {
  return crc32(text);
}
