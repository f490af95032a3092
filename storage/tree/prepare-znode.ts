/**
 * The rules of the operations on znodes: what must hold, in ZooKeeper's order of checks, before an
 * operation is written into the draft. Every function returns the refusal of the first check that
 * fails, or undefined when the draft has the operation.
 */
import { assertNever } from '../../raftlog/assert.ts';
import { noAuth, normaliseAcl, OPEN_ACL, permits } from './acl.ts';
import type { Draft, NewZnode, PrepareLimits } from './draft.ts';
import { unreadRefusal } from './dry-run.ts';
import type { Refusal } from './errors.ts';
import type { SeenZnode } from './outstanding.ts';
import { isSpecialPath, parentOf, pathRefusal, sequentialPath } from './path.ts';
import { limitedBy, limitsPath, parseLimits, QUOTA_ROOT } from './quota.ts';
import { inOnePiece } from './text.ts';
import { EMPTY_DATA } from './tree.ts';
import type {
  Acl,
  CheckAbsentRequest,
  CheckRequest,
  Condition,
  CreateMode,
  CreateRequest,
  DeleteRequest,
  SetAclRequest,
  SetRequest,
  TransactionOp,
  ZnodeMode,
} from './types.ts';

/** The longest TTL, ms: almost 35 years. */
export const TTL_MAX_MS = 2 ** 40 - 1;

/** What each create mode makes; also the list of modes that exist. */
const MODES: ReadonlyMap<string, { readonly mode: ZnodeMode; readonly sequential: boolean }> =
  new Map<CreateMode, { mode: ZnodeMode; sequential: boolean }>([
    ['persistent', { mode: 'persistent', sequential: false }],
    ['persistent_sequential', { mode: 'persistent', sequential: true }],
    ['ephemeral', { mode: 'ephemeral', sequential: false }],
    ['ephemeral_sequential', { mode: 'ephemeral', sequential: true }],
    ['container', { mode: 'container', sequential: false }],
    ['persistent_ttl', { mode: 'persistent_ttl', sequential: false }],
    ['persistent_sequential_ttl', { mode: 'persistent_ttl', sequential: true }],
  ]);

/** What is wrong with the request whatever the tree holds: judged before anything else. */
export function requestRefusal(
  request: TransactionOp | SetAclRequest,
  limits: PrepareLimits,
): Refusal | undefined {
  if (request.op === 'create') {
    const refusal = modeRefusal(request);
    if (refusal !== undefined) return refusal;
  }
  if (request.op !== 'create' && request.op !== 'set') return undefined;
  if (limitedBy(request.path) !== undefined && parseLimits(request.data) === undefined) {
    return badArguments('the limits of a quota are a text like "count=5,bytes=-1"', request.path);
  }
  if (request.data.length <= limits.dataBytes) return undefined;
  return { code: 'TooLarge', limit: { name: 'dataBytes', value: limits.dataBytes } };
}

function modeRefusal({ mode, ttlMs, takeover }: CreateRequest): Refusal | undefined {
  if (takeover !== undefined && mode !== 'ephemeral') {
    return badArguments('only the mode ephemeral takes over a znode');
  }
  const made = MODES.get(mode);
  if (made === undefined) return badArguments('there is no such create mode');
  if (made.mode !== 'persistent_ttl') {
    return ttlMs === undefined ? undefined : badArguments('only a TTL znode takes ttlMs');
  }
  if (ttlMs !== undefined && Number.isInteger(ttlMs) && ttlMs >= 1 && ttlMs <= TTL_MAX_MS) {
    return undefined;
  }
  return badArguments(`a TTL znode needs ttlMs, an integer from 1 to ${TTL_MAX_MS}`);
}

export function prepareOperation(
  draft: Draft,
  request: TransactionOp | SetAclRequest,
): Refusal | undefined {
  switch (request.op) {
    case 'create':
      return prepareCreate(draft, request);
    case 'set':
      return prepareSet(draft, request);
    case 'delete':
      return prepareDelete(draft, request);
    case 'setAcl':
      return prepareSetAcl(draft, request);
    case 'check':
      return prepareCheck(draft, request);
    case 'checkAbsent':
      return prepareCheckAbsent(draft, request);
    default:
      return assertNever(request);
  }
}

/**
 * What lies below `/zookeeper/quota` is changed by who has ADMIN on what it covers. Asked for
 * before anything there is looked at, for what is there is nobody else's business; `told`: the path
 * that the refusal names.
 */
function quotaAuthRefusal(draft: Draft, path: string, told = path): Refusal | undefined {
  // Nearly every path is told apart here.
  if (!path.startsWith(QUOTA_ROOT)) return undefined;
  const invalid = pathRefusal(path, draft.limits);
  if (invalid !== undefined) return invalid;
  return draft.mayWriteQuotaAt(path) ? undefined : noAuth(told, 'a', 'spokenOf');
}

// ------------------------------------------------------------------------------------ create

function prepareCreate(draft: Draft, request: CreateRequest): Refusal | undefined {
  const made = MODES.get(request.mode) ?? { mode: 'persistent', sequential: false };
  const { session } = draft.context;
  const ephemeralOwner = made.mode === 'ephemeral' ? session : '';
  if (made.mode === 'ephemeral' && session === '') {
    return badArguments('an ephemeral znode needs a session');
  }
  // A sequential prefix is judged as the shortest name that it can become.
  const likely = made.sequential ? sequentialPath(request.path, 0) : request.path;
  const invalid = pathRefusal(likely, draft.limits);
  if (invalid !== undefined) return invalid;
  const normalised = normaliseAcl(request.acl, draft.limits, draft.context.identities);
  if ('refusal' in normalised) return { ...normalised.refusal, path: request.path };
  const { acl } = normalised;
  const { data, ttlMs = 0 } = request;
  const znode: NewZnode = { data, mode: made.mode, ephemeralOwner, ttlMs, acl };

  const parentPath = parentOf(likely);
  const closed = quotaAuthRefusal(draft, made.sequential ? parentPath : likely, request.path);
  if (closed !== undefined) return closed;
  const parent =
    request.parents === true
      ? existingOrCreated(draft, parentPath, acl)
      : (draft.seen.znode(parentPath) ?? noNode(parentPath));
  if ('code' in parent) return parent;
  if (!permits(parent.acl, 'c', draft.context.identities)) {
    return noAuth(request.path, 'c', 'parent');
  }
  const unread = unreadRefusal(draft, parent, request.path, 'parent');
  if (unread !== undefined) return unread;
  const path = finalPath(request.path, made.sequential, parent);
  const unfit = made.sequential
    ? (pathRefusal(path, draft.limits) ?? quotaAuthRefusal(draft, path, request.path))
    : undefined;
  if (unfit !== undefined) return unfit;
  const existing = draft.seen.znode(path);
  if (existing !== undefined && !isTakenOver(request, existing))
    return { code: 'NodeExists', path };
  if (parent.stat.mode === 'ephemeral') return noChildren(path);
  // First, for it makes room; if the rest is refused it is taken back.
  if (existing !== undefined) draft.delete(existing);
  const tooMany = ephemeralsRefusal(draft, ephemeralOwner);
  const refused = tooMany ?? quotaRefusal(draft, path, 1, data.length);
  if (refused !== undefined) return refused;
  // Its former self may just have gone from under the parent.
  draft.create(draft.seen.znode(parentPath) ?? parent, path, znode);
  return undefined;
}

/**
 * Whether the caller has proved to be the owner too. It could end that session, and everything of
 * it with it, so that it may delete this needs no permission.
 */
function isTakenOver({ takeover }: CreateRequest, { stat }: SeenZnode): boolean {
  return takeover !== undefined && stat.ephemeralOwner === takeover;
}

/** The path that the tree will keep, so in one piece. */
function finalPath(path: string, sequential: boolean, parent: SeenZnode): string {
  return inOnePiece(sequential ? sequentialPath(path, parent.stat.creates) : path);
}

/** The znode at `path`, created with its missing ancestors as if one after the other. */
function existingOrCreated(draft: Draft, path: string, acl: Acl): SeenZnode | Refusal {
  const existing = draft.seen.znode(path);
  if (existing !== undefined) return existing;
  const closed = quotaAuthRefusal(draft, path);
  if (closed !== undefined) return closed;
  const parent = existingOrCreated(draft, parentOf(path), acl);
  if ('code' in parent) return parent;
  if (!permits(parent.acl, 'c', draft.context.identities)) return noAuth(path, 'c', 'parent');
  const unread = unreadRefusal(draft, parent, path, 'parent');
  if (unread !== undefined) return unread;
  if (parent.stat.mode === 'ephemeral') return noChildren(path);
  const exceeded = quotaRefusal(draft, path, 1, 0);
  if (exceeded !== undefined) return exceeded;
  return draft.create(parent, inOnePiece(path), {
    data: EMPTY_DATA,
    mode: 'persistent',
    ephemeralOwner: '',
    ttlMs: 0,
    acl,
  });
}

function ephemeralsRefusal(draft: Draft, owner: string): Refusal | undefined {
  const { ephemeralsPerSession } = draft.limits;
  if (owner === '' || draft.seen.ephemeralCount(owner) < ephemeralsPerSession) return undefined;
  return {
    code: 'LimitExceeded',
    limit: { name: 'ephemeralsPerSession', value: ephemeralsPerSession },
  };
}

// ------------------------------------------------------------------------------------ set

function prepareSet(draft: Draft, request: SetRequest): Refusal | undefined {
  const { path, condition, data } = request;
  const closed = quotaAuthRefusal(draft, path);
  if (closed !== undefined) return closed;
  const znode = draft.seen.znode(path);
  if (request.create === true && (znode === undefined || condition?.mustNotExist === true)) {
    return createInsteadOfSet(draft, request, znode);
  }
  if (znode === undefined) return pathRefusal(path, draft.limits) ?? noNode(path);
  if (!permits(znode.acl, 'w', draft.context.identities)) return noAuth(path, 'w', 'znode');
  const failed =
    unreadRefusal(draft, znode, path, 'znode') ??
    quotaRefusal(draft, path, 0, data.length - znode.stat.dataLength) ??
    conditionRefusal(draft, znode, condition, znode.stat.version);
  if (failed !== undefined) return failed;
  draft.set(znode, data);
  return undefined;
}

/** A set that may create: of a znode that is missing, or that must be. */
function createInsteadOfSet(
  draft: Draft,
  { path, condition, data }: SetRequest,
  existing: SeenZnode | undefined,
): Refusal | undefined {
  const needsExisting =
    condition?.version !== undefined ||
    condition?.mzxid !== undefined ||
    condition?.mustExist === true;
  if (existing === undefined && needsExisting)
    return pathRefusal(path, draft.limits) ?? noNode(path);
  const create: CreateRequest = { op: 'create', path, data, mode: 'persistent', acl: OPEN_ACL };
  const refusal = prepareCreate(draft, create);
  if (refusal?.code !== 'NodeExists' || existing === undefined) return refusal;
  return { ...refusal, ...shownStat(draft, existing) };
}

/** Which quota leaves no room, and what its limit is, is told to who may read its limits. */
function quotaRefusal(
  draft: Draft,
  path: string,
  moreCount: number,
  moreBytes: number,
): Refusal | undefined {
  const refusal = draft.seen.quotas.refusal(path, moreCount, moreBytes);
  if (refusal?.quota === undefined) return refusal;
  if (draft.mayRead(draft.seen.znode(limitsPath(refusal.quota)))) return refusal;
  const { quota, limit, ...rest } = refusal;
  return rest;
}

// ------------------------------------------------------------------------------------ delete

function prepareDelete(draft: Draft, request: DeleteRequest): Refusal | undefined {
  const { path, condition } = request;
  const { seen, context } = draft;
  const invalid = pathRefusal(path, draft.limits);
  if (invalid !== undefined) return invalid;
  if (isSpecialPath(path)) return badArguments('this znode belongs to the tree itself', path);
  const closed = quotaAuthRefusal(draft, path);
  if (closed !== undefined) return closed;
  const parent = seen.znode(parentOf(path));
  if (parent === undefined) return noNode(path);
  if (!permits(parent.acl, 'd', context.identities)) return noAuth(path, 'd', 'parent');
  const znode = seen.znode(path);
  if (znode === undefined) return noNode(path);
  const failed =
    unreadRefusal(draft, znode, path, 'znode') ??
    conditionRefusal(draft, znode, condition, znode.stat.version);
  if (failed !== undefined) return failed;
  if (znode.stat.numChildren > 0) {
    if (request.recursive !== true) return { code: 'NotEmpty', path };
    return deleteSubtree(draft, znode);
  }
  draft.delete(znode);
  return undefined;
}

/** Deletes a znode and all its descendants, children before parents; all or none. */
function deleteSubtree(draft: Draft, root: SeenZnode): Refusal | undefined {
  const { recursiveDelete } = draft.limits;
  let found = 1;
  const doomed: SeenZnode[] = [];
  const { identities } = draft.context;
  // `known`: the last path on the way that the caller named, or may list: no other name is told.
  const visit = (znode: SeenZnode, known: string): Refusal | undefined => {
    const closed = quotaAuthRefusal(draft, znode.path, known);
    if (closed !== undefined) return closed;
    const unread = unreadRefusal(draft, znode, known, 'znode');
    if (unread !== undefined) return unread;
    if (znode.stat.numChildren > 0) {
      // First, for how many there are is nobody's business who may not delete them.
      if (!permits(znode.acl, 'd', identities)) {
        return noAuth(known, 'd', known === znode.path ? 'znode' : 'below');
      }
      found += znode.stat.numChildren;
      // Counted before they are listed: a parent of a million is refused without looking at them.
      if (found > recursiveDelete) {
        return { code: 'TooLarge', limit: { name: 'recursiveDelete', value: recursiveDelete } };
      }
      const isListed = known === znode.path && draft.mayRead(znode);
      for (const child of draft.seen.childrenOf(znode.path)) {
        const refusal = visit(child, isListed ? child.path : known);
        if (refusal !== undefined) return refusal;
      }
    }
    doomed.push(znode);
    return undefined;
  };
  const refusal = visit(root, root.path);
  if (refusal !== undefined) return refusal;
  for (const znode of doomed) draft.delete(znode);
  return undefined;
}

// ------------------------------------------------------------------------------------ the rest

function prepareSetAcl(draft: Draft, request: SetAclRequest): Refusal | undefined {
  const { path, condition } = request;
  const invalid = pathRefusal(path, draft.limits);
  if (invalid !== undefined) return invalid;
  const normalised = normaliseAcl(request.acl, draft.limits, draft.context.identities);
  if ('refusal' in normalised) return { ...normalised.refusal, path };
  const closed = quotaAuthRefusal(draft, path);
  if (closed !== undefined) return closed;
  const znode = draft.seen.znode(path);
  if (znode === undefined) return noNode(path);
  if (!permits(znode.acl, 'a', draft.context.identities)) return noAuth(path, 'a', 'znode');
  const failed = conditionRefusal(draft, znode, condition, znode.stat.aversion);
  if (failed !== undefined) return failed;
  draft.setAcl(znode, normalised.acl);
  return undefined;
}

function prepareCheck(draft: Draft, { path, condition }: CheckRequest): Refusal | undefined {
  const znode = draft.seen.znode(path);
  if (znode === undefined) return pathRefusal(path, draft.limits) ?? noNode(path);
  if (!draft.mayRead(znode)) return noAuth(path, 'r', 'znode');
  return conditionRefusal(draft, znode, condition, znode.stat.version);
}

function prepareCheckAbsent(draft: Draft, { path }: CheckAbsentRequest): Refusal | undefined {
  const znode = draft.seen.znode(path);
  if (znode === undefined) return pathRefusal(path, draft.limits);
  if (!draft.mayRead(znode)) return noAuth(path, 'r', 'znode');
  return { code: 'NodeExists', path, stat: znode.stat };
}

/** Judges a condition on a znode that exists; `version` is the one that the operation counts. */
function conditionRefusal(
  draft: Draft,
  znode: SeenZnode,
  condition: Condition | undefined,
  version: number,
): Refusal | undefined {
  if (condition === undefined) return undefined;
  if (condition.mustNotExist === true) {
    return { code: 'NodeExists', path: znode.path, ...shownStat(draft, znode) };
  }
  if (
    (condition.version !== undefined && condition.version !== version) ||
    (condition.mzxid !== undefined && condition.mzxid !== znode.stat.mzxid) ||
    (condition.czxid !== undefined && condition.czxid !== znode.stat.czxid)
  ) {
    return { code: 'BadVersion', path: znode.path, ...shownStat(draft, znode) };
  }
  return undefined;
}

/** The znode as it is, for those who may read it. */
function shownStat(draft: Draft, znode: SeenZnode): Pick<Refusal, 'stat'> {
  return draft.mayRead(znode) ? { stat: znode.stat } : {};
}

function badArguments(detail: string, path?: string): Refusal {
  return path === undefined
    ? { code: 'BadArguments', detail }
    : { code: 'BadArguments', detail, path };
}

function noNode(path: string): Refusal {
  return { code: 'NoNode', path };
}

function noChildren(path: string): Refusal {
  return { code: 'NoChildrenForEphemerals', path };
}
