/**
 * The simulator finds what it is there for: seeded bugs. Each is looked for with the seed that
 * found it before; a change of the product may have made that another one, which is then near the
 * beginning for most. `npm run mutants -- --write` looks for as long as the rarest needs.
 */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { runFleet } from '../sim/fleet.ts';
import { MUTANTS } from './list.ts';
import { type Mutant, mutated, pathOf, worldOf } from './mutant.ts';

/** So many from the one that found it before, and so many from the first one on. */
const NEAR = 10;
const ANEW = 300;
/** So many at least, and more while there is time, ms: `npm run mutants` has time for all. */
const LEAST = 24;
const FOR_MS = 20_000;

const before = JSON.parse(readFileSync(new URL('found.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, number>
>;

t.setTimeout(180_000);

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

t.test('each seeded bug that was ever found is found, of those that have their turn', async (t) => {
  const waiting = [...MUTANTS];
  const found: string[] = [];
  const missed: string[] = [];
  const begun = performance.now();
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (found.length >= LEAST && performance.now() - begun > FOR_MS) return;
      ((await isFound(next)) ? found : missed).push(next.name);
    }
  };
  await Promise.all([work(), work()]);
  t.comment(`${found.length} of ${MUTANTS.length} were found: ${found.join(', ')}`);
  t.same(
    missed.filter((name) => name in before),
    [],
    'these are found no more',
  );
  t.ok(found.length >= LEAST, `${found.length} had their turn and were found`);
});

async function isFound(mutant: Mutant): Promise<boolean> {
  const known = before[mutant.name];
  if (known !== undefined && (await finds(mutant, known, NEAR))) return true;
  return await finds(mutant, 1, known === undefined ? NEAR : ANEW);
}

async function finds(mutant: Mutant, from: number, seeds: number): Promise<boolean> {
  const { name: bug } = mutant;
  const world = worldOf(mutant);
  const result = await runFleet({ from, seeds, workers: 1, mutant: bug, world });
  return result.failed.length > 0;
}
