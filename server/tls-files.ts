/**
 * Certificates and keys from PEM files, read and checked as a whole: at the start, and again when
 * the process is told to. What is wrong with one is a `ConfigError` that names its setting; nothing
 * of a key ever stands in it, nor in a log.
 */
import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { ConfigError } from './config-values.ts';
import { hasList, parseRevocationLists, type RevocationList } from './revocations.ts';
import { readSecretFile, readSettingFile } from './secret-files.ts';

/** A setting and the file that it names. */
export interface SettingFile {
  readonly name: string;
  readonly file: string;
}

export interface TlsFiles {
  /** The certificate, followed by those that lead to an authority. */
  readonly cert: SettingFile;
  readonly key: SettingFile;
  /** Whose word is believed about who is at the other end; undefined when nobody is asked. */
  readonly ca: SettingFile | undefined;
  /** Which of their certificates are good no more; undefined when nobody says. */
  readonly crl: SettingFile | undefined;
}

/** What the files hold. Never logged. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly ca: readonly string[] | undefined;
  readonly revoked: readonly RevocationList[] | undefined;
  /** The member's own. */
  readonly certificate: X509Certificate;
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** A handshake that takes longer is given up, ms. */
const HANDSHAKE_MS = 5000;
/** From when on it is said that a certificate will be over, ms before. */
const SOON_MS = 14 * 86_400_000;
/** Of the keys that a server encrypts the tickets of its connections with. */
const TICKET_KEY_BYTES = 48;

/** Throws `ConfigError`. */
export function readTls({ cert, key, ca, crl }: TlsFiles): TlsMaterial {
  const [certificate] = certificatesIn(cert);
  const authorities = ca && certificatesIn(ca);
  const material = {
    cert: readSettingFile(cert.name, cert.file),
    key: readSecretFile(key.name, key.file),
    ca: authorities?.map(String),
    revoked: crl && listsIn(crl, authorities ?? []),
    certificate: certificate as X509Certificate,
  };
  if (!material.certificate.checkPrivateKey(privateKeyOf(key, material.key))) {
    throw new ConfigError(`${key.name}: ${key.file} is not the key of what ${cert.file} certifies`);
  }
  try {
    createSecureContext(contextOf(material));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${cert.name}: ${cert.file} cannot be used: ${reason}`);
  }
  return material;
}

/** What both ends of a connection need. */
export function contextOf({ cert, key, ca, revoked }: TlsMaterial): SecureContextOptions {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(revoked === undefined ? {} : { crl: revoked.map(({ pem }) => pem) }),
  };
}

/**
 * What a server needs, for its start and for a change. With each the tickets of before are void: a
 * client whose authority is believed no longer does not go on with what it once proved.
 */
export function serverOptionsOf(material: TlsMaterial) {
  const ticketKeys = randomBytes(TICKET_KEY_BYTES);
  return { ...contextOf(material), ticketKeys, handshakeTimeout: HANDSHAKE_MS };
}

/** What is to be said about the time until which the member's own certificate is good. */
export function validityOf({ certificate }: TlsMaterial, now: number): string | undefined {
  const { validFrom, validTo } = certificate;
  if (now < Date.parse(validFrom)) return `the certificate is not good before ${validFrom}`;
  if (now > Date.parse(validTo)) return `the certificate was good until ${validTo}`;
  if (now > Date.parse(validTo) - SOON_MS) return `the certificate is good until ${validTo} only`;
  return undefined;
}

/** When the first of the lists is to be replaced, ms since 1970; undefined: never, or none. */
export function nextUpdateOf({ revoked = [] }: Pick<TlsMaterial, 'revoked'>): number | undefined {
  const times = revoked.flatMap(({ nextUpdate }) => nextUpdate ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What is to be said about a list that is over: nobody whom it could name is believed. */
export function stalenessOf(material: TlsMaterial, now: number): string | undefined {
  const nextUpdate = nextUpdateOf(material);
  if (nextUpdate === undefined || now <= nextUpdate) return undefined;
  const until = new Date(nextUpdate).toUTCString();
  return `a list of revoked certificates was good until ${until}: no certificate is believed`;
}

function certificatesIn({ name, file }: SettingFile): X509Certificate[] {
  const blocks = readSettingFile(name, file).match(PEM_CERTIFICATE) ?? [];
  try {
    if (blocks.length > 0) return blocks.map((block) => new X509Certificate(block));
  } catch {
    // Said below.
  }
  throw new ConfigError(`${name}: ${file} holds no certificate in PEM, or one that is damaged`);
}

/** A list for each authority: of one without a list nobody would be believed. */
function listsIn(
  { name, file }: SettingFile,
  authorities: readonly X509Certificate[],
): RevocationList[] {
  const lists = readLists(name, file);
  const without = authorities.find((authority) => !hasList(authority, lists));
  if (without === undefined) return lists;
  const subject = without.subject.replaceAll('\n', ', ');
  throw new ConfigError(
    `${name}: ${file} holds no list of ${subject}: nobody whom it certifies would be believed`,
  );
}

function readLists(name: string, file: string): RevocationList[] {
  const text = readSettingFile(name, file);
  try {
    const lists = parseRevocationLists(text);
    if (lists.length > 0) return lists;
  } catch {
    // Said below.
  }
  throw new ConfigError(
    `${name}: ${file} holds no list of revoked certificates in PEM, or one that is damaged`,
  );
}

function privateKeyOf({ name, file }: SettingFile, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ConfigError(`${name}: ${file} holds no private key in PEM without a passphrase`);
  }
}
