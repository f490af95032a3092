/**
 * Child processes of a benchmark run: starting, measuring from outside, and ending them. Whatever
 * was started here is ended here, also when the run is interrupted; nothing else is ever touched.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Kernel clock ticks per second in /proc/PID/stat: 100 on every Linux that Node supports. */
const CLOCK_TICKS = 100;
const TMPFS_MAGIC = 0x01021994;

const running = new Set<ChildProcess>();
/** Directories of the run, and the one above each. */
const directories = new Map<string, string>();

export interface StartOptions {
  /** Standard output and error go to this file; absent = standard output is piped to the caller. */
  readonly logFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a process that `stop` or the end of the run will end. */
export function start(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): ChildProcess {
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a');
  const child = spawn(command, args, {
    stdio: ['pipe', log ?? 'pipe', log ?? 'inherit'],
    env: { ...process.env, ...options.env },
  });
  if (log !== undefined) closeSync(log);
  running.add(child);
  child.once('exit', () => running.delete(child));
  // A pipe to a process that has just died must not end the run: its exit is reported instead.
  child.stdin?.on('error', () => {});
  return child;
}

/** Ends a process and waits until it is gone. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(patience);
}

/**
 * Runs a process to its end and returns its standard output; throws when it fails or takes longer
 * than `timeoutMs`.
 */
export async function run(
  command: string,
  args: readonly string[],
  timeoutMs: number,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = start(command, args, { env });
  child.stdin?.end();
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const patience = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(patience);
  if (code !== 0) {
    const how = code === null ? `did not end within ${timeoutMs} ms` : `ended with code ${code}`;
    throw new Error(`${command} ${args[0] ?? ''} ${how}: ${output.slice(-500)}`);
  }
  return output;
}

/** Runs one of our own scripts with a job and returns the object that it printed last. */
export async function runJob(
  script: string,
  job: object,
  timeoutMs: number,
): Promise<Record<string, number>> {
  const output = await run(process.execPath, [script, JSON.stringify(job)], timeoutMs);
  return lastJson(output);
}

/** One metric of a measurement; NaN when it has none of that name. */
export function metric(metrics: Readonly<Record<string, number>>, name: string): number {
  return metrics[name] ?? Number.NaN;
}

/** The last line of an output, which is a JSON object of numbers. */
export function lastJson(output: string): Record<string, number> {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`not an object: ${line}`);
  return value as Record<string, number>;
}

/** Waits for a line that a started process prints and that begins with `prefix`. */
export function lineOf(child: ChildProcess, prefix: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const patience = setTimeout(() => settle(undefined), timeoutMs);
    const settle = (line: string | undefined): void => {
      clearTimeout(patience);
      child.stdout?.off('data', onData);
      child.off('exit', onExit);
      if (line === undefined) reject(new Error(`no line "${prefix}": ${text.slice(-300)}`));
      else resolve(line);
    };
    const onExit = (): void => settle(undefined);
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const line = text.split('\n').find((each) => each.startsWith(prefix));
      if (line !== undefined && text.endsWith('\n')) settle(line);
    };
    child.stdout?.on('data', onData);
    child.once('exit', onExit);
  });
}

/** A directory that is removed at the end of the run, with the one above if that is empty then. */
export function removeAtEnd(directory: string, above: string): void {
  directories.set(directory, above);
}

/** Ends what is still running and removes the run's directories; for the end of the process. */
export function cleanUp(): void {
  for (const child of running) child.kill('SIGKILL');
  for (const [directory, above] of directories) {
    // A killed process may write its last file while the directory is being removed.
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    if (readdirSync(above).length === 0) rmdirSync(above);
  }
}

/** Seconds of CPU, user and system, that a process with all its threads has used; NaN when gone. */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process in bytes; NaN when gone. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** Bytes on disk, as allocated, of all files below a directory. */
export function diskBytes(directory: string): number {
  let bytes = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += statSync(join(entry.parentPath, entry.name)).blocks * 512;
    } catch {
      // Removed since it was listed: it takes no room.
    }
  }
  return bytes;
}

/** Whether a directory is kept in memory, where an fsync costs nothing and figures are a lie. */
export function isInMemory(directory: string): boolean {
  return statfsSync(directory).type === TMPFS_MAGIC;
}

/** A port of the loopback interface that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
