/**
 * What must happen when all trouble is over, in election timeouts of virtual time:
 * L1: within 5 a member leads and takes requests.
 * L2: within 10 a fresh write is acknowledged.
 * L3: within 20 all members have applied the same, and have the same digest.
 * L5: sessions that nobody keeps are gone by then and their timeout; those of clients that
 *     live on are there.
 * L6: by then one connection speaks for each session.
 */
import type { Faults } from '../faults.ts';
import { TICK_MS } from '../swarm.ts';
import { violated } from '../violation.ts';
import type { Clients } from './clients.ts';
import type { MembersWorld, SimMember } from './member.ts';
import { ELECTION_TICKS } from './swarm.ts';

const LEADER_WITHIN = 5;
const WRITE_WITHIN = 10;
const EQUAL_WITHIN = 20;
const EVERY_MS = 50;
/** What expiry may take beside the timeout: rounds of the clock, the write, a late sign of life. */
const EXPIRY_MS = 3000;

export class Liveness {
  done = false;
  readonly #world: MembersWorld & { readonly members: readonly SimMember[] };
  readonly #clients: Clients;
  readonly #faults: Faults<SimMember>;
  readonly #begun: number;
  readonly #timeout: number;
  #nextLook = 0;
  #led = false;
  #equal = false;

  constructor(
    world: MembersWorld & { readonly members: readonly SimMember[] },
    clients: Clients,
    faults: Faults<SimMember>,
  ) {
    this.#world = world;
    this.#clients = clients;
    this.#faults = faults;
    this.#begun = world.scheduler.now;
    this.#timeout = ELECTION_TICKS * TICK_MS * (1 + world.swarm.drift);
  }

  begin(): void {
    this.#world.trace.say(0, 'all trouble is over');
    this.#faults.heal(() => false);
    this.#clients.calmDown();
  }

  check(): void {
    const { now } = this.#world.scheduler;
    if (now < this.#nextLook) return;
    this.#nextLook = now + EVERY_MS;
    const timeouts = (now - this.#begun) / this.#timeout;
    this.#led ||= this.#world.members.some((member) => member.leading && member.ready);
    if (!this.#led && timeouts > LEADER_WITHIN) {
      violated('L1', `${LEADER_WITHIN} timeouts: somebody leads`);
    }
    const written = this.#clients.probe();
    if (!written && timeouts > WRITE_WITHIN) {
      violated('L2', `${WRITE_WITHIN} timeouts: a fresh write is acknowledged`);
    }
    this.#equal ||= written && this.#isEqual();
    if (!this.#equal && timeouts > EQUAL_WITHIN) {
      violated('L3', `${EQUAL_WITHIN} timeouts: ${this.#difference()}`);
    }
    if (this.#equal) this.#checkSessions(now);
  }

  #isEqual(): boolean {
    const { lastIndex, lastZxid } = this.#world.rules.chronicle;
    const digest = this.#world.rules.chronicle.at(lastIndex)?.digest;
    return this.#world.members.every(
      ({ coordinator, state }) => coordinator?.zxid() === lastZxid && state?.digest() === digest,
    );
  }

  #difference(): string {
    const { lastIndex, lastZxid } = this.#world.rules.chronicle;
    const all = this.#world.members.map(
      ({ id, coordinator }) => `${id} ${coordinator?.zxid().toString(16)}`,
    );
    return `all have applied ${lastIndex}, ${lastZxid.toString(16)}: ${all.join(', ')}`;
  }

  #checkSessions(now: number): void {
    const { sessions } = this.#world.rules.chronicle.model;
    const kept = this.#clients.sessions();
    const left = [...sessions.keys()].filter((session) => !kept.has(session));
    const { maxTimeout } = this.#world.swarm.clients;
    const { drift } = this.#world.swarm;
    const late = this.#begun + EQUAL_WITHIN * this.#timeout + maxTimeout * (1 + drift) + EXPIRY_MS;
    if (left.length > 0 && now > late) violated('L5', `sessions that nobody keeps: ${left}`);
    const several = this.#world.rules.speakers.severalOf();
    if (several.length > 0 && now > late) violated('L6', `one speaks for ${several}`);
    this.done = left.length === 0 && this.#clients.allServed && several.length === 0;
    if (!this.done && now > late) violated('L5', 'all clients that live on are connected');
  }
}
