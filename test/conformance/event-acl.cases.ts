/**
 * Who is told of a change: whoever has READ in the ACL that the znode had then, or its parent for
 * the list of children. A one-shot watch that told nothing is still there. The same for what is
 * told late: out of the memory, out of the log, on a stream.
 */
import type { Test } from 'tap';
import { codeOf, userAcl, world } from './driver.ts';
import { EventStream, type StreamTarget } from './event-stream.ts';
import { basic } from './http-driver.ts';
import { eventually, overHttp, overWebSocket, withMember } from './specification.ts';

// What is older than a few entries comes from the log.
withMember(['--limit', 'historyBytes=1000']);

const BOBS = userAcl('cdrwa', 'bob', 'secret');
const asBob = { authorization: basic('bob', 'secret') };

async function open(t: Test, port: number, target: StreamTarget, headers = {}) {
  const stream = await EventStream.open(port, target, headers);
  t.teardown(() => stream.close());
  return stream;
}

await overWebSocket({
  'a change is told to those who may read, by every kind of watch': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    for (const one of [client, bob]) {
      await one.addWatch(at(''), 'persistent');
      await one.addWatch(at(''), 'persistentRecursive', { include: ['stat', 'data'] });
    }
    await bob.create(at('x'), { acl: BOBS });
    await bob.set(at('x'), 'secret');
    await bob.create(at('x/y'));
    await bob.delete(at('x/y'));
    await bob.delete(at('x'));
    t.strictSame(await bob.eventTexts(), [
      `nodeCreated ${at('x')}`,
      `nodeChildrenChanged ${at('')}`,
      `nodeDataChanged ${at('x')}`,
      `nodeCreated ${at('x/y')}`,
      `nodeDeleted ${at('x/y')}`,
      `nodeDeleted ${at('x')}`,
      `nodeChildrenChanged ${at('')}`,
    ]);
    t.strictSame(await client.eventTexts(), [
      `nodeChildrenChanged ${at('')}`,
      `nodeCreated ${at('x/y')}`,
      `nodeDeleted ${at('x/y')}`,
      `nodeChildrenChanged ${at('')}`,
    ]);
  },

  "a list of children is the parent's": async ({ t, client, connect, at }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    await bob.create(at('p'), { acl: [...BOBS, ...world('cd')] });
    await client.addWatch(at('p'), 'persistent');
    await bob.addWatch(at('p'), 'persistent');
    await client.create(at('p/open'));
    await client.delete(at('p/open'));
    t.strictSame(await client.eventTexts(), []);
    t.strictSame(await bob.eventTexts(), [
      `nodeChildrenChanged ${at('p')}`,
      `nodeChildrenChanged ${at('p')}`,
    ]);
  },

  'what was not told does not use up a one-shot watch': async ({ t, client, connect, at }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    const watch = await client.watching({ op: 'exists', path: at('x') });
    await bob.create(at('x'), { acl: BOBS });
    await bob.set(at('x'), 'secret');
    t.strictSame(await client.events(), []);
    await bob.setAcl(at('x'), [...BOBS, ...world('r')]);
    t.strictSame(await client.events(), [], 'a changed ACL is no event');
    await bob.set(at('x'), 'for all');
    t.match(await client.events(), [{ event: 'nodeDataChanged', watches: [watch] }]);
    await bob.set(at('x'), 'again');
    t.strictSame(await client.events(), [], 'and is used up by what was told');
  },

  'who loses READ is told no more, who becomes somebody is from then on': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    await bob.create(at('x'), { acl: [...BOBS, ...world('r')] });
    await client.sync();
    await client.watching({ op: 'get', path: at('x') });
    await client.addWatch(at('x'), 'persistent');
    await bob.setAcl(at('x'), BOBS);
    await bob.set(at('x'), '1');
    t.strictSame(await client.eventTexts(), []);
    await client.authenticate('bob', 'secret');
    await bob.set(at('x'), '2');
    t.strictSame(await client.eventTexts(), [`nodeDataChanged ${at('x')}`]);
  },

  'the end of a session tells of each ephemeral those who could read it': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    await bob.create(at('mine'), { mode: 'ephemeral', acl: BOBS });
    await bob.create(at('open'), { mode: 'ephemeral' });
    await client.sync();
    await client.addWatch(at(''), 'persistentRecursive');
    await bob.closeSession();
    t.strictSame(await client.eventTexts(), [`nodeDeleted ${at('open')}`]);
  },

  'the past is told to those who could read it then': async ({ t, client, connect, at }) => {
    const { zxid: since } = client;
    await client.authenticate('bob', 'secret');
    await client.create(at('x'), { acl: BOBS, data: 'secret' });
    await client.create(at('y'));
    await client.delete(at('x'));
    await client.setAcl(at('y'), BOBS);
    await client.set(at('y'), 'secret');
    // So much that all of it has left the memory.
    await client.create(at('filler'), { data: 'x'.repeat(2000), acl: BOBS });
    const whole = [
      `nodeCreated ${at('x')}`,
      `nodeCreated ${at('y')}`,
      `nodeDeleted ${at('x')}`,
      `nodeDataChanged ${at('y')}`,
      `nodeCreated ${at('filler')}`,
      `nodeCreated ${at('end')}`,
    ];
    const others = [`nodeCreated ${at('y')}`, `nodeCreated ${at('end')}`];
    await client.create(at('end'));
    for (const isBob of [false, true]) {
      const reader = await connect();
      if (isBob) await reader.authenticate('bob', 'secret');
      await reader.addWatch(at(''), 'persistentRecursive', { since, include: ['data'] });
      await reader.until(({ path }) => path === at('end'));
      t.strictSame(await reader.eventTexts(), isBob ? whole : others);
    }
  },
});

await overHttp({
  'a stream tells what its user may read, live and from the past': async ({
    t,
    member,
    client,
    at,
  }) => {
    const { zxid: since } = await client.create(at('begin')).then(() => client);
    const target = { path: at(''), recursive: true, include: 'data' };
    const [everybody, bob] = [
      await open(t, member.port, target),
      await open(t, member.port, target, asBob),
    ];
    await client.authenticate('bob', 'secret');
    await client.create(at('x'), { acl: BOBS, data: 'secret' });
    await client.transaction([
      { op: 'set', path: at('x'), data: 'more' },
      { op: 'create', path: at('y') },
      { op: 'delete', path: at('x') },
    ]);
    await client.create(at('filler'), { data: 'x'.repeat(2000), acl: BOBS });
    await client.create(at('end'));
    const late = { ...target, since };
    for (const [stream, count] of [
      [everybody, 2],
      [bob, 6],
      [await open(t, member.port, late), 2],
      [await open(t, member.port, late, asBob), 6],
    ] as const) {
      await stream.until((events) => events.at(-1)?.event.path === at('end'));
      const told = stream.events.map(({ type, event }) => `${type} ${event.path.slice(1)}`);
      t.equal(told.length, count, told.join(', '));
      if (count === 2) t.notMatch(JSON.stringify(stream.events), /secret|filler/);
    }
  },

  'a request that waits learns nothing that it could not read': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const bob = await connect();
    await bob.authenticate('bob', 'secret');
    const wait = (path: string, until: string) =>
      client.send({
        target: `/v1/znodes${at(path)}?until=${encodeURIComponent(until)}`,
        headers: { prefer: 'wait=20' },
      });
    await bob.create(at('open'), { acl: [...BOBS, ...world('r')] });
    await bob.create(at('mine'), { acl: BOBS });
    await client.sync();
    t.equal((await wait('mine', 'version>0')).status, 403, 'at once');
    const exists = wait('new', 'exists');
    const changed = wait('open', 'version>1');
    const waiting = async () => (await client.send({ target: '/metrics' })).text;
    await eventually('both wait', async () => /^watch_count 2$/m.test(await waiting()));
    await bob.create(at('new'), { acl: BOBS });
    await bob.set(at('open'), 'once');
    await bob.setAcl(at('open'), BOBS);
    t.equal((await changed).status, 403, 'who loses READ while it waits is told that');
    await bob.setAcl(at('new'), [...BOBS, ...world('r')]);
    t.equal((await exists).status, 200, 'who gets READ is told what it waited for');
    t.equal(await codeOf(client.get(at('open'))), 'NoAuth');
  },
});
