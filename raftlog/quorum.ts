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
  const quorum = quorumSize(values.length);
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value > highest && countFrom(values, value) >= quorum) highest = value;
  }
  return highest;
}

function countFrom(values: readonly number[], least: number): number {
  let count = 0;
  for (const value of values) if (value >= least) count += 1;
  return count;
}
