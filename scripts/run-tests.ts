/**
 * `npm test`: every check, unattended, in bounded time. Static checks first, then each test file in
 * a process of its own, a few at a time. The last line is `N passed, N failed`, counting assertions
 * and static checks; the exit code is 0 when something passed and nothing failed.
 *
 *   node scripts/run-tests.ts                       everything
 *   node scripts/run-tests.ts --static              the static checks (`npm run check`)
 *   node scripts/run-tests.ts test/tree routes      test files whose path contains one of the words
 */
import { globSync } from 'node:fs';
import { CHECKS } from './checks.ts';
import { type Ended, ROOT, run } from './processes.ts';
import { tapResults } from './tap-results.ts';

/**
 * Processes at a time: one more than the cores that are asked for, since many tests wait, for a
 * session to expire or a member to come back; yet so few that none waits in vain for the others.
 */
const JOBS = 3;
/** A check or a test file that takes longer has hung, ms. */
const FILE_MS = 240_000;
/** The whole run ends within this: what has not had its turn by then has failed, ms. */
const RUN_MS = 14.5 * 60_000;
/** Of what a failed process printed, only the end is shown, characters. */
const SHOWN_OUTPUT = 6000;

interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
  readonly seconds: number;
}

type Job = (timeoutMs: number) => Promise<Outcome>;

function checkJob(name: string, command: readonly string[]): Job {
  return async (timeoutMs) => {
    const ended = await run(command, timeoutMs);
    const failures = ended.code === 0 ? [] : [tail(ended.stdout + ended.stderr, ended)];
    const passed = failures.length === 0 ? 1 : 0;
    return { name, passed, skipped: 0, failures, seconds: ended.seconds };
  };
}

function fileJob(file: string): Job {
  return async (timeoutMs) => {
    const ended = await run([process.execPath, file], timeoutMs);
    const { passed, skipped, failures } = tapResults(ended.stdout);
    const silent = passed + skipped + failures.length === 0;
    const broken = ended.code !== 0 && failures.length === 0;
    const more = silent || broken || ended.timedOut ? [tail(ended.stdout, ended)] : [];
    const errors = failures.length > 0 && ended.stderr !== '' ? tail(ended.stderr) : undefined;
    return {
      name: file,
      passed,
      skipped,
      failures: [...failures, ...more].map((text, at) =>
        at === 0 && errors !== undefined ? `${text}\n    stderr: ${errors}` : text,
      ),
      seconds: ended.seconds,
    };
  };
}

function tail(text: string, ended?: Ended): string {
  const how = ended === undefined ? '' : `${whyFailed(ended)}\n    `;
  const all = ended === undefined || ended.stderr === '' ? text : `${text}\n${ended.stderr}`;
  return `${how}${all.trimEnd().slice(-SHOWN_OUTPUT).replaceAll('\n', '\n    ')}`;
}

function whyFailed({ code, timedOut, seconds }: Ended): string {
  if (timedOut) return `killed after ${seconds.toFixed(0)} s`;
  return code === 0 ? 'nothing was tested' : `ended with code ${code}`;
}

function report({ name, passed, skipped, failures, seconds }: Outcome): void {
  const mark = failures.length === 0 ? 'ok    ' : 'FAILED';
  const counts = [`${passed} passed`];
  if (failures.length > 0) counts.push(`${failures.length} failed`);
  if (skipped > 0) counts.push(`${skipped} skipped`);
  console.log(`${mark} ${name} (${counts.join(', ')}, ${seconds.toFixed(1)} s)`);
  for (const failure of failures) console.log(`  - ${failure}`);
}

function jobsFor(args: readonly string[]): Map<string, Job> {
  const onlyStatic = args.includes('--static');
  const words = args.filter((arg) => !arg.startsWith('--'));
  const jobs = new Map<string, Job>();
  if (words.length === 0) {
    for (const [name, command] of Object.entries(CHECKS)) jobs.set(name, checkJob(name, command));
  }
  if (onlyStatic) return jobs;
  for (const file of globSync('test/**/*.test.ts', { cwd: ROOT }).sort()) {
    if (words.length > 0 && !words.some((word) => file.includes(word))) continue;
    jobs.set(file, fileJob(file));
  }
  return jobs;
}

async function main(): Promise<void> {
  const deadline = performance.now() + RUN_MS;
  const queue = [...jobsFor(process.argv.slice(2))];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [name, job] = next;
      const left = Math.min(FILE_MS, deadline - performance.now());
      const tooLate = { name, passed: 0, skipped: 0, failures: ['not run: no time left'] };
      const outcome = left > 0 ? await job(left) : { ...tooLate, seconds: 0 };
      outcomes.push(outcome);
      report(outcome);
    }
  };
  await Promise.all(Array.from({ length: JOBS }, work));
  conclude(outcomes);
}

function conclude(outcomes: readonly Outcome[]): void {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const outcome of outcomes) {
    passed += outcome.passed;
    failed += outcome.failures.length;
    skipped += outcome.skipped;
  }
  const broken = outcomes.filter(({ failures }) => failures.length > 0);
  if (broken.length > 0) console.log(`failed: ${broken.map(({ name }) => name).join(', ')}`);
  console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

await main();
