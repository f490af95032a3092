/** Three thousand fresh seeds: each is an ensemble with trouble of its own. */
import t from 'tap';
import { failureText, fleetText, runFleet } from './fleet.ts';
import { runSeed } from './simulation.ts';

const SEEDS = 3000;
/**
 * Half a minute for them on two cores that have nothing else to do, a minute among other tests. A
 * machine that is several times slower than that may run a few less, ms.
 */
const FOR_MS = 200_000;
const LEAST = 2500;

t.setTimeout(FOR_MS + 30_000);

t.test('the same seed does the same', async (t) => {
  const [first, second] = [runSeed({ seed: 7 }), runSeed({ seed: 7 })];
  t.same(first, second);
  t.not(runSeed({ seed: 8 }).traceHash, first.traceHash, 'and another one something else');
});

t.test('no seed breaks a rule', async (t) => {
  const from = Date.now() % 1_000_000_000;
  t.comment(`from seed ${from}`);
  const result = await runFleet({ from, seeds: SEEDS, forMs: FOR_MS });
  t.comment(fleetText(result));
  for (const failed of result.failed) t.comment(failureText(failed));
  t.same(
    result.failed.map(({ seed, failure }) => `${seed}: ${failure?.rule} ${failure?.message}`),
    [],
  );
  t.ok(result.seeds >= LEAST, `${result.seeds} seeds were run`);
});
