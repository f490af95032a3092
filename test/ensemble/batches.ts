/**
 * Writers of which every event is known: each write is a batch with a znode of its own that stays,
 * its mark. So even when nobody was told what became of a batch, the mark says whether and when it
 * took effect, and with that all its events are known, in their order and with their data.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Op, Refused } from '../conformance/driver.ts';
import { type Request, WsDriver } from '../conformance/ws-driver.ts';
import type { Target } from './channel.ts';
import { Tour } from './tour.ts';

/** An event as a listener is to hear it: with the data and the version that the change wrote. */
export interface Expected {
  readonly zxid: string;
  readonly text: string;
  /** As `text`, with what comes when stat and data are asked for. */
  readonly full: string;
}

/** One step of a batch, and the event that it makes. */
interface Step {
  readonly event: 'nodeCreated' | 'nodeDataChanged' | 'nodeDeleted';
  readonly path: string;
  readonly data: string;
}

interface Batch {
  readonly mark: string;
  readonly steps: readonly Step[];
  /** Undefined as long as nobody knows. */
  zxid: string | undefined;
  fate: 'open' | 'acked' | 'refused' | 'unknown';
}

const FILLING = ' '.repeat(500);
/** So much of it is more than the kernel keeps of a connection that nobody reads. */
const LOUD = { count: 100, filling: ' '.repeat(200_000) };
/** Znodes that come and go within one batch of the large kind. */
const PAIRS = 24;

export function textOf(event: string, path: string, zxid: string): string {
  return `${event} ${path} ${zxid}`;
}

export function fullTextOf(text: string, data = '', version = 0): string {
  return `${text} ${data.trimEnd()}/${data.length} ${version}`;
}

export class Batches {
  readonly root: string;
  readonly #loud: string;
  /** Nobody is to stop reading now. */
  allAwake = false;
  /** What is wrong with what the writers were answered. */
  readonly findings: string[] = [];
  readonly #batches: Batch[] = [];
  readonly #writers: BatchWriter[];
  #events = 0;
  /** As many events as there are to be by now: who is behind it writes as fast as it may. */
  #goal = 0;

  constructor(targets: readonly Target[], root: string, writers: number) {
    this.root = root;
    this.#loud = `${root}/loud`;
    this.#writers = Array.from(
      { length: writers },
      (_, at) => new BatchWriter(this, `${root}/w${at}`, targets, at),
    );
  }

  /** Znodes that are written again and again. */
  get counters(): readonly string[] {
    return this.#writers.map(({ counter }) => counter);
  }

  /** Events of what was acknowledged. */
  get events(): number {
    return this.#events;
  }

  get behind(): boolean {
    return this.#events < this.#goal;
  }

  get #folders(): readonly string[] {
    return [this.#loud, ...this.#writers.map(({ folder }) => folder)];
  }

  async prepare(client: WsDriver): Promise<void> {
    await client.create(this.root);
    await client.create(this.#loud);
    for (const { folder, counter } of this.#writers) {
      await client.create(folder);
      await client.create(counter);
    }
  }

  start(): void {
    for (const writer of this.#writers) writer.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
  }

  /** Writes on, at full speed up to `goal` events in all, and slowly from then on. */
  hurryTo(goal: number): void {
    this.#goal = goal;
  }

  /** Resolves when so many events more are acknowledged than now. */
  async goesOn(count: number, timeoutMs = 60_000): Promise<void> {
    await this.reach(this.#events + count, timeoutMs);
  }

  async reach(count: number, timeoutMs = 60_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.#events < count) {
      if (performance.now() > deadline) {
        throw new Error(`${this.#events} events and not ${count} in ${timeoutMs} ms`);
      }
      await sleep(5);
    }
  }

  /** So many bytes that whoever asks for data and does not read is left behind. */
  async beLoud(client: WsDriver): Promise<void> {
    for (let n = 0; n < LOUD.count; n += 1) {
      const mark = `${this.#loud}/${n}`;
      const data = `${n}${LOUD.filling}`;
      const batch = this.open(mark, [created(mark, data)]);
      const { stat } = await client.create(mark, { data });
      this.close(batch, 'acked', stat.czxid);
    }
  }

  open(mark: string, steps: readonly Step[]): Batch {
    const batch: Batch = { mark, steps, zxid: undefined, fate: 'open' };
    this.#batches.push(batch);
    return batch;
  }

  close(batch: Batch, fate: 'acked' | 'refused' | 'unknown', zxid?: string): void {
    batch.fate = fate;
    batch.zxid = zxid;
    if (fate !== 'acked') return;
    this.#events += batch.steps.length;
  }

  /**
   * Every event of what took effect, in order. What was acknowledged took effect when it was said
   * to, what was refused did not; the marks that are there say so, and of the others what is true.
   */
  async expected(client: WsDriver): Promise<Expected[]> {
    const marks = await marksOf(client, this.#folders);
    for (const batch of this.#batches) {
      const { mark, fate, zxid } = batch;
      const found = marks.get(mark);
      if (fate === 'open') this.findings.push(`${mark} has no answer`);
      if (fate === 'refused' && found !== undefined) this.findings.push(`${mark} was refused`);
      if (fate === 'acked' && found !== zxid) {
        this.findings.push(`${mark} was acknowledged at ${zxid} and is at ${found}`);
      }
      batch.zxid = found;
    }
    return eventsOf(this.#batches);
  }
}

async function marksOf(client: WsDriver, folders: readonly string[]): Promise<Map<string, string>> {
  const marks = new Map<string, string>();
  for (const folder of folders) {
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const from = after === undefined ? {} : { after };
      const page = await client.children(folder, { include: ['stat'], ...from });
      for (const { name, stat } of page.children) marks.set(`${folder}/${name}`, stat?.czxid ?? '');
      after = page.next;
    }
  }
  return marks;
}

function eventsOf(batches: readonly Batch[]): Expected[] {
  const versions = new Map<string, number>();
  const done = batches.filter(({ zxid }) => zxid !== undefined);
  done.sort((a, b) => ((a.zxid ?? '') < (b.zxid ?? '') ? -1 : 1));
  return done.flatMap(({ zxid = '', steps }) =>
    steps.map(({ event, path, data }) => {
      const version = event === 'nodeDataChanged' ? (versions.get(path) ?? 0) + 1 : 0;
      versions.set(path, version);
      const text = textOf(event, path, zxid);
      return { zxid, text, full: fullTextOf(text, data, version) };
    }),
  );
}

/** Batches that one writer keeps under way at most, and how many it sends at a time. */
const DEPTH = 32;
const BURST = 3;
const EVERY_MS = 20;
/** When there is no hurry. */
const IDLE_MS = 100;
/** A member that answers nothing for so long is left, ms. */
const PATIENCE_MS = 20_000;

class BatchWriter {
  readonly folder: string;
  readonly counter: string;
  readonly #batches: Batches;
  readonly #tour: Tour<Target>;
  #sent = 0;

  constructor(batches: Batches, folder: string, targets: readonly Target[], at: number) {
    this.#batches = batches;
    this.folder = folder;
    this.counter = `${folder}/counter`;
    this.#tour = new Tour({
      ...{ members: targets, first: at, pauseMs: EVERY_MS },
      visit: async ({ wsUrl }) => this.#use(await WsDriver.connect(wsUrl, { timeoutMs: 60_000 })),
    });
  }

  start(): void {
    this.#tour.start();
  }

  stop(): Promise<void> {
    return this.#tour.stop();
  }

  /** Writes until the connection is lost, or the member says that it cannot serve. */
  async #use(driver: WsDriver): Promise<void> {
    const underWay = new Set<Batch>();
    let leaving = false;
    let heard = performance.now();
    const send = ({ batch, request }: { batch: Batch; request: Request }) => {
      underWay.add(batch);
      void this.#send(driver, batch, request).then((isFine) => {
        underWay.delete(batch);
        heard = performance.now();
        if (!isFine) leaving = true;
      });
    };
    while (!leaving && !this.#tour.stopping) {
      const burst = this.#batches.behind ? BURST : 1;
      for (let n = 0; n < burst && underWay.size < DEPTH; n += 1) send(this.#next());
      driver.arrived.length = 0;
      if (underWay.size === 0) heard = performance.now();
      if (performance.now() - heard > PATIENCE_MS) break;
      await sleep(this.#batches.behind ? EVERY_MS : IDLE_MS);
    }
    const deadline = heard + PATIENCE_MS;
    while (underWay.size > 0 && performance.now() < deadline) await sleep(5);
    driver.disconnect();
    await driver.closed;
    while (underWay.size > 0) await sleep(5);
  }

  /** Whether the member goes on serving. */
  async #send(driver: WsDriver, batch: Batch, request: Request): Promise<boolean> {
    try {
      const { zxid } = await driver.request(request);
      this.#batches.close(batch, 'acked', zxid);
      return true;
    } catch (error) {
      const isRefusal = error instanceof Refused && error.problem.outcome === 'not-applied';
      if (isRefusal && error.problem.code !== 'NotReady') {
        this.#batches.findings.push(`${batch.mark}: ${error.message}`);
      }
      this.#batches.close(batch, isRefusal ? 'refused' : 'unknown');
      return false;
    }
  }

  #next(): { batch: Batch; request: Request } {
    this.#sent += 1;
    const mark = `${this.folder}/${this.#sent}`;
    const { steps, request } = this.#forms(mark);
    return { batch: this.#batches.open(mark, steps), request };
  }

  /** One request alone, with parents, or a transaction; each makes several events or one. */
  #forms(mark: string): { steps: readonly Step[]; request: Request } {
    const data = `${mark}${FILLING}`;
    if (this.#sent % 4 === 0) {
      const steps = [created(mark, 'alone')];
      return { steps, request: { op: 'create', path: mark, data: 'alone' } };
    }
    if (this.#sent % 4 === 1) {
      const steps = [created(mark, ''), created(`${mark}/a`, ''), created(`${mark}/a/b`, 'x')];
      const path = `${mark}/a/b`;
      return { steps, request: { op: 'create', path, data: 'x', parents: true } };
    }
    const pairs = this.#sent % 4 === 2 ? PAIRS : 1;
    const steps = [created(mark, 'mark'), changed(this.counter, data), changed(mark, 'changed')];
    for (let n = 0; n < pairs; n += 1) {
      steps.push(created(`${mark}/${n}`, `${n}`), deleted(`${mark}/${n}`));
    }
    return { steps, request: { op: 'transaction', ops: steps.map(opOf) } };
  }
}

function created(path: string, data: string): Step {
  return { event: 'nodeCreated', path, data };
}

function changed(path: string, data: string): Step {
  return { event: 'nodeDataChanged', path, data };
}

function deleted(path: string): Step {
  return { event: 'nodeDeleted', path, data: '' };
}

function opOf({ event, path, data }: Step): Op {
  if (event === 'nodeDeleted') return { op: 'delete', path };
  return { op: event === 'nodeCreated' ? 'create' : 'set', path, data };
}
