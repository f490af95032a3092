import t from 'tap';
import { startTestMember } from './member.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

t.test('transactions and batch reads', async (t) => {
  const { send } = await startTestMember(t);
  const post = (target: string, body: unknown) =>
    send('POST', target, { headers: JSON_TYPE, body: JSON.stringify(body) });
  const transact = (ops: readonly object[], more: object = {}) =>
    post('/v1/transactions', { ops, ...more });

  t.test('take effect together, under one zxid', async (t) => {
    const answer = await transact([
      { op: 'checkAbsent', path: '/t' },
      { op: 'create', path: '/t', data: 'one' },
      { op: 'set', path: '/t', data: '//4A', encoding: 'base64', version: 0 },
      { op: 'check', path: '/t', version: 1 },
      { op: 'create', path: '/t/q-', mode: 'persistent_sequential' },
      { op: 'create', path: '/deep/er', parents: true },
      { op: 'delete', path: '/deep', recursive: true },
      { op: 'set', path: '/made', data: 'x', create: true },
    ]);
    t.equal(answer.status, 200);
    const { results } = answer.json();
    t.strictSame(
      results.map(({ op, path }) => (path === undefined ? op : `${op} ${path}`)),
      [
        'checkAbsent',
        'create /t',
        'set /t',
        'check',
        'create /t/q-0000000000',
        'create /deep/er',
        'delete',
        'create /made',
      ],
    );
    const zxids = results.flatMap(({ stat }) => (stat === undefined ? [] : [stat.mzxid]));
    t.equal(new Set(zxids).size, 1);
    t.equal(zxids[0], answer.headers.get('paddock-zxid'));
    t.match((await send('GET', '/v1/znodes/t')).json(), {
      encoding: 'base64',
      stat: { version: 1 },
    });
  });

  t.test('or not at all, and the problem says which operation', async (t) => {
    const before = (await send('GET', '/v1/znodes')).headers.get('paddock-zxid');
    for (const [op, code, status] of [
      [{ op: 'check', path: '/t', version: 7 }, 'BadVersion', 412],
      [{ op: 'create', path: '/t' }, 'NodeExists', 409],
      [{ op: 'delete', path: '/none' }, 'NoNode', 409],
      [{ op: 'delete', path: '/t' }, 'NotEmpty', 409],
      [{ op: 'checkAbsent', path: '/t' }, 'NodeExists', 409],
      [{ op: 'set', path: '/a//b', data: '' }, 'BadArguments', 400],
      [{ op: 'set', path: '/t', data: 'x', encoding: 'base64' }, 'BadArguments', 400],
      [{ op: 'set', path: '/t', data: '', etag: '0000000000000001' }, 'BadVersion', 412],
      [{ op: 'create', path: '/e', mode: 'ephemeral' }, 'BadArguments', 400],
      [{ op: 'create', path: '/e', mode: 'persistent_ttl' }, 'BadArguments', 400],
      [
        { op: 'create', path: '/e', acl: [{ perms: 'r', scheme: 'x', id: 'y' }] },
        'InvalidACL',
        400,
      ],
    ] as const) {
      const answer = await transact([{ op: 'create', path: '/rolled-back' }, op]);
      t.match(answer.json(), { code, index: 1, outcome: 'not-applied' }, JSON.stringify(op));
      t.equal(answer.status, status, JSON.stringify(op));
    }
    t.equal((await send('GET', '/v1/znodes/rolled-back')).status, 404);
    t.equal(
      (await send('GET', '/v1/znodes')).headers.get('paddock-zxid'),
      before,
      'no zxid is spent',
    );
  });

  t.test('can be tried', async (t) => {
    const ops = [{ op: 'create', path: '/dry' }];
    for (const answer of [
      await transact(ops, { dryRun: true }),
      await post('/v1/transactions?dryRun=true', { ops }),
    ]) {
      t.equal(answer.status, 200);
      t.equal(answer.json().results[0]?.path, '/dry');
      t.equal((await send('GET', '/v1/znodes/dry')).status, 404);
    }
    t.equal((await transact([{ op: 'create', path: '/t' }], { dryRun: true })).status, 409);
    t.strictSame((await transact([])).json(), { results: [] });
  });

  t.test('malformed ones are 400', async (t) => {
    for (const body of [
      {},
      { ops: {} },
      { ops: [1] },
      { ops: [null] },
      { ops: [{}] },
      { ops: [{ op: 'get', path: '/t' }] },
      { ops: [{ op: 'setAcl', path: '/t', acl: [] }] },
      { ops: [{ op: 'transaction', ops: [] }] },
      { ops: [{ op: '__proto__', path: '/t' }] },
      { ops: [{ op: 'create' }] },
      { ops: [{ op: 'create', path: 1 }] },
      { ops: [{ op: 'create', path: '/x', nosuch: 1 }] },
      { ops: [{ op: 'create', path: '/x', version: 1 }] },
      { ops: [{ op: 'check', path: '/t', data: 'x' }] },
      { ops: [{ op: 'check', path: '/t', version: 1.5 }] },
      { ops: [{ op: 'check', path: '/t', version: '1' }] },
      { ops: [{ op: 'check', path: '/t', version: -2 }] },
      { ops: [{ op: 'check', path: '/t', version: 2 ** 60 }] },
      { ops: [{ op: 'check', path: '/t', etag: 'x' }] },
      { ops: [], nosuch: 1 },
      { ops: [], dryRun: 'yes' },
    ]) {
      const answer = await post('/v1/transactions', body);
      t.equal(answer.status, 400, JSON.stringify(body));
      t.equal(answer.json().code, 'BadArguments');
    }
    t.equal((await post('/v1/transactions?dryRun=1', { ops: [] })).status, 400);
  });

  t.test('a batch reads one point in time, each with its own error', async (t) => {
    const { results } = (
      await post('/v1/batch-reads', {
        ops: [
          { op: 'get', path: '/t' },
          { op: 'exists', path: '/t' },
          { op: 'exists', path: '/none' },
          { op: 'children', path: '/t', include: ['stat'], limit: 1 },
          { op: 'getAcl', path: '/t' },
          { op: 'get', path: '/none' },
          { op: 'get', path: '/a//b' },
        ],
      })
    ).json();
    t.match(results, [
      { path: '/t', data: '//4A', encoding: 'base64', stat: { version: 1 } },
      { exists: true, stat: { version: 1 } },
      { exists: false },
      { path: '/t', children: [{ name: 'q-0000000000', stat: { version: 0 } }] },
      { path: '/t', acl: [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }] },
      { error: { code: 'NoNode', path: '/none', outcome: 'not-applied' } },
      { error: { code: 'BadArguments' } },
    ]);
    t.equal(results.length, 7);
    for (const ops of [
      [{ op: 'set', path: '/t' }],
      [{ op: 'get' }],
      [{ op: 'get', path: '/t', limit: 1 }],
    ]) {
      t.equal((await post('/v1/batch-reads', { ops })).status, 400, JSON.stringify(ops));
    }
  });

  t.test('sync says how far the member has come', async (t) => {
    const written = await send('PUT', '/v1/znodes/t', { body: 'x' });
    const synced = await send('POST', '/v1/sync');
    t.equal(synced.status, 200);
    t.equal(synced.json().zxid, written.headers.get('paddock-zxid'));
  });
});

t.test('transactions are bounded', async (t) => {
  const { send } = await startTestMember(t, [
    '--limit',
    'transactionOps=3',
    '--limit',
    'transactionBytes=100',
    '--limit',
    'recursiveDelete=2',
  ]);
  const post = (target: string, ops: readonly object[]) =>
    send('POST', target, { headers: JSON_TYPE, body: JSON.stringify({ ops }) });
  const create = (name: string, data = '') => ({ op: 'create', path: `/${name}`, data });

  const many = await post(
    '/v1/transactions',
    ['a', 'b', 'c', 'd'].map((name) => create(name)),
  );
  t.equal(many.status, 413);
  t.match(many.json(), { code: 'TooLarge', limit: { name: 'transactionOps', value: 3 } });
  const reads = await post('/v1/batch-reads', Array(4).fill({ op: 'get', path: '/' }));
  t.match(reads.json(), { code: 'TooLarge', limit: { name: 'transactionOps', value: 3 } });
  const big = await post('/v1/transactions', [
    create('a', 'x'.repeat(51)),
    create('b', 'x'.repeat(50)),
  ]);
  t.equal(big.status, 413);
  t.match(big.json(), { limit: { name: 'transactionBytes', value: 100 } });
  t.equal(
    (await post('/v1/transactions', [create('a'), create('a/b'), create('a/c')])).status,
    200,
  );
  const deleted = await send('DELETE', '/v1/znodes/a?recursive=true');
  t.equal(deleted.status, 413);
  t.match(deleted.json(), { limit: { name: 'recursiveDelete', value: 2 } });
  t.equal((await send('GET', '/v1/znodes/a/b')).status, 200);
});
