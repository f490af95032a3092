/**
 * A znode's data on its way in and out: bytes or the JSON form on one side, `ZnodeData` on the
 * other. There is one `ZnodeData` for given bytes, whichever way they came.
 */
import { isUtf8 } from 'node:buffer';
import type { ZnodeData } from '../storage/tree/types.ts';
import { badArguments, RequestError } from './errors.ts';

export const NO_DATA: ZnodeData = { text: '', encoding: 'utf8', length: 0 };

/** Throws `RequestError` (TooLarge) beyond `maxBytes`. */
export function dataOfBytes(bytes: Buffer, maxBytes: number): ZnodeData {
  const { length } = bytes;
  if (length === 0) return NO_DATA;
  checkSize(length, maxBytes);
  // A byte order mark at the front is data like any other, and toString keeps it.
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), encoding: 'utf8', length };
  return { text: bytes.toString('base64'), encoding: 'base64', length };
}

/**
 * The JSON form. Throws `RequestError` when `text` is not what `encoding` says, or is too large.
 */
export function dataOfText(text: string, encoding: 'utf8' | 'base64', maxBytes: number): ZnodeData {
  if (encoding === 'base64') return dataOfBytes(decodeBase64(text, maxBytes), maxBytes);
  if (text === '') return NO_DATA;
  if (!text.isWellFormed()) {
    throw badArguments('data holds half of a surrogate pair, which UTF-8 cannot say; use base64');
  }
  const length = Buffer.byteLength(text);
  checkSize(length, maxBytes);
  return { text, encoding: 'utf8', length };
}

export function bytesOfData(data: ZnodeData): Buffer {
  return Buffer.from(data.text, data.encoding);
}

/**
 * Only the canonical form (RFC 4648 section 4, padded, no stray bits): what was sent is what is
 * kept.
 */
function decodeBase64(text: string, maxBytes: number): Buffer {
  if (text.length % 4 !== 0) throw badArguments('data is not base64 with its padding');
  checkSize(Math.max(0, (text.length / 4) * 3 - 2), maxBytes);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw badArguments('data is not canonical base64');
  return bytes;
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new RequestError({
    code: 'TooLarge',
    detail: `the data is larger than ${maxBytes} bytes`,
    limit: { name: 'dataBytes', value: maxBytes },
  });
}
