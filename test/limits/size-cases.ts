/**
 * Limits on the size of what a request holds: each is refused as it stands, and nothing changes.
 */

import type { Op } from '../conformance/driver.ts';
import { world } from '../conformance/driver.ts';
import { type LimitCase, type LimitCases, problemOfAttempt, type Scene } from './limit-case.ts';

const ZNODES = '/v1/znodes';
const TRANSACTIONS = '/v1/transactions';

/** A JSON body of exactly so many bytes, padded with spaces. */
function padded(value: unknown, bytes: number): string {
  return JSON.stringify(value).padEnd(bytes, ' ');
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** A value nested so deeply in all, the object around it included. */
function nested(depth: number): string {
  const arrays = depth - 1;
  return `{"data":${'['.repeat(arrays)}${']'.repeat(arrays)}}`;
}

/** Paths just within and just beyond a limit, and what is wrong with the longer one. */
function pathCase(name: string, value: number, make: (root: string, size: number) => string) {
  const reach: LimitCase['reach'] = async (scene, limit) => {
    const { t, http } = scene;
    const root = await scene.root();
    const within = make(root, limit);
    const beyond = make(root, limit + 1);
    const create = (path: string) =>
      http.send({ method: 'POST', target: `${ZNODES}${encodeURI(path)}?parents=true` });
    t.equal((await create(within)).status, 201, 'at the limit');
    scene.limited(await create(beyond), 400, 'BadArguments', { name, value: limit });
    const socket = await scene.webSocket();
    const attempts: Record<string, Promise<unknown>> = {
      get: socket.get(beyond),
      exists: socket.exists(beyond),
      set: socket.set(beyond, 'x', { create: true }),
      delete: socket.delete(beyond),
      'a transaction': socket.transaction([{ op: 'checkAbsent', path: beyond }]),
      addWatch: socket.addWatch(beyond, 'persistent'),
    };
    for (const [op, attempt] of Object.entries(attempts)) {
      t.match(await problemOfAttempt(attempt), { code: 'BadArguments', limit: { name } }, op);
    }
    await socket.addWatch(within, 'persistent');
  };
  return { value, reach };
}

/** Each of these is reached on a member where all of them are small. */
export const SIZES: LimitCases = {
  dataBytes: {
    value: 1000,
    async reach(scene, value) {
      const { t, http } = scene;
      const root = await scene.root();
      const target = ZNODES + root;
      const put = (body: string, headers = {}) =>
        http.send({ method: 'PUT', target, body, headers });
      const name = 'dataBytes';
      t.equal((await put('x'.repeat(value))).status, 200, 'at the limit, as bytes');
      scene.limited(await put('x'.repeat(value + 1)), 413, 'TooLarge', { name, value });
      const umlauts = 'ä'.repeat(value / 2);
      const envelope = (data: string) => put(JSON.stringify({ data }), JSON_HEADERS);
      t.equal((await envelope(umlauts)).status, 200, 'bytes count, not characters');
      scene.limited(await envelope(`${umlauts}x`), 413, 'TooLarge', { name, value });
      const base64 = (bytes: number) =>
        put(
          JSON.stringify({ data: Buffer.alloc(bytes, 255).toString('base64'), encoding: 'base64' }),
          JSON_HEADERS,
        );
      t.equal((await base64(value)).status, 200, 'decoded, not as it travels');
      scene.limited(await base64(value + 1), 413, 'TooLarge', { name, value });
      const socket = await scene.webSocket();
      await socket.set(root, 'x'.repeat(value));
      const attempt = socket.set(root, 'x'.repeat(value + 1));
      scene.names(await problemOfAttempt(attempt), 'TooLarge', { name, value });
      t.equal((await socket.get(root)).stat.version, 4, 'nothing that was refused was done');
    },
  },

  bodyBytes: {
    value: 6000,
    async reach(scene, value) {
      const { t, http } = scene;
      const target = ZNODES + (await scene.root());
      const send = (body: string, headers: Record<string, string> = JSON_HEADERS) =>
        http.send({ method: 'PUT', target, body, headers });
      t.equal((await send(padded({ data: 'x' }, value))).status, 200, 'at the limit');
      const named = { name: 'bodyBytes', value };
      scene.limited(await send(padded({ data: 'x' }, value + 1)), 413, 'TooLarge', named);
      const chunked = { 'transfer-encoding': 'chunked', ...JSON_HEADERS };
      const streamed = await http
        .send({ method: 'PUT', target, body: padded({ data: 'x' }, value + 1), headers: chunked })
        .catch(() => undefined);
      if (streamed !== undefined) scene.limited(streamed, 413, 'TooLarge', named, 'in chunks');
      const ops = { ops: [] };
      const transact = (bytes: number) =>
        http.send({
          method: 'POST',
          target: TRANSACTIONS,
          body: padded(ops, bytes),
          headers: JSON_HEADERS,
        });
      t.equal((await transact(value)).status, 200);
      scene.limited(await transact(value + 1), 413, 'TooLarge', named);
    },
  },

  smallBodyBytes: {
    value: 2000,
    async reach(scene, value) {
      const { t, http } = scene;
      const named = { name: 'smallBodyBytes', value };
      const send = (method: string, target: string, json: unknown, bytes: number) =>
        http.send({ method, target, body: padded(json, bytes), headers: JSON_HEADERS });
      const target = `/v1/acls${await scene.root()}`;
      const acl = { acl: world('cdrwa') };
      t.equal((await send('PUT', target, acl, value)).status, 200, 'at the limit');
      scene.limited(await send('PUT', target, acl, value + 1), 413, 'TooLarge', named);
      const session = { timeoutMs: 5000 };
      t.equal((await send('POST', '/v1/sessions', session, value)).status, 201);
      scene.limited(await send('POST', '/v1/sessions', session, value + 1), 413, 'TooLarge', named);
    },
  },

  frameBytes: {
    value: 5000,
    async reach(scene, value) {
      const { t } = scene;
      const socket = await scene.webSocket();
      const ping = (bytes: number) => padded({ id: 1000, op: 'ping' }, bytes);
      socket.socket.send(ping(value));
      await socket.until((one) => one.id === 1000);
      t.pass('at the limit');
      socket.socket.send(ping(value + 1));
      t.equal((await socket.closed).code, 1009, 'one more closes the connection, and says why');
      const resumed = await scene.webSocket({ session: socket.token });
      t.ok(resumed.resumed, 'the session is unharmed');
    },
  },

  frameRequests: {
    value: 10,
    async reach(scene, value) {
      const { t } = scene;
      const socket = await scene.webSocket();
      const pings = (count: number) => Array.from({ length: count }, () => ({ op: 'ping' }));
      const answers = await socket.frame(pings(value));
      t.ok(
        answers.every(({ error }) => error === undefined),
        'at the limit',
      );
      const many = await socket.frame(pings(value + 1));
      for (const { error } of many) {
        t.match(error, { code: 'TooLarge', limit: { name: 'frameRequests', value } });
      }
      t.equal((await socket.frame(pings(1)))[0]?.error, undefined, 'the connection goes on');
    },
  },

  pathBytes: pathCase('pathBytes', 120, (root, size) => {
    const rest = size - root.length;
    // Names of at most 20 bytes, so that this is the only limit in sight.
    const names = `/${'n'.repeat(19)}`.repeat(Math.floor(rest / 20));
    const last = rest % 20;
    return (
      root + (last === 1 ? `${names.slice(0, -1)}/n` : names + `/${'n'.repeat(19)}`.slice(0, last))
    );
  }),

  nameBytes: pathCase('nameBytes', 30, (root, size) => `${root}/${'n'.repeat(size)}`),

  pathDepth: pathCase('pathDepth', 8, (root, size) => root + '/n'.repeat(size - 1)),

  jsonDepth: {
    value: 8,
    async reach(scene, value) {
      const { t, http } = scene;
      const target = ZNODES + (await scene.root());
      const send = (depth: number) =>
        http.send({ method: 'PUT', target, body: nested(depth), headers: JSON_HEADERS });
      t.equal((await send(value)).status, 400, 'at the limit it is read, and is not an envelope');
      t.equal(problemCode(await send(value)), 'BadArguments');
      const named = { name: 'jsonDepth', value };
      scene.limited(await send(value + 1), 413, 'TooLarge', named);
      scene.limited(await send(2500), 413, 'TooLarge', named, 'and far beyond');
      const socket = await scene.webSocket();
      socket.socket.send(`{"id":7000,"op":"ping","x":${'['.repeat(value)}${']'.repeat(value)}}`);
      const answer = await Promise.race([socket.until((one) => one.id === 7000), socket.closed]);
      if ('code' in answer && typeof answer.code === 'number') t.equal(answer.code, 4400);
      else t.match(answer, { error: { code: 'TooLarge', limit: named } });
    },
  },

  childrenPage: {
    value: 7,
    async reach(scene, value) {
      const { t } = scene;
      const root = await scene.root();
      const session = await scene.session();
      for (let n = 0; n < value; n += 1) await session.create(`${root}/${n}`);
      t.equal((await session.children(root)).next, undefined, 'at the limit it is one page');
      await session.create(`${root}/more`);
      const page = await session.children(root, { limit: 1000 });
      t.equal(page.children.length, value, 'one more is on the next page');
      t.equal(page.next, `${value - 1}`);
      t.equal((await session.children(root, { after: page.next ?? '' })).children.length, 1);
    },
  },

  childrenPageBytes: {
    value: 2000,
    async reach(scene, value) {
      const { t } = scene;
      const root = await scene.root();
      const session = await scene.session();
      const half = 'x'.repeat(value / 2);
      await session.create(`${root}/a`, { data: half });
      await session.create(`${root}/b`, { data: half });
      const include = ['data'] as const;
      t.equal((await session.children(root, { include })).children.length, 2, 'at the limit');
      await session.create(`${root}/c`, { data: 'x' });
      const page = await session.children(root, { include });
      t.equal(page.children.length, 2, 'a page is cut short');
      t.equal(page.next, 'b', 'and says where it goes on');
      t.equal((await session.children(root)).children.length, 3, 'names alone do not count');
    },
  },

  batchReadBytes: {
    value: 2000,
    async reach(scene, value) {
      const { t, http } = scene;
      const root = await scene.root();
      await http.send({ method: 'PUT', target: ZNODES + root, body: 'x'.repeat(value / 4) });
      const reads = (count: number): Op[] =>
        Array.from({ length: count }, () => ({ op: 'get', path: root }));
      const named = { name: 'batchReadBytes', value };
      const send = (count: number) =>
        http.send({ method: 'POST', target: '/v1/batch-reads', json: { ops: reads(count) } });
      t.equal((await send(4)).status, 200, 'at the limit');
      scene.limited(await send(5), 413, 'TooLarge', named);
      const socket = await scene.webSocket();
      t.equal((await socket.read(reads(4))).length, 4);
      scene.names(await problemOfAttempt(socket.read(reads(5))), 'TooLarge', named);
      // An ACL counts, too.
      const id = `${'u'.repeat(256)}:${'A'.repeat(43)}=`;
      await socket.setAcl(root, [
        { perms: 'r', scheme: 'digest', id },
        { perms: 'cdrwa', scheme: 'world', id: 'anyone' },
      ]);
      const acl = { op: 'getAcl', path: root };
      t.equal((await socket.read([acl, ...reads(3)])).length, 4);
      scene.names(await problemOfAttempt(socket.read([acl, acl, ...reads(3)])), 'TooLarge', named);
      // Behind a write of the same connection it is read later, and is refused then.
      const [, refused] = await socket.frame([
        { op: 'set', path: root, data: 'x'.repeat(value / 4) },
        { op: 'read', ops: reads(5) },
      ]);
      t.match(refused, { error: { code: 'TooLarge', limit: named } });
      t.ok(await socket.sync(), 'the connection goes on');
    },
  },

  transactionOps: {
    value: 6,
    async reach(scene, value) {
      const { t, http } = scene;
      const root = await scene.root();
      const checks = (count: number): Op[] =>
        Array.from({ length: count }, () => ({ op: 'check', path: root }));
      const reads = (count: number): Op[] =>
        Array.from({ length: count }, () => ({ op: 'exists', path: root }));
      const named = { name: 'transactionOps', value };
      for (const [target, ops] of [
        [TRANSACTIONS, checks],
        ['/v1/batch-reads', reads],
      ] as const) {
        const send = (count: number) =>
          http.send({ method: 'POST', target, json: { ops: ops(count) } });
        t.equal((await send(value)).status, 200, `${target} at the limit`);
        scene.limited(await send(value + 1), 413, 'TooLarge', named);
      }
      const socket = await scene.webSocket();
      const attempts = [socket.transaction(checks(value + 1)), socket.read(reads(value + 1))];
      for (const attempt of attempts) {
        scene.names(await problemOfAttempt(attempt), 'TooLarge', named);
      }
    },
  },

  transactionBytes: {
    value: 1500,
    async reach(scene, value) {
      const { t } = scene;
      const root = await scene.root();
      const [session, socket] = [await scene.session(), await scene.webSocket()];
      const sets = (bytes: number): Op[] => [
        { op: 'set', path: root, data: 'x'.repeat(900) },
        {
          op: 'create',
          path: `${root}/n-`,
          mode: 'persistent_sequential',
          data: 'x'.repeat(bytes),
        },
      ];
      for (const client of [session, socket]) {
        await client.transaction(sets(value - 900));
        const attempt = client.transaction(sets(value - 899));
        scene.names(await problemOfAttempt(attempt), 'TooLarge', {
          name: 'transactionBytes',
          value,
        });
      }
      t.equal((await socket.get(root)).stat.version, 2);
    },
  },

  entryBytes: {
    value: 3500,
    async reach(scene, value) {
      const { t } = scene;
      const [session, socket] = [await scene.session(), await scene.webSocket()];
      const root = await scene.root();
      // Each has an ACL of its own: one that they share counts once.
      const own = (n: number) => ({ perms: 'r', scheme: 'x509', id: `CN=${n}${'x'.repeat(300)}` });
      const ops = (count: number, as: string) =>
        Array.from({ length: count }, (_, n) => {
          const acl = [own(n), ...world('cd')];
          return { op: 'create' as const, path: `${root}/${as}${n}`, acl };
        });
      await session.transaction(ops(4, 'a'));
      for (const client of [session, socket]) {
        const attempt = client.transaction(ops(6, 'b'));
        scene.names(await problemOfAttempt(attempt), 'TooLarge', { name: 'entryBytes', value });
      }
      t.equal((await session.get(root)).stat.numChildren, 4, 'nothing of it was created');
    },
  },

  recursiveDelete: {
    value: 5,
    async reach(scene, value) {
      const { t } = scene;
      const [session, socket] = [await scene.session(), await scene.webSocket()];
      const plant = async (znodes: number) => {
        const root = await scene.root();
        for (let n = 1; n < znodes; n += 1) await session.create(`${root}/${n}`);
        return root;
      };
      await session.delete(await plant(value), { recursive: true });
      const root = await plant(value + 1);
      for (const client of [session, socket]) {
        const attempt = client.delete(root, { recursive: true });
        scene.names(await problemOfAttempt(attempt), 'TooLarge', {
          name: 'recursiveDelete',
          value,
        });
      }
      t.equal((await session.get(root)).stat.numChildren, value, 'nothing of it was deleted');
    },
  },

  aclEntries: {
    value: 3,
    async reach(scene, value) {
      const root = await scene.root();
      const [session, socket] = [await scene.session(), await scene.webSocket()];
      const acl = (entries: number) =>
        ['cdrwa', 'c', 'd', 'r', 'w'].slice(0, entries).flatMap((perms) => world(perms));
      for (const client of [session, socket]) {
        await client.setAcl(root, acl(value));
        const named = { name: 'aclEntries', value };
        const attempts = [
          () => client.setAcl(root, acl(value + 1)),
          () => client.create(`${root}/x`, { acl: acl(value + 1) }),
        ];
        for (const attempt of attempts) {
          scene.names(await problemOfAttempt(attempt()), 'TooLarge', named);
        }
      }
    },
  },
};

function problemCode({ text }: { text: string }): string {
  return (JSON.parse(text) as { code: string }).code;
}

export type { Scene };
