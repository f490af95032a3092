/** Several reads of one state: each with its result, or its error in its place. */
import { codeOf, world } from './driver.ts';
import { overBoth } from './specification.ts';

await overBoth({
  'every read has the result that it would have alone': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'x' });
    await client.create(at('x/a'), { data: 'a' });
    await client.create(at('x/b'));
    const results = await client.read([
      { op: 'get', path: at('x') },
      { op: 'exists', path: at('x') },
      { op: 'exists', path: at('none') },
      { op: 'children', path: at('x') },
      { op: 'children', path: at('x'), limit: 1, include: ['data'] },
      { op: 'children', path: at('x'), after: 'a', include: ['stat'] },
      { op: 'getAcl', path: at('x') },
    ]);
    const stat = await client.exists(at('x'));
    t.strictSame(results, [
      { path: at('x'), data: 'x', encoding: 'utf8', stat },
      { exists: true, stat },
      { exists: false },
      { path: at('x'), stat, children: [{ name: 'a' }, { name: 'b' }] },
      {
        path: at('x'),
        stat,
        children: [{ name: 'a', data: 'a', encoding: 'utf8' }],
        next: 'a',
      },
      { path: at('x'), stat, children: [{ name: 'b', stat: await client.exists(at('x/b')) }] },
      { path: at('x'), acl: world('cdrwa'), stat },
    ]);
  },

  'one that is refused does not disturb the others': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'x' });
    await client.create(at('secret'), { acl: world('cdwa') });
    const results = await client.read([
      { op: 'get', path: at('none') },
      { op: 'get', path: at('x') },
      { op: 'get', path: at('secret') },
      { op: 'children', path: at('none') },
      { op: 'getAcl', path: 'no slash' },
      { op: 'exists', path: at('x') },
    ]);
    t.match(results, [
      { error: { code: 'NoNode', path: at('none'), outcome: 'not-applied' } },
      { data: 'x' },
      { error: { code: 'NoAuth', path: at('secret') } },
      { error: { code: 'NoNode' } },
      { error: { code: 'BadArguments' } },
      { exists: true },
    ]);
  },

  'children that may be listed beside those that may not': async ({ t, client, at }) => {
    await client.create(at('open/a'), { parents: true });
    await client.create(at('secret'), { acl: world('cdwa') });
    await client.create(at('secret/b'));
    const paths = [at('secret'), at('open'), at('secret/b'), at('secret')];
    const results = await client.read(paths.map((path) => ({ op: 'children', path })));
    t.match(results, [
      { error: { code: 'NoAuth', path: at('secret') } },
      { children: [{ name: 'a' }] },
      { children: [] },
      { error: { code: 'NoAuth', path: at('secret') } },
    ]);
    t.notHas(results[0], { children: Array });
  },

  'none at all is fine': async ({ t, client }) => {
    t.strictSame(await client.read([]), []);
  },

  'the same path may be read twice': async ({ t, client, at }) => {
    const twice = await client.read([
      { op: 'get', path: at('') },
      { op: 'get', path: at('') },
    ]);
    t.strictSame(twice[0], twice[1]);
  },

  'only reads are taken': async ({ t, client, at }) => {
    for (const op of ['create', 'set', 'delete', 'check', 'sync', 'read', 'Get', '']) {
      t.equal(await codeOf(client.read([{ op, path: at('') }])), 'BadArguments', op);
    }
    for (const extra of [{ watch: true }, { version: 1 }, { limit: 0 }, { include: ['acl'] }]) {
      const attempt = client.read([{ op: 'children', path: at(''), ...extra }]);
      t.equal(await codeOf(attempt), 'BadArguments', JSON.stringify(extra));
    }
  },
});
