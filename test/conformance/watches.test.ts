/**
 * Who hears of what, when, and how often: ZooKeeper's trigger table cell by cell, what leaves a
 * watch and what takes it away, and the place of events in the stream of a connection.
 */
import { codeOf, type Driver, type Op } from './driver.ts';
import { overWebSocket, type Setting, sleep } from './specification.ts';
import { isEvent, type WireEvent, type WsDriver } from './ws-driver.ts';

// ------------------------------------------------------------------------- the trigger table

/** The watches of the table; P is the parent of N. Each has a connection of its own. */
const WATCHES: Readonly<Record<string, (watcher: WsDriver, p: string) => Promise<unknown>>> = {
  'data on N': (w, p) => w.watching({ op: 'exists', path: `${p}/n` }),
  'child on N': (w, p) => w.watching({ op: 'children', path: `${p}/n` }),
  'data on P': (w, p) => w.watching({ op: 'get', path: p }),
  'child on P': (w, p) => w.watching({ op: 'children', path: p }),
  'persistent on N': (w, p) => w.addWatch(`${p}/n`, 'persistent'),
  'persistent on P': (w, p) => w.addWatch(p, 'persistent'),
  'recursive on N': (w, p) => w.addWatch(`${p}/n`, 'persistentRecursive'),
  'recursive on P': (w, p) => w.addWatch(p, 'persistentRecursive'),
  'recursive on /': (w) => w.addWatch('/', 'persistentRecursive'),
};

interface Row {
  /** N and what is below it, as it is before the change. */
  before?(client: WsDriver, n: string): Promise<unknown>;
  change(client: WsDriver, n: string): Promise<unknown>;
  /** What each watch hears; one that is missing here hears nothing. */
  readonly heard: Readonly<Record<string, readonly string[]>>;
}

const create = (client: Driver, n: string) => client.create(n, { data: 'before' });

const recursively = (...events: string[]) => ({
  'recursive on N': events,
  'recursive on P': events,
  'recursive on /': events,
});

const DELETED: Row['heard'] = {
  'data on N': ['nodeDeleted N'],
  'child on N': ['nodeDeleted N'],
  'child on P': ['nodeChildrenChanged P'],
  'persistent on N': ['nodeDeleted N'],
  'persistent on P': ['nodeChildrenChanged P'],
  ...recursively('nodeDeleted N'),
};

const CHANGED: Row['heard'] = {
  'data on N': ['nodeDataChanged N'],
  'persistent on N': ['nodeDataChanged N'],
  ...recursively('nodeDataChanged N'),
};

const CHILDREN_OF_N_CHANGED: Row['heard'] = {
  'child on N': ['nodeChildrenChanged N'],
  'persistent on N': ['nodeChildrenChanged N'],
};

const NOTHING: Row['heard'] = {};

const TRIGGER_TABLE: Readonly<Record<string, Row>> = {
  'create N': {
    change: create,
    heard: {
      'data on N': ['nodeCreated N'],
      'child on P': ['nodeChildrenChanged P'],
      'persistent on N': ['nodeCreated N'],
      'persistent on P': ['nodeChildrenChanged P'],
      ...recursively('nodeCreated N'),
    },
  },
  'set N': { before: create, change: (client, n) => client.set(n, 'after'), heard: CHANGED },
  'set N to the bytes that it has': {
    before: create,
    change: (client, n) => client.set(n, 'before'),
    heard: CHANGED,
  },
  'delete N': { before: create, change: (client, n) => client.delete(n), heard: DELETED },
  'end the session that owns N': {
    before: async (_client, n) => {
      await (await ownerOf(n)).create(n, { mode: 'ephemeral' });
    },
    change: async (_client, n) => (await ownerOf(n)).closeSession(),
    heard: { ...DELETED },
  },
  'reap N': {
    before: (client, n) => client.create(n, { mode: 'persistent_ttl', ttlMs: 1 }),
    change: async (client, n) => {
      while ((await client.exists(n)) !== undefined) await sleep(50);
    },
    heard: DELETED,
  },
  'set the ACL of N': {
    before: create,
    change: async (client, n) => client.setAcl(n, (await client.getAcl(n)).acl),
    heard: NOTHING,
  },
  'check N': {
    before: create,
    change: (client, n) => client.transaction([{ op: 'check', path: n }]),
    heard: NOTHING,
  },
  'fail to create, set and delete N': {
    before: async (client, n) => {
      await create(client, n);
      await client.create(`${n}/child`);
    },
    change: async (client, n) => {
      await codeOf(client.create(n));
      await codeOf(client.set(n, 'x', { version: 7 }));
      await codeOf(client.delete(n));
    },
    heard: NOTHING,
  },
  'fail a transaction on N': {
    before: create,
    change: (client, n) =>
      codeOf(
        client.transaction([
          { op: 'set', path: n, data: 'x' },
          { op: 'delete', path: n },
          { op: 'check', path: n },
        ]),
      ),
    heard: NOTHING,
  },
  'try a transaction on N without doing it': {
    before: create,
    change: (client, n) => client.transaction([{ op: 'delete', path: n }], { dryRun: true }),
    heard: NOTHING,
  },
  'read N in every way': {
    before: create,
    change: async (client, n) => {
      await client.get(n);
      await client.children(n);
      await client.getAcl(n);
    },
    heard: NOTHING,
  },
  'create, set and delete N in one transaction': {
    change: (client, n) =>
      client.transaction([
        { op: 'create', path: n },
        { op: 'set', path: n, data: 'x' },
        { op: 'delete', path: n },
      ]),
    heard: {
      'data on N': ['nodeCreated N'],
      'child on P': ['nodeChildrenChanged P'],
      'persistent on N': ['nodeCreated N', 'nodeDataChanged N', 'nodeDeleted N'],
      'persistent on P': ['nodeChildrenChanged P', 'nodeChildrenChanged P'],
      ...recursively('nodeCreated N', 'nodeDataChanged N', 'nodeDeleted N'),
    },
  },
  'create a child of N': {
    before: create,
    change: (client, n) => client.create(`${n}/child`),
    heard: { ...CHILDREN_OF_N_CHANGED, ...recursively('nodeCreated N/child') },
  },
  'delete a child of N': {
    before: async (client, n) => {
      await create(client, n);
      await client.create(`${n}/child`);
    },
    change: (client, n) => client.delete(`${n}/child`),
    heard: { ...CHILDREN_OF_N_CHANGED, ...recursively('nodeDeleted N/child') },
  },
  'set a child of N': {
    before: async (client, n) => {
      await create(client, n);
      await client.create(`${n}/child`);
    },
    change: (client, n) => client.set(`${n}/child`, 'x'),
    heard: recursively('nodeDataChanged N/child'),
  },
  'create N together with a child': {
    change: (client, n) => client.create(`${n}/child`, { parents: true }),
    heard: {
      'data on N': ['nodeCreated N'],
      'child on P': ['nodeChildrenChanged P'],
      'persistent on N': ['nodeCreated N', 'nodeChildrenChanged N'],
      'persistent on P': ['nodeChildrenChanged P'],
      ...recursively('nodeCreated N', 'nodeCreated N/child'),
    },
  },
  'delete N with everything under it': {
    before: async (client, n) => {
      await create(client, n);
      await client.create(`${n}/child`);
    },
    change: (client, n) => client.delete(n, { recursive: true }),
    heard: {
      'data on N': ['nodeDeleted N'],
      'child on N': ['nodeChildrenChanged N'],
      'child on P': ['nodeChildrenChanged P'],
      'persistent on N': ['nodeChildrenChanged N', 'nodeDeleted N'],
      'persistent on P': ['nodeChildrenChanged P'],
      ...recursively('nodeDeleted N/child', 'nodeDeleted N'),
    },
  },
};

/** The session that owns an ephemeral of a row, opened when it is asked for first. */
const owners = new Map<string, Promise<WsDriver>>();
let newOwner: (() => Promise<WsDriver>) | undefined;

function ownerOf(n: string): Promise<WsDriver> {
  const known = owners.get(n);
  if (known !== undefined) return known;
  if (newOwner === undefined) throw new Error('no case is running');
  const owner = newOwner();
  owners.set(n, owner);
  return owner;
}

async function tryRow(setting: Setting<WsDriver>, row: Row): Promise<void> {
  const { t, client, connect, at } = setting;
  newOwner = connect;
  const p = at('p');
  await client.create(p);
  await row.before?.(client, `${p}/n`);
  const watchers = new Map<string, WsDriver>();
  for (const [name, watch] of Object.entries(WATCHES)) {
    const watcher = await connect();
    // Children cannot be read of what does not exist: that cell of the table is empty.
    if (name === 'child on N' && row.before === undefined) continue;
    await watch(watcher, p);
    watchers.set(name, watcher);
  }
  await row.change(client, `${p}/n`);
  await client.sync();
  const zxid = client.zxid;
  for (const [name, watcher] of watchers) {
    const events = await watcher.events();
    const heard = events.map(({ event, path }) => `${event} ${shortened(path, p)}`);
    t.strictSame(heard, row.heard[name] ?? [], name);
    t.ok(
      events.every((event) => event.zxid <= zxid && event.watches.length === 1),
      `${name}: each event has a zxid and names its watch`,
    );
    t.ok(new Set(events.map((event) => event.zxid)).size <= 1, `${name}: one change, one zxid`);
  }
}

function shortened(path: string, p: string): string {
  if (path === p) return 'P';
  return path.startsWith(`${p}/n`) ? `N${path.slice(p.length + 2)}` : path;
}

await overWebSocket(
  Object.fromEntries(
    Object.entries(TRIGGER_TABLE).map(([change, row]) => [
      `${change}: who hears of it`,
      (setting: Setting<WsDriver>) => tryRow(setting, row),
    ]),
  ),
);

// ------------------------------------------------------------------------------ registration

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
    const { token } = other;
    other.disconnect();
    const resumed = await connect({ session: token });
    await client.set(at('x'), 'x');
    t.strictSame(await resumed.events(), [], 'the session goes on, its watches do not');
  },
});

// ---------------------------------------------------------------------------------- removal

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

// --------------------------------------------------------------------------- order and content

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

// -------------------------------------------------------------------------------------- since

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
      heard.push(...reader.arrived.filter(isEvent));
      const since = heard.at(-1)?.zxid ?? begin;
      reader = await connect({ session: reader.token });
      await reader.addWatch(at(''), 'persistentRecursive', { since });
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
