/** What docs/EXPLAINING.md shows works as it stands there. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { startMember } from '../harness/member.ts';
import { blocksOf, stepsOf } from './blocks.ts';
import { asShown } from './shell.ts';

const PAGE = readFileSync(new URL('../../docs/EXPLAINING.md', import.meta.url), 'utf8');

t.test('each command of docs/EXPLAINING.md prints what is shown under it', async (t) => {
  const { port } = await startMember();
  const directory = t.testdir();
  const steps = blocksOf(PAGE)
    .filter(({ language }) => language === 'console')
    .flatMap(({ text }) => stepsOf(text.replaceAll('127.0.0.1:7181', `127.0.0.1:${port}`)));
  t.ok(steps.length >= 8, 'it shows commands');
  await asShown(t, [{ command: `cd ${directory}`, shown: [] }, ...steps]);
});
