/** Listings come in pages: sorted by name, each beginning where the last one ended. */
import { codeOf, type Driver, namesOf, type Page, world } from './driver.ts';
import { overBoth, overHttp } from './specification.ts';

async function pagesOf(client: Driver, path: string, limit: number): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | undefined;
  do {
    const page = await client.children(path, after === undefined ? { limit } : { limit, after });
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

async function createAll(client: Driver, parent: string, names: readonly string[]): Promise<void> {
  await client.transaction(
    names.map((name) => ({ op: 'create', path: `${parent}/${name}`, data: `data of ${name}` })),
  );
}

const NAMES = Array.from({ length: 25 }, (_, number) => `n${String(number).padStart(2, '0')}`);

await overBoth({
  'a page has at most so many names, and says where the next one begins': async ({
    t,
    client,
    at,
  }) => {
    await createAll(client, at(''), NAMES);
    const pages = await pagesOf(client, at(''), 10);
    t.strictSame(
      pages.map((page) => page.children.length),
      [10, 10, 5],
    );
    t.strictSame(pages.flatMap(namesOf), NAMES);
    t.strictSame(
      pages.map(({ next }) => next),
      ['n09', 'n19', undefined],
    );
    for (const { path, stat } of pages)
      t.match({ path, stat }, { path: at(''), stat: { numChildren: 25 } });
  },

  'a page that is just full is the last one when there are no more': async ({ t, client, at }) => {
    await createAll(client, at(''), NAMES.slice(0, 10));
    t.equal((await client.children(at(''), { limit: 10 })).next, undefined);
    t.equal((await client.children(at(''), { limit: 9 })).next, 'n08');
  },

  'names are sorted by their UTF-16 units, however they came': async ({ t, client, at }) => {
    const names = ['b', 'a', 'B', '10', '9', 'é', 'z', '日', '\ufeff', ' ', '~', '_', '-', 'aa'];
    await createAll(client, at(''), names);
    t.strictSame(namesOf(await client.children(at(''))), [...names].sort());
    t.strictSame((await pagesOf(client, at(''), 1)).flatMap(namesOf), [...names].sort());
  },

  'the cursor is a name, whether it exists or not': async ({ t, client, at }) => {
    await createAll(client, at(''), ['a', 'c', 'e']);
    const after = async (name: string) =>
      namesOf(await client.children(at(''), { after: name })).join('');
    t.equal(await after('a'), 'ce');
    t.equal(await after('b'), 'ce');
    t.equal(await after(''), 'ace');
    t.equal(await after('e'), '');
    t.equal(await after('\uffff'), '');
    await client.delete(at('c'));
    t.equal(await after('c'), 'e', 'so that a page can follow a name that has gone');
  },

  'znodes that come and go between two pages disturb none of the others': async ({
    t,
    client,
    at,
  }) => {
    await createAll(client, at(''), NAMES);
    const first = await client.children(at(''), { limit: 10 });
    await client.create(at('n05-late'));
    await client.create(at('n15-early'));
    await client.delete(at('n09'));
    await client.delete(at('n20'));
    const rest = await client.children(at(''), { after: first.next ?? '' });
    t.strictSame(
      namesOf(rest),
      [...NAMES.slice(10), 'n15-early'].filter((name) => name !== 'n20').sort(),
    );
  },

  'include shows stat and data of each child': async ({ t, client, at }) => {
    await client.create(at('a'), { data: 'text' });
    await client.create(at('b'), { data: new Uint8Array([0xff]) });
    const shown = async (include: ('stat' | 'data')[]) =>
      (await client.children(at(''), { include })).children;
    t.strictSame(await client.children(at('')).then(({ children }) => children), [
      { name: 'a' },
      { name: 'b' },
    ]);
    const stats = await shown(['stat']);
    t.strictSame(stats[0], { name: 'a', stat: await client.exists(at('a')) });
    t.strictSame(await shown(['data']), [
      { name: 'a', data: 'text', encoding: 'utf8' },
      { name: 'b', data: '/w==', encoding: 'base64' },
    ]);
    t.match(await shown(['stat', 'data']), [
      { name: 'a', data: 'text', stat: { dataLength: 4 } },
      { name: 'b', data: '/w==', stat: { dataLength: 1 } },
    ]);
  },

  'children that may not be read are listed by name alone': async ({ t, client, at }) => {
    await client.create(at('open'), { data: 'open' });
    await client.create(at('secret'), { data: 'secret', acl: world('cdwa') });
    const { children } = await client.children(at(''), { include: ['stat', 'data'] });
    t.match(children[0], { name: 'open', data: 'open' });
    t.strictSame(children[1], { name: 'secret' });
  },

  'a znode without children has an empty page': async ({ t, client, at }) => {
    const page = await client.children(at(''));
    t.strictSame(page.children, []);
    t.equal(page.next, undefined);
    await client.create(at('e'), { mode: 'ephemeral' });
    t.strictSame(namesOf(await client.children(at('e'))), []);
  },

  'a limit is at least 1': async ({ t, client, at }) => {
    for (const limit of [0, -1, 1.5]) {
      t.equal(await codeOf(client.children(at(''), { limit })), 'BadArguments', `${limit}`);
    }
  },

  'more than the member gives at once is cut to a page': async ({ t, client, at }) => {
    for (const part of ['a', 'b', 'c']) {
      const names = Array.from({ length: 400 }, (_, number) => `${part}${1000 + number}`);
      await createAll(client, at(''), names);
    }
    const all = await client.children(at(''));
    t.equal(all.children.length, 1000, 'the default is the most');
    t.ok(all.next);
    t.equal((await client.children(at(''), { limit: 1_000_000 })).children.length, 1000);
    t.equal((await pagesOf(client, at(''), 1000)).flatMap(namesOf).length, 1200);
  },
});

await overHttp({
  'Link leads from page to page': async ({ t, client, at }) => {
    const names = ['a b', 'c&d', 'é', 'x?y', 'z%20'].sort();
    await createAll(client, at(''), names);
    const heard: string[] = [];
    let target: string | undefined = `/v1/children${at('')}?limit=2&include=data`;
    while (target !== undefined) {
      const answer = await client.send({ target });
      t.equal(answer.status, 200, target);
      const page = answer.json<Page>();
      heard.push(...namesOf(page));
      t.ok(page.children.every(({ name, data }) => data === `data of ${name}`));
      const link: string = String(answer.headers['link'] ?? '');
      target = /^<([^>]+)>; rel="next"$/.exec(link)?.[1];
      t.equal(target === undefined, page.next === undefined, 'with next, and only then');
    }
    t.strictSame(heard, names);
  },

  'what no listing has is 400': async ({ t, client, at }) => {
    for (const query of [
      'limit=x',
      'limit=',
      'include=',
      'include=acl',
      'include=stat,stat,data',
      'watch=true',
    ]) {
      const target = `/v1/children${at('')}?${query}`;
      t.equal((await client.send({ target })).status, 400, query);
    }
  },
});
