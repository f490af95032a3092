/**
 * The schemes of ACLs: which ids may be stored in each, and which identities of a caller are meant
 * by one. One row for each; a scheme that nobody could satisfy is not here, so that an ACL never
 * says something that is not meant.
 *
 * How an identity is proved is not known here: a request brings identities, never passwords.
 */
import { inRange, parseRange } from './ip-address.ts';
import { isSubjectName, SUBJECT_FORM } from './subject-name.ts';
import type { Identity } from './types.ts';

export interface Scheme {
  /** What is wrong with an id of this scheme, undefined when it may be stored. */
  readonly idProblem: (id: string) => string | undefined;
  /** Whether an identity of this scheme is meant by the id of an entry. */
  readonly matches: (identity: string, id: string) => boolean;
  /** Its identities are proved, so that `auth` stands for them. An address proves nobody. */
  readonly proves: boolean;
  /** The id for those who may read the ACL and not change it. */
  readonly masked: (id: string) => string;
}

/** In the place of a caller's own identities: it is expanded before it is stored. */
export const AUTH = 'auth';
/** Of an identity only: it passes every check and is in no ACL. */
export const SUPER = 'super';

/**
 * `user:hash`, the hash being the SHA-256 of `user:password` in base64. A password that somebody
 * wrote in place of its hash is refused: nobody would ever match it, and everybody could read it.
 */
const DIGEST_ID = /^[^:\p{Cc}]+:[A-Za-z0-9+/]{43}=$/u;

export const DIGEST_FORM = 'user:base64(SHA-256(user:password))';

/** Characters of a user: a longer one cannot be proved, so that an ACL with it means nobody. */
export const USER_MAX = 256;

export function isDigestId(id: string): boolean {
  return id.indexOf(':') <= USER_MAX && DIGEST_ID.test(id);
}

export const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  [
    'world',
    {
      idProblem: (id) => (id === 'anyone' ? undefined : 'the only id of world is "anyone"'),
      // Everybody is, whatever identities there are (`permits`).
      matches: () => true,
      proves: false,
      masked: (id) => id,
    },
  ],
  [
    'digest',
    {
      idProblem: (id) => (isDigestId(id) ? undefined : `an id of digest is ${DIGEST_FORM}`),
      matches: sameText,
      proves: true,
      masked: (id) => `${id.slice(0, id.indexOf(':'))}:x`,
    },
  ],
  [
    'ip',
    {
      idProblem: (id) =>
        parseRange(id) === undefined
          ? 'an id of ip is an IPv4 or IPv6 address, with /bits for a range'
          : undefined,
      matches: (identity, id) => {
        const range = parseRange(id);
        return range !== undefined && inRange(identity, range);
      },
      proves: false,
      masked: (id) => id,
    },
  ],
  [
    'x509',
    {
      idProblem: (id) => (isSubjectName(id) ? undefined : `an id of x509 is ${SUBJECT_FORM}`),
      matches: (identity, id) => identity === id,
      proves: true,
      masked: (id) => id,
    },
  ],
]);

/** Those that an ACL may be written with. */
export const SCHEME_NAMES: readonly string[] = [...SCHEMES.keys(), AUTH];

/** Those of a caller's identities that `auth` stands for. */
export function provedOf(identities: readonly Identity[]): readonly Identity[] {
  return identities.filter(({ scheme }) => SCHEMES.get(scheme)?.proves === true);
}

/** Takes as long for texts that differ at once as for those that differ at their end. */
function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
