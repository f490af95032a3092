/**
 * One seed: an ensemble in virtual time, with trouble for most of its steps; then all trouble ends,
 * and what must happen then is waited for. Ends with what was broken, if anything was.
 */
import { AssertionError } from '../../raftlog/assert.ts';
import type { MemberId } from '../../raftlog/types.ts';
import { Checker } from './checker.ts';
import { Faults } from './faults.ts';
import { Liveness } from './liveness.ts';
import { Member, type World } from './member.ts';
import { Network } from './network.ts';
import { Random } from './random.ts';
import { DEFAULT_STEPS, type Failure, type RunOptions, type RunResult } from './run.ts';
import { Scheduler } from './scheduler.ts';
import { describeSwarm, drawSwarm, type Swarm } from './swarm.ts';
import { Trace } from './trace.ts';
import { Ghost } from './view.ts';
import { Violation } from './violation.ts';
import { Workload } from './workload.ts';

const SWEEP_EVERY = 256;
const TROUBLE_SHARE = 0.8;

export class Simulation implements World {
  readonly swarm: Swarm;
  readonly scheduler = new Scheduler();
  readonly random: Random;
  readonly trace: Trace;
  readonly network: Network;
  readonly checker: Checker;
  readonly #members = new Map<MemberId, Member>();
  readonly #workload: Workload;
  readonly #faults: Faults<Member>;
  readonly #options: RunOptions;

  constructor(options: RunOptions) {
    this.#options = options;
    this.random = new Random(options.seed);
    this.swarm = drawSwarm(this.random.fork('swarm'));
    this.trace = new Trace(this.scheduler, options.print);
    const network = this.random.fork('network');
    this.network = new Network(this.scheduler, this.swarm.network, network, this.trace);
    this.checker = new Checker(new Ghost(this.swarm), (id) => this.#members.get(id));
    const members = () => [...this.#members.values()];
    this.#workload = new Workload(this, members, (id) => this.#begin(id));
    this.#faults = new Faults<Member>(this, members);
    const { voters, observers } = this.swarm.members;
    for (const id of [...voters, ...observers]) this.#begin(id);
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  member(id: MemberId): Member | undefined {
    return this.#members.get(id);
  }

  run(): RunResult {
    const { seed } = this.#options;
    let failure: Failure | undefined;
    try {
      this.#run();
    } catch (error) {
      failure = this.#failure(error);
    }
    return {
      seed,
      steps: this.scheduler.steps,
      ms: Math.round(this.scheduler.now),
      traceHash: this.trace.hash,
      committed: this.checker.ghost.committed.lastIndex,
      epochs: this.checker.ghost.epochsBegun,
      failure,
    };
  }

  #begin(id: MemberId): void {
    if (this.#members.has(id)) return;
    const member = new Member(id, this);
    this.#members.set(id, member);
    this.network.add(member);
    this.scheduler.after(this.random.next() * 5, () => member.start());
  }

  #run(): void {
    const { steps = DEFAULT_STEPS, until = Number.POSITIVE_INFINITY } = this.#options;
    this.#workload.start();
    this.#faults.start();
    while (this.scheduler.steps < Math.min(until, steps * TROUBLE_SHARE) && this.#step());
    if (this.scheduler.steps >= until) return;
    this.checker.sweep(this.members);
    this.#workload.stop();
    const liveness = new Liveness(this, this.#workload, this.#faults);
    liveness.begin();
    while (this.scheduler.steps < until && !liveness.done && this.#step()) liveness.check();
    this.checker.sweep(this.members);
  }

  #step(): boolean {
    const more = this.scheduler.next();
    if (this.scheduler.steps % SWEEP_EVERY === 0) this.checker.sweep(this.members);
    return more;
  }

  #failure(error: unknown): Failure {
    const { scheduler, swarm, trace } = this;
    const known = error instanceof Violation || error instanceof AssertionError;
    const rule = error instanceof Violation ? error.rule : known ? 'core' : 'error';
    const message = error instanceof Error ? error.message : String(error);
    const stack = rule === 'error' && error instanceof Error ? [error.stack ?? ''] : [];
    return {
      rule,
      message,
      step: scheduler.steps,
      swarm: describeSwarm(swarm),
      trace: [...trace.last(), ...stack],
    };
  }
}

export function runSeed(options: RunOptions): RunResult {
  return new Simulation(options).run();
}
