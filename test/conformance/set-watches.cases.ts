/**
 * One-shot watches left again after a break (`setWatches`): ZooKeeper's catch-up table, and the
 * cases that it overlooks. Each hears what it would have heard had the connection held.
 */
import { codeOf, refusalOf, world } from './driver.ts';
import { overWebSocket, type Setting } from './specification.ts';
import { isEvent, type WireEvent, type WsDriver } from './ws-driver.ts';

type Change = (client: WsDriver, path: string) => Promise<unknown>;

const create: Change = (client, path) => client.create(path);
const set: Change = (client, path) => client.set(path, 'changed');
const remove: Change = (client, path) => client.delete(path);
const addChild: Change = (client, path) => client.create(`${path}/child`);
const removeChild: Change = (client, path) => client.delete(`${path}/child`);

interface Row {
  readonly before: readonly Change[];
  readonly meanwhile: readonly Change[];
  /** What each kind of watch on the znode hears at once; `-`: it is armed. */
  readonly data: string;
  readonly child: string;
}

const ROWS: Readonly<Record<string, Row>> = {
  'nothing has happened': { before: [create], meanwhile: [], data: '-', child: '-' },
  'it is not there, as before': { before: [], meanwhile: [], data: '-', child: '-' },
  'its data was changed': {
    ...{ before: [create], meanwhile: [set] },
    ...{ data: 'nodeDataChanged', child: '-' },
  },
  'it has another child': {
    ...{ before: [create], meanwhile: [addChild] },
    ...{ data: '-', child: 'nodeChildrenChanged' },
  },
  'it was deleted': {
    ...{ before: [create], meanwhile: [remove] },
    ...{ data: 'nodeDeleted', child: 'nodeDeleted' },
  },
  'it was created': {
    ...{ before: [], meanwhile: [create] },
    ...{ data: 'nodeCreated', child: '-' },
  },
  'it came and went, which ZooKeeper overlooks': {
    ...{ before: [], meanwhile: [create, remove] },
    ...{ data: 'nodeCreated', child: 'nodeDeleted' },
  },
  'it went and came back, which ZooKeeper takes for a change': {
    ...{ before: [create], meanwhile: [remove, create] },
    ...{ data: 'nodeDeleted', child: 'nodeDeleted' },
  },
  'a child came and went': {
    ...{ before: [create], meanwhile: [addChild, removeChild] },
    ...{ data: '-', child: 'nodeChildrenChanged' },
  },
  'several changes: the first one counts': {
    ...{ before: [create], meanwhile: [addChild, set, removeChild, remove] },
    ...{ data: 'nodeDataChanged', child: 'nodeChildrenChanged' },
  },
};

async function checkRow({ t, client, connect, at }: Setting<WsDriver>, row: Row): Promise<void> {
  const path = at('x');
  for (const change of row.before) await change(client, path);
  const since = await client.sync();
  for (const change of row.meanwhile) await change(client, path);
  const back = await connect();
  const from = back.arrived.length;
  const request = { op: 'setWatches', since, data: [path], child: [path] };
  const { result } = await back.request(request);
  const [data, child] = [result['data'], result['child']] as [number[], number[]];
  t.equal(data.length, 1);
  t.equal(child.length, 1);
  await back.sync();
  const events = back.arrived.slice(from).filter(isEvent);
  const heard = (watch: number | undefined) =>
    events.filter(({ watches }) => watches.includes(watch ?? -1)).map(({ event }) => event);
  t.same(heard(data[0]), row.data === '-' ? [] : [row.data], 'the watch of get and exists');
  t.same(heard(child[0]), row.child === '-' ? [] : [row.child], 'the watch of children');
  t.same(events, inOrder(events), 'in the order in which it happened');
  t.ok(
    events.every(({ zxid }) => zxid > since),
    'with the zxid of the change',
  );
  if (row.data === 'nodeDeleted' && row.child === 'nodeDeleted') {
    t.equal(events.length, 1, 'one event for both');
  }

  // What has fired is used up, and what has not is there.
  if ((await client.exists(path)) === undefined) await create(client, path);
  else await set(client, path);
  const later = (await back.events()).filter((event) => !events.includes(event));
  t.equal(
    later.some(({ watches }) => watches.includes(data[0] ?? -1)),
    row.data === '-',
  );
}

function inOrder(events: readonly WireEvent[]): WireEvent[] {
  return events.toSorted((a, b) => (a.zxid < b.zxid ? -1 : 1));
}

await overWebSocket(
  Object.fromEntries(
    Object.entries(ROWS).map(([name, row]) => [
      name,
      async (setting: Setting<WsDriver>) => checkRow(setting, row),
    ]),
  ),
);

await overWebSocket({
  'many at once: the history is read once for all of them': async ({ t, client, connect, at }) => {
    const paths = Array.from({ length: 200 }, (_, number) => at(`n${number}`));
    await client.transaction(paths.map((path) => ({ op: 'create', path })));
    const since = await client.sync();
    const changed = paths.filter((_, number) => number % 3 === 0);
    await client.pipeline(changed.map((path) => ({ op: 'set', path, data: 'x' })));
    const back = await connect();
    const { result } = await back.request({ op: 'setWatches', since, data: paths });
    const numbers = result['data'] as number[];
    const events = await back.events();
    t.strictSame(
      events.map(({ path }) => path),
      changed,
    );
    t.strictSame(
      events.map(({ watches }) => watches[0]),
      changed.map((path) => numbers[paths.indexOf(path)]),
    );
    await client.pipeline(paths.map((path) => ({ op: 'set', path, data: 'y' })));
    const armed = paths.filter((path) => !changed.includes(path));
    t.same(
      (await back.events()).map(({ path }) => path),
      armed,
      'the others were armed, without a gap',
    );
  },

  'what is sent behind it is answered behind its events': async ({ t, client, connect, at }) => {
    await client.create(at('x'), { data: 'old' });
    const since = await client.sync();
    await client.set(at('x'), 'new');
    const back = await connect();
    const from = back.arrived.length;
    await back.pipeline([
      { op: 'setWatches', since, data: [at('x')] },
      { op: 'get', path: at('x') },
    ]);
    t.match(back.arrived.slice(from), [
      // Where its watches stand: who loses the connection here goes on from there.
      { zxid: since, result: { data: [Number] } },
      { event: 'nodeDataChanged', path: at('x') },
      { result: { data: 'new' } },
    ]);
  },

  'what one transaction changed is told in the order of its changes': async (scene) => {
    const { t, client, connect, at } = scene;
    for (const name of ['a', 'b', 'c']) await client.create(at(name));
    const since = await client.sync();
    await client.transaction(
      ['b', 'c', 'a'].map((name) => ({ op: 'set', path: at(name), data: '' })),
    );
    const back = await connect();
    await back.sync();
    const data = ['c', 'a', 'b'].map(at);
    const frames: unknown[] = [];
    back.socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
    await back.request({ op: 'setWatches', since, data });
    t.same(
      (await back.events()).map(({ path }) => path),
      ['b', 'c', 'a'].map(at),
    );
    const [, events] = frames as [WireEvent, WireEvent[]];
    t.equal(events.length, 3, 'in one frame: a transaction is seen whole or not at all');
  },

  'in a chroot it is about what is seen from there': async ({ t, client, connect, at }) => {
    await client.create(at('x'));
    const since = await client.sync();
    await client.set(at('x'), 'new');
    const inside = await connect({ chroot: at('') });
    const request = { op: 'setWatches', since, data: ['/x', '/y'], child: ['/'] };
    const { result } = await inside.request(request);
    const [x, y] = result['data'] as number[];
    t.match(await inside.events(), [{ event: 'nodeDataChanged', path: '/x', watches: [x] }]);
    await client.create(at('y'));
    t.match(await inside.events(), [
      { event: 'nodeCreated', path: '/y', watches: [y] },
      { event: 'nodeChildrenChanged', path: '/', watches: result['child'] },
    ]);
  },

  'who may not read a znode is not told what it missed': async ({ t, client, connect, at }) => {
    await client.create(at('x'), { acl: world('cdwa') });
    const since = await client.sync();
    await client.set(at('x'), 'secret');
    const back = await connect();
    const { result } = await back.request({ op: 'setWatches', since, data: [at('x')] });
    t.same(await back.events(), []);
    await client.setAcl(at('x'), world('cdrwa'));
    await client.set(at('x'), 'public');
    t.match(await back.events(), [{ path: at('x'), watches: result['data'] }], 'it is armed');
  },

  'what is malformed is refused, and leaves nothing': async ({ t, client, at }) => {
    const since = client.zxid;
    for (const wrong of [
      { since: 'x', data: [at('x')] },
      { data: [at('x')] },
      { since, data: [at('x'), 'no path'] },
      { since, data: [at('x'), at('x')] },
      { since, data: at('x') },
      { since, persistent: [at('x')] },
    ]) {
      const request = { op: 'setWatches', ...wrong };
      t.equal(await codeOf(client.request(request)), 'BadArguments', JSON.stringify(wrong));
    }
    const data = Array.from({ length: 20_001 }, (_, number) => at(`n${number}`));
    const refusal = await refusalOf(client.request({ op: 'setWatches', since, data }));
    t.match(refusal, { code: 'LimitExceeded', limit: { name: 'watchesPerConnection' } });
    await client.create(at('x'));
    t.same(await client.events(), []);
    const nothing = await client.request({ op: 'setWatches', since });
    t.same(nothing.result, { data: [], child: [] });
  },
});
