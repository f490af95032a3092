/**
 * The tree in memory: a flat map from path to znode, made for millions of them. It is what reads
 * look at. Changed only by `apply.ts` (committed transactions) and `image.ts` (loading); it decides
 * nothing and knows neither sessions nor watches.
 */
import { assert } from '../../raftlog/assert.ts';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import { OPEN_ACL, READ_ONLY_ACL } from './acl.ts';
import type { RunningDigest } from './digest.ts';
import { SortedNames } from './names.ts';
import { nameOf, parentOf } from './path.ts';
import { PathMap } from './path-map.ts';
import { newStat } from './stat.ts';
import { StatSlabs } from './stat-slabs.ts';
import type { Acl, Stat, ZnodeData, ZnodeId, ZnodePath } from './types.ts';
import { Znode } from './znode.ts';

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
  readonly #znodes = new PathMap<Znode>();
  readonly #slabs = new StatSlabs();
  readonly #digest: RunningDigest;
  #dataBytes = 0;

  constructor(digest: RunningDigest) {
    this.#digest = digest;
    INITIAL_ZNODES.forEach(({ path, creates, acl }, position) => {
      const stat = { ...newStat(ZXID_NONE, 0, 0, 'persistent', '', 0), creates };
      this.load(position + 1, path, stat, EMPTY_DATA, acl);
    });
  }

  /** Number of znodes, the four initial ones included. */
  get size(): number {
    return this.#znodes.size;
  }

  /** Bytes of data of all znodes. */
  get dataBytes(): number {
    return this.#dataBytes;
  }

  get(path: string): Znode | undefined {
    return this.#znodes.get(path);
  }

  /** All znodes, in no particular order. */
  values(): IterableIterator<Znode> {
    return this.#znodes.values();
  }

  /** At most `limit` names of children that sort after `after`, in order. */
  childPage(znode: Znode, after: string | undefined, limit: number): string[] {
    return this.childPaths(znode, after, limit).map(nameOf);
  }

  /** `childPage` as whole paths. */
  childPaths(znode: Znode, after: string | undefined, limit: number): ZnodePath[] {
    if (znode.children === undefined) return [];
    const prefix = znode.path === '/' ? '/' : `${znode.path}/`;
    return znode.children.page(after === undefined ? undefined : prefix + after, limit);
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
    const znode = this.#add(id, path, stat, data, acl);
    this.#digest.removeZnode(parent);
    addChild(parent, znode);
    parent.setStat(parentStat);
    this.#digest.addZnode(parent);
    return znode;
  }

  /** Removes a znode without children; `parentStat` is the parent's after that. */
  remove(parent: Znode, parentStat: Stat, znode: Znode): void {
    assert(znode.children === undefined, 'a znode is removed after its children');
    assert(parent.children !== undefined, 'a parent knows its children');
    this.#digest.removeZnode(znode);
    this.#dataBytes -= znode.dataLength;
    this.#znodes.delete(znode.path);
    znode.release(this.#slabs);
    this.#digest.removeZnode(parent);
    if (parent.children.size === 1) parent.children = undefined;
    else parent.children.delete(znode.path);
    parent.setStat(parentStat);
    this.#digest.addZnode(parent);
  }

  setData(znode: Znode, data: ZnodeData, stat: Stat): void {
    this.#digest.removeZnode(znode);
    this.#dataBytes += data.length - znode.dataLength;
    znode.setData(data);
    znode.setStat(stat);
    this.#digest.addZnode(znode);
  }

  setAcl(znode: Znode, acl: Acl, stat: Stat): void {
    this.#digest.removeZnode(znode);
    znode.acl = acl;
    znode.setStat(stat);
    this.#digest.addZnode(znode);
  }

  /**
   * Adds a znode that was stored, after its parent. Replaces an initial znode, which is there from
   * the start.
   */
  load(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl): Znode {
    const initial = id < FIRST_ZNODE_ID ? this.#znodes.get(path) : undefined;
    if (initial !== undefined) {
      assert(initial.id === id, 'an initial znode keeps its number');
      const asLoaded = { ...stat, numChildren: initial.numChildren };
      this.setData(initial, data, asLoaded);
      this.setAcl(initial, acl, asLoaded);
      return initial;
    }
    const znode = this.#add(id, path, stat, data, acl);
    if (path !== '/') {
      const parent = this.#znodes.get(parentOf(path));
      assert(parent !== undefined, 'a znode is loaded after its parent');
      addChild(parent, znode);
    }
    return znode;
  }

  #add(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl): Znode {
    const znode = new Znode(id, path, stat, data, acl, this.#slabs);
    this.#znodes.set(path, znode);
    this.#digest.addZnode(znode);
    this.#dataBytes += data.length;
    return znode;
  }
}

function addChild(parent: Znode, znode: Znode): void {
  parent.children ??= new SortedNames();
  parent.children.add(znode.path);
}
