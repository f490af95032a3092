/**
 * JSON that is no JSON, or more of it than anyone needs; and content types that almost say JSON.
 */
import fc from 'fast-check';
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { SEED } from '../crash/random.ts';
import { startMember } from '../harness/member.ts';
import { Oracle } from './oracle.ts';

t.setTimeout(60_000);

const utf8 = (text: string) => Buffer.from(text, 'utf8');

/** Texts with `%` in the place of a value; each is tried with every value below. */
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  'PUT /v1/znodes/x': ['%', '{"data":%}', '{"data":"x","encoding":%}', '{"data":"x","extra":%}'],
  'POST /v1/znodes/y': ['%', '{"acl":%}', '{"acl":[%]}', '{"data":%,"acl":[]}'],
  'PUT /v1/acls/x': ['%', '{"acl":%}', '{"acl":[{"perms":%,"scheme":"world","id":"anyone"}]}'],
  'POST /v1/transactions': [
    '%',
    '{"ops":%}',
    '{"ops":[%]}',
    '{"ops":[{"op":%,"path":"/x"}]}',
    '{"ops":[{"op":"set","path":%,"data":"x"}]}',
    '{"ops":[{"op":"set","path":"/none","data":"x","version":%}]}',
    '{"ops":[{"op":"create","path":"/none/x","ttlMs":%}]}',
    '{"ops":[],"dryRun":%}',
  ],
  'POST /v1/batch-reads': ['%', '{"ops":%}', '{"ops":[{"op":"get","path":%}]}'],
  'POST /v1/sessions': ['%', '{"timeoutMs":%,"extra":1}'],
};

const VALUES: readonly string[] = [
  '',
  ' ',
  'null',
  '[]',
  '{}',
  '0',
  '-0',
  '1e999',
  '-1e999',
  '9007199254740993',
  '1e-7',
  '01',
  '+1',
  '1.',
  '.5',
  '0x10',
  'NaN',
  'Infinity',
  'undefined',
  "'x'",
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"\u2028"',
  '"a\nb"',
  '"\t"',
  '"\\x"',
  '"unterminated',
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '{1:2}',
  '// comment\n1',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"hasOwnProperty":2}',
  '{"data":"a","data":"b"}',
  '"__proto__"',
  '"constructor"',
  'true false',
  '}',
  ']',
];

/** Whole bodies that are large, deep, wide or not text at all. */
function monsters(): Record<string, Buffer> {
  const wide = Array.from({ length: 20_000 }, (_, n) => `"k${n}":0`).join();
  return {
    'nested 100,000 deep, arrays': utf8(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    'nested 100,000 deep, objects': utf8(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
    'nested and never closed': utf8('['.repeat(60_000)),
    'an array of 500,000': utf8(`[${'0,'.repeat(500_000)}0]`),
    'an object of 20,000 keys': utf8(`{${wide}}`),
    'a string of a million escapes': utf8(`{"data":"${'\\u0041'.repeat(160_000)}"}`),
    'a number of 100,000 digits': utf8(`{"timeoutMs":${'9'.repeat(100_000)}}`),
    'a string of backslashes': utf8(`"${'\\'.repeat(200_000)}`),
    'quotes and nothing else': utf8('"'.repeat(200_001)),
    'spaces and nothing else': utf8(' '.repeat(200_000)),
    'a BOM before it': utf8('\ufeff{"data":"x"}'),
    'UTF-16, little endian': Buffer.from('\ufeff{"data":"x"}', 'utf16le'),
    'bytes that are not UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    'an overlong slash': Buffer.from([0x22, 0xc0, 0xaf, 0x22]),
    'a surrogate in UTF-8': Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    'half a character at the end': Buffer.from([0x22, 0xe2, 0x82]),
    'a NUL at the end': utf8('{"data":"x"}\0'),
    'nothing but NULs': Buffer.alloc(1000),
  };
}

const CONTENT_TYPES: readonly string[] = [
  'application/json',
  'APPLICATION/JSON',
  'application/json;charset=utf-8',
  'application/json; charset="UTF-8"',
  'application/json; charset=utf-16',
  'application/json; charset=utf-8; charset=utf-16',
  'application/json;',
  'application/json; ',
  'application/json\ta',
  'application/json a',
  'application/json garbage',
  'application/json, text/plain',
  'application/json; a=b',
  'application/jsonx',
  'application/json/',
  'application/vnd.api+json',
  'text/json',
  'application',
  '/',
  '*/*',
  ';',
  ',',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'text/plain; charset=utf-7',
  `application/json; ${'x'.repeat(3000)}`,
];

await t.test(`bodies (seed ${SEED})`, async (t) => {
  const member = await startMember();
  t.teardown(() => member.stop());
  const oracle = new Oracle(t, member);
  const http = new HttpClient(member.port);
  t.teardown(() => http.close());
  await http.send({ method: 'PUT', target: '/v1/znodes/x', body: 'x' });

  const send = async (
    request: string,
    body: Buffer,
    input: string,
    type = 'application/json',
  ): Promise<number> => {
    const [method = '', target = ''] = request.split(' ');
    const headers = { 'content-type': type };
    const before = await oracle.state();
    const answer = await http.send({ method, target, body, headers }).catch(() => undefined);
    if (answer === undefined) {
      oracle.judge(`${request} ${input}`, undefined);
      return 0;
    }
    const { status, text } = answer;
    let wrong = oracle.faults(status, answer.headers['content-type'] ?? '', text);
    const after = await oracle.state();
    if (status >= 400 && after.zxid !== before.zxid) wrong ??= `${status}, and yet a change`;
    oracle.judge(`${request} ${input}`, wrong);
    return status;
  };

  await t.test('a value where another belongs', async () => {
    for (const [request, frames] of Object.entries(FRAMES)) {
      for (const frame of frames) {
        for (const value of VALUES) {
          const body = frame.replace('%', () => value);
          await send(request, utf8(body), body);
        }
      }
    }
  });

  await t.test('monsters', async (t) => {
    for (const [what, body] of Object.entries(monsters())) {
      for (const request of Object.keys(FRAMES)) {
        const status = await send(request, body, what);
        t.ok(
          status === 0 || (status >= 400 && status < 500) || status === 200,
          `${what}: ${status}`,
        );
      }
    }
  });

  await t.test('what is cut off in the middle', async (t) => {
    const whole = JSON.stringify({ ops: [{ op: 'create', path: '/cut', data: 'x', acl: [] }] });
    for (let length = 0; length < whole.length; length += 1) {
      const status = await send('POST /v1/transactions', utf8(whole.slice(0, length)), `${length}`);
      t.equal(status, 400, `${length} of ${whole.length}`);
    }
  });

  await t.test('content types', async (t) => {
    const json = utf8('{"acl":[{"perms":"cdrwa","scheme":"world","id":"anyone"}]}');
    for (const type of CONTENT_TYPES) {
      const status = await send('PUT /v1/acls/x', json, `as ${type}`, type);
      t.ok(status === 200 || status === 400 || status === 415, `${type}: ${status}`);
      await send('PUT /v1/znodes/x', json, `as ${type}`, type);
      await send('POST /v1/transactions', json, `as ${type}`, type);
    }
    for (const type of ['application/json\ta', 'application/json x', 'application/jsonx', '']) {
      const status = await send('PUT /v1/acls/x', json, `as ${type}`, type);
      t.equal(status, 415, `${JSON.stringify(type)} is not JSON`);
    }
    const encoded = await http.send({
      method: 'PUT',
      target: '/v1/znodes/x',
      body: Buffer.from([0x1f, 0x8b, 8, 0]),
      headers: { 'content-encoding': 'gzip' },
    });
    t.equal(encoded.status, 415, 'nothing is decompressed');
  });

  await t.test('random bytes', async () => {
    const bodies = fc.sample(fc.uint8Array({ maxLength: 200 }), { numRuns: 150, seed: SEED });
    const texts = fc.sample(fc.json({ maxDepth: 5 }), { numRuns: 150, seed: SEED });
    const requests = Object.keys(FRAMES);
    for (const [index, bytes] of [...bodies, ...texts.map(utf8)].entries()) {
      const request = requests[index % requests.length] ?? '';
      await send(request, Buffer.from(bytes), Buffer.from(bytes).toString('latin1'));
    }
  });

  await oracle.unharmed();
});
