/**
 * Transactions: each operation sees the ones before it, all happen or none, dry runs leave no
 * trace.
 */
import t from 'tap';
import type { TransactionOp } from '../../storage/tree/types.ts';
import { create, data, Leader, lines, remove, set, world } from './support.ts';

function transaction(...ops: TransactionOp[]) {
  return { op: 'transaction', ops } as const;
}

const sequential = { mode: 'persistent_sequential' } as const;

t.test('operations see each other', async (t) => {
  const leader = new Leader();
  const done = leader.do(
    transaction(
      create('/a'),
      create('/a/b', { data: data('1') }),
      set('/a/b', '22', { condition: { version: 0 } }),
      { op: 'check', path: '/a/b', condition: { version: 1 } },
      { op: 'checkAbsent', path: '/a/c' },
      remove('/a/b', { condition: { version: 1 } }),
      { op: 'checkAbsent', path: '/a/b' },
    ),
  );
  t.match(done.results, [
    { op: 'create', path: '/a', stat: { numChildren: 0 } },
    { op: 'create', path: '/a/b', stat: { version: 0, dataLength: 1 } },
    { op: 'set', path: '/a/b', stat: { version: 1, dataLength: 2 } },
    { op: 'check' },
    { op: 'checkAbsent' },
    { op: 'delete' },
    { op: 'checkAbsent' },
  ]);
  t.same(leader.children('/a'), []);
});

t.test('a stat among the results is that right after its operation', async (t) => {
  const leader = new Leader();
  const done = leader.do(transaction(create('/a'), create('/a/b'), set('/a', 'x')));
  t.match(done.results[0]?.stat, { numChildren: 0, creates: 0 });
  t.match(done.results[2]?.stat, { numChildren: 1, creates: 1, version: 1 });
  t.same(done.results[2]?.stat, leader.stat('/a'));
});

t.test('the same version twice fails, and with it everything', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const before = leader.state.digest();
  const condition = { version: 0 };
  const refusal = leader.refused(
    transaction(create('/b'), set('/a', '1', { condition }), set('/a', '2', { condition })),
  );
  t.match(refusal, { code: 'BadVersion', path: '/a', index: 2, stat: { version: 1 } });
  t.equal(leader.state.digest(), before);
  t.ok(leader.preparer.idle);
  t.ok(leader.do(create('/b')), 'the create before it was taken back');
});

t.test('the first operation that fails names its index, code and path', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const ops = [create('/b'), create('/a'), remove('/none')];
  t.same(leader.refused(transaction(...ops)), { code: 'NodeExists', path: '/a', index: 1 });
  t.same(leader.refused(transaction(create('/x/y'))), { code: 'NoNode', path: '/x', index: 0 });
});

t.test('a roll-back gives sequence numbers back', async (t) => {
  const leader = new Leader();
  leader.create('/q');
  leader.prepare(create('/q/', sequential));
  t.equal(
    leader.code(transaction(create('/q/', sequential), create('/q/', sequential), remove('/x'))),
    'NoNode',
  );
  t.match(leader.do(create('/q/', sequential)).results, [{ path: '/q/0000000001' }]);
});

t.test('a roll-back gives back what was deleted, and the ephemerals of sessions', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/e', { mode: 'ephemeral' });
  leader.code(
    transaction(remove('/e'), create('/f', { mode: 'ephemeral' }), remove('/none')),
    session,
  );
  const done = leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.same(lines(done.events), ['nodeDeleted /e', 'nodeChildrenChanged /']);
});

t.test('sequential creates in one transaction have consecutive numbers', async (t) => {
  const leader = new Leader();
  const done = leader.do(
    transaction(create('/q'), create('/q/a-', sequential), create('/q/b-', sequential)),
  );
  t.same(
    done.results.map(({ path }) => path),
    ['/q', '/q/a-0000000000', '/q/b-0000000001'],
  );
});

t.test('an operation of several changes has one result', async (t) => {
  const leader = new Leader();
  const done = leader.do(
    transaction(
      create('/a/b/c', { parents: true }),
      remove('/a', { recursive: true }),
      create('/z'),
    ),
  );
  t.match(done.results, [
    { op: 'create', path: '/a/b/c' },
    { op: 'delete' },
    { op: 'create', path: '/z' },
  ]);
});

t.test('events come operation by operation, under one zxid', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const done = leader.do(transaction(set('/a'), create('/a/b'), remove('/a/b')));
  t.same(lines(done.events), [
    'nodeDataChanged /a',
    'nodeCreated /a/b',
    'nodeChildrenChanged /a',
    'nodeDeleted /a/b',
    'nodeChildrenChanged /a',
  ]);
  t.ok(done.events.every((event) => event.zxid === done.zxid));
});

t.test('no operations: an empty answer that takes no zxid', async (t) => {
  const leader = new Leader();
  t.same(leader.prepare(transaction()), { kind: 'dryRun', results: [] });
});

t.test('limits: operations, bytes of all data together, bytes of one', async (t) => {
  const leader = new Leader({ transactionOps: 2, transactionBytes: 10, dataBytes: 8 });
  t.same(leader.refused(transaction(create('/a'), create('/b'), create('/c'))), {
    code: 'TooLarge',
    limit: { name: 'transactionOps', value: 2 },
  });
  const six = { data: data('123456') };
  t.same(leader.refused(transaction(create('/a', six), create('/b', six))), {
    code: 'TooLarge',
    limit: { name: 'transactionBytes', value: 10 },
  });
  t.match(leader.refused(transaction(create('/a', { data: data('123456789') }))), {
    code: 'TooLarge',
    limit: { name: 'dataBytes', value: 8 },
    index: 0,
  });
});

t.test('a dry run answers what would happen and leaves no trace', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/q');
  const request = transaction(
    create('/q/', sequential),
    create('/q/e', { mode: 'ephemeral' }),
    set('/q', 'x'),
  );
  const before = leader.state.digest();
  const dry = leader.prepare({ ...request, dryRun: true }, session);
  t.equal(leader.state.digest(), before);
  t.ok(leader.preparer.idle);
  t.same(dry, { kind: 'dryRun', results: leader.do(request, session).results });
});

t.test('a dry run is refused as the real one would be', async (t) => {
  const leader = new Leader();
  const request = transaction(create('/a'), create('/a', { acl: world('r') }));
  t.same(leader.refused({ ...request, dryRun: true }), leader.refused(request));
});
