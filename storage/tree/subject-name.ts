/**
 * Names of subjects of certificates as text, for ACLs of x509: `CN=alice,OU=People,O=Example`, as
 * RFC 4514 writes them, the most specific part first. One name has one text, so that comparing
 * texts compares names: nothing is optional, no spaces, no other way to escape.
 */

/** UTF-16 units. No certificate that anybody means has more. */
const NAME_MAX = 1024;

const TYPE = String.raw`(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)`;
/**
 * A space at either end and a `#` at the beginning are escaped, as are these everywhere, and what
 * cannot be printed, by its hex digits. U+FFFD stands for what was no text: many names would be
 * one.
 */
const PLAIN = String.raw`[^\\,+"<>;\p{Cc}\uFFFD]`;
const ESCAPED = String.raw`\\(?:[\\,+"<>;# ]|[0-9A-F]{2})`;
const FIRST = `(?:(?![ #])${PLAIN}|${ESCAPED})`;
const LAST = `(?:(?! )${PLAIN}|${ESCAPED})`;
const VALUE = `${FIRST}(?:(?:${PLAIN}|${ESCAPED})*${LAST})?`;
const PART = `${TYPE}=(?:${VALUE})?`;
const NAME = new RegExp(`^${PART}(?:[,+]${PART})*$`, 'u');

export const SUBJECT_FORM =
  'the name of a certificate\'s subject as whoami shows it, like "CN=alice,O=Example"';

/** Whether a text is a name in the form that those of callers have. */
export function isSubjectName(text: string): boolean {
  return text.length <= NAME_MAX && text.isWellFormed() && NAME.test(text);
}
