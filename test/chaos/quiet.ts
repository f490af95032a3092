/** Ensembles with no trouble but time and work: nobody is to be elected. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Ensemble } from '../harness/ensemble.ts';

export interface QuietReport {
  readonly violations: readonly string[];
  /** Acknowledged writes a second: as fast as possible, and while it was looked at. */
  readonly full: number;
  readonly steady: number;
}

const CONNECTIONS = 6;
const DEPTH = 64;
const MEASURE_MS = 10_000;
const STEP_MS = 20;
const SHARE = 0.7;
/** Below this share of the full load an ensemble was not as busy as it was to be. */
const SHARE_MIN = 0.6;
const DATA = 'x'.repeat(1024);

/** A connection that sets one znode, over and over. */
class Pump {
  readonly #driver: WsDriver;
  readonly #path: string;
  acked = 0;
  refused = 0;
  underWay = 0;

  private constructor(driver: WsDriver, path: string) {
    this.#driver = driver;
    this.#path = path;
  }

  static async open(wsUrl: string, path: string): Promise<Pump> {
    const driver = await WsDriver.connect(wsUrl);
    await driver.create(path);
    return new Pump(driver, path);
  }

  async send(): Promise<void> {
    this.underWay += 1;
    const request = { op: 'set', path: this.#path, data: DATA };
    const [answer] = await this.#driver.frame([request], false);
    this.underWay -= 1;
    if (answer?.error === undefined) this.acked += 1;
    else this.refused += 1;
    // What has come is not looked at again: a long run would keep all of it.
    this.#driver.arrived.length = 0;
  }

  close(): void {
    this.#driver.disconnect();
  }
}

class Pumps {
  readonly #all: readonly Pump[];

  private constructor(all: readonly Pump[]) {
    this.#all = all;
  }

  static async open({ members }: Ensemble): Promise<Pumps> {
    const opening = Array.from({ length: CONNECTIONS }, (_, at) => {
      return Pump.open(members[at % members.length]?.wsUrl ?? '', `/pump-${at}`);
    });
    return new Pumps(await Promise.all(opening));
  }

  sum(what: 'acked' | 'refused'): number {
    return this.#all.reduce((sum, pump) => sum + pump[what], 0);
  }

  /** Writes for so long, at most so many a second; resolves with how many it were a second. */
  async run(forMs: number, rate = Number.POSITIVE_INFINITY): Promise<number> {
    const before = this.sum('acked');
    const began = performance.now();
    const elapsed = () => performance.now() - began;
    if (rate === Number.POSITIVE_INFINITY) {
      const worker = async (pump: Pump) => {
        while (elapsed() < forMs) await pump.send();
      };
      await Promise.all(
        this.#all.flatMap((pump) => Array.from({ length: DEPTH }, () => worker(pump))),
      );
    } else {
      let sent = 0;
      while (elapsed() < forMs) {
        const due = (elapsed() / 1000) * rate;
        const free = this.#all.filter(({ underWay }) => underWay < DEPTH);
        for (; sent < due && free.length > 0; sent += 1) {
          const pump = free[sent % free.length];
          if (pump === undefined || pump.underWay >= DEPTH) break;
          pump.send().catch(() => {});
        }
        await sleep(STEP_MS);
      }
    }
    return Math.round(((this.sum('acked') - before) * 1000) / elapsed());
  }

  close(): void {
    for (const pump of this.#all) pump.close();
  }
}

/** What is wrong with a run that was to be at 70 % of `full`, both in writes a second. */
export function loadViolations(full: number, steady: number): string[] {
  if (full > 0 && steady >= full * SHARE_MIN) return [];
  const [share, least] = [full === 0 ? 0 : steady / full, SHARE_MIN].map((part) => {
    return `${Math.floor(part * 100)} %`;
  });
  return [`${steady} writes a second are ${share} of the full load, and not ${least} at least`];
}

/** So many minutes without any work, or at 70 % of the full load. */
export async function runQuiet(mode: 'idle' | 'steady', minutes: number): Promise<QuietReport> {
  const ensemble = await Ensemble.start();
  const pumps = await Pumps.open(ensemble);
  const full = mode === 'steady' ? await pumps.run(MEASURE_MS) : 0;
  const leader = await ensemble.leader();
  const epoch = await ensemble.epoch();
  const roles = () => ensemble.members.map(({ output }) => output.split('"msg":"role"').length);
  const before = String(roles());
  const ms = minutes * 60_000;
  const steady = mode === 'steady' ? await pumps.run(ms, full * SHARE) : await sleep(ms, 0);
  const violations = mode === 'steady' ? loadViolations(full, steady ?? 0) : [];
  const elections = (await ensemble.epoch()) - epoch;
  if (elections > 0) violations.push(`${elections} elections`);
  if ((await ensemble.leader()).id !== leader.id) violations.push('another member leads');
  if (String(roles()) !== before) violations.push('a member has doubted who leads');
  if (pumps.sum('refused') > 0) violations.push(`${pumps.sum('refused')} writes were refused`);
  pumps.close();
  await ensemble.end();
  return { violations, full, steady };
}
