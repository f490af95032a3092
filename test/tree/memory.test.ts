/**
 * What many znodes cost: bytes, but no objects, which the garbage collector would have to look at
 * one by one while everybody waits.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { OPEN_ACL } from '../../storage/tree/acl.ts';
import { loadZnodes, type ZnodeRow } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { create, data, Leader, remove, set } from './support.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of live objects. */
function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const COUNT = 200_000;
const MB = 1_000_000;

/** Parents of one child each, parents of many, and one of very many. */
function pathOf(n: number): string {
  if (n % 4 === 0) return `/tenants/tenant-${n}`;
  if (n % 4 === 1) return `/tenants/tenant-${n - 1}/config`;
  if (n % 4 === 2) return `/groups/group-${Math.floor(n / 400)}/member-${n}`;
  return `/queue/entry-${String(n).padStart(10, '0')}`;
}

function row(id: number, path: string, text: string): ZnodeRow {
  const time = 1_700_000_000_000;
  const none = '' as const;
  return [
    ...([id, path, id, id, id, time, time, 0, 0, 0] as const),
    ...(['persistent', none, 0, OPEN_ACL, text, 'utf8'] as const),
  ];
}

function fill(state: ReplicatedState): void {
  const text = 'x'.repeat(100);
  const parents = ['/tenants', '/groups', '/queue'];
  for (let n = 0; n <= COUNT / 400; n += 1) parents.push(`/groups/group-${n}`);
  let id = 5;
  const add = (path: string) => {
    loadZnodes(state, [row(id, path, text)]);
    id += 1;
  };
  for (const path of parents) add(path);
  for (let n = 0; n < COUNT; n += 1) add(pathOf(n));
}

t.test('the number of objects does not grow with the number of znodes', async (t) => {
  const state = new ReplicatedState();
  const before = heapUsed();
  fill(state);
  const after = heapUsed();
  t.ok(state.tree.size > COUNT);
  t.ok(after - before < 4 * MB, `${after - before} bytes of objects for ${COUNT} znodes`);
  let bytes = 0;
  for (let n = 0; n < COUNT; n += 1) bytes += state.tree.get(pathOf(n))?.text.length ?? 0;
  t.equal(bytes, 100 * COUNT, 'all are there');
  t.ok(heapUsed() - before < 4 * MB, 'and reading them leaves nothing behind');
});

t.test('nor with the number of TTL znodes, or of changes', async (t) => {
  const leader = new Leader();
  leader.create('/t');
  const count = 10_000;
  const before = heapUsed();
  const mode = 'persistent_ttl';
  for (let n = 0; n < count; n += 1) leader.do(create(`/t/${n}`, { mode, ttlMs: 1000 + n }));
  for (let n = 0; n < count; n += 1) leader.do(set(`/t/${n}`, `value ${n}`));
  t.ok(heapUsed() - before < MB, 'in the index of what is to be reaped');
  for (let n = 0; n < count; n += 1) {
    leader.create('/t/0/child');
    leader.do(remove('/t/0/child'));
  }
  t.ok(leader.state.reapIndex.size <= count + 1, 'a look is planned once');
});

t.test('what is deleted makes room for what is created', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const round = (size: number) => {
    for (let n = 0; n < 1000; n += 1) leader.create(`/a/${n}`, { data: data('x'.repeat(size)) });
    for (let n = 0; n < 1000; n += 1) leader.do(remove(`/a/${n}`));
  };
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  round(1000);
  const before = held();
  for (let size = 4000; size < 6000; size += 200) round(size);
  t.ok(held() - before < 12 * MB, 'of whatever size');
});
