/**
 * A member's disk: the in-memory twin's, and what goes wrong with it. Syncs take their time and
 * fail; a crash tears what is under way at some byte; it is full, it rots, it is lost. Whatever it
 * does not have any more was forgotten, and that is known here.
 */
import type { LogIndex } from '../../../raftlog/types.ts';
import { DISK_RESERVE_BYTES } from '../../../server/overload.ts';
import { MemoryDisk } from '../../../storage/memory-storage.ts';
import type { Random } from '../random.ts';
import type { MembersSwarm } from './swarm.ts';

/** What goes to the disk beside entries, at once, bytes, about. */
const CALL_BYTES = 24;
/** A full disk has room for at most so much, or for so much about what writes are refused with. */
const FULL_BYTES = 2000;
/** How often a page of a damaged disk is one that is damaged. */
const ROTTEN_PAGES = 0.3;
/** How often all open snapshots have ended by the time that a chunk is read. */
const TOO_DEAR_RATE = 0.01;

export class MemberDisk {
  readonly memory = new MemoryDisk();
  readonly #swarm: MembersSwarm['disk'];
  readonly #random: Random;
  /** It is damaged, and nobody knows. */
  #rots = false;
  /** What it had when it forgot, and has not regained: it must reach that. */
  #owes: LogIndex | undefined;
  /** No trouble any more: quick, with room, and never failing. */
  #calm = false;

  readonly #forgetting: (disk: MemoryDisk) => void;

  constructor(swarm: MembersSwarm['disk'], random: Random, forgetting: (disk: MemoryDisk) => void) {
    this.#forgetting = forgetting;
    this.#swarm = swarm;
    this.#random = random;
  }

  get lastIndex(): LogIndex {
    return this.memory.last.index;
  }

  calmDown(): void {
    this.#calm = true;
    this.#rots = false;
    this.makeRoom();
  }

  syncMs(): number {
    const { minLatency, meanLatency } = this.#swarm;
    return minLatency + (this.#calm ? 1 : this.#random.exponential(meanLatency));
  }

  readMs(): number {
    return this.#calm ? 0.5 : this.#random.exponential(2);
  }

  /** The sync that ends now may be one that fails. */
  syncEnds(): void {
    if (this.#calm || !this.#random.chance(this.#swarm.failureRate)) return;
    this.memory.failingSync = this.#random.pick(['lost', 'kept']);
  }

  isTooDear(): boolean {
    return !this.#calm && this.#random.chance(TOO_DEAR_RATE);
  }

  /** How many of the calls under way, of so many bytes each, are whole when it tears at a byte. */
  keeps(calls: readonly number[]): number {
    if (!this.#swarm.losesUnsynced) return calls.length;
    const all = calls.reduce((total, bytes) => total + bytes + CALL_BYTES, 0);
    let left = this.#random.between(0, all);
    const torn = calls.findIndex((bytes) => {
      left -= bytes + CALL_BYTES;
      return left < 0;
    });
    return torn === -1 ? calls.length : torn;
  }

  /** Its process is gone: what is being synced to a disk that nobody has opened is nothing. */
  letGo(): void {
    this.memory.held = false;
    if (this.#rots) this.damage();
  }

  // -------------------------------------------------------------------------------- no room

  /** Bytes that still find room: with some writes are refused, with less than that it ends. */
  fill(): number {
    const reserve = this.#random.chance(0.5) ? DISK_RESERVE_BYTES - FULL_BYTES / 2 : 0;
    const room = reserve + this.#random.between(0, FULL_BYTES);
    this.memory.capacityBytes = this.memory.logBytes + room;
    return room;
  }

  makeRoom(): void {
    this.memory.capacityBytes = Number.POSITIVE_INFINITY;
  }

  // ------------------------------------------------------------------------ what it forgets

  /** It is damaged; to be found out when that is read, at the next start at the latest. */
  rot(): void {
    this.#rots = true;
  }

  readsDamage(): boolean {
    return this.#rots && this.#random.chance(ROTTEN_PAGES);
  }

  damage(): void {
    this.#forgets();
    this.memory.damage = 'a simulated loss';
  }

  lose(): void {
    this.#forgets();
    this.memory.lose();
  }

  #forgets(): void {
    this.#rots = false;
    this.#forgetting(this.memory);
    this.#owes = Math.max(this.#owes ?? 0, this.lastIndex);
  }

  /** Whether it has forgotten nothing that it has not regained. */
  isTrustworthy(running: boolean): boolean {
    const { hardState, last } = this.memory;
    const isBlank = hardState.epoch === 0 && last.index === 0;
    if (isBlank || hardState.suspect === true || this.#rots) return false;
    if (this.#owes === undefined) return true;
    if (!running || last.index < this.#owes) return false;
    this.#owes = undefined;
    return true;
  }
}
