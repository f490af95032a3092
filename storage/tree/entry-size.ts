/**
 * How much room a transaction takes in the log, at most: what one request changes is bounded by it,
 * for an entry goes to a disk and over the network in one piece.
 */
import { OPEN_ACL } from './acl.ts';
import { utf8Length } from './text.ts';
import type { Acl, Change, ZnodeData } from './types.ts';

/** Numbers, names and punctuation of one change: a stat has most of them. */
const CHANGE_BYTES = 256;
/** Punctuation of an entry of an ACL, and its permissions. */
const ACL_ENTRY_BYTES = 24;
/** What a character of a JSON text may take that is not written as it is: `\u0001`. */
const ESCAPED_BYTES = 6;

/** Bytes, never fewer than the change will take. */
export function bytesOfChange(change: Change): number {
  switch (change.op) {
    case 'create':
      return (
        CHANGE_BYTES + pathBytes(change.path) + bytesOfData(change.data) + aclBytes(change.acl)
      );
    case 'set':
      return CHANGE_BYTES + pathBytes(change.path) + bytesOfData(change.data);
    case 'setAcl':
      return CHANGE_BYTES + pathBytes(change.path) + aclBytes(change.acl);
    case 'delete':
      return CHANGE_BYTES + pathBytes(change.path);
    case 'openSession':
    case 'closeSession':
      return CHANGE_BYTES;
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

function aclBytes(acl: Acl): number {
  if (acl === OPEN_ACL) return 0;
  let bytes = 0;
  for (const { scheme, id } of acl) {
    bytes += ACL_ENTRY_BYTES + scheme.length + ESCAPED_BYTES * id.length;
  }
  return bytes;
}
