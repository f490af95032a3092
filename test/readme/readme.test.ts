/** What README.md shows works as it stands there: each command, with the output under it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { startMember } from '../harness/member.ts';
import { type Block, blocksOf, isAsShown, type Step, stepsOf } from './blocks.ts';
import { startEnsemble } from './ensemble.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const DEFAULT_ADDRESS = '127.0.0.1:7181';
const DEFAULT_PORTS = [7181, 7182, 7183];
const blocks = blocksOf(README);
const consoles = blocks.filter(({ language }) => language === 'console');

/** Speaks to more than the one member that `npm start` gives. */
function wantsEnsemble({ text }: Block): boolean {
  return DEFAULT_PORTS.slice(1).some((port) => text.includes(`127.0.0.1:${port}`));
}

/** Runs a program to its end; what it printed, on both streams. */
function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}

const END = '--- end of step';

/** All steps in one shell, so that variables last; what each printed and its exit code. */
async function runSteps(steps: readonly Step[]): Promise<{ printed: string; code: string }[]> {
  const script = steps
    .map(({ command }) => `${command}\ncode=$?; echo; echo "${END} $code"\n`)
    .join('');
  const output = await run('bash', ['-c', script]);
  return output
    .split(END)
    .slice(0, -1)
    .map((part, at, parts) => ({
      printed: at === 0 ? part : part.slice(part.indexOf('\n') + 1),
      code:
        (parts[at + 1] ?? output.slice(output.lastIndexOf(END) + END.length))
          .trim()
          .split('\n')[0] ?? '',
    }));
}

/** Each command ends well and prints what is shown under it. */
async function asShown(t: Test, steps: readonly Step[]): Promise<void> {
  const results = await runSteps(steps);
  for (const [at, { command, shown }] of steps.entries()) {
    const { printed = '', code = '' } = results[at] ?? {};
    t.equal(code, '0', `ends well: ${command}`);
    t.ok(isAsShown(shown, printed.trimEnd()), `prints as shown: ${command}`, {
      found: printed,
      wanted: shown.join('\n'),
    });
  }
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
