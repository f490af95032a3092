/**
 * Clients: they write and read at whoever leads, or believes so, change who belongs to the ensemble
 * and hand the leadership over. What they are told is checked against what happened.
 */
import type { MemberId, Members } from '../../raftlog/types.ts';
import type { Member, World } from './member.ts';
import type { Random } from './random.ts';
import type { Op } from './view.ts';

/** Of a hundred turns of the clients, so many are about the ensemble itself. */
const ENSEMBLE_SHARE = 0.06;

export class Workload {
  readonly #world: World;
  readonly #random: Random;
  /** Those that run, or may. */
  readonly #members: () => readonly Member[];
  readonly #begin: (id: MemberId) => void;
  #reads = 0;
  #stopped = false;

  constructor(world: World, members: () => readonly Member[], begin: (id: MemberId) => void) {
    this.#world = world;
    this.#random = world.random.fork('clients');
    this.#members = members;
    this.#begin = begin;
  }

  start(): void {
    const { scheduler, swarm } = this.#world;
    scheduler.after(this.#random.exponential(swarm.requestEvery), () => {
      if (this.#stopped) return;
      this.#act();
      this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  /** One write at a member that takes it; undefined when there is none. */
  write(): Op | undefined {
    const member = this.#members().find(({ ready }) => ready);
    if (member === undefined) return undefined;
    return this.#propose(member, 1)[0];
  }

  #act(): void {
    const { swarm } = this.#world;
    const member = this.#someone();
    if (member === undefined) return;
    const about = this.#random.next();
    if (about < ENSEMBLE_SHARE) {
      if (swarm.troubles.has('transfer') && this.#random.chance(0.5)) this.#transfer(member);
      else if (swarm.troubles.has('membership')) this.#changeMembers(member);
      return;
    }
    if (this.#random.chance(swarm.readShare)) {
      for (let count = this.#burst(); count > 0; count -= 1) this.#read(member);
    } else {
      this.#propose(member, this.#burst());
    }
  }

  /** Mostly one that leads, or believes so: there may be several. */
  #someone(): Member | undefined {
    const running = this.#members().filter((member) => member.running);
    const leading = running.filter((member) => member.core.role === 'leading');
    const anybody = leading.length === 0 || this.#random.chance(0.05);
    return this.#random.pick(anybody ? running : leading);
  }

  #burst(): number {
    return this.#random.between(1, this.#world.swarm.burst);
  }

  #read(member: Member): void {
    this.#reads += 1;
    member.read(this.#reads);
  }

  /** Several at once only where no counter can run out in the middle. */
  #propose(member: Member, count: number): Op[] {
    const together = this.#world.swarm.core.counterMax === undefined;
    const ops: Op[] = [];
    for (let at = 0; at < count; at += 1) ops.push(this.#newOp());
    if (together) this.#proposeTogether(member, ops);
    else for (const op of ops) this.#proposeTogether(member, [op]);
    return ops;
  }

  #proposeTogether(member: Member, ops: readonly Op[]): void {
    const payloads = ops.map(({ id }) => `${id}${'.'.repeat(id % 32)}`);
    if (member.propose(ops, payloads)) return;
    for (const op of ops) op.state = 'refused';
  }

  #newOp(): Op {
    const { ops } = this.#world.checker.ghost;
    const op: Op = { id: ops.length, state: 'asked', zxid: undefined, committedAt: 0 };
    ops.push(op);
    return op;
  }

  #transfer(member: Member): void {
    const to = this.#random.pick(member.core.members.voters);
    if (to !== undefined) member.transfer(to);
  }

  #changeMembers(member: Member): void {
    const { members } = member.core;
    const next = this.#nextMembers(members);
    if (next === undefined || !this.#mayDecide(next)) return;
    if (!member.changeMembers(next)) return;
    for (const id of next.observers) this.#begin(id);
  }

  #nextMembers({ voters, observers }: Members): Members | undefined {
    const random = this.#random;
    const without = (ids: readonly MemberId[], id: MemberId) => ids.filter((one) => one !== id);
    const all = [...this.#world.swarm.members.voters, ...this.#world.swarm.members.observers];
    const strangers = [...all, ...this.#world.swarm.spares].filter(
      (id) => !voters.includes(id) && !observers.includes(id),
    );
    const stranger = random.pick(strangers);
    const observer = random.pick(observers);
    const voter = random.pick(voters);
    // A leader refuses these.
    if (random.chance(0.1)) return { voters: without(voters, voters[0] ?? 0), observers: voters };
    if (random.chance(0.1)) {
      return { voters: [...voters.slice(2), ...observers], observers: voters.slice(0, 2) };
    }
    switch (random.below(5)) {
      case 0:
      case 1:
        if (stranger === undefined) return undefined;
        return { voters, observers: [...observers, stranger] };
      case 2:
        if (observer === undefined || voters.length >= 5) return undefined;
        return { voters: [...voters, observer], observers: without(observers, observer) };
      case 3:
        if (voter === undefined || voters.length === 1) return undefined;
        return {
          voters: without(voters, voter),
          observers: random.chance(0.5) ? [...observers, voter] : observers,
        };
      default:
        if (observer === undefined) return undefined;
        return { voters, observers: without(observers, observer) };
    }
  }

  /** Operators see to it that those who have lost their disks stay a minority. */
  #mayDecide({ voters }: Members): boolean {
    const suspect = voters.filter((id) => this.#world.member(id)?.trustworthy !== true);
    return suspect.length * 2 < voters.length;
  }
}
