/** What a session has, and who watches a znode or waits for it: with permission, and no secrets. */
import {
  explainSession,
  type SessionOf,
  type WatchersOf,
  type Witness,
  watchers,
} from './beside.ts';
import { codeOf, type Driver, digestId, userAcl, world } from './driver.ts';
import { EventStream } from './event-stream.ts';
import { HttpDriver } from './http-driver.ts';
import {
  eventually,
  overBoth,
  overHttp,
  overWebSocket,
  type Setting,
  withMember,
} from './specification.ts';
import type { WsDriver } from './ws-driver.ts';

withMember(['--super-digest', digestId('root', 'all mighty')]);

/** What the case's member says of itself: whether nobody else could know of more. */
function witness({ member, others }: Setting<Driver>): Witness {
  const otherMembers = others.map(({ id }) => id).sort((a, b) => a - b);
  return { member: member.id, otherMembers, complete: others.length === 0 };
}

async function superClient(connect: () => Promise<Driver>): Promise<Driver> {
  const root = await connect();
  await root.authenticate('root', 'all mighty');
  return root;
}

await overBoth({
  'what a session has is told to itself': async (setting) => {
    const { t, client, connectHere, at } = setting;
    const other = await connectHere();
    await other.create(at('others'), { mode: 'ephemeral' });
    for (const name of ['b', 'a']) await client.create(at(name), { mode: 'ephemeral' });
    const told = await explainSession(client, client.sessionId);
    const { member, otherMembers } = witness(setting);
    const { sessionId } = client;
    t.match(told, { member, otherMembers, sessionId, ephemeralCount: 2 });
    t.strictSame(told.ephemerals, [at('a'), at('b')], 'in order, and nobody else’s');
    const { expiresInMs, timeoutMs } = told;
    t.ok(expiresInMs > 0 && expiresInMs <= timeoutMs, `${expiresInMs} of ${timeoutMs} ms are left`);
    const connected = !(client instanceof HttpDriver);
    t.equal(told.connected, connected, 'a connection speaks for it, or none');
    const complete = connected || otherMembers.length === 0;
    t.equal(told.complete, complete, 'where its connection is everything is known');
    await client.delete(at('a'));
    t.strictSame((await explainSession(client, client.sessionId)).ephemerals, [at('b')]);
  },

  'that of another one to super alone': async ({ t, client, connect, at }) => {
    const [other, root] = [await connect(), await superClient(connect)];
    await other.create(at('x'), { mode: 'ephemeral' });
    await root.sync();
    t.equal(await codeOf(explainSession(client, other.sessionId)), 'NoAuth');
    t.equal(
      await codeOf(explainSession(client, '00000000000fffff')),
      'NoAuth',
      'nor whether there is such a session',
    );
    const told = await explainSession(root, other.sessionId);
    t.strictSame(told.ephemerals, [at('x')]);
    t.equal(told.sessionId, other.sessionId);
    t.equal(await codeOf(explainSession(root, '000fffff00000001')), 'SessionExpired', 'nobody has');
    await other.closeSession();
    await root.sync();
    t.equal(await codeOf(explainSession(root, other.sessionId)), 'SessionExpired');
  },

  'who may change the ACL may know who watches': async (setting) => {
    const { t, client, connectHere, at } = setting;
    const root = await superClient(connectHere);
    await root.create(at('x'), { acl: [...world('crwd'), ...userAcl('a', 'ann', 'secret')] });
    t.equal(await codeOf(watchers(client, at('x'))), 'NoAuth');
    t.equal(
      await codeOf(watchers(client, at('x/absent/too'))),
      'NoAuth',
      'of what is not there the closest one above decides',
    );
    const nobody = { path: at('x'), count: 0, watchers: [], ...witness(setting) };
    t.strictSame(await watchers(root, at('x')), nobody);
    await client.authenticate('ann', 'secret');
    t.strictSame(await watchers(client, at('x')), nobody);
    const path = at('x/absent/too');
    t.strictSame(await watchers(client, path), { ...nobody, path });
    t.equal(await codeOf(watchers(client, 'no path')), 'BadArguments');
  },
});

const kinds = ({ watchers: rows }: WatchersOf) => rows.map(({ kind, path }) => [kind, path]);

await overWebSocket({
  'the watches that a change of a znode answers, and those above that are recursive': async ({
    t,
    client,
    connectHere,
    at,
  }) => {
    const [ws, other] = [client as WsDriver, (await connectHere()) as WsDriver];
    const { sessionId } = ws;
    await client.create(at('a/b'), { parents: true });
    await ws.watching({ op: 'get', path: at('a') });
    await ws.watching({ op: 'children', path: at('a') });
    await ws.addWatch(at('a'), 'persistent');
    await other.addWatch(at('a'), 'persistentRecursive');
    await other.addWatch(at(''), 'persistentRecursive');
    await other.addWatch(at(''), 'persistent');
    const told = await watchers(client, at('a'));
    t.strictSame(kinds(told), [
      ['data', at('a')],
      ['child', at('a')],
      ['persistent', at('a')],
      ['persistentRecursive', at('a')],
      ['persistentRecursive', at('')],
    ]);
    t.strictSame(
      told.watchers.map((row) => [row.via, row.sessionId]),
      [sessionId, sessionId, sessionId, other.sessionId, other.sessionId].map((id) => [
        'webSocket',
        id,
      ]),
    );
    t.equal(told.count, 5);
    t.equal((await watchers(client, at('a/b'))).count, 2, 'below it the recursive ones');
    await client.set(at('a'), 'x');
    t.equal((await watchers(client, at('a'))).count, 4, 'a watch that has fired is gone');
    other.disconnect();
    await eventually('those of a connection go with it', async () => {
      return (await watchers(client, at('a'))).count === 2;
    });
  },

  'what a session watches is known with its connection': async ({ t, client, connectHere, at }) => {
    const ws = client as WsDriver;
    const first = await ws.addWatch(at('x'), 'persistentRecursive');
    const second = await ws.watching({ op: 'exists', path: at('y') });
    const { result } = await ws.request({ op: 'explainSession' });
    const told = result as unknown as SessionOf;
    t.match(await explainSession(client, ws.sessionId), { ...told, expiresInMs: Number });
    t.equal(told.sessionId, ws.sessionId, 'its own without a word');
    t.strictSame(told.watches, [
      { watch: first, kind: 'persistentRecursive', path: at('x') },
      { watch: second, kind: 'data', path: at('y') },
    ]);
    t.match(told, { connected: true, watchCount: 2, complete: true });
    const root = await superClient(connectHere);
    ws.disconnect();
    await eventually('the watches go with the connection', async () => {
      const { connected, watchCount } = await explainSession(root, ws.sessionId);
      return !connected && watchCount === 0;
    });
  },

  'a chroot hides watches outside, and their number': async (setting) => {
    const { t, client, at, member } = setting;
    const ws = client as WsDriver;
    await client.create(at('root'));
    for (const path of [at(''), at('other'), at('root-too')]) await ws.addWatch(path, 'persistent');
    const http = await HttpDriver.open(member.port);
    t.teardown(() => http.disconnect());
    const explained = async () => {
      const target = `/v1/sessions/${ws.sessionId}/explanation`;
      const headers = { 'paddock-chroot': at('root'), 'paddock-session': ws.token };
      return (await http.http.send({ target, headers })).json<SessionOf>();
    };
    t.match(await explained(), { connected: true, watchCount: 0, watches: [], complete: true });
    const own = await ws.addWatch(at('root'), 'persistent');
    const below = await ws.watching({ op: 'exists', path: at('root/x') });
    const told = await explained();
    t.equal(told.watchCount, 2);
    t.strictSame(told.watches, [
      { watch: own, kind: 'persistent', path: '/' },
      { watch: below, kind: 'data', path: '/x' },
    ]);
    const { watchCount } = await explainSession(client, ws.sessionId);
    t.equal(watchCount, 5, 'who has no chroot is told of all');
  },

  'one member answers: of watches elsewhere it knows nothing, and says so': async (setting) => {
    const { t, client, others, connect, connectHere, at } = setting;
    const [ws, other] = [client as WsDriver, await connect()];
    await ws.addWatch(at(''), 'persistent');
    await other.sync();
    const elsewhere = others.length > 0;
    const asked = await watchers(other, at(''));
    t.match(asked, { count: elsewhere ? 0 : 1, complete: !elsewhere });
    const member = setting.member.id;
    t.equal(asked.otherMembers.includes(member), elsewhere, 'it names who may know of more');
    t.match(await watchers(ws, at('')), { count: 1, member });
    const root = await superClient(connect);
    await root.sync();
    const told = await explainSession(root, ws.sessionId);
    t.match(told, { connected: !elsewhere, watchCount: elsewhere ? 0 : 1, complete: !elsewhere });
    const near = await explainSession(await superClient(connectHere), ws.sessionId);
    t.match(near, { connected: true, watchCount: 1, complete: true }, 'where it is connected');
  },
});

await overHttp({
  'event streams and requests that wait, which need no session': async ({
    t,
    client,
    connectHere,
    at,
    member,
  }) => {
    await client.create(at('x'));
    const stream = await EventStream.open(member.port, { path: at('x') });
    const target = `/v1/znodes${at('x')}?until=deleted`;
    const held = (client as HttpDriver).send({ target, headers: { prefer: 'wait=30' } });
    const other = (await connectHere()) as HttpDriver;
    await eventually('both are there', async () => (await watchers(other, at('x'))).count === 2);
    const { watchers: rows } = await watchers(other, at('x'));
    t.strictSame(rows.map(({ via }) => via).sort(), ['eventStream', 'wait']);
    stream.close();
    await other.delete(at('x'));
    t.equal((await held).status, 204);
    await eventually('and go', async () => (await watchers(other, at('x'))).count === 0);
  },

  'a chroot hides what lies outside': async ({ t, client, connectHere, at, member }) => {
    const [outer, inner] = [client as HttpDriver, (await connectHere()) as HttpDriver];
    await outer.create(at('root/x'), { parents: true });
    await inner.create(at('root/mine'), { mode: 'ephemeral' });
    await inner.create(at('outside'), { mode: 'ephemeral' });
    const headers = { 'paddock-chroot': at('root') };
    const own = `/v1/sessions/${inner.sessionId}/explanation`;
    const told = (await inner.send({ target: own, headers })).json<SessionOf>();
    t.strictSame(told.ephemerals, ['/mine']);
    t.equal(told.ephemeralCount, 1);
    const path = at('');
    const stream = await EventStream.open(member.port, { path, recursive: true });
    t.teardown(() => stream.close());
    const x = (await outer.send({ target: '/v1/watchers/x', headers })).json<WatchersOf>();
    const watching = { via: 'eventStream', kind: 'persistentRecursive' };
    t.match([x.path, x.count], ['/x', 1]);
    t.strictSame(x.watchers, [watching], 'who watches from above, but not from where');
  },
});
