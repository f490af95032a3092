/** Writes and reads that depend on what the client has seen: ETags, `If-*` headers, versions. */
import { codeOf, refusalOf, world } from './driver.ts';
import type { HttpDriver } from './http-driver.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { overBoth, overHttp } from './specification.ts';

const BYTES = { accept: 'application/octet-stream' };

type Headers = Record<string, string>;

function asker(client: HttpDriver, path: string) {
  const target = `/v1/znodes${path}`;
  return {
    get: (headers: Headers = {}) => client.send({ target, headers }),
    head: (headers: Headers = {}) => client.send({ method: 'HEAD', target, headers }),
    put: (body: string, headers: Headers = {}, query = '') =>
      client.send({ method: 'PUT', target: target + query, headers, body }),
    remove: (headers: Headers = {}, query = '') =>
      client.send({ method: 'DELETE', target: target + query, headers }),
  };
}

function tagOf({ headers }: HttpAnswer): string {
  return headers.etag ?? 'none';
}

await overBoth({
  'version: equal or refused, with the znode as it is': async ({ t, client, at }) => {
    await client.create(at('x'), { data: '0' });
    const { stat } = await client.set(at('x'), '1', { version: 0 });
    for (const version of [0, 2, 9_007_199_254_740_991]) {
      const problem = await refusalOf(client.set(at('x'), 'no', { version }));
      t.match(problem, { code: 'BadVersion', path: at('x'), stat }, `set at ${version}`);
      const kept = await refusalOf(client.delete(at('x'), { version }));
      t.match(kept, { code: 'BadVersion', path: at('x') }, `delete at ${version}`);
    }
    t.equal((await client.get(at('x'))).data, '1');
    await client.delete(at('x'), { version: 1 });
    t.equal(await client.exists(at('x')), undefined);
  },

  'version -1 is any version': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.set(at('x'), '1', { version: -1 });
    t.equal((await client.set(at('x'), '2', { version: -1 })).stat.version, 2);
    await client.setAcl(at('x'), (await client.getAcl(at('x'))).acl, -1);
    await client.delete(at('x'), { version: -1 });
  },

  'version of a znode that is missing is NoNode': async ({ t, client, at }) => {
    t.equal(await codeOf(client.set(at('x'), 'x', { version: 0 })), 'NoNode');
    t.equal(await codeOf(client.delete(at('x'), { version: 0 })), 'NoNode');
  },

  'an ETag tells a znode that was created again from the old one, a version does not': async ({
    t,
    client,
    at,
  }) => {
    const { stat: old } = await client.create(at('x'));
    await client.delete(at('x'));
    const { stat: now } = await client.create(at('x'));
    t.equal(now.version, old.version);
    const problem = await refusalOf(client.set(at('x'), 'x', { etag: old.mzxid }));
    t.match(problem, { code: 'BadVersion', stat: { mzxid: now.mzxid } });
    t.equal(await codeOf(client.delete(at('x'), { etag: old.mzxid })), 'BadVersion');
    await client.set(at('x'), 'x', { etag: now.mzxid, version: 0 });
  },

  'of the ETag of the JSON form a write compares the mzxid alone': async ({ t, client, at }) => {
    const { stat } = await client.create(at('x'));
    await client.create(at('x/child'));
    await client.setAcl(at('x'), (await client.getAcl(at('x'))).acl);
    const etag = `${stat.mzxid}.${stat.cversion}.${stat.aversion}`;
    const { stat: set } = await client.set(at('x'), 'x', { etag });
    t.equal(set.version, 1);
    t.equal(await codeOf(client.set(at('x'), 'x', { etag })), 'BadVersion');
  },

  'a counter that is raised by compare-and-set counts everything once': async ({
    t,
    client,
    connect,
    at,
  }) => {
    await client.create(at('counter'), { data: '0' });
    const raise = async () => {
      const own = await connect();
      for (let done = 0; done < 10; ) {
        const { data, stat } = await own.get(at('counter'));
        const next = String(Number(data) + 1);
        try {
          const byVersion = done % 2 === 0;
          const condition = byVersion ? { version: stat.version } : { etag: stat.mzxid };
          await own.set(at('counter'), next, condition);
          done += 1;
        } catch {
          // Somebody else was first.
        }
      }
    };
    await Promise.all([raise(), raise(), raise(), raise()]);
    await client.sync();
    t.match(await client.get(at('counter')), { data: '40', stat: { version: 40 } });
  },
});

await overHttp({
  'ETags: of the bytes the mzxid, of the JSON form the cversion and aversion too': async ({
    t,
    client,
    at,
  }) => {
    const { stat } = await client.create(at('x'), { data: 'abc' });
    const x = asker(client, at('x'));
    t.equal(tagOf(await x.get()), `"${stat.mzxid}.0.0"`);
    t.equal(tagOf(await x.head()), `"${stat.mzxid}.0.0"`);
    const bytes = await x.get(BYTES);
    t.equal(tagOf(bytes), `"${stat.mzxid}"`);
    t.equal(bytes.headers['content-type'], 'application/octet-stream');
    t.equal(bytes.text, 'abc');
    await client.create(at('x/child'));
    await client.setAcl(at('x'), (await client.getAcl(at('x'))).acl);
    t.equal(tagOf(await x.get()), `"${stat.mzxid}.1.1"`);
    t.equal(tagOf(await x.get(BYTES)), `"${stat.mzxid}"`, 'the bytes are the same');
    t.equal(tagOf(await x.put('more')).slice(1, 17), client.zxid, 'a write tells the new one');
  },

  '304 while the client has what there is': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'abc' });
    const x = asker(client, at('x'));
    const [json, bytes] = [tagOf(await x.get()), tagOf(await x.get(BYTES))];
    for (const [headers, tag] of [
      [{}, json],
      [BYTES, bytes],
    ] as const) {
      for (const list of [tag, `"other", ${tag}`, `W/${tag}`, '*']) {
        const answer = await x.get({ ...headers, 'if-none-match': list });
        t.equal(answer.status, 304, list);
        t.equal(answer.body.length, 0);
        t.equal(tagOf(answer), tag);
        t.ok(answer.headers['paddock-zxid']);
      }
      t.equal((await x.head({ ...headers, 'if-none-match': tag })).status, 304);
      t.equal((await x.get({ ...headers, 'if-none-match': '"other"' })).status, 200);
    }
    await client.create(at('x/child'));
    t.equal((await x.get({ 'if-none-match': json })).status, 200, 'the JSON form has changed');
    t.equal((await x.get({ ...BYTES, 'if-none-match': bytes })).status, 304, 'the bytes have not');
  },

  'If-Match on a write': async ({ t, client, at }) => {
    await client.create(at('x'));
    const x = asker(client, at('x'));
    const stale = tagOf(await x.get());
    const fresh = tagOf(await x.put('1', { 'if-match': stale }));
    const refused = await x.put('2', { 'if-match': stale });
    t.equal(refused.status, 412);
    t.match(refused.json(), { code: 'BadVersion', path: at('x'), stat: { version: 1 } });
    t.equal((await x.put('2', { 'if-match': `"other", ${fresh}` })).status, 200, 'any of several');
    const now = tagOf(await x.get(BYTES));
    t.equal((await x.put('3', { 'if-match': `W/${now}` })).status, 412, 'weak never matches');
    t.equal((await x.put('3', { 'if-match': '"nonsense"' })).status, 412);
    t.equal((await x.remove({ 'if-match': fresh })).status, 412);
    t.equal((await x.remove({ 'if-match': now })).status, 204);
  },

  'If-Match: * asks for a znode that is there': async ({ t, client, at }) => {
    const x = asker(client, at('x'));
    const refused = await x.put('x', { 'if-match': '*' });
    t.equal(refused.status, 412);
    t.match(refused.json(), { code: 'NoNode', path: at('x') });
    t.equal((await x.remove({ 'if-match': '*' })).status, 412);
    t.equal((await x.put('x')).status, 201);
    t.equal((await x.put('y', { 'if-match': '*' })).status, 200);
  },

  'If-None-Match: * asks for one that is not': async ({ t, client, at }) => {
    const x = asker(client, at('x'));
    t.equal((await x.put('first', { 'if-none-match': '*' })).status, 201);
    const refused = await x.put('second', { 'if-none-match': '*' });
    t.equal(refused.status, 412);
    t.match(refused.json(), { code: 'NodeExists', path: at('x') });
    t.equal((await x.get(BYTES)).text, 'first');
    const target = `/v1/znodes${at('x')}`;
    const post = (headers: Headers) => client.send({ method: 'POST', target, headers });
    t.equal((await post({ 'if-none-match': '*' })).status, 412);
    t.equal((await post({})).status, 409);
  },

  'PUT creates what is missing, unless it says which one it means': async ({ t, client, at }) => {
    const x = asker(client, at('x'));
    t.equal((await x.put('x', {}, '?version=0')).status, 404);
    t.equal((await x.put('x')).status, 201);
    t.equal((await x.put('y')).status, 200);
    t.equal((await x.put('y', {}, '?version=1')).status, 200);
    t.equal((await x.put('y', {}, '?version=1')).status, 412);
    const parent = await asker(client, at('none/x')).put('x');
    t.equal(parent.status, 409, 'a missing parent is not the addressed znode');
    t.match(parent.json(), { code: 'NoNode', path: at('none') });
  },

  'conditions that contradict or mean nothing are 400': async ({ t, client, at }) => {
    await client.create(at('x'));
    const x = asker(client, at('x'));
    const tag = tagOf(await x.get());
    for (const headers of [
      { 'if-match': tag, 'if-none-match': '*' },
      { 'if-none-match': tag },
      { 'if-match': 'without quotes' },
      { 'if-match': '' },
    ]) {
      t.equal((await x.put('x', headers as Headers)).status, 400, JSON.stringify(headers));
    }
    for (const query of [
      'version=',
      'version=x',
      'version=1.5',
      'version=-2',
      'version=1e3',
      'version=9007199254740993',
      'version=0&version=0',
    ]) {
      t.equal((await x.put('x', {}, `?${query}`)).status, 400, query);
      t.equal((await x.remove({}, `?${query}`)).status, 400, query);
    }
    t.equal((await client.get(at('x'))).stat.version, 0);
  },

  'If-Match on a read': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'abc' });
    const x = asker(client, at('x'));
    t.equal((await x.get({ 'if-match': tagOf(await x.get()) })).status, 200);
    t.equal((await x.get({ 'if-match': '"other"' })).status, 412);
    t.equal((await asker(client, at('none')).get({ 'if-match': '*' })).status, 412);
  },

  'conditions on an ACL compare the aversion': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.set(at('x'), 'version 1, aversion 0');
    const target = `/v1/acls${at('x')}`;
    const json = { acl: [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }] };
    const put = (headers: Headers, query = '') =>
      client.send({ method: 'PUT', target: target + query, json, headers });
    const tag = tagOf(await client.send({ target }));
    t.equal((await put({ 'if-match': tag })).status, 200);
    t.equal((await put({ 'if-match': tag })).status, 412);
    t.equal((await put({}, '?version=1')).status, 200);
    t.equal((await put({}, '?version=1')).status, 412);
    t.equal((await put({ 'if-match': '*' })).status, 200);
    t.equal((await client.getAcl(at('x'))).stat.aversion, 3);
  },

  'an ETag tells the ACL of a znode that was created again from the old one’s, a version does not':
    async ({ t, client, connect, at }) => {
      const { stat: first } = await client.create(at('x'));
      const target = `/v1/acls${at('x')}`;
      const put = (acl: ReturnType<typeof world>, headers: Headers, query = '') =>
        client.send({ method: 'PUT', target: target + query, json: { acl }, headers });
      const old = tagOf(await client.send({ target }));
      t.equal(old, `"${first.czxid}.0"`);
      await client.set(at('x'), 'more');
      await client.create(at('x/child'));
      await client.delete(at('x/child'));
      t.equal(tagOf(await client.send({ target })), old, 'of the ACL, not of data or children');
      const other = await connect();
      await other.delete(at('x'));
      const { stat: now } = await other.create(at('x'));
      t.equal(now.aversion, first.aversion, 'which the version cannot tell apart');
      const refused = await put(world('r'), { 'if-match': old });
      t.equal(refused.status, 412);
      t.match(refused.json(), { code: 'BadVersion', path: at('x'), outcome: 'not-applied' });
      await client.sync();
      t.match((await client.getAcl(at('x'))).acl, world('cdrwa'), 'and nothing has changed');
      const fresh = tagOf(await client.send({ target }));
      t.equal(fresh, `"${now.czxid}.0"`);
      for (const no of [
        tagOf(await client.send({ target: `/v1/znodes${at('x')}` })),
        `W/${fresh}`,
      ]) {
        t.equal((await put(world('r'), { 'if-match': no })).status, 412, `${no} is not of the ACL`);
      }
      const changed = await put(world('cdrwa'), { 'if-match': fresh });
      t.equal(changed.status, 200);
      t.equal(tagOf(changed), `"${now.czxid}.1"`, 'a write tells the new one');
      t.equal((await put(world('cdrwa'), {}, '?version=1')).status, 200);
    },

  'what a client may accept': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'abc' });
    const x = asker(client, at('x'));
    const typeFor = async (accept: string) => {
      const answer = await x.get({ accept });
      return answer.status === 200 ? answer.headers['content-type']?.split(';')[0] : answer.status;
    };
    const [json, bytes] = ['application/json', 'application/octet-stream'];
    t.equal(await typeFor('*/*'), json);
    t.equal(await typeFor('application/*'), json);
    t.equal(await typeFor('text/html, */*;q=0.1'), json);
    t.equal(await typeFor(bytes), bytes);
    t.equal(await typeFor(`${json};q=0.5, ${bytes}`), bytes);
    t.equal(await typeFor('text/html'), 406);
  },

  'bodies: JSON is the envelope, anything else the data itself': async ({ t, client, at }) => {
    const x = asker(client, at('x'));
    const put = async (type: string | undefined, body: string) => {
      await x.put(body, type === undefined ? {} : { 'content-type': type });
      return (await x.get(BYTES)).text;
    };
    t.equal(await put(undefined, 'plain'), 'plain');
    t.equal(await put('application/x-www-form-urlencoded', 'a=b'), 'a=b', 'as curl -d sends it');
    t.equal(await put('text/plain', '{"data":"x"}'), '{"data":"x"}');
    t.equal(await put('application/json', '{"data":"hello"}'), 'hello');
    t.equal(await put('application/json; charset=utf-8', '{"data":"utf8"}'), 'utf8');
    t.equal(await put('application/json', '{"data":"aGk=","encoding":"base64"}'), 'hi');
    t.equal(await put('text/plain', ''), '', 'an empty body is empty data');
  },
});
