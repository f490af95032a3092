/** Directories for the suites that are run against both storages, and storages on them. */
import { join } from 'node:path';
import type { Test } from 'tap';
import { openSqliteStorage, type SqliteStorageOptions } from '../../storage/sqlite-storage.ts';
import type { Place } from './contract.ts';
import { IGNORE } from './snapshots.ts';

const bases = new WeakMap<Test, string>();
let places = 0;

export function newSqlitePlace(t: Test): Place {
  const base = bases.get(t) ?? t.testdir();
  bases.set(t, base);
  places += 1;
  const directory = join(base, `data-${places}`);
  return (options) => {
    const storage = openSqliteStorage({
      directory,
      historyEntries: 1000,
      onFatal: (error) => t.fail(`the storage failed: ${error.stack}`),
      ...options,
    });
    t.teardown(() => storage.close());
    return storage;
  };
}

/** A storage that is open and was recovered into nothing. */
export async function openStorage(
  t: Test,
  directory: string,
  options: Partial<SqliteStorageOptions> = {},
) {
  const storage = openSqliteStorage({
    directory,
    historyEntries: 100,
    onFatal: (error) => t.fail(`the storage failed: ${error.stack}`),
    ...options,
  });
  t.teardown(() => storage.close());
  await storage.recover(IGNORE);
  return storage;
}

export async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; !condition(); wait += 1) {
    if (wait > 2000) throw new Error('waited for too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
