/**
 * Trouble, as much of it and of those kinds as the seed says: processes die and sleep, networks
 * split and clog, disks get lost. Never more of it at a time than an ensemble may survive: whatever
 * was forgotten was forgotten by less than half of the voters.
 */
import type { LogIndex, MemberId, Members } from '../../raftlog/types.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { type Swarm, TICK_MS, type Trouble } from './swarm.ts';
import type { Trace } from './trace.ts';
import { isQuorum } from './view.ts';

/** A member, as far as trouble is concerned. */
export interface Victim {
  readonly id: MemberId;
  readonly running: boolean;
  readonly leading: boolean;
  /** Whether it has forgotten nothing that it has not regained. */
  readonly trustworthy: boolean;
  /** Of the last entry on its disk. */
  readonly durableIndex: LogIndex;
  /** All that it may be in, by what it has told its disk and by what its disk has done. */
  readonly configurations: readonly Members[];
  start(): void;
  crash(why: string): void;
  pause(ms: number): void;
  wake(): void;
  loseDisk(): void;
  damageDisk(): void;
  /** Its disk is damaged, and nobody notices before it is read. */
  rot(): void;
  /** Its disk has so little room left that its process must stop, or should refuse writes. */
  fillDisk(): void;
  makeRoom(): void;
  /** Its disk makes no trouble any more. */
  calmDown(): void;
}

/** What the members are in. */
export interface Surroundings<M extends Victim> {
  readonly swarm: Pick<Swarm, 'troubles' | 'members' | 'troubleEvery' | 'troubleLasts'> & {
    readonly core: Pick<Swarm['core'], 'electionTicks'>;
  };
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly trace: Trace;
  readonly network: {
    link(from: MemberId, to: MemberId): { cut: boolean; cloggedUntil: number };
    reset(one: M, other: M): void;
    replay?(from: MemberId, to: MemberId): void;
    heal(): void;
  };
  member(id: MemberId): M | undefined;
}

const ACTIVE: readonly Trouble[] = [
  ...(['crash', 'pause', 'partition', 'clog', 'reset', 'replay', 'lostDisk', 'damage'] as const),
  ...(['fullDisk', 'rot'] as const),
];

export class Faults<M extends Victim> {
  readonly #world: Surroundings<M>;
  readonly #random: Random;
  readonly #members: () => readonly M[];
  readonly #active: readonly Trouble[];
  readonly #electionMs: number;
  #over = false;

  constructor(world: Surroundings<M>, members: () => readonly M[]) {
    this.#world = world;
    this.#random = world.random.fork('faults');
    this.#members = members;
    this.#active = ACTIVE.filter((trouble) => world.swarm.troubles.has(trouble));
    this.#electionMs = world.swarm.core.electionTicks * TICK_MS;
  }

  start(): void {
    if (this.#active.length === 0) return;
    const { troubleEvery } = this.#world.swarm;
    const wait = this.#random.exponential(troubleEvery) * this.#electionMs;
    this.#world.scheduler.after(wait, () => {
      if (this.#over) return;
      const trouble = this.#random.pick(this.#active);
      if (trouble !== undefined) this.#strike(trouble);
      this.start();
    });
  }

  /** Everything is well again; whoever `stays` away is down for good. */
  heal(staysAway: (member: M) => boolean): void {
    this.#over = true;
    this.#world.network.heal();
    for (const member of this.#members()) {
      member.calmDown();
      if (staysAway(member)) member.crash('it stays away');
      else if (!member.running) member.start();
      else member.wake();
    }
  }

  #lasts(): number {
    return this.#random.exponential(this.#world.swarm.troubleLasts) * this.#electionMs;
  }

  #later(action: () => void): void {
    this.#world.scheduler.after(this.#lasts(), () => {
      if (!this.#over) action();
    });
  }

  /** Leaders more often than others: that is where it hurts. */
  #victim(): M | undefined {
    const running = this.#members().filter((member) => member.running);
    const leading = running.filter((member) => member.leading);
    const leader = leading.length > 0 && this.#random.chance(0.4);
    return this.#random.pick(leader ? leading : running);
  }

  #strike(trouble: Trouble): void {
    switch (trouble) {
      case 'crash':
        this.#crash();
        break;
      case 'pause':
        this.#victim()?.pause(this.#lasts());
        break;
      case 'partition':
        this.#partition();
        break;
      case 'clog':
        this.#clog();
        break;
      case 'reset':
        this.#onLinks((one, other) => this.#world.network.reset(one, other));
        break;
      case 'replay':
        for (let count = this.#random.between(1, 20); count > 0; count -= 1) {
          this.#onLinks((one, other) => this.#world.network.replay?.(one.id, other.id));
        }
        break;
      case 'lostDisk':
        this.#forget((member) => member.loseDisk());
        break;
      case 'damage':
        this.#forget((member) => member.damageDisk());
        break;
      case 'rot':
        this.#random.pick(this.#members().filter((one) => this.#mayForget(one)))?.rot();
        break;
      case 'fullDisk':
        this.#fillDisk();
        break;
      default:
    }
  }

  #crash(): void {
    const all = this.#random.chance(0.1);
    const victims = all ? this.#members().filter(({ running }) => running) : [this.#victim()];
    for (const victim of victims) this.#stopFor(victim, () => undefined);
  }

  #stopFor(victim: M | undefined, meanwhile: () => void): void {
    if (victim === undefined) return;
    victim.crash('it was killed');
    meanwhile();
    this.#later(() => {
      if (!victim.running) victim.start();
    });
  }

  /** All may be full at once: then nothing is written, and nothing lost. */
  #fillDisk(): void {
    const all = this.#random.chance(0.2);
    const victims = all ? this.#members() : [this.#victim()];
    for (const victim of victims) {
      victim?.fillDisk();
      this.#later(() => victim?.makeRoom());
    }
  }

  #onLinks(action: (one: M, other: M) => void): void {
    const one = this.#random.pick(this.#members());
    const other = this.#random.pick(this.#members());
    if (one !== undefined && other !== undefined && one !== other) action(one, other);
  }

  #clog(): void {
    const { network, scheduler } = this.#world;
    const until = scheduler.now + this.#lasts();
    this.#onLinks((one, other) => {
      network.link(one.id, other.id).cloggedUntil = until;
      if (this.#random.chance(0.5)) network.link(other.id, one.id).cloggedUntil = until;
    });
  }

  // ------------------------------------------------------------------------------- partitions

  #partition(): void {
    this.#cut(this.#cuts(), this.#random.chance(0.3));
  }

  #cut(cuts: readonly (readonly [MemberId, MemberId])[], asymmetric: boolean): void {
    const { network, trace } = this.#world;
    const links = cuts.flatMap(([one, other]) =>
      asymmetric
        ? [network.link(one, other)]
        : [network.link(one, other), network.link(other, one)],
    );
    trace.say(
      0,
      `cut${asymmetric ? ' one way' : ''}: ${cuts.map((cut) => cut.join('-')).join(' ')}`,
    );
    for (const link of links) link.cut = true;
    this.#later(() => {
      trace.say(0, 'links are healed');
      for (const link of links) link.cut = false;
    });
  }

  #cuts(): (readonly [MemberId, MemberId])[] {
    const random = this.#random;
    const ids = random.shuffled(this.#members().map(({ id }) => id));
    const pairs = ids.flatMap((one, at) => ids.slice(at + 1).map((other) => [one, other] as const));
    const victim = this.#victim()?.id;
    switch (random.below(4)) {
      case 0: {
        const side = new Set(ids.slice(0, random.between(1, ids.length)));
        return pairs.filter(([one, other]) => side.has(one) !== side.has(other));
      }
      case 1:
        return pairs.filter(([one, other]) => one === victim || other === victim);
      case 2:
        // Everybody sees a majority, and no two see the same one.
        return pairs.filter(([one, other]) => !areNeighbours(ids, one, other));
      default:
        return random.shuffled(pairs).slice(0, random.between(1, 2));
    }
  }

  // -------------------------------------------------------------------------- what is forgotten

  #forget(how: (member: M) => void): void {
    const leader = this.#members().find(({ running, leading }) => running && leading);
    if (leader !== undefined && this.#random.chance(0.3)) {
      // Cut off it sleeps until others lead, and wakes up with somebody who has forgotten that.
      leader.pause(20 * this.#electionMs);
      this.#isolate(leader, undefined);
      this.#later(() => this.#forgetAndMeet(how, leader));
    } else {
      const met = this.#random.chance(0.4) ? this.#random.pick(this.#members()) : undefined;
      this.#forgetAndMeet(how, met);
    }
  }

  #isolate(member: M, but: M | undefined): void {
    const others = this.#members().filter((other) => other !== member && other !== but);
    const cuts = others.map(({ id }) => [member.id, id] as const);
    this.#cut(cuts, false);
  }

  /** A member forgets, and meets nobody but `met` when it comes back, if there is one to meet. */
  #forgetAndMeet(how: (member: M) => void, met: M | undefined): void {
    const may = this.#members().filter((member) => member !== met && this.#mayForget(member));
    const victim = this.#random.pick(may);
    this.#stopFor(victim, () => {
      if (victim === undefined) return;
      how(victim);
      if (met === undefined) return;
      const { network } = this.#world;
      for (const link of [network.link(victim.id, met.id), network.link(met.id, victim.id)]) {
        link.cut = false;
      }
      this.#isolate(victim, met);
      this.#world.scheduler.after(this.#random.next() * TICK_MS, () => {
        if (!this.#over) victim.start();
      });
    });
    met?.wake();
  }

  /** Whatever configuration anybody may be in, most of its voters forget nothing. */
  #mayForget(member: M): boolean {
    const { members: initial } = this.#world.swarm;
    const remembers = (id: MemberId) =>
      id !== member.id && this.#world.member(id)?.trustworthy === true;
    const inForce = this.#members().flatMap(({ configurations }) => configurations);
    if (!inForce.every(({ voters }) => isQuorum(voters, remembers))) return false;
    // With a blank disk it asks those of the beginning: one of them must know better.
    return initial.voters.some(
      (id) => remembers(id) && (this.#world.member(id)?.durableIndex ?? 0) > 0,
    );
  }
}

function areNeighbours(ring: readonly MemberId[], one: MemberId, other: MemberId): boolean {
  const distance = Math.abs(ring.indexOf(one) - ring.indexOf(other));
  return distance === 1 || distance === ring.length - 1;
}
