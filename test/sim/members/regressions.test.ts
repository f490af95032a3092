/** Seeds that once broke a rule. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { failureText } from '../fleet.ts';
import { runMembersSeed } from './simulation.ts';

interface Regression {
  readonly seed: number;
  readonly rule: string;
  readonly story: string;
}

const regressions = JSON.parse(
  readFileSync(new URL('regressions.json', import.meta.url), 'utf8'),
) as readonly Regression[];

for (const { seed, rule, story } of regressions) {
  t.test(`seed ${seed} (${rule}): ${story}`, async (t) => {
    const result = await runMembersSeed({ seed });
    if (result.failure !== undefined) t.comment(failureText(result, 'members'));
    t.equal(result.failure?.rule, undefined);
  });
}
