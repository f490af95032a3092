/**
 * Which znode paths there are: ZooKeeper's rules, judged by UTF-16 units, over either transport.
 */
import { descendants, getQuota, removeQuota, setQuota, watchers } from './beside.ts';
import { codeOf, type Driver, namesOf, refusalOf } from './driver.ts';
import { overBoth, overHttp, type Setting } from './specification.ts';

/** Sent as they are, relative to nothing. */
const NO_PATHS: Readonly<Record<string, string>> = {
  empty: '',
  'without its leading slash': 'app',
  'with a trailing slash': '/app/',
  'with an empty name': '/app//x',
  'with an empty first name': '//app',
  'of slashes alone': '//',
  'with the name .': '/app/./x',
  'with the name ..': '/app/../x',
  'that ends with .': '/app/.',
  'that ends with ..': '/app/..',
  'that is /.': '/.',
  'that is /..': '/..',
};

/** Units that no name may hold, at both ends of each forbidden range. */
const FORBIDDEN_UNITS = [
  0x00, 0x01, 0x09, 0x0a, 0x0d, 0x1f, 0x7f, 0x80, 0x9f, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000,
  0xf8ff, 0xfff0, 0xfffd, 0xffff,
];

/** Their neighbours, which are allowed. */
const ALLOWED_UNITS = [0x20, 0x7e, 0xa0, 0xd7ff, 0xf900, 0xfeff, 0xffef];

const ODD_NAMES = [
  '...',
  '.a',
  'a.',
  '..a',
  'a..b',
  ' ',
  ' lead and trail ',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'null',
  'undefined',
  '0',
  '-1',
  '%2F',
  '%00',
  '%',
  '?',
  '#',
  '&a=b',
  '+',
  '"',
  "'",
  '\\',
  '<b>',
  '{path}',
  '*',
  '~',
  ':8080',
  'http:',
  'zookeeper',
  'Ünïcödé',
  '日本語',
  'e\u0301',
  '\u00e9',
  '\ufeffbom',
  '\u2028',
  '\u202eabc',
];

/** Every operation that takes a path, sent for `path`. */
function everyOperation(client: Driver, path: string): Record<string, () => Promise<unknown>> {
  return {
    create: () => client.create(path),
    get: () => client.get(path),
    exists: () => client.exists(path),
    set: () => client.set(path, 'x'),
    'set or create': () => client.set(path, 'x', { create: true }),
    delete: () => client.delete(path),
    children: () => client.children(path),
    getAcl: () => client.getAcl(path),
    setAcl: () => client.setAcl(path, [{ perms: 'r', scheme: 'world', id: 'anyone' }]),
    'create in a transaction': () => client.transaction([{ op: 'create', path }]),
    'check in a transaction': () => client.transaction([{ op: 'check', path }]),
    'checkAbsent in a transaction': () => client.transaction([{ op: 'checkAbsent', path }]),
    'set in a transaction': () => client.transaction([{ op: 'set', path, data: 'x' }]),
    'delete in a transaction': () => client.transaction([{ op: 'delete', path }]),
    'recursive delete': () => client.delete(path, { recursive: true }),
    descendants: () => descendants(client, path),
    watchers: () => watchers(client, path),
    getQuota: () => getQuota(client, path),
    setQuota: () => setQuota(client, path),
    removeQuota: () => removeQuota(client, path),
  };
}

async function refusedByEveryOperation(
  { t, client }: Setting<Driver>,
  what: string,
  path: string,
): Promise<void> {
  for (const [name, send] of Object.entries(everyOperation(client, path))) {
    t.equal(await codeOf(send()), 'BadArguments', `${name} refuses a path ${what}`);
  }
  const ops = ['get', 'exists', 'children', 'getAcl'].map((op) => ({ op, path }));
  const refused = { error: { code: 'BadArguments' } };
  t.match(await client.read(ops), [refused, refused, refused, refused], `a batch, a path ${what}`);
}

await overBoth({
  ...Object.fromEntries(
    Object.entries(NO_PATHS).map(([what, path]) => [
      `a path ${what} is BadArguments for every operation`,
      (setting: Setting<Driver>) => refusedByEveryOperation(setting, what, path),
    ]),
  ),

  'control characters, surrogates, private use and specials are in no name': async ({
    t,
    client,
    at,
  }) => {
    for (const unit of FORBIDDEN_UNITS) {
      const path = at(`a${String.fromCharCode(unit)}b`);
      const name = `U+${unit.toString(16).padStart(4, '0')}`;
      t.equal(await codeOf(client.create(path)), 'BadArguments', `create refuses ${name}`);
      t.equal(await codeOf(client.exists(path)), 'BadArguments', `exists refuses ${name}`);
    }
    t.equal(await codeOf(client.create(at('😀'))), 'BadArguments', 'nothing beyond the BMP');
    t.strictSame(namesOf(await client.children(at(''))), [], 'and nothing was created');
  },

  'their neighbours are ordinary characters': async ({ t, client, at }) => {
    for (const unit of ALLOWED_UNITS) {
      const path = at(`a${String.fromCharCode(unit)}b`);
      t.equal((await client.create(path)).path, path, `U+${unit.toString(16).padStart(4, '0')}`);
    }
  },

  'odd but legal names are just names': async ({ t, client, at }) => {
    for (const name of ODD_NAMES) {
      const path = at(name);
      t.equal((await client.create(path, { data: name })).path, path, `create ${name}`);
      t.equal((await client.get(path)).data, name, `get ${name}`);
      t.equal((await client.create(`${path}/child`)).path, `${path}/child`, `a child of ${name}`);
      t.strictSame(namesOf(await client.children(path)), ['child'], `children of ${name}`);
    }
    const listed = namesOf(await client.children(at('')));
    t.strictSame([...listed].sort(), [...ODD_NAMES].sort(), 'all of them are listed as they are');
    for (const name of ODD_NAMES) await client.delete(at(name), { recursive: true });
    t.strictSame(namesOf(await client.children(at(''))), [], 'and can be deleted');
  },

  'names are compared unit by unit: no normalisation, no case folding': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('é'), { data: 'composed' });
    await client.create(at('e\u0301'), { data: 'decomposed' });
    await client.create(at('A'), { data: 'upper' });
    await client.create(at('a'), { data: 'lower' });
    t.equal((await client.get(at('é'))).data, 'composed');
    t.equal((await client.get(at('e\u0301'))).data, 'decomposed');
    t.equal((await client.get(at('A'))).data, 'upper');
  },

  'a sequential create takes prefixes that are no paths': async ({ t, client, at }) => {
    const create = async (prefix: string) =>
      (await client.create(prefix, { mode: 'persistent_sequential' })).path;
    t.equal(await create(`${at('')}/`), at('0000000000'), 'an empty prefix');
    t.equal(await create(at('.')), at('.0000000001'), 'one dot');
    t.equal(await create(at('..')), at('..0000000002'), 'two dots');
    t.equal(await create(at('a-')), at('a-0000000003'), 'a word');
    for (const prefix of [`${at('')}//`, at('./'), at('../'), at('x\u0001')]) {
      t.equal(await codeOf(create(prefix)), 'BadArguments', `but not ${JSON.stringify(prefix)}`);
    }
  },

  'a sequential create in the root': async ({ t, client }) => {
    const { path } = await client.create('/', { mode: 'persistent_sequential' });
    t.match(path, /^\/\d{10}$/);
    await client.delete(path);
  },

  'the znodes of the tree itself are there and cannot be deleted': async ({ t, client }) => {
    for (const path of ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']) {
      t.ok(await client.exists(path), `${path} exists`);
      t.equal(await codeOf(client.delete(path)), 'BadArguments', `${path} is not deleted`);
      t.equal(
        await codeOf(client.delete(path, { recursive: true })),
        'BadArguments',
        `${path} is not deleted with everything under it`,
      );
    }
    t.equal(await codeOf(client.create('/')), 'NodeExists', 'nor is / created');
    t.strictSame(
      (await client.getAcl('/zookeeper/config')).acl,
      [{ perms: 'r', scheme: 'world', id: 'anyone' }],
      'the configuration is for reading',
    );
    t.equal(await codeOf(client.set('/zookeeper/config', 'x')), 'NoAuth');
  },

  'the data of / can be set, and znodes can be created under /zookeeper': async ({ t, client }) => {
    const before = await client.get('/');
    const { stat } = await client.set('/', 'root data');
    t.equal(stat.version, before.stat.version + 1);
    t.equal((await client.get('/')).data, 'root data');
    await client.create('/zookeeper/mine');
    await client.delete('/zookeeper/mine');
  },

  'a problem names the path that was asked for': async ({ t, client, at }) => {
    t.equal((await refusalOf(client.get(at('none')))).path, at('none'));
    t.equal((await refusalOf(client.create(at('none/child')))).path, at('none'), 'the parent');
  },
});

await overHttp({
  'slashes may be sent as %2F, as parameter, and with a leading %2F': async ({ t, client, at }) => {
    await client.create(at('a'));
    await client.create(at('a/b'), { data: 'here' });
    const relative = at('a/b').slice(1);
    for (const target of [
      `/v1/znodes/${relative}`,
      `/v1/znodes/${relative.replaceAll('/', '%2F')}`,
      `/v1/znodes/${relative.replaceAll('/', '%2f')}`,
      `/v1/znodes/%2F${relative.replaceAll('/', '%2F')}`,
      `/v1/znodes?path=/${relative}`,
      `/v1/znodes/?path=%2F${relative.replaceAll('/', '%2F')}`,
    ]) {
      const answer = await client.send({ target });
      t.equal(answer.status, 200, target);
      t.match(answer.json(), { path: at('a/b'), data: 'here' }, target);
    }
  },

  'the bare resource is the root': async ({ t, client }) => {
    for (const target of ['/v1/znodes', '/v1/znodes/']) {
      t.match((await client.send({ target })).json(), { path: '/' }, target);
    }
  },

  'what is no path is 400 and redirects nowhere': async ({ t, client, at }) => {
    await client.create(at('x'));
    const base = `/v1/znodes${at('')}`;
    for (const target of [
      '/v1/znodes//',
      `/v1/znodes//${at('x')}`,
      `${base}//x`,
      `${base}/x/`,
      `${base}/%2F`,
      `${base}/x%2F`,
      `${base}/./x`,
      `${base}/../x`,
      `${base}/%2e/x`,
      `${base}/%2e%2e/x`,
      `${base}/%2E%2E%2Fx`,
      `${base}/a%00b`,
      `${base}/a%01b`,
      `${base}/a%C0%AFb`,
      `${base}/%ED%A0%80`,
      `${base}/%`,
      `${base}/%2`,
      `${base}/%zz`,
      `${base}/%u0041`,
      `/v1/znodes/x?path=${at('x')}`,
      '/v1/znodes?path=',
      '/v1/znodes?path=x',
      `/v1/znodes?path=${at('x')}&path=${at('x')}`,
      `${base}/x?unknown=1`,
    ]) {
      const answer = await client.send({ target });
      t.equal(answer.status, 400, target);
      t.match(answer.json(), { code: 'BadArguments', outcome: 'not-applied', status: 400 }, target);
    }
  },

  'escapes are decoded once': async ({ t, client, at }) => {
    await client.create(at('%2F'), { data: 'a name with a percent sign' });
    const answer = await client.send({ target: `/v1/znodes${at('')}/%252F` });
    t.match(answer.json(), { path: at('%2F'), data: 'a name with a percent sign' });
  },

  'a trailing slash means something for a sequential create alone': async ({ t, client, at }) => {
    const target = `/v1/znodes${at('')}/`;
    const sequential = `${target}?mode=persistent_sequential`;
    const created = await client.send({ method: 'POST', target: sequential });
    t.equal(created.status, 201);
    t.match(created.json(), { path: at('0000000000') });
    t.equal(created.headers.location, `/v1/znodes${at('0000000000')}`);
    for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
      t.equal((await client.send({ method, target })).status, 400, method);
    }
  },

  'long names and deep paths reach their znode': async ({ t, client, at }) => {
    const long = at('n'.repeat(255));
    await client.create(long, { data: 'long' });
    t.equal((await client.get(long)).data, 'long');
    const deep = at(Array.from({ length: 60 }, (_, depth) => `${depth}`).join('/'));
    await client.create(deep, { data: 'deep', parents: true });
    t.equal((await client.get(deep)).data, 'deep');
  },
});
