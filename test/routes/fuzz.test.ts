import fc from 'fast-check';
import t from 'tap';
import { operations } from '../../routes/openapi.ts';
import { sendRaw, startTestMember, statusOfRaw } from './member.ts';

/**
 * Requests that are nearly right, by the thousand: whatever is sent gets a status of the document,
 * a problem says what it is, and none is a 500.
 */

const RUNS = 4000;

const nasty = fc.constantFrom(
  '',
  '/',
  '//',
  '.',
  '..',
  '%2F',
  '%00',
  '%',
  '%zz',
  '%C3%28',
  '%ED%A0%80',
  '\u00ff',
  '__proto__',
  'constructor',
  '-1',
  '0',
  '1e999',
  '9007199254740993',
  'true',
  'null',
  '0000000000000001',
  'ffffffffffffffff',
  '"0000000000000001"',
  'W/"x"',
  '*',
  'exists',
  'version>',
  'children>=5',
  'stat,data',
  'ephemeral_sequential',
  'persistent_ttl',
  'wait=0',
  'a'.repeat(300),
);
const word = fc.oneof(nasty, fc.string({ maxLength: 12 }));
const plain = (text: string) => text.replace(/[\r\n]/g, '');

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 2 ** 60, 1.5, '', '\ud800', '/a', 'create', 'set', 'utf8'),
    fc.string({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...['op', 'ops', 'path', 'data', 'encoding', 'mode', 'ttlMs', 'version', 'etag', 'acl'],
        ...['perms', 'scheme', 'id', 'timeoutMs', 'dryRun', 'include', 'limit', 'constructor'],
      ),
      tie('value'),
      { maxKeys: 6 },
    ),
  ),
})).value;

const body = fc.oneof(
  fc.constant(''),
  json.map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 30 }),
  fc.constantFrom('{"data":"x"}', '{"data":"\\ud800"}', '{"ops":[{"op":"get","path":"/"}]}', '[[['),
);

const HEADERS = [
  ...['accept', 'content-type', 'content-encoding', 'if-match', 'if-none-match', 'prefer'],
  ...['paddock-session', 'paddock-min-zxid', 'last-event-id', 'origin', 'expect', 'upgrade'],
  ...['idempotency-key', 'authorization', '__proto__', 'x-forwarded-for'],
];

const headers = fc.dictionary(
  fc.constantFrom(...HEADERS),
  fc.oneof(word, fc.constantFrom('application/json', 'application/octet-stream')),
  { maxKeys: 3 },
);

const request = fc.record({
  operation: fc.constantFrom(
    // A stream or a connection that is opened well does not end.
    ...operations.filter(({ url }) => url !== '/v1/events' && url !== '/v1/ws'),
  ),
  path: word,
  query: fc.array(
    fc.tuple(
      fc.constantFrom(
        'path',
        'version',
        'mode',
        'ttlMs',
        'parents',
        'until',
        'limit',
        'x',
        'after',
      ),
      word,
    ),
    { maxLength: 2 },
  ),
  headers,
  body,
});

function textOf({ operation, path, query, headers, body }: Shape): Buffer {
  const target = operation.url.replace(/\*$|:sessionId/, () =>
    encodeURI(plain(path).toWellFormed()),
  );
  const parameters = query.map(([name, value]) => `${name}=${encodeURI(value.toWellFormed())}`);
  const url = plain(target + (parameters.length === 0 ? '' : `?${parameters.join('&')}`));
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${plain(value)}\r\n`);
  const content = Buffer.from(body);
  const head = `${operation.method} ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
  const length = content.length === 0 ? '' : `Content-Length: ${content.length}\r\n`;
  return Buffer.concat([Buffer.from(`${head}${lines.join('')}${length}\r\n`), content]);
}

type Shape = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const DOCUMENTED = new Set([
  ...[
    200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 417, 421,
  ],
  ...[422, 431, 503],
]);

t.test('no request causes a 500', async (t) => {
  const member = await startTestMember(t);
  const property = fc.asyncProperty(request, async (shape) => {
    const bytes = textOf(shape);
    const answer = await sendRaw(member.port, bytes, 8000);
    const status = statusOfRaw(answer);
    if (!DOCUMENTED.has(status)) {
      throw new Error(`${status}: ${bytes.toString('latin1')}\n\n${answer}`);
    }
    if (status >= 400 && shape.operation.method !== 'HEAD') {
      const [, problem = ''] = answer.split('\r\n\r\n');
      const { code, outcome } = JSON.parse(Buffer.from(problem, 'latin1').toString());
      if (outcome !== 'not-applied') throw new Error(`${code} says ${outcome}: ${bytes}`);
    }
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  t.equal((await member.send('GET', '/readyz')).status, 200, 'and the member still serves');
});
