/**
 * Session tokens: `<session id>.<secret>`, the secret 256 random bits. Only its SHA-256 is
 * replicated and stored, so neither a data directory nor a stat gives anyone a session.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SessionId } from '../storage/tree/types.ts';

const TOKEN = /^([0-9a-f]{16})\.([A-Za-z0-9_-]{43})$/;

export interface Secret {
  readonly secret: string;
  readonly secretHash: string;
}

export function makeSecret(): Secret {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretHash: hashSecret(secret) };
}

export function makeSalt(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * A secret that can be made again by whoever knows the idempotency key, and by nobody else: the
 * salt is replicated, the key is not.
 */
export function secretOfKey(key: string, salt: string): Secret {
  const secret = createHmac('sha256', salt).update(key).digest('base64url');
  return { secret, secretHash: hashSecret(secret) };
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function tokenOf(session: SessionId, secret: string): string {
  return `${session}.${secret}`;
}

/** The parts of a token, or undefined when it is not one. */
export function parseToken(token: string): { session: SessionId; secret: string } | undefined {
  const [, session, secret] = TOKEN.exec(token) ?? [];
  return session === undefined || secret === undefined ? undefined : { session, secret };
}

/** Compares in a time that does not depend on where the two differ. */
export function proves(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(secretHash, 'hex'));
}
