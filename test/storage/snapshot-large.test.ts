/** A large tree goes from member to member, and neither grows by it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { makeLargeTree } from './large-tree.ts';
import { IGNORE } from './snapshots.ts';
import { openStorage } from './sqlite-place.ts';

const MIB = 1024 * 1024;
const SENDER = fileURLToPath(new URL('./snapshot-sender.ts', import.meta.url));

t.test('200,000 znodes: the sender does not grow by them', async (t) => {
  const leader = join(t.testdir(), 'leader');
  const mark = await makeLargeTree(leader, 200_000, 400);
  // What the test runner preloads into Node would be measured, too.
  const output = execFileSync(process.execPath, ['--expose-gc', SENDER, leader], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const { chunks, bytes, largest, grown, ms } = JSON.parse(output) as Record<string, number>;
  t.comment(
    `${chunks} chunks of at most ${largest} bytes, ${((bytes ?? 0) / MIB).toFixed(0)} MiB in ` +
      `${ms?.toFixed(0)} ms, ${((grown ?? 0) / MIB).toFixed(0)} MiB grown`,
  );
  t.ok((bytes ?? 0) > 100 * MIB, 'more than it may grow by');
  t.ok((largest ?? 0) < 2 * MIB);
  t.ok((grown ?? 0) < 48 * MIB, `the sender grew by ${grown} bytes`);

  const source = await (await openStorage(t, leader)).openSnapshot();
  const member = await openStorage(t, join(t.testdirName, 'member'));
  const start = performance.now();
  const install = member.install();
  for (;;) {
    const chunk = await source.read(install.next);
    if (chunk === undefined) break;
    await install.add(chunk);
  }
  const stagedAt = performance.now();
  // It proves the digest itself.
  const { tables } = await install.finish(IGNORE);
  const end = performance.now();
  const [staging, finishing] = [stagedAt - start, end - stagedAt];
  t.comment(`staged in ${staging.toFixed(0)} ms, finished in ${finishing.toFixed(0)} ms`);
  t.strictSame(tables, mark);
});
