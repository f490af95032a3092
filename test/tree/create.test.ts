/** What a create makes: the seven modes, sequence numbers, missing parents, a set that creates. */
import t from 'tap';
import { create, data, Leader, lines, remove, set, world } from './support.ts';

t.test('the seven modes', async (t) => {
  const leader = new Leader();
  leader.openSession();
  leader.create('/q');
  const made = [
    leader.create('/q/persistent'),
    leader.create('/q/n-', { mode: 'persistent_sequential' }),
    leader.create('/q/ephemeral', { mode: 'ephemeral' }),
    leader.create('/q/n-', { mode: 'ephemeral_sequential' }),
    leader.create('/q/container', { mode: 'container' }),
    leader.create('/q/ttl', { mode: 'persistent_ttl', ttlMs: 9 }),
    leader.create('/q/n-', { mode: 'persistent_sequential_ttl', ttlMs: 9 }),
  ];
  t.same(made, [
    '/q/persistent',
    '/q/n-0000000001',
    '/q/ephemeral',
    '/q/n-0000000003',
    '/q/container',
    '/q/ttl',
    '/q/n-0000000006',
  ]);
  t.same(
    made.map((path) => leader.stat(path).mode),
    [
      'persistent',
      'persistent',
      'ephemeral',
      'ephemeral',
      'container',
      'persistent_ttl',
      'persistent_ttl',
    ],
  );
});

t.test('one counter for each parent, whatever the prefix', async (t) => {
  const leader = new Leader();
  const mode = 'persistent_sequential';
  leader.create('/q');
  leader.create('/r');
  t.equal(leader.create('/q/a-', { mode }), '/q/a-0000000000');
  t.equal(leader.create('/q/b-', { mode }), '/q/b-0000000001');
  t.equal(leader.create('/r/a-', { mode }), '/r/a-0000000000');
});

t.test('numbers come back only with a new parent', async (t) => {
  const leader = new Leader();
  const mode = 'persistent_sequential';
  leader.create('/q');
  leader.create('/q/', { mode });
  leader.do(remove('/q/0000000000'));
  t.equal(leader.create('/q/', { mode }), '/q/0000000001');
  leader.do(remove('/q', { recursive: true }));
  leader.create('/q');
  t.equal(leader.create('/q/', { mode }), '/q/0000000000');
});

t.test('a create that is refused takes no number', async (t) => {
  const leader = new Leader();
  const mode = 'persistent_sequential';
  leader.create('/q');
  leader.create('/q/0000000001');
  t.same(leader.refused(create('/q/', { mode })), { code: 'NodeExists', path: '/q/0000000001' });
  leader.do(remove('/q/0000000001'));
  t.equal(leader.create('/q/', { mode }), '/q/0000000001');
});

t.test('parents are created as if one after the other', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const done = leader.do(
    create('/a/b/c/d', { parents: true, data: data('leaf'), acl: world('cr') }),
  );
  t.same(lines(done.events), [
    'nodeCreated /a/b',
    'nodeChildrenChanged /a',
    'nodeCreated /a/b/c',
    'nodeChildrenChanged /a/b',
    'nodeCreated /a/b/c/d',
    'nodeChildrenChanged /a/b/c',
  ]);
  t.equal(done.results.length, 1);
  t.match(done.results[0], { op: 'create', path: '/a/b/c/d', stat: { dataLength: 4 } });
  t.match(leader.stat('/a/b'), { mode: 'persistent', dataLength: 0, numChildren: 1 });
  t.same(leader.state.tree.get('/a/b/c')?.acl, world('cr'));
});

t.test('parents: nothing is created when one of them may not be', async (t) => {
  const leader = new Leader();
  leader.openSession();
  leader.create('/e', { mode: 'ephemeral' });
  leader.create('/locked', { acl: world('drwa') });
  const before = leader.state.digest();
  t.equal(leader.code(create('/e/a/b', { parents: true })), 'NoChildrenForEphemerals');
  t.equal(leader.code(create('/locked/a/b', { parents: true })), 'NoAuth');
  t.equal(leader.code(create('/a/b', { parents: true, acl: world('r') })), 'NoAuth');
  t.equal(leader.state.digest(), before);
  t.notOk(leader.has('/a'));
});

t.test('parents of a sequential znode', async (t) => {
  const leader = new Leader();
  const mode = 'persistent_sequential';
  t.equal(leader.create('/a/b/', { mode, parents: true }), '/a/b/0000000000');
  t.equal(leader.create('/a/b/', { mode, parents: true }), '/a/b/0000000001');
});

t.test('the longest sequential path is judged with its number', async (t) => {
  const leader = new Leader({ pathBytes: 14 });
  leader.create('/q');
  const mode = 'persistent_sequential';
  t.equal(leader.create('/q/-', { mode }), '/q/-0000000000');
  t.match(leader.refused(create('/q/--', { mode })), {
    code: 'BadArguments',
    limit: { name: 'pathBytes', value: 14 },
  });
});

t.test('set with create: of a missing znode', async (t) => {
  const leader = new Leader();
  const done = leader.do(set('/a', 'new', { create: true }));
  t.match(done.results, [{ op: 'create', path: '/a', stat: { version: 0, dataLength: 3 } }]);
  t.match(leader.stat('/a'), { mode: 'persistent' });
  const again = leader.do(set('/a', 'newer', { create: true }));
  t.match(again.results, [{ op: 'set', path: '/a', stat: { version: 1 } }]);
});

t.test('set with create needs the parent, and CREATE on it', async (t) => {
  const leader = new Leader();
  leader.create('/locked', { acl: world('drwa') });
  t.same(leader.refused(set('/no/where', '', { create: true })), { code: 'NoNode', path: '/no' });
  t.equal(leader.code(set('/locked/a', '', { create: true })), 'NoAuth');
});

t.test('set with create and a condition', async (t) => {
  const leader = new Leader();
  for (const condition of [{ version: 0 }, { mzxid: leader.state.lastZxid }, { mustExist: true }]) {
    t.same(leader.refused(set('/a', '', { create: true, condition })), {
      code: 'NoNode',
      path: '/a',
    });
  }
  const condition = { mustNotExist: true };
  t.match(leader.do(set('/a', '1', { create: true, condition })).results, [{ op: 'create' }]);
  t.same(leader.refused(set('/a', '2', { create: true, condition })), {
    code: 'NodeExists',
    path: '/a',
    stat: leader.stat('/a'),
  });
});

t.test('a session owns so many ephemerals at most', async (t) => {
  const leader = new Leader({ ephemeralsPerSession: 2 });
  const session = leader.openSession();
  leader.create('/1', { mode: 'ephemeral' });
  leader.prepare(create('/2', { mode: 'ephemeral' }), session);
  t.match(leader.refused(create('/3', { mode: 'ephemeral' }), session), {
    code: 'LimitExceeded',
    limit: { name: 'ephemeralsPerSession', value: 2 },
  });
  t.ok(leader.do(create('/3'), session), 'others it may create');
  leader.do(remove('/1'));
  t.ok(leader.do(create('/4', { mode: 'ephemeral' }), session));
});
