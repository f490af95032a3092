/**
 * A process that is made to be killed: appends a workload and prints each index once it is
 * acknowledged. `node crash-writer.ts <directory> <seed> <ms until exit, 0 = never>`
 */
import { writeSync } from 'node:fs';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { loadStorage } from './recovered.ts';
import { Draw, HARD_STATE, Workload } from './workload.ts';

const [directory = '', seed = '0', exitAfterMs = '0'] = process.argv.slice(2);
const OUTSTANDING = 8;
export const DATA_BYTES = 1000;

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const storage = openSqliteStorage({
  directory,
  historyEntries: 200,
  foldEntries: 100,
  checkpointBytes: 512 * 1024,
  onFatal: (error) => {
    say(`fatal ${error.message}`);
    process.exit(3);
  },
});
const { lastIndex } = await loadStorage(storage);
const workload = new Workload(Number(seed), DATA_BYTES);
const draw = new Draw(lastIndex + 1);
let appended = lastIndex;
let outstanding = 0;
if (exitAfterMs !== '0') setTimeout(() => process.exit(0), Number(exitAfterMs));

function appendMore(): void {
  while (outstanding < OUTSTANDING) {
    const end = appended + 1 + draw.below(6);
    const entries = workload.slice(appended, end);
    const hardState = appended === 0 ? HARD_STATE : undefined;
    appended = end;
    outstanding += 1;
    storage.append({ hardState, entries }, () => {
      say(`acked ${end}`);
      storage.applied(workload.markAt(end));
      outstanding -= 1;
      setImmediate(appendMore);
    });
  }
}

appendMore();
