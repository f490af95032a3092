/**
 * A process that runs seeds for fleet.ts: it is given a few at a time and answers each. Started
 * with the name of a mutant it runs them on a product with that bug, which is put in before
 * anything imports the product.
 */
import { MUTANTS } from '../mutants/list.ts';
import { load } from '../mutants/mutant.ts';
import type { RunResult, World } from './run.ts';

export interface Task {
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly world: World;
  /** When so many have failed the rest is not asked for any more. */
  readonly untilFailed: number;
}

const name = process.argv[2];
if (name !== undefined) {
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  load(mutant);
}
const { runIn } = await import('./worlds.ts');

/** One in so many seeds is run twice: the same must happen. */
const TWICE_EVERY = 100;

async function run(seed: number, { steps, world }: Task): Promise<RunResult> {
  const result = await runIn(world, { seed, steps });
  if (seed % TWICE_EVERY !== 0) return result;
  const again = await runIn(world, { seed, steps });
  if (again.traceHash === result.traceHash) return result;
  const message = `the same seed does the same: ${result.traceHash}, then ${again.traceHash}`;
  const { steps: step } = result;
  return { ...result, failure: { rule: 'repeat', message, step, swarm: '', trace: [] } };
}

async function work(task: Task): Promise<void> {
  let failed = 0;
  for (const seed of task.seeds) {
    const result = await run(seed, task);
    process.send?.(result);
    if (result.failure !== undefined) failed += 1;
    if (failed >= task.untilFailed) break;
  }
  process.send?.('done');
}

process.on('message', (task: Task) => void work(task));
