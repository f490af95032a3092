/**
 * A member: the core of production with the least around it that keeps the contract of its inputs
 * and outputs. What must be durable goes to the disk in the order of the tickets, messages go at
 * once, what is committed is applied, reads are answered when everything before them is applied,
 * snapshots are fetched from the leader and installed before anything else goes on.
 */
import type { Message } from '../../raftlog/messages.ts';
import { RaftLog } from '../../raftlog/raftlog.ts';
import type {
  ConfirmedRead,
  Entry,
  Input,
  LogIndex,
  LogRead,
  MemberId,
  Members,
  Persist,
  ReadId,
} from '../../raftlog/types.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { ChainedLog, hashAfter, NOTHING, type Snapshot } from './chained-log.ts';
import type { Checker } from './checker.ts';
import { SimDisk } from './disk.ts';
import type { Victim } from './faults.ts';
import type { Endpoint, Network } from './network.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { SnapshotFetch } from './snapshot-fetch.ts';
import { type Swarm, TICK_MS } from './swarm.ts';
import { stateText, type Trace } from './trace.ts';
import { electionKey, type MemberView, NOTHING_SEEN, type Op } from './view.ts';

/** What all members share. */
export interface World {
  readonly swarm: Swarm;
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly checker: Checker;
  readonly trace: Trace;
  readonly random: Random;
  member(id: MemberId): Member | undefined;
}

/** Bytes of a page that is read for a member that is behind, unless appends are smaller. */
const LOG_READ_BYTES = 100_000;
/** What nobody but a leader says. */
const LEADERS_WORDS = new Set<Message['kind']>([
  ...(['append', 'heartbeat', 'snapshotNeeded', 'handOver'] as const),
]);
/** Writes that may be under way: what comes on top of that is refused. */
const BACKLOG = 300;
/** Until a process that has ended by itself is started again, ms. */
const SUPERVISED_MS = 300;
/** How often a page of a damaged disk is one that is damaged. */
const ROTTEN_PAGES = 0.3;
/** The longest that a process is busy before it works off what came in, ms. */
const BUSY_MS = 2;

export class Member implements MemberView, Endpoint, Victim {
  readonly id: MemberId;
  readonly disk: SimDisk;
  readonly channels: number[] = new Array(256).fill(0);
  readonly seen: MemberView['seen'] = { ...NOTHING_SEEN };
  core: RaftLog;
  log = new ChainedLog();
  applied: Snapshot = NOTHING;
  loss: MemberView['loss'];
  running = false;
  process = 0;
  ticks = 0;
  readonly heardAt: number[] = new Array(256).fill(0);
  leadsSince = 0;
  #heardLeaderAt = 0;
  readonly mayPromise = new Set<number>();
  readonly #world: World;
  readonly #random: Random;
  readonly #clockRate: number;
  #paused = false;
  /** Its disk is damaged, and nobody knows. */
  #rots = false;
  readonly #atTheDoor: (() => void)[] = [];
  #pumpPlanned = false;
  #fetch: SnapshotFetch;
  /** Writes that wait to be applied here, by index. */
  #waiting = new Map<LogIndex, { readonly op: Op; readonly zxid: Zxid }>();
  #confirmed: ConfirmedRead[] = [];

  constructor(id: MemberId, world: World) {
    this.id = id;
    this.#world = world;
    this.#random = world.random.fork(`member ${id}`);
    const { drift } = world.swarm;
    this.#clockRate = 1 + this.#random.within(-drift, drift);
    this.disk = new SimDisk(world.swarm.disk, world.random.fork(`disk ${id}`));
    this.core = this.#newCore();
    this.#fetch = new SnapshotFetch(this, world);
  }

  get state(): string {
    return stateText(this.core);
  }

  get leading(): boolean {
    return this.core.role === 'leading';
  }

  get durableIndex(): LogIndex {
    return this.disk.log.lastIndex;
  }

  get configurations(): readonly Members[] {
    const { members } = this.#world.swarm;
    const versions = [this.log.version, this.disk.log.version];
    return [this.core.members, ...versions.map((version) => version?.members ?? members)];
  }

  calmDown(): void {
    this.disk.calm = true;
    this.#rots = false;
    this.makeRoom();
  }

  /** Whether it takes writes: it leads, and has applied all of former epochs. */
  get ready(): boolean {
    const { core, applied } = this;
    return this.running && core.mayPropose && applied.position.epoch === core.epoch;
  }

  /** Whether it has nothing to regain, also after a restart: a blank disk may have been another. */
  get trustworthy(): boolean {
    const { hardState, log } = this.disk;
    const blank = hardState.epoch === 0 && log.lastIndex === 0;
    const forgets = this.loss !== undefined || this.#rots;
    return !forgets && !this.core.suspect && hardState.suspect !== true && !blank;
  }

  #newCore(): RaftLog {
    const { swarm } = this.#world;
    const random = this.#random.fork(`process ${this.process}`);
    const { id } = this;
    return new RaftLog({ id, members: swarm.members, random: () => random.next(), ...swarm.core });
  }

  // ------------------------------------------------------------------------- life of a process

  start(): void {
    if (this.running) return;
    this.process += 1;
    this.running = true;
    this.#paused = false;
    this.#atTheDoor.length = 0;
    this.channels.fill(0);
    this.heardAt.fill(0);
    this.ticks = 0;
    this.mayPromise.clear();
    const { hardState, tables, entries } = this.disk.recover(this);
    this.log = this.disk.log.copy();
    this.applied = tables;
    this.core = this.#newCore();
    this.#fetch = new SnapshotFetch(this, this.#world);
    this.#waiting = new Map();
    this.#confirmed = [];
    this.#pumpPlanned = false;
    Object.assign(this.seen, NOTHING_SEEN, { epoch: hardState.epoch });
    const members = tables.version?.members;
    const appliedThrough = tables.position;
    const base = { kind: 'start', hardState, appliedThrough, entries } as const;
    this.#world.checker.snapshots.check(this, tables);
    this.step(members === undefined ? base : { ...base, members });
    this.#world.checker.snapshots.loaded(this);
    this.#tick();
  }

  crash(why: string): void {
    if (!this.running) return;
    this.#world.trace.say(this.id, `crashes: ${why}`);
    this.running = false;
    for (const { op } of this.#waiting.values()) op.state = 'unknown';
    this.disk.crash();
    this.#world.network.died(this);
    if (this.#rots) this.damageDisk();
  }

  /** Stops the process for a while; what comes in meanwhile waits at its door. */
  pause(ms: number): void {
    if (this.#paused) return;
    this.#world.trace.say(this.id, `sleeps for ${ms.toFixed(0)} ms`);
    this.#paused = true;
    const { process } = this;
    this.#world.scheduler.after(ms, () => {
      if (process === this.process) this.wake();
    });
  }

  wake(): void {
    this.#paused = false;
    const { process } = this;
    for (const action of this.#atTheDoor.splice(0)) {
      if (this.running && process === this.process) action();
    }
  }

  loseDisk(): void {
    this.#rots = false;
    this.#world.trace.say(this.id, 'loses its disk');
    this.#forgets(this.disk.log);
    this.disk.lose();
  }

  /** To be found out when it is read. */
  rot(): void {
    if (!this.running) return;
    this.#world.trace.say(this.id, 'has a disk that rots');
    this.#rots = true;
  }

  fillDisk(): void {
    this.disk.fill();
    this.#world.trace.say(this.id, `has room for ${this.disk.room} bytes`);
  }

  makeRoom(): void {
    this.disk.room = Number.POSITIVE_INFINITY;
  }

  damageDisk(): void {
    this.#rots = false;
    this.#forgets(this.disk.log.copy());
    this.disk.damage();
    this.#world.trace.say(this.id, `its disk is damaged behind ${this.disk.log.lastIndex}`);
  }

  #forgets(had: ChainedLog): void {
    const { ghost } = this.#world.checker;
    const { committed } = ghost;
    ghost.forgets(this.id);
    let owes = Math.min(had.lastIndex, committed.lastIndex);
    while (owes > 0 && had.hashAt(owes) !== committed.hashAt(owes)) owes -= 1;
    this.loss ??= { had, owes };
  }

  /** Later, if this process still lives then; when it is paused, after that. */
  after(delay: number, action: () => void): void {
    const { process } = this;
    this.#world.scheduler.after(delay, () => {
      if (process === this.process) this.awake(action);
    });
  }

  awake(action: () => void): void {
    if (!this.running) return;
    if (this.#paused) this.#atTheDoor.push(action);
    else action();
  }

  #tick(): void {
    this.after(TICK_MS * this.#clockRate, () => {
      this.ticks += 1;
      this.step({ kind: 'tick' });
      this.#world.checker.elections.ticked(this);
      this.#tick();
    });
  }

  // ------------------------------------------------------------------------------ what comes in

  step(input: Input): void {
    const { trace, checker } = this.#world;
    this.core.step(input);
    const { role, epoch, committedIndex, lastIndex } = this.core;
    trace.mark(this.id + role.length * 8 + committedIndex * 64 + lastIndex * 4096);
    trace.mark(epoch + this.#world.scheduler.now);
    trace.add(this.id, input, this.core);
    checker.stepped(this);
    this.#planPump();
  }

  receive(from: MemberId, message: Message): void {
    if (this.#fetch.holds(() => this.receive(from, message))) return;
    this.heardAt[from] = this.ticks;
    if (message.kind === 'preVote') this.#asked(from, message.epoch);
    this.step({ kind: 'message', from, message });
    const { leader, epoch } = this.core;
    if (leader !== from || message.epoch !== epoch) return;
    if (LEADERS_WORDS.has(message.kind)) this.#heardLeaderAt = this.ticks;
  }

  #asked(candidate: MemberId, epoch: number): void {
    const { role, leader } = this.core;
    const silent = this.ticks - this.#heardLeaderAt >= this.#world.swarm.core.electionTicks;
    const hears = role === 'leading' || (leader !== 0 && !silent);
    if (!hears || leader === candidate) this.mayPromise.add(electionKey(epoch, candidate));
  }

  peerLost(member: MemberId): void {
    if (this.#fetch.holds(() => this.peerLost(member))) return;
    this.step({ kind: 'peerLost', member });
  }

  writing(persist: Persist): void {
    this.#world.checker.elections.writing(this, persist);
  }

  persisted(ticket: number): void {
    this.step({ kind: 'persisted', ticket });
  }

  syncFailed(why: string): void {
    this.crash(why);
    this.#supervised();
  }

  /** Whoever looks after the process starts it again after a while. */
  #supervised(): void {
    const { process } = this;
    this.#world.scheduler.after(this.#random.exponential(SUPERVISED_MS), () => {
      if (process === this.process && !this.disk.calm) this.start();
    });
  }

  /** A write of a client; false when this member takes none now. */
  propose(ops: readonly Op[], payloads: readonly string[]): boolean {
    const { lastIndex, committedIndex } = this.core;
    if (!this.ready || lastIndex - committedIndex > BACKLOG || this.disk.full) return false;
    this.#world.checker.logs.proposing(this);
    const first = this.core.nextZxid();
    for (const [at, op] of ops.entries()) {
      const zxid = (first + at) as Zxid;
      op.zxid = zxid;
      op.state = 'proposed';
      this.#waiting.set(this.core.lastIndex + 1 + at, { op, zxid });
    }
    this.step({ kind: 'propose', payloads });
    return true;
  }

  read(id: ReadId): boolean {
    if (!this.running || this.core.role !== 'leading') return false;
    this.#world.checker.promises.readAsked(id);
    this.step({ kind: 'read', id });
    return true;
  }

  changeMembers(members: Members): boolean {
    if (!this.running || this.core.membersRefusal(members) !== undefined) return false;
    this.pump();
    if (this.core.membersRefusal(members) !== undefined) return false;
    this.#world.checker.membership.changing(this);
    this.step({ kind: 'changeMembers', members });
    this.pump();
    return true;
  }

  transfer(to: MemberId): void {
    if (this.running && this.core.role === 'leading') this.step({ kind: 'transfer', to });
  }

  // ------------------------------------------------------------------------------- what goes out

  /** What comes in while the process is busy is worked off together. */
  #planPump(): void {
    if (this.#pumpPlanned) return;
    if (!this.#random.chance(this.#world.swarm.batchRate)) {
      this.pump();
      return;
    }
    this.#pumpPlanned = true;
    this.after(this.#random.next() * BUSY_MS, () => this.pump());
  }

  pump(): void {
    this.#pumpPlanned = false;
    const { checker, network, trace } = this.#world;
    const ready = this.core.ready();
    checker.handedOut(this, ready);
    // `ready` may have changed the role.
    checker.stepped(this);
    if (ready.persist !== undefined) {
      trace.add(this.id, { kind: 'persists', persist: ready.persist });
      if (ready.persist.entries.length > 0) this.#fetch.mayNotAppend();
      this.disk.append(ready.persist);
    }
    for (const outgoing of ready.messages) {
      checker.sent(this, outgoing);
      const { to, message } = outgoing;
      trace.add(this.id, { kind: 'sends', to, message });
      network.send(this, to, message);
    }
    for (const logRead of ready.logReads) this.#readLog(logRead);
    if (ready.snapshotFrom !== undefined) this.#fetch.begin(ready.snapshotFrom);
    this.#apply(ready.committed);
    this.#release(ready.reads, ready.lostReads);
  }

  #readLog({ to, from }: LogRead): void {
    this.after(this.disk.latency(), () => {
      if (this.#rots && this.#random.chance(ROTTEN_PAGES)) {
        this.crash('it reads what is damaged');
        this.#supervised();
        return;
      }
      const bytes = this.#world.swarm.core.appendBytes ?? LOG_READ_BYTES;
      this.step({ kind: 'logRead', to, from, read: this.disk.readLog(from, bytes) });
    });
  }

  #apply(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    const { checker } = this.#world;
    for (const entry of entries) {
      const hash = hashAfter(this.applied.hash, entry);
      checker.applied(this, entry, hash);
      const { index, epoch, zxid } = entry;
      const version = entry.type === 'members' ? this.log.versionAt(index) : this.applied.version;
      this.applied = { position: { index, epoch, zxid }, hash, version };
      const waiting = this.#waiting.get(index);
      if (waiting === undefined) continue;
      this.#waiting.delete(index);
      if (waiting.zxid === zxid) checker.promises.acknowledged(waiting.op, zxid);
      else checker.promises.failed(waiting.op);
    }
    this.disk.applied(this.applied);
  }

  #release(reads: readonly ConfirmedRead[], lost: readonly ReadId[]): void {
    const { promises } = this.#world.checker;
    for (const id of lost) promises.readLost(id);
    if (reads.length > 0) this.#confirmed.push(...reads);
    while (this.#confirmed.length > 0) {
      const read = this.#confirmed[0];
      if (read === undefined || read.index > this.applied.position.index) return;
      this.#confirmed.shift();
      promises.readConfirmed(this, read);
    }
  }

  /** The snapshot is in force on the disk. */
  restored(snapshot: Snapshot): void {
    const { position, version } = snapshot;
    this.log.restore(snapshot);
    this.applied = snapshot;
    for (const [index, { op }] of this.#waiting) {
      if (index > position.index) continue;
      op.state = 'unknown';
      this.#waiting.delete(index);
    }
    const members = version?.members ?? this.#world.swarm.members;
    this.step({ kind: 'restored', position, members });
  }
}
