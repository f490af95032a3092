/**
 * The semantics of a tree in the plainest form that there is: one map, nothing shared with the
 * product, nothing made to be fast. Random operations are compared with it, answer by answer.
 */
import type { AclEntry, CreateOptions, Op } from './driver.ts';
import { world } from './driver.ts';

interface Znode {
  data: string;
  version: number;
  aversion: number;
  /** Children ever created here. */
  creates: number;
  perms: string;
  czxid: string;
  mzxid: string;
  pzxid: string;
  mode: string;
  owner: string | undefined;
}

/** The stat without its times, which are the leader's. */
export type ModelStat = Readonly<Record<string, unknown>>;

export interface ModelResult {
  readonly code?: string;
  readonly path?: string;
  readonly stat?: ModelStat;
}

const OPEN = 'cdrwa';

export class ModelTree {
  #znodes: Map<string, Znode>;
  /** What a dry run has created so far; undefined: this is none. */
  #tried: Set<Znode> | undefined;

  constructor(base: string, czxid: string) {
    this.#znodes = new Map([[base, znodeOf('', OPEN, czxid, 'persistent', undefined)]]);
  }

  get paths(): string[] {
    return [...this.#znodes.keys()];
  }

  /** Does `op` on behalf of `session` under `zxid`, or says with which code it is refused. */
  write(op: Op, zxid: string, session: string): ModelResult {
    const before = this.#copy();
    const result = this.#write(op, zxid, session);
    if (result.code !== undefined) this.#znodes = before;
    return result;
  }

  /** All or none; the result of a refusal has the index of the operation. */
  transaction(ops: readonly Op[], zxid: string, session: string) {
    const before = this.#copy();
    const results: ModelResult[] = [];
    for (const [index, op] of ops.entries()) {
      const result = this.#write(op, zxid, session);
      if (result.code !== undefined) {
        this.#znodes = before;
        return { code: result.code, index, results };
      }
      results.push(result);
    }
    return { code: undefined, index: -1, results };
  }

  /** As if `change` had not been. */
  dry<T>(change: () => T): T {
    const before = this.#copy();
    this.#tried = new Set();
    const result = change();
    this.#tried = undefined;
    this.#znodes = before;
    return result;
  }

  /** The end of a session. */
  end(session: string, zxid: string): void {
    for (const [path, { owner }] of [...this.#znodes]) {
      if (owner === session) this.#remove(path, zxid);
    }
  }

  read(op: string, path: string): ModelResult & { data?: string; acl?: AclEntry[] } {
    const znode = this.#znodes.get(path);
    if (znode === undefined) return op === 'exists' ? {} : { code: 'NoNode' };
    const { perms, data } = znode;
    const may = perms.includes('r') || (op === 'getAcl' && perms.includes('a'));
    if (!may) return { code: 'NoAuth' };
    return { path, stat: this.statOf(path), data, acl: world(perms) };
  }

  /** Names of children, sorted. */
  childrenOf(path: string): string[] {
    const prefix = `${path}/`;
    const below = this.paths.filter((one) => one.startsWith(prefix));
    return below
      .map((one) => one.slice(prefix.length))
      .filter((name) => !name.includes('/'))
      .sort();
  }

  statOf(path: string): ModelStat {
    const znode = this.#must(path);
    const { czxid, mzxid, pzxid, version, aversion, creates, mode, owner } = znode;
    const numChildren = this.childrenOf(path).length;
    return {
      ...{ czxid, mzxid, pzxid, version, aversion, mode, numChildren },
      cversion: 2 * creates - numChildren,
      dataLength: Buffer.byteLength(znode.data),
      ...(owner === undefined ? {} : { ephemeralOwner: owner }),
    };
  }

  #write(op: Op, zxid: string, session: string): ModelResult {
    switch (op.op) {
      case 'create':
        return this.#create(op.path, op as CreateOptions, zxid, session);
      case 'set':
        return this.#set(op, zxid, session);
      case 'delete':
        return this.#delete(op, zxid);
      case 'setAcl':
        return this.#setAcl(op);
      case 'check':
        return this.#check(op);
      default:
        return this.#checkAbsent(op.path);
    }
  }

  #create(given: string, options: CreateOptions, zxid: string, session: string): ModelResult {
    const { mode = 'persistent', parents = false, acl } = options;
    const perms = acl?.[0]?.perms ?? OPEN;
    const ephemeral = mode.startsWith('ephemeral');
    const parent = parentOf(given);
    if (parents && !this.#znodes.has(parent)) {
      const made = this.#create(parent, { parents, acl: world(perms) }, zxid, session);
      if (made.code !== undefined) return made;
    }
    const above = this.#znodes.get(parent);
    if (above === undefined) return { code: 'NoNode' };
    if (!above.perms.includes('c') || this.#isHidden(above)) return { code: 'NoAuth' };
    const sequential = mode.includes('sequential');
    const path = sequential ? given + String(above.creates).padStart(10, '0') : given;
    if (this.#znodes.has(path)) return { code: 'NodeExists' };
    if (above.mode === 'ephemeral') return { code: 'NoChildrenForEphemerals' };
    above.creates += 1;
    above.pzxid = zxid;
    const owner = ephemeral ? session : undefined;
    const kind = ephemeral ? 'ephemeral' : 'persistent';
    const created = znodeOf(String(options.data ?? ''), perms, zxid, kind, owner);
    this.#znodes.set(path, created);
    this.#tried?.add(created);
    return { path, stat: this.statOf(path) };
  }

  #set(op: Op, zxid: string, session: string): ModelResult {
    const { path, data, version, create } = op;
    const znode = this.#znodes.get(path);
    if (znode === undefined) {
      if (create !== true) return { code: 'NoNode' };
      return this.#create(path, { data: String(data) }, zxid, session);
    }
    if (!znode.perms.includes('w') || this.#isHidden(znode)) return { code: 'NoAuth' };
    if (version !== undefined && version !== znode.version) return { code: 'BadVersion' };
    znode.data = String(data);
    znode.version += 1;
    znode.mzxid = zxid;
    return { path, stat: this.statOf(path) };
  }

  #delete({ path, version, recursive }: Op, zxid: string): ModelResult {
    const above = this.#znodes.get(parentOf(path));
    if (above === undefined) return { code: 'NoNode' };
    if (!above.perms.includes('d')) return { code: 'NoAuth' };
    const znode = this.#znodes.get(path);
    if (znode === undefined) return { code: 'NoNode' };
    if (this.#isHidden(znode)) return { code: 'NoAuth' };
    if (version !== undefined && version !== znode.version) return { code: 'BadVersion' };
    const doomed = this.paths.filter((one) => one === path || one.startsWith(`${path}/`));
    if (doomed.length > 1 && recursive !== true) return { code: 'NotEmpty' };
    const parents = doomed.filter((one) => this.childrenOf(one).length > 0);
    if (parents.some((one) => !this.#must(one).perms.includes('d'))) return { code: 'NoAuth' };
    if (doomed.some((one) => this.#isHidden(this.#must(one)))) return { code: 'NoAuth' };
    for (const one of doomed.toReversed()) this.#remove(one, zxid);
    return {};
  }

  #remove(path: string, zxid: string): void {
    this.#znodes.delete(path);
    const above = this.#znodes.get(parentOf(path));
    if (above !== undefined) above.pzxid = zxid;
  }

  #setAcl({ path, acl, version }: Op): ModelResult {
    const znode = this.#znodes.get(path);
    if (znode === undefined) return { code: 'NoNode' };
    if (!znode.perms.includes('a')) return { code: 'NoAuth' };
    if (version !== undefined && version !== znode.aversion) return { code: 'BadVersion' };
    znode.perms = (acl as AclEntry[])[0]?.perms ?? OPEN;
    znode.aversion += 1;
    return { path, stat: this.statOf(path) };
  }

  #check({ path, version }: Op): ModelResult {
    const znode = this.#znodes.get(path);
    if (znode === undefined) return { code: 'NoNode' };
    if (!znode.perms.includes('r')) return { code: 'NoAuth' };
    return version === undefined || version === znode.version ? {} : { code: 'BadVersion' };
  }

  #checkAbsent(path: string): ModelResult {
    const znode = this.#znodes.get(path);
    if (znode === undefined) return {};
    return { code: znode.perms.includes('r') ? 'NodeExists' : 'NoAuth' };
  }

  /** A dry run tells nothing that could not be read. */
  #isHidden(znode: Znode): boolean {
    const { perms } = znode;
    return this.#tried !== undefined && !this.#tried.has(znode) && !perms.includes('r');
  }

  #must(path: string): Znode {
    const znode = this.#znodes.get(path);
    if (znode === undefined) throw new Error(`the model has no ${path}`);
    return znode;
  }

  #copy(): Map<string, Znode> {
    return new Map([...this.#znodes].map(([path, znode]) => [path, { ...znode }]));
  }
}

function znodeOf(
  data: string,
  perms: string,
  zxid: string,
  mode: string,
  owner: string | undefined,
): Znode {
  const zxids = { czxid: zxid, mzxid: zxid, pzxid: zxid };
  return { data, version: 0, aversion: 0, creates: 0, perms, ...zxids, mode, owner };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
