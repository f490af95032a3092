/**
 * The same clients and the same check, with members that have a bug: it is found. Those that need
 * more luck than one run has are found by the simulator (`test/mutants/`), also these.
 */
import t from 'tap';
import { SEED } from '../crash/random.ts';
import { isLinearizable } from './register.ts';
import { Scene } from './scene.ts';

const LOADER = new URL('seeded.ts', import.meta.url).href;

t.setTimeout(120_000);

await t.test('a leader answers by itself, asleep and then alone', async (t) => {
  t.comment(`TEST_SEED=${SEED}`);
  const bug = 'read-without-confirmation';
  const env = { NODE_OPTIONS: `--no-warnings --import=${LOADER}`, SEEDED_BUG: bug };
  const scene = await Scene.start(t, SEED, env);
  await scene.wakeAlone();
  await scene.end();
  const { recorder } = scene;
  t.same(recorder.findings, [], 'by its answers alone it does not show');
  const stale = recorder.paths.filter((path) => {
    const { writes, fresh } = recorder.of(path);
    return !isLinearizable([...writes, ...fresh]);
  });
  t.same(stale, recorder.paths, 'the history of each znode is one that none can have');
});
