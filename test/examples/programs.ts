/** The programs below examples/, run as a user would run them and killed as nobody would want. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

export interface Program {
  /** Everything that it has printed, on both streams. */
  output(): string;
  lines(): string[];
  /** Sends the signal to it and to everything that it has started. */
  signal(name: NodeJS.Signals): void;
  /** Kills it alone, as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits until it ends by itself; its exit code. */
  ended(): Promise<number | null>;
}

/** Starts `script` (a file below examples/, shell or TypeScript); it ends with the test. */
export function startProgram(
  t: Test,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Program {
  const file = `${EXAMPLES}${script}`;
  const command = script.endsWith('.ts') ? process.execPath : 'bash';
  const child = spawn(command, [file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const signal = (name: NodeJS.Signals) => {
    for (const pid of family(child)) send(pid, name);
  };
  t.teardown(async () => {
    signal('SIGKILL');
    await ended;
  });
  return {
    output: () => output,
    lines: () => output.split('\n').filter((line) => line !== ''),
    signal,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
    ended: () => ended,
  };
}

/** Waits until `probe` says yes; rejects with `what` when it has not within the time. */
export async function eventually(
  what: string,
  probe: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(20);
  }
}

/** A process and its descendants: a shell script's work is done by others. */
function family({ pid }: ChildProcess): number[] {
  return pid === undefined ? [] : descendants(pid);
}

function descendants(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [pid];
  const children = readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(descendants)];
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
