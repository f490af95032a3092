/** Sequential znodes: the suffix is the parent's count of creates, and nothing else. */
import { codeOf, type Driver, world } from './driver.ts';
import { overBoth, overHttp, overWebSocket } from './specification.ts';

const SEQUENTIAL = { mode: 'persistent_sequential' } as const;

async function next(client: Driver, prefix: string): Promise<string> {
  return (await client.create(prefix, SEQUENTIAL)).path;
}

await overBoth({
  'the first child ever is 0000000000, the next one 0000000001': async ({ t, client, at }) => {
    t.equal(await next(client, at('n-')), at('n-0000000000'));
    t.equal(await next(client, at('n-')), at('n-0000000001'));
  },

  'every create counts, sequential or not, under whatever prefix': async ({ t, client, at }) => {
    await client.create(at('plain'));
    await client.create(at('ephemeral'), { mode: 'ephemeral' });
    await client.create(at('container'), { mode: 'container' });
    t.equal(await next(client, at('a-')), at('a-0000000003'));
    t.equal(await next(client, at('b-')), at('b-0000000004'), 'the counter is the parent’s');
    const { path } = await client.create(at('c-'), { mode: 'ephemeral_sequential' });
    t.equal(path, at('c-0000000005'));
    const ttl = { mode: 'persistent_sequential_ttl', ttlMs: 60_000 } as const;
    t.equal((await client.create(at('d-'), ttl)).path, at('d-0000000006'));
  },

  'deletes do not count: no number is ever given again': async ({ t, client, at }) => {
    await client.create(at('a'));
    await client.create(at('b'));
    await client.delete(at('a'));
    t.equal((await client.get(at(''))).stat.cversion, 3);
    t.equal(await next(client, at('n-')), at('n-0000000002'), 'creates, not cversion');
    await client.delete(at('n-0000000002'));
    t.equal(await next(client, at('n-')), at('n-0000000003'));
  },

  'children of children do not count, nor do sets and ACLs': async ({ t, client, at }) => {
    await client.create(at('p'));
    await client.create(at('p/child'));
    await client.create(at('p/child/grandchild'));
    await client.set(at('p'), 'x');
    await client.setAcl(at('p'), world('cdrwa'));
    t.equal(await next(client, at('p/n-')), at('p/n-0000000001'));
  },

  'a parent that is created again begins at 0': async ({ t, client, at }) => {
    await client.create(at('p'));
    await next(client, at('p/n-'));
    await client.delete(at('p'), { recursive: true });
    await client.create(at('p'));
    t.equal(await next(client, at('p/n-')), at('p/n-0000000000'));
  },

  'a create that is refused takes no number': async ({ t, client, at }) => {
    await client.create(at('a'));
    await codeOf(client.create(at('a')));
    await codeOf(client.create(at('n'), { ...SEQUENTIAL, ttlMs: 5 }));
    await codeOf(client.create(at('n'), { ...SEQUENTIAL, acl: world('x') }));
    t.equal(await next(client, at('n-')), at('n-0000000001'));
  },

  'NodeExists when someone has made the name by hand; the number stays': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('n-0000000001'));
    t.equal(await codeOf(next(client, at('n-'))), 'NodeExists');
    t.equal(await codeOf(next(client, at('n-'))), 'NodeExists');
    await client.create(at('one more'));
    t.equal(await next(client, at('n-')), at('n-0000000002'));
  },

  'a transaction counts on, and gives its numbers back when it fails': async ({
    t,
    client,
    at,
  }) => {
    const sequential = { op: 'create', path: at('n-'), ...SEQUENTIAL };
    const results = await client.transaction([
      sequential,
      { op: 'create', path: at('plain') },
      sequential,
    ]);
    t.equal(results[0]?.path, at('n-0000000000'));
    t.equal(results[2]?.path, at('n-0000000002'));
    const failing = client.transaction([sequential, { op: 'check', path: at('none') }]);
    t.equal(await codeOf(failing), 'NoNode');
    await client.transaction([sequential], { dryRun: true });
    t.equal(await next(client, at('n-')), at('n-0000000003'));
  },

  'a parent that is created with the child begins at 0 too': async ({ t, client, at }) => {
    const { path } = await client.create(at('new/queue/n-'), { ...SEQUENTIAL, parents: true });
    t.equal(path, at('new/queue/n-0000000000'));
  },

  'the order of the numbers is the order of the zxids': async ({ t, client, connect, at }) => {
    const others = [client, await connect(), await connect()];
    const rounds = Array.from({ length: 10 }, () => others).flat();
    const created = await Promise.all(rounds.map((other) => other.create(at('n-'), SEQUENTIAL)));
    const byZxid = created.toSorted((a, b) => (a.stat.czxid < b.stat.czxid ? -1 : 1));
    t.strictSame(
      byZxid.map(({ path }) => path),
      created.map(({ path }) => path).toSorted(),
    );
    t.equal(new Set(created.map(({ path }) => path)).size, 30, 'nobody shares a number');
  },
});

await overHttp({
  'the Location of a sequential create is its final path': async ({ t, client, at }) => {
    const target = `/v1/znodes${at('a b-')}?mode=persistent_sequential`.replaceAll(' ', '%20');
    const answer = await client.send({ method: 'POST', target });
    t.equal(answer.headers.location, `/v1/znodes${at('a%20b-0000000000')}`);
  },
});

await overWebSocket({
  'creates that are pipelined get consecutive numbers in their order': async ({
    t,
    client,
    at,
  }) => {
    const request = { op: 'create', path: at('n-'), ...SEQUENTIAL };
    const answers = await client.pipeline(Array.from({ length: 50 }, () => request));
    t.strictSame(
      answers.map(({ result }) => result?.['path']),
      answers.map((_, index) => at(`n-${String(index).padStart(10, '0')}`)),
    );
  },

  'refused creates in between take no number': async ({ t, client, at }) => {
    await client.create(at('taken'));
    const sequential = { op: 'create', path: at('n-'), ...SEQUENTIAL };
    const refused = { op: 'create', path: at('taken') };
    const answers = await client.pipeline([sequential, refused, sequential, refused, sequential]);
    t.strictSame(
      answers.map(({ result, error }) => result?.['path'] ?? error?.code),
      [at('n-0000000001'), 'NodeExists', at('n-0000000002'), 'NodeExists', at('n-0000000003')],
    );
  },
});
