/** What a session owns, and how many descendants a znode has. */
import { startMember } from '../harness/member.ts';
import { descendants, ephemerals, setQuota } from './beside.ts';
import { codeOf, world } from './driver.ts';
import { HttpDriver, targetOf } from './http-driver.ts';
import { overBoth, overHttp, withOwnMembers } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

await overBoth({
  'a session’s ephemerals are listed in order: its own, and nobody else’s': async ({
    t,
    client,
    connect,
    at,
  }) => {
    t.strictSame(await ephemerals(client), { sessionId: client.sessionId, paths: [] });
    const other = await connect();
    await other.create(at('others'), { mode: 'ephemeral' });
    for (const name of ['b', 'a', 'c']) await client.create(at(name), { mode: 'ephemeral' });
    await client.create(at('persistent'));
    t.strictSame((await ephemerals(client)).paths, [at('a'), at('b'), at('c')]);
    await client.delete(at('b'));
    t.strictSame((await ephemerals(client)).paths, [at('a'), at('c')]);
    t.strictSame((await ephemerals(other)).paths, [at('others')]);
  },

  'a prefix is a text and no path: /a begins /ab too': async ({ t, client, at }) => {
    for (const name of ['a', 'ab', 'b']) await client.create(at(name), { mode: 'ephemeral' });
    const paths = async (prefix: string) => (await ephemerals(client, { prefix })).paths;
    t.strictSame(await paths(at('a')), [at('a'), at('ab')]);
    t.strictSame(await paths('/'), [at('a'), at('ab'), at('b')]);
    t.strictSame(await paths('nothing'), []);
  },

  'a page at a time': async ({ t, client, at }) => {
    for (const name of ['a', 'b', 'c']) await client.create(at(name), { mode: 'ephemeral' });
    const first = await ephemerals(client, { limit: 2 });
    t.strictSame(first.paths, [at('a'), at('b')]);
    t.equal(first.next, at('b'));
    const last = await ephemerals(client, { limit: 2, after: at('b') });
    t.strictSame(last.paths, [at('c')]);
    t.equal(last.next, undefined);
    t.equal(await codeOf(ephemerals(client, { limit: 0 })), 'BadArguments');
  },

  'descendants are counted at every depth, the znode itself left out': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a/b/c'), { parents: true, data: '123' });
    await client.set(at(''), 'not counted');
    const found = { path: at(''), count: 3, bytes: 3, complete: true };
    t.strictSame(await descendants(client, at('')), found);
    t.strictSame(await descendants(client, at('a/b/c')), {
      ...found,
      path: at('a/b/c'),
      count: 0,
      bytes: 0,
    });
    await setQuota(client, at(''));
    t.strictSame(await descendants(client, at('')), found, 'the same where a quota knows it');
    const all = await descendants(client, '/');
    t.ok(all.complete && all.count > 3, 'the root knows of all, the special ones included');
  },

  'READ on the znode is asked for, of what is below nothing': async ({ t, client, at }) => {
    await client.create(at('a/b'), { parents: true });
    await client.setAcl(at('a/b'), world('c'));
    t.equal((await descendants(client, at('a'))).count, 1);
    t.equal(await codeOf(descendants(client, at('a/b'))), 'NoAuth');
    t.equal(await codeOf(descendants(client, at('missing'))), 'NoNode');
    t.equal(await codeOf(descendants(client, at('a//b'))), 'BadArguments');
  },
});

await withOwnMembers(
  'an empty ensemble has three descendants of the root, as in ZooKeeper',
  async (t) => {
    const member = await startMember();
    t.teardown(() => member.stop());
    for (const open of [HttpDriver.open(member.port), WsDriver.connect(member.wsUrl)]) {
      const client = await open;
      const { count, bytes, complete } = await descendants(client, '/');
      t.strictSame({ count, bytes, complete }, { count: 3, bytes: 0, complete: true });
      client.disconnect();
    }
  },
);

await overHttp({
  'what a session owns is shown to who has its token': async ({ t, client, connect }) => {
    const other = await connect();
    const target = targetOf(`/v1/sessions/${other.sessionId}/ephemerals`, '/');
    t.equal((await client.send({ target })).status, 403);
    t.equal((await client.http.send({ target })).status, 403);
    await other.closeSession();
    t.equal((await other.send({ target })).status, 410);
    t.ok(client instanceof HttpDriver);
  },

  'the tree itself has two znodes in /zookeeper, as in ZooKeeper': async ({ t, client }) => {
    const { results } = (
      await client.send({
        method: 'POST',
        target: '/v1/batch-reads',
        json: { ops: [{ op: 'children', path: '/zookeeper' }] },
      })
    ).json<{ results: { children: { name: string }[] }[] }>();
    t.strictSame(results[0]?.children.map(({ name }) => name).toSorted(), ['config', 'quota']);
  },
});
