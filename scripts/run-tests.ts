/**
 * `npm test`: every check, unattended, in bounded time. Static checks first, then each test file in
 * a process of its own, at most two at a time. Ends with one line `N passed, N failed`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHECKS } from './checks.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Test files that run at a time: the machine this is made for has two cores. */
const JOBS = 2;
/** A test file that takes longer has hung, ms. */
const FILE_TIMEOUT_MS = 240_000;

interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Shown when something failed. */
  readonly output: string;
}

function run(command: readonly string[], timeoutMs: number): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const timer = setTimeout(() => {
      output += `\n# timed out after ${timeoutMs} ms\n`;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeoutMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Test points of a TAP text, at every depth but counting only leaves: `ok` lines without a subtest. */
export function countTap(output: string): { passed: number; failed: number; skipped: number } {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lines = output.split('\n');
  for (const [at, line] of lines.entries()) {
    const [, indent, not] = /^(\s*)(not )?ok \d+/.exec(line) ?? [];
    if (indent === undefined) continue;
    // A line that closes a subtest follows the deeper plan or comment of that subtest.
    if (closesSubtest(lines, at, indent.length)) {
      if (not !== undefined && !/# (SKIP|TODO)/i.test(line)) counts.failed += 0;
      continue;
    }
    if (/# SKIP/i.test(line)) counts.skipped += 1;
    else if (not === undefined) counts.passed += 1;
    else counts.failed += 1;
  }
  return counts;
}

function closesSubtest(lines: readonly string[], at: number, indent: number): boolean {
  for (let before = at - 1; before >= 0; before -= 1) {
    const line = lines[before] ?? '';
    if (line.trim() === '') continue;
    const depth = line.length - line.trimStart().length;
    if (depth > indent && /^\s*(1\.\.\d+|# time=|ok|not ok)/.test(line)) return true;
    return false;
  }
  return false;
}

async function runCheck(name: string, command: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  const { code, output } = await run(command, FILE_TIMEOUT_MS);
  const seconds = (performance.now() - started) / 1000;
  const ok = code === 0;
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, seconds, output };
}

async function runFile(file: string): Promise<Outcome> {
  const started = performance.now();
  const { code, output } = await run([process.execPath, '--no-warnings', file], FILE_TIMEOUT_MS);
  const counts = countTap(output);
  const silent = counts.passed + counts.failed + counts.skipped === 0;
  if ((code !== 0 && counts.failed === 0) || silent) counts.failed += 1;
  return { name: file, ...counts, seconds: (performance.now() - started) / 1000, output };
}

function report({ name, passed, failed, skipped, seconds, output }: Outcome): void {
  const mark = failed === 0 ? 'ok    ' : 'FAILED';
  const skips = skipped === 0 ? '' : `, ${skipped} skipped`;
  console.log(`${mark} ${name} (${passed} passed, ${failed} failed${skips}, ${seconds.toFixed(1)} s)`);
  if (failed > 0) console.log(output.slice(-20_000));
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const files = wanted.length > 0 ? wanted : globSync('test/**/*.test.ts', { cwd: ROOT }).sort();
  const outcomes: Outcome[] = [];
  const take = (outcome: Outcome) => {
    outcomes.push(outcome);
    report(outcome);
  };
  if (wanted.length === 0) {
    for (const [name, command] of Object.entries(CHECKS)) take(await runCheck(name, command));
  }
  const queue = [...files];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) take(await runFile(file));
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  const sum = (pick: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const failed = sum((outcome) => outcome.failed);
  const passed = sum((outcome) => outcome.passed);
  const skipped = sum((outcome) => outcome.skipped);
  console.log(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

await main();
