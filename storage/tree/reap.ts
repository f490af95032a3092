/**
 * Containers and TTL znodes: when their time has come. The leader asks every second
 * (`dueForReaping`); each request that comes of it is judged again when it is prepared.
 */
import type { ReplicatedState } from './state.ts';
import type { Znode } from './tree.ts';
import type { ReapRequest, Stat } from './types.ts';
import { NEVER } from './znode-store.ts';

/** A container that never had a child lives this long after it was last written, ms. */
export const CONTAINER_UNUSED_MS = 5 * 60 * 1000;

/**
 * From when on the znode may be removed, as long as it has no children; undefined when it is
 * neither a container nor a TTL znode. A TTL counts from the last write of the data; children do
 * not renew it.
 */
export function dueAt(stat: Stat): number | undefined {
  if (stat.mode === 'persistent_ttl') return stat.mtime + stat.ttlMs + 1;
  if (stat.mode !== 'container') return undefined;
  return stat.creates > 0 ? 0 : stat.mtime + CONTAINER_UNUSED_MS + 1;
}

export function isDue(stat: Stat, now: number): boolean {
  const at = dueAt(stat);
  return at !== undefined && stat.numChildren === 0 && at <= now;
}

/** Tells the index of a znode that is new or has just lost its last child. */
export function trackForReaping(state: ReplicatedState, znode: Znode): void {
  const at = dueAt(znode.stat);
  // A look that is planned later than this no longer counts.
  if (at === undefined || at >= znode.lookAt) return;
  znode.lookAt = at;
  state.reapIndex.add(at, znode.place, znode.id);
}

/**
 * At most `max` removals that are due at `now` (ms). One that is not carried out comes up again.
 */
export function dueForReaping(state: ReplicatedState, now: number, max: number): ReapRequest[] {
  const { tree, reapIndex } = state;
  const requests: ReapRequest[] = [];
  const again: Znode[] = [];
  while (requests.length < max) {
    const reminder = reapIndex.next(now);
    if (reminder === undefined) break;
    const znode = tree.at(reminder.place, reminder.id);
    if (znode === undefined || znode.lookAt !== reminder.at) continue;
    znode.lookAt = NEVER;
    const { stat } = znode;
    // A znode with children comes back when it has lost the last one.
    if (stat.numChildren > 0) continue;
    again.push(znode);
    if (!isDue(stat, now)) continue;
    const { czxid, mzxid } = stat;
    requests.push({ op: 'reap', path: znode.path, czxid, mzxid });
  }
  for (const znode of again) trackForReaping(state, znode);
  return requests;
}
