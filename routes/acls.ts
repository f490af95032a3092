/** `/v1/acls`: who may do what with a znode. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WriteAnswer } from '../server/types.ts';
import type { Acl, Stat, WriteRequest } from '../storage/tree/types.ts';
import { jsonOf } from './bodies.ts';
import { aclCondition, aclTag } from './conditions.ts';
import { whenFresh } from './consistency.ts';
import type { RouteContext } from './context.ts';
import { nameOf, REPEATABLE, tellReplayed } from './idempotency.ts';
import { operation } from './openapi.ts';
import { pathOf } from './paths.ts';
import { queryOf } from './query.ts';
import { sendJson, sendProblem } from './replies.ts';
import { setAclRequest } from './requests.ts';
import { serialiseAcl } from './serialisers.ts';
import { checkBody } from './validators.ts';
import { wireAcl } from './wire.ts';

const RESOURCE = '/v1/acls';
const { query: GET_PARAMETERS } = operation('getAclAt');
const { query: PUT_PARAMETERS } = operation('setAclAt');

export function registerAcls(app: FastifyInstance, context: RouteContext): void {
  for (const url of [RESOURCE, `${RESOURCE}/*`]) {
    app.get(url, (request, reply) => getAcl(context, request, reply));
    app.put(url, { config: REPEATABLE }, (request, reply) => setAcl(context, request, reply));
  }
}

function getAcl({ coordinator }: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { url = '' } = request.raw;
  const query = queryOf(url, GET_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  whenFresh(coordinator, reply, query, () => {
    const answer = coordinator.read(request.caller, { op: 'getAcl', path });
    if (!answer.ok) sendProblem(reply, coordinator, answer.refusal, { path });
    else if (answer.op === 'getAcl') sendAcl(reply, answer.path, answer.acl, answer.stat);
  });
}

function setAcl(context: RouteContext, request: FastifyRequest, reply: FastifyReply): void {
  const { coordinator } = context;
  const { url = '', headers } = request.raw;
  const query = queryOf(url, PUT_PARAMETERS);
  const path = pathOf(url, RESOURCE, query);
  const { condition, conditional } = aclCondition(headers, query);
  const { acl } = checkBody('SetAclRequest', jsonOf(request, coordinator.limits.jsonDepth));
  const write: WriteRequest = {
    ...setAclRequest({ path, acl }),
    ...(condition === undefined ? undefined : { condition }),
  };
  const answered = (answer: WriteAnswer) => {
    if (!answer.ok) {
      sendProblem(reply, coordinator, answer.refusal, { path, conditional });
      return;
    }
    // From the write's own result: its caller may not read the ACL any more.
    tellReplayed(reply, answer);
    const [result] = answer.results;
    if (result?.acl !== undefined && result.stat !== undefined) {
      sendAcl(reply, path, result.acl, result.stat);
    }
  };
  coordinator.write(request.caller, write, answered, nameOf(request, write));
}

function sendAcl(reply: FastifyReply, path: string, acl: Acl, stat: Stat): void {
  reply.header('etag', aclTag(stat));
  sendJson(reply, 200, serialiseAcl(wireAcl(path, acl, stat)));
}
