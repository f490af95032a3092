/**
 * A process that is made to be killed while it takes a snapshot: prints how far it is.
 * `node snapshot-taker.ts <directory> <directory of the leader>`
 */
import { writeSync } from 'node:fs';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { IGNORE } from './snapshots.ts';

const [directory = '', leaderDirectory = ''] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const open = (at: string) =>
  openSqliteStorage({
    directory: at,
    historyEntries: 100,
    snapshotChunkBytes: 50_000,
    onFatal: (error) => {
      say(`fatal ${error.message}`);
      process.exit(3);
    },
  });
const leader = open(leaderDirectory);
await leader.recover(IGNORE);
const source = await leader.openSnapshot();
const storage = open(directory);
await storage.recover(IGNORE);
const install = storage.install();
say('begun');
while (!install.complete) {
  const chunk = await source.read(install.next);
  if (chunk !== undefined) await install.add(chunk);
}
say('staged');
await install.finish(IGNORE);
say('finished');
await storage.close();
await leader.close();
