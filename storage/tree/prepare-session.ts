/** The rules of opening and closing sessions, and of what the leader asks for by itself. */
import { formatZxid } from '../../raftlog/zxid.ts';
import type { Draft } from './draft.ts';
import type { Refusal } from './errors.ts';
import { isDue } from './reap.ts';
import { utf8Length } from './text.ts';
import type {
  CloseSessionRequest,
  OpenSessionRequest,
  ReapRequest,
  SetConfigRequest,
} from './types.ts';

/** The session's id is the zxid of the transaction that opens it: unique, and never used again. */
export function prepareOpenSession(
  draft: Draft,
  { secretHash, timeoutMs, salt }: OpenSessionRequest,
): Refusal | undefined {
  const { sessions } = draft.limits;
  if (draft.seen.sessionCount >= sessions) {
    return { code: 'LimitExceeded', limit: { name: 'sessions', value: sessions } };
  }
  draft.openSession(formatZxid(draft.context.zxid), secretHash, timeoutMs, salt);
  return undefined;
}

/**
 * Everything that the session owns goes with it in one transaction, in path order, what is only
 * being created included; it always has room in an entry: the limits see to it, and
 * `hideAclsToFit`. Someone who closes a session that has ended hears so; an expiry that comes late
 * has nothing to do.
 */
export function prepareCloseSession(
  draft: Draft,
  { session, reason }: CloseSessionRequest,
): Refusal | undefined {
  if (!draft.seen.hasSession(session)) {
    return reason === 'closed' ? { code: 'SessionExpired' } : undefined;
  }
  for (const znode of draft.seen.ephemeralsOf(session)) draft.delete(znode);
  draft.closeSession(session, reason);
  draft.hideAclsToFit();
  return undefined;
}

const CONFIG_PATH = '/zookeeper/config';

/**
 * Sets the data of the config znode, with the version that ZooKeeper gives it, the zxid of the
 * change; nothing, where it says the same already.
 */
export function prepareSetConfig(draft: Draft, { lines }: SetConfigRequest, now: string): void {
  const znode = draft.seen.znode(CONFIG_PATH);
  if (znode === undefined) return;
  const text = lines.map((line) => `${line}\n`).join('');
  if (now.startsWith(`${text}version=`)) return;
  const data = `${text}version=${formatZxid(draft.context.zxid)}`;
  draft.set(znode, { text: data, encoding: 'utf8', length: utf8Length(data) });
}

/** Removes the znode if it still is the one that was found, untouched, empty and due. */
export function prepareReap(draft: Draft, { path, czxid, mzxid }: ReapRequest): void {
  const znode = draft.seen.znode(path);
  if (znode === undefined) return;
  const { stat } = znode;
  if (stat.czxid !== czxid || stat.mzxid !== mzxid) return;
  if (isDue(stat, draft.context.time)) draft.delete(znode);
}
