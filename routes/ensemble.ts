/** Operating a member: who is in the ensemble, who the caller is, is it alive, can it serve. */
import type { FastifyInstance } from 'fastify';
import type { EnsembleMember } from '../server/types.ts';
import type { RouteContext } from './context.ts';
import { operation, type Schemas } from './openapi.ts';
import { queryOf } from './query.ts';
import { sendJson, sendRefusal } from './replies.ts';
import { zxidText } from './wire.ts';

/** None of these resources has a parameter in its query. */
const { query: NO_PARAMETERS } = operation('getEnsemble');

export function registerEnsemble(app: FastifyInstance, context: RouteContext): void {
  const { coordinator } = context;

  app.get('/v1/ensemble', (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    const { leader, members } = coordinator.ensemble();
    const known = leader === 0 ? undefined : { leader };
    sendJson(reply, 200, JSON.stringify({ ...known, members: members.map(wireMember) }));
  });

  app.get('/v1/whoami', (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    const { session, identities } = request.caller;
    const sessionId = session === '' ? undefined : { sessionId: session };
    sendJson(reply, 200, JSON.stringify({ identities, ...sessionId }));
  });

  // Whether the process answers at all: nothing that it depends on is looked at.
  app.get('/livez', (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    sendJson(reply, 200, '{"status":"ok"}');
  });

  app.get('/readyz', (request, reply) => {
    queryOf(request.raw.url ?? '', NO_PARAMETERS);
    const { ready, reason } = coordinator.status();
    if (ready) {
      sendJson(reply, 200, '{"status":"ok"}');
      return;
    }
    const detail = reason ?? 'the member cannot serve yet';
    sendRefusal(reply, coordinator, { code: 'NotReady', detail, retryAfter: 1 });
  });
}

function wireMember({ id, votes, report, role, lag }: EnsembleMember): Schemas['MemberStatus'] {
  if (report === undefined) return { id, votes, reachable: false };
  const { epoch, zxid, digest, ready, reason, version, uptimeSeconds } = report;
  return {
    ...{ id, votes, reachable: true },
    ...(role === undefined ? undefined : { role }),
    ...{ epoch, zxid: zxidText(zxid), digest, ready },
    ...(reason === undefined ? undefined : { reason }),
    ...(lag === undefined ? undefined : { lag }),
    ...{ version, uptimeSeconds: Math.floor(uptimeSeconds) },
  };
}
