/**
 * Damaged directories of a member of an ensemble: set aside, and followed by an empty one that
 * knows it is not new. A member that is alone still refuses.
 */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Engine, type EngineOptions } from '../../storage/engine.ts';
import { FORMAT_VERSION } from '../../storage/format.ts';
import { HighWaterFile, readHighWater } from '../../storage/high-water.ts';
import { firstMark } from '../../storage/recovery.ts';
import { openSqliteStorage, type SqliteStorageOptions } from '../../storage/sqlite-storage.ts';
import { ENGINE_OPTIONS, loadDirectory, loadEngine } from './recovered.ts';
import { appended, finished, IGNORE, restored, snapshotOf } from './snapshots.ts';
import { Workload } from './workload.ts';

const VOTE = { epoch: 7, votedFor: 2 };
const SUSPECT = { ...VOTE, suspect: true };

function openAt(t: Test, directory: string, options: Partial<SqliteStorageOptions> = {}) {
  const storage = openSqliteStorage({
    directory,
    memberId: 1,
    historyEntries: 100,
    onFatal: (error) => t.fail(`the storage failed: ${error.stack}`),
    ...options,
  });
  t.teardown(() => storage.close());
  return storage;
}

/** A directory with 200 entries, closed, and its tables at 150. */
async function filled(t: Test, workload: Workload): Promise<string> {
  const directory = join(t.testdir(), 'data');
  const storage = openAt(t, directory);
  await storage.recover(IGNORE);
  storage.append({ hardState: VOTE, entries: workload.slice(0, 200) }, () => {});
  await appended(storage, []);
  storage.applied(workload.markAt(150));
  await storage.close();
  return directory;
}

type Damage = (directory: string) => void;

function overwrite(file: string, change: (bytes: Buffer) => void): Damage {
  return (directory) => {
    const bytes = readFileSync(join(directory, file));
    change(bytes);
    writeFileSync(join(directory, file), bytes);
  };
}

/** Each is refused as `corrupt`, by one check or another. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  'a row of the log': overwrite('paddock.db', (bytes) => {
    // As the log has it: in the answers that are kept the quotes are escaped.
    const at = bytes.lastIndexOf(',[["');
    bytes[at + 3] = (bytes[at + 3] ?? 0) ^ 1;
  }),
  'the hard state': overwrite('paddock.db', (bytes) => {
    const at = bytes.lastIndexOf('{"epoch":7');
    bytes[at + 9] = (bytes[at + 9] ?? 0) ^ 1;
  }),
  'the header': overwrite('paddock.db', (bytes) => bytes.fill(0, 0, 100)),
  'half of the database': (directory) => truncateSync(join(directory, 'paddock.db'), 16_384),
  'no database': (directory) => rmSync(join(directory, 'paddock.db')),
  'an empty database': (directory) => truncateSync(join(directory, 'paddock.db'), 0),
};

t.test('every damage is set aside, if it may be, and refused if not', async (t) => {
  const workload = new Workload(1);
  const whole = await filled(t, workload);
  for (const [name, damage] of Object.entries(DAMAGES)) {
    const directory = `${whole}-${name.replaceAll(' ', '-')}`;
    cpSync(whole, directory, { recursive: true });
    damage(directory);
    const corrupt = { name: 'StorageRefusal', reason: 'corrupt' };
    await t.rejects(openAt(t, directory).recover(IGNORE), corrupt, name);
    const before = readdirSync(directory).filter((file) => file.includes('damaged'));
    t.strictSame(before, [], 'a refusal moves nothing');

    const storage = openAt(t, directory, { setAside: 'when-damaged' });
    const recovered = await storage.recover(IGNORE);
    t.strictSame(recovered.hardState, SUSPECT, name);
    t.strictSame([recovered.tables.index, recovered.entries, recovered.fresh], [0, [], false]);
    t.match(recovered.setAside, /was there is now paddock\.db\.damaged-1 in/);
    await storage.close();
    const again = openAt(t, directory);
    const second = await again.recover(IGNORE);
    t.strictSame(second.hardState, SUSPECT, 'it stays what it is');
    t.strictSame([second.setAside, second.fresh], [undefined, false]);
    await again.close();
  }
});

t.test('what was set aside can be looked at', async (t) => {
  const workload = new Workload(2);
  const directory = await filled(t, workload);
  const storage = openAt(t, directory, { setAside: 'always' });
  const { setAside } = await storage.recover(IGNORE);
  t.match(setAside, /found damaged when it was loaded/);
  await storage.close();
  const looked = join(t.testdirName, 'looked');
  cpSync(directory, looked, { recursive: true });
  renameSync(join(looked, 'paddock.db.damaged-1'), join(looked, 'paddock.db'));
  renameSync(join(looked, 'paddock.db.damaged-1-high-water'), join(looked, 'high-water'));
  const loaded = loadDirectory(looked);
  t.equal(loaded.lastIndex, 200, 'all of it is there');
  t.equal(loaded.state.digest(), workload.markAt(200).digest);
});

t.test('there is an end to how many are kept', async (t) => {
  const directory = await filled(t, new Workload(3));
  for (let turn = 1; turn <= 4; turn += 1) {
    const storage = openAt(t, directory, { setAside: 'always' });
    t.strictSame((await storage.recover(IGNORE)).hardState, SUSPECT, 'nothing is forgotten');
    await storage.close();
  }
  const damaged = readdirSync(directory).filter((file) => /damaged-\d+$/.test(file));
  t.strictSame(damaged.sort(), ['paddock.db.damaged-3', 'paddock.db.damaged-4']);
  const marks = readdirSync(directory).filter((file) => /damaged-\d+-high-water$/.test(file));
  t.equal(marks.length, 2);
});

t.test('only damage is set aside', async (t) => {
  const directory = await filled(t, new Workload(4));
  const other = { reason: 'unsafe-settings' };
  const mistaken = openAt(t, directory, { setAside: 'when-damaged', memberId: 2 });
  await t.rejects(mistaken.recover(IGNORE), { name: 'StorageRefusal', ...other });
  const owner = openAt(t, directory);
  await owner.recover(IGNORE);
  const locked = { name: 'StorageRefusal', reason: 'locked' };
  for (const setAside of ['when-damaged', 'always'] as const) {
    await t.rejects(openAt(t, directory, { setAside }).recover(IGNORE), locked);
  }
  await owner.close();
  overwrite('paddock.db', (bytes) => bytes.writeUInt32BE(FORMAT_VERSION + 1, 60))(directory);
  const newer = openAt(t, directory, { setAside: 'when-damaged' });
  await t.rejects(newer.recover(IGNORE), { name: 'StorageRefusal', reason: 'newer-format' });
  t.strictSame(
    readdirSync(directory).filter((file) => file.includes('damaged')),
    [],
  );
});

t.test('stopped at any point it never leaves what could pass for new', async (t) => {
  const whole = await filled(t, new Workload(5));
  const options: EngineOptions = {
    ...ENGINE_OPTIONS,
    ...{ directory: whole, memberId: 1, setAside: 'when-damaged' },
  };
  const suspectMark = (directory: string) => {
    const { votedEpoch, votedFor } = readHighWater(join(directory, 'high-water')) ?? VOTE_MARK;
    rmSync(join(directory, 'high-water'));
    const mark = { ...firstMark('f'.repeat(32)), votedEpoch, votedFor, suspect: true };
    HighWaterFile.create(join(directory, 'high-water'), mark);
  };
  const steps: readonly Damage[] = [
    suspectMark,
    (directory) =>
      renameSync(join(directory, 'paddock.db'), join(directory, 'paddock.db.damaged-1')),
    (directory) => writeFileSync(join(directory, 'paddock.db'), ''),
  ];
  for (const done of [1, 2, 3]) {
    const directory = `${whole}-${done}`;
    cpSync(whole, directory, { recursive: true });
    for (const step of steps.slice(0, done)) step(directory);
    const engine = new Engine({ ...options, directory });
    const { hardState, fresh, lastIndex } = loadEngine(engine);
    t.strictSame(
      { hardState, fresh, lastIndex },
      { hardState: SUSPECT, fresh: false, lastIndex: 0 },
    );
    engine.close();
  }
});

const VOTE_MARK = { votedEpoch: 0, votedFor: 0 };

t.test('a directory without its mark is suspect of everything', async (t) => {
  const directory = await filled(t, new Workload(6));
  rmSync(join(directory, 'high-water'));
  const storage = openAt(t, directory, { setAside: 'when-damaged' });
  const { hardState, fresh } = await storage.recover(IGNORE);
  t.strictSame(hardState, { epoch: 0, votedFor: 0, suspect: true });
  t.equal(fresh, false);
  await storage.close();
});

t.test('a member that was set aside is given everything back', async (t) => {
  const workload = new Workload(7);
  const leaderDirectory = await filled(t, workload);
  const directory = `${leaderDirectory}-member`;
  cpSync(leaderDirectory, directory, { recursive: true });
  const leader = openAt(t, leaderDirectory);
  await leader.recover(IGNORE);
  leader.applied(workload.markAt(200));
  const chunks = await snapshotOf(leader);
  await leader.close();
  truncateSync(join(directory, 'paddock.db'), 8192);
  const member = openAt(t, directory, { setAside: 'when-damaged' });
  await member.recover(IGNORE);
  const { recovered, state } = await restored(member, chunks);
  t.strictSame(recovered.hardState, SUSPECT, 'what is to be trusted is the core’s affair');
  t.equal(state.digest(), workload.markAt(200).digest);
  await new Promise<void>((resolve) =>
    member.append({ hardState: VOTE, entries: workload.slice(200, 210) }, resolve),
  );
  await member.close();
  const { lastIndex, hardState } = loadDirectory(directory);
  t.strictSame([lastIndex, hardState], [210, VOTE]);
});

t.test('in an ensemble, who goes on with less than it had is suspect', async (t) => {
  for (const [setAside, hardState] of [
    ['never', VOTE],
    ['when-damaged', SUSPECT],
  ] as const) {
    const directory = await filled(t, new Workload(8));
    const path = join(directory, 'high-water');
    const mark = readHighWater(path);
    const file = HighWaterFile.open(path);
    if (mark !== undefined) file.sync({ ...mark, index: 300 });
    file.close();
    writeFileSync(join(directory, 'accept-loss'), '');
    const storage = openAt(t, directory, { setAside });
    const recovered = await storage.recover(IGNORE);
    t.strictSame([recovered.hardState, recovered.entries.at(-1)?.index], [hardState, 200]);
    t.equal(recovered.setAside, undefined);
    t.notOk(existsSync(join(directory, 'accept-loss')));
    await storage.close();
  }
});

t.test('a sink that throws ends the storage, and the next start may set it aside', async (t) => {
  const workload = new Workload(9);
  const directory = await filled(t, workload);
  const storage = openAt(t, directory, { setAside: 'when-damaged' });
  const sink = {
    sessions() {},
    answers() {},
    znodes() {
      throw new Error('no tree');
    },
  };
  await t.rejects(storage.recover(sink), { name: 'StorageRefusal', reason: 'corrupt' });
  await storage.close();
  const after = openAt(t, directory, { setAside: 'always' });
  t.strictSame((await after.recover(IGNORE)).hardState, SUSPECT);
  const install = after.install();
  await t.rejects(finished(install), { name: 'SnapshotRefusal', message: /not complete/ });
  await after.close();
});
