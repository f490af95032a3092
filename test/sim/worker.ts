/**
 * A process that runs seeds for fleet.ts: it is given a few at a time and answers each. Started
 * with the name of a mutant it runs them on a core with that bug, which is put in before anything
 * imports the core.
 */
import { MUTANTS } from '../mutants/list.ts';
import { load } from '../mutants/mutant.ts';
import type { RunResult } from './simulation.ts';

export interface Task {
  readonly seeds: readonly number[];
  readonly steps: number;
}

const name = process.argv[2];
if (name !== undefined) {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  load(mutant);
}
const { runSeed } = await import('./simulation.ts');

/** One in so many seeds is run twice: the same must happen. */
const TWICE_EVERY = 100;

function run(seed: number, steps: number): RunResult {
  const result = runSeed({ seed, steps });
  if (seed % TWICE_EVERY !== 0) return result;
  const again = runSeed({ seed, steps });
  if (again.traceHash === result.traceHash) return result;
  const message = `the same seed does the same: ${result.traceHash}, then ${again.traceHash}`;
  const { steps: step } = result;
  return { ...result, failure: { rule: 'repeat', message, step, swarm: '', trace: [] } };
}

process.on('message', ({ seeds, steps }: Task) => {
  for (const seed of seeds) process.send?.(run(seed, steps));
  process.send?.('done');
});
