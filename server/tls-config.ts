/**
 * The settings about TLS, to clients and between members, and what must not be reached from other
 * machines without it.
 */
import { isIP } from 'node:net';
import { isSubjectName, SUBJECT_FORM } from '../storage/tree/subject-name.ts';
import { type Address, ConfigError } from './config-values.ts';
import { certifies } from './peers/connections.ts';
import type { PeerAddress } from './peers/types.ts';
import { readTls, type TlsFiles, type TlsMaterial } from './tls-files.ts';

/**
 * Whether clients show a certificate: none is asked for; one that is shown and verified says who
 * the client is; or nobody without one is served.
 */
const CLIENT_AUTH = ['none', 'request', 'require'] as const;
export type ClientAuth = (typeof CLIENT_AUTH)[number];

export interface TlsConfig {
  /** As the files were at the start. */
  readonly material: TlsMaterial;
  /** Reads and checks them again. Throws `ConfigError`. */
  readonly read: () => TlsMaterial;
}

export interface ClientTlsConfig extends TlsConfig {
  readonly clientAuth: ClientAuth;
}

export interface TlsTexts {
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly ca: string | undefined;
  readonly crl: string | undefined;
}

/** Throws `ConfigError`. */
export function readClientTls(
  texts: TlsTexts,
  wanted: string | undefined,
): ClientTlsConfig | undefined {
  const clientAuth = parseClientAuth(wanted ?? (texts.ca === undefined ? 'none' : 'request'));
  if (clientAuth !== 'none' && texts.ca === undefined) {
    throw new ConfigError(
      `tls-client-auth: for ${clientAuth} the authorities to believe are needed: tls-client-ca`,
    );
  }
  const files = filesOf(texts, {
    cert: 'tls-cert',
    key: 'tls-key',
    ca: 'tls-client-ca',
    crl: 'tls-client-crl',
  });
  if (files === undefined) return undefined;
  const read = () => readTls(files);
  return { material: read(), read, clientAuth };
}

/** Between members both sides show who they are: all three, or none. Throws `ConfigError`. */
export function readPeerTls(texts: TlsTexts, own: PeerAddress | undefined): TlsConfig | undefined {
  const names = {
    cert: 'peer-tls-cert',
    key: 'peer-tls-key',
    ca: 'peer-tls-ca',
    crl: 'peer-tls-crl',
  };
  const files = filesOf(texts, names);
  if (files === undefined) return undefined;
  if (files.ca === undefined) {
    throw new ConfigError('peer-tls-ca: members show each other certificates: name who signs them');
  }
  if (own === undefined) throw new ConfigError('peer-tls-cert: only a member of several has peers');
  const read = () => readOwn(files, own.host);
  return { material: read(), read };
}

/** Of this member: for the host that the others know it by. */
function readOwn(files: TlsFiles, host: string): TlsMaterial {
  const material = readTls(files);
  if (certifies(material.certificate, host)) return material;
  throw new ConfigError(
    `${files.cert.name}: ${files.cert.file} is not for ${host}, which is where the others know ` +
      'this member to be; let it name that as a subject alternative name',
  );
}

/** Throws `ConfigError`. */
export function parseSubject(name: string, text: string | undefined): string | undefined {
  if (text === undefined || isSubjectName(text)) return text;
  throw new ConfigError(`${name}: what is given is not ${SUBJECT_FORM}`);
}

/** Of each address that other machines reach, what is missing there. */
export function exposures(
  listen: Address,
  tls: ClientTlsConfig | undefined,
  peerListen: Address | undefined,
  peerTls: TlsConfig | undefined,
): string[] {
  const found: string[] = [];
  if (!isLoopback(listen.host) && tls === undefined) {
    found.push(
      `listen: ${listen.host} can be reached from other machines, and nothing there would be ` +
        'encrypted: give --tls-cert and --tls-key',
    );
  } else if (!isLoopback(listen.host) && tls?.clientAuth !== 'require') {
    found.push(
      `listen: ${listen.host} can be reached from other machines, and whoever does so may use ` +
        'what is open to everybody: give --tls-client-ca and --tls-client-auth require',
    );
  }
  if (peerListen !== undefined && !isLoopback(peerListen.host) && peerTls === undefined) {
    found.push(
      `peer-listen: ${peerListen.host} can be reached from other machines, and what members say ` +
        'would not be encrypted: give --peer-tls-cert, --peer-tls-key and --peer-tls-ca',
    );
  }
  return found;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** All that is given, by the settings' names; undefined when nothing is. */
function filesOf(
  { cert, key, ca, crl }: TlsTexts,
  names: Readonly<Record<keyof TlsTexts, string>>,
): TlsFiles | undefined {
  if ([cert, key, ca, crl].every((text) => text === undefined)) return undefined;
  if (cert === undefined) throw new ConfigError(`${names.cert}: TLS needs it`);
  if (key === undefined) throw new ConfigError(`${names.key}: TLS needs it`);
  if (crl !== undefined && ca === undefined) {
    throw new ConfigError(`${names.crl}: the authorities whose lists these are: ${names.ca}`);
  }
  return {
    cert: { name: names.cert, file: cert },
    key: { name: names.key, file: key },
    ca: ca === undefined ? undefined : { name: names.ca, file: ca },
    crl: crl === undefined ? undefined : { name: names.crl, file: crl },
  };
}

function parseClientAuth(text: string): ClientAuth {
  const wanted = CLIENT_AUTH.find((known) => known === text);
  if (wanted !== undefined) return wanted;
  throw new ConfigError(`tls-client-auth: ${text} is not one of ${CLIENT_AUTH.join(', ')}`);
}
