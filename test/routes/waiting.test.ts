import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startTestMember, type TestMember } from './member.ts';

const WAIT = { prefer: 'wait=10' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Starts a held request and gives it time to be held. */
async function held(member: TestMember, target: string, headers: Record<string, string> = WAIT) {
  const answer = member.send('GET', target, { headers });
  await sleep(50);
  return answer.then((a) => ({ ...a, at: performance.now() }));
}

t.test('waiting', async (t) => {
  const member = await startTestMember(t);
  const { send } = member;
  const put = (path: string, body = '') => send('PUT', `/v1/znodes${path}`, { body });

  t.test('a get with the current tag is held until the znode changes', async (t) => {
    await put('/a', 'one');
    const tag = (await send('GET', '/v1/znodes/a')).headers.get('etag') ?? '';
    const pending = held(member, '/v1/znodes/a', { ...WAIT, 'if-none-match': tag });
    await put('/a', 'two');
    const answer = await pending;
    t.equal(answer.status, 200);
    t.equal(answer.json().data, 'two');
    t.equal(answer.headers.get('preference-applied'), 'wait=10');
  });

  t.test('or its children do, which the JSON form shows', async (t) => {
    await put('/p');
    const tag = (await send('GET', '/v1/znodes/p')).headers.get('etag') ?? '';
    const pending = held(member, '/v1/znodes/p', { ...WAIT, 'if-none-match': tag });
    await put('/p/c');
    t.equal((await pending).status, 200);
  });

  t.test('a deleted znode answers the wait with 404 and the zxid of its absence', async (t) => {
    await put('/gone');
    const tag = (await send('GET', '/v1/znodes/gone')).headers.get('etag') ?? '';
    const pending = held(member, '/v1/znodes/gone', { ...WAIT, 'if-none-match': tag });
    const deleted = await send('DELETE', '/v1/znodes/gone');
    const answer = await pending;
    t.equal(answer.status, 404);
    t.equal(answer.headers.get('paddock-zxid'), deleted.headers.get('paddock-zxid'));
  });

  t.test('when nothing changes in time it is 304', async (t) => {
    await put('/quiet');
    const tag = (await send('GET', '/v1/znodes/quiet')).headers.get('etag') ?? '';
    const answer = await send('GET', '/v1/znodes/quiet', {
      headers: { prefer: 'wait=1', 'if-none-match': tag },
    });
    t.equal(answer.status, 304);
    t.equal(answer.headers.get('preference-applied'), 'wait=1');
  });

  t.test('until=exists', async (t) => {
    const pending = held(member, '/v1/znodes/new?until=exists');
    await put('/new', 'born');
    const answer = await pending;
    t.equal(answer.status, 200);
    t.equal(answer.json().data, 'born');
  });

  t.test('until=deleted is a success without a body', async (t) => {
    await put('/doomed');
    const pending = held(member, '/v1/znodes/doomed?until=deleted');
    await send('DELETE', '/v1/znodes/doomed');
    const answer = await pending;
    t.equal(answer.status, 204);
    t.match(answer.headers.get('paddock-zxid'), /^[0-9a-f]{16}$/);
    t.equal((await send('GET', '/v1/znodes/doomed?until=deleted')).status, 204, 'at once');
  });

  t.test('until compares versions and children', async (t) => {
    await put('/cmp');
    const versions = held(member, '/v1/znodes/cmp?until=version%3E1');
    const children = held(member, '/v1/znodes/cmp?until=children>=2');
    await put('/cmp/1');
    await put('/cmp', 'v1');
    await put('/cmp/2');
    t.equal((await children).json().stat.numChildren, 2);
    await put('/cmp', 'v2');
    t.equal((await versions).json().data, 'v2');
    for (const until of ['version=2', 'version<=2', 'version<3', 'cversion>=2', 'children=2']) {
      t.equal((await send('GET', `/v1/znodes/cmp?until=${until}`)).status, 200, until);
    }
  });

  t.test('what does not hold in time is 412, so that a script sees it', async (t) => {
    await put('/never', 'x');
    const cases = { deleted: 'BadVersion', 'version>9': 'BadVersion', 'children>=1': 'BadVersion' };
    for (const [until, code] of Object.entries(cases)) {
      const answer = await send('GET', `/v1/znodes/never?until=${until}`);
      t.equal(answer.status, 412, until);
      t.equal(answer.json().code, code);
      t.equal(answer.json().stat.version, 0);
    }
    const started = performance.now();
    const answer = await send('GET', '/v1/znodes/missing?until=exists', {
      headers: { prefer: 'wait=1' },
    });
    t.equal(answer.status, 412);
    t.equal(answer.json().code, 'NoNode');
    t.ok(performance.now() - started >= 900, 'not before the time is up');
  });

  t.test('malformed waits are 400', async (t) => {
    for (const until of ['', 'soon', 'version', 'version>', 'version>x', 'toString>1', 'exists ']) {
      const answer = await send('GET', `/v1/znodes/never?until=${encodeURIComponent(until)}`);
      t.equal(answer.status, 400, until);
    }
    for (const prefer of ['wait=x', 'wait', 'wait=-1', 'return=minimal, wait=']) {
      const headers = { prefer };
      t.equal(
        (await send('GET', '/v1/znodes/never?until=deleted', { headers })).status,
        400,
        prefer,
      );
    }
    const other = await send('GET', '/v1/znodes/never', { headers: { prefer: 'respond-async' } });
    t.equal(other.status, 200, 'a preference that is not known is not followed');
  });

  t.test('a client that goes away is no longer waited for', async (t) => {
    const aborter = new AbortController();
    const pending = fetch(`${member.url}/v1/znodes/nobody?until=exists`, {
      headers: WAIT,
      signal: aborter.signal,
    });
    await sleep(50);
    t.match((await send('GET', '/metrics')).text, /^held_requests 1$/m);
    t.match((await send('GET', '/metrics')).text, /^watch_count 1$/m);
    aborter.abort();
    await t.rejects(pending);
    await sleep(50);
    t.match((await send('GET', '/metrics')).text, /^held_requests 0$/m);
    t.match((await send('GET', '/metrics')).text, /^watch_count 0$/m);
  });
});

t.test('the session of a held request lives on, for as long as its client is there', async (t) => {
  const member = await startTestMember(t);
  const { send } = member;
  const body = JSON.stringify({ timeoutMs: 1000 });
  const opened = await send('POST', '/v1/sessions', { body, headers: JSON_TYPE });
  const session = { 'paddock-session': opened.json().token };
  const created = await send('POST', '/v1/znodes/e?mode=ephemeral', { headers: session });
  t.equal(created.status, 201);
  const exists = async () => (await send('GET', '/v1/znodes/e')).status === 200;
  const wait = (seconds: number, seen = {}) =>
    send('GET', '/v1/znodes/never?until=exists', {
      headers: { ...session, ...seen, prefer: `wait=${seconds}` },
    });

  t.equal((await wait(3)).status, 412);
  t.ok(await exists(), 'three timeouts later it is still there');
  const zxid = `${opened.headers.get('paddock-zxid')?.slice(0, 8)}ffffffff`;
  t.equal((await wait(4, { 'paddock-min-zxid': zxid })).status, 409);
  t.ok(await exists(), 'and after waiting for a zxid');

  const aborter = new AbortController();
  const headers = { ...session, prefer: 'wait=30' };
  const options = { headers, signal: aborter.signal };
  const pending = fetch(`${member.url}/v1/znodes/never?until=exists`, options);
  await sleep(50);
  aborter.abort();
  await t.rejects(pending);
  const gone = await send('GET', '/v1/znodes/e?until=deleted', { headers: { prefer: 'wait=20' } });
  t.equal(gone.status, 204, 'the session of a client that is gone is not held by it');
});

t.test('the number of waits is limited', async (t) => {
  const member = await startTestMember(t, ['--limit', 'waits=2', '--limit', 'waitSeconds=2']);
  const one = held(member, '/v1/znodes/x?until=exists');
  const two = held(member, '/v1/znodes/x?until=exists');
  await sleep(80);
  const third = await member.send('GET', '/v1/znodes/x?until=exists', { headers: WAIT });
  t.equal(third.status, 503);
  t.equal(third.json().code, 'Throttled');
  t.strictSame(third.json().limit, { name: 'waits', value: 2 });
  t.equal(third.headers.get('retry-after'), '1');
  await member.send('PUT', '/v1/znodes/x');
  t.equal((await one).status, 200);
  t.equal((await two).status, 200);
  t.equal((await one).headers.get('preference-applied'), 'wait=2', 'and so is their length');
});

t.test('a member that stops answers those who wait', async (t) => {
  const member = await startTestMember(t);
  const pending = held(member, '/v1/znodes/x?until=exists');
  await sleep(80);
  await member.stop();
  const answer = await pending;
  t.equal(answer.status, 503);
  t.equal(answer.json().code, 'NotReady');
  t.equal(answer.json().outcome, 'not-applied');
});

t.test('Paddock-Min-Zxid', async (t) => {
  const member = await startTestMember(t);
  const written = await member.send('PUT', '/v1/znodes/a', { body: 'x' });
  const zxid = written.headers.get('paddock-zxid') ?? '';
  const next = (BigInt(`0x${zxid}`) + 1n).toString(16).padStart(16, '0');
  const get = (seen: string, prefer = 'wait=1') =>
    member.send('GET', '/v1/znodes/a', { headers: { 'paddock-min-zxid': seen, prefer } });

  t.equal((await get(zxid)).status, 200, 'a state that is there is read at once');
  const pending = get(next, 'wait=5');
  await sleep(50);
  await member.send('PUT', '/v1/znodes/a', { body: 'y' });
  t.equal((await pending).json().data, 'y', 'one that comes is waited for');

  const late = await get('0000000f00000000');
  t.equal(late.status, 409, 'one that cannot come is not answered from an older state');
  t.equal(late.json().code, 'AheadOfEnsemble');
  t.equal(late.json().outcome, 'not-applied');
  for (const seen of ['', 'x', '1', `${zxid}0`, 'FFFFFFFFFFFFFFFF', 'ffffffffffffffff']) {
    t.equal((await get(seen)).status, 400, seen);
  }
});
