/**
 * Certificates and keys from PEM files, read and checked as a whole: at the start, and again when
 * the process is told to. What is wrong with one is a `ConfigError` that names its setting; nothing
 * of a key ever stands in it, nor in a log.
 */
import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { ConfigError } from './config-values.ts';
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
}

/** What the files hold. Never logged. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  readonly ca: readonly string[] | undefined;
  /** The member's own. */
  readonly certificate: X509Certificate;
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** A handshake that takes longer is given up, ms. */
const HANDSHAKE_MS = 5000;
/** Of the keys that a server encrypts the tickets of its connections with. */
const TICKET_KEY_BYTES = 48;

/** Throws `ConfigError`. */
export function readTls({ cert, key, ca }: TlsFiles): TlsMaterial {
  const [certificate] = certificatesIn(cert);
  const material = {
    cert: readSettingFile(cert.name, cert.file),
    key: readSecretFile(key.name, key.file),
    ca: ca && certificatesIn(ca).map(String),
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
export function contextOf({ cert, key, ca }: TlsMaterial): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca: [...ca] }) };
}

/**
 * What a server needs, for its start and for a change. With each the tickets of before are void: a
 * client whose authority is believed no longer does not go on with what it once proved.
 */
export function serverOptionsOf(material: TlsMaterial) {
  const ticketKeys = randomBytes(TICKET_KEY_BYTES);
  return { ...contextOf(material), ticketKeys, handshakeTimeout: HANDSHAKE_MS };
}

/** Until when the member's own certificate is good, and what is to be said when that is over. */
export function validityOf({ certificate }: TlsMaterial, now: number): string | undefined {
  const { validFrom, validTo } = certificate;
  if (now < Date.parse(validFrom)) return `the certificate is not good before ${validFrom}`;
  if (now > Date.parse(validTo)) return `the certificate was good until ${validTo}`;
  return undefined;
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

function privateKeyOf({ name, file }: SettingFile, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new ConfigError(`${name}: ${file} holds no private key in PEM without a passphrase`);
  }
}
