/**
 * A client generated from `openapi.yaml` goes through the life of a znode against a real member.
 * The type checker is half of this test: each name, parameter and field below is the document's.
 */
import t from 'tap';
import { startMember } from '../harness/member.ts';
import { clientOf, dataOf, type PaddockClient, type Problem, raw } from './client.ts';

const { url } = await startMember();
const paddock = clientOf(url);

/** A znode of the test's own, and its path as a parameter. */
async function ownZnode(name: string): Promise<string> {
  const answer = await paddock.POST('/v1/znodes/{path}', { params: { path: { path: name } } });
  return dataOf(answer).path;
}

const at = (path: string) => ({ path: { path } });

/** The problem of an answer that refuses, with its status. */
function refusal(answer: { error?: Problem; response: Response }): [number, string, string] {
  const { status } = answer.response;
  return [status, answer.error?.code ?? 'none', answer.error?.outcome ?? 'none'];
}

t.test('the life of a znode', async (t) => {
  const path = '/life';
  const created = await paddock.POST('/v1/znodes/{path}', {
    params: at(path),
    body: { data: 'first' },
  });
  t.equal(created.response.status, 201);
  t.equal(created.response.headers.get('location'), '/v1/znodes/life');
  const { stat } = dataOf(created);
  t.match(stat.czxid, /^[0-9a-f]{16}$/, 'a zxid is text, exact in every language');
  t.same([stat.version, stat.mode, stat.dataLength], [0, 'persistent', 5]);

  const read = await paddock.GET('/v1/znodes/{path}', { params: at(path) });
  const { data, encoding } = dataOf(read);
  t.same([data, encoding], ['first', 'utf8']);

  const set = await paddock.PUT('/v1/znodes/{path}', {
    params: { ...at(path), query: { version: 0 } },
    body: { data: 'second' },
  });
  t.equal(dataOf(set).stat.version, 1);

  const head = await paddock.HEAD('/v1/znodes/{path}', { params: at(path) });
  t.equal(head.response.status, 200);
  t.match(head.response.headers.get('paddock-stat'), /version=1/);

  const gone = await paddock.DELETE('/v1/znodes/{path}', { params: at(path) });
  t.equal(gone.response.status, 204);
  const after = await paddock.GET('/v1/znodes/{path}', { params: at(path) });
  t.same(refusal(after), [404, 'NoNode', 'not-applied']);
});

t.test('a path with slashes goes as one parameter, %2F, with and without the first', async (t) => {
  const sent: string[] = [];
  const spied = clientOf(url);
  spied.use({
    onRequest({ request }) {
      sent.push(new URL(request.url).pathname);
    },
  });
  const deep = await spied.POST('/v1/znodes/{path}', {
    params: { ...at('/slashes/a b/ü'), query: { parents: true } },
    body: { data: 'deep' },
  });
  t.equal(dataOf(deep).path, '/slashes/a b/ü');
  const same = await spied.GET('/v1/znodes/{path}', { params: at('slashes/a b/ü') });
  t.equal(dataOf(same).data, 'deep', 'the same znode');
  t.same(sent, ['/v1/znodes/%2Fslashes%2Fa%20b%2F%C3%BC', '/v1/znodes/slashes%2Fa%20b%2F%C3%BC']);
  const query = await spied.GET('/v1/znodes', { params: { query: { path: '/slashes/a b/ü' } } });
  t.equal(dataOf(query).data, 'deep', 'and as a query, for proxies that refuse %2F');
  const root = await spied.GET('/v1/znodes');
  t.equal(dataOf(root).path, '/');
});

t.test('binary data, as base64 and as the bytes themselves', async (t) => {
  const path = await ownZnode('/binary');
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const base64 = Buffer.from(bytes).toString('base64');
  await paddock.PUT('/v1/znodes/{path}', {
    params: at(path),
    body: { data: base64, encoding: 'base64' },
  });
  const shown = dataOf(await paddock.GET('/v1/znodes/{path}', { params: at(path) }));
  t.same([shown.data, shown.encoding, shown.stat.dataLength], [base64, 'base64', 256]);

  const reversed = bytes.toReversed();
  const put = await paddock.PUT('/v1/znodes/{path}', { params: at(path), ...raw(reversed) });
  t.equal(dataOf(put).stat.version, 2);
  const fetched = await paddock.GET('/v1/znodes/{path}', {
    params: at(path),
    headers: { accept: 'application/octet-stream' },
    parseAs: 'arrayBuffer',
  });
  t.same(Buffer.from(dataOf(fetched)), Buffer.from(reversed), 'byte for byte');
});

t.test('a conflict is a typed problem: who comes second sees what is there', async (t) => {
  const path = await ownZnode('/conflict');
  const read = await paddock.GET('/v1/znodes/{path}', { params: at(path) });
  const etag = read.response.headers.get('etag') ?? '';
  const write = (data: string) =>
    paddock.PUT('/v1/znodes/{path}', {
      params: { ...at(path), header: { 'If-Match': etag } },
      body: { data },
    });
  t.equal(dataOf(await write('winner')).stat.version, 1);
  const late = await write('late');
  t.same(refusal(late), [412, 'BadVersion', 'not-applied']);
  t.equal(late.error?.stat?.version, 1, 'with the stat that the znode has now');
  const twice = await paddock.POST('/v1/znodes/{path}', { params: at(path) });
  t.same(refusal(twice), [409, 'NodeExists', 'not-applied']);
});

t.test('a session owns its ephemeral znodes, and takes them with it', async (t) => {
  const opened = await paddock.POST('/v1/sessions', { body: { timeoutMs: 10_000 } });
  const { sessionId, token } = dataOf(opened);
  const header = { 'Paddock-Session': token };
  const path = await ownZnode('/sessions-of-sdk');
  const ephemeral = await paddock.POST('/v1/znodes/{path}', {
    params: { ...at(`${path}/here-`), query: { mode: 'ephemeral_sequential' }, header },
  });
  t.equal(dataOf(ephemeral).path, `${path}/here-0000000000`);
  t.equal(dataOf(ephemeral).stat.ephemeralOwner, sessionId);
  const info = await paddock.POST('/v1/sessions/{sessionId}/heartbeat', {
    params: { path: { sessionId }, header },
  });
  t.equal(dataOf(info).ephemerals, 1);
  const closed = await paddock.DELETE('/v1/sessions/{sessionId}', {
    params: { path: { sessionId }, header },
  });
  t.equal(closed.response.status, 204);
  const listed = await paddock.GET('/v1/children/{path}', { params: at(path) });
  t.same(dataOf(listed).children, []);
  const later = await paddock.GET('/v1/znodes/{path}', { params: { ...at(path), header } });
  t.same(refusal(later), [410, 'SessionExpired', 'not-applied']);
});

t.test('a transaction, and reads of one point in time', async (t) => {
  const path = await ownZnode('/transaction-of-sdk');
  const done = await paddock.POST('/v1/transactions', {
    body: {
      ops: [
        { op: 'check', path, version: 0 },
        { op: 'create', path: `${path}/a`, data: 'one' },
        { op: 'set', path, data: 'two', version: 0 },
      ],
    },
  });
  const { results } = dataOf(done);
  t.same(
    results.map((result) => [result.op, result.path]),
    [
      ['check', undefined],
      ['create', `${path}/a`],
      ['set', path],
    ],
  );
  t.equal(results[1]?.stat?.czxid, results[2]?.stat?.mzxid, 'under one zxid');
  const failed = await paddock.POST('/v1/transactions', {
    body: {
      ops: [
        { op: 'delete', path: `${path}/a` },
        { op: 'checkAbsent', path },
      ],
    },
  });
  t.same(refusal(failed), [409, 'NodeExists', 'not-applied']);
  t.same([failed.error?.index, failed.error?.path], [1, path], 'names the operation that failed');
  const reads = await paddock.POST('/v1/batch-reads', {
    body: {
      ops: [
        { op: 'get', path: `${path}/a` },
        { op: 'get', path: `${path}/b` },
      ],
    },
  });
  const [there, missing] = dataOf(reads).results;
  t.same([there?.data, missing?.error?.code], ['one', 'NoNode']);
});

const INCLUDED: ('stat' | 'data')[] = ['stat', 'data'];

t.test('a listing page by page, with what each child holds', async (t) => {
  const path = await ownZnode('/pages-of-sdk');
  for (const name of ['a', 'b', 'c']) {
    await paddock.POST('/v1/znodes/{path}', {
      params: at(`${path}/${name}`),
      body: { data: `data of ${name}` },
    });
  }
  const names: [string, string | undefined, number | undefined][] = [];
  let after: string | undefined;
  do {
    const query = { limit: 2, include: INCLUDED, ...(after ? { after } : {}) };
    const page = dataOf(await listed(paddock, path, query));
    for (const { name, data, stat } of page.children) names.push([name, data, stat?.version]);
    after = page.next;
  } while (after !== undefined);
  t.same(names, [
    ['a', 'data of a', 0],
    ['b', 'data of b', 0],
    ['c', 'data of c', 0],
  ]);
});

function listed(
  client: PaddockClient,
  path: string,
  query: { limit: number; include: ('stat' | 'data')[]; after?: string },
) {
  return client.GET('/v1/children/{path}', { params: { ...at(path), query } });
}

t.test('a read at least as new as the last write', async (t) => {
  const path = await ownZnode('/fresh');
  const set = await paddock.PUT('/v1/znodes/{path}', { params: at(path), body: { data: 'new' } });
  const zxid = set.response.headers.get('paddock-zxid') ?? '';
  const read = await paddock.GET('/v1/znodes/{path}', {
    params: { ...at(path), header: { 'Paddock-Min-Zxid': zxid } },
  });
  t.equal(dataOf(read).data, 'new');
  t.ok((read.response.headers.get('paddock-zxid') ?? '') >= zxid, 'zxids compare as text');
});

t.test('a misspelt parameter is told, not ignored', async (t) => {
  const misspelt: Record<string, number> = { verison: 3 };
  const answer = await paddock.PUT('/v1/znodes/{path}', {
    params: { ...at('/life'), query: misspelt },
    body: { data: 'never' },
  });
  t.same(refusal(answer), [400, 'BadArguments', 'not-applied']);
});
