/**
 * A member: the coordinator of production with everything behind it, in a process that may be
 * killed, sleep, and lose what its disk has. Only its time, its disk and its streams are made up.
 */
import type { LogIndex, MemberId, Members } from '../../../raftlog/types.ts';
import type {
  CoordinatorTransport,
  MemberCoordinatorOptions,
} from '../../../server/coordinator-options.ts';
import { DEFAULT_LIMITS } from '../../../server/limits.ts';
import type { PeerHandler } from '../../../server/peers/types.ts';
import { recoverOrSetAside } from '../../../server/recover.ts';
import { PeerSnapshots } from '../../../server/snapshots.ts';
import {
  type MemoryDisk,
  type MemoryStorage,
  openMemoryStorage,
} from '../../../storage/memory-storage.ts';
import type { ReplicatedState } from '../../../storage/tree/state.ts';
import type { AppendBatch, AppliedMark, SnapshotSource } from '../../../storage/types.ts';
import type { Victim } from '../faults.ts';
import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import { type ClockOwner, SimClock } from './clock.ts';
import { MemberDisk } from './disk.ts';
import { ObservedCoordinator } from './observed.ts';
import type { Rules } from './rules.ts';
import { fetchSnapshot, type SnapshotGiver, type SnapshotTaker } from './snapshot-channel.ts';
import { SimStorage, type StorageOwner } from './storage.ts';
import type { Lane, Streams } from './streams.ts';
import type { MembersSwarm } from './swarm.ts';

/** What all members share. */
export interface MembersWorld {
  readonly swarm: MembersSwarm;
  readonly scheduler: Scheduler;
  readonly network: Streams;
  readonly trace: Trace;
  readonly random: Random;
  readonly rules: Rules;
  member(id: MemberId): SimMember | undefined;
  /** Promises may have settled in this step: what waits for them has its turn before the next. */
  settling(): void;
  /** Something failed where nobody could hear of it. */
  failed(error: unknown): void;
}

/** The longest that a busy turn takes, ms. */
const BUSY_MS = 3;
/** Until a process that has ended by itself is started again, ms. */
const SUPERVISED_MS = 500;

export class SimMember implements Victim, ClockOwner, StorageOwner, SnapshotGiver, SnapshotTaker {
  readonly id: MemberId;
  readonly disk: MemberDisk;
  readonly shelf = new Map<MemberId, SnapshotSource>();
  /** Who hears of the end of this process. */
  readonly mourners = new Set<() => void>();
  readonly #world: MembersWorld;
  readonly #random: Random;
  readonly #rate: number;
  readonly #skew: number;
  readonly #limits: MemberCoordinatorOptions['limits'];
  running = false;
  paused = false;
  #sleptAt = 0;
  #wokeAt = Number.NEGATIVE_INFINITY;
  process = 0;
  handler: PeerHandler | undefined;
  coordinator: ObservedCoordinator | undefined;
  state: ReplicatedState | undefined;
  #storage: MemoryStorage | undefined;
  #calm = false;
  /** What has waited for the end of a pause and has not had its turn yet: nothing overtakes it. */
  #waking = 0;
  readonly #atTheDoor: { readonly kind: string; readonly action: () => void }[] = [];

  constructor(id: MemberId, world: MembersWorld) {
    this.id = id;
    this.#world = world;
    this.#random = world.random.fork(`member ${id}`);
    const { drift, skew, historyBytes, disk, limits, keyLifeMs } = world.swarm;
    this.#rate = 1 + this.#random.within(-drift, drift);
    this.#skew = this.#random.within(-skew, skew);
    const forgets = (memory: MemoryDisk) => world.rules.suspicion.forgets(id, memory);
    this.disk = new MemberDisk(disk, this.#random.fork('disk'), forgets);
    const { historyEntries } = disk;
    this.#limits = { ...DEFAULT_LIMITS, historyBytes, historyEntries, keyLifeMs, ...limits };
  }

  get now(): number {
    return this.#world.scheduler.now;
  }

  get leading(): boolean {
    return this.running && this.coordinator?.status().role === 'leading';
  }

  get ready(): boolean {
    return this.running && this.coordinator?.status().ready === true;
  }

  /** The earliest that what goes to the disk now can have been judged, in the turn before. */
  get judgedFrom(): number {
    const from = this.now - BUSY_MS;
    return from <= this.#wokeAt ? Math.min(from, this.#sleptAt) : from;
  }

  get durableIndex(): LogIndex {
    return this.disk.lastIndex;
  }

  get configurations(): readonly Members[] {
    return [this.#world.swarm.members];
  }

  get trustworthy(): boolean {
    return this.disk.isTrustworthy(this.running);
  }

  // ------------------------------------------------------------------------- life of a process

  start(): void {
    if (this.running) return;
    this.process += 1;
    this.running = true;
    this.paused = false;
    this.#atTheDoor.length = 0;
    this.#waking = 0;
    this.shelf.clear();
    this.#world.trace.say(this.id, 'starts');
    const { process } = this;
    this.#start().catch((error: unknown) => {
      if (process === this.process && this.running) this.#world.failed(error);
    });
    this.#world.settling();
  }

  async #start(): Promise<void> {
    const { process } = this;
    const { disk, members, core } = this.#world.swarm;
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const open = (setAside: 'when-damaged' | 'always') => {
      this.#storage = openMemoryStorage({
        ...{ disk: this.disk.memory, setAside, foldEntries: disk.foldEntries },
        ...{ historyEntries: disk.historyEntries, snapshotChunkBytes: disk.chunkBytes },
        defer: (done) => this.#syncing(done),
        onFatal: (error) => this.#fails(error.message),
      });
      return new SimStorage(this.#storage, this);
    };
    const { storage, state, recovered } = await recoverOrSetAside(open, silent);
    if (process !== this.process || !this.running) return;
    const { rules, network } = this.#world;
    this.state = state;
    rules.recovered(this, recovered, state);
    const fetch = new PeerSnapshots(
      storage,
      (from, options) => fetchSnapshot(network, this, this.#world.member(from), options),
      silent,
    );
    let handler: PeerHandler | undefined;
    this.coordinator = new ObservedCoordinator(
      {
        ...{ id: this.id, members, storage, state, recovered, limits: this.#limits },
        clock: new SimClock(this, this.#rate, this.#skew),
        version: 'simulated',
        keptBytes: core.keptBytes,
        founding: `by ${this.id} in ${process}`,
        random: () => this.#random.next(),
        transport: (desk) => {
          handler = desk;
          return this.#transport();
        },
        snapshots: fetch,
        logger: { ...silent, info: (facts) => this.#tells(facts) },
      },
      this,
      rules,
    );
    this.handler = handler;
    void this.coordinator.start();
  }

  #tells(facts: object): void {
    this.#world.trace.later(this.id, () => JSON.stringify(facts));
  }

  #transport(): CoordinatorTransport {
    const { network, trace, rules } = this.#world;
    const { process } = this;
    const { memory } = this.disk;
    const send = (to: MemberId, lane: Lane, deliver: (handler: PeerHandler) => void) =>
      process === this.process && this.running && network.send(this, to, lane, deliver);
    const { id } = this;
    return {
      send(to, message) {
        trace.add(id, { kind: 'sends', to, message });
        rules.suspicion.sent(id, message, memory);
        const lane = message.kind === 'append' ? 'append' : 'message';
        send(to, lane, (handler) => handler.message(id, message));
      },
      flush: () => undefined,
      setEnsemble: (ensemble) => rules.founded(id, ensemble),
      status: () => [],
      forward: (to, payload) => {
        trace.later(id, () => `  -> ${to} forwards ${String(payload)}`);
        return send(to, 'forward', (handler) => {
          rules.heard({ id: to }, String(payload));
          handler.forwarded(id, payload);
        });
      },
      forwardReply: (to, payload) => {
        trace.later(id, () => `  -> ${to} replies ${String(payload)}`);
        return send(to, 'reply', (handler) => handler.forwardReplied(id, payload));
      },
    };
  }

  #syncing(done: () => void): void {
    this.later('io', this.disk.syncMs(), () => {
      this.disk.syncEnds();
      // Also an install may have waited for this: it goes on before anything else happens.
      this.#world.settling();
      done();
    });
  }

  crash(why: string): void {
    if (!this.running) return;
    this.#world.trace.say(this.id, `dies: ${why}`);
    this.running = false;
    this.handler = undefined;
    this.coordinator = undefined;
    this.state = undefined;
    this.#storage?.crash(this.disk.keeps(this.#storage.unsyncedBytes));
    this.disk.letGo();
    this.#world.network.died(this);
    for (const hear of this.mourners) hear();
    this.mourners.clear();
    this.#world.settling();
  }

  /** It has ended by itself: whoever looks after it starts it again after a while. */
  #fails(why: string): void {
    this.crash(why);
    const { process } = this;
    this.#world.scheduler.after(this.#random.exponential(SUPERVISED_MS), () => {
      if (process === this.process && !this.#calm) this.start();
    });
  }

  pause(ms: number): void {
    if (this.paused || !this.running) return;
    this.#world.trace.say(this.id, `sleeps for ${ms.toFixed(0)} ms`);
    this.paused = true;
    this.#sleptAt = this.judgedFrom;
    const { process } = this;
    this.#world.scheduler.after(ms, () => {
      if (process === this.process) this.wake();
    });
  }

  /**
   * Goes on: timers that are late first, then what has come in meanwhile; from clients first, if at
   * all, for nobody says in which order sockets are read.
   */
  wake(): void {
    if (!this.paused) return;
    this.paused = false;
    this.#wokeAt = this.now;
    this.#world.rules.absent(this);
    const waiting = this.#atTheDoor.splice(0);
    for (const kind of ['timer', 'client', 'io', 'soon']) {
      for (const one of waiting) if (one.kind === kind) this.#wakes(kind, one.action);
    }
  }

  #wakes(kind: string, action: () => void): void {
    this.#waking += 1;
    this.#later(kind, 0, () => {
      this.#waking -= 1;
      action();
    });
  }

  rot(): void {
    this.#world.trace.say(this.id, 'has a disk that rots');
    this.disk.rot();
  }

  fillDisk(): void {
    this.#world.trace.say(this.id, `has room for ${this.disk.fill()} bytes`);
  }

  makeRoom(): void {
    this.disk.makeRoom();
  }

  loseDisk(): void {
    this.#world.trace.say(this.id, 'loses its disk');
    this.disk.lose();
  }

  damageDisk(): void {
    this.#world.trace.say(this.id, 'finds its disk damaged');
    this.disk.damage();
  }

  calmDown(): void {
    this.#calm = true;
    this.disk.calmDown();
  }

  /** Gives the leadership away. */
  handOver(): void {
    if (!this.running || this.paused) return;
    this.#world.trace.say(this.id, 'is asked to hand over');
    this.coordinator?.handOver();
  }

  // ------------------------------------------------------------------------------------- time

  later(kind: 'timer' | 'soon' | 'io', delay: number, action: () => void): void {
    if (kind === 'soon') {
      // Promises of the product wait for such turns.
      this.#later(kind, delay, () => {
        this.#world.settling();
        action();
      });
    } else this.#later(kind, delay, action);
  }

  #later(kind: string, delay: number, action: () => void): void {
    const { process } = this;
    this.#world.scheduler.after(delay, () => {
      if (process !== this.process || !this.running) return;
      if (this.paused) this.#atTheDoor.push({ kind, action });
      else action();
    });
  }

  turnMs(): number {
    const busy = !this.#calm && this.#random.chance(this.#world.swarm.busyRate);
    return busy ? this.#random.within(0, BUSY_MS) : 0;
  }

  arrives(action: () => void, from: 'members' | 'clients' = 'members'): void {
    if (!this.running) return;
    const isFirst = from === 'clients' && this.#world.swarm.clients.forgets;
    if (this.paused) this.#atTheDoor.push({ kind: isFirst ? 'client' : 'io', action });
    else if (this.#waking > 0) this.#wakes('io', action);
    else action();
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.later('io', ms, () => {
        this.#world.settling();
        resolve();
      });
    });
  }

  // ------------------------------------------------------------------------------------- disk

  async reading<T>(work: () => Promise<T>): Promise<T> {
    this.#world.settling();
    await this.sleep(this.disk.readMs());
    if (this.disk.readsDamage()) this.#fails('it reads what is damaged');
    return await this.whileAlive(work());
  }

  whileAlive<T>(promise: Promise<T>): Promise<T> {
    const { process } = this;
    const isAlive = () => this.running && process === this.process;
    this.#world.settling();
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (isAlive()) resolve(value);
        },
        (error: unknown) => {
          if (isAlive()) reject(error);
        },
      );
    });
  }

  isTooDear(): boolean {
    return this.disk.isTooDear();
  }

  appending(batch: AppendBatch): void {
    this.#world.rules.appending(this, batch);
  }

  durable(batch: AppendBatch): void {
    this.#world.rules.durable(this, batch);
  }

  installed(mark: AppliedMark): void {
    this.#world.rules.installed(this, mark);
  }
}
