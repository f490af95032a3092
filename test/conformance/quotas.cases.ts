/** Quotas: how many znodes and bytes a subtree may have, exactly, whoever writes and however. */
import { startMember } from '../harness/member.ts';
import { getQuota, type QuotaProblem, removeQuota, setQuota } from './beside.ts';
import { codeOf, type Driver, refusalOf, world } from './driver.ts';
import { HttpDriver } from './http-driver.ts';
import { eventually, overBoth, overHttp, overWebSocket, withOwnMembers } from './specification.ts';

async function usage(client: Driver, path: string): Promise<string> {
  const { count, bytes } = await getQuota(client, path);
  return `${count} znodes, ${bytes} bytes`;
}

await overBoth({
  'counts every znode of the subtree, the top included, and the bytes of their data': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a'), { data: '12345' });
    await client.create(at('a/b'), { data: 'äöü' });
    await setQuota(client, at('a'));
    t.equal(await usage(client, at('a')), '2 znodes, 11 bytes', 'what was there before');
    await client.create(at('a/c'), { mode: 'ephemeral', data: 'x' });
    await client.create(at('a/n-'), { mode: 'persistent_sequential', data: 'xx' });
    await client.create(at('a/d/e/f'), { parents: true });
    t.equal(await usage(client, at('a')), '7 znodes, 14 bytes');
    await client.set(at('a'), '');
    await client.set(at('a/b'), Buffer.from([0xff, 0xfe, 0xfd]));
    t.equal(await usage(client, at('a')), '7 znodes, 6 bytes', 'bytes that are no text count too');
    await client.delete(at('a/d'), { recursive: true });
    await client.delete(at('a/c'));
    t.equal(await usage(client, at('a')), '3 znodes, 5 bytes');
    await client.create(at('ab'), { data: 'a sibling whose name begins alike' });
    t.equal(await usage(client, at('a')), '3 znodes, 5 bytes');
  },

  'a hard limit is reached and not passed; deleting gives room back': async ({ t, client, at }) => {
    await setQuota(client, at(''), { countLimit: 3, bytesLimit: 10 });
    await client.create(at('a'));
    await client.create(at('b'));
    const refusal: QuotaProblem = await refusalOf(client.create(at('c')));
    t.match(refusal, {
      code: 'QuotaExceeded',
      outcome: 'not-applied',
      path: at('c'),
      quota: at(''),
      limit: { name: 'countLimit', value: 3 },
    });
    await client.delete(at('a'));
    await client.create(at('c'), { data: '12345' });
    await client.set(at('b'), '12345');
    t.match(await refusalOf(client.set(at('b'), '123456')), {
      code: 'QuotaExceeded',
      limit: { name: 'bytesLimit', value: 10 },
    });
    await client.set(at('c'), '123');
    await client.set(at('b'), '1234567');
    t.equal(await usage(client, at('')), '3 znodes, 10 bytes');
  },

  'each way to create is held to it: with parents, ephemeral, sequential, by a set': async ({
    t,
    client,
    at,
  }) => {
    await setQuota(client, at(''), { countLimit: 2 });
    t.equal(await codeOf(client.create(at('a/b'), { parents: true })), 'QuotaExceeded');
    t.equal(await client.exists(at('a')), undefined, 'no parent stays of a create refused');
    await client.create(at('e-'), { mode: 'ephemeral_sequential' });
    t.equal(await codeOf(client.create(at('e'), { mode: 'ephemeral' })), 'QuotaExceeded');
    const sequential = { mode: 'persistent_sequential' } as const;
    t.equal(await codeOf(client.create(at('n-'), sequential)), 'QuotaExceeded');
    t.equal(await codeOf(client.set(at('s'), 'x', { create: true })), 'QuotaExceeded');
    t.equal(await usage(client, at('')), '2 znodes, 0 bytes');
  },

  'ephemerals give their room back when their session ends': async ({ t, client, connect, at }) => {
    const other = await connect();
    await setQuota(client, at(''), { countLimit: 3 });
    await other.create(at('a'), { mode: 'ephemeral', data: 'x' });
    await other.create(at('b'), { mode: 'ephemeral', data: 'x' });
    t.equal(await codeOf(client.create(at('c'))), 'QuotaExceeded');
    await other.closeSession();
    await client.sync();
    t.equal(await usage(client, at('')), '1 znodes, 0 bytes');
    await client.create(at('c'));
  },

  'the quota of every ancestor counts': async ({ t, client, at }) => {
    await client.create(at('a/b'), { parents: true });
    await setQuota(client, at(''), { countLimit: 5 });
    await setQuota(client, at('a'), { countLimit: 10 });
    await setQuota(client, at('a/b'), { countLimit: 2 });
    await client.create(at('a/b/1'));
    const inner: QuotaProblem = await refusalOf(client.create(at('a/b/2')));
    t.equal(inner.quota, at('a/b'));
    await client.create(at('a/c'));
    const outer: QuotaProblem = await refusalOf(client.create(at('a/d')));
    t.equal(outer.quota, at(''), 'an outer one that is tighter');
    t.equal(await usage(client, at('a')), '4 znodes, 0 bytes');
  },

  'exact within a transaction: what it deletes is room for what it creates': async ({
    t,
    client,
    at,
  }) => {
    await setQuota(client, at(''), { countLimit: 3, bytesLimit: 10 });
    await client.create(at('a'), { data: '1234567890' });
    await client.transaction([
      { op: 'delete', path: at('a') },
      { op: 'create', path: at('b'), data: '12345' },
      { op: 'create', path: at('c'), data: '12345' },
    ]);
    const overshoot = client.transaction([
      { op: 'delete', path: at('b') },
      { op: 'create', path: at('d') },
      { op: 'create', path: at('e') },
    ]);
    t.match(await refusalOf(overshoot), { code: 'QuotaExceeded', index: 2, path: at('e') });
    t.equal(await usage(client, at('')), '3 znodes, 10 bytes', 'nothing of it was applied');
    const shifted = client.transaction([
      { op: 'set', path: at('b'), data: '123456' },
      { op: 'set', path: at('c'), data: '1' },
    ]);
    t.match(await refusalOf(shifted), { code: 'QuotaExceeded', index: 0 }, 'one after the other');
  },

  'with more in it than the limits, it takes nothing more and gives back freely': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a'), { data: '12345' });
    await client.create(at('b'), { data: '12345' });
    await setQuota(client, at(''), { countLimit: 1, bytesLimit: 4 });
    t.equal(await codeOf(client.create(at('c'))), 'QuotaExceeded');
    t.equal(await codeOf(client.set(at('a'), '123456')), 'QuotaExceeded');
    await client.set(at('a'), '54321');
    await client.set(at('a'), '5432');
    await client.delete(at('b'));
    await setQuota(client, at(''), { countLimit: 3 });
    await client.create(at('b'), { data: 'as many bytes as it likes' });
  },

  'a soft limit refuses nothing': async ({ t, client, at }) => {
    await setQuota(client, at(''), { countSoftLimit: 1, bytesSoftLimit: 1 });
    await client.create(at('a'), { data: '12345' });
    t.match(await getQuota(client, at('')), { count: 2, bytes: 5, countSoftLimit: 1 });
  },

  'a set that a quota refuses hears that before it hears of the version': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('a'));
    await setQuota(client, at(''), { bytesLimit: 0 });
    t.equal(await codeOf(client.set(at('a'), 'x', { version: 7 })), 'QuotaExceeded');
    t.equal(await codeOf(client.set(at('a'), '', { version: 7 })), 'BadVersion');
    t.equal(await codeOf(client.create(at('a'))), 'NodeExists', 'which comes before the quota');
    t.equal(await codeOf(client.create(at('x/y'))), 'NoNode');
    await setQuota(client, at(''));
    await client.create(at('closed'), { acl: world('ra') });
    await client.create(at('ephemeral'), { mode: 'ephemeral' });
    await setQuota(client, at(''), { countLimit: 0, bytesLimit: 0 });
    t.equal(await codeOf(client.set(at('closed'), 'x')), 'NoAuth', 'as does WRITE');
    t.equal(await codeOf(client.create(at('closed/x'))), 'NoAuth', 'and CREATE');
    t.equal(await codeOf(client.create(at('ephemeral/x'))), 'NoChildrenForEphemerals');
  },

  'may be set where there is nothing yet': async ({ t, client, at }) => {
    await setQuota(client, at('to/come'), { countLimit: 1 });
    t.equal(await usage(client, at('to/come')), '0 znodes, 0 bytes');
    await client.create(at('to/come'), { parents: true });
    t.equal(await codeOf(client.create(at('to/come/late'))), 'QuotaExceeded');
  },

  'removed, it limits and counts no more, and leaves nothing behind': async ({ t, client, at }) => {
    await setQuota(client, at('a/b'), { countLimit: 0 });
    await setQuota(client, at('a'), { countLimit: 1 });
    t.equal(await codeOf(client.create(at('a/b'), { parents: true })), 'QuotaExceeded');
    await removeQuota(client, at('a/b'));
    t.equal(await codeOf(getQuota(client, at('a/b'))), 'NoNode');
    t.equal(await codeOf(removeQuota(client, at('a/b'))), 'NoNode');
    t.equal(await client.exists(`/zookeeper/quota${at('a/b')}`), undefined);
    t.ok(await client.exists(`/zookeeper/quota${at('a')}`), 'of the other one everything is there');
    await removeQuota(client, at('a'));
    t.equal(await client.exists(`/zookeeper/quota${at('')}`), undefined);
    await client.create(at('a/b'), { parents: true });
  },

  'is two znodes where ZooKeeper has them, and they are it': async ({ t, client, at }) => {
    const top = `/zookeeper/quota${at('')}`;
    await setQuota(client, at(''), { countLimit: 5, bytesSoftLimit: 100 });
    const { data } = await client.get(`${top}/zookeeper_limits`);
    t.equal(data, 'count=-1,bytes=100=;countHardLimit=5');
    await client.create(at('a'), { data: '123' });
    const stats = await client.get(`${top}/zookeeper_stats`);
    t.equal(stats.data, 'count=2,bytes=3', 'follows what is used');
    t.equal(stats.stat.version, 0, 'and nothing else of it does');
    t.equal(stats.stat.dataLength, stats.data.length);
    await client.set(`${top}/zookeeper_limits`, 'count=7,bytes=-1');
    t.strictSame(await getQuota(client, at('')), {
      path: at(''),
      count: 2,
      bytes: 3,
      countSoftLimit: 7,
    });
    await client.delete(`${top}/zookeeper_limits`);
    t.equal(await codeOf(getQuota(client, at(''))), 'NoNode');
    await client.create(`${top}/zookeeper_limits`, { data: 'count=2,bytes=-1=;countHardLimit=2' });
    t.equal(await codeOf(client.create(at('b'))), 'QuotaExceeded');
  },

  'limits that say nothing are refused, and so are places that have none': async ({
    t,
    client,
    at,
  }) => {
    const top = `/zookeeper/quota${at('')}`;
    await setQuota(client, at(''), { countLimit: 5 });
    for (const data of ['', 'five', 'count=five', 'count=1,count=2', 'count=-2,bytes=-1']) {
      t.equal(await codeOf(client.set(`${top}/zookeeper_limits`, data)), 'BadArguments', data);
    }
    for (const path of ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config/x']) {
      t.equal(await codeOf(setQuota(client, path, { countLimit: 5 })), 'BadArguments', path);
      t.equal(await codeOf(getQuota(client, path)), 'NoNode', path);
    }
    t.equal(await codeOf(setQuota(client, at('a//b'))), 'BadArguments');
    t.equal(await codeOf(setQuota(client, at('a'), { countLimit: -2 })), 'BadArguments');
    t.equal(await codeOf(setQuota(client, at('a'), { countLimit: 0.5 })), 'BadArguments');
    t.equal((await getQuota(client, at(''))).countLimit, 5, 'nothing has changed');
  },

  '-1 is no limit, in the request as in the znode': async ({ t, client, at }) => {
    const znode = `/zookeeper/quota${at('')}/zookeeper_limits`;
    const none = { countLimit: -1, bytesLimit: -1, countSoftLimit: -1, bytesSoftLimit: -1 };
    for (const limits of [{ ...none, bytesLimit: 7 }, { bytesLimit: 7 }]) {
      await setQuota(client, at(''), { countLimit: 1 });
      await setQuota(client, at(''), limits);
      t.equal((await client.get(znode)).data, 'count=-1,bytes=-1=;byteHardLimit=7');
      const shown = { path: at(''), count: 1, bytes: 0, bytesLimit: 7 };
      t.strictSame(await getQuota(client, at('')), shown);
    }
    await setQuota(client, at(''), none);
    await client.create(at('a'), { data: '12345678' });
    await client.set(znode, 'count=-1,bytes=-1=;byteHardLimit=8;countHardLimit=-1');
    await client.create(at('b'));
    t.equal(await codeOf(client.create(at('c'), { data: 'x' })), 'QuotaExceeded');
  },

  'what is used cannot be written: a set of it is taken, and shows what is used': async ({
    t,
    client,
    at,
  }) => {
    const stats = `/zookeeper/quota${at('')}/zookeeper_stats`;
    await setQuota(client, at(''), { countLimit: 2 });
    const { stat } = await client.set(stats, 'count=0,bytes=0');
    t.equal(stat.version, 1);
    t.equal((await client.get(stats)).data, 'count=1,bytes=0');
    await client.create(at('a'), { data: '123' });
    t.equal((await client.get(stats)).data, 'count=2,bytes=3');
    t.equal(await codeOf(client.create(at('b'))), 'QuotaExceeded', 'and what is used counts');
  },

  'the ACLs of those znodes say who may see and set it': async ({ t, client, at }) => {
    const limits = `/zookeeper/quota${at('')}/zookeeper_limits`;
    await setQuota(client, at(''), { countLimit: 5 });
    await client.setAcl(limits, world('r'));
    t.equal(await codeOf(setQuota(client, at(''), { countLimit: 6 })), 'NoAuth');
    t.equal((await getQuota(client, at(''))).countLimit, 5);
    await client.setAcl(`/zookeeper/quota${at('')}`, world('cr'));
    t.equal(await codeOf(removeQuota(client, at(''))), 'NoAuth');
    await setQuota(client, at('a'), { countLimit: 1 });
  },

  'who may not read a limit is refused by it, and not told of it': async ({ t, client, at }) => {
    await setQuota(client, at(''), { countLimit: 1, bytesLimit: 1 });
    const limits = `/zookeeper/quota${at('')}/zookeeper_limits`;
    const told = { code: 'QuotaExceeded', path: at('a'), quota: at(''), limit: { value: 1 } };
    t.match(await refusalOf(client.create(at('a'))), told);
    await client.setAcl(limits, world('wa'));
    const problem: QuotaProblem = await refusalOf(client.create(at('a')));
    t.match(problem, { code: 'QuotaExceeded', path: at('a') });
    t.strictSame([problem.quota, problem.limit], [undefined, undefined]);
    const set: QuotaProblem = await refusalOf(client.set(at(''), 'xx'));
    t.strictSame([set.code, set.quota, set.limit], ['QuotaExceeded', undefined, undefined]);
  },
});

await overWebSocket({
  'exact under pipelining: as many succeed as there is room for, in the order sent': async ({
    t,
    client,
    at,
  }) => {
    await setQuota(client, at(''), { countLimit: 11, bytesLimit: 1000 });
    const answers = await client.pipeline(
      Array.from({ length: 30 }, (_, n) => ({ op: 'create', path: at(`n${n}`), data: 'x' })),
    );
    const codes = answers.map(({ error }) => error?.code ?? 'ok');
    t.strictSame(codes, [...Array(10).fill('ok'), ...Array(20).fill('QuotaExceeded')]);
    const mixed = await client.pipeline([
      { op: 'create', path: at('m') },
      { op: 'delete', path: at('n0') },
      { op: 'create', path: at('m') },
      { op: 'removeQuota', path: at('') },
      { op: 'create', path: at('o') },
      { op: 'setQuota', path: at(''), countLimit: 12 },
      { op: 'create', path: at('p') },
      { op: 'getQuota', path: at('') },
    ]);
    const said = mixed.map(({ error }) => error?.code ?? 'ok');
    const full = 'QuotaExceeded';
    t.strictSame(said, [full, 'ok', 'ok', 'ok', 'ok', 'ok', full, 'ok']);
    t.match(mixed.at(-1)?.result, { count: 12, bytes: 9 });
  },

  'what is used is no change of a znode, and no event': async ({ t, client, at }) => {
    await setQuota(client, at(''), { countLimit: 100 });
    const stats = `/zookeeper/quota${at('')}/zookeeper_stats`;
    const before = await client.get(stats);
    await client.watching({ op: 'get', path: stats });
    await client.addWatch(`/zookeeper/quota${at('')}`, 'persistentRecursive');
    await client.create(at('x'), { data: '123' });
    await client.set(at('x'), '12345');
    await client.create(at('y'));
    await client.delete(at('y'));
    t.strictSame(await client.events(), []);
    const after = await client.get(stats);
    t.equal(after.data, 'count=2,bytes=5');
    const { dataLength } = after.stat;
    t.strictSame(after.stat, { ...before.stat, dataLength }, 'no zxid, no version, no time');
  },
});

await overHttp({
  'over HTTP a quota that leaves no room is a 403': async ({ t, client, at }) => {
    await setQuota(client, at(''), { countLimit: 1 });
    const target = `/v1/znodes${at('a')}`;
    const answer = await client.send({ method: 'POST', target, json: {} });
    t.equal(answer.status, 403);
    t.match(answer.json(), { code: 'QuotaExceeded', status: 403, quota: at('') });
  },

  'what is used has no ETag, for it changes without the znode': async ({ t, client, at }) => {
    const target = `/v1/znodes/zookeeper/quota${at('')}/zookeeper_stats`;
    await setQuota(client, at(''));
    const made = await client.send({ method: 'PUT', target, body: 'anything' });
    const { mzxid } = made.json<{ stat: { mzxid: string } }>().stat;
    for (const [accept, tag] of [
      ['application/json', `"${mzxid}.0.0"`],
      ['application/octet-stream', `"${mzxid}"`],
    ] as const) {
      for (const method of ['GET', 'HEAD']) {
        const first = await client.send({ method, target, headers: { accept } });
        t.match([first.status, first.headers.etag], [200, undefined], `${method} ${accept}`);
      }
      await client.create(at('n-'), { mode: 'persistent_sequential' });
      const { count } = await getQuota(client, at(''));
      const headers = { accept, 'if-none-match': tag };
      const later = await client.send({ target, headers });
      t.equal(later.status, 200, 'nobody is told that it has not changed');
      t.match(later.text, `count=${count},bytes=0`);
      const held = await client.send({ target, headers: { ...headers, prefer: 'wait=30' } });
      t.equal(held.status, 200, 'nor waits for it to change');
    }
    t.equal((await client.send({ target, headers: { 'if-match': '*' } })).status, 200);
  },

  'metrics and the log tell of soft limits, and of refusals, where they are judged': async ({
    t,
    client,
    member,
    leads,
    at,
  }) => {
    // Also beside a hard one.
    await setQuota(client, at('soft'), { countSoftLimit: 0, countLimit: 9 });
    await client.create(at('soft'));
    const metrics = (await client.send({ target: '/metrics' })).text;
    t.match(metrics, /^quotas \d+$/m);
    t.match(metrics, /^quotas_over_soft_limit [1-9]\d*$/m);
    if (!leads) return;
    t.match(metrics, /^quota_exceeded_errors [1-9]\d*$/m);
    await eventually('the log says so', async () => {
      const lines = member.output().split('\n');
      return lines.some((line) => line.includes('soft limit') && line.includes(at('soft')));
    });
  },
});

await withOwnMembers('counts on where it was when its member comes back', async (t) => {
  const first = await startMember();
  const before = await HttpDriver.open(first.port);
  await before.create('/a', { data: '123' });
  await setQuota(before, '/a', { countLimit: 3 });
  await before.create('/a/b', { data: '4567' });
  before.disconnect();
  await first.kill();
  const second = await startMember({ dataDir: first.dataDir });
  const after = await HttpDriver.open(second.port);
  t.equal(await usage(after, '/a'), '2 znodes, 7 bytes');
  await after.create('/a/c');
  t.equal(await codeOf(after.create('/a/d')), 'QuotaExceeded');
  after.disconnect();
  await second.stop();
});
