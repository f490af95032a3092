/** Why a member closes a WebSocket: the codes that asyncapi.yaml documents. */
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
  tooMany: 4429,
} as const;
