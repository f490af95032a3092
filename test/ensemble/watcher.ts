/**
 * Somebody who watches a part of the tree whatever dies: over a WebSocket or an event stream, and
 * on at the next member from the last zxid seen when the connection is lost. Keeps all that came.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { isEvent, WsDriver } from '../conformance/ws-driver.ts';
import type { Target } from './channel.ts';

export interface Seen {
  readonly event: string;
  readonly path: string;
  readonly zxid: string;
}

/** Where one connection of a watcher left off. */
interface Source {
  /** Resolves when the connection has ended. */
  readonly ended: Promise<unknown>;
  /** What has come since the last call. */
  take(): readonly Seen[];
  /** Where to go on, when that is known: also when nothing has happened for long. */
  position(): string | undefined;
  close(): void;
}

const RECONNECT_MS = 20;

export class Watcher {
  readonly name: string;
  /** The history did not reach back to where it was: what came in between was not seen. */
  gaps = 0;
  connections = 0;
  /** Refusals other than that a member is not ready. */
  readonly findings: string[] = [];
  readonly #kind: 'ws' | 'sse';
  readonly #path: string;
  readonly #targets: readonly Target[];
  readonly #events: Seen[] = [];
  #at: number;
  #source: Source | undefined;
  #position: string | undefined;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  /** Sees everything after `since`, of which the first member may know nothing yet. */
  constructor(
    kind: 'ws' | 'sse',
    path: string,
    targets: readonly Target[],
    at: number,
    since: string,
  ) {
    this.#position = since;
    this.name = `watcher over ${kind} from member ${at + 1} on`;
    this.#kind = kind;
    this.#path = path;
    this.#targets = targets;
    this.#at = at;
  }

  /** Resolves when it watches. */
  async start(): Promise<void> {
    this.#running = this.#run();
    while (this.#source === undefined) await sleep(5);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#source?.close();
    await this.#running;
  }

  /** Everything that has come, in the order in which it came. */
  get events(): readonly Seen[] {
    if (this.#source !== undefined) this.#events.push(...this.#source.take());
    return this.#events;
  }

  async #run(): Promise<void> {
    for (; !this.#stopped; this.#at += 1) {
      const target = this.#targets[this.#at % this.#targets.length];
      if (target === undefined) throw new Error('there is no member to watch');
      try {
        this.#source = await this.#connect(target);
        this.connections += 1;
      } catch (error) {
        this.#judge(error);
        await sleep(RECONNECT_MS);
        continue;
      }
      await this.#source.ended;
      this.#events.push(...this.#source.take());
      this.#position = this.#source.position();
      this.#source.close();
      this.#source = undefined;
    }
  }

  #connect(target: Target): Promise<Source> {
    return this.#kind === 'ws'
      ? overWebSocket(target, this.#path, this.#position)
      : overEventStream(target, this.#path, this.#position);
  }

  #judge(error: unknown): void {
    if (!(error instanceof Refused)) return;
    const { code } = error.problem;
    if (code === 'NotReady') return;
    if (code === 'HistoryGone') {
      this.gaps += 1;
      this.#position = undefined;
    } else this.findings.push(`${this.name}: ${error.message}`);
  }
}

async function overWebSocket(
  { wsUrl }: Target,
  path: string,
  since: string | undefined,
): Promise<Source> {
  const from = since === undefined ? {} : { lastZxid: since };
  const driver = await WsDriver.connect(wsUrl, { timeoutMs: 30_000, ...from });
  let position = since ?? driver.zxid;
  let taken = 0;
  try {
    await driver.addWatch(path, 'persistentRecursive', { since: position });
  } catch (error) {
    driver.disconnect();
    throw error;
  }
  return {
    ended: driver.closed,
    take: () => {
      const fresh: Seen[] = [];
      for (; taken < driver.arrived.length; taken += 1) {
        const message = driver.arrived[taken];
        if (message === undefined) continue;
        if (message.event === 'resync') driver.disconnect();
        if (isEvent(message)) fresh.push(message);
        const zxid = isEvent(message) ? message.zxid : message.progress;
        if (zxid !== undefined && zxid > position) position = zxid;
      }
      return fresh;
    },
    position: () => position,
    close: () => driver.disconnect(),
  };
}

async function overEventStream(
  { port }: Target,
  path: string,
  since: string | undefined,
): Promise<Source> {
  const headers = since === undefined ? {} : { 'last-event-id': since };
  const stream = await EventStream.open(port, { path, recursive: true }, headers);
  let taken = 0;
  return {
    ended: stream.ended,
    take: () => {
      const fresh = stream.events.slice(taken).map(({ event }) => event);
      taken = stream.events.length;
      return fresh;
    },
    position: () => (stream.lastId === '' ? since : stream.lastId),
    close: () => stream.close(),
  };
}

/** What is wrong with what one watcher saw of `expected`, which is all that happened, in order. */
export function eventFindings(watcher: Watcher, expected: readonly Seen[]): string[] {
  const { events, name } = watcher;
  const textOf = (one: Seen | undefined) =>
    one === undefined ? 'nothing' : `${one.event} ${one.path} ${one.zxid}`;
  if (watcher.gaps > 0) return orderFindings(watcher);
  for (let at = 0; at < Math.max(events.length, expected.length); at += 1) {
    const [seen, wanted] = [textOf(events[at]), textOf(expected[at])];
    if (seen !== wanted) return [`${name}: event ${at + 1} is ${seen}, not ${wanted}`];
  }
  return [];
}

/** Of a watcher that may have missed something: nothing came twice or late. */
function orderFindings({ events, name }: Watcher): string[] {
  for (const [at, { zxid, path }] of events.entries()) {
    const before = events[at - 1];
    if (before !== undefined && before.zxid >= zxid) {
      return [`${name}: ${path} ${zxid} came after ${before.path} ${before.zxid}`];
    }
  }
  return [];
}
