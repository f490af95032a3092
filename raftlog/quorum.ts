/** The arithmetic of majorities. Pure functions over plain numbers. */
import { assert } from './assert.ts';

/** How many of `voters` members make a quorum: more than half. */
export function quorumSize(voters: number): number {
  assert(Number.isInteger(voters) && voters >= 1, 'an ensemble has at least one voter');
  return Math.floor(voters / 2) + 1;
}

/**
 * The highest value that a quorum has reached, given how far each voter has come: the index that it
 * has persisted (Raft 5.3), or the round that it has answered.
 */
export function quorumValue(values: readonly number[]): number {
  const descending = [...values].sort((a, b) => b - a);
  const value = descending[quorumSize(values.length) - 1];
  assert(value !== undefined, 'a quorum is never larger than the ensemble');
  return value;
}
