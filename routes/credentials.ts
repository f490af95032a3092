/**
 * What a client shows to be somebody, and the identities that come of it. ZooKeeper's digest: any
 * user with any password is an identity, `user:base64(SHA-256(user:password))`; whether it is of
 * use is for ACLs to say. So nothing is looked up here, and an answer tells nobody anything.
 *
 * A password goes no further than this file: not into the tree, to another member, into a log or
 * into the text of an error.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { USER_MAX } from '../storage/tree/acl-schemes.ts';
import type { Identity } from '../storage/tree/types.ts';
import { subjectOf } from './certificates.ts';
import { RequestError } from './errors.ts';

export interface DigestCredentials {
  readonly scheme: 'digest';
  readonly user: string;
  readonly password: string;
}

/** UTF-16 units. Enough for any passphrase; a header holds no more than 8 KiB anyway. */
const PASSWORD_MAX = 1024;

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;
const CONTROL = /\p{Cc}/u;

/** Who passes every check of ACLs. */
export interface SuperOptions {
  /** The digest id whose password makes a caller super; nobody's does when absent. */
  readonly superId?: string | undefined;
  /** The name whose certificate does. */
  readonly superSubject?: string | undefined;
}

const SUPER: Identity = { scheme: 'super', id: '' };

export class Authenticator {
  readonly #superId: string | undefined;
  readonly #superSubject: string | undefined;

  constructor({ superId, superSubject }: SuperOptions) {
    this.#superId = superId;
    this.#superSubject = superSubject;
  }

  /** Who a connection is by the certificate that was verified when it was made. */
  ofConnection(socket: Socket): readonly Identity[] {
    const id = subjectOf(socket);
    if (id === undefined) return [];
    const identity: Identity = { scheme: 'x509', id };
    return id === this.#superSubject ? [identity, SUPER] : [identity];
  }

  /** Throws `RequestError` (AuthFailed) for what is not Basic with a user and a password. */
  ofHeader(header: string): readonly Identity[] {
    const [, encoded] = BASIC.exec(header) ?? [];
    const text = encoded === undefined ? undefined : decoded(encoded);
    const colon = text?.indexOf(':') ?? -1;
    if (text === undefined || colon === -1)
      throw authFailed('Authorization is Basic user:password');
    const user = text.slice(0, colon);
    const password = text.slice(colon + 1);
    const problem = problemOf(user, password);
    if (problem !== undefined) throw authFailed(problem);
    return this.#identities(user, password);
  }

  /**
   * All that a connection is which was `known` and shows these credentials as well, each once.
   * Throws `RequestError`: AuthFailed, or LimitExceeded beyond `max`.
   */
  added(
    known: readonly Identity[],
    credentials: readonly DigestCredentials[],
    max: number,
  ): readonly Identity[] {
    let identities = known;
    for (const { user, password } of credentials) {
      const problem = problemOf(user, password);
      if (problem !== undefined) throw authFailed(problem);
      identities = union(identities, this.#identities(user, password));
      if (identities.length <= max) continue;
      const limit = { name: 'identitiesPerConnection', value: max };
      throw new RequestError({ code: 'LimitExceeded', limit });
    }
    return identities;
  }

  #identities(user: string, password: string): readonly Identity[] {
    const id = `${user}:${hash('sha256', `${user}:${password}`, 'base64')}`;
    const identity: Identity = { scheme: 'digest', id };
    return this.#isSuper(id) ? [identity, SUPER] : [identity];
  }

  #isSuper(id: string): boolean {
    if (this.#superId === undefined) return false;
    const own = Buffer.from(id);
    const wanted = Buffer.from(this.#superId);
    return own.length === wanted.length && timingSafeEqual(own, wanted);
  }
}

/** Both, each once. */
export function union(known: readonly Identity[], more: readonly Identity[]): readonly Identity[] {
  const isKnown = ({ scheme, id }: Identity) =>
    known.some((each) => each.scheme === scheme && each.id === id);
  return [...known, ...more.filter((identity) => !isKnown(identity))];
}

function problemOf(user: string, password: string): string | undefined {
  if (user === '' || user.includes(':')) return 'a user has a name, without a colon in it';
  if (CONTROL.test(user) || CONTROL.test(password)) return 'credentials hold no control characters';
  if (!user.isWellFormed() || !password.isWellFormed()) return 'credentials are UTF-8';
  if (user.length > USER_MAX || password.length > PASSWORD_MAX) return 'credentials are too long';
  return undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(base64: string): string | undefined {
  try {
    return utf8.decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

function authFailed(detail: string): RequestError {
  return new RequestError({ code: 'AuthFailed', detail });
}
