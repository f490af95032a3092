/**
 * Lists of revoked certificates (RFC 5280, 5): what stands in a file, and whether a certificate is
 * on one of them. Handshakes are judged by the runtime, which also proves the signatures of lists;
 * this is for what it does not say: whether there is a list for each authority, until when they
 * are good, and which of the connections that stand it would not let in again.
 */
import type { X509Certificate } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { type Server as HttpsServer, Server as TlsServer } from 'node:https';
import type { TLSSocket } from 'node:tls';

export interface RevocationList {
  /** As it stood in the file. */
  readonly pem: string;
  /** Who made it: the name, as DER in hex. */
  readonly issuer: string;
  /** Of the certificates that are good no more, in hex. */
  readonly serials: ReadonlySet<string>;
  /** When the next one was promised, ms since 1970; until then this one is believed. */
  readonly nextUpdate: number | undefined;
}

const PEM_LIST = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/g;

const TAG = { integer: 0x02, sequence: 0x30, utcTime: 0x17, generalizedTime: 0x18 } as const;

/** All lists of a text, which may be none. Throws when one of them is damaged. */
export function parseRevocationLists(text: string): RevocationList[] {
  return [...text.matchAll(PEM_LIST)].map(([pem, base64 = '']) => {
    return { pem, ...parseList(Buffer.from(base64, 'base64')) };
  });
}

/** Whether it, or one of those between it and its authority, is on a list of who signed it. */
export function isRevoked(certificate: X509Certificate, lists: readonly RevocationList[]): boolean {
  const { serial, issuer, subject } = namesOf(certificate);
  if (lists.some((list) => list.issuer === issuer && list.serials.has(serial))) return true;
  const next = certificate.issuerCertificate;
  return next !== undefined && issuer !== subject && isRevoked(next, lists);
}

/** Whether somebody who signs with this certificate made one of the lists. */
export function hasList(authority: X509Certificate, lists: readonly RevocationList[]): boolean {
  const { subject } = namesOf(authority);
  return lists.some(({ issuer }) => issuer === subject);
}

/** The connections of a listener, for those that must not go on when lists are read again. */
export class CertifiedConnections {
  readonly #sockets = new Set<TLSSocket>();

  /** Of a listener without TLS there are none. */
  watch(server: HttpServer | HttpsServer): void {
    if (!(server instanceof TlsServer)) return;
    server.on('secureConnection', (socket: TLSSocket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Ends those whose certificate is on a list; how many. */
  cut(lists: readonly RevocationList[]): number {
    const revoked = [...this.#sockets].filter((socket) => isCut(socket, lists));
    for (const socket of revoked) socket.destroy();
    return revoked.length;
  }
}

/** The runtime gives that of a server once, and takes it away. */
const shown = new WeakMap<TLSSocket, X509Certificate>();

/** Whether who is at the other end showed a certificate that is on a list. */
export function isCut(socket: TLSSocket, lists: readonly RevocationList[]): boolean {
  const certificate = shown.get(socket) ?? socket.getPeerX509Certificate();
  if (certificate === undefined) return false;
  shown.set(socket, certificate);
  return isRevoked(certificate, lists);
}

function parseList(der: Buffer): Omit<RevocationList, 'pem'> {
  const [list] = valuesOf(der);
  const [body] = valuesOf(list?.content);
  const fields = valuesOf(body?.content);
  // A version, which there need not be; the algorithm; the issuer; the time it was made.
  const at = fields[0]?.tag === TAG.integer ? 2 : 1;
  const issuer = fields[at];
  const made = fields[at + 1];
  if (issuer?.tag !== TAG.sequence || made === undefined || !isTime(made)) throw DAMAGED();
  const rest = fields.slice(at + 2);
  const next = rest[0] !== undefined && isTime(rest[0]) ? rest.shift() : undefined;
  const entries = rest[0]?.tag === TAG.sequence ? valuesOf(rest[0].content) : [];
  return {
    issuer: issuer.whole.toString('hex'),
    serials: new Set(entries.map(({ content }) => serialOf(valuesOf(content)[0]))),
    nextUpdate: next && timeOf(next),
  };
}

function namesOf({ raw }: X509Certificate): Record<'serial' | 'issuer' | 'subject', string> {
  const [certificate] = valuesOf(raw);
  const [body] = valuesOf(certificate?.content);
  // A version, which there need not be; the number; the algorithm; the issuer; times; the subject.
  const fields = valuesOf(body?.content);
  const [serial, , issuer, , subject] = fields[0]?.tag === TAG.integer ? fields : fields.slice(1);
  if (issuer === undefined || subject === undefined) throw DAMAGED();
  return {
    serial: serialOf(serial),
    issuer: issuer.whole.toString('hex'),
    subject: subject.whole.toString('hex'),
  };
}

function serialOf(value: Value | undefined): string {
  if (value?.tag !== TAG.integer) throw DAMAGED();
  return value.content.toString('hex');
}

function isTime({ tag }: Value): boolean {
  return tag === TAG.utcTime || tag === TAG.generalizedTime;
}

/** RFC 5280, 4.1.2.5: in UTC, to the second; two digits of a year are of 1950 to 2049. */
function timeOf({ tag, content }: Value): number {
  const text = content.toString('latin1');
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19';
  const digits = tag === TAG.utcTime ? century + text : text;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits)?.slice(1).map(Number);
  if (parts === undefined) throw DAMAGED();
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

// ----------------------------------------------------------------------------- DER (X.690)

interface Value {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
}

const DAMAGED = () => new Error('this is no list of revoked certificates, or a damaged one');

function valuesOf(bytes: Buffer | undefined): Value[] {
  if (bytes === undefined) throw DAMAGED();
  const values: Value[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const { start, end } = extentOf(bytes, at);
    if (end > bytes.byteLength) throw DAMAGED();
    const [content, whole] = [bytes.subarray(start, end), bytes.subarray(at, end)];
    values.push({ tag: bytes[at] ?? 0, content, whole });
    at = end;
  }
  return values;
}

/** Of the value at `at`: where its content begins and ends. */
function extentOf(bytes: Buffer, at: number): { start: number; end: number } {
  const first = bytes[at + 1];
  if (first === undefined) throw DAMAGED();
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const digits = first & 0x7f;
  const start = at + 2 + digits;
  if (digits < 1 || digits > 6 || start > bytes.byteLength) throw DAMAGED();
  return { start, end: start + bytes.readUIntBE(at + 2, digits) };
}
