/**
 * How `test/fixtures/data-v<format>/` and what is expected of it were made. Run once per format, by
 * the version that introduces it, and never again: `node test/storage/make-fixture.ts`
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeMembers } from '../../raftlog/membership.ts';
import type { Entry } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { FORMAT_VERSION } from '../../storage/format.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { contentOf } from './recovered.ts';
import { appended, IGNORE, restored, snapshotOf } from './snapshots.ts';
import { HARD_STATE, Workload } from './workload.ts';

const directory = fileURLToPath(new URL(`../fixtures/data-v${FORMAT_VERSION}`, import.meta.url));
if (existsSync(directory)) throw new Error(`${directory} is there already, and must stay as it is`);

const open = (at: string) =>
  openSqliteStorage({
    directory: at,
    historyEntries: 30,
    onFatal: (error) => {
      throw error;
    },
  });
// So small that sessions have to forget answers.
const workload = new Workload(10, 30, { exactlyOnceBytes: 1200 });

const elsewhere = mkdtempSync(join(tmpdir(), 'paddock-'));
const leader = open(elsewhere);
await leader.recover(IGNORE);
await appended(leader, workload.slice(0, 60));
leader.applied(workload.markAt(60));
const snapshot = await snapshotOf(leader);
await leader.close();
rmSync(elsewhere, { recursive: true });

// A member that got a snapshot in place of what it had, and entries that replaced others.
const storage = open(directory);
await storage.recover(IGNORE);
await appended(storage, workload.slice(0, 20));
await restored(storage, snapshot);
await appended(storage, workload.slice(60, 115));
await appended(storage, workload.slice(109, 120));
storage.applied(workload.markAt(100));
const members: Entry = {
  index: 121,
  epoch: 2,
  zxid: zxidOf(2, 0),
  type: 'members',
  payload: encodeMembers({ voters: [1, 2, 3], observers: [4] }),
};
const hardState = { ...HARD_STATE, epoch: 2, suspect: true };
await new Promise<void>((resolve) => storage.append({ hardState, entries: [members] }, resolve));
await storage.close();
const content = await contentOf(open(directory));
writeFileSync(`${directory}.json`, `${JSON.stringify(content, undefined, 1)}\n`);
