/**
 * Reads of the replicated state: the words, and the one function that answers them. Never waits and
 * never changes anything.
 */
import { assertNever } from '../../raftlog/assert.ts';
import { maskedAcl, noAuth, permits } from './acl.ts';
import type { Refusal } from './errors.ts';
import { mayRead, maySeeSpokenOf } from './may-read.ts';
import { type PathLimits, pathRefusal } from './path.ts';
import { countedBy, usageText } from './quota.ts';
import type { ReplicatedState } from './state.ts';
import type { Znode } from './tree.ts';
import type { Acl, Identity, Stat, ZnodePath } from './types.ts';

export type ReadRequest =
  | { readonly op: 'get'; readonly path: string }
  | { readonly op: 'exists'; readonly path: string }
  | {
      readonly op: 'children';
      readonly path: string;
      /** At most this many; at least 1. */
      readonly limit: number;
      /** Only names that sort after this one. */
      readonly after?: string;
      /** Data in the page stops it early at this many bytes. */
      readonly maxBytes: number;
      readonly includeStat: boolean;
      readonly includeData: boolean;
    }
  | { readonly op: 'getAcl'; readonly path: string };

type ChildrenRequest = Extract<ReadRequest, { op: 'children' }>;

export interface ChildrenPage {
  readonly path: ZnodePath;
  readonly stat: Stat;
  /** Sorted by name. `znode` is there for its stat and data when those were asked for. */
  readonly children: readonly { readonly name: string; readonly znode: Znode | undefined }[];
  /** The cursor for the next page; undefined on the last. */
  readonly next: string | undefined;
}

export type ReadAnswer =
  | { readonly ok: true; readonly op: 'get'; readonly znode: Znode }
  /** `znode` undefined: it does not exist, which is an answer and not a refusal. */
  | { readonly ok: true; readonly op: 'exists'; readonly znode: Znode | undefined }
  | { readonly ok: true; readonly op: 'children'; readonly page: ChildrenPage }
  | {
      readonly ok: true;
      readonly op: 'getAcl';
      readonly path: ZnodePath;
      readonly acl: Acl;
      readonly stat: Stat;
    }
  | { readonly ok: false; readonly refusal: Refusal };

export interface ReadLimits extends PathLimits {
  /** Children in one page. */
  readonly childrenPage: number;
}

/**
 * Answers from the tree as it is. Checks in this order: the path is valid (BadArguments), the znode
 * exists (NoNode), the caller may read it (NoAuth).
 */
export function read(
  state: ReplicatedState,
  request: ReadRequest,
  identities: readonly Identity[],
  limits: ReadLimits,
): ReadAnswer {
  const { op, path } = request;
  const znode = state.tree.get(path);
  // A path that is in the tree is valid.
  if (znode === undefined) {
    const invalid = pathRefusal(path, limits);
    if (invalid !== undefined) return { ok: false, refusal: invalid };
    if (!maySeeSpokenOf(path, identities, state.znodeAt)) {
      return { ok: false, refusal: noAuth(path, 'r', 'spokenOf') };
    }
    if (op === 'exists') return { ok: true, op, znode: undefined };
    return { ok: false, refusal: { code: 'NoNode', path } };
  }
  const allowed =
    permits(znode.acl, 'r', identities) || (op === 'getAcl' && permits(znode.acl, 'a', identities));
  if (!allowed) return { ok: false, refusal: noAuth(path, 'r', 'znode') };
  if (!maySeeSpokenOf(path, identities, state.znodeAt)) {
    return { ok: false, refusal: noAuth(path, 'r', 'spokenOf') };
  }
  switch (op) {
    case 'get':
    case 'exists':
      return { ok: true, op, znode: withUsage(state, znode) };
    case 'getAcl':
      return { ok: true, op, path, acl: shownAcl(znode.acl, identities), stat: znode.stat };
    case 'children':
      return {
        ok: true,
        op,
        page: childrenPage(state, znode, request, identities, limits),
      };
    default:
      return assertNever(op);
  }
}

/** The hashes of passwords are shown to those alone who could set them. */
function shownAcl(acl: Acl, identities: readonly Identity[]): Acl {
  return permits(acl, 'a', identities) ? acl : maskedAcl(acl);
}

/**
 * Children without READ for the caller are listed by name alone: names are the parent's, stat and
 * data are theirs.
 */
function childrenPage(
  state: ReplicatedState,
  parent: Znode,
  request: ChildrenRequest,
  identities: readonly Identity[],
  limits: ReadLimits,
): ChildrenPage {
  const { path, stat } = parent;
  const { includeStat, includeData, maxBytes } = request;
  const limit = Math.max(1, Math.min(request.limit, limits.childrenPage));
  const children: { name: string; znode: Znode | undefined }[] = [];
  let bytes = 0;
  const found = state.tree.children(parent, request.after, limit + 1);
  for (const child of found) {
    const isShown =
      (includeStat || includeData) && mayRead(child.path, child.acl, identities, state.znodeAt);
    if (isShown && includeData) bytes += child.dataLength;
    // The first child always fits, so that every page makes progress.
    if (children.length > 0 && (children.length === limit || bytes > maxBytes)) break;
    children.push({ name: child.name, znode: isShown ? withUsage(state, child) : undefined });
  }
  const next = children.length < found.length ? children.at(-1)?.name : undefined;
  return { path, stat, children, next };
}

/** As in ZooKeeper the data of `zookeeper_stats` follows what is used, and nothing else of it. */
function withUsage(state: ReplicatedState, znode: Znode): Znode {
  if (state.quotas.size === 0) return znode;
  const counted = countedBy(znode.path);
  const quota = counted === undefined ? undefined : state.quotas.get(counted);
  if (quota === undefined) return znode;
  const text = usageText(quota);
  return znode.shownAs({ data: { text, encoding: 'utf8', length: text.length } });
}
