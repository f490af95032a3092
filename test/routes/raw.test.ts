import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { sendRaw, startTestMember, statusOfRaw } from './member.ts';

const HOST = 'Host: localhost\r\nConnection: close\r\n';
const KEPT = 'Host: localhost\r\n';

t.test('bytes that are no good request get their 4xx, and the member goes on', async (t) => {
  const { port, send } = await startTestMember(t);
  await send('PUT', '/v1/znodes/a', { body: 'x' });

  const malformed: Readonly<Record<string, readonly [string, readonly number[]]>> = {
    'not HTTP': ['hello\r\n\r\n', [400]],
    TLS: ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
    'HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    'HTTP/0.9': ['GET /\r\n\r\n', [400]],
    'an unknown version': [`GET /v1/znodes HTTP/3.7\r\n${HOST}\r\n`, [400]],
    'an unknown method': [`BREW /v1/znodes HTTP/1.1\r\n${HOST}\r\n`, [400]],
    'a known but foreign method': [`PROPFIND /v1/znodes HTTP/1.1\r\n${HOST}\r\n`, [405]],
    TRACE: [`TRACE /v1/znodes HTTP/1.1\r\n${HOST}\r\n`, [405]],
    'a space in the target': [`GET /v1/znodes/a b HTTP/1.1\r\n${HOST}\r\n`, [400]],
    'an asterisk': [`GET * HTTP/1.1\r\n${HOST}\r\n`, [404]],
    'a target without a slash': [`GET v1/znodes HTTP/1.1\r\n${HOST}\r\n`, [400, 404]],
    'another scheme': [`GET ftp://localhost/v1/znodes HTTP/1.1\r\n${HOST}\r\n`, [404]],
    'two lengths': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      [400],
    ],
    'a length and chunks': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n` +
        '\r\n0\r\n\r\n',
      [400],
    ],
    'a negative length': [`PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: -1\r\n\r\n`, [400]],
    'a length that is no number': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: 1x\r\n\r\nab`,
      [400],
    ],
    'a length beyond all': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: 99999999999999999999\r\n\r\n`,
      [400],
    ],
    'a bad chunk size': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n`,
      [400],
    ],
    'an encoding that is not chunked': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\nab`,
      [400],
    ],
    'chunked not last': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
      [400],
    ],
    'a folded header': [`GET /v1/znodes HTTP/1.1\r\n${HOST}X: a\r\n b\r\n\r\n`, [400]],
    'a header without a colon': [`GET /v1/znodes HTTP/1.1\r\n${HOST}Nonsense\r\n\r\n`, [400]],
    'a space before the colon': [`GET /v1/znodes HTTP/1.1\r\nHost : localhost\r\n\r\n`, [400]],
    'a bare carriage return': [`GET /v1/znodes HTTP/1.1\r\n${HOST}X: a\rb\r\n\r\n`, [400]],
    'a NUL in a header': [`GET /v1/znodes HTTP/1.1\r\n${HOST}X: a\0b\r\n\r\n`, [400]],
    'headers beyond the limit': [
      `GET /v1/znodes HTTP/1.1\r\n${HOST}X: ${'x'.repeat(10_000)}\r\n\r\n`,
      [431],
    ],
    'more headers than fit': [
      `GET /v1/znodes HTTP/1.1\r\n${HOST}${'A: b\r\n'.repeat(3000)}\r\n`,
      [431],
    ],
    'a URL beyond the headers': [`GET /${'x'.repeat(10_000)} HTTP/1.1\r\n${HOST}\r\n`, [431]],
    'an expectation that nobody meets': [
      `PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Expect: miracles\r\nContent-Length: 1\r\n\r\na`,
      [417],
    ],
  };

  for (const [name, [request, statuses]] of Object.entries(malformed)) {
    const answer = await sendRaw(port, Buffer.from(request, 'latin1'), 1500);
    const status = statusOfRaw(answer);
    t.ok(statuses.includes(status), `${name}: ${status || 'no answer'}`);
    t.match(answer, /\r\ncontent-type: application\/problem\+json/i, name);
    t.match(answer, /"outcome":"not-applied"/, name);
    t.notMatch(answer, /node_modules|\.ts|\bat /, `${name}: nothing internal`);
  }
  t.equal((await send('GET', '/v1/znodes/a')).json().data, 'x', 'nothing was written');
});

t.test('headers named after what objects have are harmless', async (t) => {
  const { port } = await startTestMember(t);
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const answer = await sendRaw(
      port,
      `GET /v1/znodes HTTP/1.1\r\n${HOST}${name}: x\r\nConnection: close\r\n\r\n`,
    );
    t.equal(statusOfRaw(answer), 200, name);
  }
});

t.test('an upgrade to anything else than the WebSocket is an ordinary request', async (t) => {
  const { port } = await startTestMember(t);
  for (const upgrade of ['h2c', 'websocket', 'TLS/1.0', 'nonsense']) {
    const answer = await sendRaw(
      port,
      `PUT /v1/znodes/u HTTP/1.1\r\n${KEPT}Connection: Upgrade, close\r\nUpgrade: ${upgrade}\r\n` +
        `Content-Length: 2\r\n\r\nab`,
    );
    t.match(String(statusOfRaw(answer)), /^20[01]$/, upgrade);
  }
});

t.test('requests that are pipelined are answered in order', async (t) => {
  const { port } = await startTestMember(t);
  const put = (n: number) =>
    `PUT /v1/znodes/p HTTP/1.1\r\n${KEPT}Content-Length: 1\r\n\r\n${n}` +
    `GET /v1/znodes/p HTTP/1.1\r\n${KEPT}\r\n`;
  const last = `GET /nosuch HTTP/1.1\r\n${KEPT}Connection: close\r\n\r\n`;
  const answer = await sendRaw(port, put(1) + put(2) + put(3) + last, 3000);
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  t.strictSame(statuses, ['201', '200', '200', '200', '200', '200', '404']);
  t.strictSame(
    [...answer.matchAll(/"data":"(\d)"/g)].map(([, data]) => data),
    ['1', '2', '3'],
  );
});

t.test('a body that nobody wants is not read for ever', async (t) => {
  const { port } = await startTestMember(t);
  for (const [target, status] of [
    ['/nosuch', 404],
    ['/v1/children/a', 405],
    ['/v1/znodes/a', 413],
    ['/v1/sessions', 413],
  ] as const) {
    const answer = await sendRaw(
      port,
      `POST ${target} HTTP/1.1\r\n${KEPT}Content-Length: 100000000\r\n\r\n${'x'.repeat(1000)}`,
      2000,
    );
    t.equal(statusOfRaw(answer), status, target);
    t.match(answer, /\r\nconnection: close\r\n/i, target);
  }
});

t.test('a request that does not arrive is given up', async (t) => {
  const { port } = await startTestMember(t);
  const slow = (text: string) =>
    new Promise<{ answer: string; ms: number }>((resolve) => {
      const started = performance.now();
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => {
        answer += chunk;
      });
      socket.on('close', () => resolve({ answer, ms: performance.now() - started }));
    });
  const [headers, body] = await Promise.all([
    slow(`GET /v1/znodes HTTP/1.1\r\n${HOST}`),
    slow(`PUT /v1/znodes/a HTTP/1.1\r\n${HOST}Content-Length: 10\r\n\r\nabc`),
  ]);
  t.equal(statusOfRaw(headers.answer), 408);
  t.ok(headers.ms < 8000, 'headers within 5 s and a check');
  t.equal(statusOfRaw(body.answer), 408);
  t.match(body.answer, '"code":"RequestTimeout","outcome":"not-applied"');
  t.ok(body.ms < 13_000, 'all of it within 10 s and a check');
  await sleep(10);
});
