/**
 * A conversation with a real member that uses every operation and sees every success that the
 * document has: each answer is exactly what the document says of it.
 */
import t, { type Test } from 'tap';
import { type OperationId, operation, operations } from '../../routes/openapi.ts';
import { startTestMember } from '../routes/member.ts';
import { agrees } from './agreement.ts';
import { problemsWithNamed } from './strict-schemas.ts';

const member = await startTestMember(t);

interface Parts {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is text, which is sent as it is. */
  readonly body?: string | object;
}

/** What was seen, as `operationId status`. */
const seen = new Set<string>();

async function exchange(
  t: Test,
  operationId: OperationId,
  target: string,
  status: number,
  { headers, body }: Parts = {},
): Promise<Response> {
  const asked = operation(operationId);
  const json = typeof body === 'object';
  const answer = await fetch(member.url + target, {
    method: asked.method,
    redirect: 'error',
    headers: { ...(json ? { 'content-type': 'application/json' } : undefined), ...headers },
    ...(body === undefined ? undefined : { body: json ? JSON.stringify(body) : body }),
  });
  t.equal(answer.status, status, `${operationId} ${target}`);
  seen.add(`${operationId} ${answer.status}`);
  await agrees(t, asked, answer.clone());
  return answer;
}

/** The two forms of a resource: the path in the URL, and as a parameter of the bare resource. */
const FORMS = [
  { form: 'by URL', at: '', urlOf: (resource: string, path: string) => `/v1/${resource}${path}?` },
  {
    form: 'by ?path=',
    at: 'At',
    urlOf: (resource: string, path: string) => `/v1/${resource}?path=${path}&`,
  },
] as const;

for (const { form, at, urlOf } of FORMS) {
  const znode = (path: string) => urlOf('znodes', path);
  const root = `/form${at}`;

  t.test(`znodes are created, read, set and deleted, ${form}`, async (t) => {
    await exchange(t, `createZnode${at}`, `${znode(root)}mode=container`, 201);
    const acl = [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }];
    const body = { data: 'aGVsbG//', encoding: 'base64', acl };
    await exchange(t, `createZnode${at}`, znode(`${root}/a`), 201, { body });
    await exchange(t, `createZnode${at}`, znode(`${root}/a`), 409);
    await exchange(t, `createZnode${at}`, `${znode(`${root}/x/y`)}parents=true`, 201);
    const ttl = `${znode(`${root}/t-`)}mode=persistent_sequential_ttl&ttlMs=60000`;
    await exchange(t, `createZnode${at}`, ttl, 201, { body: 'raw' });
    await exchange(t, `createZnode${at}`, `${znode(`${root}/e`)}mode=ephemeral`, 400);
    await exchange(t, `setZnode${at}`, znode(`${root}/b`), 201, { body: { data: 'x' } });
    await exchange(t, `setZnode${at}`, znode(`${root}/b`), 200, { body: 'raw' });
    await exchange(t, `setZnode${at}`, `${znode(`${root}/b`)}version=7`, 412, { body: 'raw' });
    const bytes = { headers: { accept: 'application/octet-stream' } };
    for (const each of ['getZnode', 'headZnode'] as const) {
      const answer = await exchange(t, `${each}${at}`, znode(`${root}/a`), 200);
      const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
      await exchange(t, `${each}${at}`, znode(`${root}/a`), 304, { headers });
      await exchange(t, `${each}${at}`, znode(`${root}/a`), 200, bytes);
      await exchange(t, `${each}${at}`, znode(`${root}/missing`), 404);
      const wait = { headers: { prefer: 'wait=1' } };
      await exchange(t, `${each}${at}`, `${znode(`${root}/missing`)}until=deleted`, 204, wait);
      await exchange(t, `${each}${at}`, `${znode(`${root}/a`)}until=exists`, 200, wait);
      await exchange(t, `${each}${at}`, `${znode(`${root}/a`)}until=version>3`, 412);
      await exchange(t, `${each}${at}`, znode(`${root}/a`), 406, { headers: { accept: 'x/y' } });
    }
    await exchange(t, `deleteZnode${at}`, znode(root), 409);
    await exchange(t, `deleteZnode${at}`, znode(`${root}/b`), 412, {
      headers: { 'if-match': '"x"' },
    });
    await exchange(t, `deleteZnode${at}`, znode(`${root}/b`), 204);
    await exchange(t, `deleteZnode${at}`, znode(`${root}/b`), 404);
  });

  t.test(`children and ACLs, ${form}`, async (t) => {
    await exchange(t, `listChildren${at}`, urlOf('children', root), 200);
    const page = `${urlOf('children', root)}include=stat,data&limit=1`;
    await exchange(t, `listChildren${at}`, page, 200);
    await exchange(t, `listChildren${at}`, urlOf('children', '/missing'), 404);
    const acl = [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }];
    await exchange(t, `getAcl${at}`, urlOf('acls', root), 200);
    await exchange(t, `setAcl${at}`, urlOf('acls', root), 200, { body: { acl } });
    await exchange(t, `setAcl${at}`, urlOf('acls', root), 400, { body: { acl: [] } });
    await exchange(t, `setAcl${at}`, urlOf('acls', root), 415, { body: 'raw' });
    await exchange(t, `setAcl${at}`, `${urlOf('acls', root)}version=9`, 412, { body: { acl } });
    await exchange(t, `getAcl${at}`, urlOf('acls', '/missing'), 404);
  });

  t.test(`quotas and counts, ${form}`, async (t) => {
    await exchange(t, `countDescendants${at}`, urlOf('descendants', root), 200);
    await exchange(t, `countDescendants${at}`, urlOf('descendants', '/missing'), 404);
    await exchange(t, `listWatchers${at}`, urlOf('watchers', root), 200);
    const body = { countLimit: 1, bytesLimit: 2, countSoftLimit: 3, bytesSoftLimit: 4 };
    await exchange(t, `setQuota${at}`, urlOf('quotas', root), 204, { body });
    await exchange(t, `setQuota${at}`, urlOf('quotas', root), 400, { body: { count: 1 } });
    await exchange(t, `setQuota${at}`, urlOf('quotas', '/zookeeper'), 400, { body });
    await exchange(t, `getQuota${at}`, urlOf('quotas', root), 200);
    await exchange(t, `createZnode${at}`, znode(`${root}/q`), 403);
    await exchange(t, `removeQuota${at}`, urlOf('quotas', root), 204);
    await exchange(t, `removeQuota${at}`, urlOf('quotas', root), 404);
    await exchange(t, `getQuota${at}`, urlOf('quotas', root), 404);
  });
}

t.test('transactions, batches and the barrier', async (t) => {
  const ops = [
    { op: 'create', path: '/tx', data: 'x' },
    { op: 'set', path: '/tx', data: 'y', version: 0 },
    { op: 'check', path: '/tx', version: 1 },
    { op: 'delete', path: '/tx' },
    { op: 'checkAbsent', path: '/tx' },
  ];
  await exchange(t, 'transact', '/v1/transactions', 200, { body: { ops } });
  await exchange(t, 'transact', '/v1/transactions?dryRun=true', 200, { body: { ops } });
  const failing = { ops: [{ op: 'check', path: '/', version: 99 }], dryRun: true };
  await exchange(t, 'transact', '/v1/transactions', 412, { body: failing });
  const missing = { ops: [{ op: 'delete', path: '/missing' }] };
  await exchange(t, 'transact', '/v1/transactions', 409, { body: missing });
  const reads = [
    { op: 'get', path: '/form/a' },
    { op: 'exists', path: '/form/a' },
    { op: 'exists', path: '/missing' },
    { op: 'children', path: '/form', limit: 1, include: ['stat', 'data'] },
    { op: 'getAcl', path: '/form' },
    { op: 'get', path: '/missing' },
    { op: 'get', path: 'not a path' },
  ];
  await exchange(t, 'batchRead', '/v1/batch-reads', 200, { body: { ops: reads } });
  await exchange(t, 'batchRead', '/v1/batch-reads', 400, { body: { ops: [{ op: 'set' }] } });
  await exchange(t, 'sync', '/v1/sync', 200);
});

t.test('a session is opened, seen, renewed and ended', async (t) => {
  const body = { timeoutMs: 5000 };
  const opened = await exchange(t, 'openSession', '/v1/sessions', 201, { body });
  const { sessionId, token } = (await opened.json()) as { sessionId: string; token: string };
  const url = `/v1/sessions/${sessionId}`;
  const headers = { 'paddock-session': token };
  await exchange(t, 'getSession', url, 200, { headers });
  await exchange(t, 'getSession', url, 403);
  await exchange(t, 'createZnode', '/v1/znodes/mine?mode=ephemeral', 201, { headers });
  await exchange(t, 'listEphemerals', `${url}/ephemerals?prefix=/m&limit=1`, 200, { headers });
  await exchange(t, 'listEphemerals', `${url}/ephemerals`, 403);
  await exchange(t, 'explainSession', `${url}/explanation`, 200, { headers });
  await exchange(t, 'explainSession', `${url}/explanation`, 403);
  await exchange(t, 'heartbeatSession', `${url}/heartbeat`, 200, { headers });
  await exchange(t, 'whoami', '/v1/whoami', 200, { headers });
  await exchange(t, 'closeSession', url, 204, { headers });
  await exchange(t, 'getSession', url, 410, { headers });
  await exchange(t, 'getZnode', '/v1/znodes/mine', 404);
});

t.test('operating', async (t) => {
  await exchange(t, 'getEnsemble', '/v1/ensemble', 200);
  await exchange(t, 'whoami', '/v1/whoami', 200);
  await exchange(t, 'getLiveness', '/livez', 200);
  await exchange(t, 'getReadiness', '/readyz', 200);
  await exchange(t, 'getMetrics', '/metrics', 200);
  await exchange(t, 'getOpenapi', '/openapi.yaml', 200);
  await exchange(t, 'getAsyncapi', '/asyncapi.yaml', 200);
  await exchange(t, 'getDocs', '/docs', 200);
});

t.test('a state that the ensemble has never come to is 409', async (t) => {
  const headers = { 'paddock-min-zxid': '000fffff00000000', prefer: 'wait=1' };
  await exchange(t, 'getZnode', '/v1/znodes/form', 409, { headers });
});

t.test('events are those of the document, in a stream and after it', async (t) => {
  const stopped = new AbortController();
  const target = '/v1/events?path=/form&recursive=true&include=stat,data&since=0000000000000000';
  const answer = await fetch(member.url + target, { signal: stopped.signal });
  t.equal(answer.status, 200);
  t.match(answer.headers.get('content-type'), /^text\/event-stream/);
  t.match(answer.headers.get('paddock-zxid'), /^[0-9a-f]{16}$/);
  seen.add('streamEvents 200');
  const kinds = new Set<string>();
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (const kind of eventsIn(t, text)) kinds.add(kind);
    if (kinds.size === 3) break;
  }
  stopped.abort();
  t.same([...kinds].sort(), ['nodeCreated', 'nodeDataChanged', 'nodeDeleted']);
  await exchange(t, 'streamEvents', '/v1/events?since=x', 400);
});

/** The kinds of the whole events in what has come of a stream, each held against the document. */
function eventsIn(t: Test, text: string): string[] {
  const whole = text.slice(0, text.lastIndexOf('\n\n'));
  return whole.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block.split('\n').map((line) => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    );
    const id = fields.get('id');
    if (id !== undefined) t.equal(problemsWithNamed('EventId', id), '');
    const data = fields.get('data');
    if (data === undefined) return [];
    const event = JSON.parse(data) as { event: string };
    t.equal(problemsWithNamed('TreeEvent', event), '');
    t.equal(fields.get('event'), event.event);
    return [event.event];
  });
}

t.test('every success of every operation has been seen', async (t) => {
  for (const { operationId, object } of operations) {
    if (operationId === 'openWebSocket') continue;
    for (const status of Object.keys(object.responses)) {
      if (!/^[123]/.test(status)) continue;
      t.ok(seen.has(`${operationId} ${status}`), `${operationId} ${status}`);
    }
  }
});
