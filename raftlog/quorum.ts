/** The arithmetic of majorities. Pure functions over plain numbers. */
import { assert } from './assert.ts';
import type { LogIndex } from './types.ts';

/** How many of `voters` members make a quorum: more than half. */
export function quorumSize(voters: number): number {
  assert(Number.isInteger(voters) && voters >= 1, 'an ensemble has at least one voter');
  return Math.floor(voters / 2) + 1;
}

/**
 * The highest index that a quorum has persisted, given what each voter has persisted (Raft 5.3).
 */
export function committedIndex(persisted: readonly LogIndex[]): LogIndex {
  const descending = [...persisted].sort((a, b) => b - a);
  const index = descending[quorumSize(persisted.length) - 1];
  assert(index !== undefined, 'a quorum is never larger than the ensemble');
  return index;
}
