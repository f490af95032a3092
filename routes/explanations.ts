/**
 * `/v1/watchers` and `/v1/sessions/{id}/explanation`, and what the WebSocket shares with them: who
 * watches a znode or waits for it, and what a session has.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExplainRequest } from '../server/explain.ts';
import type { Caller, Coordinator } from '../server/types.ts';
import { mayBeYoung } from '../server/young-sessions.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { RouteContext } from './context.ts';
import { operation } from './openapi.ts';
import { pathOf } from './paths.ts';
import { queryOf } from './query.ts';
import { sendJson, sendProblem, sendRefusal } from './replies.ts';

const WATCHERS = '/v1/watchers';
const { query: WATCHERS_PARAMETERS } = operation('listWatchersAt');
const { query: NO_PARAMETERS } = operation('explainSession');

export function registerExplanations(app: FastifyInstance, context: RouteContext): void {
  for (const url of [WATCHERS, `${WATCHERS}/*`]) {
    app.get(url, (request, reply) => listWatchers(context, request, reply));
  }
  app.get('/v1/sessions/:sessionId/explanation', (request, reply) =>
    explainSession(context, request, reply),
  );
}

function listWatchers(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, WATCHERS, queryOf(url, WATCHERS_PARAMETERS));
  const text = explanationText(coordinator, request.caller, { op: 'watchers', path });
  if (typeof text === 'string') sendJson(reply, 200, text);
  else sendProblem(reply, coordinator, text, { path });
}

function explainSession(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  queryOf(request.raw.url ?? '', NO_PARAMETERS);
  const { sessionId: session } = request.params as { sessionId: string };
  const explain = () => {
    const text = explanationText(coordinator, request.caller, { op: 'explainSession', session });
    if (typeof text === 'string') sendJson(reply, 200, text);
    else sendRefusal(reply, coordinator, text);
  };
  // That there is none may be said only when this member is known to have the latest.
  if (!mayBeYoung(session, coordinator.zxid())) explain();
  else {
    coordinator.confirmRead((refused) => {
      if (refused === undefined) explain();
      else sendRefusal(reply, coordinator, refused.refusal);
    }, request.caller);
  }
}

/** The answer as JSON text, or why the caller is not told. */
export function explanationText(
  coordinator: Coordinator,
  caller: Caller,
  request: ExplainRequest,
): string | Refusal {
  const answer = coordinator.explain(caller, request);
  if (!answer.ok) return answer.refusal;
  return JSON.stringify(answer.op === 'watchers' ? answer.watchers : answer.explanation);
}
