/**
 * Requests are judged against everything prepared before them, whether it is applied yet or not.
 */
import t from 'tap';
import { Outstanding } from '../../storage/tree/outstanding.ts';
import { create, data, Leader, remove, sessionId, set, world, zxid } from './support.ts';

const sequential = { mode: 'persistent_sequential' } as const;

t.test('pipelined writes build on each other', async (t) => {
  const leader = new Leader();
  leader.prepare(create('/a'));
  leader.prepare(create('/a/b'));
  t.equal(leader.code(create('/a/b')), 'NodeExists');
  t.equal(leader.code(remove('/a')), 'NotEmpty');
  leader.prepare(set('/a/b', 'x', { condition: { version: 0 } }));
  t.equal(leader.code(set('/a/b', 'x', { condition: { version: 0 } })), 'BadVersion');
  leader.prepare(set('/a/b', 'xx', { condition: { version: 1, mzxid: zxid(3) } }));
  leader.prepare(remove('/a/b', { condition: { version: 2 } }));
  t.equal(leader.code(set('/a/b')), 'NoNode');
  leader.prepare(remove('/a'));
  t.equal(leader.code(create('/a/b')), 'NoNode');
  t.notOk(leader.has('/a'), 'nothing is applied yet');
  while (leader.outstanding.length > 0) leader.applyNext();
  t.equal(leader.state.tree.size, 4);
  t.ok(leader.preparer.idle);
});

t.test('pipelined sequential creates get consecutive numbers', async (t) => {
  const leader = new Leader();
  leader.create('/q');
  for (let n = 0; n < 5; n += 1) leader.prepare(create('/q/n-', sequential));
  leader.applyNext();
  leader.applyNext();
  for (let n = 0; n < 5; n += 1) leader.prepare(create('/q/n-', sequential));
  while (leader.outstanding.length > 0) leader.applyNext();
  t.same(
    leader.children('/q'),
    Array.from({ length: 10 }, (_, n) => `n-000000000${n}`),
  );
});

t.test('an ACL that is being set counts from there on', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.prepare({ op: 'setAcl', path: '/a', acl: world('ra') });
  t.equal(leader.code(set('/a')), 'NoAuth');
  t.equal(leader.code(create('/a/b')), 'NoAuth');
  leader.prepare({ op: 'setAcl', path: '/a', acl: world('cdrwa'), condition: { version: 1 } });
  t.equal(leader.prepare(set('/a')).kind, 'transaction');
});

t.test('forgetting one change keeps what a later one says', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.prepare(set('/a', '1'));
  leader.prepare(set('/a', '2'));
  leader.applyNext();
  t.equal(leader.stat('/a').version, 1);
  t.match(leader.refused(set('/a', '3', { condition: { version: 1 } })), {
    code: 'BadVersion',
    stat: { version: 2 },
  });
});

t.test('applied in another order of arrival: refusals in between take nothing', async (t) => {
  const leader = new Leader();
  leader.prepare(create('/a'));
  t.equal(leader.code(create('/a')), 'NodeExists');
  t.equal(leader.code(create('/x/y')), 'NoNode');
  const done = leader.do(create('/b'));
  t.equal(done.zxid, zxid(2));
});

t.test('numbers of znodes are given once, refused requests apart', async (t) => {
  const leader = new Leader();
  const ids = () =>
    leader.outstanding.flatMap(({ transaction }) =>
      transaction.changes.flatMap((change) => (change.op === 'create' ? [change.id] : [])),
    );
  leader.prepare(create('/a/b/c', { parents: true }));
  leader.code({ op: 'transaction', ops: [create('/d'), remove('/none')] });
  leader.prepare(create('/d'));
  t.same(ids(), [5, 6, 7, 8]);
  leader.applyNext();
  leader.prepare(create('/e'));
  t.same(ids(), [8, 9]);
  while (leader.outstanding.length > 0) leader.applyNext();
  t.equal(leader.state.nextZnodeId, 10);
  leader.prepare(create('/f'));
  t.same(ids(), [10]);
});

t.test('reset forgets what will never be committed', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.prepare(create('/a', { data: data('lost') }));
  leader.prepare({ op: 'closeSession', session, reason: 'closed' });
  leader.preparer.reset();
  leader.outstanding.length = 0;
  t.ok(leader.preparer.idle);
  t.equal(leader.prepare(create('/a'), session).kind, 'transaction');
});

t.test('many outstanding changes are forgotten in any portions', async (t) => {
  const leader = new Leader();
  leader.create('/q');
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < 1000; n += 1) leader.prepare(create('/q/n-', sequential));
    for (let n = 0; n < 900; n += 1) leader.applyNext();
  }
  while (leader.outstanding.length > 0) leader.applyNext();
  t.ok(leader.preparer.idle);
  t.equal(leader.stat('/q').creates, 5000);
});

t.test('ephemerals that are being deleted make room for others of their session', async (t) => {
  const leader = new Leader({ ephemeralsPerSession: 1 });
  const session = leader.openSession();
  const ephemeral = { mode: 'ephemeral' } as const;
  leader.prepare(create('/1', ephemeral), session);
  t.equal(leader.code(create('/2', ephemeral), session), 'LimitExceeded');
  leader.prepare(remove('/1'));
  t.equal(leader.prepare(create('/2', ephemeral), session).kind, 'transaction');
  t.equal(leader.code(create('/3', ephemeral), session), 'LimitExceeded');
});

t.test('taking back restores records and counters alike', async (t) => {
  const { state } = new Leader();
  const outstanding = new Outstanding(state);
  outstanding.begin();
  outstanding.addOpened(zxid(1), sessionId(1));
  outstanding.newZnodeId();
  t.equal(outstanding.sessionCount, 1);
  outstanding.rollBack();
  t.equal(outstanding.sessionCount, 0);
  t.notOk(outstanding.hasSession(sessionId(1)));
  t.ok(outstanding.idle);
  outstanding.begin();
  t.equal(outstanding.newZnodeId(), state.nextZnodeId);
});
