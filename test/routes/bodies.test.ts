import t from 'tap';
import { startTestMember } from './member.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

t.test('bodies', async (t) => {
  const { send, url } = await startTestMember(t, ['--limit', 'jsonDepth=8']);
  const data = async (path: string) => {
    const { data, encoding, stat } = (await send('GET', `/v1/znodes${path}`)).json();
    return { data, encoding, dataLength: stat.dataLength };
  };

  t.test('of any type but JSON are the data as it is', async (t) => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain; charset=latin1',
      'application/octet-stream',
      'application/vnd.api+json',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'content-type': type };
      const answer = await send('PUT', '/v1/znodes/raw', {
        headers,
        body: '{"data":"no envelope"}',
      });
      t.ok(answer.status === 200 || answer.status === 201, type);
      t.match(await data('/raw'), { data: '{"data":"no envelope"}', encoding: 'utf8' }, type);
    }
  });

  t.test('are bytes, whatever they are', async (t) => {
    const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
      ['empty', new Uint8Array(), '', 'utf8'],
      ['text', Buffer.from('grüße 😀\0\u2028'), 'grüße 😀\0\u2028', 'utf8'],
      ['a byte order mark', Buffer.from('\ufeffx'), '\ufeffx', 'utf8'],
      ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), '//4A', 'base64'],
      ['an overlong form', Buffer.from([0xc0, 0xaf]), 'wK8=', 'base64'],
      ['half a surrogate pair', Buffer.from([0xed, 0xa0, 0x80]), '7aCA', 'base64'],
    ];
    for (const [name, bytes, text, encoding] of cases) {
      await send('PUT', '/v1/znodes/bytes', { body: bytes });
      t.strictSame(await data('/bytes'), { data: text, encoding, dataLength: bytes.length }, name);
      const response = await fetch(`${url}/v1/znodes/bytes`, {
        headers: { accept: 'application/octet-stream' },
      });
      t.same(Buffer.from(await response.arrayBuffer()), Buffer.from(bytes), `${name}, back`);
    }
  });

  t.test('of type JSON are an envelope', async (t) => {
    for (const [envelope, expected] of [
      [{ data: 'x' }, { data: 'x', encoding: 'utf8', dataLength: 1 }],
      [{ data: 'grüße' }, { data: 'grüße', encoding: 'utf8', dataLength: 7 }],
      [{ data: '' }, { data: '', encoding: 'utf8', dataLength: 0 }],
      [
        { data: '//4A', encoding: 'base64' },
        { data: '//4A', encoding: 'base64', dataLength: 3 },
      ],
      [
        { data: 'aGk=', encoding: 'base64' },
        { data: 'hi', encoding: 'utf8', dataLength: 2 },
      ],
      [
        { data: '//4A', encoding: 'utf8' },
        { data: '//4A', encoding: 'utf8', dataLength: 4 },
      ],
    ] as const) {
      const body = JSON.stringify(envelope);
      for (const type of ['application/json', 'Application/JSON; charset="UTF-8"']) {
        const answer = await send('PUT', '/v1/znodes/json', {
          headers: { 'content-type': type },
          body,
        });
        t.ok(answer.status === 200 || answer.status === 201, body);
        t.strictSame(await data('/json'), expected, body);
      }
    }
    const acl = [{ perms: 'r', scheme: 'world', id: 'anyone' }];
    const body = JSON.stringify({ data: 'x', acl });
    t.equal((await send('POST', '/v1/znodes/locked', { headers: JSON_TYPE, body })).status, 201);
    t.strictSame((await send('GET', '/v1/acls/locked')).json().acl, acl);
    t.equal((await send('PUT', '/v1/znodes/locked', { body: 'y' })).status, 403);
  });

  t.test('that are none, under the type of JSON: a create without data, and no set', async (t) => {
    for (const [at, body] of ['', 'null', 'null\n'].entries()) {
      const sent = { headers: JSON_TYPE, body };
      const bare = await send('POST', `/v1/znodes/bare-${at}`, sent);
      t.equal(bare.status, 201, body);
      t.match(bare.json().stat, { dataLength: 0 });
      t.equal((await send('POST', '/v1/sessions', sent)).status, 201, body);
      const put = await send('PUT', `/v1/znodes/bare-${at}`, sent);
      t.match([put.status, put.json().code], [400, 'BadArguments']);
    }
    await send('POST', '/v1/znodes/text', { body: 'null' });
    t.match(await data('/text'), { data: 'null' }, 'of any other type it is data');
  });

  t.test('that are no good envelope are 400 and change nothing', async (t) => {
    await send('PUT', '/v1/znodes/strict', { body: 'one' });
    for (const body of [
      '',
      '{',
      'x',
      'null',
      '[]',
      '"data"',
      '{}',
      '{"data":1}',
      '{"data":null}',
      '{"data":"x","encoding":"hex"}',
      '{"data":"x","acl":[]}',
      '{"data":"x","nosuch":1}',
      '{"data":"x","__proto__":{}}',
      '{"data":"x","constructor":{}}',
      '{"data":"\\ud800"}',
      '{"data":"x"} x',
      '\ufeff{"data":"x"}',
      '{"data":"a","encoding":"base64"}',
      '{"data":"aGk","encoding":"base64"}',
      '{"data":"aGl=","encoding":"base64"}',
      '{"data":"aG k=","encoding":"base64"}',
      '{"data":"_-4A","encoding":"base64"}',
      "{'data':'x'}",
      '{"data":"x",}',
      '{"data":NaN}',
    ]) {
      const answer = await send('PUT', '/v1/znodes/strict', { headers: JSON_TYPE, body });
      t.equal(answer.status, 400, body);
      t.match(answer.json(), { code: 'BadArguments', outcome: 'not-applied' });
    }
    const invalid = Buffer.from('{"data":"\xff"}', 'latin1');
    const answer = await send('PUT', '/v1/znodes/strict', { headers: JSON_TYPE, body: invalid });
    t.equal(answer.status, 400, 'JSON that is not UTF-8');
    t.equal((await data('/strict')).data, 'one');
  });

  t.test('that are nested too deep are refused before they are built', async (t) => {
    for (const body of [
      '['.repeat(9),
      `${'{"a":'.repeat(100_000)}1`,
      `{"data":"["}${'['.repeat(9)}`,
    ]) {
      const answer = await send('PUT', '/v1/znodes/deep', { headers: JSON_TYPE, body });
      t.equal(answer.status, 413);
      t.match(answer.json(), { code: 'TooLarge', limit: { name: 'jsonDepth', value: 8 } });
    }
    const body = JSON.stringify({ data: `"\\${'[{'.repeat(100)}` });
    const answer = await send('PUT', '/v1/znodes/deep', { headers: JSON_TYPE, body });
    t.equal(answer.status, 201, 'brackets within a string are no nesting');
  });

  t.test('of a type or encoding that is not taken are 415', async (t) => {
    for (const headers of [
      { 'content-type': 'json' },
      { 'content-type': 'application/json x' },
      { 'content-type': 'application/json\ta' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br', 'content-type': 'application/json' },
    ]) {
      const answer = await send('PUT', '/v1/znodes/x', {
        headers: headers as never,
        body: '{"data":""}',
      });
      t.equal(answer.status, 415, JSON.stringify(headers));
      t.equal(answer.json().code, 'UnsupportedMediaType');
    }
    for (const [method, target] of [
      ['POST', '/v1/transactions'],
      ['POST', '/v1/batch-reads'],
      ['POST', '/v1/sessions'],
      ['PUT', '/v1/acls/x'],
    ] as const) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
        const headers = { 'content-type': type };
        t.equal((await send(method, target, { headers, body: '{"ops":[]}' })).status, 415, target);
      }
    }
    t.equal((await send('GET', '/v1/znodes/x')).status, 404);
  });

  t.test('where there is none to be are 400', async (t) => {
    await send('PUT', '/v1/znodes/bodyless');
    t.equal((await send('DELETE', '/v1/znodes/bodyless', { body: 'x' })).status, 400);
    t.equal((await send('POST', '/v1/sync', { body: '{}' })).status, 400);
    t.equal((await send('GET', '/v1/znodes/bodyless')).status, 200);
  });
});

t.test('bodies are bounded', async (t) => {
  const limits = [
    ...['dataBytes=1000', 'transactionBytes=1000', 'bodyBytes=3000', 'smallBodyBytes=500'],
    'aclEntries=2',
  ];
  const { send } = await startTestMember(
    t,
    limits.flatMap((limit) => ['--limit', limit]),
  );
  const put = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    send('PUT', '/v1/znodes/x', { body, headers });

  t.equal((await put('x'.repeat(1000))).status, 201);
  t.equal((await put('')).status, 200);
  for (const [name, answer] of [
    ['bytes', await put('x'.repeat(1001))],
    ['JSON', await put(JSON.stringify({ data: 'x'.repeat(1001) }), JSON_TYPE)],
    ['two bytes a character', await put(JSON.stringify({ data: 'é'.repeat(501) }), JSON_TYPE)],
    [
      'base64',
      await put(
        JSON.stringify({ data: Buffer.alloc(1001).toString('base64'), encoding: 'base64' }),
        JSON_TYPE,
      ),
    ],
  ] as const) {
    t.equal(answer.status, 413, name);
    t.strictSame(answer.json().limit, { name: 'dataBytes', value: 1000 }, name);
  }
  const base64 = { data: Buffer.alloc(1000, 0xff).toString('base64'), encoding: 'base64' };
  t.equal((await put(JSON.stringify(base64), JSON_TYPE)).status, 200, 'decoded bytes count');
  const body = await put('x'.repeat(3001));
  t.equal(body.status, 413);
  t.strictSame(body.json().limit, { name: 'bodyBytes', value: 3000 });
  const small = await send('POST', '/v1/sessions', { headers: JSON_TYPE, body: ' '.repeat(501) });
  t.equal(small.status, 413);
  t.strictSame(small.json().limit, { name: 'smallBodyBytes', value: 500 });
  const entry = { perms: 'r', scheme: 'world', id: 'anyone' };
  const acl = JSON.stringify({ acl: [entry, entry, entry] });
  const entries = await send('PUT', '/v1/acls/x', { headers: JSON_TYPE, body: acl });
  t.match(entries.json(), { code: 'TooLarge', limit: { name: 'aclEntries', value: 2 } });
});

t.test('Accept chooses between JSON and the bytes', async (t) => {
  const { send } = await startTestMember(t);
  await send('PUT', '/v1/znodes/a', { body: '<script>' });
  const get = (accept: string) => send('GET', '/v1/znodes/a', { headers: { accept } });
  for (const accept of [
    '*/*',
    'application/json',
    'application/*',
    'text/html, */*;q=0.1',
    'application/json, application/octet-stream',
    'application/octet-stream;q=0.5, application/json;q=0.6',
  ]) {
    t.match((await get(accept)).headers.get('content-type'), /^application\/json/, accept);
  }
  for (const accept of [
    'application/octet-stream',
    'Application/Octet-Stream, text/plain',
    'application/json;q=0, */*',
    '*/*;q=0.1, application/octet-stream',
  ]) {
    const answer = await get(accept);
    t.equal(answer.headers.get('content-type'), 'application/octet-stream', accept);
    t.equal(answer.text, '<script>');
    t.match(answer.headers.get('paddock-stat'), /\bversion=0\b/);
    t.match(answer.headers.get('content-security-policy'), 'sandbox');
    t.equal(answer.headers.get('content-disposition'), 'attachment');
  }
  for (const accept of ['text/plain', 'image/*', 'application/json;q=0', '', 'x', '*/*;q=0']) {
    const answer = await get(accept);
    t.equal(answer.status, 406, accept);
    t.equal(answer.json().code, 'NotAcceptable');
  }
});

t.test('HEAD is exists: the stat is in the headers', async (t) => {
  const { send } = await startTestMember(t);
  await send('PUT', '/v1/znodes/a', { body: 'hello' });
  await send('PUT', '/v1/znodes/a/b');
  const got = await send('GET', '/v1/znodes/a');
  const head = await send('HEAD', '/v1/znodes/a');
  t.equal(head.status, 200);
  t.equal(head.text, '');
  t.equal(head.headers.get('etag'), got.headers.get('etag'));
  const { stat } = got.json();
  const expected = Object.entries(stat).map(([name, value]) =>
    typeof value === 'string' ? `${name}="${value}"` : `${name}=${value}`,
  );
  t.equal(head.headers.get('paddock-stat'), expected.join(', '));
  const missing = await send('HEAD', '/v1/znodes/none');
  t.equal(missing.status, 404);
  t.match(missing.headers.get('paddock-zxid'), /^[0-9a-f]{16}$/);
  const ttl = await send('POST', '/v1/znodes/t?mode=persistent_ttl&ttlMs=60000');
  const { ttlMs, expiresAt, mtime } = ttl.json().stat;
  t.strictSame([ttlMs, expiresAt], [60_000, mtime + 60_000]);
  t.match(
    (await send('HEAD', '/v1/znodes/t')).headers.get('paddock-stat'),
    /, ttlMs=60000, expiresAt=\d+$/,
  );
});
