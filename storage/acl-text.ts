/**
 * ACLs as the tables hold them: JSON text, and '' for the one that nearly every znode has. Decoded
 * ACLs are shared: a million znodes with the same ACL hold one object.
 */
import { internAcl, OPEN_ACL } from './tree/acl.ts';
import type { Acl } from './tree/types.ts';

const OPEN_TEXT = '';
/** Distinct texts that are remembered while tables are loaded; beyond, each is decoded anew. */
const KNOWN_MAX = 10_000;

export function encodeAcl(acl: Acl): string {
  return internAcl(acl) === OPEN_ACL ? OPEN_TEXT : JSON.stringify(acl);
}

export class AclDecoder {
  readonly #known = new Map<string, Acl>([[OPEN_TEXT, OPEN_ACL]]);

  decode(text: string): Acl {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const acl = internAcl(JSON.parse(text) as Acl);
    if (this.#known.size < KNOWN_MAX) this.#known.set(text, acl);
    return acl;
  }
}
