/**
 * etcd from Debian's package, one member, by its JSON gateway over HTTP/1.1 keep-alive, fsync on
 * (its default), with the same HTTP load generator as the member.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { httpCount, httpLoad } from '../http-load.ts';
import { jsonRequest } from '../http-requests.ts';
import { freePort, sleep, start, stop } from '../process.ts';
import { HTTP_CONNECTIONS, type Metrics, type Settings, type System } from '../systems.ts';

const KEYS = 1000;
const START_MS = 30_000;

interface Server {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly directory: string;
}

export class Etcd implements System {
  readonly name = 'etcd';
  readonly measurements: Readonly<Record<string, () => Promise<Metrics>>>;
  readonly #settings: Settings;
  #shared: Server | undefined;
  #serversStarted = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.measurements = {
      'http-get-1k': () => this.#load(ranges(), HTTP_CONNECTIONS),
      'http-put-1k': () => this.#load(puts(1024), HTTP_CONNECTIONS),
      'serial-http-get-1k': () => this.#load(ranges(), 1),
      'serial-http-put-1k': () => this.#load(puts(1024), 1),
    };
  }

  async stop(): Promise<void> {
    if (this.#shared !== undefined) await stop(this.#shared.child);
    this.#shared = undefined;
  }

  async #load(requests: readonly string[], connections: number): Promise<Metrics> {
    const { warmSeconds, seconds, directory } = this.#settings;
    if (this.#shared === undefined) {
      this.#shared = await this.#startServer();
      const { port } = this.#shared;
      await httpCount({ port, connections: 8, requests: puts(1024), directory }, KEYS);
    }
    const { pid, port } = this.#shared;
    return await httpLoad({ port, pid, connections, requests, warmSeconds, seconds, directory });
  }

  /** Resolves with the first successful write. */
  async #startServer(): Promise<Server> {
    const port = await freePort();
    const client = `http://127.0.0.1:${port}`;
    const peer = `http://127.0.0.1:${await freePort()}`;
    this.#serversStarted += 1;
    const directory = join(this.#settings.directory, `etcd-${this.#serversStarted}`);
    mkdirSync(directory, { recursive: true });
    const args = [
      ...['--name', 'bench', '--data-dir', join(directory, 'data')],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
      ...['--initial-cluster', `bench=${peer}`, '--initial-cluster-state', 'new'],
      // The default of 2 GB would end a long run of writes with an alarm.
      ...['--quota-backend-bytes', '8000000000'],
      ...['--logger', 'zap', '--log-level', 'error', '--log-outputs', 'stderr'],
    ];
    const child = start('/usr/bin/etcd', args, { logFile: join(directory, 'log') });
    const deadline = performance.now() + START_MS;
    while (!(await writes(port))) {
      if (performance.now() > deadline) throw new Error('etcd does not start');
      await sleep(5);
    }
    return { child, pid: child.pid ?? 0, port, directory };
  }
}

async function writes(port: number): Promise<boolean> {
  try {
    const body = JSON.stringify({ key: base64('/first'), value: base64('x') });
    const url = `http://127.0.0.1:${port}/v3/kv/put`;
    return (await fetch(url, { method: 'POST', body })).ok;
  } catch {
    return false;
  }
}

function puts(size: number): string[] {
  const value = base64('Paddock0123456789'.repeat(1 + size / 16).slice(0, size));
  return keys().map((key) => jsonRequest('POST', '/v3/kv/put', { key, value }));
}

function ranges(): string[] {
  return keys().map((key) => jsonRequest('POST', '/v3/kv/range', { key }));
}

function keys(): string[] {
  return Array.from({ length: KEYS }, (_, i) => base64(`/bench/k${String(i).padStart(3, '0')}`));
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
