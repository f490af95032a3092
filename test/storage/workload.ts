/**
 * A log as a member would write it: valid requests of all kinds, drawn from a seed, prepared and
 * applied by the tree itself. The same seed gives the same log, so that another process, or the
 * same one after a crash, can tell what must be in a directory from an index alone.
 */
import type { Entry, HardState } from '../../raftlog/types.ts';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { DEFAULT_LIMITS, type Limits } from '../../server/limits.ts';
import { OPEN_ACL, READ_ONLY_ACL } from '../../storage/tree/acl.ts';
import { applyEpochMarker, applyTransaction } from '../../storage/tree/apply.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { Preparer } from '../../storage/tree/prepare.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { CreateMode, RequestName, WriteRequest, ZnodeData } from '../../storage/tree/types.ts';
import type { AppliedMark } from '../../storage/types.ts';

export const EPOCH = 1;
export const HARD_STATE: HardState = { epoch: EPOCH, votedFor: 1 };
const START = 1_700_000_000_000;
/** As the marks of a workload tell them. */
const MEMBERS = { voters: [1, 2, 3], observers: [4] };

export function utf8(text: string): ZnodeData {
  return { text, encoding: 'utf8', length: Buffer.byteLength(text) };
}

/** Numbers that look random and come again with the same seed. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0;
  }

  /** 0 .. below - 1 */
  below(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

const TEXTS = ['', 'plain', 'nul\u0000inside', 'quote " and \\', 'line\nfeed', 'é', '\u2028', '😀'];

/** Every third has a key, every third an id, if it has a session. */
function nameOf(index: number): RequestName | undefined {
  const fingerprint = `${index % 7}`;
  if (index % 3 === 0) {
    const holders = [`caller ${index % 2}`, 'address'].slice(0, index % 4);
    return { key: `key ${index}`, fingerprint, ...(holders.length > 0 && { holders }) };
  }
  return index % 3 === 1 ? { id: index, fingerprint } : undefined;
}

export class Workload {
  readonly entries: Entry[] = [];
  /** State with every entry so far applied. */
  readonly state = new ReplicatedState();
  /** The digest, and the time of the last transaction, after each entry, by index. */
  readonly #digests = [''];
  readonly #times = [0];
  readonly #sessions = new Set<string>();
  readonly #draw: Draw;
  readonly #preparer: Preparer;
  readonly #dataBytes: number;

  constructor(seed: number, dataBytes = 200, limits: Partial<Limits> = {}) {
    this.#draw = new Draw(seed);
    this.#preparer = new Preparer(this.state, { ...DEFAULT_LIMITS, ...limits });
    this.#dataBytes = dataBytes;
    const marker: Entry = { ...this.#position(), type: 'epoch', payload: '' };
    applyEpochMarker(this.state, marker.zxid);
    this.#add(marker);
  }

  get last(): number {
    return this.entries.length;
  }

  /** Grows the log to `index` entries and returns those after `from`. */
  slice(from: number, index: number): Entry[] {
    while (this.last < index) this.#grow();
    return this.entries.slice(from, index);
  }

  markAt(index: number): AppliedMark {
    const entry = this.entries[index - 1];
    const digest = this.#digests[index];
    const lastTime = this.#times[index];
    if (entry === undefined || digest === undefined) throw new Error(`no entry ${index} yet`);
    return { index, epoch: entry.epoch, zxid: entry.zxid, digest, lastTime, members: MEMBERS };
  }

  #position(): { index: number; epoch: number; zxid: Zxid } {
    return { index: this.last + 1, epoch: EPOCH, zxid: zxidOf(EPOCH, this.last) };
  }

  #add(entry: Entry): void {
    this.entries.push(entry);
    this.#digests.push(this.state.digest());
    this.#times.push(this.state.lastTime ?? 0);
  }

  #grow(): void {
    const position = this.#position();
    for (;;) {
      const session = this.#draw.of(['', ...this.#sessions]);
      const context = {
        zxid: position.zxid,
        time: START + position.index,
        session,
        identities: [],
        name: nameOf(position.index),
      };
      const prepared = this.#preparer.prepare(this.#request(session), context);
      if (prepared.kind !== 'transaction') continue;
      applyTransaction(this.state, position.zxid, prepared.transaction);
      this.#preparer.applied(position.zxid);
      for (const change of prepared.transaction.changes) {
        if (change.op === 'openSession') this.#sessions.add(change.session);
        if (change.op === 'closeSession') this.#sessions.delete(change.session);
      }
      const payload = encodeTransaction(prepared.transaction);
      this.#add({ ...position, type: 'transaction', payload });
      return;
    }
  }

  #request(session: string): WriteRequest {
    const path = this.#somePath();
    const kind = this.#draw.below(100);
    if (kind < 35) return this.#create(session);
    if (kind < 70) return { op: 'set', path, data: this.#data(), create: kind < 40 };
    if (kind < 80) return { op: 'delete', path, recursive: kind < 72 };
    if (kind < 85) {
      return { op: 'setAcl', path, acl: this.#draw.of([OPEN_ACL, READ_ONLY_ACL]) };
    }
    if (kind < 90) {
      const create = this.#create('');
      return { op: 'transaction', ops: [create, { op: 'set', path, data: this.#data() }] };
    }
    if (kind < 96 || this.#sessions.size === 0) {
      return { op: 'openSession', secretHash: 'ab'.repeat(32), timeoutMs: 1000 + kind };
    }
    return { op: 'closeSession', session: this.#draw.of([...this.#sessions]), reason: 'closed' };
  }

  #create(session: string): Extract<WriteRequest, { op: 'create' }> {
    const modes: CreateMode[] = [
      'persistent',
      'persistent_sequential',
      'container',
      'persistent_ttl',
    ];
    if (session !== '') modes.push('ephemeral', 'ephemeral_sequential');
    const mode = this.#draw.of(modes);
    const parent = this.#somePath();
    const prefix = parent === '/' ? '/' : `${parent}/`;
    const name = `n${this.#draw.below(1000)}`;
    const ttl = mode === 'persistent_ttl' ? { ttlMs: 60_000 } : {};
    return { op: 'create', path: `${prefix}${name}`, data: this.#data(), mode, ...ttl };
  }

  /** A znode near the top, most of the time one that exists. */
  #somePath(): string {
    const paths = [...this.state.tree.values()].map((znode) => znode.path);
    return this.#draw.below(4) === 0 ? '/' : this.#draw.of(paths);
  }

  #data(): ZnodeData {
    const kind = this.#draw.below(20);
    if (kind === 0) return { text: '/w==', encoding: 'base64', length: 1 };
    const filler = 'x'.repeat(this.#draw.below(2 * this.#dataBytes));
    if (kind === 1) return utf8(filler.repeat(20));
    return utf8(this.#draw.of(TEXTS) + filler);
  }
}
