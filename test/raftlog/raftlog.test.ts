/**
 * The core of an ensemble of one: what must be durable before what may be seen. And of one of
 * several: what it says when two ensembles meet.
 */
import t from 'tap';
import { RaftLog } from '../../raftlog/raftlog.ts';
import { TwoEnsembles } from '../../raftlog/two-ensembles.ts';
import type { Entry, HardState, LogPosition, Ready } from '../../raftlog/types.ts';
import { ZXID_NONE, zxidOf } from '../../raftlog/zxid.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };
const FRESH: HardState = { epoch: 0, votedFor: 0 };

function core(options: { counterMax?: number; founding?: string } = {}): RaftLog {
  const members = { voters: [1], observers: [] };
  return new RaftLog({ id: 1, members, random: () => 0, ...options });
}

/** The disk is quick: everything asked for is durable at once, until nothing more is asked. */
function settle(log: RaftLog): Ready[] {
  const all: Ready[] = [];
  for (;;) {
    const ready = log.ready();
    all.push(ready);
    if (ready.persist === undefined) return all;
    log.step({ kind: 'persisted', ticket: ready.persist.ticket });
  }
}

/** A core that has just opened epoch 1 and has its marker durable. */
function leader(options: { counterMax?: number; founding?: string } = {}): RaftLog {
  const log = core(options);
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  settle(log);
  return log;
}

const briefly = (entries: readonly Entry[]) =>
  entries.map(({ index, epoch, zxid, type, payload }) => [index, epoch, zxid, type, payload]);

t.test('a vote counts only when it is durable', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  const { persist } = log.ready();
  t.same(persist?.hardState, { epoch: 1, votedFor: 1 }, 'it votes for itself in the next epoch');
  t.same(persist?.entries, [], 'and appends nothing yet');
  t.equal(log.role, 'looking');
  log.step({ kind: 'persisted', ticket: 1 });
  t.equal(log.role, 'leading', 'it leads once the vote is on disk');
});

t.test('a leader opens its epoch with a marker, counter 0', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  log.ready();
  log.step({ kind: 'persisted', ticket: 1 });
  t.same(briefly(log.ready().persist?.entries ?? []), [[1, 1, zxidOf(1, 0), 'epoch', '']]);
  t.notOk(log.leaderReady, 'it is not ready before the marker is committed');
  log.step({ kind: 'persisted', ticket: 2 });
  t.ok(log.leaderReady);
  t.same(briefly(log.ready().committed), [[1, 1, zxidOf(1, 0), 'epoch', '']]);
});

t.test('an entry is handed out as committed only after it was persisted', async (t) => {
  const log = leader();
  t.equal(log.nextZxid(), zxidOf(1, 1));
  log.step({ kind: 'propose', payloads: ['a'] });
  const first = log.ready();
  log.step({ kind: 'propose', payloads: ['b'] });
  const second = log.ready();
  t.same(
    [...(first.persist?.entries ?? []), ...(second.persist?.entries ?? [])].map(
      (entry) => entry.payload,
    ),
    ['a', 'b'],
  );
  t.same([first.committed, second.committed], [[], []], 'asked for, not yet durable');
  log.step({ kind: 'persisted', ticket: first.persist?.ticket ?? 0 });
  t.same(briefly(log.ready().committed), [[2, 1, zxidOf(1, 1), 'transaction', 'a']]);
  log.step({ kind: 'persisted', ticket: second.persist?.ticket ?? 0 });
  t.same(briefly(log.ready().committed), [[3, 1, zxidOf(1, 2), 'transaction', 'b']]);
  t.same(log.ready().committed, [], 'each entry is handed out once');
});

t.test('proposals pile up while an append is under way', async (t) => {
  const log = leader();
  log.step({ kind: 'propose', payloads: ['a'] });
  t.equal(log.ready().persist?.entries.length, 1);
  log.step({ kind: 'propose', payloads: ['b'] });
  log.step({ kind: 'propose', payloads: ['c'] });
  t.equal(log.ready().persist?.entries.length, 2, 'the next batch holds what came meanwhile');
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
    const vote = log.ready();
    t.same(vote.committed, [], 'it is on disk, but nobody of this epoch decided it');
    t.same(vote.persist?.hardState, { epoch: 4, votedFor: 1 });
    log.step({ kind: 'persisted', ticket: 1 });
    t.same(log.ready().committed, [], 'winning the election alone commits nothing (Raft 5.4.2)');
    log.step({ kind: 'persisted', ticket: 2 });
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
  t.notOk(log.mayPropose, 'the last counter is used: who has more to propose waits');
  const told = settle(log);
  t.same(
    told.flatMap(({ committed }) => committed.map(({ zxid, type }) => [zxid, type])),
    [
      [zxidOf(1, 1), 'transaction'],
      [zxidOf(1, 2), 'transaction'],
      [zxidOf(2, 0), 'epoch'],
    ],
  );
  t.ok(log.mayPropose, 'and not for long');
  t.equal(log.nextZxid(), zxidOf(2, 1));
});

t.test('a read is confirmed when the epoch is open, not before', async (t) => {
  const log = core();
  log.step({ kind: 'start', hardState: FRESH, appliedThrough: NOWHERE, entries: [] });
  log.ready();
  log.step({ kind: 'persisted', ticket: 1 });
  log.step({ kind: 'read', id: 1 });
  t.same(log.ready().reads, []);
  log.step({ kind: 'persisted', ticket: 2 });
  t.same(log.ready().reads, [{ id: 1, index: 1 }]);
  t.same(log.ready().reads, [], 'each read is confirmed once');
});

t.test('our own mistakes stop the core', async (t) => {
  const log = leader();
  t.throws(() => log.step({ kind: 'persisted', ticket: 99 }), { name: 'AssertionError' });
  t.throws(() => core().nextZxid(), { name: 'AssertionError' });
  t.throws(() => core().step({ kind: 'tick' }), { name: 'AssertionError' }, 'it starts first');
});

t.test('the first leader gives the ensemble an id, and nobody another one', async (t) => {
  const log = leader({ founding: 'the first' });
  t.equal(log.ensemble, 'the first', 'known when it is committed');
  const entries: Entry[] = [
    { index: 1, epoch: 1, zxid: zxidOf(1, 0), type: 'epoch', payload: 'the first' },
  ];
  const start = { kind: 'start', appliedThrough: NOWHERE } as const;
  const hardState = { epoch: 1, votedFor: 1 };

  const again = core({ founding: 'the second' });
  again.step({ ...start, hardState, entries });
  t.equal(again.ensemble, undefined, 'it may be taken back yet');
  settle(again);
  t.equal(again.ensemble, 'the first');
  t.equal(again.lastIndex, 2);

  const proposed: Entry = {
    ...{ index: 2, epoch: 1, zxid: zxidOf(1, 1) },
    ...{ type: 'transaction', payload: 'x' },
  };
  const proved = core({ founding: 'the second' });
  proved.step({ ...start, hardState, entries: [...entries, proposed] });
  t.equal(proved.ensemble, 'the first', 'whoever proposes has committed what was before');

  const folded = core({ founding: 'the second' });
  const appliedThrough = { index: 1, epoch: 1, zxid: zxidOf(1, 0) };
  folded.step({ kind: 'start', hardState, appliedThrough, ensemble: 'the first', entries: [] });
  settle(folded);
  t.equal(folded.ensemble, 'the first');

  const older = core({ founding: 'the second' });
  older.step({ kind: 'start', hardState, appliedThrough, entries: [] });
  settle(older);
  t.equal(older.ensemble, 'the second', 'a log without one gets it in its next epoch');
});

/** Member 1 of three, which follows member 2 and has committed two entries of epoch 1. */
function follower(): RaftLog {
  const members = { voters: [1, 2, 3], observers: [] };
  const log = new RaftLog({ id: 1, members, random: () => 0 });
  const appliedThrough = { index: 1, epoch: 1, zxid: zxidOf(1, 0) };
  const entries: Entry[] = [
    { index: 2, epoch: 1, zxid: zxidOf(1, 1), type: 'transaction', payload: 'x' },
  ];
  log.step({ kind: 'start', hardState: { epoch: 1, votedFor: 0 }, appliedThrough, entries });
  const previous = { index: 2, zxid: zxidOf(1, 1) };
  const append = { kind: 'append', epoch: 2, previous, entries: [], committed: 2 } as const;
  log.step({ kind: 'message', from: 2, message: append });
  settle(log);
  return log;
}

t.test('a leader whose log is that of another ensemble is not followed', async (t) => {
  const append = { kind: 'append', epoch: 3, committed: 2 } as const;
  const there = { index: 2, zxid: zxidOf(2, 7) };
  const behind: Entry = {
    ...{ index: 3, epoch: 3, zxid: zxidOf(3, 0) },
    ...{ type: 'epoch', payload: '' },
  };
  const log = follower();
  t.equal(log.committedIndex, 2);
  t.throws(
    () =>
      log.step({
        kind: 'message',
        from: 3,
        message: { ...append, previous: there, entries: [behind] },
      }),
    new TwoEnsembles(2, zxidOf(1, 1), 3, zxidOf(2, 7)),
  );
  t.strictSame(log.ready().messages, [], 'nothing is acknowledged');
  t.equal(log.lastIndex, 2);

  const other: Entry = {
    ...{ index: 2, epoch: 2, zxid: zxidOf(2, 7) },
    ...{ type: 'transaction', payload: 'y' },
  };
  const previous = { index: 1, zxid: zxidOf(1, 0) };
  t.throws(
    () =>
      follower().step({
        kind: 'message',
        from: 3,
        message: { ...append, previous, entries: [other] },
      }),
    /the logs of two ensembles have met: entry 2 is committed here as 0000000100000001/,
  );
});
