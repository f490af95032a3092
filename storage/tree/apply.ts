/**
 * Applies committed transactions to the state. Mechanical: everything was decided when the
 * transaction was prepared, so whatever does not fit here is a mistake of ours and stops the
 * member.
 */
import { assert, assertNever } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { internAcl } from './acl.ts';
import { parentOf } from './path.ts';
import { trackForReaping } from './reap.ts';
import { statAfterChildCreated, statAfterChildDeleted, statOfCreate } from './stat.ts';
import type { ReplicatedState } from './state.ts';
import type { Znode } from './tree.ts';
import type {
  Change,
  CreateChange,
  DeleteChange,
  SetAclChange,
  SetChange,
  Transaction,
  ZnodeId,
} from './types.ts';

export function applyTransaction(
  state: ReplicatedState,
  zxid: Zxid,
  transaction: Transaction,
): void {
  assert(zxid > state.lastZxid, 'transactions are applied in the order of their zxids');
  for (const change of transaction.changes) applyChange(state, zxid, transaction.time, change);
  if (transaction.name !== undefined) state.answers.keep(zxid, transaction.name, transaction);
  state.lastZxid = zxid;
  state.lastTime = transaction.time;
}

/** An epoch has begun: it changes nothing but the position. */
export function applyEpochMarker(state: ReplicatedState, zxid: Zxid): void {
  assert(zxid > state.lastZxid, 'epochs begin in the order of their zxids');
  state.lastZxid = zxid;
}

function applyChange(state: ReplicatedState, zxid: Zxid, time: number, change: Change): void {
  switch (change.op) {
    case 'create':
      applyCreate(state, zxid, time, change);
      break;
    case 'set':
      applySet(state, change);
      break;
    case 'delete':
      applyDelete(state, zxid, change);
      break;
    case 'setAcl':
      applySetAcl(state, change);
      break;
    case 'openSession':
      state.sessions.add(change.session, change.secretHash, change.timeoutMs);
      break;
    case 'closeSession':
      state.sessions.delete(change.session);
      state.answers.endSession(change.session);
      break;
    default:
      assertNever(change);
  }
}

function applyCreate(state: ReplicatedState, zxid: Zxid, time: number, change: CreateChange): void {
  const { tree, sessions } = state;
  const { id, path, data, ephemeralOwner, parentCreates } = change;
  const parent = tree.get(parentOf(path));
  assert(
    parent !== undefined && parent.id === change.parent,
    'a znode is created under its parent',
  );
  assert(tree.get(path) === undefined, 'a znode is created where there is none');
  const parentStat = parent.stat;
  assert(parentCreates === parentStat.creates + 1, 'a parent counts each child created');
  const stat = statOfCreate(change, zxid, time);
  const znode = tree.insert(
    parent,
    statAfterChildCreated(parentStat, zxid, parentCreates),
    id,
    path,
    stat,
    data,
    internAcl(change.acl),
  );
  if (ephemeralOwner !== '') sessions.own(ephemeralOwner, path);
  if (stat.mode !== 'persistent') trackForReaping(state, znode);
  state.quotas.created(tree, path, data, change.usage);
  state.nextZnodeId = Math.max(state.nextZnodeId, id + 1);
}

function applySet(state: ReplicatedState, change: SetChange): void {
  const znode = addressed(state, change.path, change.id);
  assert(change.stat.version === znode.stat.version + 1, 'each set is one version');
  const { dataLength } = znode;
  state.tree.setData(znode, change.data, change.stat);
  state.quotas.written(state.tree, change.path, dataLength, change.data, change.usage);
}

function applyDelete(state: ReplicatedState, zxid: Zxid, change: DeleteChange): void {
  const { tree, sessions } = state;
  const znode = addressed(state, change.path, change.id);
  const parent = addressed(state, parentOf(change.path), change.parent);
  const { ephemeralOwner, dataLength } = znode.stat;
  tree.remove(parent, statAfterChildDeleted(parent.stat, zxid), znode);
  if (ephemeralOwner !== '') sessions.disown(ephemeralOwner, change.path);
  state.quotas.deleted(change.path, dataLength);
  if (parent.numChildren === 0) trackForReaping(state, parent);
}

function applySetAcl(state: ReplicatedState, change: SetAclChange): void {
  const znode = addressed(state, change.path, change.id);
  assert(change.stat.aversion === znode.stat.aversion + 1, 'each set of the ACL is one aversion');
  state.tree.setAcl(znode, internAcl(change.acl), change.stat);
}

function addressed(state: ReplicatedState, path: string, id: ZnodeId): Znode {
  const znode = state.tree.get(path);
  assert(znode !== undefined && znode.id === id, 'a change addresses the znode that is there');
  return znode;
}
