/**
 * What a transaction is to those who watch: a pure function of the transaction, so that the log is
 * the history of events. In ZooKeeper's order: the znode before its parent, change by change.
 */
import { assertNever } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { OPEN_ACL } from './acl.ts';
import { parentOf } from './path.ts';
import { statOfCreate } from './stat.ts';
import type { Acl, Transaction, TreeEvent, ZnodePath } from './types.ts';

export function eventsOf(zxid: Zxid, transaction: Transaction): TreeEvent[] {
  const events: TreeEvent[] = [];
  for (const change of transaction.changes) {
    switch (change.op) {
      case 'create': {
        const { path, data, acl, parentAcl } = change;
        const stat = statOfCreate(change, zxid, transaction.time);
        events.push(decidedBy(acl, { type: 'nodeCreated', path, zxid, stat, data }));
        events.push(decidedBy(parentAcl, childrenChanged(path, zxid)));
        break;
      }
      case 'set': {
        const { path, stat, data, acl } = change;
        events.push(decidedBy(acl, { type: 'nodeDataChanged', path, zxid, stat, data }));
        break;
      }
      case 'delete': {
        const { path, acl, parentAcl } = change;
        events.push(decidedBy(acl, { type: 'nodeDeleted', path, zxid }));
        events.push(decidedBy(parentAcl, childrenChanged(path, zxid)));
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

function childrenChanged(path: ZnodePath, zxid: Zxid): TreeEvent {
  return { type: 'nodeChildrenChanged', path: parentOf(path), zxid };
}

/** With the ACL that says who is told, where that is not everybody. */
function decidedBy(acl: Acl | undefined, event: TreeEvent): TreeEvent {
  return acl === undefined || acl === OPEN_ACL ? event : { ...event, acl };
}
