/**
 * The rules of setting and removing a quota: what ZooKeeper's command line does with several
 * requests, as one transaction on the same znodes, with the same permissions: ADMIN on what the
 * quota covers, for those on the way to it too, and what the ACLs of those that are there say.
 */
import { aclText, noAuth, permits } from './acl.ts';
import type { Draft } from './draft.ts';
import type { Refusal } from './errors.ts';
import type { SeenZnode } from './outstanding.ts';
import { parentOf, pathRefusal } from './path.ts';
import { limitsPath, limitsText, mayHaveQuota, QUOTA_ROOT, statsPath, usageText } from './quota.ts';
import { inOnePiece } from './text.ts';
import { EMPTY_DATA } from './tree.ts';
import type { SetQuotaRequest, ZnodeData, ZnodePath } from './types.ts';

export function prepareSetQuota(draft: Draft, request: SetQuotaRequest): Refusal | undefined {
  const { path, limits } = request;
  const invalid = pathRefusal(path, draft.limits);
  if (invalid !== undefined) return invalid;
  if (!mayHaveQuota(path)) {
    const detail = 'neither the root nor what belongs to the tree itself can have a quota';
    return { code: 'BadArguments', detail, path };
  }
  const at = limitsPath(path);
  const tooLong = pathRefusal(at, draft.limits);
  if (tooLong !== undefined) return { ...tooLong, path };
  // First, for whether there is one is told to those alone who may set it.
  if (!draft.mayWriteQuotaAt(at)) return noAuth(path, 'a', 'spokenOf');
  const existing = draft.seen.znode(at);
  if (limits === undefined) return removeQuota(draft, path, existing);
  const data = textData(limitsText(limits));
  if (existing !== undefined) {
    if (!permits(existing.acl, 'w', draft.context.identities)) return noAuth(path, 'w', 'znode');
    draft.set(existing, data);
    return undefined;
  }
  // The limits come last: their change is the result.
  const stats = statsPath(path);
  const shown = draft.seen.znode(stats) ?? created(draft, stats, textData(usageText(NOTHING)));
  if ('code' in shown) return { ...shown, path };
  const refused = created(draft, at, data);
  return 'code' in refused ? { ...refused, path } : undefined;
}

const NOTHING = { count: 0, bytes: 0 };

/** Creates a znode with its ancestors below the znode of all quotas, whose ACL they get. */
function created(draft: Draft, path: ZnodePath, data: ZnodeData): SeenZnode | Refusal {
  const at = parentOf(path);
  const parent = draft.seen.znode(at) ?? created(draft, at, EMPTY_DATA);
  if ('code' in parent) return parent;
  if (!permits(parent.acl, 'c', draft.context.identities)) return noAuth(path, 'c', 'parent');
  if (parent.stat.mode === 'ephemeral') return { code: 'NoChildrenForEphemerals', path };
  const acl = draft.seen.znode(QUOTA_ROOT)?.acl ?? parent.acl;
  const znode = { data, mode: 'persistent', ephemeralOwner: '', ttlMs: 0, acl } as const;
  return draft.create(parent, inOnePiece(path), znode);
}

function removeQuota(
  draft: Draft,
  path: ZnodePath,
  existing: SeenZnode | undefined,
): Refusal | undefined {
  if (existing === undefined) return { code: 'NoNode', path };
  const { seen, context } = draft;
  const parent = seen.znode(parentOf(existing.path));
  if (parent !== undefined && !permits(parent.acl, 'd', context.identities)) {
    return noAuth(path, 'd', 'parent');
  }
  if (existing.stat.numChildren > 0) return { code: 'NotEmpty', path };
  draft.delete(existing);
  const stats = seen.znode(statsPath(path));
  if (stats?.stat.numChildren === 0) draft.delete(stats);
  prune(draft, parentOf(existing.path));
  return undefined;
}

/**
 * Takes away what was only there on the way to the limits: what has the ACL that it got there, or
 * covers what the caller may set a quota on.
 */
function prune(draft: Draft, path: ZnodePath): void {
  const { seen, context } = draft;
  const acl = aclText(seen.znode(QUOTA_ROOT)?.acl ?? []);
  for (let at = path; at !== QUOTA_ROOT; at = parentOf(at)) {
    const znode = seen.znode(at);
    if (znode === undefined || znode.stat.numChildren > 0 || znode.stat.dataLength > 0) return;
    const parent = seen.znode(parentOf(at));
    if (parent === undefined || !permits(parent.acl, 'd', context.identities)) return;
    if (!draft.mayWriteQuotaAt(at) && aclText(znode.acl) !== acl) return;
    draft.delete(znode);
  }
}

function textData(text: string): ZnodeData {
  return { text, encoding: 'utf8', length: text.length };
}
