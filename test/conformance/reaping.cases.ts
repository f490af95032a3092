/** Containers and TTL znodes go by themselves, when their time has come and not before. */
import { codeOf } from './driver.ts';
import { eventually, overBoth, overWebSocket } from './specification.ts';

await overBoth(
  {
    'a container goes once it has lost its last child, and not while it has one': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.create(at('c/1'));
      await client.create(at('c/2'));
      await client.delete(at('c/1'));
      t.ok(await client.exists(at('c')));
      await client.delete(at('c/2'));
      await eventually('it is gone', async () => (await client.exists(at('c'))) === undefined);
      t.equal(await codeOf(client.create(at('c/3'))), 'NoNode', 'who comes later makes it again');
    },

    'containers in containers go from the inside out': async ({ t, client, at }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.create(at('c/d'), { mode: 'container' });
      await client.create(at('c/d/x'));
      await client.delete(at('c/d/x'));
      await eventually('both are gone', async () => (await client.exists(at('c'))) === undefined);
      t.equal((await client.get(at(''))).stat.numChildren, 0);
    },

    'a TTL znode without children goes, one with children stays until they are gone': async ({
      t,
      client,
      at,
    }) => {
      const ttl = { mode: 'persistent_ttl', ttlMs: 50 } as const;
      await client.create(at('parent'), ttl);
      await client.create(at('parent/child'));
      const alone = await client.create(at('alone'), ttl);
      t.equal(alone.stat.expiresAt, alone.stat.mtime + 50);
      await eventually('one goes', async () => (await client.exists(at('alone'))) === undefined);
      t.ok(await client.exists(at('parent')), 'the other’s time was up no later');
      await client.delete(at('parent/child'));
      await eventually('and then', async () => (await client.exists(at('parent'))) === undefined);
    },

    'never used, a container stays for a while; a TTL in the future is one': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('unused'), { mode: 'container' });
      await client.create(at('later'), { mode: 'persistent_ttl', ttlMs: 600_000 });
      await client.create(at('now'), { mode: 'persistent_ttl', ttlMs: 1 });
      await eventually('one goes', async () => (await client.exists(at('now'))) === undefined);
      t.ok(await client.exists(at('unused')));
      t.ok(await client.exists(at('later')));
    },
  },
  { jobs: 4 },
);

await overWebSocket(
  {
    'a child that is made in the last moment keeps it: it has children, or it is gone': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.create(at('c/first'));
      // Empty for a moment, again and again, until a look falls into one of them.
      for (let round = 0; round < 500; round += 1) {
        const requests = [
          { op: 'delete', path: at('c/first') },
          { op: 'create', path: at('c/first') },
        ];
        const [deleted, created] = await client.pipeline(requests);
        if (deleted?.error !== undefined || created?.error !== undefined) {
          t.equal(created?.error?.code, 'NoNode', 'it went while it was empty, and is whole gone');
          t.equal(await client.exists(at('c')), undefined);
          return;
        }
      }
      t.ok(await client.exists(at('c/first')));
    },

    'whoever watches is told, as of any delete': async ({ t, client, at }) => {
      await client.create(at('c'), { mode: 'container' });
      await client.create(at('c/x'));
      await client.request({ op: 'addWatch', path: at(''), mode: 'persistentRecursive' });
      await client.delete(at('c/x'));
      await client.until(({ event, path }) => event === 'nodeDeleted' && path === at('c'));
      t.equal(await client.exists(at('c')), undefined);
    },
  },
  { jobs: 2 },
);
