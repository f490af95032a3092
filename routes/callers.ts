/**
 * On whose behalf a request runs: the address it comes from, the certificate of its connection, who
 * it shows to be in `Authorization`, and the session whose token it shows in `Paddock-Session`.
 * `X-Forwarded-For` and its like are never believed.
 */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Caller, Coordinator } from '../server/types.ts';
import type { Identity } from '../storage/tree/types.ts';
import { type Authenticator, union } from './credentials.ts';
import { RequestError } from './errors.ts';
import { isGivenTwice } from './guard.ts';
import { unproved } from './young-sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every request before its route runs. */
    caller: Caller;
  }
}

/** Callers without a session, kept with their connection: most requests come over a used one. */
const anonymous = new WeakMap<Socket, Caller>();

/**
 * Throws `RequestError`: AuthFailed for credentials that mean nothing, SessionExpired when a token
 * is shown that no living session has, `YoungSession` when that cannot be told yet. `known`: as
 * in `Coordinator.authenticate`.
 */
export function callerOf(
  request: FastifyRequest,
  coordinator: Coordinator,
  authenticator: Authenticator,
  known = false,
): Caller {
  const { socket, headers } = request.raw;
  const caller = anonymousCaller(socket, authenticator);
  const token = headers['paddock-session'];
  if (token === undefined && headers.authorization === undefined) return caller;
  const identities = identitiesOf(request, caller, authenticator);
  if (token === undefined) return { session: '', identities };
  const answer = coordinator.authenticate(String(token), true, known);
  if (!answer.ok) {
    // The session has ended, and the request may be a repeat of one that came before that: the
    // answer to it is still given to whoever has the token, as the fingerprints tell. Anything else
    // is refused where it is judged, for there is no such session.
    const mayRepeat = headers['idempotency-key'] !== undefined;
    if (answer.ended === undefined || !mayRepeat) throw unproved(answer);
    return { session: answer.ended, identities };
  }
  return { session: answer.session, identities };
}

function identitiesOf(
  { raw: { headers, rawHeaders } }: FastifyRequest,
  { identities }: Caller,
  authenticator: Authenticator,
): readonly Identity[] {
  const { authorization } = headers;
  if (authorization === undefined) return identities;
  if (isGivenTwice(rawHeaders, 'authorization')) {
    throw new RequestError({ code: 'AuthFailed', detail: 'a request has one Authorization' });
  }
  return union(identities, authenticator.ofHeader(authorization));
}

function anonymousCaller(socket: Socket, authenticator: Authenticator): Caller {
  let caller = anonymous.get(socket);
  if (caller === undefined) {
    const id = addressOf(socket);
    const address: Identity[] = id === '' ? [] : [{ scheme: 'ip', id }];
    caller = { session: '', identities: [...address, ...authenticator.ofConnection(socket)] };
    anonymous.set(socket, caller);
  }
  return caller;
}

/** An IPv4 address that came in over a socket for both families is shown as the IPv4 it is. */
function addressOf(socket: Socket): string {
  const address = socket.remoteAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
