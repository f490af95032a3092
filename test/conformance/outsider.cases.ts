/**
 * What somebody learns who may do nothing with a znode: that it is there, since that is asked for
 * by its name, and no more. Two znodes that such a client may only know by name are put side by
 * side, one with nothing in it, and one full of life; it asks everything there is to be asked of
 * both, and is told the same.
 *
 * There is an attempt for each operation that has a rule in acl-rules.ts: a new one without fails.
 */
import { HTTP_RULES, RULES, type Ruled } from './acl-rules.ts';
import { setQuota } from './beside.ts';
import { type Driver, userAcl, world } from './driver.ts';
import { EventStream } from './event-stream.ts';
import { basic, HttpDriver, targetOf } from './http-driver.ts';
import type { HttpRequest } from './http-exchange.ts';
import {
  overBoth,
  overHttp,
  overWebSocket,
  type Setting,
  withOwnMembers,
} from './specification.ts';
import type { Request, WsDriver } from './ws-driver.ts';

/** In every name and all data that nobody else is to know. */
const SECRET = 'unguessable';
const OWNERS = userAcl('cdrwa', 'owner', 'secret');

// ------------------------------------------------------------------------------- what is hidden

interface Hidden {
  readonly owner: Driver;
  /** Nothing was ever done with it. */
  readonly still: string;
  /** The same from outside. */
  readonly full: string;
  /** The zxid before everything. */
  readonly since: string;
}

async function hide({ client, connect, at }: Setting<Driver>): Promise<Hidden> {
  const owner = await connect();
  await owner.authenticate('owner', 'secret');
  const since = client.zxid;
  await owner.create(at('all'), { acl: [...OWNERS, ...world('r')] });
  const [still, full] = [at('all/still'), at('all/full')];
  for (const path of [still, full]) await owner.create(path, { acl: OWNERS });
  await liveIn(owner, full);
  await client.sync();
  return { owner, still, full, since };
}

/** Every kind of change there is, and something of every kind that stays. */
async function liveIn(owner: Driver, full: string): Promise<void> {
  const inside = `${full}/${SECRET}`;
  await owner.set(full, SECRET);
  await owner.set(full, `${SECRET}, again`);
  await owner.create(inside, { data: SECRET, acl: OWNERS });
  await owner.create(`${inside}/open`, { data: SECRET });
  await owner.create(`${inside}/mine`, { mode: 'ephemeral', acl: OWNERS });
  await owner.create(`${full}/${SECRET}-`, { mode: 'persistent_sequential', acl: OWNERS });
  await owner.create(`${full}/gone`, { data: SECRET, acl: OWNERS });
  await owner.delete(`${full}/gone`);
  await owner.setAcl(full, OWNERS);
  for (const path of [full, inside]) await setQuota(owner, path, { countLimit: 1000 });
}

// ------------------------------------------------------------------------------- what is tried

interface Question {
  readonly ws?: Request;
  readonly http?: HttpRequest;
}

type Attempt = (path: string, hidden: Hidden) => readonly Question[];

const CHANGES = (path: string) => [
  { op: 'set', path, data: 'x' },
  { op: 'set', path, data: 'x', version: 2 },
  { op: 'delete', path },
  { op: 'create', path: `${path}/x` },
  { op: 'create', path },
];

const one =
  (op: string, resource: string, method = 'GET', body?: object): Attempt =>
  (path) => [
    {
      ws: { op, path, ...body },
      http: {
        method,
        target: targetOf(resource, path),
        ...(body === undefined ? undefined : { json: body }),
      },
    },
  ];

/** What an identity is asked for that the caller has not. */
const guessed = { authorization: basic('owner', 'guess') };

const ATTEMPTS: Readonly<Record<Ruled, Attempt>> = {
  get: (path) => {
    const target = targetOf('/v1/znodes', path);
    const headers = { prefer: 'wait=1', 'if-none-match': '"0000000000000001"' };
    return [
      { ws: { op: 'get', path }, http: { target } },
      { ws: { op: 'get', path, watch: true }, http: { target, headers } },
      { http: { target, headers: { 'if-match': '"0000000000000001"' } } },
      ...['exists', 'deleted', 'version>1', 'children>=1', 'cversion>1', 'aversion=0'].map(
        (until) => ({ http: { target: targetOf('/v1/znodes', path, { until }) } }),
      ),
      { ws: { op: 'get', path: `/zookeeper/quota${path}/zookeeper_limits` } },
      {
        ws: { op: 'get', path: `/zookeeper/quota${path}/zookeeper_stats` },
        http: { target: targetOf('/v1/znodes', `/zookeeper/quota${path}/zookeeper_stats`) },
      },
    ];
  },
  exists: (path) => [
    {
      ws: { op: 'exists', path, watch: true },
      http: { method: 'HEAD', target: targetOf('/v1/znodes', path) },
    },
    { ws: { op: 'exists', path: `/zookeeper/quota${path}` } },
  ],
  children: (path) => {
    const include = ['stat', 'data'];
    return [path, `/zookeeper/quota${path}`].map((path) => ({
      ws: { op: 'children', path, include, watch: true },
      http: { target: targetOf('/v1/children', path, { include: 'stat,data' }) },
    }));
  },
  descendants: (path) => [
    ...one('descendants', '/v1/descendants')(path, NOBODY),
    ...one('descendants', '/v1/descendants')(`/zookeeper/quota${path}`, NOBODY),
  ],
  getAcl: (path) => [
    ...one('getAcl', '/v1/acls')(path, NOBODY),
    ...one('getAcl', '/v1/acls')(`/zookeeper/quota${path}`, NOBODY),
  ],
  setAcl: one('setAcl', '/v1/acls', 'PUT', { acl: world('r') }),
  watchers: (path) => [
    ...one('watchers', '/v1/watchers')(path, NOBODY),
    ...one('watchers', '/v1/watchers')(`${path}/absent`, NOBODY),
  ],
  getQuota: one('getQuota', '/v1/quotas'),
  create: (path) => [
    ...one('create', '/v1/znodes', 'POST', {})(`${path}/x`, NOBODY),
    ...one('create', '/v1/znodes', 'POST', {})(path, NOBODY),
    {
      ws: { op: 'create', path: `${path}/`, mode: 'persistent_sequential' },
      http: {
        method: 'POST',
        target: `${targetOf('/v1/znodes', path)}/?mode=ephemeral_sequential`,
      },
    },
    { ws: { op: 'create', path: `${path}/x/y/z`, parents: true } },
  ],
  set: (path) => [
    ...one('set', '/v1/znodes', 'PUT', { data: 'x' })(path, NOBODY),
    {
      ws: { op: 'set', path, data: 'x', version: 2 },
      http: { method: 'PUT', target: targetOf('/v1/znodes', path, { version: 2 }), body: 'x' },
    },
    { ws: { op: 'set', path, data: 'x', create: true } },
  ],
  delete: (path) => [
    {
      ws: { op: 'delete', path },
      http: { method: 'DELETE', target: targetOf('/v1/znodes', path, { version: 2 }) },
    },
    {
      ws: { op: 'delete', path, recursive: true },
      http: { method: 'DELETE', target: targetOf('/v1/znodes', path, { recursive: true }) },
    },
  ],
  check: (path) =>
    inTransactions([
      { op: 'check', path },
      { op: 'check', path, version: 2 },
    ]),
  checkAbsent: (path) => inTransactions([{ op: 'checkAbsent', path }]),
  transaction: (path) => inTransactions(CHANGES(path)),
  read: (path) => {
    const ops = ['get', 'exists', 'children', 'getAcl'].map((op) => ({ op, path }));
    return [
      {
        ws: { op: 'read', ops },
        http: { method: 'POST', target: '/v1/batch-reads', json: { ops } },
      },
    ];
  },
  addWatch: (path, { since }) => [
    { ws: { op: 'addWatch', path, mode: 'persistent', since, include: ['stat', 'data'] } },
    { ws: { op: 'addWatch', path, mode: 'persistentRecursive', since, include: ['data'] } },
  ],
  setWatches: (path, { since }) => [
    { ws: { op: 'setWatches', since, data: [path], child: [path] } },
  ],
  removeWatch: (path) => [{ ws: { op: 'removeWatch', path: `${path}/x`, kind: 'any' } }],
  ephemerals: (path, { owner: { sessionId } }) => [
    {
      ws: { op: 'ephemerals', prefix: path },
      http: { target: `/v1/sessions/${sessionId}/ephemerals` },
    },
  ],
  explainSession: (_path, { owner: { sessionId } }) => [
    {
      ws: { op: 'explainSession', sessionId },
      http: { target: `/v1/sessions/${sessionId}/explanation` },
    },
  ],
  connect: (path) => [
    ...['/v1/znodes', '/v1/children', '/v1/descendants', '/v1/quotas', '/v1/watchers'].map(
      (target) => ({ http: { target, headers: { 'paddock-chroot': path } } }),
    ),
  ],
  close: (_path, { owner: { sessionId } }) => [
    { http: { method: 'DELETE', target: `/v1/sessions/${sessionId}` } },
  ],
  auth: (path) => [
    { ws: { op: 'auth', scheme: 'digest', user: 'owner', password: 'guess' } },
    { ws: { op: 'get', path }, http: { target: targetOf('/v1/znodes', path), headers: guessed } },
  ],
  whoami: () => [{ ws: { op: 'whoami' }, http: { target: '/v1/whoami' } }],
  sync: () => [{ ws: { op: 'sync' }, http: { method: 'POST', target: '/v1/sync' } }],
  ping: () => [{ ws: { op: 'ping' } }],
  // Whoever may change what is in /zookeeper/quota does not learn what is there.
  setQuota: (path) => {
    const quota = `/zookeeper/quota${path}`;
    const limits = { path: `${quota}/zookeeper_limits`, data: 'count=1,bytes=1' };
    return [
      ...[{}, { countSoftLimit: 1 }, { countLimit: 0, bytesLimit: 0 }].flatMap((body) =>
        [path, `${path}/x`].flatMap((at) => one('setQuota', '/v1/quotas', 'PUT', body)(at, NOBODY)),
      ),
      ...inTransactions([
        { op: 'create', path: quota },
        { op: 'create', ...limits },
        { op: 'create', path: `${quota}/x`, parents: true },
        { op: 'create', path: `${quota}/`, mode: 'persistent_sequential' },
        { op: 'set', ...limits },
        { op: 'delete', path: limits.path },
        { op: 'delete', path: limits.path, version: 7 },
        { op: 'delete', path: quota, recursive: true },
      ]),
      ...one('setAcl', '/v1/acls', 'PUT', { acl: world('r') })(quota, NOBODY),
    ];
  },
  removeQuota: (path) =>
    [path, `${path}/x`].flatMap((at) => one('removeQuota', '/v1/quotas', 'DELETE')(at, NOBODY)),
};

/** Where an attempt needs to know nobody. */
const NOBODY = {} as Hidden;

function inTransactions(changes: readonly object[]): Question[] {
  return changes.flatMap((change) =>
    [{}, { dryRun: true }].map((options) => {
      const body = { ops: [change], ...options };
      return {
        ws: { op: 'transaction', ...body },
        http: { method: 'POST', target: '/v1/transactions', json: body },
      };
    }),
  );
}

/** Everything that the client is told, with the headers; undefined: it has no way to ask that. */
async function told(client: Driver, { ws, http }: Question): Promise<string | undefined> {
  if (client instanceof HttpDriver) {
    if (http === undefined) return undefined;
    const { status, headers, text } = await client.send(http);
    const { date, 'paddock-zxid': zxid, 'content-length': length, ...rest } = headers;
    return `${status} ${JSON.stringify(rest)} ${text}`;
  }
  if (ws === undefined) return undefined;
  const [{ id, zxid, ...rest } = { id: 0, zxid: '' }] = await (client as WsDriver).frame([ws]);
  return JSON.stringify(rest);
}

/** All that is told of `path`, as if it had no name and nothing had a time. */
async function answersOf(client: Driver, path: string, hidden: Hidden): Promise<string[]> {
  const answers: string[] = [];
  for (const [name, attempt] of Object.entries(ATTEMPTS)) {
    for (const question of attempt(path, hidden)) {
      const text = await told(client, question);
      if (text === undefined) continue;
      const plain = text.replaceAll(path, 'IT').replaceAll(path.slice(1), 'IT');
      answers.push(`${name}: ${plain.replace(/\b[0-9a-f]{16}\b/g, 'ZXID')}`);
    }
  }
  return answers.map((text) => text.replace(/"expiresInMs":\d+/g, 'SOON'));
}

// ------------------------------------------------------------------------------- what is learnt

await overBoth({
  'of what may not be read the same is told, whatever is in it': async (setting) => {
    const { t, client, connectHere } = setting;
    const hidden = await hide(setting);
    // Two of a kind, so that what they have asked before is the same, too.
    const still = await answersOf(client, hidden.still, hidden);
    const full = await answersOf(await connectHere(), hidden.full, hidden);
    t.strictSame(full, still, 'nothing tells one from the other');
    t.equal(full.filter((text) => text.includes(SECRET)).length, 0, 'no name, no data');
    const shows = full.filter((text) => /"(stat|count|bytes|acl)":/.test(text));
    t.strictSame(shows, [], 'no stat, no numbers, no ACL');
    const { owner } = hidden;
    t.match(await owner.get(hidden.full), { data: `${SECRET}, again`, stat: { version: 2 } });
    t.equal((await owner.children(hidden.full)).children.length, 2, 'and nothing was changed');
  },

  'its parent lists it by name alone': async (setting) => {
    const { t, client, at } = setting;
    await hide(setting);
    const { children } = await client.children(at('all'), { include: ['stat', 'data'] });
    t.strictSame(children, [{ name: 'full' }, { name: 'still' }]);
  },
});

// Everything that could tell of it: from the beginning, live, one-shot, with values, of its quota.
await overWebSocket({
  'no event of it is told, late or at once': async (setting) => {
    const { t, client, connect, at } = setting;
    const hidden = await hide(setting as unknown as Setting<Driver>);
    const { owner, full, since } = hidden;
    const late = (await connect()) as WsDriver;
    const watched = [at(''), full, `${full}/${SECRET}`, '/zookeeper', `/zookeeper/quota${full}`];
    for (const outsider of [client, late]) {
      for (const path of watched) {
        const include = ['stat', 'data'];
        const begin = outsider === late ? { since, include } : { include };
        await outsider.addWatch(path, 'persistent', begin);
        await outsider.addWatch(path, 'persistentRecursive', begin);
      }
    }
    await late.request({ op: 'setWatches', since, data: watched, child: watched });
    await liveIn(owner, full.replace('full', 'still'));
    await owner.delete(full, { recursive: true });
    await owner.closeSession();
    for (const outsider of [client, late]) {
      await outsider.sync();
      const about = (await outsider.events()).filter(({ path }) => path.startsWith(at('all/')));
      // Whoever gives a znode an open ACL shows it.
      const open = about.filter(({ path }) => !path.endsWith('/open'));
      t.strictSame(open, []);
      const arrived = JSON.stringify(
        outsider.arrived.filter(({ path }) => !path?.endsWith('/open')),
      );
      t.notOk(arrived.includes(SECRET), 'no name, no data, no quota');
    }
  },
});

await overHttp({
  'nor on a stream': async (setting) => {
    const { t, member, at } = setting;
    const { owner, full, since } = await hide(setting as unknown as Setting<Driver>);
    const targets = [
      { path: full, recursive: true, since, include: 'stat,data' },
      { path: '/zookeeper/quota', recursive: true, since, include: 'data' },
      { path: at('all'), since },
    ];
    const streams = await Promise.all(targets.map((each) => EventStream.open(member.port, each)));
    for (const stream of streams) t.teardown(() => stream.close());
    await owner.delete(`${full}/${SECRET}/mine`);
    await owner.set(`${full}/${SECRET}/open`, 'the last');
    await owner.create(at('all/end'));
    const [inside, quotas, parent] = streams as [EventStream, EventStream, EventStream];
    await parent.until((events) => events.length === 4);
    await inside.until((events) => events.at(-1)?.event.data === 'the last');
    const open = `${full}/${SECRET}/open`;
    t.strictSame([...new Set(inside.events.map(({ event }) => event.path))], [open]);
    const names = quotas.events.map(({ event }) => event.path);
    t.strictSame(
      names.filter((name) => name.includes(full)),
      [],
    );
  },

  "what names no znode names nobody's": async (setting) => {
    const { t, client } = setting;
    const hidden = await hide(setting as unknown as Setting<Driver>);
    const { sessionId } = hidden.owner;
    for (const target of ['/metrics', '/v1/ensemble', '/livez', '/readyz', '/docs']) {
      const { text, status } = await client.send({ target });
      t.equal(status, 200, target);
      t.notOk(text.includes(SECRET), target);
    }
    for (const target of ['', '/heartbeat', '/ephemerals', '/explanation']) {
      const method = target === '/heartbeat' ? 'POST' : 'GET';
      const url = `/v1/sessions/${sessionId}${target}`;
      t.match((await client.send({ method, target: url })).json(), { code: 'NoAuth' });
    }
  },

  'a key that somebody else has used gives nothing away': async (setting) => {
    const { t, client } = setting;
    const { owner, full } = await hide(setting as unknown as Setting<Driver>);
    const request = {
      ...{ method: 'POST', body: 'x', headers: { 'idempotency-key': 'a-key-that-was-guessed' } },
      target: `/v1/znodes${full}/x-?mode=persistent_sequential`,
    };
    t.equal((await (owner as HttpDriver).send(request)).status, 201);
    await client.sync();
    const answer = await client.send(request);
    t.ok(answer.status >= 400, `${answer.status}`);
    t.equal(answer.headers['idempotency-replayed'], undefined);
    t.notOk(answer.text.includes('x-0'), 'not the name that it got');
  },
});

await withOwnMembers('there is an attempt for every operation that has a rule', async (t) => {
  t.strictSame(Object.keys(ATTEMPTS).sort(), Object.keys(RULES).sort());
  const ruled = Object.values(HTTP_RULES).filter((rule) => typeof rule === 'string');
  t.strictSame(
    [...new Set(ruled)].filter((rule) => !(rule in ATTEMPTS)),
    [],
  );
});
