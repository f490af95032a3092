/**
 * HTTP load: keep-alive connections, each with one request at a time, no pipelining. By `wrk` where
 * it is installed, otherwise (and for a fixed number of requests) by the small client below, which
 * runs as a process of its own: `node bench/http-load.ts JOB`. Latencies are milliseconds.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuSeconds, lastJson, metric, run, runJob, sleep } from './process.ts';
import { Samples } from './statistics.ts';

export interface HttpLoad {
  readonly port: number;
  /** The server's process, for its CPU. */
  readonly pid: number;
  readonly connections: number;
  /** Sent by turns. */
  readonly requests: readonly string[];
  readonly warmSeconds: number;
  readonly seconds: number;
  /** A directory for the file that hands the requests over. */
  readonly directory: string;
}

interface ClientJob {
  readonly port: number;
  readonly connections: number;
  readonly file: string;
  readonly seconds?: number;
  /** Ends after this many requests instead of after a time. */
  readonly count?: number;
}

const WRK = '/usr/bin/wrk';
const SCRIPT = fileURLToPath(import.meta.url);
const LUA = fileURLToPath(new URL('replay.lua', import.meta.url));
const MAX_SAMPLES = 4_000_000;

export function hasWrk(): boolean {
  return existsSync(WRK);
}

/** One measured run after one that warms up: `rate`, `p50`, `p99`, `cpu`, `errors`. */
export async function httpLoad(load: HttpLoad): Promise<Record<string, number>> {
  const file = writeRequests(load.directory, load.requests);
  if (load.warmSeconds > 0) await once(load, file, load.warmSeconds);
  const before = cpuSeconds(load.pid);
  const result = await once(load, file, load.seconds);
  const cpu = cpuSeconds(load.pid) - before;
  return { ...result, cpu: (cpu * 1e6) / metric(result, 'requests') };
}

/** Sends each request of a list once, or the list by turns `count` times in all. */
export async function httpCount(
  load: Pick<HttpLoad, 'port' | 'connections' | 'requests' | 'directory'>,
  count: number,
): Promise<Record<string, number>> {
  const file = writeRequests(load.directory, load.requests);
  const { port, connections } = load;
  return await runJob(SCRIPT, { port, connections, file, count }, 120_000);
}

async function once(
  load: HttpLoad,
  file: string,
  seconds: number,
): Promise<Record<string, number>> {
  const { port, connections } = load;
  const timeoutMs = seconds * 1000 + 30_000;
  if (!hasWrk()) return await runJob(SCRIPT, { port, connections, file, seconds }, timeoutMs);
  const options = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency'];
  const url = `http://127.0.0.1:${port}/`;
  const args = [...options, '-s', LUA, url];
  return lastJson(await run(WRK, args, timeoutMs, { REQUESTS: file }));
}

function writeRequests(directory: string, requests: readonly string[]): string {
  const file = join(directory, 'requests');
  writeFileSync(file, requests.map((text) => `${Buffer.byteLength(text)}\n${text}`).join(''));
  return file;
}

function readRequests(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const requests: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf('\n', at);
    const length = Number(bytes.toString('latin1', at, line));
    requests.push(bytes.subarray(line + 1, line + 1 + length));
    at = line + 1 + length;
  }
  return requests;
}

/** The client of our own. */
class Client {
  readonly samples = new Samples(MAX_SAMPLES);
  requests = 0;
  errors = 0;
  readonly #prepared: readonly Buffer[];
  readonly #limit: number;
  #next = 0;
  #open = 0;
  #stopping = false;
  #finished: (() => void) | undefined;

  constructor(prepared: readonly Buffer[], limit: number) {
    this.#prepared = prepared;
    this.#limit = limit;
  }

  run(port: number, connections: number): Promise<void> {
    this.#open = connections;
    for (let i = 0; i < connections; i++) this.#connect(port);
    return new Promise((resolve) => {
      this.#finished = resolve;
    });
  }

  stop(): void {
    this.#stopping = true;
  }

  #connect(port: number): void {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let rest: Buffer | undefined;
    let sentAt = 0;
    socket.on('connect', () => {
      sentAt = this.#send(socket);
    });
    socket.on('data', (chunk) => {
      const answer = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      if (!isWhole(answer)) {
        rest = answer;
        return;
      }
      rest = undefined;
      const now = performance.now();
      this.samples.add(now - sentAt);
      this.requests += 1;
      // "HTTP/1.1 2xx" or "3xx": the digit after the first space.
      if ((answer[9] ?? 0) > 51) this.errors += 1;
      sentAt = this.#send(socket);
    });
    socket.on('error', () => {
      this.errors += 1;
    });
    socket.on('close', () => {
      this.#open -= 1;
      if (this.#open === 0) this.#finished?.();
    });
  }

  #send(socket: Socket): number {
    const request = this.#prepared[this.#next % this.#prepared.length];
    if (this.#stopping || this.#next >= this.#limit || request === undefined) {
      socket.destroy();
      return 0;
    }
    this.#next += 1;
    socket.write(request);
    return performance.now();
  }
}

/** Whether a whole answer has arrived, by its Content-Length or its last chunk. */
function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = answer.toString('latin1', 0, end).toLowerCase();
  const at = head.indexOf('\r\ncontent-length:');
  if (at >= 0) return answer.length >= end + 4 + Number.parseInt(head.slice(at + 17), 10);
  if (head.includes('\r\ntransfer-encoding: chunked')) return answer.indexOf('0\r\n\r\n', end) > 0;
  return true;
}

if (process.argv[1] === SCRIPT) {
  const job = JSON.parse(process.argv[2] ?? '{}') as ClientJob;
  const client = new Client(readRequests(job.file), job.count ?? Number.POSITIVE_INFINITY);
  const startedAt = performance.now();
  const finished = client.run(job.port, job.connections);
  if (job.seconds !== undefined) {
    await sleep(job.seconds * 1000);
    client.stop();
  }
  await finished;
  const seconds = (performance.now() - startedAt) / 1000;
  const [p50, p99] = client.samples.quantiles([0.5, 0.99]);
  const { requests, errors } = client;
  const result = { rate: requests / seconds, requests, seconds, p50, p99, errors };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
