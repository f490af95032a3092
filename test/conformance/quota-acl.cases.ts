/**
 * Who may set a quota, and take one away, however they ask: who has ADMIN on what it covers. To
 * anybody else it would be the power to stop what they may not even read, and to measure it.
 */
import { getQuota, removeQuota, setQuota } from './beside.ts';
import { codeOf, userAcl, world } from './driver.ts';
import { overBoth, overHttp } from './specification.ts';

await overBoth({
  'who has no ADMIN on what it covers can neither set one there nor take one away': async ({
    t,
    client: bob,
    connect,
    at,
  }) => {
    const alice = await connect();
    await alice.authenticate('alice', 'secret');
    const closed = { acl: userAcl('cdrwa', 'alice', 'secret') };
    await alice.create(at('sec'), { ...closed, data: '12345' });
    const top = `/zookeeper/quota${at('sec')}`;
    const data = 'count=-1,bytes=-1=;byteHardLimit=0';
    const limits = { path: `${top}/zookeeper_limits`, data };
    const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
      setQuota: () => setQuota(bob, at('sec'), { bytesLimit: 0 }),
      'of what is not there': () => setQuota(bob, at('sec/to/come'), { countLimit: 0 }),
      removeQuota: () => removeQuota(bob, at('sec')),
      create: () => bob.create(top, { parents: true }),
      'create, open to bob alone': () =>
        bob.create(top, { parents: true, acl: userAcl('cdrwa', 'bob', 'x') }),
      'create the limits': () => bob.create(limits.path, { parents: true, data }),
      sequential: () => bob.create(`${top}/`, { mode: 'persistent_sequential' }),
      set: () => bob.set(limits.path, data),
      'set that creates': () => bob.set(limits.path, data, { create: true }),
      setAcl: () => bob.setAcl(top, userAcl('cdrwa', 'bob', 'x')),
      'setAcl of the limits': () => bob.setAcl(limits.path, userAcl('cdrwa', 'bob', 'x')),
      delete: () => bob.delete(limits.path),
      'delete of what shows it': () => bob.delete(`${top}/zookeeper_stats`),
      'delete, recursive': () => bob.delete(top, { recursive: true }),
      'from above': () => bob.delete(`/zookeeper/quota${at('')}`, { recursive: true }),
      'in a transaction': () => bob.transaction([{ op: 'set', ...limits }]),
      'in a dry run': () => bob.transaction([{ op: 'create', ...limits }], { dryRun: true }),
    };
    const { 'from above': _above, ...beforeThereIsOne } = attempts;
    await bob.sync();
    for (const [name, attempt] of Object.entries(beforeThereIsOne)) {
      t.equal(await codeOf(attempt()), 'NoAuth', `${name}, where there is none`);
    }
    await alice.sync();
    await alice.set(at('sec'), '123456');
    await setQuota(alice, at('sec'), { countLimit: 5, bytesLimit: 100 });
    await bob.sync();
    for (const [name, attempt] of Object.entries(attempts)) {
      t.equal(await codeOf(attempt()), 'NoAuth', name);
    }
    await alice.sync();
    t.match(await getQuota(alice, at('sec')), { countLimit: 5, bytesLimit: 100 });
    await alice.set(at('sec'), '1234567');
    await setQuota(alice, at('sec'), { countLimit: 6 });
    await removeQuota(alice, at('sec'));
    t.equal(await codeOf(getQuota(alice, at('sec'))), 'NoNode');
  },

  'ADMIN on what it covers is all that is asked for, whatever lies on the way': async ({
    t,
    client: bob,
    connect,
    at,
  }) => {
    const alice = await connect();
    await alice.authenticate('alice', 'secret');
    await bob.authenticate('bob', 'secret');
    await alice.create(at('hers'), { acl: userAcl('cdrwa', 'alice', 'secret') });
    await alice.create(at('hers/his'), { acl: userAcl('cdrwa', 'bob', 'secret') });
    await bob.sync();
    await setQuota(bob, at('hers/his'), { countLimit: 5 });
    t.equal(await codeOf(setQuota(alice, at('hers/his'), { countLimit: 0 })), 'NoAuth');
    t.equal(await codeOf(setQuota(bob, at('hers'), { countLimit: 0 })), 'NoAuth');
    await setQuota(alice, at('hers'), { countLimit: 5 });
    const above = `/zookeeper/quota${at('hers')}`;
    t.equal(await codeOf(alice.delete(above, { recursive: true })), 'NoAuth', 'his is in it');
    const mostly = [...userAcl('cdrwa', 'alice', 'secret'), ...world('cd')];
    await alice.setAcl(above, mostly);
    await removeQuota(alice, at('hers'));
    await bob.sync();
    await removeQuota(bob, at('hers/his'));
    await alice.sync();
    t.equal((await alice.children(above)).children.length, 0, 'nothing of his is left');
    t.strictSame((await alice.getAcl(above)).acl, mostly, 'and what she has closed is hers');
    await alice.delete(above);
  },
});

await overHttp({
  'no metric tells what somebody may not read': async ({ t, client: bob, connect, at }) => {
    const alice = await connect();
    await alice.authenticate('alice', 'secret');
    await alice.create(at('sec'), { acl: userAcl('cdrwa', 'alice', 'secret') });
    const gauges = async () => {
      await bob.sync();
      const { text } = await bob.send({ target: '/metrics' });
      return text.split('\n').filter((line) => /^quotas(_over_soft_limit)? /.test(line));
    };
    const before = await gauges();
    t.equal(before.length, 2);
    for (const countSoftLimit of [0, 1, 2]) {
      t.equal(await codeOf(setQuota(bob, at('sec'), { countSoftLimit })), 'NoAuth');
    }
    await alice.create(at('sec/one'));
    t.strictSame(await gauges(), before);
  },
});
