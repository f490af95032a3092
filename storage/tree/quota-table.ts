/**
 * The quotas of the applied tree and what is used of each. It follows from the tree, as the index
 * for reaping does: it is built while a tree is loaded, is no part of the digest, and stands on no
 * disk. A change costs one look for each name of its path, and none while there is no quota.
 */
import { assert } from '../../raftlog/assert.ts';
import { parentOf } from './path.ts';
import {
  isOverSoftLimit,
  limitedBy,
  parseLimits,
  type Quota,
  type QuotaLimits,
  type Usage,
} from './quota.ts';
import type { ZnodeTree } from './tree.ts';
import type { ZnodeData, ZnodePath } from './types.ts';

interface CountedQuota extends Quota {
  limits: QuotaLimits;
  count: number;
  bytes: number;
  isOver: boolean;
}

/** Beyond these, what has gone over its soft limits is counted and not named. */
const NAMED_MAX = 100;

export class QuotaTable {
  readonly #quotas = new Map<ZnodePath, CountedQuota>();
  /** Those that have gone over a soft limit since somebody asked. */
  readonly #gone = new Set<ZnodePath>();
  #over = 0;

  get size(): number {
    return this.#quotas.size;
  }

  /** How many are over a soft limit at present. */
  get over(): number {
    return this.#over;
  }

  get(path: ZnodePath): Quota | undefined {
    return this.#quotas.get(path);
  }

  /** The quotas that count the znode at `path`, the innermost first. */
  covering(path: ZnodePath): Quota[] {
    const covering: Quota[] = [];
    if (this.#quotas.size === 0) return covering;
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const quota = this.#quotas.get(at);
      if (quota !== undefined) covering.push(quota);
    }
    return covering;
  }

  /** The paths that have gone over a soft limit since the last call, as many as are named. */
  takeGoneOver(): readonly ZnodePath[] {
    if (this.#gone.size === 0) return [];
    const gone = [...this.#gone];
    this.#gone.clear();
    return gone;
  }

  /**
   * A znode that is in the tree now was created, there or on disk. `usage`: of the quota that is
   * new with it, where that is known; else the subtree is walked.
   */
  created(tree: ZnodeTree, path: ZnodePath, data: ZnodeData, usage?: Usage): void {
    if (this.#quotas.size > 0) this.#charge(path, 1, data.length);
    const limited = limitedBy(path);
    if (limited !== undefined) this.#write(tree, limited, data, usage);
  }

  /** The data of a znode was `before` bytes and is `data`; `usage` as above. */
  written(tree: ZnodeTree, path: ZnodePath, before: number, data: ZnodeData, usage?: Usage): void {
    if (this.#quotas.size > 0 && data.length !== before) {
      this.#charge(path, 0, data.length - before);
    }
    const limited = limitedBy(path);
    if (limited !== undefined) this.#write(tree, limited, data, usage);
  }

  /** A znode that had `bytes` of data is in the tree no more. */
  deleted(path: ZnodePath, bytes: number): void {
    if (this.#quotas.size === 0) return;
    this.#charge(path, -1, -bytes);
    const limited = limitedBy(path);
    if (limited !== undefined) this.#drop(limited);
  }

  #charge(path: ZnodePath, count: number, bytes: number): void {
    for (let at = path; at !== '/'; at = parentOf(at)) {
      const quota = this.#quotas.get(at);
      if (quota === undefined) continue;
      quota.count += count;
      quota.bytes += bytes;
      assert(quota.count >= 0 && quota.bytes >= 0, 'no less than nothing is used');
      this.#judge(quota);
    }
  }

  /** A text that says no limits (of a tree that was made before they were checked) is none. */
  #write(tree: ZnodeTree, path: ZnodePath, data: ZnodeData, usage: Usage | undefined): void {
    const limits = parseLimits(data);
    const known = this.#quotas.get(path);
    if (limits === undefined) {
      this.#drop(path);
    } else if (known === undefined) {
      const { count, bytes } = usage ?? usageIn(tree, path);
      const quota = { path, limits, count, bytes, isOver: false };
      this.#quotas.set(path, quota);
      this.#judge(quota);
    } else {
      known.limits = limits;
      this.#judge(known);
    }
  }

  #drop(path: ZnodePath): void {
    if (this.#quotas.get(path)?.isOver === true) this.#over -= 1;
    this.#quotas.delete(path);
    this.#gone.delete(path);
  }

  #judge(quota: CountedQuota): void {
    const isOver = isOverSoftLimit(quota);
    if (isOver === quota.isOver) return;
    quota.isOver = isOver;
    this.#over += isOver ? 1 : -1;
    if (isOver && this.#gone.size < NAMED_MAX) this.#gone.add(quota.path);
  }
}

/** What the subtree uses. Walks it: a quota is set once, and counted from then on. */
export function usageIn(tree: ZnodeTree, path: ZnodePath): Usage {
  const { count, bytes } = tree.usage(path, Infinity);
  return { count, bytes };
}
