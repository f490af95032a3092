/**
 * Authorities and certificates for tests, made here and now: X.509 (RFC 5280) written as DER,
 * signed by `node:crypto`, with nothing to install. Keys are of P-256, so that one takes no time.
 */
import {
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { newDirectory } from './process.ts';

/** Attributes in the order of the certificate, the most general first; a list: one part of many. */
export type Subject = readonly (Attribute | readonly Attribute[])[];
export type Attribute = readonly [type: keyof typeof ATTRIBUTES, value: string];

export interface CertificateOptions {
  readonly subject: Subject;
  /** Names of hosts, addresses, or both. */
  readonly hosts?: readonly string[];
  /** What it may be used for; absent: for everything. */
  readonly usage?: readonly ('server' | 'client')[];
  /** When it was good; absent: from yesterday to tomorrow. */
  readonly from?: Date;
  readonly until?: Date;
}

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const ATTRIBUTES = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  street: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

const DAY_MS = 86_400_000;
const USAGES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;
const SIGNATURE = () => sequence(oid('1.2.840.10045.4.3.2'));

/** Who signs. */
export class Authority {
  /** In PEM, for those who are to believe it. */
  readonly cert: string;
  readonly #name: Subject;
  readonly #key: KeyObject;

  constructor(name = 'an authority of tests') {
    this.#name = [['CN', name]];
    const { publicKey, privateKey } = newKeys();
    this.#key = privateKey;
    this.cert = this.#sign(publicKey, { subject: this.#name }, true);
  }

  issue(options: CertificateOptions): Certificate {
    const { publicKey, privateKey } = newKeys();
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { cert: this.#sign(publicKey, options, false), key };
  }

  /** A list (RFC 5280, 5) of certificates of its own that are good no more, in PEM. */
  revoke(certificates: readonly Certificate[], nextUpdate = new Date(Date.now() + DAY_MS)): string {
    const now = Date.now();
    const entries = certificates.map(({ cert }) => {
      const serial = Buffer.from(new X509Certificate(cert).serialNumber, 'hex');
      return sequence(integer(serial), time(new Date(now - DAY_MS)));
    });
    const body = sequence(
      integer(Buffer.from([1])),
      SIGNATURE(),
      nameOf(this.#name),
      time(new Date(now - DAY_MS)),
      time(nextUpdate),
      ...(entries.length === 0 ? [] : [sequence(...entries)]),
    );
    const signature = sign('sha256', body, { key: this.#key, dsaEncoding: 'der' });
    return pem(sequence(body, SIGNATURE(), bits(signature)), 'X509 CRL');
  }

  #sign(publicKey: KeyObject, options: CertificateOptions, signs: boolean): string {
    const { subject, from, until } = options;
    const now = Date.now();
    const body = sequence(
      tagged(0xa0, integer(Buffer.from([2]))),
      integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      SIGNATURE(),
      nameOf(this.#name),
      sequence(time(from ?? new Date(now - DAY_MS)), time(until ?? new Date(now + DAY_MS))),
      nameOf(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(...extensionsOf(options, signs))),
    );
    const signature = sign('sha256', body, { key: this.#key, dsaEncoding: 'der' });
    return pem(sequence(body, SIGNATURE(), bits(signature)));
  }
}

/** Writes PEM texts to files that the owner alone may read; their paths. */
export function writePem<Names extends string>(
  texts: Readonly<Record<Names, string>>,
  directory = newDirectory(),
): Record<Names, string> {
  const entries = Object.entries<string>(texts).map(([name, text]) => {
    const file = join(directory, `${name}.pem`);
    writeFileSync(file, text, { mode: 0o600 });
    return [name, file];
  });
  return Object.fromEntries(entries) as Record<Names, string>;
}

function pem(der: Buffer, what = 'CERTIFICATE'): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${what}-----`, ...lines, `-----END ${what}-----`, ''].join('\n');
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function extensionsOf({ hosts = [], usage = [] }: CertificateOptions, signs: boolean): Buffer[] {
  const constraints = extension('2.5.29.19', signs ? sequence(tagged(0x01, YES)) : sequence());
  const names = hosts.map((host) =>
    isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, addressBytes(host)),
  );
  const usages = usage.map((each) => oid(USAGES[each]));
  return [
    constraints,
    ...(names.length === 0 ? [] : [extension('2.5.29.17', sequence(...names))]),
    ...(usages.length === 0 ? [] : [extension('2.5.29.37', sequence(...usages))]),
  ];
}

const YES = Buffer.from([0xff]);

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tagged(0x01, YES), tagged(0x04, value));
}

/** IPv4, and of IPv6 only the loopback. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  return Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);
}

function nameOf(subject: Subject): Buffer {
  const parts = subject.map((part) => {
    const attributes = isAttribute(part) ? [part] : part;
    const members = attributes.map(([type, value]) =>
      sequence(oid(ATTRIBUTES[type]), tagged(0x0c, Buffer.from(value))),
    );
    return tagged(0x31, ...members.sort(Buffer.compare));
  });
  return sequence(...parts);
}

function isAttribute(part: Subject[number]): part is Attribute {
  return typeof part[0] === 'string';
}

// ----------------------------------------------------------------------------- DER (X.690)

function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...contents);
}

function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, bytes);
}

function bits(bytes: Uint8Array): Buffer {
  return tagged(0x03, Buffer.from([0]), bytes);
}

/** Until 2050: two digits of the year. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return tagged(0x17, Buffer.from(digits.slice(2)));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((number) => {
    const septets = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) septets.unshift((left & 0x7f) | 0x80);
    return septets;
  });
  return tagged(0x06, Buffer.from(bytes));
}
