/**
 * Members as processes of their own: `node server/main.ts`, started, spoken to and killed as an
 * operator would, with nothing known here of their inside. Whatever was started ends with this
 * process, whatever becomes of it, and the directories that were made for it go with it.
 *
 * Knows no test runner: member.ts and the tests of ensembles tie it to theirs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** A member that has not said by then that it listens will not, ms. */
const START_MS = 60_000;
/** A member that was asked to stop and has not by then is killed, ms. */
const STOP_MS = 10_000;

export interface MemberOptions {
  /** To start again on what an earlier member left; absent: a new directory, removed at the end. */
  readonly dataDir?: string;
  /** To come back where clients expect it; absent: any free port. */
  readonly port?: number;
  /** Further flags of `server/main.ts`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface MemberProcess {
  /** Like `http://127.0.0.1:41234`, without a slash at the end; `https:` with a certificate. */
  readonly url: string;
  /** Like `ws://127.0.0.1:41234/v1/ws`. */
  readonly wsUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Whether the process has ended, by whomever. */
  readonly gone: boolean;
  /** With what it ended by itself; undefined while it runs, and when a signal ended it. */
  readonly exitCode: number | undefined;
  /** Sends the signal and resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Asks it to stop in good order; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Sends a signal that ends nothing, like SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void;
  /** Everything that it has printed so far. */
  output(): string;
}

const running = new Set<ChildProcess>();
const directories = new Set<string>();

/** Ends every member that still runs, and removes the directories that were made here. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => end(child, 'SIGKILL')));
  removeDirectories();
}

function removeDirectories(): void {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  directories.clear();
}

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  removeDirectories();
});

/** Starts a member and resolves once it serves; rejects with what it printed when it does not. */
export async function startMember(options: MemberOptions = {}): Promise<MemberProcess> {
  const dataDir = options.dataDir ?? newDirectory();
  const listen = ['--listen', `127.0.0.1:${options.port ?? 0}`, '--data-dir', dataDir];
  const child = spawn(process.execPath, [MAIN, ...listen, ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let output = '';
  const onText = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', onText);
  child.stderr.setEncoding('utf8').on('data', onText);
  const { port, scheme } = await listening(child, () => output);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    wsUrl: `${scheme === 'https' ? 'wss' : 'ws'}://127.0.0.1:${port}/v1/ws`,
    port,
    pid: child.pid ?? 0,
    dataDir,
    get gone() {
      return hasEnded(child);
    },
    get exitCode() {
      return child.exitCode ?? undefined;
    },
    kill: (signal = 'SIGKILL') => end(child, signal),
    stop: () => end(child, 'SIGTERM'),
    signal: (signal) => void child.kill(signal),
    output: () => output,
  };
}

/** A directory of this process's own, removed at its end. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'paddock-test-'));
  directories.add(directory);
  return directory;
}

interface Listening {
  readonly scheme: string;
  readonly port: number;
}

function listening(child: ChildProcess, output: () => string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const told = / listening on (https?):\/\/\S+:(\d+)\s/.exec(output());
      const [, scheme, port] = told ?? [];
      if (scheme !== undefined) settle(() => resolve({ scheme, port: Number(port) }));
    };
    const fail = () => {
      const code = child.exitCode ?? child.signalCode;
      const told = `the member did not start (exit code ${code}):\n${output()}`;
      settle(() => reject(new Error(told)));
    };
    const settle = (then: () => void) => {
      clearTimeout(timer);
      child.stdout?.off('data', look);
      child.off('close', fail);
      child.off('error', fail);
      then();
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail();
    }, START_MS);
    child.stdout?.on('data', look);
    child.once('close', fail);
    child.once('error', fail);
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(patience);
}
