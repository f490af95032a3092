/**
 * A path as what it is looked for by: its UTF-8 bytes and a hash of them. There is one key for all,
 * overwritten by each `setKey`; nothing here can be entered twice.
 *
 * The hash places paths in memory and says nothing about the state: it differs from member to
 * member once `scatterPaths` was called.
 */

/** Up to this many units a path is copied unit by unit, above by an encoder, which is faster. */
const SHORT_UNITS = 128;

interface PathKey {
  bytes: Uint8Array;
  /** The same memory, in the machine's order of bytes; zeros up to the end of the last word. */
  words: Int32Array;
  /** Bytes of the path. */
  length: number;
  /** 32 bits, signed. */
  hash: number;
}

const encoder = new TextEncoder();

/** Both odd, and known to nobody outside. */
let multiplier = 0x9e3779b1;
let secondMultiplier = 0x85ebca77;

export const key: PathKey = withRoom(4096);

/**
 * Sets where paths will lie in an index, so that nobody outside can choose paths that all lie in
 * the same place. To be called before the first tree is made; `number` is 32 random bits.
 */
export function scatterPaths(number: number): void {
  multiplier = scrambled(number) | 1;
  secondMultiplier = scrambled(number + 1) | 1;
}

/** Makes `path` the key. */
export function setKey(path: string): void {
  const { length } = path;
  if (3 * length + 4 > key.bytes.length) Object.assign(key, withRoom(6 * length));
  const { bytes, words } = key;
  let written = 0;
  if (length <= SHORT_UNITS) {
    for (; written < length; written += 1) {
      const unit = path.charCodeAt(written);
      if (unit > 0x7f) break;
      bytes[written] = unit;
    }
  }
  if (written < length) ({ written } = encoder.encodeInto(path, bytes));
  for (let at = written; (at & 3) !== 0; at += 1) bytes[at] = 0;
  key.length = written;
  key.hash = hashWords(words, (written + 3) >>> 2, written);
}

/**
 * Multiplied twice, so that texts which are alike to one who does not know the multipliers cannot
 * be found: a difference in the highest bit alone would survive a single one.
 */
function hashWords(words: Int32Array, count: number, length: number): number {
  let hash = length;
  for (let at = 0; at < count; at += 1) {
    hash = Math.imul(hash ^ (words[at] as number), multiplier);
    hash = Math.imul(hash ^ (hash >>> 15), secondMultiplier);
  }
  return scrambled(hash);
}

function scrambled(number: number): number {
  const once = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

function withRoom(bytes: number): PathKey {
  const memory = new ArrayBuffer((bytes + 7) & ~3);
  return { bytes: new Uint8Array(memory), words: new Int32Array(memory), length: 0, hash: 0 };
}

/** Whether the bytes at word `at` of `words` are those of the key. */
export function isKey(words: Int32Array, at: number, length: number): boolean {
  if (length !== key.length) return false;
  const { words: keyWords } = key;
  const whole = length >>> 2;
  for (let i = 0; i < whole; i += 1) if (words[at + i] !== keyWords[i]) return false;
  const rest = length & 3;
  if (rest === 0) return true;
  const unlike = (words[at + whole] as number) ^ (keyWords[whole] as number);
  return unlike << (32 - 8 * rest) === 0;
}

/** Copies the key to word `at` of `words`; up to three bytes behind it become zeros. */
export function copyKey(words: Int32Array, at: number): void {
  const { words: keyWords } = key;
  const count = (key.length + 3) >>> 2;
  for (let i = 0; i < count; i += 1) words[at + i] = keyWords[i] as number;
}

/**
 * Compares bytes at whole words: negative when the first come before, 0 when they are equal. For
 * UTF-8 of what may be in a path this is also the order of its UTF-16 units.
 */
export function compareBytes(
  words: Int32Array,
  at: number,
  length: number,
  otherWords: Int32Array,
  otherAt: number,
  otherLength: number,
): number {
  const shorter = Math.min(length, otherLength);
  for (let i = 0; i << 2 < shorter; i += 1) {
    const word = words[at + i] as number;
    const other = otherWords[otherAt + i] as number;
    if (word === other) continue;
    const unlike = word ^ other;
    // The lowest byte that differs comes first in memory.
    const low = (31 - Math.clz32(unlike & -unlike)) & ~7;
    if ((i << 2) + (low >>> 3) >= shorter) break;
    return ((word >>> low) & 0xff) - ((other >>> low) & 0xff);
  }
  return length - otherLength;
}
