/**
 * IP addresses and ranges of them as text (`10.0.0.0/8`, `2001:db8::/32`), for ACLs. Strict: no
 * leading zeros, no zones, and an IPv4 address is written as one, for that is how a caller's is
 * shown. Pure, as it decides on every member what a request may do.
 */

/** Of 8 bits each: 4 of IPv4, 16 of IPv6. */
type Bytes = readonly number[];

export interface IpRange {
  readonly bytes: Bytes;
  /** How many of the first bits count. */
  readonly bits: number;
}

const IPV4_NUMBER = /^(?:0|[1-9]\d{0,2})$/;
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;
const BITS = /^(?:0|[1-9]\d{0,2})$/;
const IPV6_GROUPS = 8;

/** `undefined` when the text is neither an address nor `address/bits`. */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  const bytes = parseAddress(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  const most = bytes.length * 8;
  if (bits === undefined) return { bytes, bits: most };
  return BITS.test(bits) && Number(bits) <= most ? { bytes, bits: Number(bits) } : undefined;
}

/** Whether the address is in the range; never when it is of the other family. */
export function inRange(address: string, range: IpRange): boolean {
  const bytes = parseAddress(address);
  if (bytes === undefined || bytes.length !== range.bytes.length) return false;
  for (let at = 0; at < range.bytes.length; at += 1) {
    const left = range.bits - at * 8;
    if (left <= 0) return true;
    const mask = left >= 8 ? 0xff : (0xff00 >> left) & 0xff;
    if ((((bytes[at] ?? 0) ^ (range.bytes[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

function parseAddress(text: string): Bytes | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Bytes | undefined {
  const numbers = text.split('.');
  if (numbers.length !== 4 || !numbers.every((number) => IPV4_NUMBER.test(number))) {
    return undefined;
  }
  const bytes = numbers.map(Number);
  return bytes.every((byte) => byte <= 0xff) ? bytes : undefined;
}

function parseIpv6(text: string): Bytes | undefined {
  const [before = '', after, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const head = groupsOf(before);
  const tail = after === undefined ? [] : groupsOf(after);
  if (head === undefined || tail === undefined) return undefined;
  const missing = IPV6_GROUPS - head.length - tail.length;
  // `::` stands for one group at least.
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  // An IPv4 address in the clothes of IPv6: no caller is ever shown like that.
  if (groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)) return undefined;
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  if (!groups.every((group) => IPV6_GROUP.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}
