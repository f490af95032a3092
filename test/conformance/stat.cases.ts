/** Which operation moves which field of which stat: the tables of ZooKeeper, row by row. */
import { type Driver, refusalOf, type Stat, world } from './driver.ts';
import { eventually, overBoth } from './specification.ts';

async function statOf(client: Driver, path: string): Promise<Stat> {
  return (await client.get(path)).stat;
}

const ZXID = /^[0-9a-f]{16}$/;

await overBoth({
  'create: all zxids are its own, all versions 0, the times the same': async ({
    t,
    client,
    at,
  }) => {
    const before = Date.now();
    const { path, stat } = await client.create(at('x'), { data: 'abc' });
    t.equal(path, at('x'));
    t.match(stat.czxid, ZXID);
    t.equal(stat.czxid, client.zxid, 'of the transaction that the answer tells');
    t.equal(stat.mzxid, stat.czxid);
    t.equal(stat.pzxid, stat.czxid);
    t.equal(stat.mtime, stat.ctime);
    t.ok(stat.ctime >= before - 1000 && stat.ctime <= Date.now() + 1000, 'the wall clock, in ms');
    t.match(stat, {
      version: 0,
      cversion: 0,
      aversion: 0,
      dataLength: 3,
      numChildren: 0,
      mode: 'persistent',
    });
    t.notHas(stat, { ephemeralOwner: String }, 'what does not apply is absent');
    t.notHas(stat, { ttlMs: Number });
    t.strictSame(await statOf(client, at('x')), stat, 'and a read shows the same');
    t.strictSame(await client.exists(at('x')), stat, 'as does exists');
  },

  'create: the parent gets cversion, pzxid and numChildren, and nothing else': async ({
    t,
    client,
    at,
  }) => {
    const before = await statOf(client, at(''));
    const { stat } = await client.create(at('x'));
    t.strictSame(await statOf(client, at('')), {
      ...before,
      cversion: before.cversion + 1,
      numChildren: before.numChildren + 1,
      pzxid: stat.czxid,
    });
  },

  'create: the grandparent gets nothing': async ({ t, client, at }) => {
    await client.create(at('parent'));
    const before = await statOf(client, at(''));
    await client.create(at('parent/child'));
    t.strictSame(await statOf(client, at('')), before);
  },

  'create in every mode: what the stat says of it': async ({ t, client, at }) => {
    const of = async (mode: Parameters<Driver['create']>[1]) =>
      (await client.create(at('m'), mode).then(({ path }) => statOf(client, path))) as Stat;
    t.match(await of({ mode: 'persistent_sequential' }), { mode: 'persistent' });
    t.match(await of({ mode: 'ephemeral_sequential' }), {
      mode: 'ephemeral',
      ephemeralOwner: client.sessionId,
    });
    const ttl = await of({ mode: 'persistent_sequential_ttl', ttlMs: 60_000 });
    t.match(ttl, { mode: 'persistent_ttl', ttlMs: 60_000, expiresAt: ttl.mtime + 60_000 });
    t.notHas(ttl, { ephemeralOwner: String }, 'a TTL znode has no owner');
    const container = await of({ mode: 'container' });
    t.match(container, { mode: 'container' });
    t.notHas(container, { ephemeralOwner: String }, 'nor has a container');
  },

  'set: version, mzxid, mtime and dataLength, and nothing else': async ({ t, client, at }) => {
    const { stat: before } = await client.create(at('x'), { data: 'abc' });
    const parent = await statOf(client, at(''));
    const { stat } = await client.set(at('x'), 'äöü');
    t.strictSame(stat, {
      ...before,
      version: 1,
      mzxid: client.zxid,
      mtime: stat.mtime,
      dataLength: 6,
    });
    t.ok(stat.mzxid > before.mzxid, 'zxids compare as text');
    t.ok(stat.mtime >= before.mtime);
    t.strictSame(await statOf(client, at('x')), stat);
    t.strictSame(await statOf(client, at('')), parent, 'the parent gets nothing');
  },

  'set of the same bytes is a change like any other': async ({ t, client, at }) => {
    const { stat: before } = await client.create(at('x'), { data: 'same' });
    const { stat } = await client.set(at('x'), 'same');
    t.equal(stat.version, 1);
    t.ok(stat.mzxid > before.mzxid);
  },

  'set with create: a znode when it is missing, an ordinary set when not': async ({
    t,
    client,
    at,
  }) => {
    const created = await client.set(at('x'), 'a', { create: true });
    t.match(created.stat, { version: 0, czxid: client.zxid, mzxid: client.zxid });
    t.match(await statOf(client, at('')), { cversion: 1, numChildren: 1, pzxid: client.zxid });
    const set = await client.set(at('x'), 'b', { create: true });
    t.match(set.stat, { version: 1, czxid: created.stat.czxid, mzxid: client.zxid });
  },

  'delete: the parent gets cversion, pzxid and numChildren, and nothing else': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    const before = await statOf(client, at(''));
    await client.delete(at('x'));
    const after = await statOf(client, at(''));
    t.strictSame(after, {
      ...before,
      cversion: before.cversion + 1,
      numChildren: before.numChildren - 1,
      pzxid: client.zxid,
    });
    t.ok(after.pzxid > before.pzxid);
  },

  'a znode created again is a new one': async ({ t, client, at }) => {
    const { stat: first } = await client.create(at('x'));
    await client.set(at('x'), 'more');
    await client.delete(at('x'));
    const { stat: second } = await client.create(at('x'));
    t.equal(second.version, 0);
    t.ok(second.czxid > first.czxid);
  },

  'cversion counts creates and deletes of direct children': async ({ t, client, at }) => {
    await client.create(at('a'));
    await client.create(at('b'));
    await client.delete(at('a'));
    t.match(await statOf(client, at('')), { cversion: 3, numChildren: 1 });
    await client.delete(at('b'));
    t.match(await statOf(client, at('')), { cversion: 4, numChildren: 0 });
    await client.create(at('c'));
    t.match(await statOf(client, at('')), { cversion: 5, numChildren: 1 });
  },

  'a parent of ephemerals keeps count of those that go with their session': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const owner = await connect();
    await owner.create(at('e1'), { mode: 'ephemeral' });
    await owner.create(at('e2'), { mode: 'ephemeral' });
    await client.create(at('p'));
    const before = await statOf(client, at(''));
    await owner.closeSession();
    await client.sync();
    const after = await statOf(client, at(''));
    t.strictSame(after, {
      ...before,
      cversion: before.cversion + 2,
      numChildren: 1,
      pzxid: after.pzxid,
    });
    t.ok(after.pzxid > before.pzxid, 'the zxid of the end of the session');
  },

  'the end of a session is one transaction, wherever its ephemerals were': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const owner = await connect();
    for (const parent of ['p', 'q']) {
      await client.create(at(parent));
      await owner.create(at(`${parent}/e`), { mode: 'ephemeral' });
    }
    await owner.closeSession();
    await client.sync();
    const [p, q] = [await statOf(client, at('p')), await statOf(client, at('q'))];
    t.equal(p.pzxid, q.pzxid, 'one zxid for both parents');
    t.match(p, { cversion: 2, numChildren: 0, version: 0 });
  },

  'a listing and the stat of its parent are of one moment': async ({ t, client, at }) => {
    const look = async () => {
      const { stat, children } = await client.children(at(''));
      const { numChildren, cversion, pzxid } = stat;
      t.equal(numChildren, children.length, `${children.length} children`);
      return { cversion, pzxid };
    };
    for (const [number, name] of ['a', 'b', 'c'].entries()) {
      const { stat } = await client.create(at(name));
      t.strictSame(await look(), { cversion: number + 1, pzxid: stat.czxid });
    }
    for (const [number, name] of ['b', 'a', 'c'].entries()) {
      await client.delete(at(name));
      t.strictSame(await look(), { cversion: number + 4, pzxid: client.zxid });
    }
  },

  'setAcl: aversion, and nothing else': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.create(at('x/child'));
    const before = await statOf(client, at('x'));
    const parent = await statOf(client, at(''));
    const { stat } = await client.setAcl(at('x'), world('rwa'));
    t.strictSame(stat, { ...before, aversion: before.aversion + 1 });
    t.strictSame(await statOf(client, at('x')), stat);
    t.strictSame(await statOf(client, at('')), parent, 'the parent gets nothing');
    await client.setAcl(at('x'), world('rwa'));
    t.equal((await statOf(client, at('x'))).aversion, 2, 'the same ACL counts too');
  },

  'reads, syncs and refused writes move nothing and take no zxid': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.create(at('x/child'));
    const before = await statOf(client, at('x'));
    const zxid = await client.sync();
    await client.get(at('x'));
    await client.exists(at('x'));
    await client.children(at('x'), { include: ['stat', 'data'] });
    await client.getAcl(at('x'));
    await client.read([{ op: 'get', path: at('x') }]);
    await client.transaction([{ op: 'check', path: at('x'), version: 0 }]);
    await client.transaction([{ op: 'set', path: at('x'), data: 'dry' }], { dryRun: true });
    await refusalOf(client.create(at('x')));
    await refusalOf(client.delete(at('x')));
    await refusalOf(client.set(at('x'), 'x', { version: 7 }));
    t.strictSame(await statOf(client, at('x')), before);
    t.equal(await client.sync(), zxid);
  },

  'a transaction: one zxid and one time for all, versions step by step': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    const before = await statOf(client, at(''));
    const results = await client.transaction([
      { op: 'set', path: at('x'), data: '1' },
      { op: 'set', path: at('x'), data: '22' },
      { op: 'create', path: at('y'), data: '333' },
      { op: 'create', path: at('z') },
      { op: 'delete', path: at('z') },
      { op: 'create', path: at('y/child') },
    ]);
    const zxid = client.zxid;
    t.match(results[0]?.stat, { version: 1, mzxid: zxid, dataLength: 1 }, 'after its own step');
    t.match(results[1]?.stat, { version: 2, mzxid: zxid, dataLength: 2 });
    t.match(results[2]?.stat, { czxid: zxid, numChildren: 0 }, 'a later child does not show');
    const x = await statOf(client, at('x'));
    const y = await statOf(client, at('y'));
    t.match(x, { version: 2, mzxid: zxid });
    t.match(y, { czxid: zxid, pzxid: zxid, cversion: 1, numChildren: 1, ctime: x.mtime });
    t.strictSame(await statOf(client, at('')), {
      ...before,
      cversion: before.cversion + 3,
      numChildren: before.numChildren + 1,
      pzxid: zxid,
    });
  },

  'create with parents: each of them as if it had been created alone': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a/b/c'), { parents: true, data: 'leaf' });
    const a = await statOf(client, at('a'));
    const b = await statOf(client, at('a/b'));
    const c = await statOf(client, at('a/b/c'));
    for (const stat of [a, b]) {
      t.match(stat, { cversion: 1, numChildren: 1, version: 0, dataLength: 0, mode: 'persistent' });
    }
    t.equal(a.czxid, c.czxid, 'one zxid');
    t.match(c, { numChildren: 0, dataLength: 4 });
    t.match(await statOf(client, at('')), { cversion: 1, numChildren: 1, pzxid: c.czxid });
  },

  'a recursive delete: one change of the parent': async ({ t, client, at }) => {
    await client.create(at('a/b/c'), { parents: true });
    const before = await statOf(client, at(''));
    await client.delete(at('a'), { recursive: true });
    const after = await statOf(client, at(''));
    t.match(after, { cversion: before.cversion + 1, numChildren: 0, pzxid: client.zxid });
  },

  'the reaper counts as a delete': async ({ t, client, at }) => {
    await client.create(at('ttl'), { mode: 'persistent_ttl', ttlMs: 1 });
    const before = await statOf(client, at(''));
    await eventually('the TTL znode is gone', async () => !(await client.exists(at('ttl'))));
    const after = await statOf(client, at(''));
    t.match(after, { cversion: before.cversion + 1, numChildren: before.numChildren - 1 });
    t.ok(after.pzxid > before.pzxid);
  },

  'an empty znode and one without data are the same': async ({ t, client, at }) => {
    await client.create(at('none'));
    await client.create(at('empty'), { data: '' });
    for (const path of [at('none'), at('empty')]) {
      t.match(await client.get(path), { data: '', encoding: 'utf8', stat: { dataLength: 0 } });
    }
  },

  'bytes that are no text come back as base64, byte by byte': async ({ t, client, at }) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const { stat } = await client.create(at('bytes'), { data: bytes });
    t.equal(stat.dataLength, 256, 'dataLength counts bytes');
    const { data, encoding } = await client.get(at('bytes'));
    t.equal(encoding, 'base64');
    t.strictSame(Uint8Array.from(Buffer.from(data, 'base64')), bytes);
    const text = Buffer.from('grüße \u0000 \ufeff 😀');
    await client.set(at('bytes'), text);
    t.match(await client.get(at('bytes')), { data: text.toString(), encoding: 'utf8' });
    t.equal((await statOf(client, at('bytes'))).dataLength, text.length);
  },
});
