/**
 * Limits that mean nothing without each other, looked at together before anything is opened: what
 * one of them allows has room in all the others that it must pass. A mistake is a `ConfigError`
 * that names both.
 */
import { base64Bytes, roomOfData } from '../storage/tree/entry-size.ts';
import { ConfigError } from './config-values.ts';
import type { Limits } from './limits.ts';

/** What a log entry may have, with room in a frame between members (server/peers/types.ts). */
const LARGEST_ENTRY_BYTES = 24 * 1024 * 1024;
/** Of a znode that is deleted, in an entry, besides its path. */
const DELETED_BYTES = 64;
/** What is in a request beside data and path: names of fields, a condition, an id. */
const ENVELOPE_BYTES = 256;
/** A day: far below 2^31 ms, beyond which timers of the runtime fire at once. */
const LONGEST_MS = 86_400_000;

/** Throws `ConfigError`. */
export function checkLimits(limits: Limits): void {
  checkTimes(limits);
  const { entryBytes, dataBytes, transactionBytes, ephemeralsPerSession, pathBytes } = limits;
  if (entryBytes > LARGEST_ENTRY_BYTES) {
    throw new ConfigError(`limit: entryBytes is above ${LARGEST_ENTRY_BYTES}`);
  }
  if (Math.max(limits.bodyBytes, limits.frameBytes) > LARGEST_ENTRY_BYTES) {
    throw new ConfigError(`limit: bodyBytes or frameBytes is above ${LARGEST_ENTRY_BYTES}`);
  }
  // As base64 it takes a third more.
  if (Math.max(dataBytes, transactionBytes) * 1.5 > LARGEST_ENTRY_BYTES) {
    throw new ConfigError('limit: dataBytes or transactionBytes is more than an entry can hold');
  }
  // The end of a session is never refused: it must fit with everything that the session may own.
  // ACLs that have no room in it are left out (storage/tree/hidden-acls.ts).
  if (ephemeralsPerSession * (2 * pathBytes + DELETED_BYTES) > LARGEST_ENTRY_BYTES) {
    throw new ConfigError(
      'limit: the end of a session with ephemeralsPerSession znodes whose paths have pathBytes ' +
        'is more than an entry can hold',
    );
  }
  checkData(limits);
}

function checkTimes({ sessionTimeoutMinMs, sessionTimeoutMaxMs, waitSeconds }: Limits): void {
  if (sessionTimeoutMinMs > sessionTimeoutMaxMs) {
    throw new ConfigError('limit: sessionTimeoutMinMs is above sessionTimeoutMaxMs');
  }
  if (sessionTimeoutMaxMs > LONGEST_MS) {
    throw new ConfigError(`limit: sessionTimeoutMaxMs is above ${LONGEST_MS}`);
  }
  if (waitSeconds * 1000 > LONGEST_MS) {
    throw new ConfigError(`limit: waitSeconds is above ${LONGEST_MS / 1000}`);
  }
}

/** Data that is allowed can be sent in every form, and be logged. */
function checkData(limits: Limits): void {
  const { pathBytes } = limits;
  for (const held of ['dataBytes', 'transactionBytes'] as const) {
    const sent = base64Bytes(limits[held]) + pathBytes + ENVELOPE_BYTES;
    const logged = roomOfData(limits[held], pathBytes);
    for (const [holds, room] of [
      ['bodyBytes', sent],
      ['frameBytes', sent],
      ['entryBytes', logged],
    ] as const) {
      if (limits[holds] >= room) continue;
      throw new ConfigError(
        `limit: ${holds}=${limits[holds]} has no room for ${held}=${limits[held]}, which takes ` +
          `${room} as base64 with a path: raise ${holds} or lower ${held}`,
      );
    }
  }
}
