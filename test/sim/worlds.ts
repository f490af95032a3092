/** One seed of either world. Imports the product: not before a seeded bug is in its place. */
import { runMembersSeed } from './members/simulation.ts';
import type { RunOptions, RunResult, World } from './run.ts';
import { runSeed } from './simulation.ts';

export async function runIn(world: World, options: RunOptions): Promise<RunResult> {
  return world === 'core' ? runSeed(options) : await runMembersSeed(options);
}
