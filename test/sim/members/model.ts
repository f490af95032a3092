/**
 * I16: a znode has a parent that exists and is not ephemeral; what a parent counts is what it has;
 *      a version is one more with every change; an ephemeral znode belongs to a session that lives;
 *      a sequence number is the next of its parent, and never comes twice.
 * I18: a session ends by an entry of its own, which removes all that it owns, and nothing of it
 *      comes later.
 *
 * The tree after each transaction, as plain objects, and every state that a path was ever in.
 */
import type { Zxid } from '../../../raftlog/zxid.ts';
import { initialRows } from '../../../storage/tree/image.ts';
import type {
  Change,
  CreateChange,
  DeleteChange,
  SessionId,
  SetChange,
  Transaction,
} from '../../../storage/tree/types.ts';
import { violated } from '../violation.ts';

export interface ModelZnode {
  readonly data: string;
  readonly version: number;
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly creates: number;
  readonly numChildren: number;
  readonly owner: SessionId | '';
}

interface Version {
  readonly zxid: Zxid;
  readonly znode: ModelZnode | undefined;
}

interface ModelSession {
  readonly timeoutMs: number;
  readonly ephemerals: Set<string>;
}

const SEQUENTIAL = /(\d{10})$/;

export class Model {
  readonly sessions = new Map<SessionId, ModelSession>();
  readonly #znodes = new Map<string, ModelZnode>();
  readonly #versions = new Map<string, Version[]>();
  /** Every name that was ever under a path. */
  readonly #names = new Map<string, Set<string>>();

  constructor() {
    for (const [, path, czxid, mzxid, pzxid, , , version, creates, , , owner] of initialRows()) {
      const zxids = { czxid: czxid as Zxid, mzxid: mzxid as Zxid, pzxid: pzxid as Zxid };
      this.#put(path, { data: '', version, ...zxids, creates, numChildren: 0, owner }, 0 as Zxid);
    }
    for (const path of [...this.#znodes.keys()]) {
      const parent = path === '/' ? undefined : this.#znodes.get(above(path));
      if (parent === undefined) continue;
      this.#put(above(path), { ...parent, numChildren: parent.numChildren + 1 }, 0 as Zxid);
    }
  }

  /** The znode as it was when everything through `zxid` had happened. */
  at(path: string, zxid: Zxid): ModelZnode | undefined {
    return this.#versions.get(path)?.findLast((version) => version.zxid <= zxid)?.znode;
  }

  /** All that `path` was from the moment `from` through `through`. */
  during(path: string, from: Zxid, through: Zxid): (ModelZnode | undefined)[] {
    const versions = this.#versions.get(path) ?? [];
    const later = versions.filter(({ zxid }) => zxid > from && zxid <= through);
    return [this.at(path, from), ...later.map(({ znode }) => znode)];
  }

  childrenAt(path: string, zxid: Zxid): string[] {
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = [...(this.#names.get(path) ?? [])];
    return names.filter((name) => this.at(prefix + name, zxid) !== undefined).sort();
  }

  apply(zxid: Zxid, { changes }: Transaction): void {
    for (const change of changes) this.#change(zxid, change);
  }

  #change(zxid: Zxid, change: Change): void {
    switch (change.op) {
      case 'create':
        this.#create(zxid, change);
        break;
      case 'set':
        this.#set(zxid, change);
        break;
      case 'delete':
        this.#delete(zxid, change);
        break;
      case 'openSession': {
        const { session, timeoutMs } = change;
        if (this.sessions.has(session)) violated('I18', `session ${session} is opened once`);
        this.sessions.set(session, { timeoutMs, ephemerals: new Set() });
        break;
      }
      case 'closeSession': {
        const left = this.sessions.get(change.session)?.ephemerals;
        if (left === undefined) violated('I18', `session ${change.session} ends once`);
        if (left.size > 0) violated('I18', `all it owns goes with a session: ${[...left]}`);
        this.sessions.delete(change.session);
        break;
      }
      default:
    }
  }

  #create(zxid: Zxid, { path, data, parentCreates, ephemeralOwner }: CreateChange): void {
    const parent = this.#znodes.get(above(path));
    if (parent === undefined) violated('I16', `${path} has a parent`);
    if (parent.owner !== '') violated('I16', `${path}: an ephemeral znode has no children`);
    if (this.#znodes.has(path)) violated('I16', `${path} is created where there is none`);
    if (parentCreates !== parent.creates + 1) {
      violated('I16', `${path} is child ${parent.creates + 1} of its parent, not ${parentCreates}`);
    }
    const number = SEQUENTIAL.exec(path)?.[1];
    if (number !== undefined && Number(number) !== parent.creates) {
      violated('I16', `${path} has the sequence number ${parent.creates}`);
    }
    if (ephemeralOwner !== '') {
      const owner = this.sessions.get(ephemeralOwner);
      if (owner === undefined) violated('I18', `${path}: nothing comes of a session that ended`);
      owner.ephemerals.add(path);
    }
    const { numChildren } = parent;
    const counted = { creates: parentCreates, numChildren: numChildren + 1, pzxid: zxid };
    this.#put(above(path), { ...parent, ...counted }, zxid);
    const zxids = { czxid: zxid, mzxid: zxid, pzxid: zxid };
    const fresh = { version: 0, creates: 0, numChildren: 0, owner: ephemeralOwner };
    this.#put(path, { data: data.text, ...zxids, ...fresh }, zxid);
  }

  #set(zxid: Zxid, { path, data, stat }: SetChange): void {
    const znode = this.#znodes.get(path);
    if (znode === undefined) violated('I16', `${path} exists when it is set`);
    if (stat.version !== znode.version + 1) {
      violated('I16', `${path} comes to version ${znode.version + 1}, not ${stat.version}`);
    }
    this.#put(path, { ...znode, data: data.text, version: stat.version, mzxid: zxid }, zxid);
  }

  #delete(zxid: Zxid, { path }: DeleteChange): void {
    const znode = this.#znodes.get(path);
    const parent = this.#znodes.get(above(path));
    if (znode === undefined || parent === undefined) violated('I16', `${path} exists, to go`);
    if (znode.numChildren > 0) violated('I16', `${path} has no children when it goes`);
    if (znode.owner !== '') this.sessions.get(znode.owner)?.ephemerals.delete(path);
    const counted = { numChildren: parent.numChildren - 1, pzxid: zxid };
    this.#put(above(path), { ...parent, ...counted }, zxid);
    this.#znodes.delete(path);
    this.#versions.get(path)?.push({ zxid, znode: undefined });
  }

  #put(path: string, znode: ModelZnode, zxid: Zxid): void {
    this.#znodes.set(path, znode);
    const versions = this.#versions.get(path);
    if (versions === undefined) {
      this.#versions.set(path, [{ zxid, znode }]);
      if (path === '/') return;
      const parent = above(path);
      const names = this.#names.get(parent) ?? new Set();
      names.add(path.slice(parent === '/' ? 1 : parent.length + 1));
      this.#names.set(parent, names);
    } else if (versions.at(-1)?.zxid === zxid) {
      // Within one transaction only what it comes to is ever seen.
      versions[versions.length - 1] = { zxid, znode };
    } else versions.push({ zxid, znode });
  }
}

/** The path of the parent. */
export function above(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
