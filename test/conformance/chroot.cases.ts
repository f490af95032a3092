/**
 * A chroot: the subtree of a znode is the whole tree, in every path that is sent and answered, and
 * nothing outside can be named or learned.
 */
import { request } from 'node:http';
import { descendants, ephemerals, getQuota, setQuota } from './beside.ts';
import { codeOf, type Driver, namesOf, refusalOf, world } from './driver.ts';
import { EventStream } from './event-stream.ts';
import { HttpDriver } from './http-driver.ts';
import { overBoth, overHttp, overWebSocket, type Setting } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

/** Another client of the same member, for which `chroot` is the whole tree. */
async function inside(
  { t, client, member }: Pick<Setting<Driver>, 't' | 'client' | 'member'>,
  chroot: string,
): Promise<Driver> {
  const driver =
    client instanceof HttpDriver
      ? await HttpDriver.open(member.port)
      : await WsDriver.connect(member.wsUrl, { chroot });
  if (driver instanceof HttpDriver) driver.chroot = chroot;
  t.teardown(async () => {
    await driver.closeSession().catch(() => undefined);
    driver.disconnect();
  });
  return driver;
}

await overBoth({
  'paths are seen from there in requests and in answers': async (setting) => {
    const { t, client, at } = setting;
    const tenant = await inside(setting, at(''));
    t.equal((await tenant.create('/a', { data: 'x' })).path, '/a');
    t.equal((await client.get(at('a'))).data, 'x', 'it is there for those outside');
    t.equal(
      (await tenant.create('/a/n-', { mode: 'persistent_sequential' })).path,
      '/a/n-0000000000',
    );
    t.equal((await tenant.set('/a', 'y')).path, '/a');
    t.match(await tenant.get('/a'), { path: '/a', data: 'y' });
    t.equal((await tenant.exists('/a'))?.version, 1);
    t.match(await tenant.children('/'), { path: '/', children: [{ name: 'a' }] });
    t.strictSame(namesOf(await tenant.children('/a', { limit: 1 })), ['n-0000000000']);
    t.equal((await tenant.setAcl('/a', world('cdrwa'))).path, '/a');
    t.equal((await tenant.getAcl('/a')).path, '/a');
    const read = await tenant.read([
      { op: 'get', path: '/a' },
      { op: 'children', path: '/' },
      { op: 'get', path: '/missing' },
    ]);
    t.match(read, [{ path: '/a' }, { path: '/' }, { error: { code: 'NoNode', path: '/missing' } }]);
    await tenant.delete('/a', { recursive: true });
    t.equal(await client.exists(at('a')), undefined);
  },

  'the root is the znode itself: read, written, created, deleted': async (setting) => {
    const { t, client, at } = setting;
    const tenant = await inside(setting, at('home'));
    t.match(await refusalOf(tenant.get('/')), { code: 'NoNode', path: '/' });
    t.match(await refusalOf(tenant.create('/a')), { code: 'NoNode', path: '/' });
    t.equal((await tenant.create('/', { data: 'mine' })).path, '/');
    await client.sync();
    t.equal((await client.get(at('home'))).data, 'mine');
    await tenant.set('/', 'still');
    const sequential = { mode: 'ephemeral_sequential' } as const;
    t.equal((await tenant.create('/', sequential)).path, '/0000000000', 'a child without a prefix');
    await client.sync();
    t.strictSame(namesOf(await client.children(at('home'))), ['0000000000']);
    await tenant.delete('/', { recursive: true });
    await client.sync();
    t.equal(await client.exists(at('home')), undefined);
    t.equal((await tenant.create('/a/b', { parents: true })).path, '/a/b');
    await client.sync();
    t.ok(await client.exists(at('home/a/b')), 'with parents the znode itself comes too');
  },

  'transactions, their results and what refuses them': async (setting) => {
    const { t, client, at } = setting;
    const tenant = await inside(setting, at(''));
    const results = await tenant.transaction([
      { op: 'create', path: '/a', data: 'x' },
      { op: 'create', path: '/a/', mode: 'persistent_sequential' },
      { op: 'check', path: '/a', version: 0 },
      { op: 'checkAbsent', path: '/b' },
    ]);
    t.strictSame(
      results.map(({ path }) => path),
      ['/a', '/a/0000000000', undefined, undefined],
    );
    const refused = tenant.transaction([
      { op: 'set', path: '/a', data: 'y' },
      { op: 'delete', path: '/a' },
    ]);
    t.match(await refusalOf(refused), { code: 'NotEmpty', path: '/a', index: 1 });
    t.equal((await client.get(at('a'))).data, 'x');
  },

  'what is no path names nothing beside the subtree': async (setting) => {
    const { t, client, at } = setting;
    await client.create(`${at('')}x`, { data: 'secret' });
    await client.create(at('neighbour'), { data: 'secret' });
    const tenant = await inside(setting, at('home'));
    await tenant.create('/');
    for (const path of [
      'x',
      '',
      '..',
      '/..',
      '/../neighbour',
      '/a/../../neighbour',
      '//neighbour',
    ]) {
      if (client instanceof HttpDriver && !path.startsWith('/')) continue;
      t.equal(await codeOf(tenant.get(path)), 'BadArguments', path);
      t.equal(await codeOf(tenant.create(path)), 'BadArguments', path);
      t.equal(await codeOf(tenant.delete(path)), 'BadArguments', path);
    }
    t.equal(await codeOf(tenant.get('/zookeeper')), 'NoNode');
    t.equal(await codeOf(tenant.get(at('neighbour'))), 'NoNode');
    t.strictSame(namesOf(await client.children(at('home'))), [], 'nothing was made of them');
  },

  'the znodes of the tree itself are outside, the config znode too': async (setting) => {
    const { t, client, at } = setting;
    t.ok(await client.exists('/zookeeper/config'), 'it is there for those who see the whole tree');
    const tenant = await inside(setting, at(''));
    t.match(await refusalOf(tenant.get('/zookeeper/config')), {
      code: 'NoNode',
      path: '/zookeeper/config',
    });
    t.equal(await tenant.exists('/zookeeper/config'), undefined);
    t.equal(await codeOf(tenant.getAcl('/zookeeper/config')), 'NoNode');
    const [read] = await tenant.read([{ op: 'get', path: '/zookeeper/config' }]);
    t.match(read, { error: { code: 'NoNode' } }, 'in a batch too');
    await tenant.create('/zookeeper/config', { parents: true, data: 'its own' });
    t.equal((await tenant.get('/zookeeper/config')).data, 'its own', 'a name like any other there');
    await client.sync();
    t.equal((await client.get(at('zookeeper/config'))).data, 'its own');
  },

  'a refusal names nothing outside': async (setting) => {
    const { t, client, at } = setting;
    const tenant = await inside(setting, at('not/there'));
    const missing = await refusalOf(tenant.create('/'));
    t.equal(missing.code, 'NoNode');
    t.equal(missing.path, undefined, 'the parent that is missing lies outside');
    await client.create(at('not'));
    await client.setAcl(at('not'), world('r'));
    const forbidden = await refusalOf(tenant.create('/'));
    t.match(forbidden, { code: 'NoAuth', path: '/' });
    t.notMatch(JSON.stringify([missing, forbidden]), at(''));
  },

  'quotas: its own are seen, those outside hold and are not told of': async (setting) => {
    const { t, client, at } = setting;
    await client.create(at('home/a'), { parents: true });
    await setQuota(client, at(''), { countLimit: 5 });
    await setQuota(client, at('home'), { countLimit: 4 });
    const tenant = await inside(setting, at('home'));
    t.match(await getQuota(tenant, '/'), { path: '/', countLimit: 4, count: 2 });
    t.equal(await codeOf(setQuota(tenant, '/', { countLimit: 100 })), 'BadArguments');
    await setQuota(tenant, '/a', { countLimit: 2 });
    await tenant.create('/a/1');
    t.match(await refusalOf(tenant.create('/a/2')), { quota: '/a', limit: { value: 2 } });
    await tenant.create('/b');
    t.match(await refusalOf(tenant.create('/c')), { quota: '/', limit: { value: 4 } });
    await setQuota(client, at('home'), { countLimit: 100 });
    const outer = await refusalOf(tenant.create('/c'));
    t.equal(outer.code, 'QuotaExceeded');
    t.notOk('quota' in outer || 'limit' in outer);
  },

  'counts and lists': async (setting) => {
    const { t, at } = setting;
    const tenant = await inside(setting, at(''));
    await tenant.create('/a/b', { parents: true });
    await tenant.create('/a/e', { mode: 'ephemeral' });
    await tenant.create('/f', { mode: 'ephemeral' });
    t.match(await descendants(tenant, '/'), { path: '/', count: 4 });
    t.strictSame((await ephemerals(tenant)).paths, ['/a/e', '/f']);
    t.strictSame((await ephemerals(tenant, { prefix: '/f' })).paths, ['/f']);
    const page = await ephemerals(tenant, { limit: 1 });
    t.equal(page.next, '/a/e');
    t.strictSame((await ephemerals(tenant, { after: '/a/e' })).paths, ['/f']);
  },

  'names beyond ASCII': async (setting) => {
    const { t, client, at } = setting;
    await client.create(at('ü 日'));
    const tenant = await inside(setting, at('ü 日'));
    await tenant.create('/ä');
    await client.sync();
    t.ok(await client.exists(at('ü 日/ä')));
  },
});

await overWebSocket({
  'events, of one-shot and of persistent watches': async (setting) => {
    const { t, client, at } = setting;
    const tenant = (await inside(setting, at('home'))) as WsDriver;
    const { zxid } = await tenant.request({ op: 'exists', path: '/', watch: true });
    await tenant.request({ op: 'addWatch', path: '/', mode: 'persistentRecursive' });
    await client.create(at('home'));
    await client.create(at('home/a'), { data: 'x' });
    await client.create(at('other'));
    t.strictSame(await tenant.eventTexts(), ['nodeCreated /', 'nodeCreated /a']);
    await tenant.request({ op: 'children', path: '/', watch: true });
    await client.delete(at('home/a'));
    t.strictSame(await tenant.eventTexts(), ['nodeDeleted /a', 'nodeChildrenChanged /']);
    const again = (await inside(setting, at('home'))) as WsDriver;
    await again.request({ op: 'addWatch', path: '/a', mode: 'persistent', since: zxid });
    await again.until(({ event, path }) => event === 'nodeDeleted' && path === '/a');
    await tenant.request({ op: 'removeWatch', path: '/', kind: 'persistentRecursive' });
    await client.create(at('home/b'));
    t.strictSame(await tenant.eventTexts(), []);
  },

  'it is the connection’s and not the session’s': async ({ t, client, member, at }) => {
    const first = await WsDriver.connect(member.wsUrl, { chroot: at('') });
    await first.create('/e', { mode: 'ephemeral' });
    const { token } = first;
    first.disconnect();
    const second = await WsDriver.connect(member.wsUrl, { session: token });
    t.strictSame((await ephemerals(second)).paths, [at('e')]);
    await second.closeSession();
    t.equal(await client.exists(at('e')), undefined);
  },

  'of a connect that is refused no chroot stays': async ({ t, client, member, at }) => {
    const driver = await WsDriver.open(member.wsUrl);
    const auth = [{ scheme: 'digest', user: 'a:b', password: 'x' }] as const;
    t.equal(await codeOf(driver.begin({ chroot: at(''), auth })), 'AuthFailed');
    await driver.begin({});
    const { path } = await driver.create(at('here'));
    t.equal(path, at('here'));
    t.ok(await client.exists(at('here')), 'what is sent then is about the whole tree');
    driver.disconnect();
  },

  'one that is no path is refused, and the connection may try again': async ({ t, member }) => {
    const driver = await WsDriver.open(member.wsUrl);
    for (const chroot of ['x', '', '/a/', '/a//b', '/..']) {
      t.equal(await codeOf(driver.begin({ chroot })), 'BadArguments', chroot);
    }
    await driver.begin({ chroot: '/' });
    t.ok((await driver.children('/')).children.some(({ name }) => name === 'zookeeper'));
    driver.disconnect();
  },
});

await overHttp({
  'event streams, by header and by parameter': async ({ t, client, member, at }) => {
    const whole = { path: '/', recursive: true };
    const byHeader = { 'paddock-chroot': at('') };
    const streams = [
      await EventStream.open(member.port, whole, byHeader),
      await EventStream.open(member.port, { ...whole, chroot: at('') }),
    ];
    await client.create(at('a'));
    for (const stream of streams) {
      await stream.until((events) => events.some(({ event }) => event.path === '/a'));
      t.strictSame(
        stream.events.map(({ event }) => event.path),
        ['/a'],
      );
      stream.close();
    }
    const target = `/v1/events?chroot=${at('')}`;
    const twice = await client.send({ target, headers: { 'paddock-chroot': at('') } });
    t.equal(twice.status, 400);
  },

  'a request that waits sees what happens inside, ACLs too': async (setting) => {
    const { t, client, at } = setting;
    const tenant = (await inside(setting, at(''))) as HttpDriver;
    const wait = { prefer: 'wait=10' };
    const created = tenant.send({ target: '/v1/znodes/a?until=exists', headers: wait });
    await client.create(at('a'));
    t.match((await created).json(), { path: '/a' });
    const { headers } = await tenant.send({ target: '/v1/znodes/a' });
    const changed = tenant.send({
      target: '/v1/znodes/a',
      headers: { ...wait, 'if-none-match': String(headers.etag) },
    });
    await client.setAcl(at('a'), world('r'));
    t.match((await changed).json(), { stat: { aversion: 1 } });
  },

  'who the members are is told to everybody, whatever the chroot': async (setting) => {
    const { t, client, at, member } = setting;
    const tenant = (await inside(setting, at(''))) as HttpDriver;
    const answer = await tenant.send({ target: '/v1/ensemble' });
    t.equal(answer.status, 200);
    const ids = (text: string) =>
      (JSON.parse(text) as { members: { id: number }[] }).members.map(({ id }) => id);
    t.strictSame(ids(answer.text), ids((await client.send({ target: '/v1/ensemble' })).text));
    t.ok(ids(answer.text).includes(member.id));
  },

  'Location, and one that is no path': async (setting) => {
    const { t, at, member } = setting;
    const tenant = (await inside(setting, at(''))) as HttpDriver;
    const answer = await tenant.send({ method: 'POST', target: '/v1/znodes/a', json: {} });
    t.equal(answer.headers.location, '/v1/znodes/a');
    for (const chroot of ['x', '', '/a/', '/a//b', '/..', '/%2', '/%ff']) {
      const headers = { 'paddock-chroot': chroot };
      const refused = await tenant.send({ target: '/v1/znodes', headers });
      t.equal(refused.status, 400, chroot);
      t.equal(refused.json<{ code: string }>().code, 'BadArguments');
    }
    const twice = await new Promise<number>((resolve) => {
      const headers = { 'paddock-chroot': ['/a', '/b'] };
      const sent = request({ port: member.port, host: '127.0.0.1', path: '/v1/znodes', headers });
      sent.on('response', (response) => resolve(response.resume().statusCode ?? 0)).end();
    });
    t.equal(twice, 400);
  },
});
