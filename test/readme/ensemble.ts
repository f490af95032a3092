/**
 * `npm run ensemble` for a test: three members on ports and in a directory of the test's own, ended
 * with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { newDirectory } from '../harness/member.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/ensemble.ts', import.meta.url));

/** Three members that do not serve by then will not, ms. */
const START_MS = 60_000;
const STOP_MS = 15_000;
const LOOK_MS = 50;
const MEMBERS = 3;

/** Below what systems give to sockets that ask for any port. */
const PORTS = { from: 20_000, to: 32_000 } as const;

/** Starts them; the port of the first, the others have the next ones. */
export async function startEnsemble(): Promise<number> {
  const port = await freePorts(2 * MEMBERS);
  const peerPort = port + MEMBERS;
  const child = spawn(
    process.execPath,
    [SCRIPT, '--port', `${port}`, '--peer-port', `${peerPort}`, '--data-dir', newDirectory()],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  t.teardown(() => end(child));
  const deadline = performance.now() + START_MS;
  for (let id = 1; id <= MEMBERS; ) {
    if (await serves(port + id - 1)) {
      id += 1;
      continue;
    }
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`the ensemble did not start:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return port;
}

/** It has a leader, and has heard of all the others, which comes a moment later. */
async function serves(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/ensemble`).catch(() => undefined);
  if (answer?.status !== 200) return false;
  const { members } = (await answer.json()) as {
    members: { reachable: boolean; ready?: boolean }[];
  };
  return members.every(({ reachable, ready }) => reachable && ready === true);
}

/** The first of so many ports in a row that nobody listens on. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    const servers: Server[] = [];
    try {
      for (let at = 0; at < count; at += 1) servers.push(await listening(first + at));
      return first;
    } catch {
      // Somebody listens on one of them: others are tried.
    } finally {
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    }
  }
}

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** The script ends its members with it. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(patience);
}
