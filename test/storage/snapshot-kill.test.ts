/** Processes that die while they take a snapshot. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { loadDirectory } from './recovered.ts';
import { appended, restored, snapshotOf } from './snapshots.ts';
import { openStorage, until } from './sqlite-place.ts';
import { Draw, Workload } from './workload.ts';

const TAKER = fileURLToPath(new URL('./snapshot-taker.ts', import.meta.url));

t.test('a process killed while it takes a snapshot has all of it or nothing', async (t) => {
  const base = t.testdir();
  const leaderDirectory = join(base, 'leader');
  const workload = new Workload(3, 2000);
  const leader = await openStorage(t, leaderDirectory);
  await appended(leader, workload.slice(0, 800));
  leader.applied(workload.markAt(800));
  const chunks = await snapshotOf(leader);
  await leader.close();
  const own = new Workload(30);
  const before = await openStorage(t, join(base, 'before'));
  await appended(before, own.slice(0, 60));
  before.applied(own.markAt(50));
  await before.close();

  const draw = new Draw(3);
  const outcomes = { old: 0, new: 0 };
  for (let cycle = 0; cycle < 8; cycle += 1) {
    const directory = join(base, `cycle-${cycle}`);
    cpSync(join(base, 'before'), directory, { recursive: true });
    const child = spawn(process.execPath, [TAKER, directory, leaderDirectory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = once(child, 'close');
    const goal = draw.of(['begun', 'begun', 'staged']);
    await until(() => said.includes(goal));
    await new Promise((resolve) => setTimeout(resolve, draw.below(goal === 'begun' ? 60 : 8)));
    child.kill('SIGKILL');
    await ended;
    t.notMatch(said, /fatal/);
    const loaded = loadDirectory(directory);
    t.ok(loaded.proved);
    const isNew = loaded.tables.index === 800;
    if (said.includes('finished')) t.ok(isNew, 'what was said to be finished is there');
    const expected = isNew ? workload.markAt(800) : own.markAt(60);
    t.equal(loaded.lastIndex, expected.index);
    t.equal(loaded.state.digest(), expected.digest);
    outcomes[isNew ? 'new' : 'old'] += 1;
    if (cycle % 3 > 0) continue;
    const again = await openStorage(t, directory);
    const { state } = await restored(again, chunks);
    t.equal(state.digest(), workload.markAt(800).digest, 'and it can be taken once more');
    await again.close();
  }
  t.comment(`${outcomes.old} had what they had before, ${outcomes.new} had the snapshot`);
});
