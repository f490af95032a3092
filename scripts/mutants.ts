/**
 * `npm run mutants`: is each seeded bug found, and by which seed?
 *
 *   npm run mutants [-- --seeds 2000] [--from 1] [--workers 2] [--write] [NAME...]
 *
 * `--write` notes the seeds in test/mutants/found.json, where `npm test` begins to look for them.
 * The exit code is 0 when all were found.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MUTANTS } from '../test/mutants/list.ts';
import { worldOf } from '../test/mutants/mutant.ts';
import { runFleet } from '../test/sim/fleet.ts';

const FOUND = new URL('../test/mutants/found.json', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
});

const wanted = MUTANTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const found: Record<string, number> = {};
for (const mutant of wanted) {
  const { name, breaks } = mutant;
  const from = Number(values.from);
  const seeds = Number(values.seeds);
  const workers = Number(values.workers);
  const world = worldOf(mutant);
  const result = await runFleet({ from, seeds, workers, mutant: name, world });
  const first = result.failed[0];
  if (first !== undefined) found[name] = first.seed;
  const how =
    first === undefined
      ? `NOT FOUND in ${result.seeds} seeds`
      : `seed ${first.seed}, ${first.failure?.rule}: ${first.failure?.message}`;
  console.log(`${name}: ${how} (${result.seconds.toFixed(1)} s)\n    ${breaks}`);
}
const count = Object.keys(found).length;
console.log(`${count} of ${wanted.length} seeded bugs were found`);
if (count < wanted.length) process.exitCode = 1;
if (values.write) {
  const before = JSON.parse(readFileSync(FOUND, 'utf8')) as Record<string, number>;
  const all = { ...before, ...found };
  const named = MUTANTS.flatMap(({ name }) => (name in all ? [[name, all[name]]] : []));
  writeFileSync(FOUND, `${JSON.stringify(Object.fromEntries(named), undefined, 2)}\n`);
}
