/**
 * Trouble of all kinds for an ensemble of real processes, for as long as one likes, while clients
 * write, edit and watch. In rounds: after each of them everything that clients were told is
 * compared with what is there, with the history and with what watchers saw.
 *
 * The seed chooses the faults and their lengths; when exactly they strike is up to the machine.
 */
import { WsDriver } from '../conformance/ws-driver.ts';
import { Editor, ROOT } from '../ensemble/edits.ts';
import { findingsOf, historyOf } from '../ensemble/history.ts';
import { creationsOf } from '../ensemble/ledger.ts';
import { Load } from '../ensemble/load.ts';
import { eventFindings, Watcher } from '../ensemble/watcher.ts';
import { Ensemble } from '../harness/ensemble.ts';
import { Random } from '../sim/random.ts';
import { FAULT_NAMES, FAULTS, type FaultName } from './faults.ts';
import { Network } from './network.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Ends after so many faults, if that is sooner. */
  readonly faults?: number;
  readonly print?: (line: string) => void;
}

export interface Gap {
  readonly fault: FaultName;
  /** The longest time without an acknowledged write, ms. */
  readonly ms: number;
}

export interface ChaosReport {
  readonly faults: number;
  readonly operations: number;
  readonly acknowledged: number;
  readonly events: number;
  readonly elections: number;
  readonly gaps: readonly Gap[];
  readonly violations: readonly string[];
}

const WRITERS = 8;
const EDITORS = 4;
const FAULTS_A_ROUND = 6;
const WRITES_BETWEEN = 50;
const PATIENCE_MS = 60_000;

/** The sums of all rounds. */
interface Sums {
  faults: number;
  operations: number;
  acknowledged: number;
  events: number;
}

class Round {
  readonly #ensemble: Ensemble;
  readonly #load: Load;
  readonly #editors: readonly Editor[];
  readonly #watchers: readonly Watcher[];
  readonly #since: string;

  private constructor(
    ensemble: Ensemble,
    load: Load,
    editors: readonly Editor[],
    [root, since]: readonly [string, string],
  ) {
    this.#ensemble = ensemble;
    this.#load = load;
    this.#editors = editors;
    this.#since = since;
    this.#watchers = ensemble.members.flatMap((_, at) => [
      new Watcher('ws', root, ensemble.members, at, since),
      new Watcher('sse', root, ensemble.members, at, since),
    ]);
  }

  static async begin(ensemble: Ensemble, number: number): Promise<Round> {
    const client = await WsDriver.connect((await ensemble.leader()).wsUrl);
    const root = `/chaos-${number}`;
    const load = new Load(ensemble.members, { root, writers: WRITERS, everyMs: 40, burst: 1 });
    const editors = Array.from({ length: EDITORS }, (_, at) => new Editor(at, ensemble.members));
    await load.prepare(client);
    await Editor.prepare(client, editors);
    const round = new Round(ensemble, load, editors, [root, client.zxid]);
    client.disconnect();
    await Promise.all(round.#watchers.map((watcher) => watcher.start()));
    for (const editor of editors) editor.start();
    await load.start();
    return round;
  }

  goesOn = (): Promise<void> => this.#load.goesOn(WRITES_BETWEEN, PATIENCE_MS);

  async eachGoesOn(): Promise<void> {
    await this.#load.eachGoesOn(PATIENCE_MS);
  }

  gap(from: number): number {
    return Math.round(this.#load.ledger.gap(from, performance.now()));
  }

  /** Ends it; what is wrong, in words. */
  async end(sums: Sums): Promise<string[]> {
    const { ledger } = this.#load;
    await Promise.all([this.#load.stop(), ...this.#editors.map((editor) => editor.stop())]);
    const edits = this.#editors.flatMap((editor) => editor.edits);
    const digests = await this.#ensemble.digests(PATIENCE_MS);
    const findings = new Set(digests).size === 1 ? [] : [`digests differ: ${digests}`];
    const client = await WsDriver.connect((await this.#ensemble.leader()).wsUrl);
    findings.push(...(await ledger.verify(client)));
    findings.push(...(await this.#watcherFindings(client)));
    const { stat } = await client.create(`${ROOT}/end`);
    const told = this.#ensemble.members.map((one) => historyOf(one, this.#since, stat.czxid));
    const [history = [], ...others] = await Promise.all(told);
    const text = JSON.stringify(history);
    if (others.some((other) => JSON.stringify(other) !== text)) {
      findings.push('members tell different histories');
    }
    findings.push(...findingsOf(edits, history));
    await client.delete(ROOT, { recursive: true });
    client.disconnect();
    const done = edits.filter(({ fate }) => fate?.kind === 'acked').length;
    sums.operations += ledger.attempts.length + edits.length;
    sums.acknowledged += ledger.count('acked') + done;
    return findings;
  }

  /** Closes what is open, when a round cannot be ended well. */
  abandon(): void {
    void this.#load.stop();
    for (const one of [...this.#editors, ...this.#watchers]) void one.stop();
  }

  get events(): number {
    return this.#watchers.reduce((sum, { events }) => sum + events.length, 0);
  }

  async #watcherFindings(client: WsDriver): Promise<string[]> {
    const expected = await creationsOf(client, this.#load.ledger.folders);
    const last = expected.at(-1)?.zxid;
    // Who was told that a part of the history is gone may have begun after the last change.
    const gapless = this.#watchers.filter(({ gaps }) => gaps === 0);
    const all = async () => gapless.every(({ events }) => events.at(-1)?.zxid === last);
    let late: string[] = [];
    try {
      await this.#ensemble.until('every watcher has seen the last change', all, PATIENCE_MS);
    } catch (error) {
      late = [(error as Error).message];
    }
    await Promise.all(this.#watchers.map((watcher) => watcher.stop()));
    const each = (watcher: Watcher) => [...watcher.findings, ...eventFindings(watcher, expected)];
    return [...late, ...this.#watchers.flatMap(each)];
  }
}

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, minutes, print = () => {}, faults: limit = Number.POSITIVE_INFINITY } = options;
  const random = new Random(seed);
  const sums: Sums = { faults: 0, operations: 0, acknowledged: 0, events: 0 };
  const gaps: Gap[] = [];
  const violations: string[] = [];
  const ensemble = await Ensemble.prepare();
  const network = await Network.between(ensemble);
  await Promise.all(ensemble.members.map((member) => member.start()));
  await ensemble.whole();
  const first = await ensemble.epoch();
  const until = performance.now() + minutes * 60_000;
  const isOver = () => performance.now() > until || sums.faults >= limit;
  let round: Round | undefined;
  try {
    for (let number = 1; !isOver() && violations.length === 0; number += 1) {
      round = await Round.begin(ensemble, number);
      const place = { ensemble, network, random, goesOn: round.goesOn };
      for (let n = 0; n < FAULTS_A_ROUND && !isOver(); n += 1) {
        // The death of a leader comes in each round: how long it costs is what is promised.
        const chosen = n === 0 ? undefined : FAULT_NAMES[random.below(FAULT_NAMES.length)];
        const fault = chosen ?? 'leader killed';
        const began = performance.now();
        await FAULTS[fault](place);
        await ensemble.whole(PATIENCE_MS);
        await round.eachGoesOn();
        const gap = { fault, ms: round.gap(began) };
        gaps.push(gap);
        sums.faults += 1;
        print(`${sums.faults}: ${fault}, ${gap.ms} ms without a write`);
      }
      violations.push(...(await round.end(sums)));
      sums.events += round.events;
      print(`round ${number}: ${sums.operations} operations, ${violations.length} violations`);
    }
  } catch (error) {
    violations.push(`seed ${seed}, after ${sums.faults} faults: ${(error as Error).message}`);
    round?.abandon();
  }
  const elections = (await ensemble.epoch()) - first;
  await ensemble.end();
  await network.close();
  return { ...sums, elections, gaps, violations };
}
