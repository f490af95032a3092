/**
 * Requests that show the token of a session of which this member has not heard yet: they begin anew
 * when it has, or when it is certain that there is no such session (`server/young-sessions.ts`).
 */
import type { FastifyReply } from 'fastify';
import type { Coordinator, SessionProof } from '../server/types.ts';
import { whenKnown, YOUNG } from '../server/young-sessions.ts';
import { RequestError } from './errors.ts';
import { sendRefusal } from './replies.ts';

/** Thrown before anything has been done. What it says is the answer to who does not wait. */
export class YoungSession extends RequestError {
  constructor() {
    super(YOUNG.refusal);
  }
}

/** What a token has not proved, as an error. */
export function unproved({ refusal, young }: Extract<SessionProof, { ok: false }>): RequestError {
  return young === true ? new YoungSession() : new RequestError(refusal);
}

/**
 * For `catch` of a handler: runs `again` when all sessions are known, if that is what was missing,
 * and throws anything else. What `again` throws is answered as what the handler throws is.
 */
export function beginAnew(
  coordinator: Coordinator,
  reply: FastifyReply,
  error: unknown,
  again: () => void,
): void {
  if (!(error instanceof YoungSession)) throw error;
  whenKnown(coordinator, (refused) => {
    if (refused !== undefined) {
      sendRefusal(reply, coordinator, refused.refusal);
      return;
    }
    try {
      again();
    } catch (thrown) {
      reply.send(thrown);
    }
  });
}
