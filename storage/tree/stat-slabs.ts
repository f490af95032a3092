/**
 * Room for the numbers of znodes' attributes: slabs of doubles shared by thousands of znodes each.
 * As objects of their own they would take twice the memory, and the garbage collector would have
 * six objects more to look at for each of a million znodes.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { SessionId, Stat, ZnodeMode } from './types.ts';

/** The attributes that are fixed at creation; one shared by all persistent znodes. */
export interface ZnodeKind {
  readonly mode: ZnodeMode;
  readonly ephemeralOwner: SessionId | '';
  readonly ttlMs: number;
}

export const PERSISTENT: ZnodeKind = { mode: 'persistent', ephemeralOwner: '', ttlMs: 0 };

/**
 * Numbers of one znode: czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion, dataLength.
 */
export const STAT_NUMBERS = 9;

const ZNODES_PER_SLAB = 4096;

export class StatSlabs {
  readonly #slabs: Float64Array[] = [];
  /** Places that were given back; they are used first. */
  readonly #free: number[] = [];
  #used = 0;

  /** A place for one znode. */
  take(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#used % ZNODES_PER_SLAB === 0) {
      this.#slabs.push(new Float64Array(ZNODES_PER_SLAB * STAT_NUMBERS));
    }
    this.#used += 1;
    return this.#used - 1;
  }

  giveBack(place: number): void {
    this.#free.push(place);
  }

  /** The slab that a place is in. */
  slabOf(place: number): Float64Array {
    return this.#slabs[Math.floor(place / ZNODES_PER_SLAB)] as Float64Array;
  }
}

/** Index of a place's first number in its slab. */
export function offsetOf(place: number): number {
  return (place % ZNODES_PER_SLAB) * STAT_NUMBERS;
}

export function readStat(
  numbers: Float64Array,
  at: number,
  { mode, ephemeralOwner, ttlMs }: ZnodeKind,
  numChildren: number,
): Stat {
  return {
    czxid: numbers[at] as Zxid,
    mzxid: numbers[at + 1] as Zxid,
    pzxid: numbers[at + 2] as Zxid,
    ctime: numbers[at + 3] as number,
    mtime: numbers[at + 4] as number,
    version: numbers[at + 5] as number,
    creates: numbers[at + 6] as number,
    aversion: numbers[at + 7] as number,
    numChildren,
    dataLength: numbers[at + 8] as number,
    mode,
    ephemeralOwner,
    ttlMs,
  };
}

export function writeStat(numbers: Float64Array, at: number, stat: Stat): void {
  numbers[at] = stat.czxid;
  numbers[at + 1] = stat.mzxid;
  numbers[at + 2] = stat.pzxid;
  numbers[at + 3] = stat.ctime;
  numbers[at + 4] = stat.mtime;
  numbers[at + 5] = stat.version;
  numbers[at + 6] = stat.creates;
  numbers[at + 7] = stat.aversion;
  numbers[at + 8] = stat.dataLength;
}
