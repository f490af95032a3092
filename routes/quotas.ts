/** `/v1/quotas`: how much a subtree may hold, and how much it does. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Coordinator, WriteAnswer } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { Quota, QuotaLimits } from '../storage/tree/quota.ts';
import type { SetQuotaRequest } from '../storage/tree/types.ts';
import { checkNoBody, jsonOf } from './bodies.ts';
import type { RouteContext } from './context.ts';
import { nameOf, REPEATABLE, tellReplayed } from './idempotency.ts';
import { operation } from './openapi.ts';
import { pathOf } from './paths.ts';
import { queryOf } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';
import { serialiseQuota } from './serialisers.ts';
import { checkBody } from './validators.ts';

const RESOURCE = '/v1/quotas';
const { query: GET_PARAMETERS } = operation('getQuotaAt');
const { query: PUT_PARAMETERS } = operation('setQuotaAt');
const { query: DELETE_PARAMETERS } = operation('removeQuotaAt');

const LIMITS = ['countLimit', 'bytesLimit', 'countSoftLimit', 'bytesSoftLimit'] as const;
const NO_LIMIT = -1;

export function registerQuotas(app: FastifyInstance, context: RouteContext): void {
  for (const url of [RESOURCE, `${RESOURCE}/*`]) {
    app.get(url, (request, reply) => getQuota(context, request, reply));
    app.put(url, { config: REPEATABLE }, (request, reply) => setQuota(context, request, reply));
    app.delete(url, { config: REPEATABLE }, (request, reply) =>
      removeQuota(context, request, reply),
    );
  }
}

/** The quota of `path` as JSON text, or why the caller is not told. */
export function quotaText(
  coordinator: Coordinator,
  caller: Caller,
  path: string,
): string | Refusal {
  const answer = coordinator.inspect(caller, { op: 'getQuota', path });
  if (!answer.ok) return answer.refusal;
  return answer.op === 'getQuota' ? serialiseQuota(wireQuota(answer.quota)) : '{}';
}

function wireQuota({ path, count, bytes, limits }: Quota) {
  return { path, count, bytes, ...limits };
}

/** What a body or a frame says of limits, and nothing else of it; -1 is none, as in the znode. */
export function setQuotaRequest(
  path: string,
  given: { readonly [Name in keyof QuotaLimits]?: number | undefined },
): SetQuotaRequest {
  const limits: { -readonly [Name in keyof QuotaLimits]: number } = {};
  for (const name of LIMITS) {
    const limit = given[name];
    if (limit !== undefined && limit !== NO_LIMIT) limits[name] = limit;
  }
  return { op: 'setQuota', path, limits };
}

function getQuota(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, RESOURCE, queryOf(url, GET_PARAMETERS));
  const text = quotaText(coordinator, request.caller, path);
  if (typeof text === 'string') sendJson(reply, 200, text);
  else sendProblem(reply, coordinator, text, { path });
}

function setQuota(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, RESOURCE, queryOf(url, PUT_PARAMETERS));
  const { jsonDepth } = context.coordinator.limits;
  const body = checkBody('SetQuotaRequest', jsonOf(request, jsonDepth));
  change(context, request, reply, setQuotaRequest(path, body));
}

function removeQuota(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, RESOURCE, queryOf(url, DELETE_PARAMETERS));
  checkNoBody(request);
  change(context, request, reply, { op: 'setQuota', path });
}

function change(
  { coordinator }: RouteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  write: SetQuotaRequest,
): void {
  const answered = (answer: WriteAnswer) => {
    if (answer.ok) {
      tellReplayed(reply, answer);
      reply.code(204).send();
    } else sendProblem(reply, coordinator, answer.refusal, { path: write.path });
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write));
}
