/**
 * What a transaction came to for the one who asked for it: a pure function of the transaction, so
 * that any member can answer without looking at its tree.
 */
import { assert, assertNever } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { statOfCreate } from './stat.ts';
import type { Change, OpResult, Transaction, WriteRequest } from './types.ts';

/** One result for each operation of the request; a single one unless it was a transaction. */
export function resultsOf(zxid: Zxid, transaction: Transaction, request: WriteRequest): OpResult[] {
  const { time, changes, resultAt } = transaction;
  if (request.op !== 'transaction') {
    const last = changes.at(-1);
    assert(last !== undefined, 'a transaction changes something');
    return [resultOf(zxid, time, last)];
  }
  assert(resultAt?.length === request.ops.length, 'each operation has its result');
  return request.ops.map(({ op }, index) => {
    const at = resultAt[index] ?? -1;
    if (at === -1) {
      assert(op === 'check' || op === 'checkAbsent', 'only a check changes nothing');
      return { op };
    }
    const change = changes[at];
    assert(change !== undefined, 'a result is one of the changes');
    return resultOf(zxid, time, change);
  });
}

function resultOf(zxid: Zxid, time: number, change: Change): OpResult {
  switch (change.op) {
    case 'create':
      return { op: 'create', path: change.path, stat: statOfCreate(change, zxid, time) };
    case 'set':
      return { op: 'set', path: change.path, stat: change.stat };
    case 'setAcl':
      return { op: 'setAcl', path: change.path, acl: change.acl, stat: change.stat };
    case 'openSession': {
      const { op, session, salt } = change;
      return salt === undefined ? { op, session } : { op, session, salt };
    }
    case 'closeSession':
      return { op: change.op, session: change.session };
    case 'delete':
      return { op: 'delete' };
    default:
      return assertNever(change);
  }
}
