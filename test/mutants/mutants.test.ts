/**
 * The simulator finds what it is there for: seeded bugs. Each is looked for with the seed that
 * found it before (a change of the product may have made that another one) and a few more;
 * `npm run mutants` looks for as long as the rarest needs.
 */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { runFleet } from '../sim/fleet.ts';
import { MUTANTS } from './list.ts';
import { type Mutant, mutated, pathOf, worldOf } from './mutant.ts';

const SEEDS = 10;
/** On a machine that is busy not all have their turn, ms. */
const FOR_MS = 90_000;
const LEAST = 24;

const before = JSON.parse(readFileSync(new URL('found.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, number>
>;

t.setTimeout(2 * FOR_MS);

t.test('each seeded bug changes the product in one place', async (t) => {
  for (const mutant of MUTANTS) {
    for (const { file } of [mutant, mutant.also ?? mutant]) {
      const path = pathOf(file);
      const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
      t.not(mutated(mutant, path, text), text, mutant.name);
    }
  }
  t.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length, 'names are unique');
});

t.test('seeded bugs are found', async (t) => {
  const waiting = [...MUTANTS];
  const found: string[] = [];
  const missed: string[] = [];
  const begun = performance.now();
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (performance.now() - begun > FOR_MS) return;
      ((await isFound(next)) ? found : missed).push(next.name);
    }
  };
  await Promise.all([work(), work()]);
  t.comment(`not within ${SEEDS} seeds of where they were before: ${missed.join(', ') || 'none'}`);
  t.ok(found.length >= LEAST, `${found.length} were found: ${found.join(', ')}`);
});

async function isFound(mutant: Mutant): Promise<boolean> {
  const { name } = mutant;
  const from = before[name] ?? 1;
  const world = worldOf(mutant);
  const result = await runFleet({ from, seeds: SEEDS, workers: 1, mutant: name, world });
  return result.failed.length > 0;
}
