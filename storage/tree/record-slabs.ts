/**
 * Room for the numbers of znodes, a record each: slabs shared by thousands of znodes. As objects
 * they would take twice the memory, and the garbage collector would look at each of millions.
 *
 * A record is 12 doubles and 6 integers, side by side. Its number is the znode's place; places that
 * are given back are used again, so a place names a znode only together with the znode's id.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { SessionId, Stat, ZnodeMode } from './types.ts';

/** The doubles of a record, by position. */
export const ID = 0;
const CZXID = 1;
const MZXID = 2;
const PZXID = 3;
const CTIME = 4;
const MTIME = 5;
const VERSION = 6;
const CREATES = 7;
const AVERSION = 8;
export const DATA_LENGTH = 9;
/** The session that owns an ephemeral znode, as a zxid; the `ttlMs` of a TTL znode; else 0. */
export const OWNER_OR_TTL = 10;
/** When the znode will be looked at whether it is to be reaped, ms; infinite for never. */
export const LOOK_AT = 11;
const DOUBLES = 12;

/** The integers of a record, by position. */
/** Handle of the block with path and data; in a record that is free, the next free one. */
export const BLOCK = 0;
/** Bytes of the path. */
export const PATH_LENGTH = 1;
/** `hashOfData` */
export const DATA_HASH = 2;
export const FLAGS = 3;
export const NUM_CHILDREN = 4;
/** What `ChildLists` has given for the children. */
export const CHILDREN = 5;
const INTS = 6;

/** In FLAGS: the mode, as an index into `MODES`; … */
export const MODE_MASK = 3;
/** … the data is base64; … */
export const BASE64 = 4;
/** … a serialised form may have been kept; … */
export const KEPT = 8;
/** … and above that, the number of the ACL. */
export const ACL_SHIFT = 8;
export const FLAGS_MASK = 2 ** ACL_SHIFT - 1;

export const MODES: readonly ZnodeMode[] = [
  'persistent',
  'ephemeral',
  'container',
  'persistent_ttl',
];

/** A record in doubles; twice that in integers. */
const RECORD = DOUBLES + INTS / 2;

const SLAB_BITS = 11;
const SLAB_RECORDS = 2 ** SLAB_BITS;
const SLAB_MASK = SLAB_RECORDS - 1;

const NONE = -1;

export class RecordSlabs {
  readonly #doubles: Float64Array[] = [];
  readonly #ints: Int32Array[] = [];
  #end = 0;
  /** The record given back last, which holds the one before it. */
  #free = NONE;

  /** All places are below this. */
  get end(): number {
    return this.#end;
  }

  /** A place for one znode. What is in its record is whatever was there before. */
  take(): number {
    if (this.#free !== NONE) {
      const place = this.#free;
      this.#free = this.int(place, BLOCK);
      return place;
    }
    if ((this.#end & SLAB_MASK) === 0) {
      const memory = new ArrayBuffer(SLAB_RECORDS * RECORD * 8);
      this.#doubles.push(new Float64Array(memory));
      this.#ints.push(new Int32Array(memory));
    }
    this.#end += 1;
    return this.#end - 1;
  }

  /** Its id becomes 0, which no znode has. */
  giveBack(place: number): void {
    this.setDouble(place, ID, 0);
    this.setInt(place, BLOCK, this.#free);
    this.#free = place;
  }

  double(place: number, position: number): number {
    return this.doublesOf(place)[doubleAt(place) + position] as number;
  }

  setDouble(place: number, position: number, value: number): void {
    this.doublesOf(place)[doubleAt(place) + position] = value;
  }

  int(place: number, position: number): number {
    return this.intsOf(place)[intAt(place) + position] as number;
  }

  setInt(place: number, position: number, value: number): void {
    this.intsOf(place)[intAt(place) + position] = value;
  }

  /** The slab that a place is in; its doubles begin at `doubleAt`. */
  doublesOf(place: number): Float64Array {
    return this.#doubles[place >>> SLAB_BITS] as Float64Array;
  }

  /** The slab that a place is in; its integers begin at `intAt`. */
  intsOf(place: number): Int32Array {
    return this.#ints[place >>> SLAB_BITS] as Int32Array;
  }
}

export function doubleAt(place: number): number {
  return (place & SLAB_MASK) * RECORD;
}

export function intAt(place: number): number {
  return (place & SLAB_MASK) * (2 * RECORD) + 2 * DOUBLES;
}

export function readStat(
  numbers: Float64Array,
  at: number,
  mode: ZnodeMode,
  ephemeralOwner: SessionId | '',
  numChildren: number,
): Stat {
  return {
    czxid: numbers[at + CZXID] as Zxid,
    mzxid: numbers[at + MZXID] as Zxid,
    pzxid: numbers[at + PZXID] as Zxid,
    ctime: numbers[at + CTIME] as number,
    mtime: numbers[at + MTIME] as number,
    version: numbers[at + VERSION] as number,
    creates: numbers[at + CREATES] as number,
    aversion: numbers[at + AVERSION] as number,
    numChildren,
    dataLength: numbers[at + DATA_LENGTH] as number,
    mode,
    ephemeralOwner,
    ttlMs: mode === 'persistent_ttl' ? (numbers[at + OWNER_OR_TTL] as number) : 0,
  };
}

/** All but what a znode is from its creation on (`mode`, `ephemeralOwner`, `ttlMs`). */
export function writeStat(numbers: Float64Array, at: number, stat: Stat): void {
  numbers[at + CZXID] = stat.czxid;
  numbers[at + MZXID] = stat.mzxid;
  numbers[at + PZXID] = stat.pzxid;
  numbers[at + CTIME] = stat.ctime;
  numbers[at + MTIME] = stat.mtime;
  numbers[at + VERSION] = stat.version;
  numbers[at + CREATES] = stat.creates;
  numbers[at + AVERSION] = stat.aversion;
  numbers[at + DATA_LENGTH] = stat.dataLength;
}
