/** What docs/RETRIES.md shows works as it stands there. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { startMember } from '../harness/member.ts';
import { blocksOf, stepsOf } from './blocks.ts';
import { asShown } from './shell.ts';

const RETRIES = readFileSync(new URL('../../docs/RETRIES.md', import.meta.url), 'utf8');

t.test('each command of docs/RETRIES.md prints what is shown under it', async (t) => {
  const { port } = await startMember();
  const steps = blocksOf(RETRIES)
    .filter(({ language }) => language === 'console')
    .flatMap(({ text }) => stepsOf(text.replaceAll('127.0.0.1:7181', `127.0.0.1:${port}`)));
  t.ok(steps.length >= 7, 'it shows commands');
  await asShown(t, steps);
});
