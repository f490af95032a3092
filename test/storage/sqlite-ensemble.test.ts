/** The SQLite storage keeps what a member among others needs of it. */
import { join } from 'node:path';
import type { Test } from 'tap';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import type { Place } from './contract.ts';
import { ensembleContract } from './ensemble-contract.ts';
import { snapshotContract } from './snapshot-contract.ts';

const bases = new WeakMap<Test, string>();
let places = 0;

function newPlace(t: Test): Place {
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

ensembleContract('sqlite storage', newPlace);
snapshotContract('sqlite storage', newPlace);
