/**
 * The truth table of READ and events: for each change of a znode N below P, each kind of watch, and
 * each way in which the two may be closed to whoever watches. An event is told when the znode that
 * it names may be read, whatever the other one says; a one-shot watch is used up when it is told.
 * A stream over HTTP that begins late tells what a persistent watch has told.
 */
import { explainSession } from './beside.ts';
import { userAcl, world } from './driver.ts';
import { EventStream } from './event-stream.ts';
import { overWebSocket, type Setting } from './specification.ts';
import type { WsDriver } from './ws-driver.ts';

/** What each watch hears that may hear all; one that is missing hears nothing. */
type Heard = Readonly<Record<string, readonly string[]>>;

const CHANGES: Readonly<Record<'create' | 'set' | 'delete', Heard>> = {
  create: {
    'data on N': ['nodeCreated N'],
    'child on P': ['nodeChildrenChanged P'],
    'persistent on N': ['nodeCreated N'],
    'persistent on P': ['nodeChildrenChanged P'],
    'recursive on N': ['nodeCreated N'],
    'recursive on P': ['nodeCreated N'],
  },
  set: {
    'data on N': ['nodeDataChanged N'],
    'persistent on N': ['nodeDataChanged N'],
    'recursive on N': ['nodeDataChanged N'],
    'recursive on P': ['nodeDataChanged N'],
  },
  delete: {
    'data on N': ['nodeDeleted N'],
    'child on N': ['nodeDeleted N'],
    'child on P': ['nodeChildrenChanged P'],
    'persistent on N': ['nodeDeleted N'],
    'persistent on P': ['nodeChildrenChanged P'],
    'recursive on N': ['nodeDeleted N'],
    'recursive on P': ['nodeDeleted N'],
  },
};

const OWNERS = userAcl('cdrwa', 'owner', 'secret');
const aclOf = (isOpen: boolean) => (isOpen ? [...OWNERS, ...world('r')] : OWNERS);

async function leaveWatches(watcher: WsDriver, p: string, n: string, isThere: boolean) {
  const names = new Map<number, string>();
  names.set(await watcher.watching({ op: 'exists', path: n }), 'data on N');
  if (isThere) names.set(await watcher.watching({ op: 'children', path: n }), 'child on N');
  names.set(await watcher.watching({ op: 'get', path: p }), 'data on P');
  names.set(await watcher.watching({ op: 'children', path: p }), 'child on P');
  names.set(await watcher.addWatch(n, 'persistent'), 'persistent on N');
  names.set(await watcher.addWatch(p, 'persistent'), 'persistent on P');
  names.set(await watcher.addWatch(n, 'persistentRecursive'), 'recursive on N');
  names.set(await watcher.addWatch(p, 'persistentRecursive'), 'recursive on P');
  return names;
}

interface Cell {
  readonly change: keyof typeof CHANGES;
  readonly isOpenP: boolean;
  readonly isOpenN: boolean;
}

async function tryCell({ t, client, member, connect, at }: Setting<WsDriver>, cell: Cell) {
  const { change, isOpenP, isOpenN } = cell;
  const [p, n] = [at('p'), at('p/n')];
  const short = (path: string) => (path === p ? 'P' : 'N');
  const owner = await connect();
  await owner.authenticate('owner', 'secret');
  await owner.create(p, { acl: aclOf(true) });
  const isThere = change !== 'create';
  if (isThere) await owner.create(n, { acl: aclOf(true) });
  await client.sync();
  const names = await leaveWatches(client, p, n, isThere);
  await owner.setAcl(p, aclOf(isOpenP));
  if (isThere) await owner.setAcl(n, aclOf(isOpenN));
  const since = await client.sync();

  if (change === 'create') await owner.create(n, { acl: aclOf(isOpenN) });
  if (change === 'set') await owner.set(n, 'x');
  if (change === 'delete') await owner.delete(n);

  const heard: Record<string, string[]> = {};
  for (const { event, path, watches } of await client.events()) {
    for (const watch of watches) {
      const name = names.get(watch) ?? 'nobody';
      heard[name] = [...(heard[name] ?? []), `${event} ${short(path)}`];
    }
  }
  const isTold = (text: string) => (text.endsWith('P') ? isOpenP : isOpenN);
  const told = Object.entries(CHANGES[change]).map(([name, texts]) => [name, texts.filter(isTold)]);
  const expected = Object.fromEntries(told.filter(([, texts]) => texts?.length !== 0)) as Heard;
  t.strictSame(heard, expected, 'who is told what');

  const { watches } = await explainSession(client, client.sessionId);
  const left = watches.map(({ watch }) => names.get(watch) ?? 'nobody');
  const isUsedUp = (name: string) => /^(data|child)/.test(name) && name in expected;
  t.strictSame(
    left,
    [...names.values()].filter((name) => !isUsedUp(name)),
    'what is left',
  );

  const { zxid } = owner;
  await owner.setAcl(p, aclOf(true));
  // Something that each of them hears behind it.
  if (change === 'delete') await owner.create(n, { acl: aclOf(true) });
  else await owner.setAcl(n, aclOf(true));
  for (const path of [n, p]) await owner.set(path, 'later');
  await client.sync();
  for (const [name, path, recursive] of [
    ['persistent on N', n, false],
    ['persistent on P', p, false],
    ['recursive on P', p, true],
  ] as const) {
    const stream = await EventStream.open(member.port, { path, recursive, since });
    t.teardown(() => stream.close());
    const late = (await stream.through(zxid)).map(({ event, path }) => `${event} ${short(path)}`);
    t.strictSame(late, expected[name] ?? [], `a stream, late: ${name}`);
  }
}

const yesOrNo = [true, false];
const cells = Object.keys(CHANGES).flatMap((change) =>
  yesOrNo.flatMap((isOpenP) =>
    yesOrNo.map((isOpenN): Cell => ({ change: change as Cell['change'], isOpenP, isOpenN })),
  ),
);

await overWebSocket(
  Object.fromEntries(
    cells.map((cell) => [
      `${cell.change} N, which is ${cell.isOpenN ? 'open' : 'closed'}, in P, which is ${cell.isOpenP ? 'open' : 'closed'}`,
      (setting: Setting<WsDriver>) => tryCell(setting, cell),
    ]),
  ),
);
