/**
 * One seed of the world of whole members: trouble for most of its steps, then what must happen when
 * all trouble is over. A step is one thing that happens; whatever waits for promises has had its
 * turn before the next one, so that a run depends on its seed alone.
 */
import { AssertionError } from '../../../raftlog/assert.ts';
import type { MemberId } from '../../../raftlog/types.ts';
import { Faults } from '../faults.ts';
import { Random } from '../random.ts';
import type { Failure, RunOptions, RunResult } from '../run.ts';
import { Scheduler } from '../scheduler.ts';
import { Trace } from '../trace.ts';
import { Violation } from '../violation.ts';
import { Clients } from './clients.ts';
import { Liveness } from './liveness.ts';
import { type MembersWorld, SimMember } from './member.ts';
import { Rules } from './rules.ts';
import { Streams } from './streams.ts';
import { describeMembersSwarm, drawMembersSwarm, type MembersSwarm } from './swarm.ts';

const DEFAULT_MEMBERS_STEPS = 10_000;
const TROUBLE_SHARE = 0.8;
/** What is to be looked at now and then is looked at after so many steps. */
const LOOK_EVERY = 64;

class MembersSimulation implements MembersWorld {
  readonly swarm: MembersSwarm;
  readonly scheduler = new Scheduler();
  readonly random: Random;
  readonly trace: Trace;
  readonly network: Streams;
  readonly rules: Rules;
  readonly members: readonly SimMember[];
  readonly #clients: Clients;
  readonly #faults: Faults<SimMember>;
  readonly #options: RunOptions;
  #settling = false;
  #failed: { readonly error: unknown } | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
    this.random = new Random(options.seed).fork('members');
    this.swarm = drawMembersSwarm(this.random.fork('swarm'));
    this.trace = new Trace(this.scheduler, options.print);
    const network = this.random.fork('network');
    this.network = new Streams(this.scheduler, this.swarm.network, network, this.trace);
    this.rules = new Rules(this.swarm, this.scheduler, this.trace);
    const { voters, observers } = this.swarm.members;
    this.members = [...voters, ...observers].map((id) => new SimMember(id, this));
    this.#clients = new Clients(this, () => this.members);
    this.#faults = new Faults<SimMember>(this, () => this.members);
  }

  member(id: MemberId): SimMember | undefined {
    return this.members.find((member) => member.id === id);
  }

  settling(): void {
    this.#settling = true;
  }

  failed(error: unknown): void {
    this.#failed ??= { error };
  }

  async run(): Promise<RunResult> {
    let failure: Failure | undefined;
    const unheard = (error: unknown) => this.failed(error);
    process.on('unhandledRejection', unheard);
    try {
      await this.#run();
    } catch (error) {
      failure = this.#failure(error);
    } finally {
      process.off('unhandledRejection', unheard);
    }
    const { seed } = this.#options;
    return {
      seed,
      steps: this.scheduler.steps,
      ms: Math.round(this.scheduler.now),
      traceHash: this.trace.hash,
      committed: this.rules.chronicle.lastIndex,
      epochs: Math.floor(this.rules.chronicle.lastZxid / 2 ** 32),
      failure,
    };
  }

  async #run(): Promise<void> {
    const { steps = DEFAULT_MEMBERS_STEPS, until = Number.POSITIVE_INFINITY } = this.#options;
    for (const member of this.members) {
      this.network.add(member);
      this.scheduler.after(this.random.next() * 5, () => member.start());
    }
    this.network.start();
    this.#clients.start();
    this.#faults.start();
    const troubled = Math.min(until, steps * TROUBLE_SHARE);
    while (this.scheduler.steps < troubled) await this.#step();
    if (this.scheduler.steps >= until) return;
    const liveness = new Liveness(this, this.#clients, this.#faults);
    liveness.begin();
    while (this.scheduler.steps < until && !liveness.done) {
      await this.#step();
      liveness.check();
    }
  }

  async #step(): Promise<void> {
    this.scheduler.next();
    if (this.#settling) {
      this.#settling = false;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    if (this.scheduler.steps % LOOK_EVERY === 0) {
      for (const { coordinator } of this.members) coordinator?.look();
    }
    if (this.#failed !== undefined) throw this.#failed.error;
  }

  #failure(error: unknown): Failure {
    const known = error instanceof Violation || error instanceof AssertionError;
    const rule = error instanceof Violation ? error.rule : known ? 'core' : 'error';
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error && rule !== error.name ? [error.stack ?? ''] : [];
    return {
      rule,
      message,
      step: this.scheduler.steps,
      swarm: describeMembersSwarm(this.swarm),
      trace: [...this.trace.last(), ...(error instanceof Violation ? [] : stack)],
    };
  }
}

export function runMembersSeed(options: RunOptions): Promise<RunResult> {
  return new MembersSimulation(options).run();
}
