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
 * Runs `attempt`; once more, `known` this time, when all sessions are known, if that was missing.
 * Throws what else it throws at first; what it throws then is answered as what a handler throws is.
 */
export function whenProved(
  coordinator: Coordinator,
  reply: FastifyReply,
  attempt: (known: boolean) => void,
): void {
  try {
    attempt(false);
  } catch (error) {
    if (!(error instanceof YoungSession)) throw error;
    whenKnown(coordinator, (refused) => {
      if (refused === undefined) attemptKnown(reply, attempt);
      else sendRefusal(reply, coordinator, refused.refusal);
    });
  }
}

function attemptKnown(reply: FastifyReply, attempt: (known: boolean) => void): void {
  try {
    attempt(true);
  } catch (error) {
    reply.send(error);
  }
}
