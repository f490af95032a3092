/** `/v1/acls`: who may do what with a znode. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WriteRequest } from '../storage/tree/types.ts';
import { jsonOf } from './bodies.ts';
import { aclCondition, jsonTag } from './conditions.ts';
import type { RouteContext } from './context.ts';
import { pathOf } from './paths.ts';
import { queryOf } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';
import { type SetAclParameters, setAclRequest } from './requests.ts';
import { wireAcl } from './wire.ts';

const RESOURCE = '/v1/acls';
const GET_PARAMETERS = new Set(['path']);
const PUT_PARAMETERS = new Set(['path', 'version']);

export function registerAcls(app: FastifyInstance, context: RouteContext): void {
  for (const url of [RESOURCE, `${RESOURCE}/*`]) {
    app.get(url, (request, reply) => getAcl(context, request, reply));
    app.put(url, (request, reply) => setAcl(context, request, reply));
  }
}

function getAcl({ coordinator }: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { url = '' } = request.raw;
  const path = pathOf(url, RESOURCE, queryOf(url, GET_PARAMETERS));
  sendAcl(coordinator, request, reply, path);
}

function setAcl(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator, contract } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, PUT_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const { condition, conditional } = aclCondition(headers, query);
  const body = contract.check('SetAclRequest', jsonOf(request, coordinator.limits.jsonDepth));
  const write: WriteRequest = {
    ...setAclRequest({ ...(body as Pick<SetAclParameters, 'acl'>), path }),
    ...(condition === undefined ? undefined : { condition }),
  };
  coordinator.write(request.caller, write, (answer) => {
    if (answer.ok) sendAcl(coordinator, request, reply, path);
    else sendProblem(reply, coordinator, answer.refusal, { path, conditional });
  });
}

function sendAcl(
  coordinator: RouteContext['coordinator'],
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): void {
  const answer = coordinator.read(request.caller, { op: 'getAcl', path });
  if (!answer.ok) {
    sendProblem(reply, coordinator, answer.refusal, { path });
  } else if (answer.op === 'getAcl') {
    reply.header('etag', jsonTag(answer.stat));
    sendJson(reply, 200, JSON.stringify(wireAcl(answer.path, answer.acl, answer.stat)));
  }
}
