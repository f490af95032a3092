/**
 * What a client sees of its session: over plain HTTP by its token, over a WebSocket by being there.
 */
import { explainSession, watchers } from './beside.ts';
import { codeOf, refusalOf } from './driver.ts';
import { problemOf } from './http-exchange.ts';
import { EXPIRY_SLACK_MS, eventually, overHttp, overWebSocket, sleep } from './specification.ts';
import { type Message, WsDriver } from './ws-driver.ts';

/** Later than what any member has applied; the last one is no zxid at all. */
const NOT_YET = ['0000ffff00000001', '000fffff00000000', 'f'.repeat(16)];
/** Made-up tokens cost a round of the leader's, not the five seconds of a wait in vain. */
const UNHURRIED_MS = 4000;

await overHttp(
  {
    'a session tells its timeout, what is left of it, and how much it owns': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const session = await connect({ timeoutMs: 20_000 });
      await session.create(at('e'), { mode: 'ephemeral' });
      const target = `/v1/sessions/${session.sessionId}`;
      const shown = (await session.send({ target })).json<Record<string, number>>();
      t.match(shown, { sessionId: session.sessionId, timeoutMs: 20_000, ephemerals: 1 });
      t.notHas(shown, { token: String }, 'the token is shown once');
      const left = shown['expiresInMs'] ?? 0;
      t.ok(left > 15_000 && left <= 20_000, `${left} ms left`);
      t.match((await session.send({ target: '/v1/whoami' })).json(), {
        sessionId: session.sessionId,
        identities: [{ scheme: 'ip', id: '127.0.0.1' }],
      });
      t.notHas((await client.http.send({ target: '/v1/whoami' })).json(), { sessionId: String });
    },

    'heartbeats keep it alive': async ({ t, connect, at }) => {
      const session = await connect({ timeoutMs: 1000 });
      await session.create(at('e'), { mode: 'ephemeral' });
      const target = `/v1/sessions/${session.sessionId}/heartbeat`;
      for (let round = 0; round < 5; round += 1) {
        await sleep(500);
        const answer = await session.send({ method: 'POST', target });
        t.equal(answer.status, 200);
        t.match(answer.json(), { timeoutMs: 1000, ephemerals: 1 });
      }
    },

    'requests without the token do not keep it alive': async ({ t, client, connect, at }) => {
      const session = await connect({ timeoutMs: 1000 });
      await session.create(at('e'), { mode: 'ephemeral' });
      const began = performance.now();
      await client.sync();
      await eventually('gone', async () => (await client.exists(at('e'))) === undefined);
      t.ok(performance.now() - began >= 900);
      const target = `/v1/znodes${at('')}`;
      await eventually('told', async () => (await session.send({ target })).status === 410);
      const answer = await session.send({ target });
      t.match(answer.json(), { code: 'SessionExpired', outcome: 'not-applied' });
    },

    'a token that is wrong, or of a session that has ended, is 410 for every request': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const ended = await connect();
      await ended.closeSession();
      await client.sync();
      const { sessionId, token } = client;
      const secret = token.slice(sessionId.length + 1);
      for (const [what, wrong] of Object.entries({
        ended: ended.token,
        'with another secret': `${sessionId}.${'A'.repeat(secret.length)}`,
        'with half a secret': token.slice(0, -10),
        'of another id': `${'0'.repeat(15)}1.${secret}`,
        'the id alone': sessionId,
        empty: '',
        nonsense: 'nonsense',
        long: 'x'.repeat(4000),
      })) {
        for (const [method, target] of [
          ['GET', `/v1/znodes${at('')}`],
          ['POST', `/v1/znodes${at('x')}`],
          ['GET', `/v1/sessions/${sessionId}`],
          ['DELETE', `/v1/sessions/${sessionId}`],
          ['GET', '/v1/events'],
          ['POST', '/v1/sync'],
        ] as const) {
          const headers = { 'paddock-session': wrong };
          const answer = await client.http.send({ method, target, headers });
          t.equal(answer.status, 410, `${what}: ${method} ${target}`);
          t.equal(problemOf(answer).code, 'SessionExpired');
        }
      }
      t.equal(await client.exists(at('x')), undefined);
    },

    'a session that no member has come to is none, once a quorum has said so': async ({
      t,
      client,
      at,
    }) => {
      const secret = client.token.slice(client.sessionId.length + 1);
      for (const id of NOT_YET) {
        const headers = { 'paddock-session': `${id}.${secret}` };
        for (const [method, target] of [
          ['GET', `/v1/znodes${at('')}`],
          ['PUT', `/v1/znodes${at('x')}`],
          ['POST', `/v1/sessions/${id}/heartbeat`],
          ['GET', '/v1/events'],
        ] as const) {
          const asked = performance.now();
          const answer = await client.http.send({ method, target, headers });
          t.ok(performance.now() - asked < UNHURRIED_MS, 'it waits for nothing that cannot come');
          t.equal(answer.status, 410, `${id}: ${method} ${target}`);
          t.equal(problemOf(answer).code, 'SessionExpired');
        }
      }
      t.equal(await client.exists(at('x')), undefined);
    },

    'a session is for those who show its token': async ({ t, client, connect }) => {
      const other = await connect();
      const target = `/v1/sessions/${client.sessionId}`;
      for (const [method, path] of [
        ['GET', target],
        ['DELETE', target],
        ['POST', `${target}/heartbeat`],
      ] as const) {
        t.equal((await client.http.send({ method, target: path })).status, 403, `${method}, none`);
        t.equal((await other.send({ method, target: path })).status, 403, `${method}, another’s`);
      }
      t.equal((await client.send({ target })).status, 200, 'it is unharmed');
    },

    'a request may speak for a session that a WebSocket holds': async ({
      t,
      client,
      member,
      at,
    }) => {
      const socket = await WsDriver.connect(member.wsUrl);
      t.teardown(() => socket.disconnect());
      const headers = { 'paddock-session': socket.token };
      const target = `/v1/znodes${at('e')}?mode=ephemeral`;
      const created = await client.http.send({ method: 'POST', target, headers });
      t.match(created.json(), { stat: { ephemeralOwner: socket.sessionId } });
      const end = `/v1/sessions/${socket.sessionId}`;
      t.equal((await client.http.send({ method: 'DELETE', target: end, headers })).status, 204);
      const notice = await socket.until((one) => one.event === 'session');
      t.match(notice, { state: 'closed', sessionId: socket.sessionId });
      await socket.closed;
      t.equal(await client.exists(at('e')), undefined);
    },
  },
  { jobs: 6 },
);

await overWebSocket(
  {
    'an open connection keeps the session alive by itself': async ({ t, connect, at }) => {
      const idle = await connect({ timeoutMs: 1000 });
      await idle.create(at('e'), { mode: 'ephemeral' });
      await sleep(3000);
      t.ok(await idle.exists(at('e')));
    },

    'one that answers for its application does not': async ({ t, client, connect, at }) => {
      const idle = await connect({ timeoutMs: 1000, heartbeat: 'message' });
      const touched = performance.now();
      await idle.create(at('e'), { mode: 'ephemeral' });
      const isExpired = (one: Message & { state?: string }) => one.state === 'expired';
      const notice = await idle.until(isExpired);
      const elapsed = performance.now() - touched;
      t.match(notice, { event: 'session', state: 'expired', sessionId: idle.sessionId });
      t.ok(elapsed >= 1000, `${elapsed} ms`);
      t.ok(elapsed <= 1000 + EXPIRY_SLACK_MS, `${elapsed} ms`);
      await idle.closed;
      await client.sync();
      t.equal(await client.exists(at('e')), undefined);
      const busy = await connect({ timeoutMs: 1000, heartbeat: 'message' });
      for (let round = 0; round < 6; round += 1) {
        await sleep(400);
        await busy.request({ op: 'ping' });
      }
      t.pass('pings are messages');
    },

    'a session survives its connection and goes on over another one': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const first = await connect();
      t.notOk(first.resumed);
      await first.create(at('e'), { mode: 'ephemeral' });
      const { token, sessionId, zxid } = first;
      first.disconnect();
      await first.closed;
      await client.sync();
      t.ok(await client.exists(at('e')), 'the ephemeral is still there');
      const second = await connect({ session: token, lastZxid: zxid });
      t.ok(second.resumed);
      t.equal(second.sessionId, sessionId);
      t.equal(second.token, token);
      t.equal(second.timeoutMs, first.timeoutMs);
      t.ok(second.zxid >= zxid, 'never shown an older state');
      await second.closeSession();
      await client.sync();
      t.equal(await client.exists(at('e')), undefined);
    },

    'who goes on with a session cannot change its timeout': async ({ t, connect }) => {
      const first = await connect({ timeoutMs: 20_000 });
      for (const timeoutMs of [1000, 60_000]) {
        const again = { session: first.token, lastZxid: first.zxid, timeoutMs };
        const next = await connect(again);
        t.equal(next.timeoutMs, 20_000, `asked for ${timeoutMs}`);
        // Another member learns from the leader how long it is.
        const left = async () => Number((await next.request({ op: 'ping' })).result['expiresInMs']);
        await eventually('more is left than was asked for', async () => (await left()) > 10_000);
        t.ok((await left()) <= 20_000);
        t.equal((await explainSession(next, next.sessionId)).timeoutMs, 20_000);
      }
    },

    'a second connection takes the session over from the first': async ({ t, connect, at }) => {
      const first = await connect();
      await first.create(at('e'), { mode: 'ephemeral' });
      const second = await connect({ session: first.token, lastZxid: first.zxid });
      const notice = await first.until((one) => one.event === 'session');
      t.match(notice, { state: 'moved', sessionId: second.sessionId });
      await first.closed;
      t.ok(await second.exists(at('e')), 'the session itself is unharmed');
    },

    'a token that proves nothing opens nothing and kicks nobody out': async ({
      t,
      client,
      connect,
    }) => {
      const wrong = `${client.sessionId}.${'A'.repeat(43)}`;
      const lastZxid = client.zxid;
      for (const id of NOT_YET) {
        t.equal(
          await codeOf(connect({ session: `${id}.${'A'.repeat(43)}` })),
          'SessionExpired',
          id,
        );
      }
      for (const session of [wrong, client.sessionId, '', 'nonsense']) {
        t.equal(await codeOf(connect({ session, lastZxid })), 'SessionExpired', session);
      }
      const ended = await connect();
      await ended.closeSession();
      const again = { session: ended.token, lastZxid: ended.zxid };
      t.equal(await codeOf(connect(again)), 'SessionExpired');
      t.ok(await client.sync(), 'the owner is still connected');
    },

    'what is pipelined behind a close is not done, and has no answer': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const owner = await connect();
      const requests = [
        { op: 'create', path: at('before') },
        { op: 'close' },
        { op: 'create', path: at('behind'), mode: 'ephemeral' },
        { op: 'create', path: at('behind-too') },
        { op: 'get', path: at('before') },
        { op: 'nonsense' },
      ];
      const sent = requests.map((request) => owner.frame([request], false));
      const [before, closed, ...behind] = await Promise.allSettled(sent);
      t.match(before, { value: [{ result: { path: at('before') } }] });
      t.match(closed, { value: [{ result: {} }] });
      t.equal((await owner.closed).code, 1000);
      for (const each of behind) t.equal(each.status, 'rejected', 'the connection ends without it');
      const answered = owner.arrived.flatMap(({ id }) => (id === undefined ? [] : [id]));
      t.strictSame(answered, [1, 2, 3], 'connect, create and close, and the end');
      t.equal(owner.arrived.at(-1)?.id, 3);
      await client.sync();
      t.equal(await client.exists(at('behind')), undefined);
      t.equal(await client.exists(at('behind-too')), undefined);
      t.ok(await client.exists(at('before')));
    },

    'nor what follows it in the same frame': async ({ t, client, connect, at }) => {
      const owner = await connect();
      const frame = owner.frame([
        { op: 'create', path: at('before') },
        { op: 'close' },
        { op: 'create', path: at('behind') },
      ]);
      t.equal((await owner.closed).code, 1000);
      await t.rejects(frame, /closed with 1000/);
      t.strictSame(
        owner.arrived.map(({ id }) => id),
        [1, 2, 3],
      );
      await client.sync();
      t.equal(await client.exists(at('behind')), undefined);
      t.ok(await client.exists(at('before')));
    },

    'no watch is left for a session that has ended': async ({ t, client, connectHere, at }) => {
      const owner = await connectHere();
      await owner.addWatch(at('x'), 'persistent');
      t.equal((await watchers(client, at('x'))).count, 1);
      const close = owner.frame([{ op: 'close' }], false);
      const behind = owner.frame(
        [
          { op: 'addWatch', path: at('x'), mode: 'persistentRecursive' },
          { op: 'exists', path: at('x'), watch: true },
        ],
        false,
      );
      behind.catch(() => undefined);
      await close;
      await owner.closed;
      t.equal((await watchers(client, at('x'))).count, 0, 'closed');
      const silent = await connectHere({ timeoutMs: 1000, heartbeat: 'message' });
      await silent.addWatch(at('x'), 'persistent');
      await silent.closed;
      t.equal((await watchers(client, at('x'))).count, 0, 'expired');
    },

    'the close of the WebSocket that says nothing leaves the session to expire': async ({
      t,
      client,
      connect,
      at,
    }) => {
      const owner = await connect({ timeoutMs: 1000 });
      await owner.create(at('e'), { mode: 'ephemeral' });
      owner.socket.close(1000);
      await owner.closed;
      await client.sync();
      t.ok(await client.exists(at('e')));
      await eventually('expired', async () => (await client.exists(at('e'))) === undefined);
    },

    'a client that has seen more than the ensemble is not served an older state': async ({
      t,
      connect,
    }) => {
      const problem = await refusalOf(connect({ lastZxid: '0000ffff00000000' }));
      t.equal(problem.code, 'AheadOfEnsemble');
      t.equal(problem.outcome, 'not-applied');
    },
  },
  { jobs: 6 },
);
