/**
 * A znode in memory. A million of them must fit, so it holds what is its own and nothing that can
 * be shared or derived: `stat` and `data` are put together when they are asked for.
 */
import { assert } from '../../raftlog/assert.ts';
import { hashOfData } from './digest.ts';
import type { SortedNames } from './names.ts';
import {
  offsetOf,
  PERSISTENT,
  readStat,
  STAT_NUMBERS,
  type StatSlabs,
  writeStat,
  type ZnodeKind,
} from './stat-slabs.ts';
import type { Acl, Stat, ZnodeData, ZnodeId, ZnodePath } from './types.ts';

export class Znode {
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  /** The data, in the form told by `encoding`; its length in bytes is `stat.dataLength`. */
  text: string;
  encoding: 'utf8' | 'base64';
  acl: Acl;
  /** Paths of the children, the very strings of theirs: siblings' paths sort as their names do. */
  children: SortedNames | undefined;
  /** `hashOfData` of path and data. */
  dataHash: number;
  /** Whoever serves the znode keeps its serialised form here; every visible change empties it. */
  wire: string | undefined;
  readonly #kind: ZnodeKind;
  readonly #place: number;
  #numbers: Float64Array;
  #at: number;

  constructor(
    id: ZnodeId,
    path: ZnodePath,
    stat: Stat,
    data: ZnodeData,
    acl: Acl,
    slabs: StatSlabs,
  ) {
    this.id = id;
    this.path = path;
    this.text = data.text;
    this.encoding = data.encoding;
    this.acl = acl;
    this.children = undefined;
    this.dataHash = hashOfData(path, data.text, data.encoding);
    this.wire = undefined;
    const { mode, ephemeralOwner, ttlMs } = stat;
    this.#kind = mode === 'persistent' ? PERSISTENT : { mode, ephemeralOwner, ttlMs };
    this.#place = slabs.take();
    this.#numbers = slabs.slabOf(this.#place);
    this.#at = offsetOf(this.#place);
    writeStat(this.#numbers, this.#at, stat);
  }

  /** The attributes as they are now; the value never changes. */
  get stat(): Stat {
    return readStat(this.#numbers, this.#at, this.#kind, this.numChildren);
  }

  get numChildren(): number {
    return this.children?.size ?? 0;
  }

  /** The data as one value. */
  get data(): ZnodeData {
    return { text: this.text, encoding: this.encoding, length: this.dataLength };
  }

  get dataLength(): number {
    return this.#numbers[this.#at + STAT_NUMBERS - 1] as number;
  }

  setData(data: ZnodeData): void {
    this.text = data.text;
    this.encoding = data.encoding;
    this.dataHash = hashOfData(this.path, data.text, data.encoding);
  }

  /** The children must be as `stat` says by then. */
  setStat(stat: Stat): void {
    assert(stat.numChildren === this.numChildren, 'a stat counts the children that are there');
    writeStat(this.#numbers, this.#at, stat);
    this.wire = undefined;
  }

  /** Gives its place back; whoever still holds the znode sees it as it was last. */
  release(slabs: StatSlabs): void {
    this.#numbers = this.#numbers.slice(this.#at, this.#at + STAT_NUMBERS);
    this.#at = 0;
    slabs.giveBack(this.#place);
  }
}
