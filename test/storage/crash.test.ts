/** Processes that die in the middle of writing: whatever they acknowledged is there afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { loadDirectory } from './recovered.ts';
import { Draw, HARD_STATE, Workload } from './workload.ts';

const WRITER = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));
const DATA_BYTES = 1000;

/** A writer under way, what it has acknowledged, and whether it met a failure that it reported. */
interface Run {
  readonly child: ChildProcess;
  acked: number;
  fatal: string | undefined;
  readonly ended: Promise<unknown>;
}

function start(t: Test, command: string, args: readonly string[]): Run {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  const run: Run = { child, acked: 0, fatal: undefined, ended: once(child, 'close') };
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('acked ')) run.acked = Number(line.slice(6));
      if (line.startsWith('fatal ')) run.fatal = line.slice(6);
    }
  });
  return run;
}

async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; !condition(); wait += 1) {
    if (wait > 2000) throw new Error('waited for too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Checks the directory and returns its last index. */
function check(t: Test, directory: string, workload: Workload, acked: number): number {
  const { lastIndex, tables, entries, hardState, proved, state } = loadDirectory(directory);
  t.ok(lastIndex >= acked, `${acked} was acknowledged, ${lastIndex} is there`);
  t.ok(proved, 'the tables are what they were when they were written');
  const expected = workload.slice(tables.index, lastIndex);
  t.strictSame(entries, expected, 'nothing is twice, changed or out of order');
  if (lastIndex > 0) {
    t.equal(state.digest(), workload.markAt(lastIndex).digest, 'the tree is the same');
    t.strictSame(hardState, HARD_STATE);
  }
  return lastIndex;
}

t.test('killed again and again in the middle of pipelined appends', async (t) => {
  const directory = join(t.testdir(), 'data');
  const workload = new Workload(1, DATA_BYTES);
  const draw = new Draw(1);
  let last = 0;
  for (let cycle = 0; cycle < 10; cycle += 1) {
    const run = start(t, process.execPath, [WRITER, directory, '1', '0']);
    // Some are killed while they recover or write their very first entries.
    const goal = last + draw.of([0, 1, 50, 200]);
    await until(() => run.acked >= goal || (goal === last && run.child.pid !== undefined));
    await new Promise((resolve) => setTimeout(resolve, draw.below(100)));
    run.child.kill('SIGKILL');
    await run.ended;
    last = check(t, directory, workload, Math.max(last, run.acked));
  }
  t.ok(last > 300, `${last} entries were written in all`);
});

t.test('a process that exits without closing loses nothing either', async (t) => {
  const directory = join(t.testdir(), 'data');
  const workload = new Workload(2, DATA_BYTES);
  for (let cycle = 0; cycle < 2; cycle += 1) {
    const run = start(t, process.execPath, [WRITER, directory, '2', '350']);
    await run.ended;
    t.ok(run.acked > 0);
    check(t, directory, workload, run.acked);
  }
});

t.test('a write that the system refuses ends the storage, and loses nothing', async (t) => {
  const directory = join(t.testdir(), 'data');
  // No file may grow beyond about 1 MB: the write-ahead log meets that in the middle of a commit.
  // What the test runner preloads into Node would end the process at the signal that tells of it.
  const command =
    'unset NODE_OPTIONS; ulimit -f 2000; ' +
    `exec "${process.execPath}" "${WRITER}" "${directory}" 3 0`;
  const run = start(t, '/bin/sh', ['-c', command]);
  const [code] = (await run.ended) as [number];
  t.equal(code, 3, 'the writer was told that its storage failed');
  t.match(run.fatal, /SQLITE_(IOERR|FULL)/);
  t.ok(run.acked > 0);
  t.ok(statSync(join(directory, 'paddock.db')).size > 0);
  check(t, directory, new Workload(3, DATA_BYTES), run.acked);
});

t.test('a directory that a running process holds is refused until that process dies', async (t) => {
  const directory = join(t.testdir(), 'data');
  const run = start(t, process.execPath, [WRITER, directory, '4', '0']);
  await until(() => run.acked > 0);
  const storage = openSqliteStorage({ directory, historyEntries: 10, onFatal: () => {} });
  await t.rejects(storage.recover({ znodes() {}, sessions() {}, answers() {} }), {
    reason: 'locked',
    message: /in use by another process: stop that one first/,
  });
  await storage.close();
  const before = run.acked;
  await until(() => run.acked > before);
  run.child.kill('SIGKILL');
  await run.ended;
  check(t, directory, new Workload(4, DATA_BYTES), run.acked);
});
