/**
 * READ on a znode. What lies below `/zookeeper/quota` repeats names of the rest of the tree and
 * says how much is there: it is shown to who may read what it speaks of as well, and changed by who
 * has ADMIN there, whatever its own ACL grants, or a quota would be a way around the ACL of the
 * subtree that it covers.
 */
import { type Permission, permits } from './acl.ts';
import { parentOf } from './path.ts';
import { QUOTA_ROOT, spokenOf } from './quota.ts';
import type { Acl, Identity, ZnodePath } from './types.ts';

/** The tree in which a znode is looked up, applied or seen. */
export type ZnodeAt = (path: ZnodePath) => { readonly acl: Acl } | undefined;

/** Whether the znode at `path`, whose ACL this is, may be read. Costs next to nothing elsewhere. */
export function mayRead(
  path: ZnodePath,
  acl: Acl,
  identities: readonly Identity[],
  znodeAt: ZnodeAt,
): boolean {
  return permits(acl, 'r', identities) && maySeeSpokenOf(path, identities, znodeAt);
}

/**
 * Whether the caller may read what the znode at `path` speaks of, which is true of every znode that
 * is no quota's.
 */
export function maySeeSpokenOf(
  path: ZnodePath,
  identities: readonly Identity[],
  znodeAt: ZnodeAt,
): boolean {
  return permitsOnSpokenOf(path, 'r', identities, znodeAt);
}

/**
 * Whether the caller may change what the znode at `path` says of another part of the tree: ADMIN on
 * that part, since a quota stops every write there, and what is over it is told to everybody. True
 * of every znode that is no quota's.
 */
export function mayAdministerSpokenOf(
  path: ZnodePath,
  identities: readonly Identity[],
  znodeAt: ZnodeAt,
): boolean {
  return permitsOnSpokenOf(path, 'a', identities, znodeAt);
}

/** What is not there is as closed as the closest znode above it. */
function permitsOnSpokenOf(
  path: ZnodePath,
  permission: Permission,
  identities: readonly Identity[],
  znodeAt: ZnodeAt,
): boolean {
  if (!path.startsWith(QUOTA_ROOT)) return true;
  let at = spokenOf(path);
  let znode = at === undefined ? undefined : znodeAt(at);
  while (at !== undefined && at !== '/' && znode === undefined) {
    at = parentOf(at);
    znode = znodeAt(at);
  }
  return znode === undefined || permits(znode.acl, permission, identities);
}
