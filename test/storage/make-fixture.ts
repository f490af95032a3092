/**
 * How `test/fixtures/data-v<format>/` and what is expected of it were made. Run once per format, by
 * the version that introduces it, and never again: `node test/storage/make-fixture.ts`
 */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FORMAT_VERSION } from '../../storage/database.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { contentOf } from './recovered.ts';
import { HARD_STATE, Workload } from './workload.ts';

const directory = fileURLToPath(new URL(`../fixtures/data-v${FORMAT_VERSION}`, import.meta.url));
if (existsSync(directory)) throw new Error(`${directory} is there already, and must stay as it is`);

const open = () =>
  openSqliteStorage({
    directory,
    historyEntries: 30,
    onFatal: (error) => {
      throw error;
    },
  });
const workload = new Workload(10, 30);
const storage = open();
await storage.recover({ znodes() {}, sessions() {} });
await new Promise<void>((resolve) =>
  storage.append({ hardState: HARD_STATE, entries: workload.slice(0, 120) }, resolve),
);
storage.applied(workload.markAt(100));
await storage.close();
const content = await contentOf(open());
writeFileSync(`${directory}.json`, `${JSON.stringify(content, undefined, 1)}\n`);
