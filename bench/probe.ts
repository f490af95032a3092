/**
 * Looking at a member from outside while it works: small requests, how long they take at worst,
 * and a garbage collection before its memory is read.
 */
import { Agent, request as httpRequest } from 'node:http';
import { sleep } from './process.ts';

const PROBE_EVERY_MS = 20;

/** One request on its own connection; whether it was answered with a 2xx. Never throws. */
export function request(
  port: number,
  method: string,
  path: string,
  body = '',
  agent?: Agent,
): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, method, path, agent: agent ?? false };
    const outgoing = httpRequest(options, (answer) => {
      const status = answer.statusCode ?? 500;
      answer.resume().once('end', () => resolve(status < 300));
    });
    outgoing.once('error', () => resolve(false));
    outgoing.end(body);
  });
}

/** Asks `/livez` every 20 ms on one connection, as a health check would. */
export class LivezProbe {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #finished: Promise<void>;
  #slowest = 0;
  #ending = false;

  constructor(port: number) {
    this.#finished = this.#run(port);
  }

  /** The slowest answer in milliseconds: the longest time that the event loop stood still. */
  async end(): Promise<number> {
    this.#ending = true;
    await this.#finished;
    return this.#slowest;
  }

  async #run(port: number): Promise<void> {
    // The first request opens the connection: that is not the event loop's doing.
    await request(port, 'GET', '/livez', '', this.#agent);
    while (!this.#ending) {
      const sentAt = performance.now();
      const alive = await request(port, 'GET', '/livez', '', this.#agent);
      if (alive) this.#slowest = Math.max(this.#slowest, performance.now() - sentAt);
      else this.#slowest = Number.NaN;
      await sleep(PROBE_EVERY_MS);
    }
    this.#agent.destroy();
  }
}

/** Makes a process that was started with `--inspect=127.0.0.1:PORT` collect all its garbage. */
export async function collectGarbage(inspector: number): Promise<void> {
  const listing = await fetch(`http://127.0.0.1:${inspector}/json/list`);
  const targets = (await listing.json()) as { webSocketDebuggerUrl: string }[];
  const target = targets[0];
  if (target === undefined) throw new Error('nothing to inspect');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = () => socket.send('{"id":1,"method":"HeapProfiler.collectGarbage"}');
    socket.onmessage = resolve;
    socket.onerror = () => reject(new Error('the inspector does not answer'));
  });
  socket.close();
}
