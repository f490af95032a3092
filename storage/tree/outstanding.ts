/**
 * The outstanding changes: everything that was prepared and is not applied yet, laid over the
 * committed tree. Requests are judged against the two together, the *seen state*; that is what lets
 * writes be pipelined without waiting for each other.
 *
 * Each change adds a record that replaces the former one of its znode or session; records are never
 * modified, so taking a request back means putting the former records in place again. Records wait
 * in a queue in the order of their zxids and are forgotten once their zxid has been applied.
 */
import { assert } from '../../raftlog/assert.ts';
import type { Zxid } from '../../raftlog/zxid.ts';
import { parentOf } from './path.ts';
import { type SeenDifferences, SeenQuotas } from './seen-quotas.ts';
import type { ReplicatedState } from './state.ts';
import type { Acl, SessionId, Stat, ZnodeId, ZnodePath } from './types.ts';

/** A znode of the seen state: a record, or the committed `Znode` as it is now. */
export interface SeenZnode {
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  readonly stat: Stat;
  readonly acl: Acl;
}

interface ZnodeRecord extends SeenZnode {
  readonly kind: 'znode';
  readonly zxid: Zxid;
  /** False: it is deleted by then. */
  readonly exists: boolean;
  /** This very record is the znode's creation. */
  readonly created: boolean;
}

interface SessionRecord {
  readonly kind: 'session';
  readonly zxid: Zxid;
  readonly id: SessionId;
  /** False: it is closing, and nothing may be done for it any more. */
  readonly exists: boolean;
  /** How many ephemerals it owns. */
  readonly ephemerals: number;
}

type ChangeRecord = ZnodeRecord | SessionRecord;

/** Forgotten records at the front are cut off once there are this many. */
const COMPACT_AT = 1024;

const NO_RECORDS: ReadonlySet<ZnodeRecord> = new Set();

export class Outstanding implements SeenDifferences {
  readonly quotas: SeenQuotas;
  readonly #state: ReplicatedState;
  readonly #znodes = new Map<ZnodePath, ZnodeRecord>();
  readonly #sessions = new Map<SessionId, SessionRecord>();
  /** Creations in the queue, by parent and by owning session: where listings look for them. */
  readonly #createdUnder = new Map<ZnodePath, Set<ZnodeRecord>>();
  readonly #createdBy = new Map<SessionId, Set<ZnodeRecord>>();
  #queue: (ChangeRecord | undefined)[] = [];
  #head = 0;
  /** Of the request under way: where its records begin, what each replaced, counters before it. */
  #mark = 0;
  readonly #replaced: (ChangeRecord | undefined)[] = [];
  #nextIdBefore = 0;
  #sessionsBefore = 0;
  #nextId = 0;
  #sessionCount = 0;

  constructor(state: ReplicatedState) {
    this.#state = state;
    this.quotas = new SeenQuotas(state, this);
    this.reset();
  }

  get idle(): boolean {
    return this.#head === this.#queue.length;
  }

  /** Sessions that exist and are not closing. */
  get sessionCount(): number {
    return this.#sessionCount;
  }

  znode(path: string): SeenZnode | undefined {
    const record = this.#znodes.get(path);
    if (record === undefined) return this.#state.tree.get(path);
    return record.exists ? record : undefined;
  }

  hasSession(id: SessionId): boolean {
    return this.#sessions.get(id)?.exists ?? this.#state.sessions.has(id);
  }

  ephemeralCount(id: SessionId): number {
    const record = this.#sessions.get(id);
    return record?.ephemerals ?? this.#state.sessions.get(id)?.ephemerals.size ?? 0;
  }

  /** The children in the seen state, in the order of their names. */
  childrenOf(parent: ZnodePath): SeenZnode[] {
    const { tree } = this.#state;
    const committed = tree.get(parent);
    const paths = new Set<ZnodePath>(
      committed === undefined ? [] : tree.childPaths(committed, undefined, committed.numChildren),
    );
    const created = this.#createdUnder.get(parent) ?? NO_RECORDS;
    for (const { path } of created) paths.add(path);
    const children = created.size === 0 ? [...paths] : [...paths].sort();
    return children
      .map((path) => this.znode(path))
      .filter((znode): znode is SeenZnode => znode !== undefined);
  }

  /** The ephemerals that the session owns in the seen state, in path order. */
  ephemeralsOf(id: SessionId): SeenZnode[] {
    const paths = new Set(this.#state.sessions.get(id)?.ephemerals);
    for (const { path } of this.#createdBy.get(id) ?? NO_RECORDS) paths.add(path);
    return [...paths]
      .sort()
      .map((path) => this.znode(path))
      .filter((znode): znode is SeenZnode => znode?.stat.ephemeralOwner === id);
  }

  /** Each path with an outstanding change, and the stat that is seen of it. */
  *changed(): Generator<{ readonly path: ZnodePath; readonly stat: Stat | undefined }> {
    for (const { path, stat, exists } of this.#znodes.values()) {
      yield { path, stat: exists ? stat : undefined };
    }
  }

  // ------------------------------------------------------------------------ one request

  begin(): void {
    assert(this.#replaced.length === 0, 'one request is prepared at a time');
    if (this.idle) this.#readCounters();
    this.quotas.begin();
    this.#mark = this.#queue.length;
    this.#nextIdBefore = this.#nextId;
    this.#sessionsBefore = this.#sessionCount;
  }

  keep(): void {
    this.quotas.keep();
    this.#replaced.length = 0;
  }

  /** Takes back everything since `begin`, counters included. */
  rollBack(): void {
    this.quotas.rollBack();
    for (let at = this.#queue.length - 1; at >= this.#mark; at -= 1) {
      const record = this.#queue[at];
      assert(record !== undefined, 'what is taken back has not been forgotten');
      const former = this.#replaced[at - this.#mark];
      if (record.kind === 'session') {
        restore(this.#sessions, record.id, former as SessionRecord | undefined);
      } else {
        restore(this.#znodes, record.path, former as ZnodeRecord | undefined);
        if (record.created) this.#unlist(record);
      }
    }
    this.#queue.length = this.#mark;
    this.#replaced.length = 0;
    this.#nextId = this.#nextIdBefore;
    this.#sessionCount = this.#sessionsBefore;
  }

  newZnodeId(): ZnodeId {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  addCreated(zxid: Zxid, id: ZnodeId, path: ZnodePath, stat: Stat, acl: Acl): SeenZnode {
    const record = this.#addZnode(zxid, id, path, stat, acl, true, true);
    list(this.#createdUnder, parentOf(path), record);
    const { ephemeralOwner } = stat;
    if (ephemeralOwner !== '') {
      list(this.#createdBy, ephemeralOwner, record);
      this.#addEphemerals(zxid, ephemeralOwner, 1);
    }
    return record;
  }

  addChanged(zxid: Zxid, znode: SeenZnode, stat: Stat, acl: Acl): SeenZnode {
    return this.#addZnode(zxid, znode.id, znode.path, stat, acl, true, false);
  }

  addDeleted(zxid: Zxid, znode: SeenZnode): void {
    this.#addZnode(zxid, znode.id, znode.path, znode.stat, znode.acl, false, false);
    const { ephemeralOwner } = znode.stat;
    if (ephemeralOwner !== '') this.#addEphemerals(zxid, ephemeralOwner, -1);
  }

  addOpened(zxid: Zxid, id: SessionId): void {
    this.#addSession({ kind: 'session', zxid, id, exists: true, ephemerals: 0 });
    this.#sessionCount += 1;
  }

  addClosed(zxid: Zxid, id: SessionId): void {
    this.#addSession({ kind: 'session', zxid, id, exists: false, ephemerals: 0 });
    this.#sessionCount -= 1;
  }

  // ------------------------------------------------------------------------ what the log says

  /** Forgets what is in the committed tree by now. */
  applied(zxid: Zxid): void {
    assert(this.#replaced.length === 0, 'nothing is applied within a request');
    this.quotas.applied(zxid);
    const queue = this.#queue;
    for (; this.#head < queue.length; this.#head += 1) {
      const record = queue[this.#head];
      assert(record !== undefined, 'only what lies before the head is forgotten');
      if (record.zxid > zxid) break;
      this.#forget(record);
      queue[this.#head] = undefined;
    }
    if (this.idle) {
      queue.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= queue.length) {
      this.#queue = queue.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Forgets everything: what was outstanding will not be committed by this leader. */
  reset(): void {
    this.#znodes.clear();
    this.#sessions.clear();
    this.#createdUnder.clear();
    this.#createdBy.clear();
    this.#queue = [];
    this.#head = 0;
    this.#replaced.length = 0;
    this.quotas.reset();
    this.#readCounters();
  }

  #readCounters(): void {
    this.#nextId = this.#state.nextZnodeId;
    this.#sessionCount = this.#state.sessions.size;
  }

  #forget(record: ChangeRecord): void {
    if (record.kind === 'session') {
      if (this.#sessions.get(record.id) === record) this.#sessions.delete(record.id);
      return;
    }
    if (this.#znodes.get(record.path) === record) this.#znodes.delete(record.path);
    if (record.created) this.#unlist(record);
  }

  #unlist(record: ZnodeRecord): void {
    unlist(this.#createdUnder, parentOf(record.path), record);
    const { ephemeralOwner } = record.stat;
    if (ephemeralOwner !== '') unlist(this.#createdBy, ephemeralOwner, record);
  }

  #addZnode(
    zxid: Zxid,
    id: ZnodeId,
    path: ZnodePath,
    stat: Stat,
    acl: Acl,
    exists: boolean,
    created: boolean,
  ): ZnodeRecord {
    const record: ZnodeRecord = { kind: 'znode', zxid, id, path, stat, acl, exists, created };
    this.#replaced.push(this.#znodes.get(path));
    this.#znodes.set(path, record);
    this.#queue.push(record);
    return record;
  }

  #addSession(record: SessionRecord): void {
    this.#replaced.push(this.#sessions.get(record.id));
    this.#sessions.set(record.id, record);
    this.#queue.push(record);
  }

  #addEphemerals(zxid: Zxid, id: SessionId, more: number): void {
    const ephemerals = this.ephemeralCount(id) + more;
    this.#addSession({ kind: 'session', zxid, id, exists: this.hasSession(id), ephemerals });
  }
}

function restore<K, V>(map: Map<K, V>, key: K, former: V | undefined): void {
  if (former === undefined) map.delete(key);
  else map.set(key, former);
}

function list<K>(lists: Map<K, Set<ZnodeRecord>>, key: K, record: ZnodeRecord): void {
  const records = lists.get(key);
  if (records === undefined) lists.set(key, new Set([record]));
  else records.add(record);
}

function unlist<K>(lists: Map<K, Set<ZnodeRecord>>, key: K, record: ZnodeRecord): void {
  const records = lists.get(key);
  records?.delete(record);
  if (records?.size === 0) lists.delete(key);
}
