/** What README.md shows works as it stands there: each command, with the output under it. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { startMember } from '../harness/member.ts';
import { type Block, blocksOf, isAsShown, stepsOf } from './blocks.ts';
import { startEnsemble } from './ensemble.ts';
import { asShown, run } from './shell.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const DEFAULT_ADDRESS = '127.0.0.1:7181';
const DEFAULT_PORTS = [7181, 7182, 7183];
const blocks = blocksOf(README);
const consoles = blocks.filter(({ language }) => language === 'console');

/** Speaks to more than the one member that `npm start` gives. */
function wantsEnsemble({ text }: Block): boolean {
  return DEFAULT_PORTS.slice(1).some((port) => text.includes(`127.0.0.1:${port}`));
}

t.test('each command of the README prints what is shown under it', async (t) => {
  const member = await startMember();
  const address = `127.0.0.1:${member.port}`;
  const steps = consoles
    .filter((block) => !wantsEnsemble(block))
    .flatMap(({ text }) => stepsOf(text.replaceAll(DEFAULT_ADDRESS, address)));
  t.ok(steps.length > 15, 'the README shows commands');
  await asShown(t, steps);
});

t.test('so does each command that is shown for three members', async (t) => {
  const first = await startEnsemble();
  const steps = consoles.filter(wantsEnsemble).flatMap(({ text }) => {
    const moved = DEFAULT_PORTS.reduce(
      (moving, port, at) => moving.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${first + at}`),
      text,
    );
    return stepsOf(moved);
  });
  t.ok(steps.length > 3, 'the README shows commands');
  await asShown(t, steps);
});

t.test('the WebSocket program of the README prints what is shown under it', async (t) => {
  const member = await startMember();
  const at = blocks.findIndex(({ language }) => language === 'js');
  const program = blocks[at]?.text.replaceAll(DEFAULT_ADDRESS, `127.0.0.1:${member.port}`) ?? '';
  const shown = blocks[at + 1]?.text.trimEnd().split('\n') ?? [];
  const printed = await run(process.execPath, ['--input-type=module', '-e', program]);
  t.ok(isAsShown(shown, printed), 'prints as shown', { found: printed, wanted: shown.join('\n') });
});

t.test('every file that the README points to is there', async (t) => {
  for (const [, target = ''] of README.matchAll(/\]\(([^)#:]+)\)/g)) {
    t.doesNotThrow(() => readFileSync(new URL(`../../${target}`, import.meta.url)), target);
  }
});

t.test('what is shown is compared letter by letter, but for ...', async (t) => {
  t.ok(isAsShown(['{"a":1,...}'], '{"a":1,"b":2}'));
  t.ok(isAsShown(['a', '...', 'c'], 'a\nb\nb\nc'));
  t.notOk(isAsShown(['{"a":1}'], '{"a":1,"b":2}'));
  t.notOk(isAsShown([], 'something'));
});
