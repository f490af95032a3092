/** `/v1/children`: a page of a znode's children, sorted by name, and where the next page is. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { whenFresh } from './consistency.ts';
import type { RouteContext } from './context.ts';
import { operation } from './openapi.ts';
import { pathOf, urlOf } from './paths.ts';
import { includeOf, integerOf, queryOf } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';
import { childrenRequest } from './requests.ts';
import { serialiseChildren } from './serialisers.ts';
import { wireChildren } from './wire.ts';

const RESOURCE = '/v1/children';
const { query: PARAMETERS } = operation('listChildrenAt');

export function registerChildren(app: FastifyInstance, context: RouteContext): void {
  for (const url of [RESOURCE, `${RESOURCE}/*`]) {
    app.get(url, (request, reply) => listChildren(context, request, reply));
  }
}

function listChildren(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { url = '' } = request.raw;
  const query = queryOf(url, PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const limit = integerOf(query, 'limit', 1, Number.MAX_SAFE_INTEGER);
  const after = query.get('after');
  const include = includeOf(query);
  const asked = childrenRequest(
    {
      path,
      include: [
        ...(include.stat ? ['stat' as const] : []),
        ...(include.data ? ['data' as const] : []),
      ],
      ...(limit === undefined ? undefined : { limit }),
      ...(after === undefined ? undefined : { after }),
    },
    coordinator.limits,
  );
  whenFresh(coordinator, reply, query, () => {
    const answer = coordinator.read(request.caller, asked);
    if (!answer.ok) {
      sendProblem(reply, coordinator, answer.refusal, { path });
    } else if (answer.op === 'children') {
      const { next } = answer.page;
      if (next !== undefined) reply.header('link', nextLink(path, query, next));
      sendJson(reply, 200, serialiseChildren(wireChildren(answer.page, include)));
    }
  });
}

/** The same request, after the last name of this page. */
function nextLink(path: string, query: ReadonlyMap<string, string>, next: string): string {
  const parameters = [`after=${encodeURIComponent(next)}`];
  for (const name of ['limit', 'include', 'consistency']) {
    const value = query.get(name);
    if (value !== undefined) parameters.push(`${name}=${encodeURIComponent(value)}`);
  }
  return `<${urlOf(RESOURCE, path)}?${parameters.join('&')}>; rel="next"`;
}
