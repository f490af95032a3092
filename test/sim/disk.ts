/**
 * A disk: what was asked of it becomes durable in order, after a while, several things by one sync.
 * A crash loses what was not synced, from some byte on: what is torn there is found by its checksum
 * and taken for not written, all of it, for what goes to the disk together is there or not. It
 * keeps what a member keeps: hard state, log, and tables that the log is folded into and trimmed
 * behind.
 */
import type { Entry, HardState, LogIndex, LogPosition, Persist } from '../../raftlog/types.ts';
import { ChainedLog, NOTHING, type Snapshot } from './chained-log.ts';
import type { Random } from './random.ts';
import type { Swarm } from './swarm.ts';

export interface DiskUser {
  readonly id: number;
  after(delay: number, action: () => void): void;
  /** This becomes durable now; the disk still shows what it held before. */
  writing(persist: Persist): void;
  persisted(ticket: number): void;
  /** The process must stop: it does not know what is on the disk. */
  syncFailed(why: string): void;
}

export interface Recovered {
  readonly hardState: HardState;
  readonly tables: Snapshot;
  readonly entries: readonly Entry[];
}

/** What a hard state and an entry take beside the payload, bytes, about. */
const HARD_STATE_BYTES = 24;
const ENTRY_BYTES = 40;

/** A full disk has room for so much, and no writes are taken with less than the reserve, bytes. */
const FULL_BYTES = 4000;
const RESERVE_BYTES = 1500;

const BLANK: HardState = { epoch: 0, votedFor: 0 };

export class SimDisk {
  hardState: HardState = BLANK;
  /** Whom it ever voted for, by epoch, as far as the disk knows. */
  votes = new Map<number, number>();
  /** All that was ever synced and not replaced, also what is trimmed. */
  log = new ChainedLog();
  tables: Snapshot = NOTHING;
  /** The oldest entry that was not trimmed. */
  firstIndex: LogIndex = 1;
  /** The log is kept from here on. */
  #pinned = Number.POSITIVE_INFINITY;
  #waiting: Persist[] = [];
  #syncing: Persist[] = [];
  #folding = false;
  readonly #swarm: Swarm['disk'];
  readonly #random: Random;
  #user: DiskUser | undefined;
  /** Grows with every start of a process: what a former one began is nobody's business. */
  #process = 0;
  /** No trouble any more: quick, and never failing. */
  calm = false;
  /** Bytes that find room. */
  room = Number.POSITIVE_INFINITY;

  constructor(swarm: Swarm['disk'], random: Random) {
    this.#swarm = swarm;
    this.#random = random;
  }

  get idle(): boolean {
    return this.#waiting.length + this.#syncing.length === 0;
  }

  /** Whether nothing more should be asked of it than what is under way. */
  get full(): boolean {
    return this.room < RESERVE_BYTES;
  }

  fill(): void {
    this.room = this.#random.between(0, FULL_BYTES);
  }

  recover(user: DiskUser): Recovered {
    this.#user = user;
    this.#process += 1;
    this.#folding = false;
    this.#pinned = Number.POSITIVE_INFINITY;
    const entries = this.log.slice(this.tables.position.index + 1, this.log.lastIndex);
    return { hardState: this.hardState, tables: this.tables, entries };
  }

  latency(): number {
    const { minLatency, meanLatency } = this.#swarm;
    return minLatency + (this.calm ? 1 : this.#random.exponential(meanLatency));
  }

  append(persist: Persist): void {
    this.#waiting.push(persist);
    if (this.#syncing.length === 0) this.#sync();
  }

  #after(delay: number, action: () => void): void {
    const process = this.#process;
    this.#user?.after(delay, () => {
      if (process === this.#process) action();
    });
  }

  #sync(): void {
    this.#syncing = this.#waiting;
    this.#waiting = [];
    this.#after(this.latency(), () => {
      if (!this.calm && this.#random.chance(this.#swarm.failureRate)) {
        this.#user?.syncFailed('a sync has failed');
        return;
      }
      const bytes = this.#syncing.reduce((sum, persist) => sum + bytesOf(persist), 0);
      if (bytes > this.room) {
        this.#user?.syncFailed('the disk is full');
        return;
      }
      this.room -= bytes;
      const done = this.#syncing;
      this.#syncing = [];
      for (const persist of done) this.#write(persist);
      if (this.#waiting.length > 0) this.#sync();
      for (const persist of done) this.#user?.persisted(persist.ticket);
    });
  }

  #write(persist: Persist): void {
    this.#user?.writing(persist);
    const { hardState, entries } = persist;
    if (hardState !== undefined) {
      this.hardState = hardState;
      this.votes.set(hardState.epoch, hardState.votedFor);
    }
    for (const entry of entries) this.log.append(entry);
  }

  /** The process ends: what was not synced may be lost, from some byte on. */
  crash(): void {
    const unsynced = [...this.#syncing, ...this.#waiting];
    this.#syncing = [];
    this.#waiting = [];
    const bytes = unsynced.reduce((sum, persist) => sum + bytesOf(persist), 0);
    const { losesUnsynced } = this.#swarm;
    let left = Math.min(this.room, losesUnsynced ? this.#random.between(0, bytes) : bytes);
    for (const persist of unsynced) {
      left -= bytesOf(persist);
      if (left < 0) break;
      this.#write(persist);
    }
    this.#user = undefined;
    this.#process += 1;
  }

  /** A new disk in the place of the old one. */
  lose(): void {
    this.hardState = BLANK;
    this.votes = new Map();
    this.log = new ChainedLog();
    this.tables = NOTHING;
    this.firstIndex = 1;
  }

  /** Some of the log, and what was said with it, cannot be read any more; that much is noticed. */
  damage(): void {
    const from = this.#random.between(this.tables.position.index + 1, this.log.lastIndex + 1);
    if (from <= this.log.lastIndex) this.log.truncateFrom(from);
    const epoch = Math.max(this.log.last.epoch, this.hardState.epoch - this.#random.below(2));
    const votedFor = epoch === this.hardState.epoch ? this.hardState.votedFor : 0;
    this.hardState = { epoch, votedFor, suspect: true };
    this.votes = new Map([[epoch, votedFor]]);
  }

  /** How far the process has applied: now and then that is folded into the tables. */
  applied(applied: Snapshot): void {
    const { foldEvery } = this.#swarm;
    if (this.#folding || applied.position.index - this.tables.position.index < foldEvery) return;
    this.#folding = true;
    this.#after(this.latency(), () => {
      this.#folding = false;
      this.fold(applied);
    });
  }

  fold(applied: Snapshot): void {
    if (applied.position.index <= this.tables.position.index) return;
    this.tables = applied;
    this.#trim();
  }

  #trim(): void {
    const kept = this.tables.position.index - this.#swarm.keptEntries;
    this.firstIndex = Math.max(this.firstIndex, Math.min(kept, this.#pinned - 1) + 1);
  }

  /** Keeps the log from `from` on for whoever fetches a snapshot, until it had the time for it. */
  pin(from: LogIndex, forMs: number): void {
    const pinned = Math.min(this.#pinned, from);
    this.#pinned = pinned;
    this.#after(forMs, () => {
      if (this.#pinned === pinned) this.#pinned = Number.POSITIVE_INFINITY;
    });
  }

  readLog(
    from: LogIndex,
    bytes: number,
  ): { readonly previous: LogPosition; readonly entries: readonly Entry[] } | undefined {
    if (from < this.firstIndex || from > this.log.lastIndex + 1) return undefined;
    const previous = this.log.positionAt(from - 1);
    if (previous === undefined) return undefined;
    let through = from - 1;
    for (let used = 0; through < this.log.lastIndex && used <= bytes; through += 1) {
      used += this.log.at(through + 1)?.payload.length ?? 0;
    }
    const entries = this.log.slice(from, through);
    const { index, epoch, zxid } = previous;
    return { previous: { index, epoch, zxid }, entries };
  }

  /** Log and tables are a snapshot from now on, durably and in one piece. */
  install(snapshot: Snapshot): void {
    this.tables = snapshot;
    this.log.restore(snapshot);
    this.firstIndex = snapshot.position.index + 1;
  }
}

function bytesOf({ hardState, entries }: Persist): number {
  let bytes = hardState === undefined ? 0 : HARD_STATE_BYTES;
  for (const { payload } of entries) bytes += ENTRY_BYTES + payload.length;
  return bytes;
}
