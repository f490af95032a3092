/**
 * The session of a request that is held: it was renewed when the request came, and lives on for as
 * long as the request is under way and its connection stands. A client that does nothing but wait
 * need not tell beside it that it is there.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Coordinator } from '../server/types.ts';

/** How often within its timeout a session is renewed. */
const SIGNS_PER_TIMEOUT = 3;

/**
 * Nothing is sent while a request is held, so that only probes show that nobody is at the other end
 * any more. The system sends ten, a second apart, after so long without a byte, ms; not sooner than
 * this, for it counts in seconds.
 */
const PROBE_AFTER_MIN_MS = 1000;

const nothing = () => {};

/** Gives back how to end it; it ends by itself with the connection. */
export function renewWhileHeld(
  coordinator: Coordinator,
  request: FastifyRequest,
  reply: FastifyReply,
): () => void {
  const { session } = request.caller;
  if (session === '') return nothing;
  const timeoutMs = coordinator.sessionInfo(session)?.timeoutMs;
  if (timeoutMs === undefined) return nothing;
  const everyMs = timeoutMs / SIGNS_PER_TIMEOUT;
  request.raw.socket.setKeepAlive(true, Math.max(PROBE_AFTER_MIN_MS, everyMs));
  const timer = setInterval(() => coordinator.touch(session), everyMs);
  const end = () => {
    clearInterval(timer);
    reply.raw.off('close', end);
  };
  reply.raw.on('close', end);
  return end;
}
