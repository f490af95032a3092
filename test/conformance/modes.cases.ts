/** What kind of znode it is: ephemerals, containers, TTL, and when each goes away by itself. */
import { codeOf, namesOf } from './driver.ts';
import { eventually, overBoth, overHttp, sleep } from './specification.ts';

/** The member looks every second for what is due; a machine under load may be late. */
const REAPED_WITHIN_MS = 6000;

await overBoth(
  {
    'an ephemeral goes with its session and not before': async ({ t, client, connect, at }) => {
      const owner = await connect();
      const { stat } = await owner.create(at('e'), { mode: 'ephemeral', data: 'here' });
      t.match(stat, { mode: 'ephemeral', ephemeralOwner: owner.sessionId });
      await client.sync();
      t.equal((await client.get(at('e'))).data, 'here', 'others see it');
      await owner.closeSession();
      await client.sync();
      t.equal(await client.exists(at('e')), undefined);
    },

    'anyone may set or delete an ephemeral, and it keeps its owner': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const owner = await connect();
      await owner.create(at('e'), { mode: 'ephemeral' });
      const { stat } = await client.set(at('e'), 'by another session');
      t.equal(stat.ephemeralOwner, owner.sessionId);
      await client.delete(at('e'));
      await owner.sync();
      t.equal(await owner.exists(at('e')), undefined);
      await client.create(at('e'), { data: 'persistent now' });
      await owner.closeSession();
      await client.sync();
      t.equal((await client.get(at('e'))).data, 'persistent now', 'another znode of the same name');
    },

    'an ephemeral has no children': async ({ t, client, at }) => {
      await client.create(at('e'), { mode: 'ephemeral' });
      for (const mode of [
        'persistent',
        'ephemeral',
        'container',
        'persistent_sequential',
      ] as const) {
        t.equal(await codeOf(client.create(at('e/x'), { mode })), 'NoChildrenForEphemerals', mode);
      }
      t.equal(await codeOf(client.create(at('e'), { mode: 'ephemeral' })), 'NodeExists');
    },

    'ephemerals of a session go under one zxid, in path order': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const owner = await connect();
      for (const name of ['c', 'a', 'b']) await owner.create(at(name), { mode: 'ephemeral' });
      await client.sync();
      t.strictSame(namesOf(await client.children(at(''))), ['a', 'b', 'c']);
      await owner.closeSession();
      await client.sync();
      t.strictSame(namesOf(await client.children(at(''))), []);
    },

    'a session that has ended creates nothing any more': async ({ t, client, connect, at }) => {
      const closed = await connect();
      await closed.closeSession();
      const expired = await connect({ timeoutMs: 1000, heartbeat: 'message' });
      await expired.create(at('mine'), { mode: 'ephemeral' });
      await client.sync();
      await eventually('expired', async () => (await client.exists(at('mine'))) === undefined);
      for (const [what, owner] of Object.entries({ closed, expired })) {
        const outcome = await codeOf(owner.create(at('e'), { mode: 'ephemeral' })).catch(String);
        const told = owner.transport === 'HTTP' ? /^SessionExpired$/ : /closed/;
        t.match(outcome, told, what);
      }
      await client.sync();
      t.equal(await client.exists(at('e')), undefined);
    },

    'a container goes when its last child has gone': async ({ t, client, at }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.create(at('c/x'));
      await client.create(at('c/y'));
      await client.delete(at('c/x'));
      await sleep(1500);
      t.ok(await client.exists(at('c')), 'not while it has a child');
      await client.delete(at('c/y'));
      await eventually('gone', async () => !(await client.exists(at('c'))), REAPED_WITHIN_MS);
    },

    'a container that never had a child stays for minutes': async ({ t, client, at }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.set(at('c'), 'x');
      await sleep(2500);
      t.ok(await client.exists(at('c')));
    },

    'containers in containers go one after the other': async ({ t, client, at }) => {
      await client.create(at('outer'), { mode: 'container' });
      await client.create(at('outer/inner'), { mode: 'container' });
      await client.create(at('outer/inner/x'));
      await client.delete(at('outer/inner/x'));
      t.ok(await eventually('both gone', async () => !(await client.exists(at('outer'))), 10_000));
    },

    'a TTL znode goes when it has not been set for its time': async ({ t, client, at }) => {
      const { stat } = await client.create(at('ttl'), { mode: 'persistent_ttl', ttlMs: 1500 });
      t.match(stat, { mode: 'persistent_ttl', ttlMs: 1500, expiresAt: stat.mtime + 1500 });
      await sleep(900);
      const renewed = await client.set(at('ttl'), 'renewed');
      t.equal(renewed.stat.expiresAt, renewed.stat.mtime + 1500, 'a set renews it');
      await eventually('gone', async () => !(await client.exists(at('ttl'))), REAPED_WITHIN_MS);
      t.ok(Date.now() >= (renewed.stat.expiresAt ?? Number.POSITIVE_INFINITY), 'and not before');
    },

    'children keep a TTL znode and do not renew it': async ({ t, client, at }) => {
      await client.create(at('ttl'), { mode: 'persistent_ttl', ttlMs: 200 });
      await client.create(at('ttl/child'));
      await sleep(2500);
      t.ok(await client.exists(at('ttl')), 'kept by its child');
      await client.delete(at('ttl/child'));
      await eventually('gone', async () => !(await client.exists(at('ttl'))), REAPED_WITHIN_MS);
    },

    'a znode of the same name in place of the TTL one is not taken for it': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('ttl'), { mode: 'persistent_ttl', ttlMs: 50 });
      await client.delete(at('ttl'));
      await client.create(at('ttl'), { data: 'persistent' });
      await sleep(2500);
      t.equal((await client.get(at('ttl'))).data, 'persistent');
    },

    'a TTL znode that is created sequentially goes as well': async ({ t, client, at }) => {
      const options = { mode: 'persistent_sequential_ttl', ttlMs: 1 } as const;
      const { path } = await client.create(at('n-'), options);
      t.ok(await eventually('gone', async () => !(await client.exists(path)), REAPED_WITHIN_MS));
    },

    'a mode that does not exist is refused': async ({ t, client, at }) => {
      for (const mode of ['PERSISTENT', 'eternal', '', '0']) {
        const attempt = client.create(at('x'), { mode: mode as 'persistent' });
        t.equal(await codeOf(attempt), 'BadArguments', JSON.stringify(mode));
      }
      t.equal(await client.exists(at('x')), undefined);
    },

    'a time to live is a whole number of milliseconds in its range': async ({ t, client, at }) => {
      for (const ttlMs of [0, -1, 0.5, 2 ** 40, 2 ** 53]) {
        const attempt = client.create(at('x'), { mode: 'persistent_ttl', ttlMs });
        t.equal(await codeOf(attempt), 'BadArguments', `${ttlMs}`);
      }
    },
  },
  { jobs: 8 },
);

await overHttp({
  'an ephemeral needs a session': async ({ t, client, at }) => {
    const target = `/v1/znodes${at('e')}?mode=ephemeral`;
    const answer = await client.http.send({ method: 'POST', target });
    t.equal(answer.status, 400);
    t.match(answer.json(), { code: 'BadArguments' });
    const inTransaction = await client.http.send({
      method: 'POST',
      target: '/v1/transactions',
      json: { ops: [{ op: 'create', path: at('e'), mode: 'ephemeral' }] },
    });
    t.equal(inTransaction.status, 400);
    t.match(inTransaction.json(), { code: 'BadArguments', index: 0 });
    t.equal(await client.exists(at('e')), undefined);
  },
});
