/** What a simulation can do to a disk in memory: hold it back, crash, fail, fill or lose it. */
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import t, { type Test } from 'tap';
import {
  MemoryDisk,
  type MemoryStorageOptions,
  openMemoryStorage,
} from '../../storage/memory-storage.ts';
import { plainCrc32 } from '../../storage/plain-crc.ts';
import { run } from './ensemble-contract.ts';
import { appended, finished, IGNORE, snapshotOf, staged } from './snapshots.ts';
import { Draw, Workload } from './workload.ts';

/** A storage whose syncs end when `step` says so. */
async function held(t: Test, disk: MemoryDisk, options: Partial<MemoryStorageOptions> = {}) {
  const syncs: (() => void)[] = [];
  const storage = openMemoryStorage({
    disk,
    historyEntries: 100,
    defer: (done) => syncs.push(done),
    onFatal: (error) => t.fail(`the storage failed: ${error.message}`),
    ...options,
  });
  await storage.recover(IGNORE);
  const acknowledged: number[] = [];
  return {
    storage,
    acknowledged,
    append(from: number, through: number) {
      const batch = { hardState: undefined, entries: run(from, through, 1) };
      storage.append(batch, () => acknowledged.push(through));
    },
    /** Ends the oldest sync; whether there was one. */
    step(): boolean {
      const done = syncs.shift();
      done?.();
      return done !== undefined;
    },
  };
}

async function lastOn(disk: MemoryDisk): Promise<number> {
  const storage = openMemoryStorage({ disk, historyEntries: 100 });
  const { entries, tables } = await storage.recover(IGNORE);
  storage.crash();
  return entries.at(-1)?.index ?? tables.index;
}

t.test('nothing is durable before its sync is let through', async (t) => {
  const disk = new MemoryDisk();
  const { storage, acknowledged, append, step } = await held(t, disk);
  append(1, 3);
  append(4, 4);
  append(5, 6);
  await new Promise((resolve) => setTimeout(resolve, 5));
  t.strictSame([acknowledged, disk.log.length, storage.unsynced], [[], 0, 1]);
  t.ok(step());
  t.strictSame([acknowledged, disk.log.length, storage.unsynced], [[3], 3, 2], 'what came before');
  append(7, 7);
  t.ok(step());
  t.strictSame([acknowledged, disk.log.length], [[3, 4, 6], 6], 'what came meanwhile');
  t.ok(step());
  t.strictSame(acknowledged, [3, 4, 6, 7]);
  t.notOk(step());
  t.equal(storage.stats().fsyncs, 3);
});

t.test('a crash keeps a prefix of what was being synced, whole calls of it', async (t) => {
  for (const [kept, last] of [
    [0, 2],
    [1, 3],
    [2, 6],
    [9, 9],
  ] as const) {
    const disk = new MemoryDisk();
    const { storage, acknowledged, append, step } = await held(t, disk);
    append(1, 2);
    append(3, 3);
    append(4, 6);
    append(7, 9);
    step();
    append(10, 12);
    storage.crash(kept);
    t.notOk(step() && acknowledged.length > 1, 'nothing is called back after a crash');
    t.equal(await lastOn(disk), last, `${kept} kept`);
  }
});

t.test('a sync that fails is the end, and what it was about may be there or not', async (t) => {
  for (const [failing, last] of [
    ['lost', 2],
    ['kept', 5],
  ] as const) {
    const disk = new MemoryDisk();
    const errors: string[] = [];
    const onFatal = (error: Error) => errors.push(error.message);
    const { storage, acknowledged, append, step } = await held(t, disk, { onFatal });
    append(1, 2);
    step();
    disk.failingSync = failing;
    append(3, 5);
    step();
    append(6, 6);
    t.notOk(step());
    t.strictSame([acknowledged, errors.length], [[2], 1]);
    t.match(errors[0], /a sync failed/);
    await t.rejects(storage.readLog(1, 1), /not open/);
    t.equal(await lastOn(disk), last, 'the next process finds a disk that works');
  }
});

t.test('a full disk takes nothing, and is no longer full when the log was trimmed', async (t) => {
  const disk = new MemoryDisk();
  disk.capacityBytes = 500;
  const errors: string[] = [];
  const onFatal = (error: Error) => errors.push(error.message);
  const options = { disk, historyEntries: 0, onFatal };
  const storage = openMemoryStorage(options);
  await storage.recover(IGNORE);
  t.equal(storage.stats().freeBytes, 500);
  await appended(storage, run(1, 10, 1));
  t.equal(storage.stats().freeBytes, 100);
  storage.append({ hardState: undefined, entries: run(11, 14, 1) }, () => t.fail('no room'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  t.match(errors, [/the disk is full/]);
  t.equal(await lastOn(disk), 10);
  const after = openMemoryStorage(options);
  const { tables } = await after.recover(IGNORE);
  after.applied({ ...tables, index: 8, epoch: 1, zxid: disk.log[7]?.zxid ?? tables.zxid });
  await after.close();
  t.equal(disk.freeBytes, 420);
});

t.test('a disk that was lost is as new; a damaged one is refused, or set aside', async (t) => {
  const disk = new MemoryDisk();
  const options = { disk, historyEntries: 100 };
  const hardState = { epoch: 4, votedFor: 2 };
  const storage = openMemoryStorage(options);
  await storage.recover(IGNORE);
  storage.append({ hardState, entries: run(1, 10, 1) }, () => {});
  await appended(storage, []);
  t.throws(() => disk.lose(), /while nobody uses it/);
  storage.crash();

  disk.damage = 'a bit flipped';
  const corrupt = { name: 'StorageRefusal', reason: 'corrupt', message: /a bit flipped/ };
  await t.rejects(openMemoryStorage(options).recover(IGNORE), corrupt);
  const aside = openMemoryStorage({ ...options, setAside: 'when-damaged' });
  const recovered = await aside.recover(IGNORE);
  t.strictSame(recovered.hardState, { ...hardState, suspect: true });
  t.strictSame([recovered.entries, recovered.fresh], [[], false]);
  t.equal(recovered.setAside, 'a bit flipped');
  aside.crash();

  disk.lose();
  const lost = openMemoryStorage({ ...options, setAside: 'when-damaged' });
  const { fresh, hardState: forgotten } = await lost.recover(IGNORE);
  t.strictSame([fresh, forgotten], [true, { epoch: 0, votedFor: 0 }]);
});

t.test('a crash while a snapshot is put in force leaves the one or the other', async (t) => {
  const workload = new Workload(1);
  const leader = openMemoryStorage({ historyEntries: 100, snapshotChunkBytes: 1000 });
  await leader.recover(IGNORE);
  await appended(leader, workload.slice(0, 100));
  leader.applied(workload.markAt(100));
  const chunks = await snapshotOf(leader);
  for (const steps of [0, 1, 2]) {
    const disk = new MemoryDisk();
    const { storage, append, step } = await held(t, disk);
    append(1, 5);
    const finishing = finished(await staged(storage, chunks));
    for (let done = 0; done < steps; done += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      step();
    }
    if (steps < 2) storage.crash();
    if (steps < 2) await t.rejects(finishing, /the storage crashed/);
    else t.equal((await finishing).state.digest(), workload.markAt(100).digest);
    if (steps === 2) storage.crash();
    t.equal(await lastOn(disk), [0, 5, 100][steps]);
  }
});

t.test('snapshots may end at any time', async (t) => {
  const storage = openMemoryStorage({ historyEntries: 100 });
  await storage.recover(IGNORE);
  const source = await storage.openSnapshot();
  t.ok((await source.read(0)) !== undefined);
  storage.expireSnapshots();
  await t.rejects(source.read(0), { name: 'SnapshotRefusal', reason: 'expired' });
});

t.test('the checksum without Node is the one of zlib', async (t) => {
  const draw = new Draw(1);
  for (let turn = 0; turn < 100; turn += 1) {
    const bytes = randomBytes(draw.below(300));
    const seed = turn < 50 ? 0 : draw.below(2 ** 32);
    t.equal(plainCrc32(bytes, seed), crc32(bytes, seed));
  }
});
