/** What clients send is held against the document: what fits passes, what does not is named. */
import t from 'tap';
import { RequestError } from '../../routes/errors.ts';
import { openapi, type SchemaName } from '../../routes/openapi.ts';
import { type BodyName, bodyRefusal, checkBody, frameRefusal } from '../../routes/validators.ts';

const { schemas } = openapi.components;

function frameProblem(frame: object): string | undefined {
  return frameRefusal(frame)?.detail;
}

t.test('every frame of the client is taken as its example has it', async (t) => {
  for (const [name, { example, properties }] of Object.entries(schemas)) {
    if (!name.endsWith('Frame') || properties?.['op'] === undefined) continue;
    t.equal(frameRefusal(example as object), undefined, name);
  }
});

t.test('every body is taken as its example has it', async (t) => {
  for (const [name, { example }] of Object.entries(schemas)) {
    if (!name.endsWith('Request')) continue;
    t.equal(bodyRefusal(name as BodyName, example), undefined, name);
  }
});

t.test('a frame is taken with every field that its operation has', async (t) => {
  const acl = [{ perms: 'r', scheme: 'world', id: 'anyone' }];
  const etag = '"0000000300000a1c.0.2"';
  const frames = [
    { op: 'connect', timeoutMs: 1, session: 'x', lastZxid: '0000000300000a1c', readOnly: true },
    { op: 'connect', heartbeat: 'message' },
    { op: 'create', path: '/a', data: '', encoding: 'base64', mode: 'container', acl },
    { op: 'create', path: '/a', mode: 'persistent_ttl', ttlMs: 1, parents: true },
    { op: 'get', path: '/a', watch: true },
    { op: 'exists', path: '/a', watch: false },
    { op: 'set', path: '/a', data: 'x', encoding: 'utf8', version: -1, etag, create: true },
    { op: 'delete', path: '/a', version: 0, etag: '0000000300000a1c', recursive: true },
    { op: 'children', path: '/a', limit: 1, after: '', include: ['data', 'stat'], watch: true },
    { op: 'setAcl', path: '/a', acl, version: 0 },
    { op: 'transaction', ops: [], dryRun: true },
    { op: 'read', ops: [{ op: 'children', path: '/', limit: 1, include: [] }] },
    { op: 'addWatch', path: '/a', mode: 'persistent', since: '0000000300000a1c', include: [] },
    { op: 'removeWatch', path: '/a', kind: 'any' },
  ];
  for (const [at, frame] of frames.entries()) {
    t.equal(frameProblem({ id: at + 1, ...frame }), undefined, JSON.stringify(frame));
  }
});

t.test('what is wrong with a frame is said in one sentence that names the field', async (t) => {
  const cases: readonly (readonly [object, string | RegExp])[] = [
    [{ id: 1 }, /^op must be one of connect, create, /],
    [{ id: 1, op: 'login' }, /^op must be one of /],
    [{ id: 1, op: '__proto__' }, /^op must be one of /],
    [{ id: 1, op: ['get'], path: '/' }, /^op must be one of /],
    [{ op: 'ping' }, 'id is missing'],
    [{ id: 0, op: 'ping' }, 'id must be >= 1'],
    [{ id: '1', op: 'ping' }, 'id must be a whole number'],
    [{ id: 1.5, op: 'ping' }, 'id must be a whole number'],
    [{ id: 2 ** 53, op: 'ping' }, 'id must be <= 9007199254740991'],
    [{ id: 1, op: 'ping', path: '/' }, 'there is no field "path"'],
    [{ id: 1, op: 'ping', ['x'.repeat(50)]: 1 }, `there is no field "${'x'.repeat(40)}…"`],
    [{ id: 1, op: 'ping', '\ud800': 1 }, 'there is no field "\ufffd"'],
    [JSON.parse('{"id":1,"op":"ping","__proto__":{}}'), 'there is no field "__proto__"'],
    [{ id: 1, op: 'get' }, 'path is missing'],
    [{ id: 1, op: 'get', path: null }, 'path must be a string'],
    [{ id: 1, op: 'get', path: '/', watch: 1 }, 'watch must be true or false'],
    [{ id: 1, op: 'set', path: '/' }, 'data is missing'],
    [{ id: 1, op: 'set', path: '/', data: 7 }, 'data must be a string'],
    [{ id: 1, op: 'set', path: '/', data: '', version: -2 }, 'version must be >= -1'],
    [{ id: 1, op: 'set', path: '/', data: '', etag: 'W/"x"' }, /^etag must match /],
    [{ id: 1, op: 'create', path: '/', encoding: 'hex' }, 'encoding must be utf8 or base64'],
    [{ id: 1, op: 'create', path: '/', ttlMs: 0 }, 'ttlMs must be >= 1'],
    [{ id: 1, op: 'create', path: '/', ttlMs: 2 ** 40 }, 'ttlMs must be <= 1099511627775'],
    [{ id: 1, op: 'create', path: '/', acl: {} }, 'acl must be an array'],
    [{ id: 1, op: 'create', path: '/', acl: ['r'] }, 'acl[0] must be an object'],
    [{ id: 1, op: 'create', path: '/', acl: [{ perms: 'r' }] }, 'acl[0].scheme is missing'],
    [{ id: 1, op: 'children', path: '/', limit: 0 }, 'limit must be >= 1'],
    [{ id: 1, op: 'children', path: '/', include: 'stat' }, 'include must be an array'],
    [{ id: 1, op: 'children', path: '/', include: ['acl'] }, 'include[0] must be stat or data'],
    [
      { id: 1, op: 'children', path: '/', include: ['stat', 'stat'] },
      'include names something twice',
    ],
    [{ id: 1, op: 'connect', lastZxid: 'A' }, 'lastZxid must match ^[0-9a-f]{16}$'],
    [{ id: 1, op: 'addWatch', path: '/' }, 'mode is missing'],
    [
      { id: 1, op: 'addWatch', path: '/', mode: 'data' },
      'mode must be persistent or persistentRecursive',
    ],
    [{ id: 1, op: 'transaction', ops: {} }, 'ops must be an array'],
    [{ id: 1, op: 'transaction', ops: [3] }, 'ops[0] must be an object'],
    [{ id: 1, op: 'transaction', ops: [{ op: 'get', path: '/' }] }, /^ops\[0\]\.op must be create/],
  ];
  for (const [frame, wanted] of cases) t.match(frameProblem(frame), wanted, JSON.stringify(frame));
});

t.test('a refusal is BadArguments, and applies nothing', async (t) => {
  const frame: object = { id: 1, op: 'get' };
  t.same(frameRefusal(frame), { code: 'BadArguments', detail: 'path is missing' });
});

t.test('an operation with a field of another one is refused, and named', async (t) => {
  const ops = [
    { op: 'checkAbsent', path: '/lock' },
    { op: 'check', path: '/a', data: 'x' },
  ];
  const refusal = {
    code: 'BadArguments',
    detail: 'there is no field "data"',
    path: '/a',
    index: 1,
  };
  t.same(frameRefusal({ id: 1, op: 'transaction', ops } as object), refusal);
  t.same(bodyRefusal('TransactionRequest', { ops }), refusal);
  const reads = [{ op: 'get', path: '/a', limit: 3 }];
  const unread = { ...refusal, detail: 'there is no field "limit"', index: 0 };
  t.same(frameRefusal({ id: 1, op: 'read', ops: reads } as object), unread);
  t.same(bodyRefusal('BatchReadRequest', { ops: reads }), unread);
});

t.test(
  'every operation of a transaction and of a batch has a schema that is part of the flat one',
  async (t) => {
    for (const [flat, list] of [
      ['TransactionOp', ['CreateOp', 'SetOp', 'DeleteOp', 'CheckOp', 'CheckAbsentOp']],
      ['ReadOp', ['GetOp', 'ExistsOp', 'ChildrenOp', 'GetAclOp']],
    ] as const) {
      const whole = schemas[flat].properties ?? {};
      const ops = list.flatMap((name) => enumOf(name, 'op'));
      t.same(ops, enumOf(flat, 'op'));
      const fields = new Set(list.flatMap((name) => Object.keys(schemas[name].properties ?? {})));
      t.same([...fields].sort(), Object.keys(whole).sort());
      for (const name of list) {
        for (const [field, schema] of Object.entries(schemas[name].properties ?? {})) {
          if (field !== 'op') t.same(bare(schema), bare(whole[field]), `${name}.${field}`);
        }
      }
    }
  },
);

t.test('an operation means the same in a transaction and in a frame of its own', async (t) => {
  // A batch is as fresh as a whole.
  const fresh = ['consistency', 'minZxid'];
  for (const [op, frame] of [
    ['CreateOp', 'CreateFrame'],
    ['SetOp', 'SetFrame'],
    ['DeleteOp', 'DeleteFrame'],
    ['GetAclOp', 'GetAclFrame'],
  ] as const) {
    const { id: _id, ...fields } = schemas[frame].properties ?? {};
    t.same(bareAll(fields, fresh), bareAll(schemas[op].properties ?? {}), op);
  }
  for (const [op, frame] of [
    ['GetOp', 'GetFrame'],
    ['ExistsOp', 'ExistsFrame'],
    ['ChildrenOp', 'ChildrenFrame'],
  ] as const) {
    const { id: _id, watch: _watch, ...fields } = schemas[frame].properties ?? {};
    t.same(bareAll(fields, fresh), bareAll(schemas[op].properties ?? {}), op);
  }
});

function bare(schema: object | undefined): object {
  const { description: _description, ...rest } = { description: '', ...schema };
  return rest;
}

function bareAll(
  fields: Readonly<Record<string, object>>,
  without: readonly string[] = [],
): object {
  const wanted = Object.entries(fields).filter(([name]) => !without.includes(name));
  return Object.fromEntries(wanted.map(([name, each]) => [name, bare(each)]));
}

function enumOf(name: SchemaName, field: string): readonly string[] {
  const property = schemas[name].properties?.[field];
  return property !== undefined && 'enum' in property ? (property.enum ?? []) : [];
}

t.test('a body that is not what the document says is thrown out as a request error', async (t) => {
  t.same(checkBody('SetDataRequest', { data: 'x' }), { data: 'x' });
  for (const body of [null, [], 'x', 3, { data: 'x', acl: [] }, { encoding: 'utf8' }]) {
    t.throws(() => checkBody('SetDataRequest', body), RequestError, JSON.stringify(body));
  }
  t.throws(() => checkBody('OpenSessionRequest', { timeoutMs: 0 }), RequestError);
  t.throws(() => checkBody('SetAclRequest', {}), RequestError);
});
