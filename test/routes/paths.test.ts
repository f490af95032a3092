import t from 'tap';
import { sendRaw, startTestMember, statusOfRaw } from './member.ts';

t.test('a znode path in a URL', async (t) => {
  const member = await startTestMember(t);
  const { send, port } = member;
  await send('PUT', '/v1/znodes/a');
  await send('PUT', '/v1/znodes/a/b', { body: 'deep' });
  await send('PUT', '/v1/znodes/gr%C3%BC%C3%9Fe%20%2525+', { body: 'named' });
  const pathAt = async (target: string) => (await send('GET', target)).json().path;

  t.test('slashes may be raw or encoded, with or without the leading one', async (t) => {
    for (const target of [
      '/v1/znodes/a/b',
      '/v1/znodes/a%2Fb',
      '/v1/znodes/a%2fb',
      '/v1/znodes/%2Fa%2Fb',
      '/v1/znodes/%2fa/b',
      '/v1/znodes?path=/a/b',
      '/v1/znodes?path=%2Fa%2Fb',
      '/v1/znodes/?path=/a/b',
    ]) {
      t.equal(await pathAt(target), '/a/b', target);
    }
  });

  t.test('the root is the bare resource, with or without a slash', async (t) => {
    for (const target of ['/v1/znodes', '/v1/znodes/', '/v1/znodes/%2F', '/v1/znodes?path=/']) {
      t.equal(await pathAt(target), '/', target);
    }
  });

  t.test('it is decoded exactly once', async (t) => {
    t.equal(await pathAt('/v1/znodes/gr%C3%BC%C3%9Fe%20%2525+'), '/grüße %25+');
    t.equal(await pathAt('/v1/znodes?path=/gr%C3%BC%C3%9Fe+%2525%2B'), '/grüße %25+');
    t.equal(
      (await send('GET', '/v1/znodes/a%252Fb')).status,
      404,
      '%252F is a name with %2F in it',
    );
  });

  t.test('names that objects have are names like any other', async (t) => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'children']) {
      t.equal((await send('PUT', `/v1/znodes/a/${name}`, { body: name })).status, 201, name);
      t.equal((await send('GET', `/v1/znodes/a/${name}`)).json().data, name, name);
    }
  });

  t.test('what can name no znode is 400 and never redirected', async (t) => {
    const long = 'n'.repeat(256);
    for (const path of [
      '/v1/znodes//a',
      '/v1/znodes/a//b',
      '/v1/znodes/a%2F%2Fb',
      '/v1/znodes/%2F%2Fa',
      '/v1/znodes/a/',
      '/v1/znodes/a%2F',
      '/v1/znodes/a/./b',
      '/v1/znodes/a/%2e%2e/b',
      '/v1/znodes/..',
      '/v1/znodes/%00',
      '/v1/znodes/a%1Fb',
      '/v1/znodes/a%7F',
      '/v1/znodes/%EE%80%80',
      '/v1/znodes/%F0%9F%98%80',
      '/v1/znodes/%zz',
      '/v1/znodes/%',
      '/v1/znodes/%C3',
      '/v1/znodes/%C0%AF',
      '/v1/znodes/%ED%A0%80',
      '/v1/znodes/a#b',
      '/v1/znodes/\u00fc',
      `/v1/znodes/${long}`,
      `/v1/znodes/${'a/'.repeat(64)}a`,
      `/v1/znodes/${'abcdefghi/'.repeat(103)}a`,
      '/v1/znodes/a?path=/b',
      '/v1/znodes?path=a',
      '/v1/znodes?path=',
      '/v1/znodes?path=/a&path=/b',
      '/v1/znodes/a?nosuch=1',
      '/v1/znodes/a?until=%zz',
      '/v1/znodes/a?until=\u00fc',
    ]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const answer = await sendRaw(
          port,
          `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        );
        t.equal(statusOfRaw(answer), 400, `${method} ${path.slice(0, 60)}`);
        t.match(answer, /"code":"BadArguments","outcome":"not-applied"/);
        t.match(answer, /\r\npaddock-zxid: [0-9a-f]{16}\r\n/i);
      }
    }
  });

  t.test('a URL that is too long is 414', async (t) => {
    const answer = await send('GET', `/v1/znodes/a?path=${'x'.repeat(4096)}`);
    t.equal(answer.status, 414);
    t.strictSame(answer.json().limit, { name: 'urlLength', value: 4096 });
  });

  t.test('other spellings of the resource are not the resource', async (t) => {
    for (const target of ['/v1/%7Anodes/a', '/V1/znodes/a', '/v1/znodesa', '/v1//znodes/a', '/']) {
      const answer = await send('GET', target);
      t.equal(answer.status, 404, target);
      t.equal(answer.json().code, 'NotFound');
    }
  });

  t.test('a request target may be absolute', async (t) => {
    const get = (host: string) =>
      sendRaw(
        port,
        `GET http://${host}/v1/znodes/a/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
    t.match(await get('127.0.0.1'), /"path":"\/a\/b"/);
    t.equal(statusOfRaw(await get('evil.test')), 421);
  });
});

t.test('the trailing slash of a create', async (t) => {
  const { send } = await startTestMember(t);
  await send('POST', '/v1/znodes/queue');

  t.test('names nothing for a sequential mode', async (t) => {
    const answer = await send('POST', '/v1/znodes/queue/?mode=persistent_sequential');
    t.equal(answer.status, 201);
    t.equal(answer.json().path, '/queue/0000000000');
    t.equal(answer.headers.get('location'), '/v1/znodes/queue/0000000000');
    const encoded = await send('POST', '/v1/znodes?path=/queue/..&mode=persistent_sequential');
    t.equal(encoded.json().path, '/queue/..0000000001');
  });

  t.test('is 400 for every other mode', async (t) => {
    for (const mode of ['persistent', 'container']) {
      t.equal((await send('POST', `/v1/znodes/queue/?mode=${mode}`)).status, 400, mode);
    }
  });

  t.test('the Location is percent-encoded', async (t) => {
    const answer = await send('POST', '/v1/znodes/queue/a%20%C3%BC%3F');
    t.equal(answer.headers.get('location'), '/v1/znodes/queue/a%20%C3%BC%3F');
    t.equal((await send('GET', answer.headers.get('location') ?? '')).status, 200);
  });
});
