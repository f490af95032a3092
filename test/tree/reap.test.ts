/** Containers and TTL znodes: when they are due, and that a use in between saves them. */
import t from 'tap';
import { CONTAINER_UNUSED_MS, dueForReaping } from '../../storage/tree/reap.ts';
import type { ReapRequest } from '../../storage/tree/types.ts';
import { create, Leader, lines, remove, set } from './support.ts';

function due(leader: Leader, max = 100): ReapRequest[] {
  return dueForReaping(leader.state, leader.time, max);
}

function duePaths(leader: Leader): string[] {
  return due(leader)
    .map(({ path }) => path)
    .sort();
}

t.test('a container is due once it has lost its last child', async (t) => {
  const leader = new Leader();
  leader.create('/c', { mode: 'container' });
  leader.create('/c/1');
  leader.create('/c/2');
  t.same(duePaths(leader), []);
  leader.do(remove('/c/1'));
  t.same(duePaths(leader), []);
  leader.do(remove('/c/2'));
  const [request] = due(leader);
  t.same(request, {
    op: 'reap',
    path: '/c',
    czxid: leader.stat('/c').czxid,
    mzxid: leader.stat('/c').mzxid,
  });
  const done = leader.do(request as ReapRequest);
  t.same(lines(done.events), ['nodeDeleted /c', 'nodeChildrenChanged /']);
  t.same(duePaths(leader), []);
});

t.test('a container that was never used is due five minutes after its last write', async (t) => {
  const leader = new Leader();
  leader.create('/c', { mode: 'container' });
  leader.time += CONTAINER_UNUSED_MS;
  t.same(duePaths(leader), []);
  leader.do(set('/c'));
  leader.time += CONTAINER_UNUSED_MS;
  t.same(duePaths(leader), []);
  leader.time += 1;
  t.same(duePaths(leader), ['/c']);
});

t.test('a container that is emptied is not kept for five minutes', async (t) => {
  const leader = new Leader();
  leader.create('/c', { mode: 'container' });
  leader.do({ op: 'transaction', ops: [create('/c/1'), remove('/c/1')] });
  t.same(duePaths(leader), ['/c']);
  leader.time += 2 * CONTAINER_UNUSED_MS;
  t.same(duePaths(leader), ['/c'], 'and is asked for once a round');
});

t.test('a TTL znode is due when its TTL has passed since the last write of its data', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.time += 1000;
  t.same(duePaths(leader), []);
  leader.do(set('/t'));
  leader.time += 1000;
  t.same(duePaths(leader), [], 'the write renewed it');
  leader.time += 1;
  t.same(duePaths(leader), ['/t']);
  t.same(duePaths(leader), ['/t'], 'and again until it is gone');
});

t.test('children keep a TTL znode, but do not renew it', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.create('/t/child');
  leader.time += 5000;
  t.same(duePaths(leader), []);
  leader.do(remove('/t/child'));
  t.same(duePaths(leader), ['/t']);
});

t.test('what happens between the search and the removal saves the znode', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.create('/c', { mode: 'container' });
  leader.do({ op: 'transaction', ops: [create('/c/1'), remove('/c/1')] });
  leader.time += 1001;
  const requests = due(leader);
  t.equal(requests.length, 2);
  leader.prepare(set('/t'));
  leader.prepare(create('/c/2'));
  for (const request of requests) t.same(leader.prepare(request), { kind: 'nothing' });
  while (leader.outstanding.length > 0) leader.applyNext();
  t.ok(leader.has('/t'));
  t.ok(leader.has('/c'));
});

t.test('a znode of the same name is another one', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.time += 1001;
  const [request] = due(leader);
  leader.prepare(remove('/t'));
  leader.do(create('/t', { mode: 'persistent_ttl', ttlMs: 1 }));
  leader.time += 1001;
  t.same(leader.prepare(request as ReapRequest), { kind: 'nothing' });
});

t.test('a removal that is under way is not prepared twice', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1 });
  leader.time += 2;
  const [first] = due(leader);
  const [second] = due(leader);
  t.equal(leader.prepare(first as ReapRequest).kind, 'transaction');
  t.same(leader.prepare(second as ReapRequest), { kind: 'nothing' });
});

t.test('a round is bounded, and the earliest come first', async (t) => {
  const leader = new Leader();
  for (let n = 0; n < 100; n += 1) {
    const ttlMs = 1 + ((n * 37) % 100);
    leader.create(`/t-${ttlMs}`, { mode: 'persistent_ttl', ttlMs });
  }
  leader.time += 1000;
  const removed: string[] = [];
  for (;;) {
    const requests = due(leader, 7);
    if (requests.length === 0) break;
    t.ok(requests.length <= 7);
    for (const request of requests) {
      leader.do(request);
      removed.push(request.path);
    }
  }
  t.same(
    removed,
    Array.from({ length: 100 }, (_, n) => `/t-${n + 1}`),
  );
  t.equal(leader.state.reapIndex.size, 0);
});

t.test('deleted znodes are dropped from the index when their time comes', async (t) => {
  const leader = new Leader();
  leader.create('/t', { mode: 'persistent_ttl', ttlMs: 1000 });
  leader.do(remove('/t'));
  leader.time += 1001;
  t.same(duePaths(leader), []);
  t.equal(leader.state.reapIndex.size, 0);
});
