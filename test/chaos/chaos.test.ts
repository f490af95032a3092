/** A little of what `npm run chaos` does for as long as one likes. */
import t from 'tap';
import { endAll } from '../harness/process.ts';
import { runChaos } from './chaos.ts';
import { FAULTS } from './faults.ts';

const SEED = 1;
const COUNT = 3;

t.setTimeout(200_000);
t.teardown(endAll);

await t.test(`${COUNT} faults of ${Object.keys(FAULTS).length} kinds`, async (t) => {
  const report = await runChaos({ seed: SEED, minutes: 10, faults: COUNT });
  t.same(report.violations, [], 'nothing that clients were told is wrong');
  t.equal(report.faults, COUNT);
  t.ok(report.acknowledged > 0 && report.events > 0, `${report.operations} operations`);
});
