/**
 * A number for each ACL in use, so that a million znodes hold numbers and a handful of ACLs is
 * held once each.
 */
import { assert } from '../../raftlog/assert.ts';
import { OPEN_ACL } from './acl.ts';
import type { Acl } from './types.ts';

/** The number of the open ACL, which almost every znode has. */
const OPEN = 0;

/** Numbers are below this; as many different ACLs at most. */
const NUMBERS = 2 ** 23;

export class AclNumbers {
  readonly #acls: (Acl | undefined)[] = [OPEN_ACL];
  readonly #users: number[] = [0];
  readonly #numbers = new Map<Acl, number>();
  readonly #free: number[] = [];

  /** Different ACLs in use beside the open one; the same one twice when it is two arrays. */
  get size(): number {
    return this.#numbers.size;
  }

  acl(number: number): Acl {
    const acl = this.#acls[number];
    assert(acl !== undefined, 'an ACL has its number for as long as it is used');
    return acl;
  }

  /** The number of `acl`, used once more. */
  take(acl: Acl): number {
    if (acl === OPEN_ACL) return OPEN;
    let number = this.#numbers.get(acl);
    if (number === undefined) {
      number = this.#free.pop() ?? this.#acls.length;
      assert(number < NUMBERS, 'a tree has fewer than 2^23 different ACLs');
      this.#acls[number] = acl;
      this.#users[number] = 0;
      this.#numbers.set(acl, number);
    }
    this.#users[number] = (this.#users[number] as number) + 1;
    return number;
  }

  /** Used once less. */
  giveBack(number: number): void {
    if (number === OPEN) return;
    const users = (this.#users[number] as number) - 1;
    this.#users[number] = users;
    if (users > 0) return;
    this.#numbers.delete(this.acl(number));
    this.#acls[number] = undefined;
    this.#free.push(number);
  }
}
