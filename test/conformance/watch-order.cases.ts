/** The place of events in the stream of a connection, what they carry, and how they are resumed. */
import { codeOf, type Op } from './driver.ts';
import { overWebSocket, sleep } from './specification.ts';
import { isEvent, type WireEvent, type WsDriver } from './ws-driver.ts';

function positionOf({ arrived }: WsDriver, matches: (one: WsDriver['arrived'][0]) => boolean) {
  return arrived.findIndex(matches);
}

await overWebSocket({
  'a writer hears of its own change before it has the answer': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.addWatch(at(''), 'persistentRecursive');
    await client.addWatch(at(''), 'persistent');
    const writes = [
      { op: 'set', path: at('x'), data: 'x' },
      { op: 'create', path: at('y') },
      { op: 'transaction', ops: [{ op: 'set', path: at('y'), data: 'y' }] },
      { op: 'delete', path: at('y') },
    ];
    for (const write of writes) {
      const { id, zxid } = await client.request(write);
      const answer = positionOf(client, (one) => one.id === id);
      const event = positionOf(client, (one) => isEvent(one) && one.zxid === zxid);
      t.ok(event >= 0 && event < answer, write.op);
      const later = client.arrived.slice(answer).filter((one) => isEvent(one) && one.zxid === zxid);
      t.strictSame(later, [], 'all of its events, in fact');
    }
  },

  'the answer that names a watch comes before its events, even when pipelined': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    for (const watch of [
      { op: 'get', path: at('x'), watch: true },
      { op: 'children', path: at('x'), watch: true },
      { op: 'addWatch', path: at('x'), mode: 'persistent' },
    ]) {
      const from = client.arrived.length;
      const [left, , created] = await client.pipeline([
        watch,
        { op: 'set', path: at('x'), data: 'x' },
        { op: 'create', path: at('x/n-'), mode: 'persistent_sequential' },
      ]);
      const stream = client.arrived.slice(from);
      const named = stream.findIndex((one) => one.id === left?.id);
      const first = stream.findIndex(isEvent);
      const last = stream.findIndex((one) => one.id === created?.id);
      t.ok(named < first && first < last, `${watch.op}: ${named} < ${first} < ${last}`);
    }
  },

  'nobody reads a change before the event of it has come': async ({ t, client, connect, at }) => {
    await client.create(at('x'));
    const reader = await connect();
    await reader.addWatch(at('x'), 'persistent', { include: ['stat'] });
    const writes = client.pipeline(
      Array.from({ length: 100 }, (_, round) => ({ op: 'set', path: at('x'), data: `${round}` })),
    );
    let writing = true;
    void writes.then(() => {
      writing = false;
    });
    while (writing) await reader.get(at('x'));
    await writes;
    await reader.sync();
    let known = 0;
    let early = 0;
    for (const message of reader.arrived) {
      if (isEvent(message)) {
        known = message.stat?.version ?? known;
        continue;
      }
      const stat = message.result?.['stat'] as { version: number } | undefined;
      if (stat !== undefined && stat.version > known) early += 1;
    }
    t.equal(known, 100, 'every event came');
    t.equal(early, 0, 'and none of them after an answer that showed its change');
  },

  'events come in the order of their zxids, none missing and none twice': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const watcher = await connect();
    await watcher.addWatch(at(''), 'persistentRecursive');
    const writers = [client, await connect(), await connect()];
    const each = 100;
    const answers = await Promise.all(
      writers.map((writer, number) =>
        writer.pipeline(
          Array.from({ length: each }, (_, round) =>
            round % 2 === 0
              ? { op: 'create', path: at(`w${number}-${round}`) }
              : { op: 'delete', path: at(`w${number}-${round - 1}`) },
          ),
        ),
      ),
    );
    const written = answers.flat().map(({ zxid }) => zxid);
    const heard = (await watcher.events()).map(({ zxid }) => zxid);
    t.strictSame(heard, written.toSorted());
    t.equal(new Set(heard).size, each * writers.length);
  },

  'a quiet connection with watches is told how far it has come': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    await client.addWatch(at('quiet'), 'persistent');
    await client.addWatch(at('busy'), 'persistent');
    await other.create(at('busy'));
    await other.create(at('elsewhere'));
    const { progress = '' } = await client.until((one) => (one.progress ?? '') >= other.zxid);
    t.ok(progress >= other.zxid, 'a good since to come back with');
    const told = positionOf(client, (one) => one.progress === progress);
    const event = positionOf(client, (one) => isEvent(one) && one.path === at('busy'));
    t.ok(event >= 0 && event < told, 'and behind every event through there');
    const resumed = await connect({ session: client.token, lastZxid: progress });
    await resumed.addWatch(at('quiet'), 'persistent', { since: progress });
    await other.create(at('quiet'));
    t.strictSame(await resumed.eventTexts(), [`nodeCreated ${at('quiet')}`]);
  },

  'an event carries the zxid of its change': async ({ t, client, at }) => {
    await client.addWatch(at('x'), 'persistent');
    await client.create(at('x'));
    const created = client.zxid;
    const { stat } = await client.set(at('x'), 'x');
    const events = await client.events();
    t.strictSame(
      events.map(({ zxid }) => zxid),
      [created, stat.mzxid],
    );
    t.notHas(events[0], { stat: Object }, 'and neither stat nor data unless asked for');
    t.notHas(events[0], { data: String });
  },

  'include: stat and data as the change wrote them, not as they are now': async ({
    t,
    client,
    at,
  }) => {
    await client.addWatch(at('x'), 'persistent', { include: ['stat', 'data'] });
    await client.transaction([
      { op: 'create', path: at('x'), data: 'first' },
      { op: 'set', path: at('x'), data: 'second' },
      {
        op: 'set',
        path: at('x'),
        data: Buffer.from([0xff]).toString('base64'),
        encoding: 'base64',
      },
      { op: 'delete', path: at('x') },
    ] satisfies Op[]);
    const events = await client.events();
    t.match(events, [
      { event: 'nodeCreated', data: 'first', encoding: 'utf8', stat: { version: 0 } },
      { event: 'nodeDataChanged', data: 'second', stat: { version: 1 } },
      { event: 'nodeDataChanged', data: '/w==', encoding: 'base64', stat: { version: 2 } },
      { event: 'nodeDeleted' },
    ]);
    t.notHas(events[3], { data: String }, 'of a deleted znode there is nothing to show');
  },

  'the events of a transaction come operation by operation, the znode before its parent': async ({
    t,
    client,
    at,
  }) => {
    await client.addWatch(at(''), 'persistent');
    await client.addWatch(at('a'), 'persistent');
    await client.addWatch(at('b'), 'persistent');
    await client.transaction([
      { op: 'create', path: at('a') },
      { op: 'create', path: at('b') },
      { op: 'delete', path: at('a') },
    ]);
    t.strictSame(await client.eventTexts(), [
      `nodeCreated ${at('a')}`,
      `nodeChildrenChanged ${at('')}`,
      `nodeCreated ${at('b')}`,
      `nodeChildrenChanged ${at('')}`,
      `nodeDeleted ${at('a')}`,
      `nodeChildrenChanged ${at('')}`,
    ]);
  },
});

await overWebSocket({
  'since: everything after that zxid first, then what happens from now on': async ({
    t,
    client,
    connect,
    at,
  }) => {
    await client.create(at('x'));
    const since = client.zxid;
    await client.set(at('x'), '1');
    await client.set(at('x'), '2');
    const late = await connect();
    const watch = await late.addWatch(at('x'), 'persistent', { since, include: ['data'] });
    await client.set(at('x'), '3');
    await late.until((one) => one.data === '3');
    const events = await late.events();
    t.match(
      events,
      ['1', '2', '3'].map((data) => ({ event: 'nodeDataChanged', data, watches: [watch] })),
    );
    t.equal(events.length, 3, 'each once');
  },

  'since the last zxid there is nothing to catch up with': async ({ t, client, at }) => {
    await client.create(at('x'));
    await client.addWatch(at('x'), 'persistent', { since: client.zxid });
    await client.set(at('x'), 'x');
    t.strictSame(await client.eventTexts(), [`nodeDataChanged ${at('x')}`]);
  },

  'a reconnect with since loses nothing and repeats nothing': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const total = 300;
    const begin = client.zxid;
    let reader = await connect();
    await reader.addWatch(at(''), 'persistentRecursive');
    const heard: WireEvent[] = [];
    const writing = (async () => {
      for (let number = 0; number < total; number += 10) {
        const creates = Array.from({ length: 10 }, () => ({
          op: 'create',
          path: at('n-'),
          mode: 'persistent_sequential',
        }));
        await client.pipeline(creates);
      }
    })();
    while (heard.length < total) {
      await sleep(10);
      reader.disconnect();
      heard.push(...reader.arrived.splice(0).filter(isEvent));
      const since = heard.at(-1)?.zxid ?? begin;
      try {
        reader = await connect({ session: reader.token, lastZxid: since });
        await reader.addWatch(at(''), 'persistentRecursive', { since });
      } catch {
        // Who moves on faster than the news of it travels is taken for the one that was left
        // behind, and comes again like after any other break.
      }
    }
    await writing;
    t.strictSame(
      heard.map(({ path }) => path),
      Array.from({ length: total }, (_, n) => at(`n-${String(n).padStart(10, '0')}`)),
    );
  },

  'since is a zxid': async ({ t, client, at }) => {
    for (const since of ['', '0', 'x'.repeat(16), '00000001000000FF', '-1']) {
      const attempt = client.addWatch(at('x'), 'persistent', { since });
      t.equal(await codeOf(attempt), 'BadArguments', since);
    }
  },
});
