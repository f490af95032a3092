/**
 * The tree in memory: a flat map from path to znode, made for millions of them. It is what reads
 * look at. Changed only by `apply.ts` (committed transactions) and `image.ts` (loading); it decides
 * nothing and knows neither sessions nor watches.
 */
import { assert } from '../../raftlog/assert.ts';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import { OPEN_ACL, READ_ONLY_ACL } from './acl.ts';
import { hashOfData, type RunningDigest } from './digest.ts';
import { SortedNames } from './names.ts';
import { nameOf, parentOf } from './path.ts';
import { PathMap } from './path-map.ts';
import { newStat } from './stat.ts';
import type { Acl, Stat, ZnodeData, ZnodeId, ZnodePath } from './types.ts';

const EMPTY_DATA: ZnodeData = { text: '', encoding: 'utf8', length: 0 };

export class Znode {
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  stat: Stat;
  /** The data, in the form told by `encoding`; its length in bytes is `stat.dataLength`. */
  text: string;
  encoding: 'utf8' | 'base64';
  acl: Acl;
  /** Names of the children; undefined when there are none. */
  children: SortedNames | undefined;
  /** `hashOfData` of path and data. */
  dataHash: number;
  /** Whoever serves the znode keeps its serialised form here; every visible change empties it. */
  wire: string | undefined;

  constructor(id: ZnodeId, path: ZnodePath, stat: Stat, data: ZnodeData, acl: Acl) {
    this.id = id;
    this.path = path;
    this.stat = stat;
    this.text = data.text;
    this.encoding = data.encoding;
    this.acl = acl;
    this.children = undefined;
    this.dataHash = hashOfData(path, data.text, data.encoding);
    this.wire = undefined;
  }

  /** The data as one value. */
  get data(): ZnodeData {
    return { text: this.text, encoding: this.encoding, length: this.stat.dataLength };
  }
}

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
  readonly #digest: RunningDigest;
  #dataBytes = 0;

  constructor(digest: RunningDigest) {
    this.#digest = digest;
    INITIAL_ZNODES.forEach(({ path, creates, acl }, position) => {
      const stat = { ...newStat(ZXID_NONE, 0, 0, 'persistent', '', 0), creates };
      this.load(new Znode(position + 1, path, stat, EMPTY_DATA, acl));
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
    return znode.children?.page(after, limit) ?? [];
  }

  /** Adds a new znode; `parentStat` is the parent's after that. */
  insert(parent: Znode, znode: Znode, parentStat: Stat): void {
    this.#put(znode);
    addChild(parent, znode);
    this.setStat(parent, parentStat);
  }

  /** Removes a znode without children; `parentStat` is the parent's after that. */
  remove(parent: Znode, znode: Znode, parentStat: Stat): void {
    assert(znode.children === undefined, 'a znode is removed after its children');
    assert(parent.children !== undefined, 'a parent knows its children');
    this.#znodes.delete(znode.path);
    this.#digest.removeZnode(znode);
    this.#dataBytes -= znode.stat.dataLength;
    if (parent.children.size === 1) parent.children = undefined;
    else parent.children.delete(nameOf(znode.path));
    this.setStat(parent, parentStat);
  }

  setData(znode: Znode, data: ZnodeData, stat: Stat): void {
    this.#digest.removeZnode(znode);
    this.#dataBytes += data.length - znode.stat.dataLength;
    znode.text = data.text;
    znode.encoding = data.encoding;
    znode.dataHash = hashOfData(znode.path, data.text, data.encoding);
    znode.stat = stat;
    znode.wire = undefined;
    this.#digest.addZnode(znode);
  }

  setAcl(znode: Znode, acl: Acl, stat: Stat): void {
    this.#digest.removeZnode(znode);
    znode.acl = acl;
    znode.stat = stat;
    znode.wire = undefined;
    this.#digest.addZnode(znode);
  }

  setStat(znode: Znode, stat: Stat): void {
    this.#digest.removeZnode(znode);
    znode.stat = stat;
    znode.wire = undefined;
    this.#digest.addZnode(znode);
  }

  /**
   * Adds a znode that was stored, whose `numChildren` counts none yet: each child counts itself when
   * it is loaded, after its parent. Replaces an initial znode, which is there from the start.
   */
  load(znode: Znode): void {
    const initial = this.#znodes.get(znode.path);
    if (initial === undefined) {
      this.#put(znode);
      if (znode.path === '/') return;
      const parent = this.#znodes.get(parentOf(znode.path));
      assert(parent !== undefined, 'a znode is loaded after its parent');
      addChild(parent, znode);
      countChild(parent.stat);
      return;
    }
    assert(initial.id === znode.id, 'a path is loaded once');
    const { numChildren } = initial.stat;
    this.setData(initial, znode.data, { ...znode.stat, numChildren });
    this.setAcl(initial, znode.acl, initial.stat);
  }

  #put(znode: Znode): void {
    this.#znodes.set(znode.path, znode);
    this.#digest.addZnode(znode);
    this.#dataBytes += znode.stat.dataLength;
  }
}

function addChild(parent: Znode, znode: Znode): void {
  parent.children ??= new SortedNames();
  parent.children.add(nameOf(znode.path));
}

/** The one place that changes a stat: nobody has seen a znode that is being loaded. */
function countChild(stat: { -readonly [K in keyof Stat]: Stat[K] }): void {
  stat.numChildren += 1;
}
