/**
 * Read-only service, as it is seen over HTTP: a member that has had no leader for too long answers
 * reads to those who allow that (`Paddock-Read-Only: true`), and marks whatever it answers. Over
 * WebSocket: `ws/session.ts`.
 */
import type { Caller, Coordinator } from '../server/types.ts';
import { badArguments } from './errors.ts';

export const READ_ONLY_HEADER = 'paddock-read-only';
export const AGE_HEADER = 'paddock-age';

/** Throws `RequestError` (BadArguments) for a header that is neither. */
export function allowing(caller: Caller, header: unknown): Caller {
  if (header === 'true') return { ...caller, readOnly: true };
  if (header === 'false') return caller;
  throw badArguments('Paddock-Read-Only is true or false');
}

/** The headers of whatever a member answers that is in read-only service. */
export function readOnlyMarks(coordinator: Coordinator): Record<string, string> | undefined {
  const service = coordinator.readOnly();
  if (service === undefined) return undefined;
  const { ageMs } = service;
  const marks = { [READ_ONLY_HEADER]: 'true' };
  return ageMs === undefined ? marks : { ...marks, [AGE_HEADER]: `${ageMs}` };
}
