/** The SQLite storage keeps the contract, and what only it has: a directory, settings, a thread. */
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import t, { type Test } from 'tap';
import { verifySettings } from '../../storage/database.ts';
import { FORMAT_VERSION } from '../../storage/format.ts';
import { openSqliteStorage, type SqliteStorageOptions } from '../../storage/sqlite-storage.ts';
import { storageContract } from './contract.ts';
import { loadStorage } from './recovered.ts';
import { HARD_STATE, Workload } from './workload.ts';

const IGNORE = { znodes() {}, sessions() {}, answers() {} };

function open(t: Test, directory: string, options: Partial<SqliteStorageOptions> = {}) {
  const storage = openSqliteStorage({
    directory,
    historyEntries: 1000,
    onFatal: (error) => t.fail(`the storage failed: ${error.stack}`),
    ...options,
  });
  t.teardown(() => storage.close());
  return storage;
}

storageContract('sqlite storage', (t) => {
  const directory = join(t.testdir(), 'data');
  return (options) => open(t, directory, options);
});

t.test('the directory and its files are for their owner alone', async (t) => {
  const directory = join(t.testdir(), 'a', 'b', 'data');
  const storage = open(t, directory);
  await storage.recover(IGNORE);
  await new Promise<void>((resolve) =>
    storage.append({ hardState: HARD_STATE, entries: [] }, resolve),
  );
  t.equal(statSync(directory).mode & 0o777, 0o700);
  const files = readdirSync(directory);
  t.ok(
    files.includes('paddock.db-wal') && files.includes('high-water') && files.includes('lock.db'),
  );
  for (const file of files) t.equal(statSync(join(directory, file)).mode & 0o777, 0o600, file);
  await storage.close();
  t.strictSame(readdirSync(directory).sort(), ['high-water', 'lock.db', 'paddock.db']);
});

t.test('a directory that is anybody else’s keeps its mode', async (t) => {
  const directory = t.testdir({ 'other.txt': '' });
  chmodSync(directory, 0o755);
  for (const start of ['first', 'second']) {
    const storage = open(t, directory);
    await storage.recover(IGNORE);
    await storage.close();
    t.equal(statSync(directory).mode & 0o777, 0o755, start);
  }
  t.equal(statSync(join(directory, 'paddock.db')).mode & 0o777, 0o600);
});

t.test('what is not a directory, or cannot be written, is refused with a reason', async (t) => {
  const file = join(t.testdir({ file: '' }), 'file');
  await t.rejects(open(t, file).recover(IGNORE), { reason: 'io', message: /EEXIST|ENOTDIR/ });
  if (process.getuid?.() !== 0) {
    const closed = t.testdir();
    chmodSync(closed, 0o500);
    const refused = { reason: 'io', message: /who may write to it/ };
    await t.rejects(open(t, join(closed, 'data')).recover(IGNORE), refused);
    chmodSync(closed, 0o700);
  }
});

t.test('settings that could lose what was acknowledged are refused', async (t) => {
  const path = join(t.testdir(), 'x.db');
  const connection = new Database(path);
  t.teardown(() => connection.close());
  t.throws(() => verifySettings(connection), {
    reason: 'unsafe-settings',
    message: /journal_mode=delete/,
  });
  connection.pragma('journal_mode = WAL');
  connection.exec('CREATE TABLE anything (at_all TEXT)');
  t.throws(
    () => verifySettings(connection),
    { reason: 'unsafe-settings', message: /synchronous=1/ },
    'what SQLite makes of it by itself in WAL mode',
  );
  connection.pragma('synchronous = FULL');
  t.doesNotThrow(() => verifySettings(connection));
});

t.test('a database of a newer format is refused and left alone', async (t) => {
  const directory = t.testdir();
  const first = open(t, directory);
  await first.recover(IGNORE);
  await first.close();
  const path = join(directory, 'paddock.db');
  const connection = new Database(path);
  connection.pragma(`user_version = ${FORMAT_VERSION + 1}`);
  connection.close();
  await t.rejects(open(t, directory).recover(IGNORE), {
    reason: 'newer-format',
    message: /has format 6, this version of Paddock knows 5: run the version that wrote/,
  });
  const again = new Database(path);
  t.equal(again.pragma('user_version', { simple: true }), FORMAT_VERSION + 1);
  again.pragma(`user_version = ${FORMAT_VERSION}`);
  again.close();
  const last = open(t, directory);
  await t.resolves(last.recover(IGNORE), 'the refusal has changed nothing');
});

t.test('a database that is not ours is refused', async (t) => {
  const directory = t.testdir();
  const connection = new Database(join(directory, 'paddock.db'));
  connection.exec('CREATE TABLE recipes (name TEXT)');
  connection.close();
  await t.rejects(open(t, directory).recover(IGNORE), {
    reason: 'corrupt',
    message: /not a database/,
  });
  writeFileSync(
    join(t.testdir(), 'paddock.db'),
    'this is not SQLite at all, but long enough '.repeat(9),
  );
  await t.rejects(open(t, t.testdirName).recover(IGNORE), {
    reason: 'corrupt',
    message: /not a database/,
  });
});

t.test('a directory belongs to one member', async (t) => {
  const directory = t.testdir();
  const anyone = open(t, directory);
  await anyone.recover(IGNORE);
  await anyone.close();
  const owner = open(t, directory, { memberId: 2 });
  await owner.recover(IGNORE);
  await owner.close();
  await t.rejects(open(t, directory, { memberId: 3 }).recover(IGNORE), {
    reason: 'unsafe-settings',
    message: /belongs to member 2, this is member 3/,
  });
  const owned = open(t, directory, { memberId: 2 });
  await t.resolves(owned.recover(IGNORE));
});

t.test('nothing is called back before it is committed', async (t) => {
  const directory = t.testdir();
  // So much history that all entries go to the first table.
  const storage = open(t, directory, { historyEntries: 1e6 });
  const workload = new Workload(1, 1000);
  await storage.recover(IGNORE);
  const reader = new Database(join(directory, 'paddock.db'), { readonly: true });
  t.teardown(() => reader.close());
  const committed = reader.prepare<[], number>('SELECT max(idx) FROM log_0').pluck();
  let early = 0;
  for (let last = 0; last < 300; last += 10) {
    await new Promise<void>((resolve) =>
      storage.append({ hardState: undefined, entries: workload.slice(last, last + 10) }, () => {
        if (committed.get() !== last + 10) early += 1;
        resolve();
      }),
    );
  }
  t.equal(early, 0);
});

t.test('a disk in use tells what is on it', async (t) => {
  const storage = open(t, t.testdir());
  const workload = new Workload(1, 1000);
  await storage.recover(IGNORE);
  await new Promise<void>((resolve) =>
    storage.append({ hardState: undefined, entries: workload.slice(0, 500) }, resolve),
  );
  const { freeBytes, lastFsyncMs, diskBytes } = storage.stats();
  t.ok(freeBytes !== undefined && freeBytes > 0);
  t.ok(lastFsyncMs > 0);
  t.ok(diskBytes > 0);
});

t.test('quiet is used to fold, without being asked', async (t) => {
  const storage = open(t, t.testdir(), { foldIdleMs: 50 });
  const workload = new Workload(1);
  await storage.recover(IGNORE);
  await new Promise<void>((resolve) =>
    storage.append({ hardState: undefined, entries: workload.slice(0, 100) }, resolve),
  );
  storage.applied(workload.markAt(100));
  for (let wait = 0; wait < 300 && storage.stats().foldedIndex < 100; wait += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  t.equal(storage.stats().foldedIndex, 100);
});

t.test('znodes that are too large for a common page load too', async (t) => {
  const directory = t.testdir();
  const storage = open(t, directory);
  const workload = new Workload(3, 400_000);
  await storage.recover(IGNORE);
  await new Promise<void>((resolve) =>
    storage.append({ hardState: undefined, entries: workload.slice(0, 150) }, resolve),
  );
  storage.applied(workload.markAt(150));
  await storage.close();
  const after = open(t, directory);
  const loaded = await loadStorage(after);
  t.ok(loaded.proved);
  const { dataBytes } = workload.state.tree;
  t.ok(dataBytes > 8e6, `${dataBytes} bytes are more than one page holds`);
  t.equal(loaded.state.digest(), workload.markAt(150).digest);
});

t.test('closing before recovering leaves no trace', async (t) => {
  const directory = join(t.testdir(), 'data');
  const storage = open(t, directory);
  await storage.close();
  t.notOk(existsSync(directory));
});
