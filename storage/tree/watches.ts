/**
 * Who watches what, and whom an event answers: ZooKeeper's trigger table. Local to a member, never
 * replicated. Knows paths, kinds and watchers; what a watcher is and how an event reaches it is the
 * caller's business.
 *
 * A watch is one entry (watcher, kind, path) with a number that is unique to its watcher. One-shot
 * entries are taken out before anything is delivered.
 */
import { assert } from '../../raftlog/assert.ts';
import { parentOf } from './path.ts';
import { PathMap } from './path-map.ts';
import type { EventType, TreeEvent, WatchKind, ZnodePath } from './types.ts';

const KINDS = ['data', 'child', 'persistent', 'persistentRecursive'] as const;

/** Which kinds of watch on the path that an event names answer to it. */
const KINDS_ON_PATH: Readonly<Record<EventType, readonly WatchKind[]>> = {
  nodeCreated: ['data', 'persistent'],
  nodeDataChanged: ['data', 'persistent'],
  nodeDeleted: ['data', 'child', 'persistent'],
  nodeChildrenChanged: ['child', 'persistent'],
};

interface Watch<W> {
  readonly watcher: W;
  /** All watches of the same watcher, by number. */
  readonly siblings: Map<number, Watch<W>>;
  readonly kind: WatchKind;
  readonly path: ZnodePath;
  /** Unique per watcher, growing. */
  readonly number: number;
  /** Grows with registration, over all watchers. */
  readonly order: number;
}

interface WatcherState<W> {
  lastNumber: number;
  readonly watches: Map<number, Watch<W>>;
}

/**
 * Most paths have a single watch of a kind: that one stands for itself, without a map around it.
 */
type WatchesOnPath<W> = Watch<W> | Map<W, Watch<W>>;

/** A watch, as it is told to who asks. */
export interface WatchRow<W> {
  readonly watcher: W;
  readonly number: number;
  readonly kind: WatchKind;
  readonly path: ZnodePath;
}

export type DeliverEvent<W> = (watcher: W, watches: number[]) => void;

export class WatchTable<W extends object> {
  readonly #byKind: Readonly<Record<WatchKind, PathMap<WatchesOnPath<W>>>> = {
    data: new PathMap(),
    child: new PathMap(),
    persistent: new PathMap(),
    persistentRecursive: new PathMap(),
  };
  /** Weak, so that numbers are never used twice for a watcher as long as anyone knows it. */
  readonly #watchers = new WeakMap<W, WatcherState<W>>();
  #count = 0;
  #order = 0;

  /** Number of watches. */
  get count(): number {
    return this.#count;
  }

  countOf(watcher: W): number {
    return this.#watchers.get(watcher)?.watches.size ?? 0;
  }

  kindOf(watcher: W, number: number): WatchKind | undefined {
    return this.#watchers.get(watcher)?.watches.get(number)?.kind;
  }

  /** Leaves a watch and returns its number; that of the equal watch which is there already. */
  add(watcher: W, kind: WatchKind, path: ZnodePath): number {
    const onPath = this.#byKind[kind].get(path);
    const existing = onPath === undefined ? undefined : watchOf(onPath, watcher);
    if (existing !== undefined) return existing.number;
    let state = this.#watchers.get(watcher);
    if (state === undefined) {
      state = { lastNumber: 0, watches: new Map() };
      this.#watchers.set(watcher, state);
    }
    state.lastNumber += 1;
    this.#order += 1;
    const { lastNumber: number, watches: siblings } = state;
    const watch: Watch<W> = { watcher, siblings, kind, path, number, order: this.#order };
    siblings.set(number, watch);
    this.#count += 1;
    if (onPath instanceof Map) {
      onPath.set(watcher, watch);
    } else {
      const entry =
        onPath === undefined
          ? watch
          : new Map([
              [onPath.watcher, onPath],
              [watcher, watch],
            ]);
      this.#byKind[kind].set(path, entry);
    }
    return watch.number;
  }

  /**
   * The watches that a change of the znode at `path` answers, by kind and then in the order of
   * their registration, `max` at most; and how many there are. Costs in proportion to `max` and to
   * the depth of the path.
   */
  answering(path: ZnodePath, max: number): { rows: WatchRow<W>[]; count: number } {
    const rows: WatchRow<W>[] = [];
    let count = 0;
    const add = (onPath: WatchesOnPath<W> | undefined) => {
      if (onPath === undefined) return;
      if (!(onPath instanceof Map)) {
        count += 1;
        if (rows.length < max) rows.push(onPath);
        return;
      }
      count += onPath.size;
      for (const watch of onPath.values()) {
        if (rows.length >= max) return;
        rows.push(watch);
      }
    };
    for (const kind of ['data', 'child', 'persistent'] as const) add(this.#byKind[kind].get(path));
    for (let at = path; ; at = parentOf(at)) {
      add(this.#byKind.persistentRecursive.get(at));
      if (at === '/') return { rows, count };
    }
  }

  /**
   * The watcher's own watches in the order of their numbers, `max` at most, and how many there are;
   * of those alone whose path `isShown`, if that is given. Then, and only then, all are looked at.
   */
  watchesOf(
    watcher: W,
    max: number,
    isShown?: (path: ZnodePath) => boolean,
  ): { readonly rows: readonly WatchRow<W>[]; readonly count: number } {
    const rows: WatchRow<W>[] = [];
    let count = 0;
    for (const watch of this.#watchers.get(watcher)?.watches.values() ?? []) {
      if (isShown === undefined && rows.length >= max) break;
      if (isShown?.(watch.path) === false) continue;
      count += 1;
      if (rows.length < max) rows.push(watch);
    }
    return { rows, count: isShown === undefined ? this.countOf(watcher) : count };
  }

  remove(watcher: W, number: number): boolean {
    const watch = this.#watchers.get(watcher)?.watches.get(number);
    if (watch === undefined) return false;
    this.#remove(watch);
    return true;
  }

  /** Removes the watcher's watches on exactly this path; their numbers, in the order of adding. */
  removePath(watcher: W, path: ZnodePath, kind: WatchKind | 'any'): number[] {
    const removed: number[] = [];
    for (const each of kind === 'any' ? KINDS : [kind]) {
      const onPath = this.#byKind[each].get(path);
      const watch = onPath === undefined ? undefined : watchOf(onPath, watcher);
      if (watch === undefined) continue;
      this.#remove(watch);
      removed.push(watch.number);
    }
    return removed.sort((a, b) => a - b);
  }

  /** Takes away everybody's watches: each watcher with the numbers of those that it had. */
  clear(): Map<W, number[]> {
    const watches: Watch<W>[] = [];
    for (const kind of KINDS) {
      for (const onPath of this.#byKind[kind].values()) collect(onPath, watches);
    }
    const cleared = new Map<W, number[]>();
    for (const watch of watches.sort((a, b) => a.order - b.order)) {
      const numbers = cleared.get(watch.watcher);
      if (numbers === undefined) cleared.set(watch.watcher, [watch.number]);
      else numbers.push(watch.number);
      this.#remove(watch);
    }
    return cleared;
  }

  /** Costs in proportion to the watcher's own watches. */
  removeAll(watcher: W): void {
    const state = this.#watchers.get(watcher);
    if (state === undefined) return;
    for (const watch of state.watches.values()) this.#remove(watch);
  }

  /**
   * Delivers an event to each watcher with a watch that answers to it, once, with the numbers of
   * all of them; watchers in the order of their registration. A watcher that `permits` turns down
   * gets nothing and keeps its one-shot watches.
   */
  trigger(event: TreeEvent, deliver: DeliverEvent<W>, permits?: (watcher: W) => boolean): void {
    if (this.#count === 0) return;
    const hits: Watch<W>[] = [];
    let sources = 0;
    for (const kind of KINDS_ON_PATH[event.type]) {
      const onPath = this.#byKind[kind].get(event.path);
      if (onPath !== undefined) {
        collect(onPath, hits);
        sources += 1;
      }
    }
    if (event.type !== 'nodeChildrenChanged') sources += this.#collectRecursive(event.path, hits);
    const answered = permits === undefined ? hits : hits.filter((w) => permits(w.watcher));
    for (const watch of answered) {
      if (watch.kind === 'data' || watch.kind === 'child') this.#remove(watch);
    }
    // Within one kind and path a watcher has one watch, and they are in order already.
    if (sources <= 1) for (const { watcher, number } of answered) deliver(watcher, [number]);
    else deliverGrouped(answered, deliver);
  }

  /** Recursive watches on the path and its ancestors; on how many of them there were any. */
  #collectRecursive(path: ZnodePath, hits: Watch<W>[]): number {
    const recursive = this.#byKind.persistentRecursive;
    if (recursive.size === 0) return 0;
    let sources = 0;
    for (let at = path; ; at = parentOf(at)) {
      const onPath = recursive.get(at);
      if (onPath !== undefined) {
        collect(onPath, hits);
        sources += 1;
      }
      if (at === '/') return sources;
    }
  }

  #remove(watch: Watch<W>): void {
    const { watcher, siblings, kind, path, number } = watch;
    const paths = this.#byKind[kind];
    const onPath = paths.get(path);
    if (onPath instanceof Map) {
      onPath.delete(watcher);
      if (onPath.size === 0) paths.delete(path);
    } else {
      assert(onPath === watch, 'a watch is listed under its path');
      paths.delete(path);
    }
    siblings.delete(number);
    this.#count -= 1;
  }
}

function watchOf<W>(onPath: WatchesOnPath<W>, watcher: W): Watch<W> | undefined {
  if (onPath instanceof Map) return onPath.get(watcher);
  return onPath.watcher === watcher ? onPath : undefined;
}

function collect<W>(onPath: WatchesOnPath<W>, hits: Watch<W>[]): void {
  if (onPath instanceof Map) for (const watch of onPath.values()) hits.push(watch);
  else hits.push(onPath);
}

function deliverGrouped<W>(hits: Watch<W>[], deliver: DeliverEvent<W>): void {
  hits.sort((a, b) => a.order - b.order);
  const numbers = new Map<W, number[]>();
  for (const { watcher, number } of hits) {
    const own = numbers.get(watcher);
    if (own === undefined) numbers.set(watcher, [number]);
    else own.push(number);
  }
  for (const [watcher, watches] of numbers) deliver(watcher, watches);
}
