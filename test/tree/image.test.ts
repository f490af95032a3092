/** The tree as rows: stored and loaded again it is the same tree. */
import t from 'tap';
import { ZXID_NONE, zxidOf } from '../../raftlog/zxid.ts';
import {
  initialRows,
  loadPosition,
  loadSessions,
  loadZnodes,
  type SessionRow,
  sessionRow,
  type ZnodeRow,
  znodeRow,
} from '../../storage/tree/image.ts';
import { dueForReaping } from '../../storage/tree/reap.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { data, Leader, remove, set, world } from './support.ts';

function rowsOf(state: ReplicatedState): { znodes: ZnodeRow[]; sessions: SessionRow[] } {
  return {
    znodes: [...state.tree.values()].map(znodeRow).sort(([a], [b]) => a - b),
    sessions: [...state.sessions.entries()].map(([, session]) => sessionRow(session)),
  };
}

function populated(): Leader {
  const leader = new Leader();
  leader.openSession();
  leader.create('/a', { data: data('ü日😀') });
  leader.create('/a/b', { acl: world('r') });
  leader.create('/a/e-', { mode: 'ephemeral_sequential' });
  leader.create('/c', { mode: 'container' });
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.do(set('/zookeeper/quota', 'x'));
  leader.do(set('/', 'root'));
  leader.do({ op: 'setAcl', path: '/', acl: world('cdra') });
  leader.do(set('/a', '', { data: { text: '/wD+AA==', encoding: 'base64', length: 4 } }));
  leader.openSession();
  leader.create('/deleted');
  leader.do(remove('/deleted'));
  return leader;
}

t.test('the digest, the stats and the sizes survive', async (t) => {
  const { state } = populated();
  const rows = rowsOf(state);
  const loaded = new ReplicatedState();
  loadSessions(loaded, rows.sessions);
  loadZnodes(loaded, JSON.parse(JSON.stringify(rows.znodes)));
  loadPosition(loaded, { zxid: state.lastZxid, lastTime: state.lastTime });
  t.equal(loaded.digest(), state.digest());
  t.equal(loaded.tree.size, state.tree.size);
  t.equal(loaded.tree.dataBytes, state.tree.dataBytes);
  for (const znode of state.tree.values()) {
    const copy = loaded.tree.get(znode.path);
    t.same(copy?.stat, znode.stat, znode.path);
    t.same(copy?.data, znode.data);
    t.same(copy?.acl, znode.acl);
  }
});

t.test('in pages, sessions last: ephemerals find their session', async (t) => {
  const { state } = populated();
  const rows = rowsOf(state);
  const loaded = new ReplicatedState();
  for (const row of rows.znodes) loadZnodes(loaded, [row]);
  loadSessions(loaded, rows.sessions);
  loadPosition(loaded, { zxid: state.lastZxid, lastTime: state.lastTime });
  t.equal(loaded.digest(), state.digest());
  for (const [id, session] of state.sessions.entries()) {
    t.same(loaded.sessions.get(id), session);
  }
});

t.test('a loaded tree goes on where the stored one was', async (t) => {
  const leader = populated();
  const rows = rowsOf(leader.state);
  const twin = new Leader();
  loadSessions(twin.state, rows.sessions);
  loadZnodes(twin.state, rows.znodes);
  leader.do({ op: 'setAcl', path: '/', acl: world('cdrwa') });
  twin.do({ op: 'setAcl', path: '/', acl: world('cdrwa') });
  const [session] = rows.sessions[0] ?? [''];
  const mode = 'persistent_sequential';
  t.equal(twin.create('/a/n-', { mode }), leader.create('/a/n-', { mode }));
  const close = { op: 'closeSession', session, reason: 'expired' } as const;
  t.same(twin.do(close).results, leader.do(close).results);
  t.same(twin.children('/a'), leader.children('/a'));
  const paths = (each: Leader) =>
    dueForReaping(each.state, each.time + 1e9, 10).map(({ path }) => path);
  t.same(paths(twin).sort(), ['/c', '/t']);
});

t.test('numbers of znodes go on above every number that is alive', async (t) => {
  const { state } = populated();
  const rows = rowsOf(state);
  const loaded = new ReplicatedState();
  loadZnodes(loaded, rows.znodes);
  const alive = rows.znodes.map(([id]) => id);
  t.equal(loaded.nextZnodeId, Math.max(...alive) + 1);
});

t.test('the rows that a new member begins with are the initial tree', async (t) => {
  const loaded = new ReplicatedState();
  loadZnodes(loaded, initialRows());
  t.equal(loaded.digest(), new ReplicatedState().digest());
  t.same(
    initialRows().map(([id, path]) => [id, path]),
    [
      [1, '/'],
      [2, '/zookeeper'],
      [3, '/zookeeper/quota'],
      [4, '/zookeeper/config'],
    ],
  );
});

t.test('a row without its parent, or twice, is damage', async (t) => {
  const { znodes } = rowsOf(populated().state);
  const orphans = znodes.filter(([, path]) => path !== '/a');
  t.throws(() => loadZnodes(new ReplicatedState(), orphans), { name: 'DamagedRows' });
  const twice = new ReplicatedState();
  loadZnodes(twice, znodes);
  t.throws(() => loadZnodes(twice, znodes), { name: 'DamagedRows' });
});

t.test('the digest tells trees apart by any part of them', async (t) => {
  const { znodes, sessions } = rowsOf(populated().state);
  const digestOf = (z: readonly ZnodeRow[], s = sessions, lastTime = 1000) => {
    const state = new ReplicatedState();
    loadPosition(state, { zxid: zxidOf(1, 1), lastTime });
    loadZnodes(state, z);
    loadSessions(state, s);
    return state.digest();
  };
  const right = digestOf(znodes);
  const at = znodes.findIndex(([, path]) => path === '/t');
  const other: [number, unknown][] = [
    [0, 999],
    [1, '/u'],
    [2, 1],
    [3, 1],
    [4, 1],
    [5, 1],
    [6, 1],
    [7, 1],
    [8, 1],
    [9, 1],
    [10, 'container'],
    [12, 1001],
    [13, world('rw')],
    [14, 'x'],
    [15, 'base64'],
  ];
  for (const [column, value] of other) {
    const row = [...(znodes[at] ?? [])];
    row[column] = value as never;
    t.not(digestOf(znodes.with(at, row as unknown as ZnodeRow)), right, `column ${column}`);
  }
  t.not(digestOf(znodes.slice(0, -1)), right, 'a znode less');
  t.not(digestOf(znodes, sessions.slice(0, 1)), right, 'a session less');
  t.not(digestOf(znodes, sessions, 1001), right, 'the last transaction a moment later');
  t.not(digestOf(znodes, sessions, 1000 + 2 ** 32), right, 'and much later');
  t.match(right, /^[0-9a-f]{16}$/);
});

t.test('the digest is that of the state, not of the way that led there', async (t) => {
  const leader = new Leader();
  loadPosition(leader.state, { zxid: ZXID_NONE, lastTime: leader.time });
  const empty = leader.state.digest();
  const session = leader.openSession();
  t.not(leader.state.digest(), empty);
  leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.equal(
    leader.state.digest(),
    empty,
    'a session that came and went leaves no trace but its time',
  );
  leader.create('/a');
  t.not(leader.state.digest(), empty);
  leader.do(remove('/a'));
  t.not(leader.state.digest(), empty, 'a znode that came and went has been counted by its parent');
});

t.test('the digest of given rows is the one that stored trees were proved with', async (t) => {
  const [zxid, time, owner] = [3 * 2 ** 32 + 5, 1_700_000_000_000, '0000000300000001'];
  const long = `${'x'.repeat(5000)}${'é'.repeat(5000)}`;
  const ttlMs = 2 ** 40 - 1;
  const moved = [zxid, zxid + 1, zxid + 2, time, time + 1, 1, 3] as const;
  const still = [zxid, zxid, zxid, time, time, 0, 0] as const;
  const rows: ZnodeRow[] = [
    [5, '/a', ...moved, 0, 'persistent', '', 0, world('cdrwa'), 'ü日😀', 'utf8'],
    [6, '/a/long', ...still, 2, 'persistent', '', 0, world('r'), long, 'utf8'],
    [7, '/a/日本', ...still, 0, 'ephemeral', owner, 0, world('cdrwa'), '/wD+AA==', 'base64'],
    [8, '/a/t', ...still, 0, 'persistent_ttl', '', ttlMs, world('cdrwa'), 'y'.repeat(33), 'utf8'],
    [9, `/a/${'c'.repeat(40)}`, ...still, 0, 'container', '', 0, world('cdrwa'), '', 'utf8'],
  ];
  const state = new ReplicatedState();
  t.equal(state.digest(), 'c00964812b4c4afb');
  loadSessions(state, [[owner, 'ab'.repeat(32), 10_000]]);
  loadZnodes(state, rows);
  t.equal(state.digest(), 'a4b9b5d5d2bf5a50', 'as formats before the fifth have it');
  loadPosition(state, { zxid: zxidOf(3, 8), lastTime: time + 2 });
  t.equal(state.digest(), '9e0e44c52bafa9fb');
});
