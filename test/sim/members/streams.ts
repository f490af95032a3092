/**
 * The streams between members, as server/peers/types.ts promises them: one for each two processes;
 * `connected` and `lost` alternate; what is on its way when a stream breaks never arrives; appends,
 * other messages, forwarded requests and their answers each keep their order, and none among each
 * other. A network that is cut holds everything back, and a stream
 * that is silent for too long is given up.
 */
import type { MemberId } from '../../../raftlog/types.ts';
import type { PeerHandler } from '../../../server/peers/types.ts';
import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import type { MembersSwarm } from './swarm.ts';

/** One end of streams: a member that runs, or may. */
export interface StreamEnd {
  readonly id: MemberId;
  readonly running: boolean;
  readonly paused: boolean;
  /** Number of its process. */
  readonly process: number;
  /** Who hears what comes; undefined as long as nobody listens. */
  readonly handler: PeerHandler | undefined;
  /** Runs now or, when this process is paused, after that; never in another process. */
  arrives(action: () => void): void;
}

export type Lane = 'append' | 'message' | 'forward' | 'reply';
const LANES = ['append', 'message', 'forward', 'reply'] as const;

type Deliver = (handler: PeerHandler) => void;

interface Way {
  readonly queue: { readonly at: number; readonly deliver: Deliver }[];
  lastArrival: number;
}

export interface Link {
  cut: boolean;
  cloggedUntil: number;
}

/** As the limits of the real transport have it: four signs of life missed, ms. */
const SILENCE_MS = 2000;
const ROUND_MS = 50;
const CONNECT_CHANCE = 0.3;
const HELD_MS = 10;

class Stream {
  readonly ends: readonly [StreamEnd, StreamEnd];
  readonly processes: readonly [number, number];
  readonly up: [boolean, boolean] = [false, false];
  readonly ways = new Map<string, Way>();
  alive = true;
  silentSince: number | undefined;

  constructor(one: StreamEnd, other: StreamEnd) {
    this.ends = [one, other];
    this.processes = [one.process, other.process];
  }

  way(to: StreamEnd, lane: Lane): Way {
    const name = `${to.id} ${lane}`;
    let way = this.ways.get(name);
    if (way === undefined) {
      way = { queue: [], lastArrival: 0 };
      this.ways.set(name, way);
    }
    return way;
  }

  upAt(end: StreamEnd): boolean {
    return this.up[end === this.ends[0] ? 0 : 1];
  }
}

export class Streams {
  readonly #scheduler: Scheduler;
  readonly #config: MembersSwarm['network'];
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #ends: StreamEnd[] = [];
  readonly #links = new Map<number, Link>();
  /** The newest stream of each two, alive or not. */
  readonly #streams = new Map<number, Stream>();
  /** What each end takes for its stream to another: told of it, and not told that it is lost. */
  readonly #believed = new Map<number, Stream>();
  calm = false;

  constructor(scheduler: Scheduler, config: MembersSwarm['network'], random: Random, trace: Trace) {
    this.#scheduler = scheduler;
    this.#config = config;
    this.#random = random;
    this.#trace = trace;
  }

  add(end: StreamEnd): void {
    this.#ends.push(end);
  }

  start(): void {
    this.#scheduler.after(ROUND_MS, () => {
      for (const [at, one] of this.#ends.entries()) {
        for (const other of this.#ends.slice(at + 1)) this.#lookAt(one, other);
      }
      this.start();
    });
  }

  link(from: MemberId, to: MemberId): Link {
    const key = from * 256 + to;
    let link = this.#links.get(key);
    if (link === undefined) {
      link = { cut: false, cloggedUntil: 0 };
      this.#links.set(key, link);
    }
    return link;
  }

  /** Whether something that is sent now would arrive some time. */
  isOpen(from: MemberId, to: MemberId): boolean {
    const { cut, cloggedUntil } = this.link(from, to);
    return !cut && cloggedUntil <= this.#scheduler.now;
  }

  /** False: `from` has no stream to `to`, as far as it knows. */
  send(from: StreamEnd, to: MemberId, lane: Lane, deliver: Deliver): boolean {
    const stream = this.#believed.get(from.id * 256 + to);
    if (stream === undefined) return false;
    const [one, other] = stream.ends;
    const receiver = one.id === to ? one : other;
    // Broken, and this end has not heard of it.
    if (!stream.alive) return true;
    const way = stream.way(receiver, lane);
    const at = Math.max(this.#scheduler.now + this.delay(), way.lastArrival);
    way.lastArrival = at;
    way.queue.push({ at, deliver });
    if (way.queue.length === 1) this.#plan(stream, receiver, way, at);
    return true;
  }

  delay(): number {
    const { minDelay, meanDelay } = this.#config;
    if (this.calm) return 0.2 + this.#random.next();
    return minDelay + this.#random.exponential(meanDelay);
  }

  #plan(stream: Stream, to: StreamEnd, way: Way, at: number): void {
    const { now } = this.#scheduler;
    this.#scheduler.after(Math.max(0, at - now), () => this.#arrive(stream, to, way));
  }

  #arrive(stream: Stream, to: StreamEnd, way: Way): void {
    if (!stream.alive) return;
    const [one, other] = stream.ends;
    const from = to === one ? other : one;
    if (!this.isOpen(from.id, to.id) || !stream.upAt(to)) {
      this.#plan(stream, to, way, this.#scheduler.now + HELD_MS);
      return;
    }
    const first = way.queue.shift();
    const next = way.queue[0];
    if (next !== undefined) this.#plan(stream, to, way, next.at);
    if (first === undefined) return;
    to.arrives(() => {
      if (this.#believed.get(to.id * 256 + from.id) !== stream || to.handler === undefined) return;
      first.deliver(to.handler);
    });
  }

  // ----------------------------------------------------------------------------- their lives

  #lookAt(one: StreamEnd, other: StreamEnd): void {
    const stream = this.#streams.get(keyOf(one, other));
    const open = this.isOpen(one.id, other.id) && this.isOpen(other.id, one.id);
    // A new process takes the place of the one that the stream was to.
    if (stream !== undefined && !isCurrent(stream)) stream.alive = false;
    if (stream === undefined || !stream.alive) {
      const both = one.handler !== undefined && other.handler !== undefined;
      const able = both && open && one.running && other.running && !one.paused && !other.paused;
      if (able && this.#random.chance(CONNECT_CHANCE)) this.#connect(one, other);
      return;
    }
    if (open && !one.paused && !other.paused && one.running && other.running) {
      stream.silentSince = undefined;
      return;
    }
    const { now } = this.#scheduler;
    stream.silentSince ??= now;
    if (now - stream.silentSince >= SILENCE_MS) this.#breakStream(stream);
  }

  #connect(one: StreamEnd, other: StreamEnd): void {
    const stream = new Stream(one, other);
    this.#streams.set(keyOf(one, other), stream);
    for (const [at, end] of stream.ends.entries()) {
      const peer = at === 0 ? other : one;
      this.#scheduler.after(this.delay(), () => {
        if (!stream.alive || end.process !== stream.processes[at]) return;
        end.arrives(() => {
          if (!stream.alive) return;
          this.#tellLost(end, peer.id, this.#believed.get(end.id * 256 + peer.id));
          this.#believed.set(end.id * 256 + peer.id, stream);
          stream.up[at === 0 ? 0 : 1] = true;
          this.#trace.say(end.id, `is connected to ${peer.id}`);
          end.handler?.connected(peer.id);
        });
      });
    }
  }

  #tellLost(end: StreamEnd, peer: MemberId, stream: Stream | undefined): void {
    const key = end.id * 256 + peer;
    if (stream === undefined || this.#believed.get(key) !== stream) return;
    this.#believed.delete(key);
    this.#trace.say(end.id, `has lost its stream to ${peer}`);
    end.handler?.lost(peer);
  }

  #breakStream(stream: Stream): void {
    if (!stream.alive) return;
    stream.alive = false;
    const [one, other] = stream.ends;
    this.#tellLater(stream, one, other, this.delay());
    this.#tellLater(stream, other, one, this.delay());
  }

  #tellLater(stream: Stream, end: StreamEnd, peer: StreamEnd, delay: number): void {
    const { process } = end;
    this.#scheduler.after(delay, () => {
      stream.alive = false;
      if (process !== end.process || !end.running) return;
      end.arrives(() => this.#tellLost(end, peer.id, stream));
    });
  }

  /** The stream between two members breaks; what was under way is lost. */
  reset(one: StreamEnd, other: StreamEnd): void {
    const stream = this.#streams.get(keyOf(one, other));
    if (stream !== undefined) this.#breakStream(stream);
  }

  /**
   * A process is gone. What it had sent may still arrive; then, or when nobody has heard of it for
   * long, the other end is told.
   */
  died(end: StreamEnd): void {
    for (const other of this.#ends) {
      this.#believed.delete(end.id * 256 + other.id);
      const stream = this.#streams.get(keyOf(end, other));
      if (other === end || stream === undefined || !stream.alive) continue;
      if (!this.#config.resetOnDeath) continue;
      const arrivals = LANES.map((lane) => stream.way(other, lane).lastArrival);
      const last = Math.max(...arrivals, this.#scheduler.now) - this.#scheduler.now;
      if (this.#random.chance(0.5)) stream.alive = false;
      this.#tellLater(stream, other, end, last + this.delay());
    }
  }

  /** No trouble from now on; what is stuck somewhere is lost, and its stream with it. */
  heal(): void {
    this.calm = true;
    for (const link of this.#links.values()) {
      link.cut = false;
      link.cloggedUntil = 0;
    }
    for (const stream of this.#streams.values()) {
      if (stream.silentSince !== undefined) this.#breakStream(stream);
    }
  }
}

function keyOf(one: StreamEnd, other: StreamEnd): number {
  return Math.min(one.id, other.id) * 256 + Math.max(one.id, other.id);
}

function isCurrent({ ends, processes }: Stream): boolean {
  return ends.every(({ running, process }, at) => !running || process === processes[at]);
}
