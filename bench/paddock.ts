/**
 * The member under test: `node server/main.ts`, a process of its own with its data on a real disk,
 * measured from outside. Settings are those that it is shipped with.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { httpCount, httpLoad } from './http-load.ts';
import { httpRequest, jsonRequest } from './http-requests.ts';
import { collectGarbage, LivezProbe, request } from './probe.ts';
import {
  diskBytes,
  freePort,
  lineOf,
  metric,
  residentBytes,
  runJob,
  sleep,
  start,
  stop,
} from './process.ts';
import {
  CREATE_COUNT,
  HTTP_CONNECTIONS,
  LOAD_OUTSTANDING,
  LOAD_SESSIONS,
  type Metrics,
  SERIAL_COUNT,
  type Settings,
  type System,
  WATCH_SESSIONS,
  WATCHERS,
} from './systems.ts';
import type { LoadJob } from './ws-load.ts';

const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const WS_LOAD = fileURLToPath(new URL('ws-load.ts', import.meta.url));
const KEYS = 1000;
const START_MS = 120_000;
const QUICK_MS = 120_000;
const FULL_TREE_MS = 600_000;
const SOCKETLESS_TIMEOUT_MS = 120_000;
/** Files that a member and a load generator need besides their sockets. */
const SPARE_FILES = 200;

interface Member {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly directory: string;
  /** Milliseconds from its start to the first successful write. */
  readonly firstWrite: number;
}

export class Paddock implements System {
  readonly name = 'paddock';
  readonly measurements: Readonly<Record<string, () => Promise<Metrics>>>;
  readonly #settings: Settings;
  #shared: Member | undefined;
  #membersStarted = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    const ws = (job: Partial<LoadJob>) => () => this.#ws(job);
    const http = (requests: string[], connections: number) => () =>
      this.#http(requests, connections);
    this.measurements = {
      'set-1k': ws({ mode: 'load', size: 1024 }),
      'set-1k-x10': ws({ mode: 'load', size: 1024, requestsPerFrame: 10 }),
      'set-100b-x10': ws({ mode: 'load', size: 100, requestsPerFrame: 10 }),
      'get-1k': ws({ mode: 'load', size: 1024, readPercent: 100 }),
      'mixed-1k': ws({ mode: 'load', size: 1024, readPercent: 50 }),
      'create-delete': ws({ mode: 'create-delete', count: CREATE_COUNT }),
      'serial-1k': ws({
        ...{ mode: 'serial', size: 1024, count: SERIAL_COUNT },
        ...{ sessions: 1, outstanding: 1 },
      }),
      watchers: ws({ mode: 'watch', count: WATCHERS, sessions: WATCH_SESSIONS, outstanding: 1 }),
      sockets: () => this.#manySockets(),
      'http-get-1k': http(gets(), HTTP_CONNECTIONS),
      'http-put-1k': http(puts(1024), HTTP_CONNECTIONS),
      'serial-http-get-1k': http(gets(), 1),
      'serial-http-put-1k': http(puts(1024), 1),
      start: () => this.#firstWrite(),
      'full-tree': () => this.#fullTree(),
      'idle-sockets': () => this.#idleSockets(),
      'idle-sessions': () => this.#idleSessions(),
    };
  }

  async stop(): Promise<void> {
    if (this.#shared !== undefined) await stop(this.#shared.child, 'SIGTERM');
    this.#shared = undefined;
  }

  async #ws(job: Partial<LoadJob>, member?: Member): Promise<Metrics> {
    const { port, pid } = member ?? (await this.#sharedMember());
    const { warmSeconds, seconds } = this.#settings;
    const load = { sessions: LOAD_SESSIONS, outstanding: LOAD_OUTSTANDING };
    const whole = { port, pid, warmSeconds, seconds, ...load, ...job };
    return await runJob(WS_LOAD, whole, job.mode === 'fill' ? FULL_TREE_MS : QUICK_MS);
  }

  async #http(requests: readonly string[], connections: number): Promise<Metrics> {
    const { port, pid } = await this.#sharedMember();
    const { warmSeconds, seconds, directory } = this.#settings;
    return await httpLoad({ port, pid, connections, requests, warmSeconds, seconds, directory });
  }

  async #manySockets(): Promise<Metrics> {
    const { sockets } = this.#settings;
    assertFiles(sockets);
    return await this.#ws({ mode: 'watch', count: sockets, sessions: sockets, outstanding: 1 });
  }

  async #firstWrite(): Promise<Metrics> {
    const member = await this.#startMember();
    await this.#end(member);
    return { first: member.firstWrite };
  }

  /** Loads a large tree, keeps working on it, is killed, and comes back. */
  async #fullTree(): Promise<Metrics> {
    const member = await this.#startMember();
    const probe = new LivezProbe(member.port);
    const shape = { sessions: 8, outstanding: 400, requestsPerFrame: 100, size: 100 };
    const filled = await this.#ws({ mode: 'fill', count: this.#settings.znodes, ...shape }, member);
    const stallWhileFilling = await probe.end();
    await sleep(2000);
    const rss = residentBytes(member.pid);
    const disk = diskBytes(member.directory);
    const busy = new LivezProbe(member.port);
    await this.#ws({ mode: 'load', size: 1024 }, member);
    const stall = await busy.end();
    const before = await znodesOf(member.port);
    await stop(member.child);
    const again = await this.#startMember(member.directory);
    const after = await znodesOf(again.port);
    if (after !== before) throw new Error(`${before} znodes before the kill, ${after} after it`);
    await sleep(1000);
    const rssAfterRestart = residentBytes(again.pid);
    await this.#end(again);
    return {
      rate: metric(filled, 'rate'),
      load: metric(filled, 'seconds') * 1000,
      rss,
      disk,
      stall,
      'stall-while-filling': stallWhileFilling,
      restart: again.firstWrite,
      'rss-after-restart': rssAfterRestart,
      errors: metric(filled, 'errors'),
    };
  }

  /** Growth of resident memory per session that has a socket and does nothing. */
  async #idleSockets(): Promise<Metrics> {
    const sockets = Math.floor(this.#settings.sockets / 2);
    assertFiles(sockets);
    const [member, inspector] = await this.#startInspected();
    await this.#holdSockets(member, 500, async () => 0);
    const before = await settledMemory(member, inspector);
    const bytes = await this.#holdSockets(member, sockets, async () => {
      return ((await settledMemory(member, inspector)) - before) / sockets;
    });
    await this.#end(member);
    return { bytes };
  }

  /** Growth of resident memory per session that was opened over HTTP and has no socket. */
  async #idleSessions(): Promise<Metrics> {
    const { sessions, directory } = this.#settings;
    const [member, inspector] = await this.#startInspected();
    const open = [jsonRequest('POST', '/v1/sessions', { timeoutMs: SOCKETLESS_TIMEOUT_MS })];
    const to = { port: member.port, connections: 32, requests: open, directory };
    // The first few thousand warm the way up; they stay, and so do not count as growth.
    await httpCount(to, 4000);
    const before = await settledMemory(member, inspector);
    const { rate, errors } = (await httpCount(to, sessions)) as { rate: number; errors: number };
    const bytes = ((await settledMemory(member, inspector)) - before) / sessions;
    await this.#end(member);
    return { bytes, rate, errors };
  }

  async #holdSockets(
    member: Member,
    sessions: number,
    meanwhile: () => Promise<number>,
  ): Promise<number> {
    const job: LoadJob = { mode: 'idle', port: member.port, pid: member.pid, sessions };
    const holder = start(process.execPath, [WS_LOAD, JSON.stringify(job)]);
    await lineOf(holder, 'OPEN', QUICK_MS);
    const result = await meanwhile();
    await stop(holder);
    await sleep(500);
    return result;
  }

  async #sharedMember(): Promise<Member> {
    if (this.#shared !== undefined) return this.#shared;
    const member = await this.#startMember();
    this.#shared = member;
    const { port } = member;
    const { directory } = this.#settings;
    await request(port, 'PUT', '/v1/znodes/bench', 'x');
    const made = await httpCount({ port, connections: 8, requests: puts(1024), directory }, KEYS);
    if (metric(made, 'errors') > 0) throw new Error('the member refused to make the keys');
    return member;
  }

  async #startInspected(): Promise<[Member, number]> {
    const inspector = await freePort();
    return [await this.#startMember(undefined, [`--inspect=127.0.0.1:${inspector}`]), inspector];
  }

  /** Starts a member on an empty directory, or on one that it has left; resolves when it writes. */
  async #startMember(left?: string, nodeArgs: readonly string[] = []): Promise<Member> {
    const port = await freePort();
    this.#membersStarted += 1;
    const directory = left ?? join(this.#settings.directory, `paddock-${this.#membersStarted}`);
    mkdirSync(directory, { recursive: true });
    const listen = ['--listen', `127.0.0.1:${port}`, '--data-dir', join(directory, 'data')];
    const startedAt = performance.now();
    const child = start(process.execPath, [...nodeArgs, MAIN, ...listen], {
      logFile: join(directory, 'log'),
    });
    while (!(await request(port, 'PUT', '/v1/znodes/first', 'x'))) {
      const log = (): string => readFileSync(join(directory, 'log'), 'utf8').slice(-1000);
      if (child.exitCode !== null) throw new Error(`the member ended: ${log()}`);
      if (performance.now() - startedAt > START_MS) throw new Error(`no first write: ${log()}`);
      await sleep(3);
    }
    const firstWrite = performance.now() - startedAt;
    return { child, pid: child.pid ?? 0, port, directory, firstWrite };
  }

  async #end(member: Member): Promise<void> {
    await stop(member.child);
    rmSync(member.directory, { recursive: true, force: true });
  }
}

async function settledMemory(member: Member, inspector: number): Promise<number> {
  await sleep(1500);
  await collectGarbage(inspector);
  await sleep(500);
  return residentBytes(member.pid);
}

async function znodesOf(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  const [, count] = /^znode_count (\d+)$/m.exec(await answer.text()) ?? [];
  return Number(count);
}

function assertFiles(sockets: number): void {
  const limits = readFileSync('/proc/self/limits', 'latin1');
  const files = Number(/Max open files\s+(\d+)/.exec(limits)?.[1]);
  if (files >= sockets + SPARE_FILES) return;
  throw new Error(`${sockets} sockets need more open files than the limit of ${files} (ulimit -n)`);
}

function gets(): string[] {
  return keys().map((key) => httpRequest('GET', `/v1/znodes/bench/${key}`));
}

function puts(size: number): string[] {
  const data = 'Paddock0123456789'.repeat(1 + size / 16).slice(0, size);
  return keys().map((key) => jsonRequest('PUT', `/v1/znodes/bench/${key}`, { data }));
}

function keys(): string[] {
  return Array.from({ length: KEYS }, (_, i) => `k${String(i).padStart(3, '0')}`);
}
