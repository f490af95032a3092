/**
 * What must happen when all trouble is over, in election timeouts of virtual time:
 * L1: within 5 there is a leader.
 * L2: within 10 a fresh write is acknowledged.
 * L3: within 20 all members have applied the same, and nobody is suspect.
 * L4: then nobody calls an election while nothing happens.
 * A minority of the voters may stay away for good; for the others the same holds.
 */
import type { Faults } from './faults.ts';
import type { Member, World } from './member.ts';
import { TICK_MS } from './swarm.ts';
import type { Op } from './view.ts';
import { isQuorum } from './view.ts';
import { violated } from './violation.ts';
import type { Workload } from './workload.ts';

const LEADER_WITHIN = 5;
const WRITE_WITHIN = 10;
const EQUAL_WITHIN = 20;
const QUIET_FOR = 3;
const WRITE_AGAIN = 0.2;
/** Looked at so often, ms. */
const EVERY = 20;

export class Liveness {
  done = false;
  readonly #world: World & { readonly members: readonly Member[] };
  readonly #workload: Workload;
  readonly #faults: Faults<Member>;
  /** One election timeout by the slowest clock, ms. */
  readonly #timeout: number;
  readonly #begun: number;
  #nextLook = 0;
  #led = false;
  #write: Op | undefined;
  #writeAgainAt = 0;
  #epoch = 0;
  #quietSince: number | undefined;

  constructor(
    world: World & { readonly members: readonly Member[] },
    workload: Workload,
    faults: Faults<Member>,
  ) {
    this.#world = world;
    this.#workload = workload;
    this.#faults = faults;
    const { core, drift } = world.swarm;
    this.#timeout = core.electionTicks * TICK_MS * (1 + drift);
    this.#begun = world.scheduler.now;
  }

  begin(): void {
    this.#world.trace.say(0, 'all trouble is over');
    const away = this.#whoStaysAway();
    this.#faults.heal((member) => member === away);
  }

  /** Somebody that the others can do without: one of the voters, and no suspect among them. */
  #whoStaysAway(): Member | undefined {
    const { swarm, checker, random } = this.#world;
    if (swarm.healsAll) return undefined;
    const { members } = this.#world;
    if (members.some((member) => !member.trustworthy)) return undefined;
    const away = random.fork('away').pick(members);
    const configurations = members.map(({ log }) => checker.ghost.membersBy(log.version));
    const enough = configurations.every(({ voters }) =>
      isQuorum(voters, (id) => id !== away?.id && this.#world.member(id) !== undefined),
    );
    return enough ? away : undefined;
  }

  check(): void {
    const { now } = this.#world.scheduler;
    if (now < this.#nextLook) return;
    this.#nextLook = now + EVERY;
    const timeouts = (now - this.#begun) / this.#timeout;
    if (this.#quietSince !== undefined) this.#checkQuiet(now);
    else if (this.#isEqual()) {
      this.#quietSince = now;
      this.#epoch = this.#highestEpoch();
    } else this.#checkDeadlines(timeouts);
  }

  #checkDeadlines(timeouts: number): void {
    this.#led ||= this.#world.members.some(
      ({ running, core }) => running && core.role === 'leading',
    );
    if (!this.#led && timeouts > LEADER_WITHIN)
      violated('L1', `${LEADER_WITHIN} timeouts: a leader`);
    // A client does not wait for ever for one who may have been a leader of the past.
    if (this.#write?.state !== 'acknowledged' && timeouts > this.#writeAgainAt) {
      this.#write = this.#workload.write() ?? this.#write;
      this.#writeAgainAt = timeouts + WRITE_AGAIN;
    }
    if (this.#write?.state === 'acknowledged') {
      if (timeouts > EQUAL_WITHIN)
        violated('L3', `${EQUAL_WITHIN} timeouts: ${this.#difference()}`);
    } else if (timeouts > WRITE_WITHIN) {
      violated('L2', `${WRITE_WITHIN} timeouts: a fresh write is acknowledged`);
    }
  }

  /** Those who belong to the ensemble by what is committed, and run. */
  #present(): Member[] {
    const { committed } = this.#world.checker.ghost;
    const { voters, observers } = this.#world.checker.ghost.membersBy(committed.version);
    return this.#world.members.filter(
      ({ id, running }) => running && (voters.includes(id) || observers.includes(id)),
    );
  }

  #isEqual(): boolean {
    // Who hears now that a leader's channel broke in former times may ask for votes.
    if (this.#write?.state !== 'acknowledged' || this.#world.network.breaks) return false;
    const { committed } = this.#world.checker.ghost;
    const everybodyThere = this.#world.members.every(({ running }) => running);
    if (!this.#world.members.some((member) => member.ready)) return false;
    return this.#present().every(
      ({ applied, core, disk }) =>
        applied.position.index === committed.lastIndex &&
        core.lastIndex === applied.position.index &&
        disk.idle &&
        !(core.suspect && everybodyThere),
    );
  }

  #difference(): string {
    const { committed } = this.#world.checker.ghost;
    const all = this.#present().map(
      ({ id, applied, core, state }) =>
        `${id} ${applied.position.index}${core.suspect ? ' suspect' : ''} (${state})`,
    );
    return `all have applied ${committed.lastIndex}: ${all.join(', ')}`;
  }

  #highestEpoch(): number {
    return Math.max(...this.#world.members.map(({ core }) => core.epoch));
  }

  #checkQuiet(now: number): void {
    const epoch = this.#highestEpoch();
    if (epoch !== this.#epoch) violated('L4', `nobody calls an election in peace: ${epoch}`);
    this.done = now - (this.#quietSince ?? now) > QUIET_FOR * this.#timeout;
  }
}
