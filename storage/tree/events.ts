/**
 * What a transaction is to those who watch: a pure function of the transaction, so that the log is
 * the history of events. In ZooKeeper's order: the znode before its parent, change by change.
 */
import { assertNever } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { parentOf } from './path.ts';
import { statOfCreate } from './stat.ts';
import type { Transaction, TreeEvent } from './types.ts';

export function eventsOf(zxid: Zxid, transaction: Transaction): TreeEvent[] {
  const events: TreeEvent[] = [];
  for (const change of transaction.changes) {
    switch (change.op) {
      case 'create': {
        const { path, data } = change;
        const stat = statOfCreate(change, zxid, transaction.time);
        events.push({ type: 'nodeCreated', path, zxid, stat, data });
        events.push({ type: 'nodeChildrenChanged', path: parentOf(path), zxid });
        break;
      }
      case 'set': {
        const { path, stat, data } = change;
        events.push({ type: 'nodeDataChanged', path, zxid, stat, data });
        break;
      }
      case 'delete': {
        const { path } = change;
        events.push({ type: 'nodeDeleted', path, zxid });
        events.push({ type: 'nodeChildrenChanged', path: parentOf(path), zxid });
        break;
      }
      // A changed ACL fires no watch, and sessions are not znodes.
      case 'setAcl':
      case 'openSession':
      case 'closeSession':
        break;
      default:
        assertNever(change);
    }
  }
  return events;
}
