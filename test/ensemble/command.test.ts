/**
 * `npm run ensemble`: three members from nothing, who leads, through the death of one, and all of
 * them ended together. Run as an operator would, but for the ports.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { newDirectory } from '../harness/member.ts';
import { reservePorts } from '../harness/ports.ts';
import { eventually } from '../harness/wait.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/ensemble.ts', import.meta.url));
const MEMBERS = 3;
const BAD_SETTING = 78;

t.setTimeout(150_000);

/** So many ports of which each is the one after the last. */
async function portsInARow(count: number): Promise<number> {
  for (;;) {
    const ports = await reservePorts(count);
    const [first = 0] = ports;
    if (ports.every((port, at) => port === first + at)) return first;
  }
}

class Command {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  output = '';

  constructor(t: Test, port: number, dataDir: string) {
    this.port = port;
    const ports = ['--port', String(port), '--peer-port', String(port + MEMBERS)];
    this.#child = spawn(process.execPath, [SCRIPT, ...ports, '--data-dir', dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
    t.teardown(async () => {
      for (const pid of [...this.pids.values()].filter(isAlive)) process.kill(pid, 'SIGKILL');
      this.#child.kill('SIGKILL');
      await this.#ended;
    });
  }

  /** What it shows of each member: its process. */
  get pids(): ReadonlyMap<number, number> {
    const shown = this.output.matchAll(/^member (\d+): http:\S+, process (\d+)$/gm);
    return new Map([...shown].map(([, id, pid]) => [Number(id), Number(pid)]));
  }

  /** Who leads, as shown last; 0 = nobody. */
  get leader(): number {
    const shown = [...this.output.matchAll(/^(?:member (\d+) leads|nobody leads)$/gm)];
    return Number(shown.at(-1)?.[1] ?? 0);
  }

  url(id: number): string {
    return `http://127.0.0.1:${this.port + id - 1}`;
  }

  /** Its exit code, once everything that it has started is gone. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return await this.#ended;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function put(url: string, path: string): Promise<number> {
  const target = `${url}/v1/znodes${path}`;
  const answer = await fetch(target, { method: 'PUT', body: 'x' }).catch(() => undefined);
  return answer?.status ?? 0;
}

await t.test('npm run ensemble', async (t) => {
  const port = await portsInARow(2 * MEMBERS);
  const dataDir = join(newDirectory(), 'data');
  const first = new Command(t, port, dataDir);
  await eventually('it says who leads', () => first.leader !== 0);
  t.equal(first.pids.size, MEMBERS, 'it shows the process of each member');
  const { leader } = first;
  for (let id = 1; id <= MEMBERS; id += 1) {
    const path = `/by-${id}`;
    await eventually(`member ${id} serves`, async () => {
      return (await fetch(`${first.url(id)}/readyz`).catch(() => undefined))?.status === 200;
    });
    t.equal(await put(first.url(id), path), 201, `member ${id} takes writes`);
  }

  process.kill(first.pids.get(leader) ?? 0, 'SIGKILL');
  await eventually('it says who leads now', () => ![0, leader].includes(first.leader));
  t.match(
    first.output,
    new RegExp(`^member ${leader} has ended: SIGKILL$`, 'm'),
    'and who is gone',
  );
  t.equal(await put(first.url(first.leader), '/after'), 201, 'the others go on');

  t.equal(await first.end('SIGINT'), 0, 'SIGINT ends it');
  t.same([...first.pids.values()].filter(isAlive), [], 'with all its members');

  const second = new Command(t, port, dataDir);
  await eventually('it leads again', () => second.leader !== 0);
  const kept = await fetch(`${second.url(second.leader)}/v1/znodes/after`);
  t.equal(kept.status, 200, 'on what there was');
  t.equal(await second.end('SIGTERM'), 0, 'SIGTERM ends it, too');
  t.same([...second.pids.values()].filter(isAlive), [], 'with all its members');
});

await t.test('flags that cannot be are refused, each with what is wrong', async (t) => {
  const dataDir = join(newDirectory(), 'data');
  const wrong: readonly (readonly [readonly string[], string])[] = [
    [['--members', '0'], 'members: 0 is not a whole number from 1 to 15'],
    [['--members', 'abc'], 'members: abc is not a whole number from 1 to 15'],
    [['--members', '2.5'], 'members: 2.5 is not a whole number from 1 to 15'],
    [['--members', '300'], 'members: 300 is not a whole number from 1 to 15'],
    [['--port', '65535'], 'port: 65535 is not a whole number from 1 to 65533'],
    [['--port', '7280'], 'port: 3 ports from 7280 and from 7281 are partly the same'],
    [['--member', '3'], "Unknown option '--member'"],
  ];
  await Promise.all(
    wrong.map(async ([flags, text]) => {
      const { code, output } = await refused([...flags, '--data-dir', dataDir]);
      t.equal(code, BAD_SETTING, flags.join(' '));
      t.ok(output.startsWith(text), `says: ${output.trim()}`);
      t.equal(output.trim().split('\n').length, 1, 'in one line');
    }),
  );
  t.notOk(existsSync(dataDir), 'nothing was made or started');
});

function refused(flags: readonly string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...flags], { timeout: 30_000 }, (error, out, err) => {
      resolve({ code: error?.code, output: out + err });
    });
  });
}
