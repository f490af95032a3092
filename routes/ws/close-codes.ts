/** Why a member closes a WebSocket: the codes that asyncapi.yaml documents. */
import type { Refusal } from '../../storage/tree/errors.ts';

export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  binary: 1003,
  internal: 1011,
  badFrame: 4400,
  connectFirst: 4401,
  connectLate: 4408,
  sessionMoved: 4409,
  sessionEnded: 4410,
  slowConsumer: 4413,
  ahead: 4412,
  tooMany: 4429,
} as const;

/** With what a connection ends whose `connect` was refused. */
export function closingOf({ code }: Refusal): [code: number, reason: string] {
  if (code === 'SessionExpired') return [CLOSE.sessionEnded, 'the session has ended'];
  if (code === 'AheadOfEnsemble') return [CLOSE.ahead, 'the ensemble has never come to lastZxid'];
  return [CLOSE.tooMany, 'the session cannot be served here now'];
}
