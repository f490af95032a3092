/**
 * Who hears of what: ZooKeeper's trigger table, cell by cell. Each row is a change, each column a
 * watch on a connection of its own. A stream over HTTP hears what a persistent watch hears, also
 * when it begins late.
 */
import { codeOf, type Driver } from './driver.ts';
import { EventStream } from './event-stream.ts';
import { overWebSocket, type Setting, sleep } from './specification.ts';
import type { WsDriver } from './ws-driver.ts';

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

/** Enough for all watches to be left before N is due. */
const REAPED_MS = 3000;

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
    before: (client, n) => client.create(n, { mode: 'persistent_ttl', ttlMs: REAPED_MS }),
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
/** How that is done, by the path of N. */
const openers = new Map<string, () => Promise<WsDriver>>();

function ownerOf(n: string): Promise<WsDriver> {
  const known = owners.get(n) ?? openers.get(n)?.();
  if (known === undefined) throw new Error('no row is running');
  owners.set(n, known);
  return known;
}

async function tryRow(setting: Setting<WsDriver>, row: Row): Promise<void> {
  const { t, client, connect, at } = setting;
  const p = at('p');
  openers.set(`${p}/n`, connect);
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
  const since = await client.sync();
  await row.change(client, `${p}/n`);
  await client.sync();
  const zxid = client.zxid;
  for (const [name, watcher] of watchers) {
    // The root's watch hears of other rows, too.
    const events = (await watcher.events()).filter(({ path }) => path.startsWith(p));
    const heard = events.map(({ event, path }) => `${event} ${shortened(path, p)}`);
    t.strictSame(heard, row.heard[name] ?? [], name);
    t.ok(
      events.every((event) => event.zxid <= zxid && event.watches.length === 1),
      `${name}: each event has a zxid and names its watch`,
    );
    t.ok(new Set(events.map((event) => event.zxid)).size <= 1, `${name}: one change, one zxid`);
  }
  await tryStreams(setting, row, since, zxid);
}

/** The columns that a stream has a counterpart of. */
const STREAMS = {
  'persistent on N': { of: 'n', recursive: false },
  'persistent on P': { of: '', recursive: false },
  'recursive on N': { of: 'n', recursive: true },
  'recursive on P': { of: '', recursive: true },
};

async function tryStreams(
  { t, client, member, at }: Setting<WsDriver>,
  { heard }: Row,
  since: string,
  zxid: string,
): Promise<void> {
  const p = at('p');
  // Something that each of them hears behind it.
  for (const path of [`${p}/n`, p]) await client.set(path, 'later', { create: true });
  for (const [name, { of, recursive }] of Object.entries(STREAMS)) {
    const path = of === '' ? p : `${p}/${of}`;
    const stream = await EventStream.open(member.port, { path, recursive, since });
    t.teardown(() => stream.close());
    const events = await stream.through(zxid);
    const told = events.map(({ event, path }) => `${event} ${shortened(path, p)}`);
    t.strictSame(told, heard[name] ?? [], `a stream, late: ${name}`);
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
  { jobs: 3 },
);
