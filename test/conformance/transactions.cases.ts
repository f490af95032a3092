/** Several operations as one: all or nothing, under one zxid, each seeing the ones before it. */
import { codeOf, type Driver, namesOf, type Refused, refusalOf, userAcl, world } from './driver.ts';
import { overBoth, overHttp, overWebSocket } from './specification.ts';

async function subtree(client: Driver, path: string): Promise<unknown[]> {
  const { stat, children } = await client.children(path, { include: ['stat', 'data'] });
  const below = await Promise.all(children.map(({ name }) => subtree(client, `${path}/${name}`)));
  return [stat, children, below];
}

await overBoth({
  'each operation sees what the ones before it did': async ({ t, client, at }) => {
    const results = await client.transaction([
      { op: 'create', path: at('a'), data: 'a' },
      { op: 'create', path: at('a/b') },
      { op: 'check', path: at('a'), version: 0 },
      { op: 'set', path: at('a'), data: 'aa', version: 0 },
      { op: 'check', path: at('a'), version: 1 },
      { op: 'set', path: at('a'), data: 'aaa', version: 1 },
      { op: 'delete', path: at('a/b') },
      { op: 'checkAbsent', path: at('a/b') },
      { op: 'create', path: at('a/b'), data: 'again' },
    ]);
    t.strictSame(
      results.map(({ op }) => op),
      ['create', 'create', 'check', 'set', 'check', 'set', 'delete', 'checkAbsent', 'create'],
    );
    t.match(results[0], { path: at('a'), stat: { version: 0, dataLength: 1 } });
    t.match(results[5], { path: at('a'), stat: { version: 2, dataLength: 3 } });
    t.strictSame(results[2], { op: 'check' }, 'a check has nothing to say');
    t.strictSame(results[6], { op: 'delete' }, 'nor has a delete');
    t.match(await client.get(at('a')), { data: 'aaa', stat: { numChildren: 1, cversion: 3 } });
    t.equal((await client.get(at('a/b'))).data, 'again');
  },

  'the first operation that fails is named by index, path and code': async ({ t, client, at }) => {
    await client.create(at('x'));
    const cases: [Record<string, unknown>, string, string][] = [
      [{ op: 'create', path: at('x') }, 'NodeExists', at('x')],
      [{ op: 'create', path: at('none/x') }, 'NoNode', at('none')],
      [{ op: 'set', path: at('none'), data: 'x' }, 'NoNode', at('none')],
      [{ op: 'set', path: at('x'), data: 'x', version: 7 }, 'BadVersion', at('x')],
      [{ op: 'delete', path: at('none') }, 'NoNode', at('none')],
      [{ op: 'delete', path: at('x'), version: 7 }, 'BadVersion', at('x')],
      [{ op: 'delete', path: at('') }, 'NotEmpty', at('')],
      [{ op: 'check', path: at('x'), version: 7 }, 'BadVersion', at('x')],
      [{ op: 'check', path: at('none') }, 'NoNode', at('none')],
      [{ op: 'checkAbsent', path: at('x') }, 'NodeExists', at('x')],
    ];
    for (const [failing, code, path] of cases) {
      const good = { op: 'create', path: at('new') };
      const problem = await refusalOf(
        client.transaction([good, { op: 'check', path: at('x') }, failing as never, good]),
      );
      const what = `${failing['op']} ${code}`;
      t.match(problem, { code, path, index: 2, outcome: 'not-applied' }, what);
      t.equal(await client.exists(at('new')), undefined, `${what} leaves nothing behind`);
    }
  },

  'one that is malformed is named by its index as well': async ({ t, client, at }) => {
    const good = { op: 'create', path: at('new') };
    for (const bad of [
      { op: 'create', path: 'no slash' },
      { op: 'create', path: at('x'), mode: 'persistent_ttl' },
      { op: 'delete', path: '/' },
      { op: 'set', path: at('x'), data: '***', encoding: 'base64' },
    ]) {
      const problem = await refusalOf(client.transaction([good, bad]));
      t.match(problem, { code: 'BadArguments', index: 1 }, JSON.stringify(bad));
    }
    t.equal(await client.exists(at('new')), undefined);
  },

  'a failed transaction leaves nothing: no data, no stat, no counter, no ACL, no zxid': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('p'), { data: 'before' });
    await client.create(at('p/x'), { data: 'before' });
    const before = await subtree(client, at(''));
    const zxid = await client.sync();
    const code = codeOf(
      client.transaction([
        { op: 'create', path: at('p/n-'), mode: 'persistent_sequential' },
        { op: 'create', path: at('p/n-'), mode: 'ephemeral_sequential' },
        { op: 'create', path: at('new/parents/too'), parents: true },
        { op: 'create', path: at('acl'), acl: world('r') },
        { op: 'set', path: at('p'), data: 'after' },
        { op: 'delete', path: at('p/x') },
        { op: 'check', path: at('none') },
      ]),
    );
    t.equal(await code, 'NoNode');
    t.strictSame(await subtree(client, at('')), before);
    t.equal(await client.sync(), zxid);
    const { path } = await client.create(at('p/n-'), { mode: 'persistent_sequential' });
    t.equal(path, at('p/n-0000000001'), 'the counter is where it was');
  },

  'what failed does not linger in the judgement of what follows': async ({ t, client, at }) => {
    await client.create(at('a'));
    await client.create(at('a/b'));
    const failing = [
      { op: 'delete', path: at('a/b') },
      { op: 'delete', path: at('a') },
      { op: 'check', path: at('none') },
    ];
    t.equal(await codeOf(client.transaction(failing)), 'NoNode');
    t.equal(await codeOf(client.delete(at('a'))), 'NotEmpty', 'its child is still there');
    t.equal(await codeOf(client.create(at('a/b'))), 'NodeExists');
    await client.transaction(failing.slice(0, 2));
    t.equal(await client.exists(at('a')), undefined);
  },

  'the same version cannot be set twice': async ({ t, client, at }) => {
    await client.create(at('x'));
    const set = { op: 'set', path: at('x'), data: 'x', version: 0 };
    t.match(await refusalOf(client.transaction([set, set])), { code: 'BadVersion', index: 1 });
    t.equal((await client.get(at('x'))).stat.version, 0);
  },

  'what an operation takes away is not there for the next': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'before' });
    const remove = { op: 'delete', path: at('x') };
    for (const [next, code] of [
      [{ op: 'set', path: at('x'), data: 'x' }, 'NoNode'],
      [{ op: 'delete', path: at('x') }, 'NoNode'],
      [{ op: 'check', path: at('x') }, 'NoNode'],
      [{ op: 'create', path: at('x/y') }, 'NoNode'],
    ] as const) {
      t.match(await refusalOf(client.transaction([remove, next])), { code, index: 1 }, next.op);
    }
    const stale = [remove, { op: 'create', path: at('x') }, { ...remove, version: 1 }];
    t.match(await refusalOf(client.transaction(stale)), { code: 'BadVersion', index: 2 });
    t.match(await client.get(at('x')), { data: 'before', stat: { version: 0 } });
  },

  'znodes of every kind are created in one': async ({ t, client, at }) => {
    const ttl = { ttlMs: 600_000 };
    const results = await client.transaction([
      { op: 'create', path: at('container'), mode: 'container' },
      { op: 'create', path: at('ttl'), mode: 'persistent_ttl', ...ttl },
      { op: 'create', path: at('n-'), mode: 'persistent_sequential_ttl', ...ttl },
      { op: 'create', path: at('n-'), mode: 'ephemeral_sequential' },
      { op: 'create', path: at('container/x') },
    ]);
    t.match(results, [
      { path: at('container'), stat: { mode: 'container', numChildren: 0 } },
      { path: at('ttl'), stat: { mode: 'persistent_ttl', ...ttl } },
      { path: at('n-0000000002'), stat: { mode: 'persistent_ttl', ...ttl } },
      { path: at('n-0000000003'), stat: { ephemeralOwner: client.sessionId } },
      { path: at('container/x') },
    ]);
    const late = client.transaction([{ op: 'create', path: at('x'), mode: 'persistent_ttl' }]);
    t.match(await refusalOf(late), { code: 'BadArguments', index: 0 }, 'with the same arguments');
  },

  'an empty transaction is a success that changes nothing': async ({ t, client }) => {
    const zxid = await client.sync();
    t.strictSame(await client.transaction([]), []);
    t.equal(await client.sync(), zxid);
  },

  'one of checks alone changes nothing either': async ({ t, client, at }) => {
    const zxid = await client.sync();
    const results = await client.transaction([
      { op: 'check', path: at('') },
      { op: 'checkAbsent', path: at('none') },
    ]);
    t.strictSame(results, [{ op: 'check' }, { op: 'checkAbsent' }]);
    t.equal(await client.sync(), zxid);
  },

  'checkAbsent makes a create conditional on another znode': async ({ t, client, at }) => {
    const guarded = [
      { op: 'checkAbsent', path: at('lock') },
      { op: 'create', path: at('work') },
    ];
    await client.transaction(guarded);
    await client.delete(at('work'));
    await client.create(at('lock'));
    const problem = await refusalOf(client.transaction(guarded));
    t.match(problem, { code: 'NodeExists', index: 0, path: at('lock') });
    t.equal(await client.exists(at('work')), undefined);
  },

  'a dry run answers what would happen and changes nothing': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'before' });
    const before = await subtree(client, at(''));
    const zxid = await client.sync();
    const ops = [
      { op: 'set', path: at('x'), data: 'after' },
      { op: 'create', path: at('n-'), mode: 'persistent_sequential' },
    ];
    const dry = await client.transaction(ops, { dryRun: true });
    t.match(dry[0], { op: 'set', path: at('x'), stat: { version: 1, dataLength: 5 } });
    t.match(dry[1], { op: 'create', path: at('n-0000000001') });
    t.strictSame(await subtree(client, at('')), before);
    t.equal(await client.sync(), zxid);
    const failing = [...ops, { op: 'check', path: at('none') }];
    const problem = await refusalOf(client.transaction(failing, { dryRun: true }));
    t.match(problem, { code: 'NoNode', index: 2, path: at('none') });
    t.match(await client.transaction(ops), [
      { stat: { version: 1 } },
      { path: at('n-0000000001') },
    ]);
  },

  'who may write and not read is told no more by a dry run': async ({ t, client, connect, at }) => {
    const owner = await connect();
    await owner.authenticate('owner', 'secret');
    const acl = [...userAcl('cdrwa', 'owner', 'secret'), ...world('cdw')];
    await owner.create(at('all'), { acl: [...acl, ...world('r')] });
    const [still, full, brief] = [at('all/still'), at('all/full'), at('all/brief')];
    for (const path of [still, full]) await owner.create(path, { acl });
    await owner.create(brief, { mode: 'ephemeral', acl });
    for (const data of ['one', 'and another']) await owner.set(full, data);
    await owner.create(`${full}/child/of-it`, { parents: true, acl });
    await owner.setAcl(full, acl);
    await client.sync();
    const dry = async (path: string) => {
      const ops = [
        { op: 'set', path, data: 'x' },
        { op: 'delete', path },
        { op: 'create', path },
        { op: 'create', path: `${path}/x` },
        ...[0, 1, 2].flatMap((version) => [
          { op: 'set', path, data: 'x', version },
          ...['delete', 'check'].map((op) => ({ op, path, version })),
        ]),
        { op: 'set', path, data: 'x', etag: '0000000100000001' },
        { op: 'delete', path, recursive: true },
        { op: 'create', path: `${path}/`, mode: 'persistent_sequential' },
        { op: 'create', path: `${path}/x/y`, parents: true },
      ];
      const answers: string[] = [];
      for (const op of ops) {
        const outcome = client.transaction([op], { dryRun: true });
        const told = await outcome.catch((error: Refused) => [error.problem.code]);
        answers.push(`${JSON.stringify(op)} ${told}`.replaceAll(path, 'IT'));
      }
      return answers;
    };
    const told = await dry(still);
    t.strictSame(await dry(full), told, 'not its version, its size or whether it has children');
    t.strictSame(await dry(brief), told, 'nor whether it could have any');
    const codes = new Set(told.map((text) => text.split(' ').at(-1)));
    t.strictSame([...codes], ['NoAuth', 'NodeExists'], 'its name alone');
    await client.transaction([{ op: 'set', path: full, data: 'x', version: 2 }]);
    await owner.sync();
    t.equal((await owner.get(full)).stat.version, 3, 'what leaves a trace it may do');
  },

  'ephemerals of a transaction belong to the session of its client': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const owner = await connect();
    await owner.transaction([{ op: 'create', path: at('e'), mode: 'ephemeral' }]);
    await client.sync();
    t.equal((await client.get(at('e'))).stat.ephemeralOwner, owner.sessionId);
    await owner.closeSession();
    await client.sync();
    t.equal(await client.exists(at('e')), undefined);
  },

  'an ephemeral changes hands in one transaction': async ({ t, client, connect, at }) => {
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    await client.transaction([
      { op: 'delete', path: at('e') },
      { op: 'create', path: at('e'), mode: 'ephemeral' },
    ]);
    await former.closeSession();
    await client.sync();
    t.equal((await client.get(at('e'))).stat.ephemeralOwner, client.sessionId);
  },

  'a recursive delete takes the whole subtree or nothing': async ({ t, client, at }) => {
    await client.create(at('a/b/c'), { parents: true });
    await client.create(at('a/b2'));
    await client.create(at('a/e'), { mode: 'ephemeral' });
    t.equal(await codeOf(client.delete(at('a'))), 'NotEmpty');
    await client.delete(at('a'), { recursive: true });
    t.strictSame(namesOf(await client.children(at(''))), []);
    t.equal(await codeOf(client.delete(at('a'), { recursive: true })), 'NoNode');
    await client.create(at('leaf'));
    await client.delete(at('leaf'), { recursive: true });
    t.equal(await client.exists(at('leaf')), undefined, 'a leaf is a subtree too');
  },

  'a recursive delete within a transaction sees what was just created': async ({
    t,
    client,
    at,
  }) => {
    await client.transaction([
      { op: 'create', path: at('a/b'), parents: true },
      { op: 'delete', path: at('a'), recursive: true },
      { op: 'create', path: at('a'), data: 'new' },
    ]);
    t.match(await client.get(at('a')), { data: 'new', stat: { numChildren: 0 } });
  },

  'a set may create within a transaction': async ({ t, client, at }) => {
    const results = await client.transaction([
      { op: 'set', path: at('x'), data: '1', create: true },
      { op: 'set', path: at('x'), data: '2', create: true },
    ]);
    t.match(results[1]?.stat, { version: 1 });
    t.equal((await client.get(at('x'))).data, '2');
  },

  'an etag conditions an operation of a transaction': async ({ t, client, at }) => {
    const { stat } = await client.create(at('x'));
    const set = { op: 'set', path: at('x'), data: 'x', etag: stat.mzxid };
    await client.transaction([set]);
    t.match(await refusalOf(client.transaction([set])), { code: 'BadVersion', index: 0 });
  },

  'nobody sees half of a transaction': async ({ t, client, connect, at }) => {
    const reader = await connect();
    await client.create(at('a'), { data: '0' });
    await client.create(at('b'), { data: '0' });
    await reader.sync();
    let writing = true;
    const writes = (async () => {
      for (let round = 1; round <= 40; round += 1) {
        await client.transaction([
          { op: 'set', path: at('a'), data: `${round}` },
          { op: 'set', path: at('b'), data: `${round}` },
        ]);
      }
      writing = false;
    })();
    let reads = 0;
    let torn = 0;
    while (writing) {
      const [a, b] = await reader.read([
        { op: 'get', path: at('a') },
        { op: 'get', path: at('b') },
      ]);
      if (a?.['data'] !== b?.['data']) torn += 1;
      reads += 1;
    }
    await writes;
    t.equal(torn, 0);
    t.ok(reads > 0);
  },

  'only the five operations are taken': async ({ t, client, at }) => {
    for (const op of ['get', 'exists', 'children', 'setAcl', 'sync', 'transaction', 'Create', '']) {
      const attempt = client.transaction([{ op, path: at('') }]);
      t.equal(await codeOf(attempt), 'BadArguments', JSON.stringify(op));
    }
  },
});

await overHttp({
  'the status of a failed transaction is that of the code, 409 for NoNode': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    const statuses: [Record<string, unknown>, number][] = [
      [{ op: 'set', path: at('none'), data: 'x' }, 409],
      [{ op: 'create', path: at('x') }, 409],
      [{ op: 'set', path: at('x'), data: 'x', version: 7 }, 412],
      [{ op: 'create', path: 'no slash' }, 400],
      [{ op: 'create', path: at('y'), acl: [] }, 400],
    ];
    for (const [op, status] of statuses) {
      const json = { ops: [op] };
      const answer = await client.send({ method: 'POST', target: '/v1/transactions', json });
      t.equal(answer.status, status, JSON.stringify(op));
      t.match(answer.json(), { index: 0, status });
    }
  },
});

await overWebSocket({
  'a failed transaction between pipelined ones disturbs neither': async ({ t, client, at }) => {
    const sequential = { op: 'create', path: at('n-'), mode: 'persistent_sequential' };
    const good = { op: 'transaction', ops: [sequential] };
    const bad = { op: 'transaction', ops: [sequential, { op: 'check', path: at('none') }] };
    const answers = await client.pipeline([good, bad, good, bad, good]);
    t.match(
      answers.map(({ result, error }) => error?.code ?? result?.['results']),
      [
        [{ path: at('n-0000000000') }],
        'NoNode',
        [{ path: at('n-0000000001') }],
        'NoNode',
        [{ path: at('n-0000000002') }],
      ],
    );
  },
});
