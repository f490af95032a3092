/**
 * `Idempotency-Key`: what makes a write repeatable. From here on a key is a hash of it and of who
 * asks, so that everybody has keys of their own, and with it goes a fingerprint of everything that
 * the request asks for, so that nobody is given the answer to another request.
 */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, KeyName, WriteRequest } from '../storage/tree/types.ts';
import { badArguments } from './errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is a write, and takes a key. */
    readonly repeatable?: boolean;
  }
}

/** For the options of a route that is a write. */
export const REPEATABLE = { repeatable: true } as const;

/** Printable ASCII, the quotes of a structured field included. */
const KEY = /^[!-~]{1,255}$/;

/** Of six bits each: what must not be met by chance nor on purpose, and what only counts. */
const HASH_CHARACTERS = 22;
const HOLDER_CHARACTERS = 11;

/** The key as it was sent; undefined when there is none. Throws `RequestError`. */
export function keyOf({ raw: { headers } }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw badArguments('Idempotency-Key is 1 to 255 printable characters of ASCII, no spaces');
  }
  return key;
}

/**
 * The name of a write that came with a key; `shown`: tokens of former sessions that came with it.
 * Throws `RequestError`.
 */
export function nameOf(
  request: FastifyRequest,
  write: WriteRequest,
  shown: readonly string[] = [],
): KeyName | undefined {
  const key = keyOf(request);
  if (key === undefined) return undefined;
  const { headers } = request.raw;
  const { session, identities, chroot } = request.caller;
  const asked = [
    'condition' in write
      ? { ...write, condition: asAsked(write.condition, headers['if-match']) }
      : write,
    session,
    chroot ?? '',
    // Its secret, too: only who can prove the session is told what was answered to it.
    headers['paddock-session'] ?? '',
    identities.filter(isOwn),
    shown,
  ];
  const owner = namesOf(identities.filter(isOwn));
  return {
    // No key has a space in it: what nobody in particular uses is nobody's who is somebody.
    key: hashOf(owner.length === 0 ? key : `${key} ${owner}`),
    fingerprint: fingerprintOf(asked),
    holders: holdersOf(identities),
  };
}

/**
 * What a caller shows of itself is the same in a repeat. Not so its address, for a repeat may come
 * another way, nor that it is super: that is what a member's settings make of the others, and they
 * may differ at the member, or by the time, that a repeat comes to.
 */
function isOwn({ scheme }: Identity): boolean {
  return scheme !== 'ip' && scheme !== 'super';
}

/**
 * Whom a key is counted for. Anybody can be as many users of `Authorization` as they like, so it is
 * counted for the address as well; not so who has shown a certificate, or to be super.
 */
function holdersOf(identities: readonly Identity[]): readonly string[] {
  const proved = identities.filter(({ scheme }) => scheme === 'x509' || scheme === 'super');
  if (proved.length > 0) return [holderOf(namesOf(proved))];
  const address = namesOf(identities.filter(({ scheme }) => scheme === 'ip'));
  const users = namesOf(identities.filter(isOwn));
  return [holderOf(users.length === 0 ? `anonymous ${address}` : users), holderOf(address)];
}

/** The same whatever their order. */
function namesOf(identities: readonly Identity[]): string {
  const names = identities.map(({ scheme, id }) => JSON.stringify([scheme, id]));
  return names.toSorted().join(' ');
}

function holderOf(text: string): string {
  return hashOf(text).slice(0, HOLDER_CHARACTERS);
}

/** Of tokens counts what was shown, not what they prove: their sessions may end meanwhile. */
export function fingerprintOf(asked: unknown): string {
  return hashOf(JSON.stringify(asked, (name, value) => (name === 'takeover' ? undefined : value)));
}

/** Of several tags in `If-Match` the one that was looked up is not what was asked. */
function asAsked(condition: object | undefined, ifMatch: string | undefined): object {
  return ifMatch === undefined ? { ...condition } : { ...condition, mzxid: ifMatch };
}

/** 128 bits of a SHA-256. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARACTERS);
}

/** Says of an answer that it is the first one's again. */
export function tellReplayed(reply: FastifyReply, answer: { readonly replayed?: true }): void {
  if (answer.replayed === true) reply.header('idempotency-replayed', 'true');
}
