/**
 * What the leader asks for by itself, the end of a session above all, is never refused, and must
 * fit into an entry whatever ACLs lie in the way. A delete names them for one purpose: to say who
 * is told of it. Where there is no room for them, nobody is told but who may do everything.
 */
import { SUPER } from './acl-schemes.ts';
import type { Acl, Change } from './types.ts';

/** Gives nothing to anybody; who may do everything needs no entry. */
export const HIDDEN_ACL: Acl = [{ perms: 'r', scheme: SUPER, id: '' }];

/**
 * The change with other ACLs in the place of those that restrict who is told; where none does,
 * everybody still is. That of the parent stays, or is hidden too.
 */
export function withHiddenAcls(change: Change, parents: 'stay' | 'hidden'): Change {
  if (change.op === 'set' && change.acl !== undefined) return { ...change, acl: HIDDEN_ACL };
  if (change.op !== 'delete') return change;
  const { acl, parentAcl } = change;
  return {
    ...change,
    ...(acl === undefined ? undefined : { acl: HIDDEN_ACL }),
    ...(parentAcl === undefined || parents === 'stay' ? undefined : { parentAcl: HIDDEN_ACL }),
  };
}
