/** Recursive delete: a whole subtree or nothing. */
import t from 'tap';
import { create, Leader, lines, remove, world } from './support.ts';

function family(limits = {}): Leader {
  const leader = new Leader(limits);
  for (const path of ['/a', '/a/b', '/a/b/1', '/a/b/2', '/a/c', '/ab']) leader.create(path);
  return leader;
}

t.test('children go before their parents, siblings in the order of their names', async (t) => {
  const leader = family();
  const done = leader.do(remove('/a', { recursive: true }));
  t.same(
    lines(done.events).filter((line) => line.startsWith('nodeDeleted')),
    [
      'nodeDeleted /a/b/1',
      'nodeDeleted /a/b/2',
      'nodeDeleted /a/b',
      'nodeDeleted /a/c',
      'nodeDeleted /a',
    ],
  );
  t.same(done.results, [{ op: 'delete' }]);
  t.same(leader.children('/'), ['ab', 'zookeeper']);
  t.equal(leader.state.tree.size, 5);
});

t.test('without children it is a plain delete', async (t) => {
  const leader = family();
  const done = leader.do(remove('/a/c', { recursive: true }));
  t.same(lines(done.events), ['nodeDeleted /a/c', 'nodeChildrenChanged /a']);
});

t.test('it sees what is outstanding: created, deleted and re-created', async (t) => {
  const leader = family();
  leader.prepare(create('/a/b/0'));
  leader.prepare(create('/a/d'));
  leader.prepare(create('/a/d/new'));
  leader.prepare(remove('/a/b/1'));
  leader.prepare(remove('/a/c'));
  leader.prepare(create('/a/c'));
  const done = leader.do(remove('/a', { recursive: true }));
  t.same(
    lines(done.events).filter((line) => line.startsWith('nodeDeleted')),
    [
      'nodeDeleted /a/b/0',
      'nodeDeleted /a/b/2',
      'nodeDeleted /a/b',
      'nodeDeleted /a/c',
      'nodeDeleted /a/d/new',
      'nodeDeleted /a/d',
      'nodeDeleted /a',
    ],
  );
  t.notOk(leader.has('/a'));
});

t.test('ephemerals of any session go too, and their sessions know', async (t) => {
  const leader = family();
  const session = leader.openSession();
  leader.create('/a/e', { mode: 'ephemeral' });
  leader.create('/e', { mode: 'ephemeral' });
  leader.do(remove('/a', { recursive: true }));
  t.same([...(leader.state.sessions.get(session)?.ephemerals ?? [])], ['/e']);
});

t.test('more than the limit: nothing is deleted', async (t) => {
  const leader = family({ recursiveDelete: 4 });
  const before = leader.state.digest();
  t.same(leader.refused(remove('/a', { recursive: true })), {
    code: 'TooLarge',
    limit: { name: 'recursiveDelete', value: 4 },
  });
  t.equal(leader.state.digest(), before);
  leader.do(remove('/a/c'));
  t.ok(leader.do(remove('/a', { recursive: true })), 'exactly the limit');
});

t.test('DELETE is needed on every parent of something that goes', async (t) => {
  const leader = family();
  leader.do({ op: 'setAcl', path: '/a/b', acl: world('crwa') });
  const before = leader.state.digest();
  t.match(leader.refused(remove('/a', { recursive: true })), { code: 'NoAuth', path: '/a/b' });
  t.equal(leader.state.digest(), before);
  leader.do({ op: 'setAcl', path: '/a/b', acl: world('d') });
  leader.do({ op: 'setAcl', path: '/a/c', acl: world('r') });
  t.ok(leader.do(remove('/a', { recursive: true })), 'a leaf needs none of its own');
});

t.test('a refusal names nothing that the caller may not list', async (t) => {
  const leader = family();
  leader.create('/a/b/1/deep');
  leader.do({ op: 'setAcl', path: '/a/b/1', acl: world('crwa') });
  const refusal = () => leader.refused(remove('/a', { recursive: true }));
  t.match(refusal(), { code: 'NoAuth', path: '/a/b/1' }, 'all may be listed');
  leader.do({ op: 'setAcl', path: '/a/b', acl: world('cdwa') });
  t.match(refusal(), { code: 'NoAuth', path: '/a/b' });
  leader.do({ op: 'setAcl', path: '/a', acl: world('cdwa') });
  t.match(refusal(), { code: 'NoAuth', path: '/a' }, 'but what it has named itself');
});

t.test('how many there are is told to those alone who may delete them', async (t) => {
  const leader = family({ recursiveDelete: 2 });
  const code = () => leader.code(remove('/a', { recursive: true }));
  t.equal(code(), 'TooLarge');
  leader.do({ op: 'setAcl', path: '/a', acl: world('crwa') });
  t.equal(code(), 'NoAuth', 'before anything is counted');
});

t.test('the tree itself stays', async (t) => {
  const leader = family();
  for (const path of ['/', '/zookeeper', '/zookeeper/quota']) {
    t.equal(leader.code(remove(path, { recursive: true })), 'BadArguments', path);
  }
  leader.create('/zookeeper/quota/a');
  t.ok(leader.do(remove('/zookeeper/quota/a')), 'what lies below is ordinary');
});

t.test('the condition is that of the addressed znode', async (t) => {
  const leader = family();
  const wrong = { recursive: true, condition: { version: 1 } };
  t.equal(leader.code(remove('/a', wrong)), 'BadVersion');
  t.ok(leader.do(remove('/a', { recursive: true, condition: { version: 0 } })));
});
