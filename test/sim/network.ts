/**
 * The channels between members: messages take their time, get lost, arrive twice, late or in
 * another order, and not at all where a partition is. One thing holds as it does for real ones: a
 * channel is between two processes. What was said by a former process, or to one, never arrives,
 * and a member hears that its channel broke (`peerLost`) before anything that a new process says.
 */
import type { Message } from '../../raftlog/messages.ts';
import type { MemberId } from '../../raftlog/types.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Swarm } from './swarm.ts';
import type { Trace } from './trace.ts';

/** What the network knows of a member. */
export interface Endpoint {
  readonly id: MemberId;
  readonly running: boolean;
  /** Number of its process: grows with every start. */
  readonly process: number;
  /** The process of each other member that it has a channel to, by id; 0 = none. */
  readonly channels: number[];
  receive(from: MemberId, message: Message): void;
  peerLost(member: MemberId): void;
  /** Runs now, or when a pause is over; never in another process. */
  awake(action: () => void): void;
}

interface Envelope {
  readonly from: Endpoint;
  readonly fromProcess: number;
  readonly to: Endpoint;
  readonly toProcess: number;
  readonly message: Message;
  /** The channel was this one; another one does not carry on what it lost. */
  readonly generation: number;
}

interface Link {
  cut: boolean;
  /** Nothing arrives before. */
  cloggedUntil: number;
  lastArrival: number;
  generation: number;
  /** What may be replayed. */
  readonly recorded: Envelope[];
}

const RECORDED = 32;
/** What takes longer than this when all is well is stuck, ms. */
const STUCK_MS = 20;

export class Network {
  readonly #scheduler: Scheduler;
  readonly #config: Swarm['network'];
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #endpoints: Endpoint[] = [];
  readonly #links = new Map<number, Link>();
  /** Nothing is lost, and all of it is quick. */
  calm = false;
  /** When everybody whose channel broke has been told. */
  #toldThrough = 0;

  constructor(scheduler: Scheduler, config: Swarm['network'], random: Random, trace: Trace) {
    this.#scheduler = scheduler;
    this.#config = config;
    this.#random = random;
    this.#trace = trace;
  }

  /** Whether some channel is broken and its end does not know it yet. */
  get breaks(): boolean {
    return this.#scheduler.now <= this.#toldThrough;
  }

  add(endpoint: Endpoint): void {
    this.#endpoints.push(endpoint);
  }

  link(from: MemberId, to: MemberId): Link {
    const key = from * 256 + to;
    let link = this.#links.get(key);
    if (link === undefined) {
      link = { cut: false, cloggedUntil: 0, lastArrival: 0, generation: 0, recorded: [] };
      this.#links.set(key, link);
    }
    return link;
  }

  /** No trouble from now on; what is stuck somewhere is lost, and its channel with it. */
  heal(): void {
    this.calm = true;
    for (const link of this.#links.values()) {
      link.cut = false;
      link.cloggedUntil = 0;
    }
    for (const one of this.#endpoints) {
      for (const other of this.#endpoints) {
        const stuck = this.link(one.id, other.id).lastArrival > this.#scheduler.now + STUCK_MS;
        if (stuck) this.reset(one, other);
      }
    }
  }

  send(from: Endpoint, to: MemberId, message: Message): void {
    const receiver = this.#endpoints.find(({ id }) => id === to);
    if (receiver === undefined) return;
    const link = this.link(from.id, to);
    if (from.channels[to] === 0 && receiver.running && !link.cut) {
      from.channels[to] = receiver.process;
    }
    const envelope: Envelope = {
      from,
      fromProcess: from.process,
      to: receiver,
      toProcess: from.channels[to] ?? 0,
      message,
      generation: link.generation,
    };
    const random = this.#random;
    const { lossRate, duplicationRate } = this.#config;
    if (link.cut || (!this.calm && random.chance(lossRate))) {
      this.#trace.add(from.id, { kind: 'drops', to, message });
      return;
    }
    this.#carry(envelope, link);
    if (this.calm) return;
    if (duplicationRate > 0 && random.chance(duplicationRate)) this.#carry(envelope, link);
    if (link.recorded.length < RECORDED) link.recorded.push(envelope);
    else link.recorded[random.below(RECORDED)] = envelope;
  }

  /** Says something again that was said before. */
  replay(from: MemberId, to: MemberId): void {
    const link = this.link(from, to);
    const envelope = this.#random.pick(link.recorded);
    if (envelope !== undefined && !link.cut) {
      this.#carry({ ...envelope, generation: link.generation }, link);
    }
  }

  /** The channel between two members breaks; what was under way is lost. */
  reset(one: Endpoint, other: Endpoint): void {
    for (const link of [this.link(one.id, other.id), this.link(other.id, one.id)]) {
      link.generation += 1;
      link.lastArrival = 0;
    }
    this.#breakChannel(one, other.id);
    this.#breakChannel(other, one.id);
  }

  /** The process is gone: those who can hear it are told by their side of the channel. */
  died(member: Endpoint): void {
    if (!this.#config.resetOnDeath) return;
    for (const other of this.#endpoints) {
      if (other !== member && !this.link(member.id, other.id).cut) {
        this.#breakChannel(other, member.id);
      }
    }
  }

  #delay(): number {
    const { minDelay, meanDelay } = this.#config;
    if (this.calm) return 0.5 + this.#random.next() * 2;
    return minDelay + this.#random.exponential(meanDelay);
  }

  #carry(envelope: Envelope, link: Link): void {
    let at = Math.max(this.#scheduler.now + this.#delay(), link.cloggedUntil);
    const reorder = !this.calm && this.#random.chance(this.#config.reorderRate);
    if (!reorder && at < link.lastArrival) at = link.lastArrival;
    if (!reorder) link.lastArrival = at;
    this.#scheduler.after(at - this.#scheduler.now, () => this.#arrive(envelope, link));
  }

  #arrive(envelope: Envelope, link: Link): void {
    const { from, fromProcess, to, toProcess, generation, message } = envelope;
    if (link.cut || !to.running || generation !== link.generation) return;
    if (fromProcess !== from.process) return;
    if (toProcess !== to.process) {
      // Nobody knows this channel at the other end: the sender learns of it.
      if (toProcess === from.channels[to.id]) this.#breakChannel(from, to.id);
      return;
    }
    to.awake(() => {
      const known = to.channels[from.id];
      if (fromProcess !== from.process) return;
      if (known !== fromProcess) {
        to.channels[from.id] = fromProcess;
        if (known !== 0) to.peerLost(from.id);
      }
      to.receive(from.id, message);
    });
  }

  #breakChannel(member: Endpoint, other: MemberId): void {
    const known = member.channels[other];
    if (!member.running || known === 0) return;
    const delay = this.#delay();
    this.#toldThrough = Math.max(this.#toldThrough, this.#scheduler.now + delay);
    this.#scheduler.after(delay, () => {
      member.awake(() => {
        if (member.channels[other] !== known) return;
        member.channels[other] = 0;
        member.peerLost(other);
      });
    });
  }
}
