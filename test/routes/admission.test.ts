import t from 'tap';
import { sendRaw, startTestMember, statusOfRaw } from './member.ts';

t.test('who may send a request', async (t) => {
  const member = await startTestMember(t, [
    '--allow-host',
    'paddock.example',
    '--allow-origin',
    'https://console.example',
  ]);
  const { send, port } = member;
  const raw = (headers: string, request = 'GET /v1/znodes HTTP/1.1') =>
    sendRaw(port, `${request}\r\n${headers}Connection: close\r\n\r\n`);

  t.test('a Host that is not served is 421', async (t) => {
    for (const host of [
      'localhost',
      `127.0.0.1:${port}`,
      '[::1]:80',
      'LOCALHOST',
      'paddock.example',
    ]) {
      t.equal(statusOfRaw(await raw(`Host: ${host}\r\n`)), 200, host);
    }
    for (const host of [
      'evil.test',
      'localhost.evil.test',
      'evil.test:7181',
      'localhost@evil.test',
      'localhost:',
      'localhost:80:80',
      '',
      '[::1',
      '10.0.0.1',
    ]) {
      const answer = await raw(`Host: ${host}\r\n`);
      t.equal(statusOfRaw(answer), 421, host);
      t.match(answer, '"code":"MisdirectedRequest","outcome":"not-applied"');
    }
    for (const headers of ['', 'Host: localhost\r\nHost: evil.test\r\n']) {
      const answer = await raw(headers);
      t.equal(statusOfRaw(answer), 400, headers);
      t.match(answer, '"code":"BadArguments"');
    }
    t.equal(statusOfRaw(await raw('Host: evil.test\r\n', 'GET /nosuch HTTP/1.1')), 421);
  });

  t.test('a page of another origin is 403, one of an allowed origin may read', async (t) => {
    for (const origin of [
      'https://evil.test',
      'null',
      'http://localhost:1',
      'https://console.example.evil.test',
    ]) {
      const answer = await send('GET', '/v1/znodes', { headers: { origin } });
      t.equal(answer.status, 403, origin);
      t.equal(answer.json().code, 'OriginNotAllowed');
      t.notOk(answer.headers.has('access-control-allow-origin'));
    }
    const own = await send('GET', '/v1/znodes', { headers: { origin: member.url } });
    t.equal(own.status, 200, 'its own pages');
    t.notOk(own.headers.has('access-control-allow-origin'));
    const allowed = await send('GET', '/v1/znodes', {
      headers: { origin: 'https://console.example' },
    });
    t.equal(allowed.headers.get('access-control-allow-origin'), 'https://console.example');
    t.match(allowed.headers.get('access-control-expose-headers'), 'Paddock-Zxid');
    t.match(allowed.headers.get('access-control-expose-headers'), 'Idempotency-Replayed');
    t.match(allowed.headers.get('vary'), /origin/i);
  });

  t.test('a preflight is answered for allowed origins only', async (t) => {
    const preflight = (origin: string) =>
      send('OPTIONS', '/v1/znodes/a', {
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
    const allowed = await preflight('https://console.example');
    t.equal(allowed.status, 204);
    t.equal(allowed.headers.get('access-control-allow-origin'), 'https://console.example');
    t.match(allowed.headers.get('access-control-allow-methods'), 'PUT');
    t.match(allowed.headers.get('access-control-allow-headers'), 'Paddock-Session');
    t.equal((await preflight('https://evil.test')).status, 403);
  });

  t.test('no header of a proxy changes who the caller is', async (t) => {
    const { identities } = (
      await send('GET', '/v1/whoami', {
        headers: { 'x-forwarded-for': '10.1.2.3', forwarded: 'for=10.1.2.3' },
      })
    ).json();
    t.strictSame(identities, [{ scheme: 'ip', id: '127.0.0.1' }]);
  });
});

t.test('what a request may be for', async (t) => {
  const { send } = await startTestMember(t);

  t.test('an unknown resource is 404', async (t) => {
    for (const target of [
      '/',
      '/v1',
      '/v2/znodes',
      '/v1/nosuch',
      '/v1/sessions/a/b',
      '/favicon.ico',
    ]) {
      const answer = await send('GET', target);
      t.equal(answer.status, 404, target);
      t.match(answer.headers.get('content-type'), /^application\/problem\+json/);
      t.match(answer.json(), { code: 'NotFound', status: 404, outcome: 'not-applied' });
    }
  });

  t.test('another method is 405 and says which there are', async (t) => {
    for (const [method, target, allow] of [
      ['PATCH', '/v1/znodes/a', 'DELETE, GET, HEAD, POST, PUT'],
      ['POST', '/v1/children/a', 'GET, HEAD'],
      ['DELETE', '/v1/acls', 'GET, HEAD, PUT'],
      ['GET', '/v1/transactions', 'POST'],
      ['PUT', '/v1/sessions', 'POST'],
      ['POST', '/v1/sessions/0000000000000001', 'DELETE, GET, HEAD'],
      ['POST', '/v1/events', 'GET'],
      ['HEAD', '/v1/events', 'GET'],
      ['POST', '/livez', 'GET, HEAD'],
    ] as const) {
      const answer = await send(method, target);
      t.equal(answer.status, 405, `${method} ${target}`);
      t.equal(answer.headers.get('allow'), allow);
      if (method !== 'HEAD') t.equal(answer.json().code, 'MethodNotAllowed');
    }
    const options = await send('OPTIONS', '/v1/znodes/a');
    t.equal(options.status, 204);
    t.equal(options.headers.get('allow'), 'DELETE, GET, HEAD, POST, PUT');
  });

  t.test('a promise that this version cannot keep is refused', async (t) => {
    const answer = await send('GET', '/v1/znodes/a', { headers: { 'idempotency-key': 'k' } });
    t.equal(answer.status, 400);
    t.equal((await send('GET', '/v1/znodes/a')).status, 404, 'and nothing was written');
  });

  t.test('every answer carries the zxid and is stored by nobody', async (t) => {
    for (const target of ['/v1/znodes', '/v1/znodes/none', '/nosuch', '/livez', '/metrics']) {
      const { headers } = await send('GET', target);
      t.match(headers.get('paddock-zxid'), /^[0-9a-f]{16}$/, target);
      t.equal(headers.get('cache-control'), 'no-store', target);
      t.equal(headers.get('x-content-type-options'), 'nosniff', target);
      t.notOk(headers.has('set-cookie'));
    }
  });
});

t.test('operating a member', async (t) => {
  const member = await startTestMember(t);
  const { send } = member;
  t.equal((await send('GET', '/livez')).status, 200);
  t.equal((await send('GET', '/readyz')).status, 200);
  const { members, leader } = (await send('GET', '/v1/ensemble')).json();
  t.equal(leader, 1);
  t.match(members, [{ id: 1, role: 'leading', zxid: /^[0-9a-f]{16}$/ }]);
  await send('PUT', '/v1/znodes/a');
  const metrics = await send('GET', '/metrics');
  t.match(metrics.headers.get('content-type'), /^text\/plain/);
  t.match(metrics.text, /^znode_count 5$/m);
  for (const name of ['watch_count', 'global_sessions', 'num_alive_connections', 'uptime']) {
    t.match(metrics.text, new RegExp(`^# TYPE ${name} gauge$`, 'm'));
  }
  t.match(metrics.text, /^process_resident_memory_bytes \d+/m);
});
