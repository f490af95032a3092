/**
 * The digest of the tree as it is shown to everybody: members at the same zxid show the same, and
 * nobody else can tell anything by it. As it is, a sum of plain hashes, it would let whoever sees
 * it before and after a change try guesses of what was written, without READ on anything.
 */
import { createHmac, hkdfSync } from 'node:crypto';

export type ShowDigest = (digest: string) => string;

const SHOWN_DIGITS = 16;

/** `secret`: known to those alone whose digests are compared. */
export function shownDigest(secret: string): ShowDigest {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'paddock shown digests', 32));
  return (digest) => createHmac('sha256', key).update(digest).digest('hex').slice(0, SHOWN_DIGITS);
}
