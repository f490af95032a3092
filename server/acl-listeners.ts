/**
 * Requests that wait for a znode whose ACL may change. ZooKeeper has no event for that and watches
 * say nothing of it, but the JSON form of a znode shows the aversion, and so a wait for that form
 * to change must notice.
 */
import type { Change } from '../storage/tree/types.ts';

export class AclListeners {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls back after each change of the ACL of `path`, until the returned function is called. */
  add(path: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(path) ?? new Set();
    this.#listeners.set(path, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(path);
    };
  }

  /** A transaction has been applied. */
  notify(changes: readonly Change[]): void {
    if (this.#listeners.size === 0) return;
    for (const change of changes) {
      if (change.op !== 'setAcl') continue;
      for (const listener of [...(this.#listeners.get(change.path) ?? [])]) listener();
    }
  }
}
