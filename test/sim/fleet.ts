/** Seeds on several processes at once, until they are done, time is up, or enough has failed. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEFAULT_STEPS, type RunResult, type World } from './run.ts';
import type { Task } from './worker.ts';

export interface FleetOptions {
  readonly from: number;
  readonly seeds: number;
  readonly steps?: number;
  readonly workers?: number;
  /** No further seeds are begun after this time, ms. */
  readonly forMs?: number;
  /** Stops after so many failures. */
  readonly failures?: number;
  /** Default: the core. */
  readonly world?: World;
  /** Runs on a product with this bug. */
  readonly mutant?: string;
  readonly onResult?: (result: RunResult) => void;
}

export interface FleetResult {
  readonly seeds: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly committed: number;
  readonly seconds: number;
  readonly failed: readonly RunResult[];
}

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Given to a process at once. */
const CHUNK = 10;

class Fleet {
  readonly #options: FleetOptions;
  readonly #begun = performance.now();
  readonly #failed: RunResult[] = [];
  #next: number;
  #seeds = 0;
  #steps = 0;
  #virtualMs = 0;
  #committed = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#next = options.from;
  }

  async run(): Promise<FleetResult> {
    const { workers = 2 } = this.#options;
    await Promise.all(Array.from({ length: workers }, () => this.#work()));
    const seconds = (performance.now() - this.#begun) / 1000;
    const failed = this.#failed.toSorted((a, b) => a.seed - b.seed);
    const { virtualMs, committed } = { virtualMs: this.#virtualMs, committed: this.#committed };
    return { seeds: this.#seeds, steps: this.#steps, virtualMs, committed, seconds, failed };
  }

  #nextTask(): Task | undefined {
    const { from, seeds, steps, forMs, failures = 1, world = 'core' } = this.#options;
    const left = from + seeds - this.#next;
    const late = forMs !== undefined && performance.now() - this.#begun > forMs;
    const untilFailed = failures - this.#failed.length;
    if (left <= 0 || late || untilFailed <= 0) return undefined;
    const first = this.#next;
    const count = Math.min(CHUNK, left);
    this.#next += count;
    const chunk = Array.from({ length: count }, (_, at) => first + at);
    return { seeds: chunk, steps: steps ?? DEFAULT_STEPS, world, untilFailed };
  }

  #work(): Promise<void> {
    const { mutant } = this.#options;
    const child = fork(WORKER, mutant === undefined ? [] : [mutant], {
      execArgv: ['--no-warnings'],
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`a process that runs seeds ended with ${signal ?? code}`));
      });
      child.on('message', (message: RunResult | 'done') => {
        if (message === 'done') this.#give(child);
        else this.#take(message);
      });
      this.#give(child);
    });
  }

  #give(child: ChildProcess): void {
    const task = this.#nextTask();
    if (task === undefined) child.disconnect();
    else child.send(task);
  }

  #take(result: RunResult): void {
    this.#seeds += 1;
    this.#steps += result.steps;
    this.#virtualMs += result.ms;
    this.#committed += result.committed;
    if (result.failure !== undefined) this.#failed.push(result);
    this.#options.onResult?.(result);
  }
}

export function runFleet(options: FleetOptions): Promise<FleetResult> {
  return new Fleet(options).run();
}

/** A failure in full, with the command that repeats it. */
export function failureText({ seed, failure }: RunResult, world: World = 'core'): string {
  if (failure === undefined) return `seed ${seed}: nothing failed`;
  const { rule, message, step, swarm, trace } = failure;
  const which = world === 'core' ? '' : ` --${world}`;
  return [
    `seed ${seed}, step ${step}: ${rule}: ${message}`,
    `  ${swarm}`,
    ...trace.map((line) => `  ${line.slice(0, 200)}`),
    `  again: npm run sim --${which} --seed ${seed} --trace --until ${step}`,
  ].join('\n');
}

export function fleetText({ seeds, steps, virtualMs, committed, seconds }: FleetResult): string {
  const hours = (virtualMs / 3_600_000).toFixed(1);
  const speed = `${(seeds / seconds).toFixed(1)} seeds/s, ${Math.round(steps / seconds)} steps/s`;
  return `${seeds} seeds in ${seconds.toFixed(0)} s (${speed}): ${hours} h, ${committed} commits`;
}
