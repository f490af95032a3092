/**
 * A request that is sent again is applied once: over HTTP under its `Idempotency-Key`, over a
 * WebSocket, when its client promises ids that grow from connection to connection, under its id.
 */
import type { HttpClient } from './http-exchange.ts';
import { overHttp, overWebSocket } from './specification.ts';
import { type Request, WsDriver } from './ws-driver.ts';

let keys = 0;

function newKey(): string {
  keys += 1;
  return `exactly-once-${process.pid}-${keys}-${Math.random()}`;
}

await overHttp({
  'a write that is sent again to another member has its first answer': async (setting) => {
    const { t, client, connect, at } = setting;
    const other = await connect();
    const headers = { 'idempotency-key': newKey() };
    const target = `/v1/znodes${at('n-')}?mode=persistent_sequential`;
    const init = { method: 'POST', target, headers, body: 'x' };
    const first = await client.http.send(init);
    t.equal(first.status, 201);
    for (const { http } of [other, client, other]) {
      const again = await http.send(init);
      t.equal(again.status, 201);
      t.equal(again.text, first.text);
      t.equal(again.headers['idempotency-replayed'], 'true');
      t.equal(again.headers['location'], first.headers['location']);
    }
    t.equal((await other.children(at(''))).children.length, 1, 'and makes nothing more');
  },

  'sent to all members at once': async ({ t, client, connect, at }) => {
    const clients = [client, await connect(), await connect(), client];
    const headers = { 'idempotency-key': newKey() };
    const target = `/v1/znodes${at('n-')}?mode=persistent_sequential`;
    const answers = await Promise.all(
      clients.map(({ http }) => http.send({ method: 'POST', target, headers, body: 'x' })),
    );
    t.equal(new Set(answers.map(({ text }) => text)).size, 1, 'all have the same answer');
    t.same(new Set(answers.map(({ status }) => status)), new Set([201]));
    await client.sync();
    t.equal((await client.children(at(''))).children.length, 1);
  },

  'another request under the key is refused by every member': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    const headers = { 'idempotency-key': newKey() };
    const put = (http: HttpClient, body: string) =>
      http.send({ method: 'PUT', target: `/v1/znodes${at('a')}`, headers, body });
    t.equal((await put(client.http, 'one')).status, 201);
    const answer = await put(other.http, 'two');
    t.equal(answer.status, 422);
    t.match(answer.json(), { code: 'RepeatMismatch', outcome: 'not-applied' });
    t.equal((await other.get(at('a'))).data, 'one');
  },

  'a key is its caller’s, on every member and of whatever others have used': async (setting) => {
    const { t, client, connect, at } = setting;
    const other = await connect();
    const key = newKey();
    const target = `/v1/znodes${at('n-')}?mode=persistent_sequential`;
    const send = async ({ http }: { readonly http: HttpClient }, user: string) => {
      const authorization = `Basic ${Buffer.from(`${user}:x`).toString('base64')}`;
      const headers = { 'idempotency-key': key, ...(user === '' ? {} : { authorization }) };
      const { text, headers: shown } = await http.send({ method: 'POST', target, headers });
      const replayed = shown['idempotency-replayed'] === 'true';
      return { path: String(JSON.parse(text).path), replayed };
    };
    const users = ['', 'ada', 'bob'];
    const first = [];
    for (const user of users) first.push(await send(client, user));
    t.equal(new Set(first.map(({ path }) => path)).size, users.length, 'everybody has another');
    for (const [n, user] of users.entries()) {
      const again = await send(other, user);
      t.same(again, { path: first[n]?.path, replayed: true }, 'and the same again');
    }
  },

  'a takeover has its first answer when the former session has ended': async (setting) => {
    const { t, client, connect, at } = setting;
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    const headers = { 'idempotency-key': newKey(), 'paddock-session': client.token };
    const request = (takeover: string) =>
      client.http.send({
        ...{ method: 'POST', target: `/v1/znodes${at('e')}?mode=ephemeral`, headers },
        json: { takeover },
      });
    await client.sync();
    const first = await request(former.token);
    t.equal(first.status, 201);
    await former.closeSession();
    await client.sync();
    const again = await request(former.token);
    t.equal(again.text, first.text);
    const forged = `${former.sessionId}.${'A'.repeat(43)}`;
    t.equal((await request(forged)).status, 422, 'with another token it is another request');
  },
});

/** Opens the session of `client` on another connection, with the same promise. */
function resume(
  connect: (options: object) => Promise<WsDriver>,
  { token, zxid }: WsDriver,
): Promise<WsDriver> {
  return connect({ session: token, lastZxid: zxid, exactlyOnce: true });
}

await overWebSocket({
  'what was not answered is sent again, and answered as it was first': async (setting) => {
    const { t, connect, at } = setting;
    const first = await connect({ exactlyOnce: true, timeoutMs: 30_000 });
    t.equal(first.lastId, 0, 'nothing was applied yet');
    const acl = [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }];
    const frames = [
      { id: 2, op: 'create', path: at('n-'), mode: 'persistent_sequential', data: 'x' },
      { id: 3, op: 'create', path: at('e'), mode: 'ephemeral' },
      { id: 5, op: 'set', path: at('e'), data: 'ü' },
      { id: 7, op: 'create', path: at('missing/child') },
      {
        ...{ id: 9, op: 'transaction' },
        ops: [
          { op: 'check', path: at('e') },
          { op: 'create', path: at('n-'), mode: 'persistent_sequential' },
        ],
      },
      { id: 11, op: 'delete', path: at('e') },
      { id: 12, op: 'setAcl', path: at(''), acl },
      { id: 13, op: 'setQuota', path: at(''), countLimit: 100 },
    ];
    const answers = await first.pipeline(frames);
    const second = await resume(connect, first);
    t.equal(second.lastId, 13);
    const again = await second.pipeline(frames);
    for (const [n, answer] of answers.entries()) {
      const what = JSON.stringify(frames[n]);
      if (answer.error === undefined) {
        t.strictSame(again[n], { ...answer, replayed: true }, what);
      } else {
        t.match(again[n]?.error, { code: 'NoNode' }, 'what was refused is judged again');
      }
    }
    const { children } = await second.children(at(''));
    t.same(
      children.map(({ name }) => name),
      ['n-0000000000', 'n-0000000002'],
    );
    const [fresh, read] = await second.pipeline([
      { op: 'create', path: at('fresh'), data: 'x' },
      { op: 'get', path: at('fresh') },
    ]);
    t.notOk(fresh?.replayed, 'what is new is no repeat');
    t.match(read, { replayed: undefined, result: { data: 'x' } });
  },

  'another request under an id that was used is refused, however alike': async (setting) => {
    const { t, connect, at } = setting;
    const first = await connect({ exactlyOnce: true });
    await first.pipeline([{ id: 2, op: 'set', path: at(''), data: 'one' }]);
    const others: Request[] = [
      { op: 'set', path: at(''), data: 'two' },
      { op: 'set', path: at(''), data: 'one', version: 0 },
      { op: 'delete', path: at('') },
      { op: 'transaction', ops: [{ op: 'set', path: at(''), data: 'one' }] },
    ];
    for (const other of others) {
      const again = await resume(connect, first);
      const [answer] = await again.pipeline([{ ...other, id: 2 }]);
      t.match(answer?.error, { code: 'RepeatMismatch', outcome: 'not-applied' });
      again.disconnect();
    }
    const last = await resume(connect, first);
    t.match(await last.get(at('')), { data: 'one', stat: { version: 1 } });
  },

  'without the promise ids mean nothing: new writes are done': async ({ t, connect, at }) => {
    const first = await connect();
    const frames = [{ id: 2, op: 'create', path: at('n-'), mode: 'persistent_sequential' }];
    await first.pipeline(frames);
    const second = await connect({ session: first.token, lastZxid: first.zxid });
    t.equal(second.lastId, undefined);
    const [answer] = await second.pipeline(frames);
    t.equal(answer?.result?.['path'], at('n-0000000001'));
    const promised = await resume(connect, second);
    t.equal(promised.lastId, 0, 'and nothing is kept of them');
    const [third] = await promised.pipeline(frames);
    t.equal(third?.result?.['path'], at('n-0000000002'));
  },

  'ids grow on a connection, and behind its connect': async ({ t, member, connect, at }) => {
    const first = await connect({ exactlyOnce: true });
    await first.pipeline([{ id: 40, op: 'create', path: at('a') }]);
    const [low, equal] = await first.pipeline([
      { id: 39, op: 'create', path: at('b') },
      { id: 40, op: 'create', path: at('a') },
    ]);
    t.match(
      [low, equal],
      [{ error: { code: 'BadArguments' } }, { error: { code: 'BadArguments' } }],
    );
    const second = await WsDriver.open(member.wsUrl);
    const { token, zxid } = first;
    const connectFrame = { op: 'connect', session: token, lastZxid: zxid, exactlyOnce: true };
    const [, again] = await second.frame([
      { id: 1000, ...connectFrame },
      { id: 40, op: 'create', path: at('a') },
    ]);
    t.match(
      again,
      { replayed: true, result: { path: at('a') } },
      'that of connect is none of them',
    );
    second.disconnect();
  },

  'an id that came to nothing cannot come to anything behind a later one': async (setting) => {
    const { t, connect, at } = setting;
    const first = await connect({ exactlyOnce: true });
    const late = { id: 2, op: 'create', path: at('late/child') };
    const [refused] = await first.pipeline([late, { id: 3, op: 'create', path: at('late') }]);
    t.match(refused?.error, { code: 'NoNode' });
    const second = await resume(connect, first);
    const [again] = await second.pipeline([late]);
    t.match(again?.error, { code: 'IdPassed', outcome: 'not-applied' });
    t.equal(await second.exists(at('late/child')), undefined);
  },

  'what is older than the answers that are kept is not guessed': async (setting) => {
    const { t, connect, at } = setting;
    const first = await connect({ exactlyOnce: true });
    const old = { id: 2, op: 'create', path: at('old') };
    const ops = Array.from({ length: 1000 }, () => ({ op: 'set', path: at('old'), data: '' }));
    const many = { id: 3, op: 'transaction', ops };
    const answers = await first.pipeline([old, many]);
    t.equal(answers[1]?.error, undefined);
    const second = await resume(connect, first);
    const [unknown, known] = await second.pipeline([old, many]);
    t.match(unknown?.error, { code: 'OutcomeUnknown', outcome: 'unknown' });
    t.match(known, { replayed: true });
  },

  'a takeover, too, when the former session has ended': async ({ t, connect, at }) => {
    const [former, first] = [await connect(), await connect({ exactlyOnce: true })];
    await former.create(at('e'), { mode: 'ephemeral' });
    await first.sync();
    const take = { op: 'create', path: at('e'), mode: 'ephemeral', takeover: former.token };
    const [answer] = await first.pipeline([{ id: 10, ...take }]);
    t.match(answer?.result, { path: at('e') });
    await former.closeSession();
    await first.sync();
    const second = await resume(connect, first);
    const forged = { ...take, takeover: `${former.sessionId}.${'A'.repeat(43)}` };
    const [again] = await second.pipeline([{ id: 10, ...take }]);
    t.strictSame(again, { ...answer, replayed: true });
    const third = await resume(connect, first);
    const [other] = await third.pipeline([{ id: 10, ...forged }]);
    t.match(other?.error, { code: 'RepeatMismatch' });
  },

  'each session has ids of its own, seen from its chroot': async ({ t, connect, at }) => {
    const [one, two] = [await connect({ exactlyOnce: true }), await connect({ exactlyOnce: true })];
    const frame = { id: 2, op: 'create', path: at('n-'), mode: 'persistent_sequential' };
    const [[a], [b]] = await Promise.all([one.pipeline([frame]), two.pipeline([frame])]);
    t.not(a?.result?.['path'], b?.result?.['path']);
    const { token: session, zxid: lastZxid } = one;
    const inside = await connect({ session, lastZxid, exactlyOnce: true, chroot: at('') });
    const [other] = await inside.pipeline([frame]);
    t.match(other?.error, { code: 'RepeatMismatch' }, 'the same words for another znode');
  },
});
