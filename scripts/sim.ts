/**
 * `npm run sim`: the simulator from the command line.
 *
 *   npm run sim -- --seeds 1000 [--from 1] [--steps 10000] [--workers 2] [--failures 1]
 *   npm run sim -- --seed 42 [--until 5000] [--trace]      one seed; with what happened in it
 *   npm run sim -- --members ...                           whole members instead of the core alone
 *   npm run sim -- --mutant NAME --seeds 2000              with a seeded bug
 *
 * The exit code is 0 when nothing was broken.
 */
import { parseArgs } from 'node:util';
import { MUTANTS } from '../test/mutants/list.ts';
import { load } from '../test/mutants/mutant.ts';
import { failureText, fleetText, runFleet } from '../test/sim/fleet.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    until: { type: 'string' },
    trace: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string' },
    steps: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '2' },
    failures: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    members: { type: 'boolean', default: false },
  },
});

const steps = Number(values.steps);
const world = values.members ? 'members' : 'core';

async function one(seed: number): Promise<void> {
  const mutant = MUTANTS.find(({ name }) => name === values.mutant);
  if (mutant !== undefined) load(mutant);
  // Not before: it imports the product.
  const { runIn } = await import('../test/sim/worlds.ts');
  const until = values.until === undefined ? {} : { until: Number(values.until) };
  const print = values.trace ? { print: (line: string) => console.log(line) } : {};
  const result = await runIn(world, { seed, steps, ...until, ...print });
  const { failure } = result;
  if (failure !== undefined) {
    console.log(
      failureText(values.trace ? { ...result, failure: { ...failure, trace: [] } } : result, world),
    );
    process.exitCode = 1;
  }
  console.log(
    `seed ${seed}: ${result.steps} steps, ${result.ms} ms, ${result.epochs} epochs, ` +
      `${result.committed} entries committed, trace ${result.traceHash}`,
  );
}

const PROGRESS_EVERY = 500;

async function many(): Promise<void> {
  const from = values.from === undefined ? Date.now() % 1e9 : Number(values.from);
  const begun = performance.now();
  let done = 0;
  const result = await runFleet({
    from,
    seeds: Number(values.seeds),
    ...{ steps, world },
    workers: Number(values.workers),
    failures: Number(values.failures),
    ...(values.mutant === undefined ? {} : { mutant: values.mutant }),
    onResult: () => {
      done += 1;
      if (done % PROGRESS_EVERY !== 0) return;
      const rate = (done * 1000) / (performance.now() - begun);
      console.log(`${done} seeds, ${rate.toFixed(1)} a second`);
    },
  });
  for (const failed of result.failed) console.log(failureText(failed, world));
  console.log(`from seed ${from}: ${fleetText(result)}, ${result.failed.length} failed`);
  if (result.failed.length > 0 || result.seeds === 0) process.exitCode = 1;
}

if (values.seed === undefined) await many();
else await one(Number(values.seed));
