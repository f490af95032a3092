/**
 * On whose behalf a request runs: the address it comes from, and the session whose token it shows
 * in `Paddock-Session`. `X-Forwarded-For` and its like are never believed.
 */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Caller, Coordinator } from '../server/types.ts';
import type { Identity } from '../storage/tree/types.ts';
import { RequestError } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request before its route runs. */
    caller: Caller;
  }
}

/** Callers without a session, kept with their connection: most requests come over a used one. */
const anonymous = new WeakMap<Socket, Caller>();

/** The identities that a connection has by itself. */
export function identitiesOf(socket: Socket): readonly Identity[] {
  return anonymousCaller(socket).identities;
}

/** Throws `RequestError` (SessionExpired) when a token is shown that no living session has. */
export function callerOf(request: FastifyRequest, coordinator: Coordinator): Caller {
  const caller = anonymousCaller(request.raw.socket);
  const token = request.raw.headers['paddock-session'];
  if (token === undefined) return caller;
  const answer = coordinator.authenticate(String(token));
  if (!answer.ok) throw new RequestError(answer.refusal);
  return { session: answer.session, identities: caller.identities };
}

function anonymousCaller(socket: Socket): Caller {
  let caller = anonymous.get(socket);
  if (caller === undefined) {
    const id = addressOf(socket);
    caller = { session: '', identities: id === '' ? [] : [{ scheme: 'ip', id }] };
    anonymous.set(socket, caller);
  }
  return caller;
}

/** An IPv4 address that came in over a socket for both families is shown as the IPv4 it is. */
function addressOf(socket: Socket): string {
  const address = socket.remoteAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
