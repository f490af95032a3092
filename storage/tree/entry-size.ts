/**
 * How much room a transaction takes in the log, at most: what one request changes is bounded by it,
 * for an entry goes to a disk and over the network in one piece.
 */
import { OPEN_ACL } from './acl.ts';
import { EntryAcls } from './entry-acls.ts';
import { utf8Length } from './text.ts';
import type { Acl, Change, Transaction, ZnodeData } from './types.ts';

/** What is in an entry besides its changes: a time, the name of a request. */
const ENTRY_BYTES = 512;
/** Of an operation of a transaction: which change is its result. */
export const RESULT_BYTES = 8;
/** Numbers, names and punctuation of one change: a stat has most of them. */
const CHANGE_BYTES = 256;
/** An ACL that occurred before, as its number, or the punctuation before one that is written. */
const ACL_NUMBER_BYTES = 8;
/** Two numbers. */
const USAGE_BYTES = 40;
/** What a character of a JSON text may take that is not written as it is: `\u0001`. */
const ESCAPED_BYTES = 6;

/** Adds up the changes of one entry, in the order in which they are written. */
export class EntrySize {
  #bytes = ENTRY_BYTES;
  #acls: EntryAcls | undefined;

  /** Never fewer than an entry of what was added will take. */
  get bytes(): number {
    return this.#bytes;
  }

  addOperations(count: number): void {
    this.#bytes += RESULT_BYTES * count;
  }

  add(change: Change): void {
    this.#bytes += CHANGE_BYTES;
    if (change.op === 'openSession') {
      this.#bytes += ESCAPED_BYTES * (change.secretHash.length + (change.salt?.length ?? 0));
      return;
    }
    if (change.op === 'closeSession') return;
    this.#bytes += pathBytes(change.path);
    if (change.op === 'create' || change.op === 'set') {
      this.#bytes += bytesOfData(change.data);
      if (change.usage !== undefined) this.#bytes += USAGE_BYTES;
    }
    this.#addAcl(change.acl);
    if (change.op === 'create' || change.op === 'delete') this.#addAcl(change.parentAcl);
  }

  #addAcl(acl: Acl | undefined): void {
    this.#bytes += ACL_NUMBER_BYTES;
    if (acl === undefined || acl === OPEN_ACL) return;
    this.#acls ??= new EntryAcls();
    const written = this.#acls.numberOrText(acl);
    if (typeof written === 'string') this.#bytes += utf8Length(written);
  }
}

/** Bytes, never fewer than the transaction will take in the log. */
export function bytesOfEntry({ changes, resultAt }: Transaction): number {
  const size = new EntrySize();
  size.addOperations(resultAt?.length ?? 0);
  for (const change of changes) size.add(change);
  return size.bytes;
}

/** Bytes that so much data takes as text, when it is not text itself. */
export function base64Bytes(dataBytes: number): number {
  return 4 * Math.ceil(dataBytes / 3);
}

/** What a change of so much data may take under the open ACL, whatever its path and its data. */
export function roomOfData(dataBytes: number, longestPath: number): number {
  const numbers = RESULT_BYTES + 2 * ACL_NUMBER_BYTES;
  return ENTRY_BYTES + CHANGE_BYTES + numbers + 2 * longestPath + base64Bytes(dataBytes);
}

/**
 * A bound that costs next to nothing, for an entry of this change alone: a few times too large, and
 * infinite where there is an ACL to be written.
 */
export function roughBytesOf(change: Change): number {
  switch (change.op) {
    case 'create':
      if (change.acl !== OPEN_ACL || change.parentAcl !== undefined)
        return Number.POSITIVE_INFINITY;
      return 2 * ENTRY_BYTES + 3 * change.path.length + 2 * change.data.length;
    case 'set':
      if (change.acl !== undefined) return Number.POSITIVE_INFINITY;
      return 2 * ENTRY_BYTES + 3 * change.path.length + 2 * change.data.length;
    case 'delete':
      if (change.acl !== undefined || change.parentAcl !== undefined)
        return Number.POSITIVE_INFINITY;
      return 2 * ENTRY_BYTES + 3 * change.path.length;
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** A path has no control characters: quotes and backslashes are all that is escaped. */
function pathBytes(path: string): number {
  const bytes = utf8Length(path);
  return /["\\]/.test(path) ? 2 * bytes : bytes;
}

function bytesOfData({ text, encoding, length }: ZnodeData): number {
  return encoding === 'utf8' ? length : text.length;
}
