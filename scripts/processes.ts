/** Child processes of a test run: each with a time limit, and none of them left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const PATH = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);

/** As server/main.ts has it: spares each of hundreds of processes a part of its start. */
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'paddock');

export interface Ended {
  /** 0 = well; a process that was killed or could not be started has another one, too. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly seconds: number;
}

const running = new Set<ChildProcess>();

/** Runs a command of the project to its end, or until its time is up. */
export function run(command: readonly string[], timeoutMs: number): Promise<Ended> {
  const [program = '', ...args] = command;
  const started = performance.now();
  return new Promise((resolve) => {
    // A group of its own, so that what a test has started ends with it.
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, PATH, NODE_COMPILE_CACHE, TAP_TIMEOUT: String(timeoutMs / 1000) },
    });
    running.add(child);
    const texts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        texts[stream] += text;
      });
    }
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child);
    }, timeoutMs);
    const settle = (code: number) => {
      clearTimeout(timer);
      running.delete(child);
      killGroup(child);
      resolve({ code, ...texts, timedOut, seconds: (performance.now() - started) / 1000 });
    };
    child.once('error', (error) => {
      texts.stderr += `${error.message}\n`;
      settle(1);
    });
    child.once('exit', () => {
      // What it has left running holds its pipes open: `close` would wait for that.
      killGroup(child);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) killGroup(child);
    process.exit(1);
  });
}
