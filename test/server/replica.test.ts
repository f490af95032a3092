/** The loop around the core, with a leader that is played by the test. */
import { setImmediate as turn } from 'node:timers/promises';
import t from 'tap';
import type { Message } from '../../raftlog/messages.ts';
import type { Entry } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { systemClock } from '../../server/clock.ts';
import { recover } from '../../server/recover.ts';
import { Replica } from '../../server/replica.ts';
import type { FetchedSnapshot } from '../../server/snapshots.ts';
import { openMemoryStorage } from '../../storage/memory-storage.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';

const LEADER = 1;
const EPOCH = 1;
const SILENT = { info: () => undefined, error: () => undefined };
const PREVIOUS = { index: 0, zxid: zxidOf(0, 0) };

const OPENING = encodeTransaction({
  time: 7,
  changes: [{ op: 'openSession', session: '0000000100000001', secretHash: 'x', timeoutMs: 1000 }],
});
const ENTRIES: readonly Entry[] = [
  { index: 1, epoch: EPOCH, zxid: zxidOf(EPOCH, 0), type: 'epoch', payload: '' },
  { index: 2, epoch: EPOCH, zxid: zxidOf(EPOCH, 1), type: 'transaction', payload: OPENING },
];

/** Member 2 of three. Its disk is done when `sync` is called; its snapshots come from `fetch`. */
async function follower(fetch: () => Promise<FetchedSnapshot | undefined>) {
  const syncs: (() => void)[] = [];
  const storage = openMemoryStorage({ historyEntries: 100, defer: (done) => syncs.push(done) });
  const { state, recovered } = await recover(storage, SILENT);
  const told: string[] = [];
  const tell = (what: string) => () => void told.push(what);
  const replica = new Replica({
    ...{ id: 2, members: { voters: [1, 2, 3], observers: [] }, storage, state, recovered },
    ...{ clock: systemClock, random: () => 0, snapshots: { fetch } },
    channels: { send: () => undefined, flush: () => undefined, setEnsemble: () => undefined },
    listener: {
      applying: () => undefined,
      applied: (entry) => told.push(`applied ${entry.index}`),
      passed: (entry) => told.push(`passed ${entry.index}`),
      readsConfirmed: tell('reads confirmed'),
      readLost: tell('read lost'),
      batchApplied: tell('batch'),
      leading: tell('leading'),
      restored: tell('restored'),
      turned: () => undefined,
    },
  });
  replica.start();
  const sync = async () => {
    for (let done = syncs.shift(); done !== undefined; done = syncs.shift()) {
      done();
      await turn();
    }
  };
  const hear = async (message: Message) => {
    replica.receive(LEADER, message);
    await turn();
    await turn();
  };
  return { replica, told, sync, hear };
}

const noSnapshot = () => Promise.resolve(undefined);

t.test('a member is up to date when it has applied what was committed', async (t) => {
  const { replica, told, sync, hear } = await follower(noSnapshot);
  const append = { previous: PREVIOUS, entries: ENTRIES, committed: 2 };
  await hear({ kind: 'append', epoch: EPOCH, ...append });
  t.same(told, []);
  t.notOk(replica.upToDate, 'and not when it has heard of it');
  await sync();
  t.same(told, ['passed 1', 'applied 2', 'batch']);
  t.ok(replica.upToDate);
  replica.stop();
});

t.test('a snapshot that cannot be put in force is asked for again', async (t) => {
  let fetches = 0;
  const mark = {
    index: 5,
    epoch: EPOCH,
    zxid: zxidOf(EPOCH, 4),
    digest: '',
    lastTime: 0,
    members: undefined,
  };
  const { replica, told, sync, hear } = await follower(async () => {
    fetches += 1;
    const whole = fetches > 1;
    return { mark, install: async () => whole, abandon: () => undefined };
  });
  const heartbeat = { kind: 'heartbeat', epoch: EPOCH, committed: 0, round: 1 } as const;
  const wish = { kind: 'snapshotNeeded', epoch: EPOCH, committed: 5 } as const;
  await hear(heartbeat);
  await sync();
  await hear(wish);
  t.equal(fetches, 1);
  t.same(told, []);
  await hear(wish);
  await sync();
  t.equal(fetches, 2);
  t.same(told, ['restored']);
  t.equal(replica.appliedIndex, 5);
  replica.stop();
});
