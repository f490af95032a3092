/**
 * What is known of a subtree or a session beside the znodes themselves: the quota and what is used
 * of it, how many descendants there are, which ephemerals a session owns. Never waits and never
 * changes anything.
 */
import { assertNever } from '../../raftlog/assert.ts';
import { noAuth, permits } from './acl.ts';
import type { Refusal } from './errors.ts';
import { maySeeSpokenOf } from './may-read.ts';
import { type PathLimits, pathRefusal } from './path.ts';
import { limitsPath, type Quota } from './quota.ts';
import type { ReplicatedState } from './state.ts';
import type { Identity, SessionId, ZnodePath } from './types.ts';

export type InspectRequest =
  | { readonly op: 'getQuota'; readonly path: string }
  | { readonly op: 'descendants'; readonly path: string }
  | {
      readonly op: 'ephemerals';
      /** Only paths that begin with this text, as they are: `/a` begins `/ab` too. */
      readonly prefix: string;
      /** Only paths that sort after this one. */
      readonly after?: string;
      /** At most this many; at least 1. */
      readonly limit: number;
    };

/** What is below a znode, itself left out. */
export interface Descendants {
  readonly path: ZnodePath;
  readonly count: number;
  readonly bytes: number;
  /** False: there are more, and counting them all would have taken too long. */
  readonly complete: boolean;
}

export type InspectAnswer =
  | { readonly ok: true; readonly op: 'getQuota'; readonly quota: Quota }
  | { readonly ok: true; readonly op: 'descendants'; readonly descendants: Descendants }
  | {
      readonly ok: true;
      readonly op: 'ephemerals';
      readonly session: SessionId;
      /** In their order. */
      readonly paths: readonly ZnodePath[];
      /** The cursor for the next page; undefined on the last. */
      readonly next: string | undefined;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** Who asks: its identities, and the session whose ephemerals it may see. */
export interface Inspector {
  readonly session: SessionId | '';
  readonly identities: readonly Identity[];
}

/** Znodes that one request looks at to count them: a few milliseconds' worth. */
export const COUNTED_ZNODES = 50_000;

export function inspect(
  state: ReplicatedState,
  request: InspectRequest,
  inspector: Inspector,
  limits: PathLimits,
): InspectAnswer {
  switch (request.op) {
    case 'getQuota':
      return quotaOf(state, request.path, inspector, limits);
    case 'descendants':
      return descendantsOf(state, request.path, inspector, limits);
    case 'ephemerals':
      return ephemeralsOf(state, request, inspector);
    default:
      return assertNever(request);
  }
}

/** The quota of `path`; whoever may read its limits, and `path`, may know what is used. */
function quotaOf(
  state: ReplicatedState,
  path: string,
  { identities }: Inspector,
  limits: PathLimits,
): InspectAnswer {
  const invalid = pathRefusal(path, limits);
  if (invalid !== undefined) return { ok: false, refusal: invalid };
  // First, for whether there is one is told to those alone who may read what it covers.
  if (!maySeeSpokenOf(limitsPath(path), identities, state.znodeAt)) {
    return { ok: false, refusal: noAuth(path, 'r', 'spokenOf') };
  }
  const quota = state.quotas.get(path);
  const znode = quota && state.tree.get(limitsPath(path));
  if (quota === undefined || znode === undefined) {
    return { ok: false, refusal: { code: 'NoNode', path, detail: 'there is no such quota' } };
  }
  if (!permits(znode.acl, 'r', identities)) {
    return { ok: false, refusal: noAuth(path, 'r', 'znode') };
  }
  const { count, bytes } = quota;
  return { ok: true, op: 'getQuota', quota: { path, limits: quota.limits, count, bytes } };
}

/**
 * As in ZooKeeper, READ on the top is asked for and nothing of what is below. Of the whole tree and
 * of what has a quota the number is known; anything else is counted, as far as the limit.
 */
function descendantsOf(
  state: ReplicatedState,
  path: string,
  { identities }: Inspector,
  limits: PathLimits,
): InspectAnswer {
  const { tree } = state;
  const top = tree.get(path);
  const invalid = top === undefined ? pathRefusal(path, limits) : undefined;
  if (invalid !== undefined) return { ok: false, refusal: invalid };
  if (!maySeeSpokenOf(path, identities, state.znodeAt)) {
    return { ok: false, refusal: noAuth(path, 'r', 'spokenOf') };
  }
  if (top === undefined) return { ok: false, refusal: { code: 'NoNode', path } };
  if (!permits(top.acl, 'r', identities)) {
    return { ok: false, refusal: noAuth(path, 'r', 'znode') };
  }
  const known = path === '/' ? { count: tree.size, bytes: tree.dataBytes } : state.quotas.get(path);
  const { complete, ...used } =
    known === undefined
      ? tree.usage(path, COUNTED_ZNODES)
      : { count: known.count, bytes: known.bytes, complete: true };
  const below = { count: used.count - 1, bytes: used.bytes - top.dataLength };
  return { ok: true, op: 'descendants', descendants: { path, ...below, complete } };
}

function ephemeralsOf(
  state: ReplicatedState,
  { prefix, after = '', limit }: Extract<InspectRequest, { op: 'ephemerals' }>,
  { session }: Inspector,
): InspectAnswer {
  const owner = session === '' ? undefined : state.sessions.get(session);
  if (owner === undefined) return { ok: false, refusal: { code: 'SessionExpired' } };
  const found: ZnodePath[] = [];
  for (const path of owner.ephemerals) {
    if (path > after && path.startsWith(prefix)) found.push(path);
  }
  found.sort();
  const paths = found.slice(0, Math.max(1, limit));
  const next = paths.length < found.length ? paths.at(-1) : undefined;
  return { ok: true, op: 'ephemerals', session: owner.id, paths, next };
}
