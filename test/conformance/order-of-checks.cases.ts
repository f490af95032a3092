/**
 * Which refusal wins when several apply: the preconditions of each operation in ZooKeeper's order.
 * Without authentication everybody is `world:anyone`, so a permission is lacking when no entry of
 * an ACL grants it.
 */
import { codeOf, type Driver, refusalOf, world } from './driver.ts';
import { overBoth, type Setting } from './specification.ts';

/** A znode under which nothing may be created or deleted, with one child. */
async function fencedParent({ client, at }: Setting<Driver>): Promise<string> {
  await client.create(at('fenced'));
  await client.create(at('fenced/child'));
  await client.create(at('fenced/child/grandchild'));
  await client.setAcl(at('fenced'), world('rwa'));
  return at('fenced');
}

const UNKNOWN_SCHEME = [{ perms: 'r', scheme: 'nobody', id: 'x' }];

await overBoth({
  'create: the arguments come before everything': async ({ t, client, at }) => {
    const code = (path: string, options: Parameters<Driver['create']>[1]) =>
      codeOf(client.create(path, options));
    t.equal(await code(at('none/x'), { mode: 'persistent_ttl' }), 'BadArguments', 'no ttlMs');
    t.equal(await code(at('none/x'), { mode: 'persistent_ttl', ttlMs: 0 }), 'BadArguments');
    t.equal(await code(at('none/x'), { mode: 'persistent_ttl', ttlMs: 2 ** 40 }), 'BadArguments');
    t.equal(await code(at('none/x'), { mode: 'persistent', ttlMs: 5 }), 'BadArguments', 'needless');
    t.equal(await code(at('none/x'), { mode: 'container', ttlMs: 5 }), 'BadArguments');
    t.equal(await code(at('x\u0001'), { acl: UNKNOWN_SCHEME }), 'BadArguments', 'path before ACL');
    await client.create(at('ok'), { mode: 'persistent_ttl', ttlMs: 2 ** 40 - 1 });
  },

  'create: InvalidACL comes before NoNode': async ({ t, client, at }) => {
    for (const acl of [
      [],
      UNKNOWN_SCHEME,
      world('x'),
      [{ perms: 'r', scheme: 'world', id: 'bob' }],
      [{ perms: 'r', scheme: 'super', id: '' }],
    ]) {
      const problem = await refusalOf(client.create(at('none/x'), { acl }));
      t.equal(problem.code, 'InvalidACL', JSON.stringify(acl));
    }
  },

  'an entry of an ACL that gives no permission is InvalidACL': async ({ t, client, at }) => {
    const empty = { perms: '', scheme: 'world', id: 'anyone' };
    for (const acl of [[empty], [...world('cdrwa'), empty]]) {
      t.equal(await codeOf(client.create(at('x'), { acl })), 'InvalidACL');
      t.equal(await codeOf(client.setAcl(at(''), acl)), 'InvalidACL');
    }
    t.equal(await client.exists(at('x')), undefined);
    t.equal((await client.getAcl(at(''))).stat.aversion, 0);
  },

  'create: NoNode of the parent comes before NodeExists, and names the parent': async ({
    t,
    client,
    at,
  }) => {
    const problem = await refusalOf(client.create(at('none/x')));
    t.match(problem, { code: 'NoNode', path: at('none'), outcome: 'not-applied' });
  },

  'create: NoAuth hides NodeExists': async (setting) => {
    const { t, client } = setting;
    const fenced = await fencedParent(setting);
    t.equal(await codeOf(client.create(`${fenced}/child`)), 'NoAuth');
    t.equal(await codeOf(client.create(`${fenced}/other`)), 'NoAuth');
    const sequential = { mode: 'persistent_sequential' } as const;
    t.equal(await codeOf(client.create(`${fenced}/`, sequential)), 'NoAuth');
  },

  'create: NodeExists comes before NoChildrenForEphemerals': async ({ t, client, at }) => {
    await client.create(at('e'), { mode: 'ephemeral' });
    t.equal(await codeOf(client.create(at('e/x'))), 'NoChildrenForEphemerals');
    t.equal(await codeOf(client.create(at('e'))), 'NodeExists');
    t.equal(
      await codeOf(client.create(at('e/x/y'), { parents: true })),
      'NoChildrenForEphemerals',
      'nor are parents created there',
    );
  },

  'create with parents needs CREATE where the first of them is missing': async (setting) => {
    const { t, client } = setting;
    const fenced = await fencedParent(setting);
    const parents = { parents: true };
    t.equal(await codeOf(client.create(`${fenced}/a/b`, parents)), 'NoAuth');
    t.equal((await client.create(`${fenced}/child/a/b`, parents)).path, `${fenced}/child/a/b`);
    t.equal(
      await codeOf(client.create(`${fenced}/child/a/b`, parents)),
      'NodeExists',
      'the znode itself must be new',
    );
  },

  'delete: NoAuth of the parent comes before NoNode, BadVersion and NotEmpty': async (setting) => {
    const { t, client } = setting;
    const fenced = await fencedParent(setting);
    t.equal(await codeOf(client.delete(`${fenced}/none`)), 'NoAuth');
    t.equal(await codeOf(client.delete(`${fenced}/child`, { version: 7 })), 'NoAuth');
    t.equal(await codeOf(client.delete(`${fenced}/child`)), 'NoAuth');
  },

  'delete: a parent that is missing is NoNode': async ({ t, client, at }) => {
    t.equal(await codeOf(client.delete(at('none/x'))), 'NoNode');
  },

  'delete: BadVersion comes before NotEmpty': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.create(at('x/child'));
    t.equal(await codeOf(client.delete(at('x'), { version: 7 })), 'BadVersion');
    t.equal(await codeOf(client.delete(at('x'), { version: 0 })), 'NotEmpty');
    t.equal(await codeOf(client.delete(at('x'), { version: 7, recursive: true })), 'BadVersion');
  },

  "delete: the znode's own ACL does not matter": async ({ t, client, at }) => {
    await client.create(at('x'), { acl: world('r') });
    await client.delete(at('x'));
    t.equal(await client.exists(at('x')), undefined);
  },

  'a recursive delete needs DELETE wherever it deletes, and otherwise deletes nothing': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a/b/c'), { parents: true });
    await client.setAcl(at('a/b'), world('cra'));
    t.equal(await codeOf(client.delete(at('a'), { recursive: true })), 'NoAuth');
    t.ok(await client.exists(at('a/b/c')));
  },

  'set: NoNode, then NoAuth, then BadVersion': async ({ t, client, at }) => {
    t.equal(await codeOf(client.set(at('none'), 'x', { version: 7 })), 'NoNode');
    await client.create(at('x'), { acl: world('ra') });
    t.equal(await codeOf(client.set(at('x'), 'x', { version: 7 })), 'NoAuth');
    await client.setAcl(at('x'), world('rwa'));
    const problem = await refusalOf(client.set(at('x'), 'x', { version: 7 }));
    t.match(problem, { code: 'BadVersion', path: at('x'), stat: { version: 0 } });
  },

  'set with create needs CREATE on the parent only when it creates': async (setting) => {
    const { t, client } = setting;
    const fenced = await fencedParent(setting);
    const create = { create: true };
    t.equal(await codeOf(client.set(`${fenced}/new`, 'x', create)), 'NoAuth');
    t.equal((await client.set(`${fenced}/child`, 'x', create)).stat.version, 1);
  },

  'setAcl: InvalidACL, then NoNode, then NoAuth, then BadVersion of the aversion': async ({
    t,
    client,
    at,
  }) => {
    t.equal(await codeOf(client.setAcl(at('none'), UNKNOWN_SCHEME)), 'InvalidACL');
    t.equal(await codeOf(client.setAcl(at('none'), world('r'), 7)), 'NoNode');
    await client.create(at('x'), { acl: world('cdrw') });
    t.equal(await codeOf(client.setAcl(at('x'), world('r'), 7)), 'NoAuth');
    await client.create(at('y'));
    await client.set(at('y'), 'version 1, aversion 0');
    t.equal(await codeOf(client.setAcl(at('y'), world('ra'), 1)), 'BadVersion');
    t.equal((await client.setAcl(at('y'), world('ra'), 0)).stat.aversion, 1);
  },

  'check: NoNode, then NoAuth, then BadVersion': async ({ t, client, at }) => {
    const check = (path: string, version: number) =>
      codeOf(client.transaction([{ op: 'check', path, version }]));
    t.equal(await check(at('none'), 7), 'NoNode');
    await client.create(at('secret'), { acl: world('cdwa') });
    t.equal(await check(at('secret'), 7), 'NoAuth');
    await client.create(at('x'));
    t.equal(await check(at('x'), 7), 'BadVersion');
    await client.transaction([{ op: 'check', path: at('x'), version: 0 }]);
    await client.transaction([{ op: 'check', path: at('x'), version: -1 }]);
    await client.transaction([{ op: 'check', path: at('x') }]);
  },

  'checkAbsent: NoAuth hides NodeExists': async ({ t, client, at }) => {
    const absent = (path: string) => client.transaction([{ op: 'checkAbsent', path }]);
    await client.create(at('secret'), { acl: world('cdwa') });
    t.equal(await codeOf(absent(at('secret'))), 'NoAuth');
    const problem = await refusalOf(absent(at('')));
    t.match(problem, { code: 'NodeExists', stat: { numChildren: 1 } });
    t.equal(await codeOf(absent(at('a//b'))), 'BadArguments');
    await absent(at('none'));
    await absent(at('none/below'));
  },

  'reads need READ, and NoNode comes before it': async ({ t, client, at }) => {
    await client.create(at('secret'), { acl: world('cdwa'), data: 'secret' });
    t.equal(await codeOf(client.get(at('secret'))), 'NoAuth');
    t.equal(await codeOf(client.exists(at('secret'))), 'NoAuth');
    t.equal(await codeOf(client.children(at('secret'))), 'NoAuth');
    t.equal(await codeOf(client.get(at('none'))), 'NoNode');
    t.equal(await codeOf(client.children(at('none'))), 'NoNode');
    t.equal(await codeOf(client.getAcl(at('none'))), 'NoNode');
    t.equal(await client.exists(at('none')), undefined);
    await client.create(at('secret/child'));
    t.ok(await client.exists(at('secret/child')), 'READ of the parent is not needed for a child');
    const [result] = await client.read([{ op: 'get', path: at('secret') }]);
    t.match(result, { error: { code: 'NoAuth' } });
  },

  'getAcl needs READ or ADMIN': async ({ t, client, at }) => {
    await client.create(at('admin'), { acl: world('a') });
    t.strictSame((await client.getAcl(at('admin'))).acl, world('a'));
    await client.create(at('reader'), { acl: world('r') });
    t.strictSame((await client.getAcl(at('reader'))).acl, world('r'));
    await client.create(at('neither'), { acl: world('cdw') });
    t.equal(await codeOf(client.getAcl(at('neither'))), 'NoAuth');
  },

  'a refused write shows no stat to those who may not read it': async ({ t, client, at }) => {
    await client.create(at('secret'), { acl: world('w') });
    const problem = await refusalOf(client.set(at('secret'), 'x', { version: 7 }));
    t.equal(problem.code, 'BadVersion');
    t.notOk(problem.stat, 'the stat is for readers');
  },

  'an ACL is stored in canonical form, duplicates once': async ({ t, client, at }) => {
    const acl = [...world('ar'), ...world('ra'), ...world('w')];
    await client.create(at('x'), { acl });
    t.strictSame((await client.getAcl(at('x'))).acl, [...world('ra'), ...world('w')]);
    t.equal((await client.set(at('x'), 'x')).stat.version, 1, 'any matching entry grants');
  },

  'the ACL of a znode is not inherited': async ({ t, client, at }) => {
    await client.create(at('p'), { acl: world('cdr') });
    await client.create(at('p/child'));
    t.strictSame((await client.getAcl(at('p/child'))).acl, world('cdrwa'));
  },
});
