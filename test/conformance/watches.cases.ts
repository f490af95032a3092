/** What leaves a watch, how long it lasts, how often it is heard of, and what takes it away. */
import { codeOf } from './driver.ts';
import { overWebSocket } from './specification.ts';
import type { WsDriver } from './ws-driver.ts';

await overWebSocket({
  'one shot: a watch hears of one change, and again when it is left again': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    await client.watching({ op: 'get', path: at('x') });
    await client.set(at('x'), '1');
    await client.set(at('x'), '2');
    t.strictSame(await client.eventTexts(), [`nodeDataChanged ${at('x')}`]);
    await client.watching({ op: 'get', path: at('x') });
    await client.set(at('x'), '3');
    t.strictSame(await client.eventTexts(), [`nodeDataChanged ${at('x')}`]);
  },

  'persistent watches hear of every change': async ({ t, client, at }) => {
    await client.addWatch(at('x'), 'persistent');
    for (let round = 0; round < 3; round += 1) {
      await client.create(at('x'));
      await client.set(at('x'), 'x');
      await client.delete(at('x'));
    }
    const once = ['nodeCreated', 'nodeDataChanged', 'nodeDeleted'].map((e) => `${e} ${at('x')}`);
    t.strictSame(await client.eventTexts(), [...once, ...once, ...once]);
  },

  'a watch is left only by a read that succeeds, except exists': async ({ t, client, at }) => {
    t.equal(await codeOf(client.watching({ op: 'get', path: at('x') })), 'NoNode');
    t.equal(await codeOf(client.watching({ op: 'children', path: at('x') })), 'NoNode');
    await client.create(at('x'));
    t.strictSame(await client.eventTexts(), [], 'get and children have left nothing');
    await client.delete(at('x'));
    await client.watching({ op: 'exists', path: at('x') });
    await client.create(at('x'));
    t.strictSame(await client.eventTexts(), [`nodeCreated ${at('x')}`], 'exists has');
  },

  'the same watch left twice is one: one number, one event': async ({ t, client, at }) => {
    await client.create(at('x'));
    const first = await client.watching({ op: 'get', path: at('x') });
    const second = await client.watching({ op: 'get', path: at('x') });
    const third = await client.watching({ op: 'exists', path: at('x') });
    t.equal(second, first);
    t.equal(third, first, 'exists and get leave the same watch');
    await client.set(at('x'), 'x');
    t.match(await client.events(), [{ watches: [first] }]);
    t.strictSame(await client.events(), []);
  },

  'different watches of one connection get one event that names them all': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    const data = await client.watching({ op: 'get', path: at('x') });
    const child = await client.watching({ op: 'children', path: at('x') });
    const persistent = await client.addWatch(at('x'), 'persistent');
    const recursive = await client.addWatch(at(''), 'persistentRecursive');
    t.equal(new Set([data, child, persistent, recursive]).size, 4);
    await client.delete(at('x'));
    const events = await client.events();
    t.equal(events.length, 1, 'a single nodeDeleted');
    t.strictSame(
      [...(events[0]?.watches ?? [])].sort((a, b) => a - b),
      [data, child, persistent, recursive].sort((a, b) => a - b),
    );
    await client.create(at('x'));
    const [created] = await client.events();
    t.strictSame(
      [...(created?.watches ?? [])].sort((a, b) => a - b),
      [persistent, recursive].sort((a, b) => a - b),
      'the one-shot ones are consumed, the others not',
    );
  },

  'each kind on one path is a watch of its own': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.addWatch(at('x'), 'persistent');
    await client.addWatch(at('x'), 'persistentRecursive');
    await client.create(at('x/child'));
    t.strictSame(await client.eventTexts(), [
      `nodeCreated ${at('x/child')}`,
      `nodeChildrenChanged ${at('x')}`,
    ]);
  },

  'addWatch needs no znode to be there': async ({ t, client, at }) => {
    await client.addWatch(at('not/yet'), 'persistent');
    await client.create(at('not/yet'), { parents: true });
    t.strictSame(await client.eventTexts(), [`nodeCreated ${at('not/yet')}`]);
  },

  'a recursive watch does not hear of siblings whose names begin alike': async ({
    t,
    client,
    at,
  }) => {
    await client.addWatch(at('a'), 'persistentRecursive');
    for (const name of ['a', 'ab', 'a-', 'a/b']) await client.create(at(name));
    t.strictSame(await client.eventTexts(), [`nodeCreated ${at('a')}`, `nodeCreated ${at('a/b')}`]);
  },

  'a path that no znode can have is not watched': async ({ t, client }) => {
    for (const path of ['', 'x', '/x/', '/x//y', '/x\u0001']) {
      t.equal(await codeOf(client.addWatch(path, 'persistent')), 'BadArguments', path);
      t.equal(await codeOf(client.watching({ op: 'exists', path })), 'BadArguments', path);
    }
    t.equal(await codeOf(client.addWatch('/x', 'forever' as 'persistent')), 'BadArguments');
  },

  'watches belong to the connection: those of others hear nothing, and none outlives it': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    await other.addWatch(at('x'), 'persistent');
    await client.create(at('x'));
    t.strictSame(await client.events(), []);
    t.equal((await other.events()).length, 1);
    const { token, zxid } = other;
    other.disconnect();
    const resumed = await connect({ session: token, lastZxid: zxid });
    await client.set(at('x'), 'x');
    t.strictSame(await resumed.events(), [], 'the session goes on, its watches do not');
  },
});

await overWebSocket({
  'a watch that is removed hears nothing more': async ({ t, client, at }) => {
    await client.create(at('x'));
    const watches = [
      await client.watching({ op: 'get', path: at('x') }),
      await client.watching({ op: 'children', path: at('x') }),
      await client.addWatch(at('x'), 'persistent'),
      await client.addWatch(at('x'), 'persistentRecursive'),
    ];
    for (const watch of watches) await client.removeWatch({ watch });
    await client.set(at('x'), 'x');
    await client.create(at('x/child'));
    t.strictSame(await client.events(), []);
    for (const watch of watches) {
      t.equal(await codeOf(client.removeWatch({ watch })), 'NoWatch', 'it is not there twice');
    }
  },

  'removal by path and kind takes that kind alone': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.watching({ op: 'get', path: at('x') });
    const child = await client.watching({ op: 'children', path: at('x') });
    const persistent = await client.addWatch(at('x'), 'persistent');
    const recursive = await client.addWatch(at('x'), 'persistentRecursive');
    await client.removeWatch({ path: at('x'), kind: 'data' });
    await client.set(at('x'), 'x');
    t.match(await client.events(), [{ watches: [persistent, recursive] }]);
    await client.removeWatch({ path: at('x'), kind: 'persistent' });
    await client.create(at('x/child'));
    t.match(await client.events(), [
      { event: 'nodeCreated', watches: [recursive] },
      { event: 'nodeChildrenChanged', watches: [child] },
    ]);
    await client.watching({ op: 'children', path: at('x') });
    await client.removeWatch({ path: at('x'), kind: 'child' });
    await client.create(at('x/other'));
    t.match(await client.events(), [{ event: 'nodeCreated', watches: [recursive] }]);
    await client.removeWatch({ path: at('x'), kind: 'persistentRecursive' });
    await client.delete(at('x'), { recursive: true });
    t.strictSame(await client.events(), []);
  },

  'removal of any kind takes all of the path, and not those of other paths': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    await client.watching({ op: 'get', path: at('x') });
    await client.addWatch(at('x'), 'persistent');
    await client.addWatch(at('x'), 'persistentRecursive');
    const around = await client.addWatch(at(''), 'persistentRecursive');
    await client.removeWatch({ path: at('x'), kind: 'any' });
    await client.set(at('x'), 'x');
    t.match(await client.events(), [{ watches: [around] }]);
  },

  'what is not watched cannot be removed, nor a part of a recursive watch': async ({
    t,
    client,
    connect,
    at,
  }) => {
    await client.create(at('x'));
    const recursive = await client.addWatch(at('x'), 'persistentRecursive');
    const remove = (which: Parameters<WsDriver['removeWatch']>[0]) =>
      codeOf(client.removeWatch(which));
    t.equal(await remove({ path: at('x/part'), kind: 'persistentRecursive' }), 'NoWatch');
    t.equal(await remove({ path: at('x'), kind: 'persistent' }), 'NoWatch', 'another kind');
    t.equal(await remove({ path: at('none'), kind: 'any' }), 'NoWatch');
    t.equal(await remove({ watch: recursive + 1000 }), 'NoWatch');
    const other = await connect();
    t.equal(await codeOf(other.removeWatch({ watch: recursive })), 'NoWatch', 'nor another’s');
    await client.set(at('x'), 'x');
    t.equal((await client.events()).length, 1, 'it is still there');
  },

  'a number is not used again': async ({ t, client, at }) => {
    const first = await client.addWatch(at('x'), 'persistent');
    await client.removeWatch({ watch: first });
    t.not(await client.addWatch(at('x'), 'persistent'), first);
  },
});
