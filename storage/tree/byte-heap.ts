/**
 * Memory for millions of small pieces of bytes (blocks) outside the JavaScript heap, where the
 * garbage collector would look at each of them. A block is named by a number, its handle.
 *
 * Blocks come in size classes and are cut out of slabs, each of which serves one class; a slab
 * whose blocks have all been given back is dropped, so its memory serves any other class, or the
 * system. Nothing is ever moved or copied as a whole, so no operation takes long.
 *
 * Never knows what the bytes mean, and never clears them: who takes a block writes it first.
 */
import { assert } from '../../raftlog/assert.ts';
import { type Bytes, newBytes } from './text.ts';

/** Block sizes and places of blocks are multiples of this, in bytes. */
const UNIT_BYTES = 16;
/** Up to this many units there is a class for each number of units. */
const FINE_UNITS = 16;
const FINE_LOG = 4;
/** Above that, classes for each doubling: sizes are an eighth to a sixteenth apart. */
const STEPS = 8;
const STEPS_LOG = 3;

/** Above this a block has a slab of its own. */
const SHARED_MAX_BYTES = 64 * 1024;

/** The slabs of a class double, from the smallest to the greatest, as the class grows. */
const SLAB_MIN_BYTES = 16 * 1024;
const SLAB_MAX_BYTES = 1024 * 1024;

/** A handle is the number of the slab and, in these low bits, the block's first unit in it. */
const UNIT_BITS = 16;
const UNIT_MASK = 2 ** UNIT_BITS - 1;
/** So that handles are non-negative 32-bit integers; with full slabs that is 32 GiB. */
const SLABS_MAX = 2 ** (31 - UNIT_BITS);

/** The class of the smallest blocks that have `bytes` bytes. */
export function classOf(bytes: number): number {
  const units = Math.max(1, Math.ceil(bytes / UNIT_BYTES));
  if (units <= FINE_UNITS) return units - 1;
  const log = 31 - Math.clz32(units - 1);
  const step = (units - 1 - 2 ** log) >>> (log - STEPS_LOG);
  return FINE_UNITS + (log - FINE_LOG) * STEPS + step;
}

/** Bytes of a block of this class. */
export function classBytes(sizeClass: number): number {
  if (sizeClass < FINE_UNITS) return (sizeClass + 1) * UNIT_BYTES;
  const above = sizeClass - FINE_UNITS;
  const log = FINE_LOG + Math.floor(above / STEPS);
  return (2 ** log + ((above % STEPS) + 1) * 2 ** (log - STEPS_LOG)) * UNIT_BYTES;
}

interface Slab {
  /** Its place among the slabs, or among the single blocks. */
  readonly index: number;
  readonly sizeClass: number;
  readonly bytes: Bytes;
  /** The same memory. */
  readonly words: Int32Array;
  readonly blocks: number;
  used: number;
  /** Blocks from here on have never been used. */
  fresh: number;
  /** The block given back last, which holds the one before it in its first word; -1 for none. */
  free: number;
  /** Its place among the slabs of its class that have room; -1 when it has none. */
  roomyAt: number;
}

/** The slabs of one class. */
interface SizeClass {
  readonly blockBytes: number;
  /** Those with room; blocks are taken from the last. */
  readonly roomy: Slab[];
  /** Bytes of all its slabs. */
  bytes: number;
}

export class ByteHeap {
  readonly #classes: SizeClass[] = [];
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #freeSlabs: number[] = [];
  /** Large blocks, one a slab; the handle is the complement of the index. */
  readonly #singles: (Slab | undefined)[] = [];
  readonly #freeSingles: number[] = [];
  #bytes = 0;

  /** Bytes of all slabs: what the heap takes from the system. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes a block of at least `bytes` bytes, whatever is in it. */
  take(bytes: number): number {
    const sizeClass = classOf(bytes);
    if (bytes > SHARED_MAX_BYTES) return this.#takeSingle(sizeClass);
    const slabs = this.#classes[sizeClass] ?? this.#addClass(sizeClass);
    const slab = slabs.roomy.at(-1) ?? this.#addSlab(sizeClass, slabs);
    const block = slab.free === -1 ? slab.fresh : slab.free;
    if (slab.free === -1) slab.fresh += 1;
    else slab.free = slab.words[(block * slabs.blockBytes) >>> 2] as number;
    slab.used += 1;
    if (slab.used === slab.blocks) {
      slabs.roomy.pop();
      slab.roomyAt = -1;
    }
    return slab.index * 2 ** UNIT_BITS + (block * slabs.blockBytes) / UNIT_BYTES;
  }

  giveBack(handle: number): void {
    if (handle < 0) {
      this.#giveBackSingle(~handle);
      return;
    }
    const slab = this.#slabs[handle >>> UNIT_BITS];
    assert(slab !== undefined && slab.used > 0, 'a block is given back once');
    const slabs = this.#classes[slab.sizeClass] as SizeClass;
    const at = (handle & UNIT_MASK) * UNIT_BYTES;
    slab.words[at >>> 2] = slab.free;
    slab.free = at / slabs.blockBytes;
    slab.used -= 1;
    if (slab.roomyAt === -1) {
      slab.roomyAt = slabs.roomy.length;
      slabs.roomy.push(slab);
    }
    // One slab with room stays, or a block taken and given back in turn would make one each time.
    if (slab.used === 0 && slabs.roomy.length > 1) this.#dropSlab(slabs, slab);
  }

  /** The memory that the block is in, as bytes; the block begins at `offsetOf`. */
  bytesOf(handle: number): Bytes {
    return this.#slabOf(handle).bytes;
  }

  /** The same as 32-bit words; the block begins at a quarter of `offsetOf`. */
  wordsOf(handle: number): Int32Array {
    return this.#slabOf(handle).words;
  }

  /** A multiple of 16. */
  offsetOf(handle: number): number {
    return handle < 0 ? 0 : (handle & UNIT_MASK) * UNIT_BYTES;
  }

  /** The size class of a block. */
  classOf(handle: number): number {
    return this.#slabOf(handle).sizeClass;
  }

  #slabOf(handle: number): Slab {
    const slab = handle < 0 ? this.#singles[~handle] : this.#slabs[handle >>> UNIT_BITS];
    assert(slab !== undefined, 'a block is looked at before it is given back');
    return slab;
  }

  #addClass(sizeClass: number): SizeClass {
    while (this.#classes.length <= sizeClass) {
      const blockBytes = classBytes(this.#classes.length);
      this.#classes.push({ blockBytes, roomy: [], bytes: 0 });
    }
    return this.#classes[sizeClass] as SizeClass;
  }

  #addSlab(sizeClass: number, slabs: SizeClass): Slab {
    const wanted = Math.min(SLAB_MAX_BYTES, Math.max(SLAB_MIN_BYTES, slabs.bytes));
    const blocks = Math.max(1, Math.floor(wanted / slabs.blockBytes));
    const index = this.#freeSlabs.pop() ?? this.#slabs.length;
    assert(index < SLABS_MAX, 'a byte heap has at most 32,768 slabs');
    const slab = newSlab(index, sizeClass, slabs.blockBytes, blocks);
    this.#slabs[index] = slab;
    slabs.roomy.push(slab);
    slabs.bytes += slab.bytes.length;
    this.#bytes += slab.bytes.length;
    return slab;
  }

  #dropSlab(slabs: SizeClass, slab: Slab): void {
    const last = slabs.roomy.pop() as Slab;
    if (last !== slab) {
      slabs.roomy[slab.roomyAt] = last;
      last.roomyAt = slab.roomyAt;
    }
    this.#slabs[slab.index] = undefined;
    this.#freeSlabs.push(slab.index);
    slabs.bytes -= slab.bytes.length;
    this.#bytes -= slab.bytes.length;
  }

  #takeSingle(sizeClass: number): number {
    const index = this.#freeSingles.pop() ?? this.#singles.length;
    const slab = newSlab(index, sizeClass, classBytes(sizeClass), 1);
    this.#singles[index] = slab;
    this.#bytes += slab.bytes.length;
    return ~index;
  }

  #giveBackSingle(index: number): void {
    const slab = this.#singles[index];
    assert(slab !== undefined, 'a block is given back once');
    this.#singles[index] = undefined;
    this.#freeSingles.push(index);
    this.#bytes -= slab.bytes.length;
  }
}

function newSlab(index: number, sizeClass: number, blockBytes: number, blocks: number): Slab {
  const bytes = newBytes(blocks * blockBytes);
  const words = new Int32Array(bytes.buffer);
  return { index, sizeClass, bytes, words, blocks, used: 0, fresh: 0, free: -1, roomyAt: 0 };
}
