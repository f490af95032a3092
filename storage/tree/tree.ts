/**
 * The tree in memory: a flat index from path to znode, made for millions of them. It is what reads
 * look at. Changed only by `apply.ts` (committed transactions) and `image.ts` (loading); it decides
 * nothing and knows neither sessions nor watches.
 *
 * No object is kept per znode: a `Znode` is a view, for as long as nothing is applied.
 */
import { assert } from '../../raftlog/assert.ts';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import { OPEN_ACL, READ_ONLY_ACL } from './acl.ts';
import type { RunningDigest } from './digest.ts';
import { childPath, parentOf } from './path.ts';
import { PathIndex } from './path-index.ts';
import { key, setKey } from './path-key.ts';
import { newStat } from './stat.ts';
import type { Acl, Stat, ZnodeData, ZnodeId, ZnodePath } from './types.ts';
import { Znode } from './znode.ts';
import { ZnodeStore } from './znode-store.ts';

export { Znode } from './znode.ts';

export const EMPTY_DATA: ZnodeData = { text: '', encoding: 'utf8', length: 0 };

/** The znodes that every tree begins with, parents first; their number is the position, from 1. */
const INITIAL_ZNODES: readonly { path: ZnodePath; creates: number; acl: Acl }[] = [
  { path: '/', creates: 1, acl: OPEN_ACL },
  { path: '/zookeeper', creates: 2, acl: OPEN_ACL },
  { path: '/zookeeper/quota', creates: 0, acl: OPEN_ACL },
  { path: '/zookeeper/config', creates: 0, acl: READ_ONLY_ACL },
];

/** The number that the first znode created by anyone gets. */
export const FIRST_ZNODE_ID: ZnodeId = INITIAL_ZNODES.length + 1;

export class ZnodeTree {
  readonly #store = new ZnodeStore();
  readonly #index = new PathIndex(this.#store);
  readonly #digest: RunningDigest;
  #dataBytes = 0;
  /** UTF-16 units of the longest path that there ever was: what is longer is not looked for. */
  #longestPath = 0;

  constructor(digest: RunningDigest) {
    this.#digest = digest;
    INITIAL_ZNODES.forEach(({ path, creates, acl }, position) => {
      const stat = { ...newStat(ZXID_NONE, 0, 0, 'persistent', '', 0), creates };
      this.load(position + 1, path, stat, EMPTY_DATA, acl);
    });
  }

  /** Number of znodes, the four initial ones included. */
  get size(): number {
    return this.#index.size;
  }

  /** Bytes of data of all znodes. */
  get dataBytes(): number {
    return this.#dataBytes;
  }

  get(path: string): Znode | undefined {
    const place = this.#placeOf(path);
    return place < 0 ? undefined : new Znode(this.#store, place, path);
  }

  /** The znode `id`, which was at `place` when it was last looked at. */
  at(place: number, id: ZnodeId): Znode | undefined {
    return this.#store.id(place) === id ? new Znode(this.#store, place, undefined) : undefined;
  }

  /** All znodes, in no particular order. */
  *values(): IterableIterator<Znode> {
    for (let place = 0; place < this.#store.end; place += 1) {
      if (this.#store.id(place) !== 0) yield new Znode(this.#store, place, undefined);
    }
  }

  /** At most `limit` children whose names sort after `after` (all, when undefined), in order. */
  children(znode: Znode, after: string | undefined, limit: number): Znode[] {
    const places = this.#childPlaces(znode, after, limit);
    return places.map((place) => new Znode(this.#store, place, undefined));
  }

  /** `children` as names. */
  childPage(znode: Znode, after: string | undefined, limit: number): string[] {
    return this.#childPlaces(znode, after, limit).map((place) => this.#store.name(place));
  }

  /** `children` as whole paths. */
  childPaths(znode: Znode, after: string | undefined, limit: number): ZnodePath[] {
    return this.#childPlaces(znode, after, limit).map((place) => this.#store.path(place));
  }

  /** What the subtree of `path` uses, its top included; not `complete` beyond `max` znodes. */
  usage(path: ZnodePath, max: number): { count: number; bytes: number; complete: boolean } {
    const place = this.#placeOf(path);
    if (place < 0) return { count: 0, bytes: 0, complete: true };
    return this.#store.usage(place, max);
  }

  /** Adds a new znode; `parentStat` is the parent's after that. */
  insert(
    parent: Znode,
    parentStat: Stat,
    id: ZnodeId,
    path: ZnodePath,
    stat: Stat,
    data: ZnodeData,
    acl: Acl,
  ): Znode {
    const parentPlace = livePlace(parent);
    const znode = this.#add(id, path, stat, data, acl);
    this.#uncount(parentPlace);
    this.#store.addChild(parentPlace, znode.place);
    this.#setStat(parentPlace, parentStat);
    return znode;
  }

  /** Removes a znode without children; `parentStat` is the parent's after that. */
  remove(parent: Znode, parentStat: Stat, znode: Znode): void {
    assert(znode.numChildren === 0, 'a znode is removed after its children');
    const place = livePlace(znode);
    const parentPlace = livePlace(parent);
    this.#uncount(place);
    this.#uncount(parentPlace);
    this.#dataBytes -= znode.dataLength;
    this.#store.removeChild(parentPlace, place);
    setKey(znode.path);
    this.#index.delete(key.hash, place);
    this.#store.remove(place);
    this.#setStat(parentPlace, parentStat);
  }

  setData(znode: Znode, data: ZnodeData, stat: Stat): void {
    assert(stat.dataLength === data.length, 'a stat counts the bytes that are there');
    const place = livePlace(znode);
    this.#uncount(place);
    this.#dataBytes += data.length - znode.dataLength;
    this.#store.setData(place, znode.path, data);
    this.#setStat(place, stat);
  }

  setAcl(znode: Znode, acl: Acl, stat: Stat): void {
    const place = livePlace(znode);
    this.#uncount(place);
    this.#store.setAcl(place, acl);
    this.#setStat(place, stat);
  }

  /**
   * Adds a znode that was stored, after its parent. Replaces an initial znode, which is there from
   * the start.
   */
  load(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl): Znode {
    const initial = id < FIRST_ZNODE_ID ? this.get(path) : undefined;
    if (initial !== undefined) {
      assert(initial.id === id, 'an initial znode keeps its number');
      const asLoaded = { ...stat, numChildren: initial.numChildren };
      this.setData(initial, data, asLoaded);
      this.setAcl(initial, acl, asLoaded);
      return initial;
    }
    const parent = path === '/' ? 0 : this.#placeOf(parentOf(path));
    assert(parent >= 0, 'a znode is loaded after its parent');
    const znode = this.#add(id, path, stat, data, acl);
    if (path !== '/') this.#store.addChild(parent, znode.place);
    return znode;
  }

  #add(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl): Znode {
    assert(id > 0, 'numbers of znodes are positive');
    assert(stat.dataLength === data.length, 'a stat counts the bytes that are there');
    this.#longestPath = Math.max(this.#longestPath, path.length);
    assert(this.#placeOf(path) < 0, 'a path names one znode');
    const place = this.#store.add(id, path, stat, data, acl);
    this.#index.add(key.hash, place);
    this.#count(place, stat);
    this.#dataBytes += data.length;
    return new Znode(this.#store, place, path);
  }

  /** For a znode that was taken out of the digest: it is in there again. */
  #setStat(place: number, stat: Stat): void {
    this.#store.setStat(place, stat);
    this.#count(place, stat);
  }

  /** Adds the znode to the digest; `stat` is its own. */
  #count(place: number, stat: Stat): void {
    const store = this.#store;
    this.#digest.add(store.id(place), stat, store.acl(place), store.dataHash(place));
  }

  #uncount(place: number): void {
    const store = this.#store;
    const stat = store.stat(place);
    this.#digest.remove(store.id(place), stat, store.acl(place), store.dataHash(place));
  }

  /** Makes `path` the key, unless it is too long to be there; -1 when it is not there. */
  #placeOf(path: string): number {
    if (path.length > this.#longestPath) return -1;
    setKey(path);
    return this.#index.find(key.hash);
  }

  #childPlaces(znode: Znode, after: string | undefined, limit: number): number[] {
    if (after !== undefined) setKey(childPath(znode.path, after));
    return this.#store.children(znode.place, after === undefined, limit);
  }
}

/** A view of what is gone must change nothing: its place may have become another's. */
function livePlace(znode: Znode): number {
  assert(znode.exists, 'only a znode that exists is changed');
  return znode.place;
}
