/** What the guides show works as it stands: commands, and the program of docs/WEBSOCKET.md. */
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { CLOSE } from '../../routes/ws/close-codes.ts';
import { startMember } from '../harness/member.ts';
import { type Block, blocksOf, isAsShown, stepsOf } from './blocks.ts';
import { asShown, run } from './shell.ts';

const { port } = await startMember();

function page(name: string): string {
  const text = readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8');
  return text.replaceAll('127.0.0.1:7181', `127.0.0.1:${port}`);
}

function blocksIn(name: string, language: string): Block[] {
  return blocksOf(page(name)).filter((block) => block.language === language);
}

async function runsAsShown(t: Test, name: string, atLeast: number): Promise<void> {
  const steps = blocksIn(name, 'console').flatMap(({ text }) => stepsOf(text));
  t.ok(steps.length >= atLeast, 'it shows commands');
  await asShown(t, steps);
}

t.test('each command of docs/QUOTAS.md prints what is shown under it', (t) =>
  runsAsShown(t, 'QUOTAS', 14),
);

t.test('each command of docs/CHROOT.md prints what is shown under it', (t) =>
  runsAsShown(t, 'CHROOT', 8),
);

t.test('each command of docs/TAKEOVER.md prints what is shown under it', (t) =>
  runsAsShown(t, 'TAKEOVER', 18),
);

t.test('the program of docs/WEBSOCKET.md prints what is shown under it', async (t) => {
  const [program] = blocksIn('WEBSOCKET', 'js');
  const [shown] = blocksIn('WEBSOCKET', 'text');
  const lines = shown?.text.trimEnd().split('\n') ?? [];
  t.ok(lines.length > 5);
  const printed = await run(process.execPath, ['--input-type=module', '-e', program?.text ?? '']);
  t.ok(isAsShown(lines, printed), 'prints as shown', { found: printed, wanted: shown?.text });
});

t.test('docs/WEBSOCKET.md has every code that a member closes with', async (t) => {
  const table = page('WEBSOCKET').split('## Close codes')[1] ?? '';
  const codes = [...table.matchAll(/\b\d{4}\b/g)].map(([code]) => Number(code));
  for (const [name, code] of Object.entries(CLOSE)) t.ok(codes.includes(code), `${name}: ${code}`);
});
