/**
 * Znodes as views: what is held over a change shows the znode as it is, what is held over its end
 * shows nothing, and nobody ever reads a stranger's.
 */
import t from 'tap';
import { loadPosition, loadZnodes, znodeRow } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { Znode } from '../../storage/tree/tree.ts';
import type { ZnodeData } from '../../storage/tree/types.ts';
import { data, Leader, remove, set, world } from './support.ts';

const GONE = { name: 'AssertionError', message: 'a znode is not looked at once it is gone' };

function view(leader: Leader, path: string): Znode {
  const znode = leader.state.tree.get(path);
  if (znode === undefined) throw new Error(`there is no ${path}`);
  return znode;
}

/** Everything that can be read of a znode. */
const READS: readonly ((znode: Znode) => unknown)[] = [
  (znode) => znode.stat,
  (znode) => znode.text,
  (znode) => znode.data,
  (znode) => znode.encoding,
  (znode) => znode.dataLength,
  (znode) => znode.dataHash,
  (znode) => znode.acl,
  (znode) => znode.name,
  (znode) => znode.numChildren,
  (znode) => znode.wire,
  (znode) => znode.lookAt,
  (znode) => {
    znode.wire = 'x';
  },
];

t.test('a view shows the znode as it is now', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('first') });
  const znode = view(leader, '/a');
  leader.do(set('/a', 'second'.repeat(100)));
  leader.create('/a/b');
  leader.do({ op: 'setAcl', path: '/a', acl: world('cr') });
  t.same(znode.stat, leader.stat('/a'));
  t.same(znode.data, data('second'.repeat(100)));
  t.same(znode.acl, world('cr'));
  t.equal(znode.numChildren, 1);
  t.ok(znode.exists);
});

t.test('the place of a deleted znode is used again, and its view shows nothing', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('mine') });
  const znode = view(leader, '/a');
  const child = leader.state.tree.children(view(leader, '/'), undefined, 1)[0] as Znode;
  t.equal(child.path, '/a');
  leader.do(remove('/a'));
  t.notOk(znode.exists);
  for (const read of READS) t.throws(() => read(znode), GONE);
  leader.create('/b', { data: data('a stranger in the same place') });
  t.equal(view(leader, '/b').place, znode.place);
  for (const read of READS) t.throws(() => read(znode), GONE);
  for (const read of READS) t.throws(() => read(child), GONE);
  t.equal(znode.path, '/a', 'the path that it was asked for by is its own');
  t.equal(leader.state.tree.at(znode.place, znode.id), undefined);
  t.equal(leader.state.tree.at(znode.place, view(leader, '/b').id)?.path, '/b');
});

t.test('a znode of the same path in the same place is another one', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('before') });
  const znode = view(leader, '/a');
  leader.do(remove('/a'));
  leader.create('/a', { data: data('after') });
  t.equal(view(leader, '/a').place, znode.place);
  t.throws(() => znode.text, GONE);
});

t.test('a view of what is gone changes nothing', async (t) => {
  const leader = new Leader();
  const { tree } = leader.state;
  leader.create('/a');
  const znode = view(leader, '/a');
  const { stat } = znode;
  leader.do(remove('/a'));
  leader.create('/b');
  const digest = leader.state.digest();
  const changed = { name: 'AssertionError' };
  t.throws(() => tree.setData(znode, data(''), stat), changed);
  t.throws(() => tree.setAcl(znode, world('r'), stat), changed);
  t.throws(() => tree.insert(znode, stat, 99, '/a/c', stat, data(''), world('r')), changed);
  t.throws(() => tree.remove(znode, stat, view(leader, '/b')), changed);
  t.throws(() => tree.remove(view(leader, '/'), leader.stat('/'), znode), changed);
  t.equal(leader.state.digest(), digest);
  t.equal(reloaded(leader.state).digest(), digest);
});

t.test('within a transaction, too', async (t) => {
  const leader = new Leader();
  leader.openSession();
  leader.create('/e', { mode: 'ephemeral', data: data('e') });
  leader.create('/c', { mode: 'container' });
  leader.create('/c/1');
  const held = ['/e', '/c', '/c/1'].map((path) => view(leader, path));
  const create = { op: 'create', mode: 'persistent' } as const;
  const done = leader.do({
    op: 'transaction',
    ops: [remove('/c/1'), { ...create, path: '/x', data: data('x') }, remove('/c'), set('/e', 'y')],
  });
  t.equal(done.results.length, 4);
  leader.do({ op: 'closeSession', session: leader.session, reason: 'closed' });
  leader.create('/y', { data: data('y') });
  leader.create('/z', { data: data('z') });
  for (const znode of held) t.throws(() => znode.data, GONE);
  t.same(leader.children('/'), ['x', 'y', 'z', 'zookeeper']);
  for (const name of ['x', 'y', 'z']) t.equal(view(leader, `/${name}`).text, name);
});

t.test('a reminder of a znode that is gone reminds of no other', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 10 });
  const { place } = view(leader, '/t');
  leader.do(remove('/t'));
  leader.create('/u', { mode: 'persistent_ttl', ttlMs: 100_000 });
  t.equal(view(leader, '/u').place, place);
  leader.time += 1000;
  t.same(leader.state.reapIndex.next(leader.time)?.id, 5, 'the reminder is there');
  t.equal(leader.state.tree.at(place, 5), undefined);
  t.equal(view(leader, '/u').lookAt, leader.stat('/u').mtime + 100_001);
});

t.test('a serialised form goes with every change, and with the znode', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const changes = [
    () => leader.do(set('/a', 'y')),
    () => leader.do({ op: 'setAcl', path: '/a', acl: world('cdrw') }),
    () => leader.create('/a/b'),
    () => leader.do(remove('/a/b')),
  ];
  for (const change of changes) {
    view(leader, '/a').wire = 'kept';
    t.equal(view(leader, '/a').wire, 'kept');
    change();
    t.equal(view(leader, '/a').wire, undefined);
  }
  const { place } = view(leader, '/a');
  view(leader, '/a').wire = 'kept';
  leader.do(remove('/a'));
  leader.create('/b');
  t.equal(view(leader, '/b').place, place);
  t.equal(view(leader, '/b').wire, undefined, 'the next znode in its place has none');
});

// ------------------------------------------------------------------------ what is held

/** Well-formed text of so many bytes, of characters of one to four bytes. */
function textOf(bytes: number, character: string): string {
  const each = Buffer.byteLength(character);
  return character.repeat(Math.floor(bytes / each)) + 'x'.repeat(bytes % each);
}

function binaryOf(bytes: number): ZnodeData {
  const buffer = Buffer.alloc(bytes, Uint8Array.of(0xff, 0x00, 0xfe, 0x80, 0x01));
  return { text: buffer.toString('base64'), encoding: 'base64', length: bytes };
}

const SIZES = [
  ...[0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 100, 255, 256, 257, 287, 288, 289],
  ...[1023, 1024, 1025, 4095, 4096, 4097, 8191, 12_289, 65_534, 65_536, 65_537, 70_000],
  ...[1024 * 1024 - 1, 1024 * 1024],
];

t.test('data of every size, in place and out of it, text and binary', async (t) => {
  const leader = new Leader();
  const values = SIZES.flatMap((bytes) => [
    ...['x', 'ü', '日', '😀'].map((character) => data(textOf(bytes, character))),
    binaryOf(bytes),
  ]);
  for (const path of ['/a', '/日本/ü', `/${'long'.repeat(60)}`]) {
    leader.create(path, { parents: true });
    leader.create(`${path}-beside`, { data: data('beside') });
    let wrong = 0;
    for (const [at, value] of [...values, ...values.toReversed()].entries()) {
      leader.do({ op: 'set', path, data: value });
      const znode = view(leader, path);
      const { text, encoding, length } = znode.data;
      const isSame = text === value.text && encoding === value.encoding && length === value.length;
      const [child] = leader.state.tree.children(view(leader, path), undefined, 1);
      if (!isSame || child !== undefined || znode.stat.version !== at + 1) wrong += 1;
      if (leader.state.tree.at(znode.place, znode.id)?.path !== path) wrong += 1;
    }
    t.equal(wrong, 0, `below ${path.slice(0, 20)}`);
    t.equal(view(leader, `${path}-beside`).text, 'beside');
  }
  t.equal(reloaded(leader.state).digest(), leader.state.digest());
});

function reloaded(state: ReplicatedState): ReplicatedState {
  const copy = new ReplicatedState();
  loadZnodes(
    copy,
    [...state.tree.values()].map(znodeRow).sort(([a], [b]) => a - b),
  );
  loadPosition(copy, { zxid: state.lastZxid, lastTime: state.lastTime });
  return copy;
}

t.test('paths of all lengths and characters', async (t) => {
  const leader = new Leader({ pathBytes: 1e6, nameBytes: 1e6, pathDepth: 1e5 });
  const names = [
    ...['a', 'ü', '日本', 'ﬀ', 'a b', '\u00a0', 'ÿ', '龍', '\uffef', '~', '!', '-', '0'],
    ...[126, 127, 128, 129, 300, 1023, 1024, 5000, 70_000].map((length) => 'n'.repeat(length)),
    ...[42, 43, 1365, 30_000].map((length) => '日'.repeat(length)),
  ];
  for (const name of names) leader.create(`/${name}`, { data: data(name.slice(0, 10)) });
  t.same(leader.children('/'), [...names, 'zookeeper'].sort());
  for (const name of names) {
    t.equal(view(leader, `/${name}`).text, name.slice(0, 10));
    leader.create(`/${name}/child`);
    t.same(leader.children(`/${name}`), ['child']);
    t.equal(leader.state.tree.get(`/${name}x`), undefined);
    t.equal(leader.state.tree.get(`/${name.slice(0, -1)}`)?.text.slice(0, 0) ?? '', '');
  }
  const deep = '/d'.repeat(2000);
  leader.create(deep, { parents: true });
  t.equal(view(leader, deep).name, 'd');
  t.equal([...leader.state.tree.values()].length, leader.state.tree.size);
  t.equal(reloaded(leader.state).digest(), leader.state.digest());
  for (const name of names) leader.do(remove(`/${name}`, { recursive: true }));
  t.same(leader.children('/'), ['d', 'zookeeper']);
});

t.test('a path that no znode could have is not there', async (t) => {
  const { tree } = new ReplicatedState();
  for (const path of ['', 'x', '/\ud800', '/zookeeper\u0000', '//', `/${'x'.repeat(1e6)}`]) {
    t.equal(tree.get(path), undefined);
  }
  t.equal(tree.get('/')?.name, '');
});

t.test('data that is not as long as it says is a mistake', async (t) => {
  const { tree } = new ReplicatedState();
  const root = tree.get('/') as Znode;
  const { stat } = root;
  const wrong = { text: 'abc', encoding: 'utf8', length: 5 } as const;
  t.throws(() => tree.setData(root, wrong, { ...stat, dataLength: 5 }), { name: 'AssertionError' });
  t.throws(() => tree.setData(root, data('abc'), stat), { name: 'AssertionError' });
});
