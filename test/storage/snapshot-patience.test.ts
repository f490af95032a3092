/** A member that catches up slowly, by a snapshot of one that is busy, does so in the end. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { appended } from './snapshots.ts';
import { openStorage, until } from './sqlite-place.ts';
import { Workload } from './workload.ts';

const MIB = 1024 * 1024;

t.setTimeout(60_000);

t.test('a slow reader of a busy member comes to the end of a snapshot in the end', async (t) => {
  const workload = new Workload(3, 4000);
  const storage = await openStorage(t, join(t.testdir(), 'data'), {
    ...{ checkpointBytes: MIB / 4, snapshotWalBytes: MIB / 2, snapshotChunkBytes: 500_000 },
  });
  const write = (count: number) =>
    appended(storage, workload.slice(workload.last, workload.last + count));
  await appended(storage, workload.slice(0, 400));
  storage.applied(workload.markAt(400));
  /** Reads a chunk whenever the log has grown by so much, and the member has looked at that. */
  const readSlowly = async (): Promise<number> => {
    const source = await storage.openSnapshot();
    for (let chunk = 0; ; chunk += 1) {
      const read = await source.read(chunk).catch((error: unknown) => {
        t.match(error, { name: 'SnapshotRefusal', reason: 'expired' });
        return 'expired' as const;
      });
      if (read === 'expired') return 0;
      if (read === undefined) {
        source.close();
        return chunk;
      }
      // When something has changed it tells so, after having looked at what its snapshots cost.
      await write(30);
      const told = storage.stats();
      await until(() => storage.stats() !== told);
    }
  };
  let attempts = 1;
  let chunks = await readSlowly();
  for (; chunks === 0 && attempts < 20; attempts += 1) chunks = await readSlowly();
  t.ok(attempts > 1, `${attempts} attempts`);
  t.ok(chunks > 3, `${chunks} chunks`);
  t.equal(await readSlowly(), 0, 'the next one may cost what the first one might');
});

t.test('the room that a snapshot has cost is given back, though nobody writes', async (t) => {
  const workload = new Workload(4, 200_000);
  const directory = join(t.testdir(), 'data');
  const storage = await openStorage(t, directory, { snapshotWalBytes: 36 * MIB });
  await appended(storage, workload.slice(0, 10));
  storage.applied(workload.markAt(10));
  const walBytes = () => statSync(join(directory, 'paddock.db-wal')).size;
  await storage.openSnapshot();
  const entries: Entry[] = [];
  for (let bytes = 0; bytes < 40 * MIB; ) {
    const more = workload.slice(workload.last, workload.last + 10);
    entries.push(...more);
    for (const { payload } of more) bytes += payload.length;
  }
  await appended(storage, entries);
  const KEPT = 32 * MIB;
  await until(() => walBytes() <= KEPT);
  t.ok(walBytes() <= KEPT, `${walBytes()} bytes are left of it`);
});
