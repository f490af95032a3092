/**
 * The zxid: the position of a transaction in the one total order, epoch (high 32 bits) and counter
 * (low 32 bits, from 0 in each epoch). In memory it is a safe integer, so that it compares and
 * sorts without allocation; everywhere outside (wire, logs, disk text) it is 16 lower-case hex
 * digits, and comparing two of those as text compares them in time.
 *
 * Counter 0 of an epoch is the marker with which its leader opens it, never a client's transaction.
 */
import { assert } from './assert.ts';

declare const brand: unique symbol;

export type Zxid = number & { readonly [brand]: 'Zxid' };

const COUNTERS = 2 ** 32;

/**
 * Epochs stay below 2^21 so that a zxid is a safe integer: an election a second for 24 days, or one
 * an hour for 239 years.
 */
export const EPOCH_MAX = 2 ** 21 - 1;
export const COUNTER_MAX = COUNTERS - 1;

/** Before the first transaction: what a fresh tree has seen, and the czxid of `/`. */
export const ZXID_NONE = 0 as Zxid;

export function zxidOf(epoch: number, counter: number): Zxid {
  assert(Number.isInteger(epoch) && epoch >= 0 && epoch <= EPOCH_MAX, 'an epoch is in 0..2^21-1');
  assert(
    Number.isInteger(counter) && counter >= 0 && counter <= COUNTER_MAX,
    'a counter is in 0..2^32-1',
  );
  return (epoch * COUNTERS + counter) as Zxid;
}

export function epochOf(zxid: Zxid): number {
  return Math.floor(zxid / COUNTERS);
}

export function counterOf(zxid: Zxid): number {
  return zxid % COUNTERS;
}

/** Restores a zxid from a number that this project stored itself (log, tables). */
export function zxidFromNumber(value: number): Zxid {
  assert(Number.isSafeInteger(value) && value >= 0, 'a stored zxid is a safe integer');
  return value as Zxid;
}

export function formatZxid(zxid: Zxid): string {
  const low = zxid % COUNTERS;
  const high = (zxid - low) / COUNTERS;
  return hex32(high) + hex32(low);
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

const ZXID_TEXT = /^[0-9a-f]{16}$/;

/** The zxid that `text` (16 lower-case hex digits) names, or undefined when it names none. */
export function parseZxid(text: string): Zxid | undefined {
  if (!ZXID_TEXT.test(text)) return undefined;
  const epoch = Number.parseInt(text.slice(0, 8), 16);
  if (epoch > EPOCH_MAX) return undefined;
  return zxidOf(epoch, Number.parseInt(text.slice(8), 16));
}
