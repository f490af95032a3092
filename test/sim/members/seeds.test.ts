/** Six hundred fresh seeds of whole members. */
import t from 'tap';
import { failureText, fleetText, runFleet } from '../fleet.ts';
import { runMembersSeed } from './simulation.ts';

const SEEDS = 600;
/**
 * Half a minute for them on two cores that have nothing else to do, a minute among other tests. A
 * machine that is several times slower than that may run fewer, ms.
 */
const FOR_MS = 150_000;
const LEAST = 400;

t.setTimeout(FOR_MS + 60_000);

t.test('the same seed does the same', async (t) => {
  const first = await runMembersSeed({ seed: 7 });
  t.same(await runMembersSeed({ seed: 7 }), first);
  const other = await runMembersSeed({ seed: 8 });
  t.not(other.traceHash, first.traceHash, 'and another one something else');
});

t.test('no seed breaks a rule', async (t) => {
  const from = Date.now() % 1_000_000_000;
  t.comment(`from seed ${from}`);
  const result = await runFleet({ from, seeds: SEEDS, forMs: FOR_MS, world: 'members' });
  t.comment(fleetText(result));
  for (const failed of result.failed) t.comment(failureText(failed, 'members'));
  t.same(
    result.failed.map(({ seed, failure }) => `${seed}: ${failure?.rule} ${failure?.message}`),
    [],
  );
  t.ok(result.seeds >= LEAST, `${result.seeds} seeds were run`);
});
