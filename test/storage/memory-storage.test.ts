/**
 * The in-memory twin keeps the contract, and forgets on a crash exactly what was not acknowledged.
 */
import t from 'tap';
import { MemoryDisk, openMemoryStorage } from '../../storage/memory-storage.ts';
import { type Place, storageContract } from './contract.ts';
import { ensembleContract } from './ensemble-contract.ts';
import { snapshotContract } from './snapshot-contract.ts';
import { IGNORE } from './snapshots.ts';
import { Workload } from './workload.ts';

function newPlace(): Place {
  const disk = new MemoryDisk();
  return (options) => openMemoryStorage({ disk, historyEntries: 1000, ...options });
}

storageContract('memory storage', newPlace);
ensembleContract('memory storage', newPlace);
snapshotContract('memory storage', newPlace);

t.test('a crash loses what was not acknowledged, and nothing else', async (t) => {
  const workload = new Workload(1);
  const later: (() => void)[] = [];
  const defer = (work: () => void) => later.push(work);
  const storage = openMemoryStorage({ historyEntries: 10, defer });
  await storage.recover(IGNORE);
  const acknowledged: number[] = [];
  for (const entries of [workload.slice(0, 3), workload.slice(3, 5)]) {
    storage.append({ hardState: undefined, entries }, () => acknowledged.push(entries.length));
    if (acknowledged.length === 0) for (const work of later.splice(0)) work();
  }
  t.strictSame(acknowledged, [3]);
  storage.crash();
  for (const work of later.splice(0)) work();
  t.strictSame(acknowledged, [3], 'nothing is acknowledged after a crash');
  const after = openMemoryStorage({ disk: storage.disk, historyEntries: 10 });
  t.strictSame((await after.recover(IGNORE)).entries, workload.slice(0, 3));
});
