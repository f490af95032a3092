/**
 * Clients that write all the time, whatever dies: each over a connection of its own, several writes
 * under way, and on to the next member when that is lost. What became of every single write goes
 * into a ledger.
 *
 * Each write is tried once under a name or with data of its own; nothing is repeated, so that what
 * is there says of every attempt what became of it. Now and then two creates of one path are sent
 * together: the second one is refused for the first one's sake, and that must stay true.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../conformance/driver.ts';
import type { WsDriver } from '../conformance/ws-driver.ts';
import type { Target } from './channel.ts';
import { type Channel, type Create, type Fate, HttpChannel, WsChannel } from './channel.ts';
import { Ledger } from './ledger.ts';

export interface LoadOptions {
  /** Half of them over HTTP, half over WebSocket. */
  readonly writers?: number;
  /** Writes that one of them keeps under way at most. */
  readonly depth?: number;
  /** How often each sends, unless they are to hurry, and how many at a time. */
  readonly everyMs?: number;
  readonly burst?: number;
  /** A member that answers nothing for so long is left. */
  readonly patienceMs?: number;
  /** A folder of its own for this load. */
  readonly root?: string;
}

type Settings = Required<LoadOptions> & { everyMs: number };

const DEFAULTS: Settings = {
  writers: 12,
  depth: 16,
  everyMs: 150,
  burst: 2,
  patienceMs: 20_000,
  root: '/load',
};

/** Every so many writes are two of one path. */
const TWIN_EVERY = 7;
/** How often each sends in a hurry. */
const HURRY_MS = 20;
/** Whoever was not to be had is not asked again at once. */
const RECONNECT_MS = 40;

export class Load {
  readonly ledger = new Ledger();
  readonly #writers: Writer[];
  readonly #settings: Settings;
  readonly #everyMs: number;

  constructor(targets: readonly Target[], options: LoadOptions = {}) {
    const settings = { ...DEFAULTS, ...options };
    this.#settings = settings;
    this.#everyMs = settings.everyMs;
    this.#writers = Array.from(
      { length: settings.writers },
      (_, at) => new Writer(at, targets, settings, this.ledger),
    );
  }

  /** Makes the folders. */
  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.#settings.root);
    for (const writer of this.#writers) await writer.prepare(client);
  }

  /** Resolves when writers have begun; makes the folders when given somebody to do that. */
  async start(client?: WsDriver): Promise<void> {
    if (client !== undefined) await this.prepare(client);
    for (const writer of this.#writers) writer.start();
    await this.goesOn(this.#settings.writers);
  }

  /** Resolves when so many more writes were acknowledged than are now. */
  async goesOn(count: number, timeoutMs = 30_000): Promise<void> {
    const { ledger } = this;
    const enough = this.acked + count;
    const deadline = performance.now() + timeoutMs;
    while (this.acked < enough) {
      if (performance.now() > deadline) {
        const codes = JSON.stringify(ledger.codes());
        throw new Error(`not ${count} more in ${timeoutMs} ms; so far ${this.acked}, ${codes}`);
      }
      await sleep(5);
    }
  }

  /** Resolves when each writer has had another one acknowledged. */
  async eachGoesOn(timeoutMs = 30_000): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.goesOn(timeoutMs)));
  }

  get acked(): number {
    return this.#writers.reduce((sum, { acked }) => sum + acked, 0);
  }

  /**
   * Resolves when each writer writes as fast as it may: much is under way of whatever is killed
   * now. Until `ease`, for all that was written is to be held and compared in the end.
   */
  async hurry(): Promise<void> {
    this.#settings.everyMs = HURRY_MS;
    await this.eachGoesOn();
  }

  /** Writes on as before the hurry. */
  ease(): void {
    this.#settings.everyMs = this.#everyMs;
  }

  /** Sends nothing more; resolves when the fate of everything is known. */
  async stop(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
  }
}

class Writer {
  acked = 0;
  readonly #name: string;
  readonly #folders: { readonly unique: string; readonly queue: string };
  readonly #http: boolean;
  readonly #targets: readonly Target[];
  readonly #settings: Settings;
  readonly #ledger: Ledger;
  #at: number;
  #token: string | undefined;
  #sent = 0;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(number: number, targets: readonly Target[], settings: Settings, ledger: Ledger) {
    this.#name = `w${number}`;
    this.#targets = targets;
    this.#settings = settings;
    this.#ledger = ledger;
    this.#http = number % 2 === 0;
    this.#at = number >> 1;
    const folder = `${settings.root}/${this.#name}`;
    this.#folders = { unique: `${folder}/unique`, queue: `${folder}/queue` };
  }

  async prepare(client: WsDriver): Promise<void> {
    for (const folder of Object.values(this.#folders)) {
      await client.create(folder, { parents: true });
      this.#ledger.folders.push(folder);
    }
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async goesOn(timeoutMs: number): Promise<void> {
    const before = this.acked;
    const deadline = performance.now() + timeoutMs;
    while (this.acked === before) {
      if (performance.now() > deadline) throw new Error(`${this.#name} writes no more`);
      await sleep(5);
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const channel = await this.#connect();
      if (channel === undefined) await sleep(RECONNECT_MS);
      else await this.#use(channel);
      this.#at += 1;
    }
  }

  async #connect(): Promise<Channel | undefined> {
    const target = this.#targets[this.#at % this.#targets.length];
    if (target === undefined) throw new Error('there is no member to write to');
    const opening = this.#http ? HttpChannel.open(target) : this.#resume(target);
    const late = sleep(this.#settings.patienceMs, undefined, { ref: false });
    try {
      const channel = await Promise.race([opening, late]);
      if (channel === undefined) void opening.then((opened) => opened.close()).catch(() => {});
      return channel;
    } catch (error) {
      this.#judge(error);
      return undefined;
    }
  }

  async #resume(target: Target): Promise<Channel> {
    const channel = await WsChannel.open(target, this.#token);
    if (this.#token !== undefined && !channel.resumed) {
      this.#ledger.findings.push(`${this.#name}: its session was not resumed`);
    }
    this.#token = channel.token;
    return channel;
  }

  /**
   * A member that is gone or not ready is what these tests are about, and so is a session of which
   * nobody knows whether it was opened: the writer opens another. One that it has is not to end.
   */
  #judge(error: unknown): void {
    if (!(error instanceof Refused) || error.problem.code === 'NotReady') return;
    if (error.problem.code === 'OutcomeUnknown' && this.#token === undefined) return;
    this.#ledger.findings.push(`${this.#name}: cannot connect: ${error.message}`);
    this.#token = undefined;
  }

  /** Writes until the connection is lost, or the member says that it cannot serve. */
  async #use(channel: Channel): Promise<void> {
    const connection = this.#ledger.newConnection();
    const { depth, burst, patienceMs } = this.#settings;
    let underWay = 0;
    let leaving = false;
    let heard = performance.now();
    const send = (create: Create) => {
      const attempt = this.#ledger.open(create, connection);
      underWay += 1;
      void channel.create(create).then((fate) => {
        this.#ledger.close(attempt, fate);
        underWay -= 1;
        heard = performance.now();
        if (fate.kind === 'acked') this.acked += 1;
        else if (!isRefusedForGood(fate)) leaving = true;
      });
    };
    for (;;) {
      if (this.#stopping || leaving) {
        if (underWay === 0) break;
      } else if (underWay <= depth - 2 * burst) {
        for (let n = 0; n < burst; n += 1) for (const create of this.#next()) send(create);
      }
      if (underWay === 0) heard = performance.now();
      if (performance.now() - heard > patienceMs) break;
      const pause = sleep(this.#settings.everyMs);
      const ended = await Promise.race([channel.closed.then(() => true), pause]);
      if (ended === true) break;
    }
    channel.close();
    await channel.closed;
  }

  #next(): readonly Create[] {
    this.#sent += 1;
    const number = this.#sent;
    const data = `${this.#name}:${number}`;
    if (number % 2 === 0) {
      return [{ path: `${this.#folders.queue}/job-`, data, sequential: true }];
    }
    const create = { path: `${this.#folders.unique}/${number}`, data, sequential: false };
    return number % TWIN_EVERY === 0 ? [create, { ...create, data: `${data}:twin` }] : [create];
  }
}

/** By the tree, and not because the member is in trouble. */
function isRefusedForGood(fate: Fate): boolean {
  return fate.kind === 'refused' && fate.code !== 'NotReady';
}
