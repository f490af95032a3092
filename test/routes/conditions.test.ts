import t from 'tap';
import { type Answer, startTestMember } from './member.ts';

t.test('conditions', async (t) => {
  const { send } = await startTestMember(t);
  const put = (path: string, body: string, headers: Record<string, string> = {}) =>
    send('PUT', `/v1/znodes${path}`, { body, headers });
  const tagOf = async (path: string, accept = 'application/json') =>
    (await send('GET', `/v1/znodes${path}`, { headers: { accept } })).headers.get('etag') ?? '';
  const code = (answer: Answer) => answer.json().code;

  t.test('a tag of the bytes and one of the JSON form rest on the mzxid', async (t) => {
    const written = await put('/tags', 'one');
    t.equal(written.status, 201);
    const bytes = await tagOf('/tags', 'application/octet-stream');
    const json = await tagOf('/tags');
    t.match(bytes, /^"[0-9a-f]{16}"$/);
    t.equal(json, `${bytes.slice(0, -1)}.0.0"`);
    t.equal(written.headers.get('etag'), json);
    await put('/tags/child', '');
    t.equal(await tagOf('/tags', 'application/octet-stream'), bytes, 'a child leaves the bytes');
    t.equal(await tagOf('/tags'), `${bytes.slice(0, -1)}.1.0"`, 'and changes the JSON form');
  });

  t.test('If-Match takes either tag and compares the mzxid', async (t) => {
    await put('/match', 'one');
    const bytes = await tagOf('/match', 'application/octet-stream');
    await put('/match/child', '');
    t.equal((await put('/match', 'two', { 'if-match': bytes })).status, 200);
    const failed = await put('/match', 'three', { 'if-match': bytes });
    t.equal(failed.status, 412);
    t.equal(code(failed), 'BadVersion');
    t.equal(failed.json().stat.version, 1, 'with the current stat');
    const json = (await tagOf('/match')).replace('.1.0', '.0.7');
    t.equal((await put('/match', 'three', { 'if-match': json })).status, 200);
    const listed = `"0000000000000001", ${await tagOf('/match')}`;
    t.equal((await put('/match', 'four', { 'if-match': listed })).status, 200, 'one of a list');
  });

  t.test('a re-created znode has another tag at the same version', async (t) => {
    await put('/aba', 'one');
    const tag = await tagOf('/aba');
    await send('DELETE', '/v1/znodes/aba');
    await put('/aba', 'one');
    t.equal((await put('/aba', 'two', { 'if-match': tag })).status, 412);
    t.equal((await send('PUT', '/v1/znodes/aba?version=0', { body: 'two' })).status, 200);
  });

  t.test('weak and foreign tags never match on a write', async (t) => {
    await put('/weak', 'one');
    const tag = await tagOf('/weak');
    for (const header of [`W/${tag}`, '"something"', '""']) {
      const failed = await put('/weak', 'two', { 'if-match': header });
      t.equal(failed.status, 412, header);
      t.equal(code(failed), 'BadVersion', header);
    }
  });

  t.test('If-Match never creates', async (t) => {
    for (const header of ['*', '"0000000100000001"']) {
      const failed = await put('/absent', 'x', { 'if-match': header });
      t.equal(failed.status, 412, header);
      t.equal(code(failed), 'NoNode', header);
    }
    t.equal((await send('PUT', '/v1/znodes/absent?version=0', { body: 'x' })).status, 404);
    t.equal(
      (await send('DELETE', '/v1/znodes/absent', { headers: { 'if-match': '*' } })).status,
      412,
    );
    t.equal((await send('GET', '/v1/znodes/absent')).status, 404);
  });

  t.test('If-None-Match: * never overwrites', async (t) => {
    t.equal((await put('/once', 'one', { 'if-none-match': '*' })).status, 201);
    const failed = await put('/once', 'two', { 'if-none-match': '*' });
    t.equal(failed.status, 412);
    t.equal(code(failed), 'NodeExists');
    t.equal(failed.json().stat.version, 0);
    const created = await send('POST', '/v1/znodes/once', { headers: { 'if-none-match': '*' } });
    t.equal(created.status, 412, 'on a create too');
    t.equal((await send('POST', '/v1/znodes/once')).status, 409, 'which is 409 without it');
  });

  t.test('version is the data version, and -1 is any', async (t) => {
    await put('/versioned', 'one');
    const failed = await send('PUT', '/v1/znodes/versioned?version=7', { body: 'x' });
    t.equal(failed.status, 412);
    t.equal(code(failed), 'BadVersion');
    t.equal((await send('PUT', '/v1/znodes/versioned?version=0', { body: 'x' })).status, 200);
    t.equal((await send('PUT', '/v1/znodes/versioned?version=-1', { body: 'x' })).status, 200);
    t.equal((await send('DELETE', '/v1/znodes/versioned?version=1')).status, 412);
    t.equal((await send('DELETE', '/v1/znodes/versioned?version=2')).status, 204);
  });

  t.test('a read with the tag it has gets 304 and no body', async (t) => {
    await put('/cached', 'one');
    const tag = await tagOf('/cached');
    const get = (header: string, accept = 'application/json') =>
      send('GET', '/v1/znodes/cached', { headers: { 'if-none-match': header, accept } });
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const answer = await get(header);
      t.equal(answer.status, 304, header);
      t.equal(answer.text, '');
      t.equal(answer.headers.get('etag'), tag);
    }
    t.equal((await get(tag, 'application/octet-stream')).status, 200, 'the bytes are another form');
    await put('/cached', 'one');
    t.equal((await get(tag)).status, 200, 'written again, even with the same data');
    const failed = await send('GET', '/v1/znodes/cached', { headers: { 'if-match': tag } });
    t.equal(failed.status, 412);
  });

  t.test('the ACL is conditional on the aversion', async (t) => {
    await put('/acl', 'one');
    const body = JSON.stringify({ acl: [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }] });
    const json = { 'content-type': 'application/json' };
    const putAcl = (query: string, headers: Record<string, string>) =>
      send('PUT', `/v1/acls/acl${query}`, { body, headers: { ...json, ...headers } });
    const tag = (await send('GET', '/v1/acls/acl')).headers.get('etag') ?? '';
    await put('/acl', 'two');
    t.equal((await putAcl('', { 'if-match': tag })).status, 200, 'data may have changed since');
    const failed = await putAcl('', { 'if-match': tag });
    t.equal(failed.status, 412);
    t.equal(code(failed), 'BadVersion');
    t.equal((await putAcl('?version=1', {})).status, 200);
    t.equal((await putAcl('?version=1', {})).status, 412);
    t.equal((await putAcl('', { 'if-match': '*' })).status, 200);
  });

  t.test('malformed and contradictory conditions are 400 and change nothing', async (t) => {
    await put('/strict', 'one');
    for (const headers of [
      { 'if-match': 'unquoted' },
      { 'if-match': '' },
      { 'if-match': '"open' },
      { 'if-match': '*', 'if-none-match': '*' },
      { 'if-none-match': '"0000000100000001"' },
    ]) {
      const answer = await put('/strict', 'two', headers as Record<string, string>);
      t.equal(answer.status, 400, JSON.stringify(headers));
      t.equal(code(answer), 'BadArguments');
    }
    for (const version of ['', 'x', '1.5', '-2', '1e3', '99999999999999999999']) {
      const answer = await send('PUT', `/v1/znodes/strict?version=${version}`, { body: 'two' });
      t.equal(answer.status, 400, version);
    }
    t.equal((await send('GET', '/v1/znodes/strict')).json().data, 'one');
  });
});
