/**
 * What tells an event from the others of its transaction, so that a stream that was cut in the
 * middle of them goes on behind it, whoever reads it then and with whatever filter.
 *
 * A mark says nothing but what the event itself says. The place among all events of the transaction
 * would tell its reader of those that it may not see; the place among those that it may see would
 * be another one for who reads on.
 */
import type { TreeEvent } from './types.ts';

const HASHES = 2 ** 32;
const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;

/** Of transactions that are being told; so many streams share one that it is worth to remember. */
const known = new WeakMap<readonly TreeEvent[], readonly number[]>();

/** Of the event at `place` of `events`, which are all of one transaction. */
export function markOf(events: readonly TreeEvent[], place: number): number {
  let marks = known.get(events);
  if (marks === undefined) {
    marks = marksOf(events);
    known.set(events, marks);
  }
  return marks[place] ?? 0;
}

/** Where the events begin that come behind the one with that mark; 0 when there is none. */
export function placeBehind(events: readonly TreeEvent[], mark: number): number {
  return marksOf(events).indexOf(mark) + 1;
}

function marksOf(events: readonly TreeEvent[]): number[] {
  const counts = new Map<number, number>();
  return events.map((event) => {
    const hash = hashOf(`${event.type} ${event.path}`);
    // Of events alike: a znode may be written twice. What is alike by chance counts as well.
    const count = counts.get(hash) ?? 0;
    counts.set(hash, count + 1);
    return count * HASHES + hash;
  });
}

/** FNV-1a over the units of a text, 32 bits. */
function hashOf(text: string): number {
  let hash = BASIS;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash >>> 0;
}
