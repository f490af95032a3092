/** The core of an ensemble of one: what must be durable before what may be seen. */
import t from 'tap';
import { RaftLog } from '../../raftlog/raftlog.ts';
import type { Entry, HardState, LogPosition } from '../../raftlog/types.ts';
import { ZXID_NONE, zxidOf } from '../../raftlog/zxid.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };
const FRESH: HardState = { epoch: 0, votedFor: 0 };

function core(options: { counterMax?: number } = {}): RaftLog {
  return new RaftLog({ id: 1, voters: [1], ...options });
}

/** A core that has just opened epoch 1 and has its marker durable. */
function leader(options: { counterMax?: number } = {}): RaftLog {
  const log = core(options);
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  log.ready();
  log.step({ kind: 'persisted', epoch: 1, index: 0 });
  log.ready();
  log.step({ kind: 'persisted', epoch: 1, index: 1 });
  log.ready();
  return log;
}

const briefly = (entries: readonly Entry[]) =>
  entries.map(({ index, epoch, zxid, type, payload }) => [index, epoch, zxid, type, payload]);

t.test('a vote counts only when it is durable', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  const first = log.ready();
  t.same(first.hardState, { epoch: 1, votedFor: 1 }, 'it votes for itself in the next epoch');
  t.same(first.entries, [], 'and appends nothing yet');
  t.equal(log.role, 'looking');
  log.step({ kind: 'persisted', epoch: 1, index: 0 });
  t.equal(log.role, 'leading', 'it leads once the vote is on disk');
});

t.test('a leader opens its epoch with a marker, counter 0', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  log.ready();
  log.step({ kind: 'persisted', epoch: 1, index: 0 });
  t.same(briefly(log.ready().entries), [[1, 1, zxidOf(1, 0), 'epoch', '']]);
  t.notOk(log.leaderReady, 'it is not ready before the marker is committed');
  log.step({ kind: 'persisted', epoch: 1, index: 1 });
  t.ok(log.leaderReady);
  t.same(briefly(log.ready().committed), [[1, 1, zxidOf(1, 0), 'epoch', '']]);
});

t.test('an entry is handed out as committed only after it was persisted', async (t) => {
  const log = leader();
  t.equal(log.nextZxid(), zxidOf(1, 1));
  log.step({ kind: 'propose', payloads: ['a', 'b'] });
  const asked = log.ready();
  t.same(
    asked.entries.map((entry) => entry.payload),
    ['a', 'b'],
  );
  t.same(asked.committed, [], 'asked for, not yet durable');
  log.step({ kind: 'persisted', epoch: 1, index: 2 });
  t.same(briefly(log.ready().committed), [[2, 1, zxidOf(1, 1), 'transaction', 'a']]);
  log.step({ kind: 'persisted', epoch: 1, index: 3 });
  t.same(briefly(log.ready().committed), [[3, 1, zxidOf(1, 2), 'transaction', 'b']]);
  t.same(log.ready().committed, [], 'each entry is handed out once');
});

t.test('proposals pile up while an append is under way', async (t) => {
  const log = leader();
  log.step({ kind: 'propose', payloads: ['a'] });
  t.equal(log.ready().entries.length, 1);
  log.step({ kind: 'propose', payloads: ['b'] });
  log.step({ kind: 'propose', payloads: ['c'] });
  t.equal(log.ready().entries.length, 2, 'the next batch holds what came meanwhile');
});

t.test(
  'after a restart what the disk held is committed by an entry of the new epoch',
  async (t) => {
    const log = core();
    const entry: Entry = {
      index: 5,
      epoch: 3,
      zxid: zxidOf(3, 7),
      type: 'transaction',
      payload: 'old',
    };
    log.step({
      kind: 'start',
      hardState: { epoch: 3, votedFor: 1 },
      appliedThrough: { index: 4, epoch: 3, zxid: zxidOf(3, 6) },
      entries: [entry],
    });
    t.same(log.ready().committed, [], 'it is on disk, but nobody of this epoch decided it');
    log.step({ kind: 'persisted', epoch: 4, index: 0 });
    t.same(log.ready().committed, [], 'winning the election alone commits nothing (Raft 5.4.2)');
    log.step({ kind: 'persisted', epoch: 4, index: 6 });
    t.same(
      log.ready().committed.map((committed) => [committed.index, committed.epoch]),
      [
        [5, 3],
        [6, 4],
      ],
    );
  },
);

t.test('an epoch never starts behind the log', async (t) => {
  const log = core();
  log.step({
    kind: 'start',
    hardState: FRESH,
    appliedThrough: { index: 4, epoch: 9, zxid: zxidOf(9, 1) },
    entries: [],
  });
  t.equal(log.epoch, 10);
});

t.test('when the counter runs out the leader opens a new epoch by itself', async (t) => {
  const log = leader({ counterMax: 2 });
  log.step({ kind: 'propose', payloads: ['a', 'b'] });
  t.equal(log.nextZxid(), zxidOf(2, 1), 'the next zxid is already one of the new epoch');
  log.step({ kind: 'propose', payloads: ['c'] });
  const { hardState, entries } = log.ready();
  t.same(hardState, { epoch: 2, votedFor: 1 });
  t.same(
    entries.map(({ zxid, type }) => [zxid, type]),
    [
      [zxidOf(1, 1), 'transaction'],
      [zxidOf(1, 2), 'transaction'],
      [zxidOf(2, 0), 'epoch'],
      [zxidOf(2, 1), 'transaction'],
    ],
  );
  log.step({ kind: 'persisted', epoch: 2, index: 5 });
  t.equal(log.ready().committed.length, 4, 'and nobody waits for it');
});

t.test('a read is released when the epoch is open, not before', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  log.step({ kind: 'read', id: 1 });
  t.same(log.ready().reads, []);
  log.step({ kind: 'persisted', epoch: 1, index: 0 });
  t.same(log.ready().reads, []);
  log.step({ kind: 'persisted', epoch: 1, index: 1 });
  t.same(log.ready().reads, [1]);
  t.same(log.ready().reads, [], 'each read is released once');
});

t.test('our own mistakes stop the core', async (t) => {
  const log = leader();
  t.throws(() => log.step({ kind: 'persisted', epoch: 1, index: 99 }), {
    name: 'AssertionError',
  });
  t.throws(() => core().nextZxid(), { name: 'AssertionError' });
  t.throws(() => new RaftLog({ id: 2, voters: [1] }), { name: 'AssertionError' });
});
