/** Quotas: the texts they are kept as, and that what is counted is what is there. */
import { equal, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  loadPosition,
  loadSessions,
  loadZnodes,
  sessionRow,
  znodeRow,
} from '../../storage/tree/image.ts';
import { limitedBy, limitsText, parseLimits } from '../../storage/tree/quota.ts';
import { usageIn } from '../../storage/tree/quota-table.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';
import { create, data, Leader, remove, set } from './support.ts';

function setQuota(path: string, countLimit: number, bytesLimit = 10_000): WriteRequest {
  return { op: 'setQuota', path, limits: { countLimit, bytesLimit } };
}

t.test('limits are written and read in the form of ZooKeeper', async (t) => {
  const all = { countLimit: 1, bytesLimit: 2, countSoftLimit: 3, bytesSoftLimit: 4 };
  t.equal(limitsText(all), 'count=3,bytes=4=;byteHardLimit=2;countHardLimit=1');
  for (const limits of [all, {}, { countLimit: 0 }, { bytesSoftLimit: 7 }]) {
    t.strictSame(parseLimits(data(limitsText(limits))), limits);
  }
  t.strictSame(parseLimits(data('count=5,bytes=-1')), { countSoftLimit: 5 });
  for (const text of ['', 'count', 'count=', 'count=1;', 'size=1', 'count=1 ', 'count=1e3']) {
    t.equal(parseLimits(data(text)), undefined, text);
  }
  t.equal(parseLimits({ text: 'AAAA', encoding: 'base64', length: 3 }), undefined);
});

t.test('which znode holds the limits of which path', async (t) => {
  t.equal(limitedBy('/zookeeper/quota/a/b/zookeeper_limits'), '/a/b');
  for (const path of [
    '/zookeeper/quota/zookeeper_limits',
    '/zookeeper/quota/a/zookeeper_stats',
    '/zookeeper/quota/zookeeper/a/zookeeper_limits',
    '/a/zookeeper_limits',
    '/zookeeper/quotas/a/zookeeper_limits',
  ]) {
    t.equal(limitedBy(path), undefined, path);
  }
});

t.test('a quota that is set behind outstanding changes counts them', async (t) => {
  const leader = new Leader();
  leader.create('/a', { data: data('12') });
  leader.create('/a/old', { data: data('345') });
  for (const request of [create('/a/new'), remove('/a/old'), set('/a', '1'), create('/b')]) {
    t.equal(leader.prepare(request).kind, 'transaction');
  }
  t.equal(leader.prepare(setQuota('/a', 3)).kind, 'transaction');
  t.equal(leader.prepare(create('/a/third')).kind, 'transaction');
  t.equal(leader.code(create('/a/fourth')), 'QuotaExceeded');
  t.equal(leader.state.quotas.size, 0, 'nothing is applied yet');
  while (leader.outstanding.length > 0) leader.applyNext();
  t.match(leader.state.quotas.get('/a'), { count: 3, bytes: 1 });
  t.equal(leader.code(create('/a/fourth')), 'QuotaExceeded');
});

t.test('the subtree of a new quota is walked once, by who prepares it', async (t) => {
  const leader = new Leader();
  for (const path of ['/a', '/a/1', '/a/2']) leader.create(path, { data: data('12') });
  let walks = 0;
  const { tree } = leader.state;
  const usage = tree.usage.bind(tree);
  tree.usage = (...asked) => {
    walks += 1;
    return usage(...asked);
  };
  leader.prepare(create('/a/3'));
  leader.prepare(setQuota('/a', 9));
  const { transaction } = leader.outstanding.at(-1) ?? {};
  t.match(transaction?.changes.at(-1), { op: 'create', usage: { count: 4, bytes: 6 } });
  while (leader.outstanding.length > 0) leader.applyNext();
  t.match(leader.state.quotas.get('/a'), { count: 4, bytes: 6 });
  leader.do(setQuota('/a', 5));
  t.equal(walks, 1);

  const limits = { path: '/zookeeper/quota/a/zookeeper_limits', data: data('count=1,bytes=1') };
  const anew = [remove(limits.path), remove('/a/1'), create(limits.path, { data: limits.data })];
  const ops = [...anew, create('/a/1'), ...anew];
  leader.do({ op: 'transaction', ops });
  t.match(leader.state.quotas.get('/a'), { count: 3, bytes: 4 });
  t.equal(walks, 1, 'nor is it when the quota is taken away and set anew in one transaction');
  leader.prepare({ op: 'setQuota', path: '/a' });
  leader.prepare(remove('/a/2'));
  leader.prepare(setQuota('/a', 5));
  while (leader.outstanding.length > 0) leader.applyNext();
  t.match(leader.state.quotas.get('/a'), { count: 2, bytes: 2 });
  t.equal(walks, 1, 'nor in several that are under way');
  leader.do({ op: 'setQuota', path: '/a' });
  leader.do(setQuota('/a', 5));
  t.equal(walks, 2);
});

t.test('a refused transaction takes back what it was counted for', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.do(setQuota('/a', 3));
  const ops = [create('/a/1'), remove('/a/1'), create('/a/2'), create('/a/3'), create('/a/4')];
  t.match(leader.refused({ op: 'transaction', ops }), { code: 'QuotaExceeded', index: 4 });
  const setAway = [
    remove('/zookeeper/quota/a/zookeeper_limits'),
    ...[1, 2, 3].map((n) => create(`/a/${n}`)),
    remove('/missing'),
  ];
  t.match(leader.refused({ op: 'transaction', ops: setAway }), { code: 'NoNode', index: 4 });
  leader.do(create('/a/1'));
  leader.do(create('/a/2'));
  t.equal(leader.code(create('/a/3')), 'QuotaExceeded');
  t.equal(
    leader.prepare({ op: 'transaction', ops: [remove('/a/1')], dryRun: true }).kind,
    'dryRun',
  );
  t.equal(leader.code(create('/a/3')), 'QuotaExceeded', 'a dry run gives no room');
});

t.test('a new leader counts what was applied and not what was lost', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.do(setQuota('/a', 2));
  leader.prepare(create('/a/lost'));
  t.equal(leader.code(create('/a/b')), 'QuotaExceeded');
  leader.outstanding.length = 0;
  leader.preparer.reset();
  t.equal(leader.prepare(create('/a/b')).kind, 'transaction');
});

t.test('counting stops at a bound', async (t) => {
  const leader = new Leader();
  for (const path of ['/a', '/a/1', '/a/2', '/a/2/x']) leader.create(path, { data: data('12') });
  t.strictSame(leader.state.tree.usage('/a', 4), { count: 4, bytes: 8, complete: true });
  t.strictSame(leader.state.tree.usage('/a', 3), { count: 3, bytes: 6, complete: false });
});

// ------------------------------------------------------------------------ at random

const path = fc.constantFrom('/a', '/a/b', '/a/b/c', '/a/bb', '/a/b/c/d', '/e');
const text = fc.constantFrom('', 'x', 'ü', 'y'.repeat(40));
const plain = fc.oneof(
  fc.record({ path, text }).map(({ path, text }) => create(path, { data: data(text) })),
  fc.record({ path, text }).map(({ path, text }) => set(path, text)),
  path.map((path) => ({ op: 'delete', path, recursive: true }) as const),
);
const request: fc.Arbitrary<WriteRequest> = fc.oneof(
  { weight: 8, arbitrary: plain },
  {
    weight: 2,
    arbitrary: fc
      .array(plain, { minLength: 1, maxLength: 4 })
      .map((ops) => ({ op: 'transaction', ops }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ path, count: fc.nat(4), bytes: fc.nat(60) })
      .map(({ path, count, bytes }) => setQuota(path, count, bytes)),
  },
  { weight: 1, arbitrary: path.map((path) => ({ op: 'setQuota', path }) as const) },
);
const QUOTED = ['/a', '/a/b', '/a/b/c', '/a/bb', '/a/b/c/d', '/e'];

function assertCounted(state: ReplicatedState): void {
  for (const path of QUOTED) {
    const quota = state.quotas.get(path);
    if (quota === undefined) continue;
    const { count, bytes } = usageIn(state.tree, path);
    equal(`${quota.count}/${quota.bytes}`, `${count}/${bytes}`, path);
  }
}

function reloaded(state: ReplicatedState): ReplicatedState {
  const copy = new ReplicatedState();
  const rows = [...state.tree.values()].map(znodeRow).sort(([a], [b]) => a - b);
  loadSessions(
    copy,
    [...state.sessions.entries()].map(([, session]) => sessionRow(session)),
  );
  loadZnodes(copy, rows);
  loadPosition(copy, { zxid: state.lastZxid, lastTime: state.lastTime });
  return copy;
}

t.test('pipelined or one by one, the same is refused, and what is counted is there', async () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(request, fc.boolean()), { maxLength: 40 }), (requests) => {
      const eager = new Leader();
      const lazy = new Leader();
      for (const [each, isApplied] of requests) {
        const one = eager.prepare(each);
        while (eager.outstanding.length > 0) eager.applyNext();
        const other = lazy.prepare(each);
        strictEqual(JSON.stringify(one), JSON.stringify(other));
        if (isApplied && lazy.outstanding.length > 0) lazy.applyNext();
        assertCounted(eager.state);
      }
      while (lazy.outstanding.length > 0) lazy.applyNext();
      for (const state of [lazy.state, reloaded(lazy.state)]) {
        assertCounted(state);
        equal(state.quotas.size, eager.state.quotas.size);
        equal(state.digest(), eager.state.digest());
      }
    }),
    { numRuns: 300 },
  );
});
