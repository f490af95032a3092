/** A little of what `npm run chaos` does for as long as one likes. */
import t from 'tap';
import { endAll } from '../harness/process.ts';
import { runChaos } from './chaos.ts';
import { FAULTS } from './faults.ts';

const SEED = 1;
const COUNT = 3;

t.setTimeout(200_000);
t.teardown(endAll);

const KINDS = Object.keys(FAULTS).length;

await t.test(`a leader killed, then ${COUNT - 1} faults drawn from ${KINDS} kinds`, async (t) => {
  const report = await runChaos({ seed: SEED, minutes: 10, faults: COUNT });
  t.same(report.violations, [], 'nothing that clients were told is wrong');
  t.equal(report.faults, COUNT);
  const [first, ...drawn] = report.gaps.map(({ fault }) => fault);
  t.equal(first, 'leader killed');
  t.comment(`then: ${drawn.join(', ')}`);
  t.ok(report.acknowledged > 0 && report.events > 0, `${report.operations} operations`);
});
