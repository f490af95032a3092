/** Bytes that are almost HTTP, or not at all, and clients that are slow, rude or in a hurry. */
import { connect } from 'node:net';
import t from 'tap';
import { sleep } from '../conformance/specification.ts';
import { between, randomFrom, SEED } from '../crash/random.ts';
import { startMember } from '../harness/member.ts';
import { Oracle } from './oracle.ts';
import { exchange } from './raw-socket.ts';

t.setTimeout(60_000);

const H = 'Host: 127.0.0.1\r\n';
const GET = `GET /v1/znodes/x HTTP/1.1\r\n${H}\r\n`;
const put = (headers: string, body: string) =>
  `PUT /v1/znodes/x HTTP/1.1\r\n${H}${headers}\r\n${body}`;
const get = (target: string, headers = H) => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;

/** Each is sent on a connection of its own, in as many pieces as it has. */
const INPUTS: Readonly<Record<string, string | readonly string[]>> = {
  'Content-Length and Transfer-Encoding': put(
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    '0\r\n\r\nGET /livez HTTP/1.1\r\n',
  ),
  'Transfer-Encoding and Content-Length': put(
    'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n',
    '0\r\n\r\n',
  ),
  'two Content-Lengths': put('Content-Length: 5\r\nContent-Length: 6\r\n', 'hello!'),
  'a list of Content-Lengths': put('Content-Length: 5, 5\r\n', 'hello'),
  'a negative Content-Length': put('Content-Length: -1\r\n', ''),
  'a Content-Length with a sign': put('Content-Length: +5\r\n', 'hello'),
  'a hexadecimal Content-Length': put('Content-Length: 0x5\r\n', 'hello'),
  'a Content-Length beyond numbers': put('Content-Length: 99999999999999999999\r\n', 'hello'),
  'an empty Content-Length': put('Content-Length: \r\n', 'hello'),
  'an unknown Transfer-Encoding': put('Transfer-Encoding: gzip\r\n', 'hello'),
  'Transfer-Encoding twice': put('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'),
  'Transfer-Encoding with a tab': put('Transfer-Encoding:\tchunked\r\n', '0\r\n\r\n'),
  'Transfer-Encoding xchunked': put('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
  'a space before the colon': put('Transfer-Encoding : chunked\r\n', '0\r\n\r\n'),
  'a chunk size that is no number': put(
    'Transfer-Encoding: chunked\r\n',
    'zz\r\nhello\r\n0\r\n\r\n',
  ),
  'a negative chunk size': put('Transfer-Encoding: chunked\r\n', '-5\r\nhello\r\n0\r\n\r\n'),
  'a chunk size beyond numbers': put('Transfer-Encoding: chunked\r\n', `${'f'.repeat(20)}\r\nx`),
  'a chunk that is longer than it says': put(
    'Transfer-Encoding: chunked\r\n',
    '2\r\nhello\r\n0\r\n\r\n',
  ),
  'a chunk without its end': put('Transfer-Encoding: chunked\r\n', '5\r\nhello0\r\n\r\n'),
  'a chunk with bare LF': put('Transfer-Encoding: chunked\r\n', '5\nhello\n0\n\n'),
  'a chunk extension of 100 KB': put(
    'Transfer-Encoding: chunked\r\n',
    `5;${'x'.repeat(100_000)}\r\nhello\r\n0\r\n\r\n`,
  ),
  'trailers that pretend': put(
    'Transfer-Encoding: chunked\r\n',
    '1\r\nx\r\n0\r\nHost: evil.test\r\nContent-Length: 5\r\n\r\n',
  ),
  'obs-fold': get('/v1/znodes/x', `${H}X-Long: a\r\n b\r\n\tc\r\n`),
  'bare LF': 'GET /v1/znodes/x HTTP/1.1\nHost: 127.0.0.1\n\n',
  'bare CR': `GET /v1/znodes/x HTTP/1.1\rHost: 127.0.0.1\r\r`,
  'CR in a header': get('/v1/znodes/x', `${H}X-A: a\rb\r\n`),
  'NUL in a header': get('/v1/znodes/x', `${H}X-A: a\0b\r\n`),
  'control characters in a header': get('/v1/znodes/x', `${H}X-A: \x01\x02\x7f\r\n`),
  'bytes beyond ASCII in a header': get('/v1/znodes/x', `${H}X-A: \xff\xfe\xe9\r\n`),
  'a header without a name': get('/v1/znodes/x', `${H}: x\r\n`),
  'a header without a colon': get('/v1/znodes/x', `${H}nonsense\r\n`),
  'a header named __proto__': get('/v1/znodes/x', `${H}__proto__: x\r\nconstructor: y\r\n`),
  'headers named as methods': get('/v1/znodes/x', `${H}toString: x\r\nhasOwnProperty: y\r\n`),
  'no Host': 'GET /v1/znodes/x HTTP/1.1\r\n\r\n',
  'an empty Host': get('/v1/znodes/x', 'Host:\r\n'),
  'two Hosts': get('/v1/znodes/x', `${H}Host: evil.test\r\n`),
  'another Host': get('/v1/znodes/x', 'Host: evil.test\r\n'),
  'a Host with a path': get('/v1/znodes/x', 'Host: 127.0.0.1/x\r\n'),
  'a Host with a user': get('/v1/znodes/x', 'Host: 127.0.0.1@evil.test\r\n'),
  'another Origin': get('/v1/znodes/x', `${H}Origin: http://evil.test\r\n`),
  'Origin null': put('Origin: null\r\nContent-Length: 1\r\n', 'x'),
  'absolute form': get('http://127.0.0.1/v1/znodes/x'),
  'absolute form of another host': get('http://evil.test/v1/znodes/x'),
  'absolute form with a user': get('http://a:b@127.0.0.1/v1/znodes/x'),
  'absolute form that is broken': get('http://'),
  'authority form': get('127.0.0.1:80'),
  'asterisk form': `OPTIONS * HTTP/1.1\r\n${H}\r\n`,
  'asterisk form of GET': get('*'),
  CONNECT: `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${H}\r\n`,
  TRACE: `TRACE /v1/znodes/x HTTP/1.1\r\n${H}\r\n`,
  'a method that nobody knows': `BREW /v1/znodes/x HTTP/1.1\r\n${H}\r\n`,
  'a method in lower case': `get /v1/znodes/x HTTP/1.1\r\n${H}\r\n`,
  'a method of 10 KB': `${'A'.repeat(10_000)} / HTTP/1.1\r\n${H}\r\n`,
  'HTTP/0.9': 'GET /v1/znodes/x\r\n',
  'HTTP/1.0': 'GET /v1/znodes/x HTTP/1.0\r\n\r\n',
  'HTTP/1.9': `GET /v1/znodes/x HTTP/1.9\r\n${H}\r\n`,
  'HTTP/3.0': `GET /v1/znodes/x HTTP/3.0\r\n${H}\r\n`,
  'HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00',
  'TLS on a plain port': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'no path': `GET  HTTP/1.1\r\n${H}\r\n`,
  'a path with a space': `GET /v1/znodes/a b HTTP/1.1\r\n${H}\r\n`,
  'a path with raw bytes': `GET /v1/znodes/\xff\xfe HTTP/1.1\r\n${H}\r\n`,
  'a fragment in the path': get('/v1/znodes/x#fragment'),
  'a path of 20 KB': get(`/v1/znodes/${'x'.repeat(20_000)}`),
  'a path of 5 KB': get(`/v1/znodes/${'x'.repeat(5000)}`),
  'a query of 5 KB': get(`/v1/znodes?path=/${'x'.repeat(5000)}`),
  '1,000 parameters': get(`/v1/znodes?${'a=b&'.repeat(1000)}`),
  '2,000 headers': get('/v1/znodes/x', H + 'X: y\r\n'.repeat(2000)),
  'a header of 64 KB': get('/v1/znodes/x', `${H}X-A: ${'x'.repeat(65_536)}\r\n`),
  '100 cookies': get('/v1/znodes/x', H + 'Cookie: a=b\r\n'.repeat(100)),
  'Expect: 100-continue': put('Expect: 100-continue\r\nContent-Length: 5\r\n', 'hello'),
  'Expect: something else': put('Expect: the-unexpected\r\nContent-Length: 5\r\n', 'hello'),
  'Upgrade where there is none': get(
    '/v1/znodes/x',
    `${H}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`,
  ),
  'Upgrade to h2c': get(
    '/v1/znodes/x',
    `${H}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n`,
  ),
  'Upgrade of the WebSocket to something else': get(
    '/v1/ws',
    `${H}Connection: Upgrade\r\nUpgrade: nonsense\r\n`,
  ),
  'a WebSocket without a key': get(
    '/v1/ws',
    `${H}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n`,
  ),
  'a WebSocket by POST': `POST /v1/ws HTTP/1.1\r\n${H}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n`,
  'a body on GET': `GET /v1/znodes/x HTTP/1.1\r\n${H}Content-Length: 5\r\n\r\nhello`,
  'a body on DELETE': `DELETE /v1/znodes/none HTTP/1.1\r\n${H}Content-Length: 5\r\n\r\nhello`,
  'a body on a 404': `POST /nowhere HTTP/1.1\r\n${H}Content-Length: 43\r\n\r\nGET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\r\n\r\n`,
  pipelining: GET.repeat(50),
  'pipelining after nonsense': `nonsense\r\n\r\n${GET}`,
  'pipelining behind a refusal': get('/v1/znodes/x?unknown=1') + GET,
  'a request in single bytes': [...GET],
  'a body that never comes whole': put('Content-Length: 100\r\n', 'hello'),
  'nothing but line ends': '\r\n'.repeat(1000),
  'nothing but NULs': '\0'.repeat(1000),
  'a great deal of nothing': 'A'.repeat(200_000),
};

await t.test(`raw HTTP (seed ${SEED})`, async (t) => {
  const random = randomFrom(SEED);
  const member = await startMember();
  t.teardown(() => member.stop());
  const oracle = new Oracle(t, member);
  await oracle.http.send({ method: 'PUT', target: '/v1/znodes/x', body: 'x' });

  const tryInput = async (
    what: string,
    chunks: readonly (string | Uint8Array)[],
    quiet?: number,
  ) => {
    const { answers, text } = await exchange(member.port, chunks, quiet);
    let wrong: string | undefined;
    for (const { status, contentType, body } of answers) {
      // What the parser of the runtime answers by itself may have no body.
      wrong ??= oracle.faults(status, contentType, body);
    }
    if (answers.length === 0 && text !== '') wrong ??= `no HTTP came back: ${text}`;
    oracle.judge(what, wrong);
    return answers;
  };

  await t.test('each on a connection of its own', async (t) => {
    for (const [what, input] of Object.entries(INPUTS)) {
      const answers = await tryInput(what, typeof input === 'string' ? [input] : input);
      t.pass(`${what}: ${answers.map(({ status }) => status).join(' ') || 'closed'}`);
      const probe = await oracle.state();
      t.ok(probe.digest);
    }
  });

  await t.test('what matters of them', async (t) => {
    const statuses = async (what: string) => {
      const input = INPUTS[what] ?? '';
      const chunks = typeof input === 'string' ? [input] : input;
      return (await tryInput(what, chunks, 120)).map(({ status }) => status);
    };
    t.strictSame(
      await statuses('pipelining'),
      Array.from({ length: 50 }, () => 200),
    );
    t.strictSame(await statuses('another Host'), [421]);
    t.strictSame(await statuses('absolute form'), [200]);
    t.strictSame(await statuses('absolute form of another host'), [421]);
    t.strictSame(await statuses('another Origin'), [403]);
    t.strictSame(await statuses('Content-Length and Transfer-Encoding'), [400]);
    t.strictSame(await statuses('two Content-Lengths'), [400]);
    t.strictSame(await statuses('a body on a 404'), [404], 'its body is not the next request');
    t.strictSame(await statuses('a request in single bytes'), [200]);
    t.strictSame(await statuses('a header of 64 KB'), [431]);
    t.strictSame(await statuses('a path of 5 KB'), [414]);
    const stat = await oracle.http.send({ target: '/v1/znodes/x' });
    t.equal(stat.status, 200);
  });

  await t.test('valid requests with bytes changed, cut out and put in', async () => {
    const seeds = [
      GET,
      put('Content-Type: application/json\r\nContent-Length: 12\r\n', '{"data":"x"}'),
      put('Transfer-Encoding: chunked\r\n', '5\r\nhello\r\n0\r\n\r\n'),
      get('/v1/children/?limit=10&include=stat,data'),
      `POST /v1/transactions HTTP/1.1\r\n${H}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{"ops":[]}`,
    ].map((text) => Buffer.from(text, 'latin1'));
    const inputs = Array.from({ length: 150 }, (_, n) => mutated(seeds[n % seeds.length], random));
    // Some at a time: most of the time goes into waiting for what may still come.
    for (let at = 0; at < inputs.length; at += 15) {
      const batch = inputs.slice(at, at + 15);
      await Promise.all(batch.map((bytes) => tryInput(bytes.toString('latin1'), [bytes])));
      await oracle.state();
    }
  });

  await t.test('slow and silent clients do not hold up the others', async (t) => {
    const halves = ['GET /v1/zno', put('Content-Length: 1000\r\n', 'x'), '', `${GET}GET /`];
    const sockets = Array.from({ length: 200 }, (_, n) => {
      const socket = connect(member.port, '127.0.0.1');
      socket.on('error', () => {
        // The member gives up on it at some time.
      });
      socket.write(halves[n % halves.length] ?? '');
      return socket;
    });
    await sleep(200);
    const began = performance.now();
    for (let n = 0; n < 10; n += 1) await oracle.state();
    t.ok(performance.now() - began < 3000, 'ten probes');
    const answers = await exchange(member.port, ['GET /v1/zno'], 9000);
    t.ok(answers.closed, 'half a request is given up');
    t.strictSame(
      answers.answers.map(({ status }) => status),
      [408],
    );
    for (const socket of sockets) socket.destroy();
  });

  await oracle.unharmed();
});

function mutated(seed: Buffer | undefined, random: () => number): Buffer {
  let bytes = Buffer.from(seed ?? GET);
  for (let n = between(random, 1, 4); n > 0; n -= 1) {
    const at = between(random, 0, bytes.length - 1);
    const length = between(random, 1, 8);
    const choice = between(random, 0, 3);
    if (choice === 0) bytes[at] = between(random, 0, 255);
    else if (choice === 1)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (choice === 2) {
      const again = bytes.subarray(at, at + length * 4);
      bytes = Buffer.concat([bytes.subarray(0, at), again, bytes.subarray(at)]);
    } else {
      const noise = Buffer.from(Array.from({ length }, () => between(random, 0, 255)));
      bytes = Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
    }
    if (bytes.length === 0) bytes = Buffer.from('\r');
  }
  return bytes;
}
