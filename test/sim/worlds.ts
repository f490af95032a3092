/**
 * One seed of either world. Imports the product: not before a seeded bug is in its place, and whole
 * members only for those who run them.
 */
import type { RunOptions, RunResult, World } from './run.ts';
import { runSeed } from './simulation.ts';

export async function runIn(world: World, options: RunOptions): Promise<RunResult> {
  if (world === 'core') return runSeed(options);
  const { runMembersSeed } = await import('./members/simulation.ts');
  return await runMembersSeed(options);
}
