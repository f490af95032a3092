/** Volumes and disks that fail, which takes root: who cannot have them says so loudly. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { missing } from '../harness/debian.ts';

const STRACE = '/usr/bin/strace';

const run = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** A volume of its own in memory. */
export class Volume {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Undefined when this process may mount nothing. */
  static mount(bytes: number): Volume | undefined {
    const directory = mkdtempSync(join(tmpdir(), 'paddock-volume-'));
    if (run('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory)) {
      return new Volume(directory);
    }
    rmSync(directory, { recursive: true });
    return undefined;
  }

  /** Not below what is used; a bit more is left free, since it is counted in pages. */
  resize(bytes: number): void {
    if (!run('mount', '-o', `remount,size=${bytes}`, this.directory)) {
      throw new Error(`no volume of ${bytes} bytes`);
    }
  }

  unmount(): void {
    run('umount', '-l', this.directory);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Why calls of the system cannot be made to fail here; undefined when they can. */
export function straceMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may have the disk of another process fail';
  return missing('strace', STRACE);
}

/**
 * Every sync of the process fails from now on, with EIO. Resolves when that is so, with how to end
 * it; undefined when strace may not do that here.
 */
export async function failingSyncs(pid: number): Promise<(() => Promise<void>) | undefined> {
  const calls = 'fsync,fdatasync';
  const injected = `inject=${calls}:error=EIO`;
  const args = ['-f', '-qq', '-e', `trace=${calls}`, '-e', injected, '-p', String(pid)];
  const tracer = spawn(STRACE, [...args, '-o', '/dev/null'], { stdio: 'ignore' });
  const ended = once(tracer, 'close');
  while (!allTraced(pid)) {
    if (tracer.exitCode !== null || !existsSync(`/proc/${pid}`)) return undefined;
    await sleep(10);
  }
  return async () => {
    endTracer(tracer);
    await ended;
  };
}

function endTracer(tracer: ChildProcess): void {
  if (tracer.exitCode === null) tracer.kill('SIGTERM');
}

/** Whether every thread of the process is traced. */
function allTraced(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks).every((task) =>
      /^TracerPid:\t[1-9]/m.test(readFileSync(`${tasks}/${task}/status`, 'utf8')),
    );
  } catch {
    // A thread has ended meanwhile: looked at anew.
    return false;
  }
}
