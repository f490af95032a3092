/**
 * Quotas in the seen state: what is used by the tree and by everything prepared since, so that
 * requests which are under way at one time cannot together use more than there is, and what an
 * operation of a transaction deletes is room for the next.
 *
 * A record replaces the former one of its quota and is never modified (as in `outstanding.ts`).
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { Refusal } from './errors.ts';
import { parentOf } from './path.ts';
import { limitedBy, parseLimits, type Quota, type Usage } from './quota.ts';
import { usageIn } from './quota-table.ts';
import type { ReplicatedState } from './state.ts';
import type { Stat, ZnodeData, ZnodePath } from './types.ts';

interface QuotaRecord extends Quota {
  readonly zxid: Zxid;
  /** False: it is deleted by then. */
  readonly exists: boolean;
}

/** Where the znodes are that the committed tree does not have as they are seen. */
export interface SeenDifferences {
  /** Each path with an outstanding change; the stat that is seen, undefined when it is deleted. */
  changed(): Iterable<{ readonly path: ZnodePath; readonly stat: Stat | undefined }>;
}

export class SeenQuotas {
  readonly #state: ReplicatedState;
  readonly #differences: SeenDifferences;
  readonly #records = new Map<ZnodePath, QuotaRecord>();
  #queue: QuotaRecord[] = [];
  #head = 0;
  #mark = 0;
  readonly #replaced: (QuotaRecord | undefined)[] = [];

  constructor(state: ReplicatedState, differences: SeenDifferences) {
    this.#state = state;
    this.#differences = differences;
  }

  /** Whether nothing is counted, and a request need not ask. */
  get none(): boolean {
    return this.#records.size === 0 && this.#state.quotas.size === 0;
  }

  /** Why a znode at `path` may not use so much more; undefined when every quota has room. */
  refusal(path: ZnodePath, moreCount: number, moreBytes: number): Refusal | undefined {
    if (this.none || (moreCount <= 0 && moreBytes <= 0)) return undefined;
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const quota = this.#quota(at);
      if (quota === undefined) continue;
      const { limits, count, bytes } = quota;
      const { countLimit = Infinity, bytesLimit = Infinity } = limits;
      if (moreCount > 0 && count + moreCount > countLimit) {
        return exceeded(path, at, 'countLimit', countLimit);
      }
      if (moreBytes > 0 && bytes + moreBytes > bytesLimit) {
        return exceeded(path, at, 'bytesLimit', bytesLimit);
      }
    }
    return undefined;
  }

  /**
   * Znodes and bytes came to `path`, or went; quotas that cover it count them. One that was deleted
   * does too for as long as that is outstanding: set anew, time and again in one transaction
   * perhaps, its subtree is not walked again.
   */
  charge(zxid: Zxid, path: ZnodePath, count: number, bytes: number): void {
    if (this.none || (count === 0 && bytes === 0)) return;
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const record = this.#records.get(at);
      const quota = record ?? this.#state.quotas.get(at);
      if (quota === undefined) continue;
      const used = { count: quota.count + count, bytes: quota.bytes + bytes };
      const exists = record?.exists ?? true;
      this.#add({ zxid, path: at, limits: quota.limits, ...used, exists });
    }
  }

  /**
   * The znode at `path` has this data now: perhaps the limits of a quota. What is used of it, if it
   * is new.
   */
  written(zxid: Zxid, path: ZnodePath, data: ZnodeData): Usage | undefined {
    const limited = limitedBy(path);
    if (limited === undefined) return undefined;
    const known = this.#quota(limited);
    const limits = parseLimits(data);
    if (limits === undefined) {
      if (known !== undefined) this.#add({ ...known, zxid, exists: false });
      return undefined;
    }
    const { count, bytes } = known ?? this.#records.get(limited) ?? this.#usageOf(limited);
    this.#add({ zxid, path: limited, limits, count, bytes, exists: true });
    return known === undefined ? { count, bytes } : undefined;
  }

  /** The znode at `path` is there no more: perhaps the limits of a quota. */
  deleted(zxid: Zxid, path: ZnodePath): void {
    if (this.none) return;
    const limited = limitedBy(path);
    const known = limited === undefined ? undefined : this.#quota(limited);
    if (known !== undefined) this.#add({ ...known, zxid, exists: false });
  }

  // ------------------------------------------------------------------------ one request

  begin(): void {
    this.#mark = this.#queue.length;
  }

  keep(): void {
    this.#replaced.length = 0;
  }

  /** Takes back everything since `begin`. */
  rollBack(): void {
    for (let at = this.#queue.length - 1; at >= this.#mark; at -= 1) {
      const { path } = this.#queue[at] as QuotaRecord;
      const former = this.#replaced[at - this.#mark];
      if (former === undefined) this.#records.delete(path);
      else this.#records.set(path, former);
    }
    this.#queue.length = this.#mark;
    this.#replaced.length = 0;
  }

  /** Forgets what is in the committed tree by now. */
  applied(zxid: Zxid): void {
    const queue = this.#queue;
    if (queue.length === 0) return;
    for (; this.#head < queue.length; this.#head += 1) {
      const record = queue[this.#head] as QuotaRecord;
      if (record.zxid > zxid) break;
      if (this.#records.get(record.path) === record) this.#records.delete(record.path);
    }
    if (this.#head * 2 < queue.length) return;
    this.#queue = queue.slice(this.#head);
    this.#head = 0;
  }

  reset(): void {
    this.#records.clear();
    this.#queue = [];
    this.#head = 0;
    this.#replaced.length = 0;
  }

  #quota(path: ZnodePath): Quota | undefined {
    const record = this.#records.get(path);
    if (record === undefined) return this.#state.quotas.get(path);
    return record.exists ? record : undefined;
  }

  #add(record: QuotaRecord): void {
    this.#replaced.push(this.#records.get(record.path));
    this.#records.set(record.path, record);
    this.#queue.push(record);
  }

  /** Of a subtree as it is seen: the committed one, and what is outstanding in it. */
  #usageOf(top: ZnodePath): { count: number; bytes: number } {
    const { tree } = this.#state;
    const usage = { ...usageIn(tree, top) };
    for (const { path, stat } of this.#differences.changed()) {
      if (path !== top && !path.startsWith(`${top}/`)) continue;
      const before = tree.get(path);
      usage.count += Number(stat !== undefined) - Number(before !== undefined);
      usage.bytes += (stat?.dataLength ?? 0) - (before?.dataLength ?? 0);
    }
    return usage;
  }
}

function exceeded(path: ZnodePath, quota: ZnodePath, name: string, value: number): Refusal {
  return { code: 'QuotaExceeded', path, quota, limit: { name, value } };
}
