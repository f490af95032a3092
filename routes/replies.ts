/** How answers leave: JSON text as it is, and problem documents. */
import type { FastifyReply } from 'fastify';
import type { Coordinator } from '../server/types.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { type Addressed, HTTP_STATUS, problemOf, statusOf } from './errors.ts';
import { serialiseProblem } from './serialisers.ts';
import { zxidText } from './wire.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
export const ZXID_HEADER = 'paddock-zxid';

/** What a client may show in `Authorization` (RFC 7617). */
const CHALLENGE = 'Basic realm="paddock", charset="UTF-8"';

/** Sends a text that is JSON already. */
export function sendJson(reply: FastifyReply, status: number, text: string): void {
  reply.code(status).header('content-type', JSON_TYPE).send(text);
}

/** Sends a refusal as a problem document, with the status that the table gives it. */
export function sendProblem(
  reply: FastifyReply,
  coordinator: Coordinator,
  refusal: Refusal,
  addressed: Addressed,
): void {
  sendProblemAs(reply, coordinator, refusal, statusOf(refusal, addressed));
}

/** The same for a refusal that concerns no znode. */
export function sendRefusal(reply: FastifyReply, coordinator: Coordinator, refusal: Refusal): void {
  sendProblemAs(reply, coordinator, refusal, HTTP_STATUS[refusal.code]);
}

export function sendProblemAs(
  reply: FastifyReply,
  coordinator: Coordinator,
  refusal: Refusal,
  status: number,
): void {
  const zxid = zxidText(coordinator.zxid());
  if (refusal.retryAfter !== undefined) reply.header('retry-after', `${refusal.retryAfter}`);
  if (refusal.code === 'AuthFailed') reply.header('www-authenticate', CHALLENGE);
  reply
    .code(status)
    .header('content-type', PROBLEM_TYPE)
    .header(ZXID_HEADER, zxid)
    .send(serialiseProblem(problemOf(refusal, status, zxid)));
}
