/**
 * `npm run bench`: the member beside ZooKeeper and etcd, started on the same machine, measured by
 * turns in the same run, and reported as medians over the rounds. See README.md in this folder.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FIGURES } from './figures.ts';
import { hasWrk } from './http-load.ts';
import { Paddock } from './paddock.ts';
import { Etcd } from './peers/etcd.ts';
import {
  ETCD_REQUIREMENTS,
  install,
  missing,
  type Requirement,
  ZOOKEEPER_REQUIREMENTS,
} from './peers/packages.ts';
import { ZooKeeper } from './peers/zookeeper.ts';
import { cleanUp, isInMemory, removeAtEnd } from './process.ts';
import { Results, rows, table } from './report.ts';
import { median } from './statistics.ts';
import type { Settings, System, SystemName } from './systems.ts';

const USAGE = `usage: npm run bench -- [options]

  --only NAME,...   only measurements whose name begins so (--list shows the names)
  --rounds N        rounds, each system once in each (default 3)
  --seconds N       measured seconds of a load (default 3)
  --warmup N        seconds of the same load before it (default 2)
  --znodes N        znodes of the full tree (default 1000000)
  --sockets N       sockets of the fan-out; half as many for idle sessions (default 10000)
  --sessions N      sessions without sockets (default 20000)
  --no-peers        the member alone
  --install         install missing Debian packages of the peers first (as root)
  --json FILE       write every sample and the rows
  --list            names of the measurements
  --help

Data goes below $PERFROOT (default ./.perf) and is removed at the end.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    warmup: { type: 'string', default: '2' },
    znodes: { type: 'string', default: '1000000' },
    sockets: { type: 'string', default: '10000' },
    sessions: { type: 'string', default: '20000' },
    'no-peers': { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const allMeasurements = [...new Set(FIGURES.map((figure) => figure.measurement))];

if (values.help) {
  process.stdout.write(USAGE);
} else if (values.list) {
  process.stdout.write(`${allMeasurements.join('\n')}\n`);
} else {
  process.once('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(130));
  process.exitCode = await bench();
}

/** The whole run; returns the exit code: 1 when a measurement of ours failed. */
async function bench(): Promise<number> {
  if (values.install) install();
  const settings = prepare();
  const names = choose();
  const systems = [new Paddock(settings), ...(values['no-peers'] ? [] : peers(settings))];
  const results = new Results();
  const rounds = whole('rounds', values.rounds);
  let failed = false;
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}: 4 KiB + fsync ${fsyncMs(settings.directory).toFixed(2)} ms`);
    const done = new Set<string>();
    for (const name of names) {
      // Who goes first alternates: what one leaves behind (dirty pages, a warm core) hits both.
      const turns = turnsOf(name, systems);
      for (const [system, measurement] of round % 2 === 1 ? turns : turns.reverse()) {
        const key = `${system.name} ${measurement}`;
        if (done.has(key)) continue;
        done.add(key);
        if (!(await measure(system, measurement, results))) failed ||= system.name === 'paddock';
      }
    }
  }
  for (const system of systems) await system.stop();
  report(results, new Set(names), rounds, settings);
  return failed || results.failures().length > 0 ? 1 : 0;
}

/** The member's measurement and those of the peers that its figures are compared with. */
function turnsOf(name: string, systems: readonly System[]): [System, string][] {
  const wanted: [SystemName, string][] = [['paddock', name]];
  for (const { measurement, reference } of FIGURES) {
    if (measurement !== name || reference === undefined) continue;
    wanted.push([reference.system, reference.measurement]);
  }
  return wanted.flatMap(([systemName, measurement]) => {
    const system = systems.find((each) => each.name === systemName);
    return system === undefined ? [] : [[system, measurement] as [System, string]];
  });
}

async function measure(system: System, name: string, results: Results): Promise<boolean> {
  const startedAt = performance.now();
  try {
    const metrics = await system.measurements[name]?.();
    if (metrics === undefined) throw new Error('no such measurement');
    results.add(system.name, name, metrics);
    const shown = Object.entries(metrics).map(([key, value]) => `${key} ${brief(value)}`);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    say(`  ${system.name} ${name} (${seconds} s): ${shown.join(', ')}`);
    return true;
  } catch (error) {
    say(`  ${system.name} ${name} FAILED: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}

function report(
  results: Results,
  measurements: ReadonlySet<string>,
  rounds: number,
  settings: Settings,
): void {
  const all = rows(results, measurements);
  const head =
    `One member. Medians of ${rounds} rounds. ${cpus()[0]?.model.trim() ?? ''}, ` +
    `${availableParallelism()} cores, Node ${process.version}, Linux ${release()}. ` +
    `Full tree: ${settings.znodes} znodes.`;
  process.stdout.write(`\n${head}\n\n${table(all)}\n`);
  for (const failure of results.failures()) say(`NOT VALID ${failure}`);
  if (values.json === undefined) return;
  const { warmSeconds, seconds, znodes, sockets, sessions } = settings;
  const file = {
    when: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), memory: totalmem() },
    software: { node: process.version, kernel: release(), wrk: hasWrk() },
    settings: { rounds, warmSeconds, seconds, znodes, sockets, sessions },
    rows: all.map(({ figure, ...row }) => ({ ...row, unit: figure.unit, target: figure.target })),
    samples: results,
  };
  writeFileSync(values.json, `${JSON.stringify(file, null, 1)}\n`);
}

/** A directory of this run; says loudly what would make its figures worthless. */
function prepare(): Settings {
  const { PERFROOT } = process.env;
  const root = resolve(PERFROOT ?? './.perf');
  mkdirSync(root, { recursive: true });
  const directory = mkdtempSync(join(root, 'bench-'));
  removeAtEnd(directory, root);
  if (isInMemory(directory)) {
    say(`WARNING: ${root} is kept in memory: fsync costs nothing there. Set PERFROOT to a disk.`);
  }
  const load = loadavg()[0] ?? 0;
  if (load > 0.5) say(`WARNING: the machine is busy (load ${load.toFixed(1)}): figures are noisy.`);
  return {
    directory,
    warmSeconds: whole('warmup', values.warmup),
    seconds: whole('seconds', values.seconds),
    znodes: whole('znodes', values.znodes),
    sessions: whole('sessions', values.sessions),
    sockets: whole('sockets', values.sockets),
  };
}

function choose(): string[] {
  const prefixes = values.only?.split(',') ?? [''];
  const names = allMeasurements.filter((name) => prefixes.some((each) => name.startsWith(each)));
  if (names.length === 0) throw new Error(`--only ${values.only}: see --list for the names`);
  return names;
}

function peers(settings: Settings): System[] {
  const found: System[] = [];
  const consider = (name: string, needs: readonly Requirement[], make: () => System): void => {
    const absent = missing(needs);
    if (absent.length === 0) found.push(make());
    else say(`SKIPPED ${name}: not installed: ${absent.join(' ')} (--install, as root, does it)`);
  };
  consider('ZooKeeper', ZOOKEEPER_REQUIREMENTS, () => new ZooKeeper(settings));
  consider('etcd', ETCD_REQUIREMENTS, () => new Etcd(settings));
  if (!hasWrk())
    say('wrk is not installed: HTTP is loaded by a client of our own, which is slower');
  return found;
}

/** What the disk does at the moment, in the same words in every round: median of fifty. */
function fsyncMs(directory: string): number {
  const file = openSync(join(directory, 'fsync'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 50 }, () => {
    const startedAt = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return median(times);
}

function whole(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text}: a whole number from 1`);
}

function brief(value: number): string {
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
