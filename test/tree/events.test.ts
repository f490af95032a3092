/** Events as a function of the transaction: the log is their history. */
import t from 'tap';
import { eventsOf } from '../../storage/tree/events.ts';
import type { Transaction, TreeEvent } from '../../storage/tree/types.ts';
import { create, data, Leader, overTheWire, remove, set, world, zxid } from './support.ts';

function transactionOf(leader: Leader): Transaction {
  const [outstanding] = leader.outstanding;
  if (outstanding === undefined) throw new Error('a transaction');
  return outstanding.transaction;
}

t.test('nodeCreated and nodeDataChanged carry the value that the change wrote', async (t) => {
  const leader = new Leader();
  const created = leader.do(create('/a', { data: data('1') }));
  t.same(created.events, [
    { type: 'nodeCreated', path: '/a', zxid: zxid(1), stat: leader.stat('/a'), data: data('1') },
    { type: 'nodeChildrenChanged', path: '/', zxid: zxid(1) },
  ]);
  const changed = leader.do(set('/a', '22'));
  const stat = leader.stat('/a');
  t.same(changed.events, [
    { type: 'nodeDataChanged', path: '/a', zxid: zxid(2), stat, data: data('22') },
  ]);
});

t.test('nodeDeleted and nodeChildrenChanged name the znode and its parent', async (t) => {
  const leader = new Leader();
  leader.create('/a/b', { parents: true });
  t.same(leader.do(remove('/a/b')).events, [
    { type: 'nodeDeleted', path: '/a/b', zxid: zxid(2) },
    { type: 'nodeChildrenChanged', path: '/a', zxid: zxid(2) },
  ]);
});

t.test('an ACL and a session are no events', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  t.same(leader.do({ op: 'setAcl', path: '/a', acl: world('r') }).events, []);
  const session = leader.openSession();
  t.same(leader.do({ op: 'closeSession', session, reason: 'closed' }).events, []);
});

t.test('an event has the ACL of the znode that it names, unless that is open', async (t) => {
  const leader = new Leader();
  const acls = (done: { events: readonly TreeEvent[] }) =>
    done.events.map(({ type, path, acl }) => [type, path, acl?.[0]?.perms]);
  t.same(acls(leader.do(create('/p', { acl: world('cd') }))), [
    ['nodeCreated', '/p', 'cd'],
    ['nodeChildrenChanged', '/', undefined],
  ]);
  t.same(acls(leader.do(create('/p/a', { acl: world('rw') }))), [
    ['nodeCreated', '/p/a', 'rw'],
    ['nodeChildrenChanged', '/p', 'cd'],
  ]);
  t.same(acls(leader.do(create('/p/b'))), [
    ['nodeCreated', '/p/b', undefined],
    ['nodeChildrenChanged', '/p', 'cd'],
  ]);
  t.same(acls(leader.do(set('/p/a', 'x'))), [['nodeDataChanged', '/p/a', 'rw']]);
  leader.do({ op: 'setAcl', path: '/p/b', acl: world('w') });
  t.same(acls(leader.do(set('/p/b', 'x'))), [['nodeDataChanged', '/p/b', 'w']], 'as it is then');
  leader.prepare(remove('/p/b'));
  const logged = eventsOf(zxid(7), overTheWire(transactionOf(leader)));
  t.same(acls({ events: logged }), [
    ['nodeDeleted', '/p/b', 'w'],
    ['nodeChildrenChanged', '/p', 'cd'],
  ]);
  leader.applyNext();
  t.same(acls(leader.do(remove('/p/a'))), [
    ['nodeDeleted', '/p/a', 'rw'],
    ['nodeChildrenChanged', '/p', 'cd'],
  ]);
});

t.test('what a session takes with it has its ACLs too', async (t) => {
  const leader = new Leader();
  leader.create('/p', { acl: world('cd') });
  const session = leader.openSession();
  leader.create('/p/e', { mode: 'ephemeral', acl: world('w') });
  t.match(leader.do({ op: 'closeSession', session, reason: 'expired' }).events, [
    { type: 'nodeDeleted', acl: world('w') },
    { type: 'nodeChildrenChanged', acl: world('cd') },
  ]);
});

t.test('the events read from the log are the ones that happened', async (t) => {
  const leader = new Leader();
  leader.prepare({
    op: 'transaction',
    ops: [create('/a', { data: data('ü') }), set('/a', 'x'), create('/a/b'), remove('/a/b')],
  });
  const transaction = transactionOf(leader);
  const { events } = leader.applyNext();
  t.same(eventsOf(zxid(1), overTheWire(transaction)), events);
});
