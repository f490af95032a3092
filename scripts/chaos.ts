/**
 * `npm run chaos`: an ensemble of real processes in trouble, from the command line.
 *
 *   npm run chaos -- --minutes 10 [--seed 7]     faults of all kinds, everything checked
 *   npm run chaos -- --idle 10                   so many minutes without work: no election
 *   npm run chaos -- --steady 5                  at 70 % of the full load: no election
 *
 * The exit code is 0 when nothing was broken.
 */
import { parseArgs } from 'node:util';
import { type ChaosReport, runChaos } from '../test/chaos/chaos.ts';
import { runQuiet } from '../test/chaos/quiet.ts';
import { endAll } from '../test/harness/process.ts';

/** What clients may notice of the death of a leader, in the median, ms. */
const KILL_GAP_MS = 400;
/** A median of fewer says nothing. */
const KILLS_MIN = 5;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    idle: { type: 'string' },
    steady: { type: 'string' },
  },
});

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function gapText(gaps: readonly number[]): string {
  const sorted = gaps.toSorted((a, b) => a - b);
  const [median, p99, max] = [quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.at(-1) ?? 0];
  return `median ${median} ms, p99 ${p99} ms, max ${max} ms of ${sorted.length}`;
}

function conclude(violations: readonly string[]): void {
  for (const violation of violations) console.log(`VIOLATION: ${violation}`);
  console.log(`${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}

function killViolations({ gaps }: ChaosReport): string[] {
  const kills = gaps.filter(({ fault }) => fault === 'leader killed').map(({ ms }) => ms);
  console.log(`gaps when the leader was killed: ${gapText(kills)}`);
  const median = quantile(
    kills.sort((a, b) => a - b),
    0.5,
  );
  if (kills.length < KILLS_MIN || median < KILL_GAP_MS) return [];
  return [`a median of ${median} ms without a write when the leader is killed`];
}

async function chaos(): Promise<void> {
  const seed = values.seed === undefined ? Date.now() % 1e9 : Number(values.seed);
  console.log(`seed ${seed}`);
  const minutes = Number(values.minutes);
  const report = await runChaos({ seed, minutes, print: (line) => console.log(line) });
  const kinds: Record<string, number> = {};
  for (const { fault } of report.gaps) kinds[fault] = (kinds[fault] ?? 0) + 1;
  console.log(`${report.faults} faults: ${JSON.stringify(kinds)}`);
  console.log(`${report.operations} operations, ${report.acknowledged} acknowledged`);
  console.log(`${report.events} events seen by watchers`);
  console.log(`${report.elections} elections`);
  console.log(`gaps: ${gapText(report.gaps.map(({ ms }) => ms))}`);
  conclude([...report.violations, ...killViolations(report)]);
}

async function quiet(mode: 'idle' | 'steady', minutes: number): Promise<void> {
  const { full, steady, violations } = await runQuiet(mode, minutes);
  if (mode === 'steady') console.log(`${full} writes a second at most; ${steady} of them steadily`);
  console.log(`${minutes} minutes`);
  conclude(violations);
}

if (values.idle !== undefined) await quiet('idle', Number(values.idle));
else if (values.steady !== undefined) await quiet('steady', Number(values.steady));
else await chaos();
await endAll();
process.exit();
