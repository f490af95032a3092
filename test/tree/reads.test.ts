/** Reads: what they answer, and to whom. */
import t from 'tap';
import type { ReadRequest } from '../../storage/tree/reads.ts';
import { data, Leader, world } from './support.ts';

function children(path: string, more: Partial<Extract<ReadRequest, { op: 'children' }>> = {}) {
  const plain = { limit: 100, maxBytes: 1e6, includeStat: false, includeData: false };
  return { op: 'children', path, ...plain, ...more } as const;
}

t.test('get and exists', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('x') });
  const znode = leader.state.tree.get('/a');
  t.same(leader.read({ op: 'get', path: '/a' }), { ok: true, op: 'get', znode });
  t.same(leader.read({ op: 'exists', path: '/a' }), { ok: true, op: 'exists', znode });
  t.same(znode?.data, data('x'));
});

t.test('what is missing: an answer to exists, a refusal to all others', async (t) => {
  const leader = new Leader();
  t.same(leader.read({ op: 'exists', path: '/no' }), { ok: true, op: 'exists', znode: undefined });
  for (const request of [
    { op: 'get', path: '/no' },
    { op: 'getAcl', path: '/no' },
    children('/no'),
  ] as const) {
    t.same(leader.read(request), { ok: false, refusal: { code: 'NoNode', path: '/no' } });
  }
});

t.test('a path that can never exist is malformed, to exists as well', async (t) => {
  const leader = new Leader();
  for (const path of ['', 'a', '/a/', '//', '/a/../b', '/\u0000', '/😀']) {
    for (const op of ['get', 'exists', 'getAcl'] as const) {
      t.match(leader.read({ op, path }), { ok: false, refusal: { code: 'BadArguments' } });
    }
    t.match(leader.read(children(path)), { ok: false, refusal: { code: 'BadArguments' } });
  }
});

t.test('READ is needed for all, for getAcl ADMIN will do', async (t) => {
  const leader = new Leader();
  leader.create('/none', { acl: world('cdw') });
  leader.create('/admin', { acl: world('a') });
  const noAuth = { ok: false, refusal: { code: 'NoAuth' } };
  for (const op of ['get', 'exists'] as const) {
    t.match(leader.read({ op, path: '/none' }), noAuth);
    t.match(leader.read({ op, path: '/admin' }), noAuth);
  }
  t.match(leader.read(children('/admin')), noAuth);
  t.match(leader.read({ op: 'getAcl', path: '/none' }), noAuth);
  t.match(leader.read({ op: 'getAcl', path: '/admin' }), {
    ok: true,
    op: 'getAcl',
    path: '/admin',
    acl: world('a'),
    stat: leader.stat('/admin'),
  });
});

t.test('children: names in order, page by page', async (t) => {
  const leader = new Leader();
  leader.create('/p');
  for (const name of ['d', 'a', 'c', 'b', 'e']) leader.create(`/p/${name}`);
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const answer = leader.read(children('/p', { limit: 2, ...(after && { after }) }));
    if (!answer.ok || answer.op !== 'children') throw new Error('a page');
    t.same(answer.page.stat, leader.stat('/p'));
    pages.push(answer.page.children.map(({ name }) => name));
    after = answer.page.next;
  } while (after !== undefined);
  t.same(pages, [['a', 'b'], ['c', 'd'], ['e']]);
});

t.test('children: the last page has no cursor, even when it is full', async (t) => {
  const leader = new Leader();
  leader.create('/p');
  for (const name of ['a', 'b']) leader.create(`/p/${name}`);
  t.match(leader.read(children('/p', { limit: 2 })), { page: { next: undefined } });
  t.match(leader.read(children('/p/a')), { page: { children: [], next: undefined } });
  t.match(leader.read(children('/')), { page: { children: [{ name: 'p' }, {}] } });
});

t.test("children: a page is never larger than the member's limit", async (t) => {
  const leader = new Leader();
  leader.limits.childrenPage = 2;
  leader.create('/p');
  for (const name of ['a', 'b', 'c']) leader.create(`/p/${name}`);
  t.match(leader.read(children('/p')), { page: { children: { length: 2 }, next: 'b' } });
});

t.test('children with stat and data', async (t) => {
  const leader = new Leader();
  leader.create('/p/a', { parents: true, data: data('1') });
  const znode = leader.state.tree.get('/p/a');
  t.same(leader.read(children('/p', { includeStat: true })), {
    ok: true,
    op: 'children',
    page: {
      path: '/p',
      stat: leader.stat('/p'),
      children: [{ name: 'a', znode }],
      next: undefined,
    },
  });
  t.match(leader.read(children('/p')), { page: { children: [{ name: 'a', znode: undefined }] } });
});

t.test('children: data ends a page early, but never before its first child', async (t) => {
  const leader = new Leader();
  leader.create('/p');
  for (const name of ['a', 'b', 'c']) leader.create(`/p/${name}`, { data: data('12345') });
  const page = (maxBytes: number, after?: string) =>
    leader.read(children('/p', { includeData: true, maxBytes, ...(after && { after }) }));
  t.match(page(10), { page: { children: [{ name: 'a' }, { name: 'b' }], next: 'b' } });
  t.match(page(1), { page: { children: { length: 1 }, next: 'a' } });
  t.match(page(1, 'b'), { page: { children: { length: 1 }, next: undefined } });
});

t.test('children: one that may not be read is listed by name alone', async (t) => {
  const leader = new Leader();
  leader.create('/p');
  leader.create('/p/open');
  leader.create('/p/secret', { acl: world('w') });
  const answer = leader.read(children('/p', { includeStat: true, includeData: true }));
  t.match(answer, {
    page: {
      children: [
        { name: 'open', znode: leader.state.tree.get('/p/open') },
        { name: 'secret', znode: undefined },
      ],
    },
  });
});
