/** Runs the commands of a document in a shell, and holds what they print against what is shown. */
import { spawn } from 'node:child_process';
import type { Test } from 'tap';
import { isAsShown, type Step } from './blocks.ts';

/** Runs a program to its end; what it printed, on both streams. */
export function run(command: string, args: readonly string[]): Promise<string> {
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
export async function asShown(t: Test, steps: readonly Step[]): Promise<void> {
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
