/** Seeds that once broke a rule, of both worlds. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { failureText } from './fleet.ts';
import type { World } from './run.ts';
import { runIn } from './worlds.ts';

interface Regression {
  readonly seed: number;
  readonly rule: string;
  readonly story: string;
}

const FILES: Readonly<Record<World, string>> = {
  core: 'regressions.json',
  members: 'members/regressions.json',
};

for (const world of ['core', 'members'] as const) {
  const text = readFileSync(new URL(FILES[world], import.meta.url), 'utf8');
  for (const { seed, rule, story } of JSON.parse(text) as readonly Regression[]) {
    t.test(`${world}, seed ${seed} (${rule}): ${story}`, async (t) => {
      const result = await runIn(world, { seed });
      if (result.failure !== undefined) t.comment(failureText(result, world));
      t.equal(result.failure?.rule, undefined);
    });
  }
}
