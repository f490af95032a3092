/**
 * `npm run ensemble`: three members on this machine, on ports 7181 to 7183 with their data under
 * ./data/, and who leads. Ends all of them together. To try things, and to see a failover: kill one
 * of the processes whose numbers are shown.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const LOOK_MS = 500;
const STOP_MS = 10_000;

/** More would not fit on one machine; so many ports follow each of the two first ones. */
const MEMBERS_MAX = 15;
const PORT_MAX = 65_535;
/** As of a member that is told what cannot be. */
const BAD_SETTING = 78;

const values = readFlags();
const count = integer('members', values.members, MEMBERS_MAX);
const firstPort = integer('port', values.port, PORT_MAX + 1 - count);
const firstPeerPort = integer('peer-port', values['peer-port'], PORT_MAX + 1 - count);
if (Math.abs(firstPort - firstPeerPort) < count) {
  refuse(`port: ${count} ports from ${firstPort} and from ${firstPeerPort} are partly the same`);
}
const ids = Array.from({ length: count }, (_, at) => at + 1);
const port = (id: number) => firstPort + id - 1;
const peerPort = (id: number) => firstPeerPort + id - 1;
const dataDir = resolve(values['data-dir']);

function readFlags() {
  try {
    return parseArgs({
      options: {
        members: { type: 'string', default: '3' },
        port: { type: 'string', default: '7181' },
        'peer-port': { type: 'string', default: '7281' },
        'data-dir': { type: 'string', default: './data' },
        'log-level': { type: 'string', default: 'warn' },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** From 1 to `max`, in digits. */
function integer(name: string, text: string, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= max) return value;
  return refuse(`${name}: ${text} is not a whole number from 1 to ${max}`);
}

function refuse(text: string): never {
  console.error(text);
  process.exit(BAD_SETTING);
}

/** Made once, and kept: the members of one ensemble share it for good. */
function secretFile(): string {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'cluster-secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return file;
}

function start(id: number, secret: string): ChildProcess {
  const members = ids.flatMap((each) => ['--member', `${each}=127.0.0.1:${peerPort(each)}`]);
  const child = spawn(
    process.execPath,
    [
      ...[MAIN, '--id', String(id), '--listen', `127.0.0.1:${port(id)}`],
      ...['--peer-listen', `127.0.0.1:${peerPort(id)}`, ...members],
      ...['--cluster-secret-file', secret, '--data-dir', join(dataDir, `member-${id}`)],
      ...['--log-level', values['log-level']],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  console.log(`member ${id}: http://127.0.0.1:${port(id)}, process ${child.pid}`);
  child.once('exit', (code, signal) => {
    children.delete(id);
    if (!stopping) console.log(`member ${id} has ended: ${signal ?? `exit code ${code}`}`);
    if (children.size === 0) process.exit(stopping ? 0 : 1);
  });
  return child;
}

/** Who leads, as the first member that answers sees it; 0 = nobody. */
async function leader(): Promise<number> {
  for (const id of children.keys()) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port(id)}/v1/ensemble`);
      const status = (await answer.json()) as { leader?: number };
      if (status.leader !== undefined) return status.leader;
    } catch {
      // It is starting, or gone.
    }
  }
  return 0;
}

async function serves(id: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port(id)}/readyz`).catch(() => undefined);
  return answer?.status === 200;
}

/** Says who leads once that member serves: whoever reads it may ask that member at once. */
async function watchLeader(): Promise<void> {
  for (let last = 0; !stopping; ) {
    const now = await leader();
    if (now !== last && (now === 0 || (await serves(now)))) {
      console.log(now === 0 ? 'nobody leads' : `member ${now} leads`);
      last = now;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function stop(): void {
  stopping = true;
  for (const child of children.values()) child.kill('SIGTERM');
  setTimeout(() => {
    for (const child of children.values()) child.kill('SIGKILL');
  }, STOP_MS).unref();
}

let stopping = false;
const secret = secretFile();
const children = new Map<number, ChildProcess>();
for (const id of ids) children.set(id, start(id, secret));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
await watchLeader();
