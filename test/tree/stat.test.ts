/**
 * Which operation moves which attribute, on the znode and on its parent: everything that is not
 * listed must not have moved. zxids are counters of the epoch, times ms since the start.
 */
import t from 'tap';
import { create, data, Leader, moved, remove, set, world } from './support.ts';

t.test('a fresh tree', async (t) => {
  const leader = new Leader();
  t.equal(leader.state.tree.size, 4);
  t.same(leader.children('/'), ['zookeeper']);
  t.same(leader.children('/zookeeper'), ['config', 'quota']);
  const zeros = { czxid: 0, mzxid: 0, pzxid: 0, ctime: 0, mtime: 0, version: 0, aversion: 0 };
  t.same(leader.seen('/'), { ...zeros, cversion: 1, dataLength: 0, numChildren: 1 });
  t.same(leader.seen('/zookeeper'), { ...zeros, cversion: 2, dataLength: 0, numChildren: 2 });
  t.same(leader.state.tree.get('/zookeeper/config')?.acl, world('r'));
});

t.test('create: the znode', async (t) => {
  const leader = new Leader();
  leader.time += 5;
  leader.create('/a', { data: data('héllo') });
  t.same(leader.seen('/a'), {
    czxid: 1,
    mzxid: 1,
    pzxid: 1,
    ctime: 5,
    mtime: 5,
    version: 0,
    cversion: 0,
    aversion: 0,
    dataLength: 6,
    numChildren: 0,
  });
});

t.test('create: the parent counts a child; its own data did not change', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.time += 7;
  const before = leader.seen('/a');
  const root = leader.seen('/');
  leader.create('/a/b');
  t.same(moved(before, leader.seen('/a')), { pzxid: 2, cversion: 1, numChildren: 1 });
  t.same(moved(root, leader.seen('/')), {}, 'grandparents are not concerned');
});

t.test('delete: the parent', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.create('/a/b');
  const before = leader.seen('/a');
  leader.time += 7;
  leader.do(remove('/a/b'));
  t.notOk(leader.has('/a/b'));
  t.same(moved(before, leader.seen('/a')), { pzxid: 3, cversion: 2, numChildren: 0 });
});

t.test('cversion counts creates and deletes, sequence suffixes count creates', async (t) => {
  const leader = new Leader();
  leader.create('/q');
  leader.create('/q/a');
  leader.create('/q/b');
  leader.do(remove('/q/a'));
  t.equal(leader.seen('/q')['cversion'], 3);
  t.equal(leader.create('/q/n-', { mode: 'persistent_sequential' }), '/q/n-0000000002');
});

t.test('set: version, mzxid, mtime, length; nothing of the parent', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('one') });
  leader.create('/a/b', { data: data('one') });
  leader.time += 9;
  const [before, parent] = [leader.seen('/a/b'), leader.seen('/a')];
  leader.do(set('/a/b', 'three'));
  t.same(moved(before, leader.seen('/a/b')), { version: 1, mzxid: 3, mtime: 9, dataLength: 5 });
  t.same(moved(parent, leader.seen('/a')), {});
});

t.test('set of equal data moves the same', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('same') });
  leader.time += 9;
  const before = leader.seen('/a');
  leader.do(set('/a', 'same'));
  t.same(moved(before, leader.seen('/a')), { version: 1, mzxid: 2, mtime: 9 });
});

t.test('setAcl: aversion and nothing else', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.time += 9;
  const before = leader.seen('/a');
  leader.do({ op: 'setAcl', path: '/a', acl: world('r') });
  t.same(moved(before, leader.seen('/a')), { aversion: 1 });
});

t.test('check and checkAbsent: nothing, not even a zxid', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const before = leader.state.digest();
  const prepared = leader.prepare({
    op: 'transaction',
    ops: [
      { op: 'check', path: '/a' },
      { op: 'checkAbsent', path: '/b' },
    ],
  });
  t.same(prepared, { kind: 'dryRun', results: [{ op: 'check' }, { op: 'checkAbsent' }] });
  t.equal(leader.state.digest(), before);
});

t.test(
  'the end of a session: each parent counts each child that goes, under one zxid',
  async (t) => {
    const leader = new Leader();
    leader.openSession();
    leader.create('/a');
    leader.create('/b');
    for (const path of ['/a/1', '/a/2', '/b/1']) leader.create(path, { mode: 'ephemeral' });
    const [a, b] = [leader.seen('/a'), leader.seen('/b')];
    leader.do({ op: 'closeSession', session: leader.session, reason: 'expired' });
    t.same(moved(a, leader.seen('/a')), { pzxid: 7, cversion: 4, numChildren: 0 });
    t.same(moved(b, leader.seen('/b')), { pzxid: 7, cversion: 2, numChildren: 0 });
  },
);

t.test('transaction: one zxid and time, but a version for each set', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.time += 3;
  const before = leader.seen('/a');
  leader.do({ op: 'transaction', ops: [set('/a', '1'), set('/a', '22')] });
  t.same(moved(before, leader.seen('/a')), { version: 2, mzxid: 2, mtime: 3, dataLength: 2 });
});

t.test('transaction: a child that comes and goes is counted twice', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const before = leader.seen('/a');
  leader.do({ op: 'transaction', ops: [create('/a/b'), remove('/a/b')] });
  t.same(moved(before, leader.seen('/a')), { pzxid: 2, cversion: 2 });
});

t.test('container and TTL znodes have no owner; the TTL shows', async (t) => {
  const leader = new Leader();
  leader.create('/c', { mode: 'container' });
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1234 });
  t.match(leader.stat('/c'), { mode: 'container', ephemeralOwner: '', ttlMs: 0 });
  t.match(leader.stat('/t'), { mode: 'persistent_ttl', ephemeralOwner: '', ttlMs: 1234 });
});

t.test('an ephemeral znode shows its owner, which a set by another does not change', async (t) => {
  const leader = new Leader();
  const owner = leader.openSession();
  const other = leader.openSession();
  leader.do(create('/e', { mode: 'ephemeral' }), owner);
  leader.do(set('/e'), other);
  t.match(leader.stat('/e'), { mode: 'ephemeral', ephemeralOwner: owner, version: 1 });
});

t.test('a stat that was taken never moves', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const taken = leader.stat('/a');
  const copy = { ...taken };
  leader.create('/a/b');
  leader.do(set('/a'));
  t.same(taken, copy);
});
