/**
 * ACL rules: which ACLs may be stored, and what an ACL permits to whom. Grants only, nothing is
 * inherited, any matching entry suffices. A scheme is one row of `SCHEMES` (`acl-schemes.ts`).
 */
import { AUTH, provedOf, SCHEME_NAMES, SCHEMES, SUPER } from './acl-schemes.ts';
import type { Refusal } from './errors.ts';
import type { Acl, AclEntry, Identity } from './types.ts';

export type Permission = 'c' | 'd' | 'r' | 'w' | 'a';

const PERMISSION_NAMES: Readonly<Record<Permission, string>> = {
  c: 'CREATE',
  d: 'DELETE',
  r: 'READ',
  w: 'WRITE',
  a: 'ADMIN',
};

/** The canonical order of the letters. */
const LETTERS = ['c', 'd', 'r', 'w', 'a'] as const;

export interface AclLimits {
  /** Entries of an ACL. */
  readonly aclEntries: number;
}

/** Everything for everyone: what a znode gets that is created without an ACL. */
export const OPEN_ACL: Acl = [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }];

/** Reading for everyone, nothing else for anyone. */
export const READ_ONLY_ACL: Acl = [{ perms: 'r', scheme: 'world', id: 'anyone' }];

/**
 * The ACL in canonical form, or why it cannot be stored. Absent means open. An entry of `auth`
 * becomes one for each proved identity of the caller, whatever its own id says.
 */
export function normaliseAcl(
  acl: Acl | undefined,
  limits: AclLimits,
  identities: readonly Identity[],
): { readonly acl: Acl } | { readonly refusal: Refusal } {
  if (acl === undefined || acl === OPEN_ACL) return { acl: OPEN_ACL };
  if (acl.length === 0) return invalid('an ACL has at least one entry');
  if (acl.length > limits.aclEntries) return tooManyEntries(limits);
  const entries: AclEntry[] = [];
  for (const { perms, scheme, id } of acl) {
    const canonical = canonicalPerms(perms);
    if (canonical === undefined) return invalid('perms is one or more of the letters "cdrwa"');
    const meant = scheme === AUTH ? provedOf(identities) : [{ scheme, id }];
    if (meant.length === 0)
      return invalid('auth stands for who the caller has proved to be: nobody');
    for (const each of meant) {
      const problem = entryProblem(each.scheme, each.id);
      if (problem !== undefined) return invalid(problem);
      addOnce(entries, canonical, each);
    }
  }
  return entries.length > limits.aclEntries ? tooManyEntries(limits) : { acl: internAcl(entries) };
}

function addOnce(entries: AclEntry[], perms: string, { scheme, id }: Identity): void {
  const known = entries.some((e) => e.perms === perms && e.scheme === scheme && e.id === id);
  if (!known) entries.push({ perms, scheme, id });
}

function invalid(detail: string): { readonly refusal: Refusal } {
  return { refusal: { code: 'InvalidACL', detail } };
}

function tooManyEntries({ aclEntries: value }: AclLimits): { readonly refusal: Refusal } {
  return { refusal: { code: 'TooLarge', limit: { name: 'aclEntries', value } } };
}

function entryProblem(scheme: string, id: string): string | undefined {
  const row = SCHEMES.get(scheme);
  if (row !== undefined) return row.idProblem(id);
  return `the scheme is not known; this member knows: ${SCHEME_NAMES.join(', ')}`;
}

function canonicalPerms(perms: string): string | undefined {
  let canonical = '';
  for (const letter of LETTERS) if (perms.includes(letter)) canonical += letter;
  for (const letter of perms) if (!canonical.includes(letter)) return undefined;
  return canonical === '' ? undefined : canonical;
}

/** Whether `acl` lets a caller with these identities do what needs `permission`. */
export function permits(
  acl: Acl,
  permission: Permission,
  identities: readonly Identity[],
): boolean {
  if (acl === OPEN_ACL) return true;
  for (const { perms, scheme, id } of acl) {
    if (!perms.includes(permission)) continue;
    if (scheme === 'world' || isMeant(scheme, id, identities)) return true;
  }
  return isSuper(identities);
}

/** Whoever may do everything, whatever an ACL says. */
export function isSuper(identities: readonly Identity[]): boolean {
  return identities.some(({ scheme }) => scheme === SUPER);
}

function isMeant(scheme: string, id: string, identities: readonly Identity[]): boolean {
  const row = SCHEMES.get(scheme);
  if (row === undefined) return false;
  return identities.some((own) => own.scheme === scheme && row.matches(own.id, id));
}

/** The ACL for somebody who may read it and not change it: without what could be guessed from. */
export function maskedAcl(acl: Acl): Acl {
  return acl.map((entry) => {
    const { scheme, id } = entry;
    return { ...entry, id: SCHEMES.get(scheme)?.masked(id) ?? id };
  });
}

/** The refusal for a permission that is lacking on a znode, its parent, or somewhere below. */
export function noAuth(path: string, permission: Permission, on: keyof typeof WHOSE): Refusal {
  const detail = `${PERMISSION_NAMES[permission]} ${WHOSE[on]} is needed`;
  return { code: 'NoAuth', path, detail };
}

const WHOSE = {
  znode: 'on the znode',
  parent: 'on its parent',
  below: 'on every parent below it',
  spokenOf: 'on what the quota covers',
} as const;

/** Distinct ACLs that are shared, and the units of their texts; an ensemble uses a handful. */
const INTERNED_MAX = 1000;
const INTERNED_UNITS = 4_000_000;

const interned = new Map<string, Acl>();
let internedUnits = 0;

/** One array for equal ACLs, so that a million znodes share it. Only memory depends on it. */
export function internAcl(acl: Acl): Acl {
  if (isOpen(acl)) return OPEN_ACL;
  const text = aclText(acl);
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size >= INTERNED_MAX || internedUnits + text.length > INTERNED_UNITS) {
    interned.clear();
    internedUnits = 0;
  }
  interned.set(text, acl);
  internedUnits += text.length;
  return acl;
}

/** An unambiguous text of an ACL. */
export function aclText(acl: Acl): string {
  return JSON.stringify(acl.map(({ perms, scheme, id }) => [perms, scheme, id]));
}

/** The ACL of almost every znode, told apart without making a text of it. */
function isOpen(acl: Acl): boolean {
  const [entry] = acl;
  return (
    acl.length === 1 &&
    entry?.perms === 'cdrwa' &&
    entry.scheme === 'world' &&
    entry.id === 'anyone'
  );
}
