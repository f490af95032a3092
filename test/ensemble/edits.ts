/**
 * Clients that do to znodes whatever can be done, over HTTP and WebSocket, while members die: sets,
 * conditional ones, deletes, transactions, and what must be refused. What was answered is kept for
 * each, and compared in the end with the history of changes that the ensemble tells.
 *
 * Every edit has data or a path of its own, so the history says of each what became of it. Nothing
 * is repeated.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, type Problem, Refused } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { Target } from './channel.ts';
import { Tour } from './tour.ts';

export const ROOT = '/edits';
/** What all of them change, each only if it is as the one has seen it. */
export const COUNTER = `${ROOT}/counter`;

export type EditKind =
  | 'create'
  | 'set'
  | 'conditional'
  | 'delete'
  | 'transaction'
  /** Of a version that never was. */
  | 'wrong'
  /** A transaction of which the last operation is refused. */
  | 'failing';

export type EditFate =
  | { readonly kind: 'acked'; readonly zxid: string | undefined }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly code: string; readonly status: number | undefined };

export interface Edit {
  readonly kind: EditKind;
  /** The data that it writes; of a deletion, its path. */
  readonly id: string;
  /** What it changes, all of it or nothing. */
  readonly paths: readonly string[];
  /** Which it demands. */
  readonly version: number | undefined;
  readonly begin: number;
  end: number;
  fate: EditFate | undefined;
}

/** The connection ended before the answer came. */
export const LOST_CODE = 'ConnectionLost';
const LOST: EditFate = { kind: 'unknown', code: LOST_CODE, status: undefined };
const NO_VERSION = 999_999_999;
const RECONNECT_MS = 10;
const ROUND_MS = 100;
const SESSION_MS = 60_000;

export class Editor {
  readonly name: string;
  readonly edits: Edit[] = [];
  acked = 0;
  underWay = 0;
  readonly #tour: Tour<Target>;
  #number = 0;
  /** Created, and not deleted yet. */
  readonly #there: string[] = [];
  #leaving = false;

  constructor(number: number, targets: readonly Target[]) {
    this.name = `e${number}`;
    // Half of them over HTTP.
    const open = ({ port, wsUrl }: Target): Promise<Driver> =>
      number % 2 === 0
        ? HttpDriver.open(port, SESSION_MS)
        : WsDriver.connect(wsUrl, { timeoutMs: SESSION_MS });
    this.#tour = new Tour({
      ...{ members: targets, first: number >> 1, pauseMs: RECONNECT_MS },
      // One that is gone, or not ready: what that means for writes is what is looked at here.
      visit: async (target) => this.#use(await open(target)),
    });
  }

  /** Makes what all of them need, once. */
  static async prepare(client: Driver, editors: readonly Editor[]): Promise<void> {
    await client.create(ROOT);
    await client.create(COUNTER, { data: '0' });
    for (const editor of editors) await editor.prepare(client);
  }

  async prepare(client: Driver): Promise<void> {
    await client.create(`${ROOT}/${this.name}`);
    for (const own of ['a', 'b']) await client.create(`${ROOT}/${this.name}/${own}`);
  }

  start(): void {
    this.#tour.start();
  }

  stop(): Promise<void> {
    return this.#tour.stop();
  }

  async #use(driver: Driver): Promise<void> {
    this.#leaving = false;
    while (!this.#tour.stopping && !this.#leaving) {
      await Promise.all(this.#round(driver));
      // What has come is not looked at again: a long run would keep all of it.
      if (driver instanceof WsDriver) driver.arrived.length = 0;
      await sleep(ROUND_MS);
    }
    driver.disconnect();
  }

  /** One of each, all under way together. */
  #round(driver: Driver): Promise<unknown>[] {
    const own = `${ROOT}/${this.name}`;
    const [a, b] = [`${own}/a`, `${own}/b`];
    const [set, wrong, created, all, none] = Array.from({ length: 5 }, () => this.#id());
    if (!set || !wrong || !created || !all || !none) throw new Error('ids are texts');
    const path = `${own}/${created}`;
    const rest = `${own}/${all}`;
    const gone = this.#there.shift();
    const edits: Promise<unknown>[] = [
      this.#try('set', set, [a], async () => (await driver.set(a, set)).stat.mzxid),
      this.#try(
        'wrong',
        wrong,
        [b],
        async () => (await driver.set(b, wrong, { version: NO_VERSION })).stat.mzxid,
        NO_VERSION,
      ),
      this.#try('transaction', all, [a, b, rest], async () => {
        const results = await driver.transaction([
          { op: 'set', path: a, data: all },
          { op: 'set', path: b, data: all },
          { op: 'create', path: rest, data: all },
        ]);
        return results[0]?.stat?.mzxid;
      }),
      this.#try('failing', none, [`${own}/${none}`], async () => {
        await driver.transaction([
          { op: 'create', path: `${own}/${none}`, data: none },
          { op: 'check', path: a, version: NO_VERSION },
        ]);
        return undefined;
      }),
      this.#create(driver, path, created),
      this.#count(driver),
    ];
    if (gone !== undefined) edits.push(this.#delete(driver, gone));
    return edits;
  }

  async #create(driver: Driver, path: string, data: string): Promise<void> {
    const run = async () => (await driver.create(path, { data })).stat.czxid;
    const fate = await this.#try('create', data, [path], run);
    if (fate.kind === 'acked') this.#there.push(path);
  }

  async #delete(driver: Driver, path: string): Promise<void> {
    await this.#try('delete', path, [path], async () => {
      await driver.delete(path);
      return undefined;
    });
  }

  /** Changes what all change, from what it has seen. */
  async #count(driver: Driver): Promise<void> {
    let version: number;
    try {
      version = (await driver.get(COUNTER)).stat.version;
    } catch {
      this.#leaving = true;
      return;
    }
    const id = this.#id();
    const run = async () => (await driver.set(COUNTER, id, { version })).stat.mzxid;
    await this.#try('conditional', id, [COUNTER], run, version);
  }

  async #try(
    kind: EditKind,
    id: string,
    paths: readonly string[],
    run: () => Promise<string | undefined>,
    version?: number,
  ): Promise<EditFate> {
    const begin = performance.now();
    const edit: Edit = { kind, id, paths, version, begin, end: begin, fate: undefined };
    this.edits.push(edit);
    this.underWay += 1;
    const fate = await fateOf(run);
    this.underWay -= 1;
    edit.end = performance.now();
    edit.fate = fate;
    if (fate.kind === 'acked') this.acked += 1;
    if (fate.kind === 'unknown' && fate.code === LOST_CODE) this.#leaving = true;
    if (fate.kind === 'refused' && fate.problem.code === 'NotReady') this.#leaving = true;
    return fate;
  }

  #id(): string {
    this.#number += 1;
    return `${this.name}-${this.#number}`;
  }
}

async function fateOf(run: () => Promise<string | undefined>): Promise<EditFate> {
  try {
    return { kind: 'acked', zxid: await run() };
  } catch (error) {
    if (!(error instanceof Refused)) return LOST;
    const { problem } = error;
    if (problem.outcome !== 'unknown') return { kind: 'refused', problem };
    return { kind: 'unknown', code: problem.code, status: problem.status };
  }
}
