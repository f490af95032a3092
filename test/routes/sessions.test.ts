import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startTestMember, type TestMember } from './member.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function open(member: TestMember, timeoutMs: number) {
  const body = JSON.stringify({ timeoutMs });
  return member.send('POST', '/v1/sessions', { headers: JSON_TYPE, body });
}

t.test('sessions', async (t) => {
  const member = await startTestMember(t);
  const { send } = member;

  t.test('open with an id, a secret token and a timeout in the range', async (t) => {
    const opened = await open(member, 10_000);
    t.equal(opened.status, 201);
    const { sessionId, token, timeoutMs, expiresInMs } = opened.json();
    t.match(sessionId, /^[0-9a-f]{16}$/);
    t.equal(opened.headers.get('location'), `/v1/sessions/${sessionId}`);
    t.notOk(sessionId.includes(token) || token === sessionId);
    t.equal(timeoutMs, 10_000);
    t.ok(expiresInMs > 0 && expiresInMs <= 10_000);
    t.equal((await open(member, 1)).json().timeoutMs, 1000);
    t.equal((await open(member, 10_000_000)).json().timeoutMs, 120_000);
    t.equal((await send('POST', '/v1/sessions')).status, 201, 'without a body too');
  });

  t.test('own ephemerals, tell of themselves, and take them along when they end', async (t) => {
    const { sessionId, token } = (await open(member, 10_000)).json();
    const headers = { 'paddock-session': token };
    const created = await send('POST', '/v1/znodes/mine?mode=ephemeral', { headers });
    t.equal(created.status, 201);
    t.equal(created.json().stat.ephemeralOwner, sessionId);
    const shown = (await send('GET', `/v1/sessions/${sessionId}`, { headers })).json();
    t.match(shown, { sessionId, timeoutMs: 10_000, ephemerals: 1 });
    t.equal((await send('GET', '/v1/whoami', { headers })).json().sessionId, sessionId);
    const beaten = await send('POST', `/v1/sessions/${sessionId}/heartbeat`, { headers });
    t.equal(beaten.status, 200);
    t.ok(beaten.json().expiresInMs > 9000);
    t.equal((await send('DELETE', `/v1/sessions/${sessionId}`, { headers })).status, 204);
    t.equal((await send('GET', '/v1/znodes/mine')).status, 404);
    for (const [method, target] of [
      ['GET', `/v1/sessions/${sessionId}`],
      ['DELETE', `/v1/sessions/${sessionId}`],
      ['POST', `/v1/sessions/${sessionId}/heartbeat`],
      ['PUT', '/v1/znodes/late'],
      ['GET', '/v1/znodes'],
    ] as const) {
      const answer = await send(method, target, { headers });
      t.equal(answer.status, 410, `${method} with the token of an ended session`);
      t.match(answer.json(), { code: 'SessionExpired', outcome: 'not-applied' });
    }
  });

  t.test('are for the holder of the token alone', async (t) => {
    const mine = (await open(member, 10_000)).json();
    const other = (await open(member, 10_000)).json();
    const target = `/v1/sessions/${mine.sessionId}`;
    t.equal((await send('DELETE', target)).status, 403, 'no token');
    const headers = { 'paddock-session': other.token };
    t.equal((await send('DELETE', target, { headers })).status, 403, "another session's token");
    for (const token of ['', 'x', mine.sessionId, `${mine.token}x`, mine.token.slice(0, -1)]) {
      const answer = await send('DELETE', target, { headers: { 'paddock-session': token } });
      t.equal(answer.status, 410, 'a wrong token');
      t.notMatch(answer.text, mine.token.slice(17));
    }
    const headersOfMine = { 'paddock-session': mine.token };
    t.equal((await send('GET', target, { headers: headersOfMine })).status, 200, 'unharmed');
  });

  t.test('an ephemeral needs one', async (t) => {
    const answer = await send('POST', '/v1/znodes/e?mode=ephemeral');
    t.equal(answer.status, 400);
    t.equal(answer.json().code, 'BadArguments');
  });

  t.test('end by themselves without a sign of life', async (t) => {
    const { sessionId, token } = (await open(member, 1000)).json();
    const headers = { 'paddock-session': token };
    await send('POST', '/v1/znodes/shortlived?mode=ephemeral', { headers });
    for (let beat = 0; beat < 4; beat += 1) {
      await sleep(400);
      t.equal((await send('POST', `/v1/sessions/${sessionId}/heartbeat`, { headers })).status, 200);
    }
    const gone = await send('GET', '/v1/znodes/shortlived?until=deleted', {
      headers: { prefer: 'wait=5' },
    });
    t.equal(gone.status, 204);
    t.equal((await send('GET', `/v1/sessions/${sessionId}`, { headers })).status, 410);
  });
});

t.test('sessions are limited in number', async (t) => {
  const member = await startTestMember(t, ['--limit', 'sessions=2']);
  t.equal((await open(member, 10_000)).status, 201);
  t.equal((await open(member, 10_000)).status, 201);
  const third = await open(member, 10_000);
  t.match(third.json(), { code: 'LimitExceeded', limit: { name: 'sessions', value: 2 } });
  t.equal(third.status, 403);
});
