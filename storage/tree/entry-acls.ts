/**
 * The ACLs of one log entry, each distinct one numbered by its first occurrence: it is written
 * there, and later ones are its number. Who writes an entry and who counts its bytes both number
 * by this, so that they agree. It knows nothing of the ACLs of the tree.
 */
import { aclText } from './acl.ts';
import type { Acl } from './types.ts';

export class EntryAcls {
  /** Most ACLs of a state are shared: found without making a text of them. */
  readonly #numbers = new Map<Acl, number>();
  readonly #numbersByText = new Map<string, number>();

  /** The number of an ACL that occurred before, from 1; its text at the first occurrence. */
  numberOrText(acl: Acl): number | string {
    const known = this.#numbers.get(acl);
    if (known !== undefined) return known;
    const text = aclText(acl);
    const equal = this.#numbersByText.get(text);
    const number = equal ?? this.#numbersByText.size + 1;
    this.#numbers.set(acl, number);
    if (equal !== undefined) return equal;
    this.#numbersByText.set(text, number);
    return text;
  }
}
