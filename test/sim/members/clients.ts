/** All clients: who comes when one has died, and a write that shows that all is well. */
import type { SessionId } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import { SimClient } from './client.ts';
import type { Write } from './invariants/writes.ts';
import type { MembersWorld, SimMember } from './member.ts';
import { NamedClient } from './named-client.ts';
import { marked } from './requests.ts';

const NEW_CLIENT_MS = 500;
/** A probe that is not answered by then is made again, elsewhere, ms. */
const PROBE_MS = 300;

export class Clients {
  readonly #world: MembersWorld;
  readonly #random: Random;
  readonly #members: () => readonly SimMember[];
  readonly #clients: SimClient[] = [];
  readonly #named: NamedClient[] = [];
  #connections = 0;
  #over = false;
  #probes: Write[] = [];
  #nextProbe = 0;

  constructor(world: MembersWorld, members: () => readonly SimMember[]) {
    this.#world = world;
    this.#random = world.random.fork('clients');
    this.#members = members;
  }

  start(): void {
    const { count, plain, named } = this.#world.swarm.clients;
    for (let at = 0; at < count + plain; at += 1) this.#add(at >= count);
    for (let at = 0; at < named.byId; at += 1) this.#addNamed(`i${at}`, false);
    for (let at = 0; at < named.byKey; at += 1) this.#addNamed(`k${at}`, true);
    this.#watchOver();
  }

  readonly #next = () => {
    this.#connections += 1;
    return this.#connections;
  };

  #addNamed(label: string, keyed: boolean): void {
    const client = new NamedClient(label, keyed, this.#world, this.#members, this.#next);
    this.#named.push(client);
    client.start();
  }

  #add(plain: boolean): void {
    const id = this.#clients.length + 1;
    const client = new SimClient(id, plain, this.#world, this.#members, this.#next);
    this.#clients.push(client);
    client.start();
  }

  /** Somebody takes the place of each that has died; now and then the leadership is handed over. */
  #watchOver(): void {
    this.#world.scheduler.after(this.#random.exponential(NEW_CLIENT_MS), () => {
      if (this.#over) return;
      const { count, plain } = this.#world.swarm.clients;
      if (this.#clients.filter(({ dead }) => !dead).length < count + plain) this.#add(false);
      if (this.#world.swarm.troubles.has('transfer') && this.#random.chance(0.2)) {
        this.#members()
          .find(({ leading }) => leading)
          ?.handOver();
      }
      this.#watchOver();
    });
  }

  /** They keep their sessions and ask for nothing more. */
  calmDown(): void {
    this.#over = true;
    for (const client of [...this.#clients, ...this.#named]) client.calm = true;
  }

  /** Sessions that somebody keeps alive. */
  sessions(): ReadonlySet<SessionId> {
    const alive = this.#clients.filter(({ dead }) => !dead);
    return new Set([...alive, ...this.#named].map(({ session }) => session));
  }

  /** Whether everybody who is alive has a connection. */
  get allServed(): boolean {
    const all = this.#clients.every(({ dead, connected }) => dead || connected);
    return all && this.#named.every(({ connected }) => connected);
  }

  /** Whether a write that was asked for lately, at whichever member, is acknowledged. */
  probe(): boolean {
    if (this.#probes.some(({ state }) => state === 'acknowledged')) return true;
    const { scheduler, rules } = this.#world;
    if (scheduler.now < this.#nextProbe) return false;
    this.#nextProbe = scheduler.now + PROBE_MS;
    const coordinator = this.#random.pick(this.#members())?.coordinator;
    if (coordinator === undefined) return false;
    const data = marked(rules.writes.next);
    const request = { op: 'set', path: '/probe', data, create: true } as const;
    this.#connections += 1;
    const write = rules.writes.asked(request, '', this.#connections);
    this.#probes.push(write);
    const caller = { session: '', identities: [] } as const;
    coordinator.write(caller, request, (answer) => rules.writes.answered(write, answer));
    return false;
  }
}
