import t from 'tap';
import { startTestMember } from './member.ts';

t.test('children', async (t) => {
  const { send } = await startTestMember(t, ['--limit', 'childrenPage=5']);
  await send('PUT', '/v1/znodes/p', { body: 'parent' });
  for (const name of ['b', 'a', 'd', 'c', 'e', 'f', 'é']) {
    await send('PUT', `/v1/znodes/p/${encodeURIComponent(name)}`, { body: `data of ${name}` });
  }
  const names = (json: { children: readonly { name: string }[] }) =>
    json.children.map(({ name }) => name).join('');

  t.test('are sorted by name, with the stat of their parent', async (t) => {
    const json = (await send('GET', '/v1/children/p?limit=3')).json();
    t.equal(json.path, '/p');
    t.equal(json.stat.numChildren, 7);
    t.strictSame(json.children, [{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    t.equal(json.next, 'c');
  });

  t.test('come in pages that the Link header and next lead through', async (t) => {
    let target: string | undefined = '/v1/children/p?limit=2&include=stat';
    let seen = '';
    let pages = 0;
    while (target !== undefined) {
      const answer = await send('GET', target);
      seen += names(answer.json());
      pages += 1;
      const link: string | null = answer.headers.get('link');
      t.equal(link === null, answer.json().next === undefined, 'both or neither');
      target = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1];
    }
    t.equal(seen, 'abcdefé');
    t.equal(pages, 4);
  });

  t.test('a page is never larger than the member allows', async (t) => {
    t.equal(names((await send('GET', '/v1/children/p')).json()), 'abcde');
    t.equal(names((await send('GET', '/v1/children/p?limit=1000000')).json()), 'abcde');
  });

  t.test('after is a name, there or not', async (t) => {
    t.equal(names((await send('GET', '/v1/children/p?after=c')).json()), 'defé');
    t.equal(names((await send('GET', '/v1/children/p?after=bb')).json()), 'cdefé');
    t.equal(names((await send('GET', '/v1/children/p?after=zz')).json()), 'é');
    t.equal(names((await send('GET', '/v1/children/p?after=%C3%A9')).json()), '');
  });

  t.test('include shows stat and data', async (t) => {
    const [both] = (await send('GET', '/v1/children/p?limit=1&include=stat,data')).json().children;
    t.match(both, { name: 'a', data: 'data of a', encoding: 'utf8', stat: { dataLength: 9 } });
    const [data] = (await send('GET', '/v1/children/p?limit=1&include=data')).json().children;
    t.strictSame(data, { name: 'a', data: 'data of a', encoding: 'utf8' });
    const [stat] = (await send('GET', '/v1/children/p?limit=1&include=stat')).json().children;
    t.strictSame(Object.keys(stat ?? {}), ['name', 'stat']);
  });

  t.test('of a leaf are none, of nothing 404', async (t) => {
    t.strictSame((await send('GET', '/v1/children/p/a')).json().children, []);
    const missing = await send('GET', '/v1/children/nothing');
    t.equal(missing.status, 404);
    t.match(missing.json(), { code: 'NoNode', path: '/nothing', outcome: 'not-applied' });
  });

  t.test('malformed parameters are 400', async (t) => {
    for (const query of [
      'limit=0',
      'limit=-1',
      'limit=x',
      'limit=',
      'limit=1.5',
      'include=',
      'include=all',
      'include=stat,stat',
      'nosuch=1',
      'after=%ff',
      'limit=1&limit=2',
    ]) {
      t.equal((await send('GET', `/v1/children/p?${query}`)).status, 400, query);
    }
  });
});

t.test('data in a page is bounded by bytes', async (t) => {
  const { send } = await startTestMember(t, ['--limit', 'childrenPageBytes=100']);
  for (const name of ['a', 'b', 'c']) {
    await send('PUT', `/v1/znodes/${name}`, { body: 'x'.repeat(60) });
  }
  const page = (await send('GET', '/v1/children?include=data')).json();
  t.ok(page.children.length < 3 && page.children.length > 0);
  t.equal(page.next, page.children.at(-1)?.name);
});
