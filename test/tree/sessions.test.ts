/** Sessions and the ephemerals that they own. */
import t from 'tap';
import { create, Leader, lines, remove, sessionId, set } from './support.ts';

const SECRET = 'cd'.repeat(32);

t.test('a session has the zxid that opened it as its id', async (t) => {
  const leader = new Leader();
  const done = leader.do({ op: 'openSession', secretHash: SECRET, timeoutMs: 5000 });
  t.same(done.results, [{ op: 'openSession', session: sessionId(1) }]);
  t.match(leader.state.sessions.get(sessionId(1)), { secretHash: SECRET, timeoutMs: 5000 });
  t.equal(leader.state.sessions.size, 1);
  t.same(done.events, []);
});

t.test('closing deletes its ephemerals in path order, in one transaction', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/p');
  for (const path of ['/p/b', '/z', '/p/a', '/a']) leader.create(path, { mode: 'ephemeral' });
  leader.create('/p/stays');
  const done = leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.same(lines(done.events), [
    'nodeDeleted /a',
    'nodeChildrenChanged /',
    'nodeDeleted /p/a',
    'nodeChildrenChanged /p',
    'nodeDeleted /p/b',
    'nodeChildrenChanged /p',
    'nodeDeleted /z',
    'nodeChildrenChanged /',
  ]);
  t.same(done.results, [{ op: 'closeSession', session }]);
  t.equal(leader.state.sessions.size, 0);
  t.same(leader.children('/p'), ['stays']);
});

t.test(
  'closing takes outstanding creates along and leaves outstanding deletes alone',
  async (t) => {
    const leader = new Leader();
    const session = leader.openSession();
    leader.create('/gone', { mode: 'ephemeral' });
    leader.create('/again', { mode: 'ephemeral' });
    leader.prepare(remove('/gone'));
    leader.prepare(remove('/again'));
    leader.prepare(create('/again', { mode: 'ephemeral' }), session);
    leader.prepare(create('/new', { mode: 'ephemeral' }), session);
    const done = leader.do({ op: 'closeSession', session, reason: 'expired' });
    t.same(
      lines(done.events).filter((line) => line.startsWith('nodeDeleted')),
      ['nodeDeleted /again', 'nodeDeleted /new'],
    );
    t.equal(leader.state.tree.size, 4);
  },
);

t.test("a path that another session has taken since is not the closing one's", async (t) => {
  const leader = new Leader();
  const first = leader.openSession();
  leader.create('/e', { mode: 'ephemeral' });
  const second = leader.openSession();
  leader.prepare(remove('/e'));
  leader.prepare(create('/e', { mode: 'ephemeral' }), second);
  leader.do({ op: 'closeSession', session: first, reason: 'closed' });
  t.equal(leader.stat('/e').ephemeralOwner, second);
});

t.test('anyone may delete an ephemeral; its session then no longer owns it', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/e', { mode: 'ephemeral' });
  leader.do(remove('/e'));
  t.equal(leader.state.sessions.get(session)?.ephemerals.size, 0);
  leader.create('/e');
  leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.ok(leader.has('/e'), 'a persistent znode in its place stays');
});

t.test('a session ends once', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.prepare({ op: 'closeSession', session, reason: 'closed' });
  const closed = { op: 'closeSession', session, reason: 'closed' } as const;
  const expired = { op: 'closeSession', session, reason: 'expired' } as const;
  t.same(leader.refused(closed), { code: 'SessionExpired' }, 'while it is closing');
  t.same(leader.prepare(expired), { kind: 'nothing' });
  leader.applyNext();
  t.same(leader.refused(closed), { code: 'SessionExpired' }, 'and afterwards');
  t.same(leader.prepare(expired), { kind: 'nothing' });
});

t.test('a session may be used as soon as it is being opened', async (t) => {
  const leader = new Leader();
  leader.prepare({ op: 'openSession', secretHash: SECRET, timeoutMs: 5000 });
  leader.prepare(create('/e', { mode: 'ephemeral' }), sessionId(1));
  leader.do(set('/e'), sessionId(1));
  t.same([...(leader.state.sessions.get(sessionId(1))?.ephemerals ?? [])], ['/e']);
});

t.test('so many sessions at most, outstanding ones counted', async (t) => {
  const leader = new Leader({ sessions: 2 });
  const session = leader.openSession();
  const open = { op: 'openSession', secretHash: SECRET, timeoutMs: 5000 } as const;
  leader.prepare(open);
  t.same(leader.refused(open), { code: 'LimitExceeded', limit: { name: 'sessions', value: 2 } });
  leader.prepare({ op: 'closeSession', session, reason: 'closed' });
  t.equal(leader.prepare(open).kind, 'transaction');
  t.equal(leader.code(open), 'LimitExceeded');
});

t.test('entries lists every session', async (t) => {
  const leader = new Leader();
  const ids = [leader.openSession(), leader.openSession()];
  t.same(
    [...leader.state.sessions.entries()].map(([id, session]) => [id, session.id]),
    ids.map((id) => [id, id]),
  );
  t.ok(leader.state.sessions.has(ids[0] ?? ''));
});
