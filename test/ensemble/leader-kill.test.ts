/**
 * The leader is killed in the middle of what twelve clients write, again and again. Nothing that
 * was acknowledged is lost, nothing is there that was refused, and it goes on at once.
 */
import t from 'tap';
import { Load } from './load.ts';
import { agrees, clientOf, GAP_MS, startEnsemble } from './setup.ts';

const KILLS = 20;
/** The reset of a leader's streams is noticed at once: most kills cost much less than patience. */
const MEDIAN_GAP_MS = 400;
/** Enough that the new leader has work before the next kill. */
const WRITES_BETWEEN = 100;

t.setTimeout(230_000);

await t.test(`kill -9 of the leader under 12 writers, ${KILLS} times`, async (t) => {
  const ensemble = await startEnsemble(t);
  const load = new Load(ensemble.members);
  await load.start(await clientOf(t, await ensemble.leader()));
  const gaps: number[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const leader = await ensemble.leader();
    await load.hurry();
    const began = performance.now();
    await leader.kill();
    await load.goesOn(WRITES_BETWEEN);
    const gap = Math.round(load.ledger.gap(began, performance.now()));
    gaps.push(gap);
    t.ok(gap <= GAP_MS, `kill ${kill}, of member ${leader.id}: ${gap} ms without a success`);
    load.ease();
    await leader.start();
    await ensemble.whole();
  }
  await load.eachGoesOn();
  await load.stop();
  gaps.sort((a, b) => a - b);
  const median = Number(gaps[KILLS >> 1]);
  t.comment(`gaps: median ${median} ms, worst ${gaps.at(-1)} ms`);
  t.ok(median < MEDIAN_GAP_MS, `${median} ms without a success in the median`);
  t.comment(`not acknowledged: ${JSON.stringify(load.ledger.codes())}`);
  t.ok(load.ledger.count('unknown') >= KILLS, 'the kills came in the middle of work');
  await agrees(t, ensemble, load.ledger);
});
