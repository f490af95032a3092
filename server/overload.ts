/**
 * When a member takes no more writes: bulk is refused first, what makes room or ends things last.
 */
import type { Refusal } from '../storage/tree/errors.ts';
import type { WriteRequest } from '../storage/tree/types.ts';
import type { StorageStats } from '../storage/types.ts';
import type { Limits } from './limits.ts';

/**
 * Writes are refused while the volume has less than this left, so that the log itself never fails.
 */
export const DISK_RESERVE_BYTES = 64 * 1024 * 1024;

/** Requests that make room are taken on up to this multiple of the limit on writes in flight. */
const RELIEF_FACTOR = 2;

/** `pending`: writes of this member's clients that are not answered yet. */
export function overloadRefusal(
  request: WriteRequest,
  pending: number,
  { freeBytes }: StorageStats,
  { inFlightWrites }: Limits,
): Refusal | undefined {
  const relief = request.op === 'delete' || request.op === 'closeSession' || request.op === 'reap';
  if (pending >= (relief ? RELIEF_FACTOR * inFlightWrites : inFlightWrites)) {
    return {
      code: 'Throttled',
      retryAfter: 1,
      limit: { name: 'inFlightWrites', value: inFlightWrites },
    };
  }
  if (!relief && freeBytes !== undefined && freeBytes < DISK_RESERVE_BYTES) {
    return { code: 'DiskFull', retryAfter: 10 };
  }
  return undefined;
}
