/**
 * `/v1/descendants`, and what the other transports share with it: what is known of a subtree or a
 * session beside the znodes themselves, as JSON text.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../server/limits.ts';
import type { Caller, Coordinator } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { InspectRequest } from '../storage/tree/inspect.ts';
import type { RouteContext } from './context.ts';
import { badArguments } from './errors.ts';
import { operation } from './openapi.ts';
import { pathOf } from './paths.ts';
import { queryOf } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';

const DESCENDANTS = '/v1/descendants';
const { query: COUNT_PARAMETERS } = operation('countDescendantsAt');

export function registerInspections(app: FastifyInstance, context: RouteContext): void {
  for (const url of [DESCENDANTS, `${DESCENDANTS}/*`]) {
    app.get(url, (request, reply) => countDescendants(context, request, reply));
  }
}

function countDescendants(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, DESCENDANTS, queryOf(url, COUNT_PARAMETERS));
  const text = descendantsText(coordinator, request.caller, path);
  if (typeof text === 'string') sendJson(reply, 200, text);
  else sendProblem(reply, coordinator, text, { path });
}

/** What is below `path`, or why the caller is not told. */
export function descendantsText(
  coordinator: Coordinator,
  caller: Caller,
  path: string,
): string | Refusal {
  const answer = coordinator.inspect(caller, { op: 'descendants', path });
  if (!answer.ok) return answer.refusal;
  return answer.op === 'descendants' ? JSON.stringify(answer.descendants) : '{}';
}

export function ephemeralsRequest(
  { childrenPage }: Limits,
  prefix = '',
  limit = childrenPage,
  after: string | undefined = undefined,
): InspectRequest {
  if (limit < 1) throw badArguments('limit is at least 1');
  const bounded = Math.min(limit, childrenPage);
  if (after === undefined) return { op: 'ephemerals', prefix, limit: bounded };
  return { op: 'ephemerals', prefix, limit: bounded, after };
}

/** A page of what the caller's session owns. */
export function ephemeralsText(
  coordinator: Coordinator,
  caller: Caller,
  request: InspectRequest,
): string | Refusal {
  const answer = coordinator.inspect(caller, request);
  if (!answer.ok) return answer.refusal;
  if (answer.op !== 'ephemerals') return '{}';
  const { session, paths, next } = answer;
  return JSON.stringify({ sessionId: session, paths, next });
}
