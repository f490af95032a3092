/**
 * Reads that are to be fresh, in any of the ways to ask for that, are never stale, whatever becomes
 * of the leader: the history of all reads, writes, deletes and refusals of each znode is one that a
 * znode can have. Plain reads of the same run are stale wherever they were provoked to be, and each
 * of them alone is found: that proves that the check could have found any.
 */
import t from 'tap';
import { SEED } from '../crash/random.ts';
import { isLinearizable, judgeRegister } from './register.ts';
import { Scene } from './scene.ts';

/** More of them with `LINEARIZABILITY_ROUNDS=20`. */
const ROUNDS = Number(process.env['LINEARIZABILITY_ROUNDS'] ?? 2);

t.setTimeout(120_000 + ROUNDS * 60_000);

await t.test('leaders are paused, killed and cut off', async (t) => {
  t.comment(`TEST_SEED=${SEED}`);
  const scene = await Scene.start(t, SEED);
  for (let round = 0; round < ROUNDS; round += 1) {
    await scene.pause();
    await scene.kill();
    await scene.part();
    await scene.wakeAlone();
  }
  await scene.end();

  const { recorder, provoked } = scene;
  t.same(recorder.findings, [], 'nothing is refused but for want of a leader');
  t.comment([...recorder.reads].map(([kind, count]) => `${kind}: ${count}`).join('; '));
  for (const kind of ['linearizable', 'sync', 'minZxid']) {
    for (const transport of ['HTTP', 'WebSocket']) {
      const count = recorder.reads.get(`${kind}, ${transport}`) ?? 0;
      t.ok(count > 20 * ROUNDS, `${kind} over ${transport}`);
    }
  }
  for (const path of recorder.paths) {
    const { writes, fresh, plain } = recorder.of(path);
    const lost = writes.filter(({ answered }) => answered === undefined).length;
    const what = `${path}: ${writes.length} writes, ${lost} of them not known`;
    const verdict = judgeRegister([...writes, ...fresh]);
    t.ok(verdict.linearizable, `${what}; ${fresh.length} fresh reads are linearizable`);
    t.comment(`${verdict.tries} tries`);
    t.notOk(isLinearizable([...writes, ...plain]), `${plain.length} plain ones are not`);
  }
  // Of the observer in each round, and of the leader too where it was alone. Over a WebSocket a
  // member that has been alone for long says that it has no leader.
  const kinds = [...new Set(provoked.map(({ round }) => round))];
  const overHttp = provoked.filter(({ transport }) => transport === 'HTTP').length;
  t.equal(overHttp, 6 * ROUNDS * recorder.paths.length, kinds.join('; '));
  const missed = provoked.filter(({ path, read }) => {
    const { writes, fresh } = recorder.of(path);
    return isLinearizable([...writes, ...fresh, read]);
  });
  t.same(missed, [], 'each stale read alone is found');
});
