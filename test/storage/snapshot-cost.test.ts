/** What a snapshot of the SQLite storage may cost the member that gives it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { appended } from './snapshots.ts';
import { openStorage, until } from './sqlite-place.ts';
import { Workload } from './workload.ts';

const MIB = 1024 * 1024;

t.test('a snapshot that nobody reads ends, and holds nothing any more', async (t) => {
  const workload = new Workload(1);
  const storage = await openStorage(t, join(t.testdir(), 'data'), {
    ...{ historyEntries: 0, foldIdleMs: 20, snapshotIdleMs: 2000 },
  });
  await appended(storage, workload.slice(0, 100));
  storage.applied(workload.markAt(100));
  const source = await storage.openSnapshot();
  await appended(storage, workload.slice(100, 300));
  storage.applied(workload.markAt(300));
  await until(() => storage.stats().foldedIndex === 300);
  t.equal((await storage.readLog(101, 1)).entries.length, 1, 'the log behind it is held');
  await until(() => storage.stats().firstIndex === 0);
  const expired = { name: 'SnapshotRefusal', reason: 'expired' };
  await t.rejects(source.read(0), expired);
});

t.test('a snapshot ends when the write-ahead log cannot begin anew behind it', async (t) => {
  const directory = join(t.testdir(), 'data');
  const workload = new Workload(2, 2000);
  const storage = await openStorage(t, directory, {
    ...{ checkpointBytes: MIB, snapshotWalBytes: 6 * MIB },
  });
  const walBytes = () => statSync(join(directory, 'paddock.db-wal')).size;
  await appended(storage, workload.slice(0, 100));
  storage.applied(workload.markAt(100));
  const write = async (count: number) => {
    const from = workload.last;
    for (let index = from; index < from + count; index += 50) {
      await appended(storage, workload.slice(index, index + 50));
    }
  };
  await write(500);
  t.ok(walBytes() < 3 * MIB, `${walBytes()} bytes without a reader`);
  const source = await storage.openSnapshot();
  await source.read(0);
  await write(1000);
  t.ok(walBytes() > 3 * MIB, `${walBytes()} bytes behind a reader`);
  t.ok((await source.read(1)) !== undefined, 'which goes on');
  for (let turn = 0; turn < 20; turn += 1) {
    await write(200);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  t.ok(walBytes() < 12 * MIB, `${walBytes()} bytes, and no more`);
  await t.rejects(source.read(0), { name: 'SnapshotRefusal', reason: 'expired' });
});

t.test('there is an end to how many are read at once', async (t) => {
  const storage = await openStorage(t, join(t.testdir(), 'data'));
  const sources = await Promise.all(Array.from({ length: 8 }, () => storage.openSnapshot()));
  await t.rejects(storage.openSnapshot(), { name: 'SnapshotRefusal', reason: 'busy' });
  sources[3]?.close();
  const again = await storage.openSnapshot();
  t.ok((await again.read(0)) !== undefined);
});
