/**
 * A map keyed by path for millions of entries: many small maps in place of a giant one, whose
 * growth would stop the event loop for as long as it takes to rehash everything.
 */

const SHARDS = 256;

export class PathMap<V> {
  readonly #shards: readonly Map<string, V>[];
  #size = 0;

  constructor() {
    this.#shards = Array.from({ length: SHARDS }, () => new Map<string, V>());
  }

  get size(): number {
    return this.#size;
  }

  get(path: string): V | undefined {
    return this.#shard(path).get(path);
  }

  set(path: string, value: V): void {
    const shard = this.#shard(path);
    const before = shard.size;
    shard.set(path, value);
    this.#size += shard.size - before;
  }

  delete(path: string): boolean {
    const deleted = this.#shard(path).delete(path);
    if (deleted) this.#size -= 1;
    return deleted;
  }

  /** All values, in no particular order. */
  *values(): IterableIterator<V> {
    for (const shard of this.#shards) yield* shard.values();
  }

  #shard(path: string): Map<string, V> {
    return this.#shards[shardOf(path)] as Map<string, V>;
  }
}

/**
 * Looks at the end of the path, where siblings differ, and at some places further up, where cousins
 * of the same name do. It need not be a good hash: each shard hashes again.
 */
function shardOf(path: string): number {
  const last = path.length - 1;
  let hash = path.length;
  hash = Math.imul(hash, 31) + path.charCodeAt(last);
  if (last > 2) {
    hash = Math.imul(hash, 31) + path.charCodeAt(last - 1);
    hash = Math.imul(hash, 31) + path.charCodeAt(last - 2);
    const step = (last >>> 3) + 1;
    for (let at = last - 3; at > 0; at -= step) {
      hash = Math.imul(hash, 31) + path.charCodeAt(at);
    }
  }
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SHARDS - 1);
}
