/** `Idempotency-Key`: a write that is repeated is applied once, and has the first answer. */
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { startTestMember } from './member.ts';

const KEY = '0b0b1f7e-5a0e-4b5c-8d61-0b7cf27f7c7e';

/** How long a session has is told as it is now. */
function withoutLease(text: string): string {
  return text.replace(/"expiresInMs":\d+/, '');
}

await t.test('with a key', async (t) => {
  const { send, port } = await startTestMember(t);
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `${KEY}.${keys}`;
  };
  const keyed = (key: string, more: Record<string, string> = {}) => ({
    ...{ 'idempotency-key': key, ...more },
  });

  await t.test('every write has its first answer again', async (t) => {
    await send('PUT', '/v1/znodes/w');
    await send('PUT', '/v1/znodes/w/gone');
    const json = { 'content-type': 'application/json' };
    const acl = JSON.stringify({ acl: [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }] });
    const ops = JSON.stringify({
      ops: [{ op: 'create', path: '/w/t-', mode: 'persistent_sequential' }],
    });
    for (const [method, target, body, headers] of [
      ['POST', '/v1/znodes/w/n-?mode=persistent_sequential', 'one', {}],
      ['POST', '/v1/znodes/w/plain', 'one', {}],
      ['PUT', '/v1/znodes/w/set', 'one', {}],
      ['PUT', '/v1/acls/w', acl, json],
      ['POST', '/v1/transactions', ops, json],
      ['DELETE', '/v1/znodes/w/gone', '', {}],
      ['POST', '/v1/sessions', '{"timeoutMs":5000}', json],
    ] as const) {
      const what = `${method} ${target}`;
      const init = { headers: keyed(newKey(), headers), ...(body === '' ? undefined : { body }) };
      const first = await send(method, target, init);
      t.ok(first.status >= 200 && first.status < 300, `${what} ${first.status} ${first.text}`);
      t.notOk(first.headers.has('idempotency-replayed'), what);
      const before = (await send('GET', '/v1/ensemble')).headers.get('paddock-zxid');
      const again = await send(method, target, init);
      t.equal(again.status, first.status, what);
      t.equal(withoutLease(again.text), withoutLease(first.text), what);
      t.equal(again.headers.get('etag'), first.headers.get('etag'));
      t.equal(again.headers.get('location'), first.headers.get('location'));
      t.equal(again.headers.get('idempotency-replayed'), 'true', what);
      t.equal(again.headers.get('paddock-zxid'), before, 'nothing has changed');
    }
    const children = (await send('GET', '/v1/children/w')).json().children;
    t.same(
      children.map(({ name }) => name),
      ['n-0000000001', 'plain', 'set', 't-0000000004'],
    );
  });

  await t.test('all at once, too', async (t) => {
    await send('PUT', '/v1/znodes/race');
    const init = { headers: keyed(newKey()), body: 'x' };
    const target = '/v1/znodes/race/n-?mode=persistent_sequential';
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('POST', target, init)));
    t.equal(new Set(answers.map(({ text }) => text)).size, 1);
    t.equal(answers.filter(({ headers }) => headers.has('idempotency-replayed')).length, 7);
    t.equal((await send('GET', '/v1/children/race')).json().children.length, 1);
  });

  await t.test('another request under the same key is 422 and changes nothing', async (t) => {
    const { sessionId, token } = (await send('POST', '/v1/sessions')).json();
    t.ok(sessionId);
    const key = newKey();
    const first = { headers: keyed(key), body: 'x' };
    t.equal((await send('PUT', '/v1/znodes/m', first)).status, 201);
    for (const [method, target, init] of [
      ['PUT', '/v1/znodes/other', first],
      ['PUT', '/v1/znodes/m', { ...first, body: 'y' }],
      ['PUT', '/v1/znodes/m?version=0', first],
      ['PUT', '/v1/znodes/m', { ...first, headers: keyed(key, { 'if-match': '*' }) }],
      ['PUT', '/v1/znodes/m', { ...first, headers: keyed(key, { 'paddock-session': token }) }],
      ['POST', '/v1/znodes/m', first],
      ['DELETE', '/v1/znodes/m', { headers: keyed(key) }],
    ] as const) {
      const answer = await send(method, target, init);
      t.equal(answer.status, 422, `${method} ${target}`);
      t.match(answer.json(), { code: 'RepeatMismatch', outcome: 'not-applied' });
    }
    t.equal((await send('GET', '/v1/znodes/m')).json().stat.version, 0);
    t.equal((await send('GET', '/v1/znodes/other')).status, 404);
  });

  await t.test('everybody has keys of their own', async (t) => {
    const key = newKey();
    const basic = (user: string, password = 'x') => ({
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    });
    const callers = [{}, basic('ada'), basic('bob'), basic('ada', 'another')];
    const target = '/v1/znodes/own-?mode=persistent_sequential';
    const paths: string[] = [];
    for (const more of callers) {
      const { status, text } = await send('POST', target, { headers: keyed(key, more) });
      t.equal(status, 201, 'whoever has used the same key');
      paths.push(JSON.parse(text).path);
    }
    t.equal(new Set(paths).size, callers.length);
    for (const [at, more] of callers.entries()) {
      const again = await send('POST', target, { headers: keyed(key, more) });
      t.equal(again.headers.get('idempotency-replayed'), 'true');
      t.equal(JSON.parse(again.text).path, paths[at], 'each has the answer that was theirs');
      const other = await send('POST', target, { headers: keyed(key, more), body: 'other' });
      t.equal(other.status, 422, 'and chooses a new one for each request');
    }
  });

  await t.test('it is theirs from whatever address they come', async (t) => {
    const authorization = `Basic ${Buffer.from('ada:x').toString('base64')}`;
    for (const more of [{}, { authorization }]) {
      const headers = { ...keyed(newKey(), more) };
      const answers = [];
      for (const address of ['127.0.0.1', '127.0.0.2']) {
        const http = new HttpClient(port, undefined, address);
        t.teardown(() => http.close());
        const target = '/v1/znodes/far-?mode=persistent_sequential';
        answers.push(await http.send({ method: 'POST', target, headers }));
      }
      t.equal(answers[1]?.text, answers[0]?.text);
      t.equal(answers[1]?.headers['idempotency-replayed'], 'true');
    }
  });

  await t.test('what was refused is judged again', async (t) => {
    const init = { headers: keyed(newKey()), body: 'x' };
    t.equal((await send('POST', '/v1/znodes/late/child', init)).status, 409);
    await send('PUT', '/v1/znodes/late');
    t.equal((await send('POST', '/v1/znodes/late/child', init)).status, 201);
    const again = await send('POST', '/v1/znodes/late/child', init);
    t.equal(again.status, 201, 'and not NodeExists');
    t.equal(again.headers.get('idempotency-replayed'), 'true');
  });

  await t.test(
    'the tag that a list in If-Match was met by is not part of the request',
    async (t) => {
      const one = (await send('PUT', '/v1/znodes/tags', { body: '1' })).headers.get('etag');
      const headers = keyed(newKey(), { 'if-match': `"0000000000000001", ${one}` });
      const first = await send('PUT', '/v1/znodes/tags', { headers, body: '2' });
      t.equal(first.status, 200);
      const again = await send('PUT', '/v1/znodes/tags', { headers, body: '2' });
      t.equal(again.status, 200, 'although no tag is right any more');
      t.equal(again.text, first.text);
    },
  );

  await t.test('a session: opened once, with one token, and closed once', async (t) => {
    const opening = { headers: keyed(newKey()) };
    const opened = await send('POST', '/v1/sessions', opening);
    const again = await send('POST', '/v1/sessions', opening);
    t.equal(withoutLease(again.text), withoutLease(opened.text));
    const { sessionId, token } = opened.json();
    const session = { 'paddock-session': token };
    const target = `/v1/sessions/${sessionId}`;
    t.equal((await send('GET', target, { headers: session })).status, 200, 'the token is good');
    const key = newKey();
    const ephemeral = '/v1/znodes/e-?mode=ephemeral_sequential';
    const made = await send('POST', ephemeral, { headers: keyed(key, session) });
    t.equal(made.status, 201);
    const closing = { headers: keyed(newKey(), session) };
    t.equal((await send('DELETE', target, closing)).status, 204);
    const closed = await send('DELETE', target, closing);
    t.equal(closed.status, 204, 'although there is no such session any more');
    t.equal(closed.headers.get('idempotency-replayed'), 'true');
    const madeAgain = await send('POST', ephemeral, { headers: keyed(key, session) });
    t.equal(madeAgain.text, made.text, 'what came before its end is still answered');
    for (const headers of [session, keyed(newKey(), session)]) {
      t.equal((await send('PUT', '/v1/znodes/x', { headers, body: 'x' })).status, 410);
      t.equal((await send('DELETE', target, { headers })).status, 410);
    }
    const forged = `${sessionId}.${'A'.repeat(43)}`;
    const headers = keyed(key, { 'paddock-session': forged });
    t.equal(
      (await send('POST', ephemeral, { headers })).status,
      422,
      'without the token it is not',
    );
  });

  await t.test('a token that is wrong helps nobody', async (t) => {
    const { sessionId } = (await send('POST', '/v1/sessions')).json();
    for (const token of [
      `${sessionId}.${'A'.repeat(43)}`,
      'ffffffffffffffff.x',
      'x',
      '',
      sessionId,
    ]) {
      const headers = keyed(newKey(), { 'paddock-session': token });
      const answer = await send('POST', '/v1/znodes/f-?mode=ephemeral_sequential', { headers });
      t.equal(answer.status, 410, token);
    }
  });

  await t.test('keys that are none, and where there is nothing to repeat', async (t) => {
    for (const key of ['', 'a b', 'x'.repeat(256), 'ü']) {
      const answer = await send('PUT', '/v1/znodes/bad', { headers: keyed(key) });
      t.equal(answer.status, 400, key);
    }
    t.equal(
      (await send('PUT', '/v1/znodes/good', { headers: keyed('x'.repeat(255)) })).status,
      201,
    );
    t.equal((await send('POST', '/v1/sessions', { headers: keyed('short') })).status, 400);
    for (const [method, target] of [
      ['GET', '/v1/znodes/good'],
      ['POST', '/v1/sync'],
      ['POST', '/v1/batch-reads'],
      ['GET', '/v1/events'],
    ] as const) {
      t.equal((await send(method, target, { headers: keyed(newKey()) })).status, 400, target);
    }
    t.equal((await send('GET', '/v1/znodes/bad')).status, 404);
  });
});
