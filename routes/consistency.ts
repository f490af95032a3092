/**
 * How fresh a read is to be (`consistency`), the same over HTTP and WebSocket: `sequential`, from
 * what this member has applied, or `linearizable`, when a quorum has confirmed that nothing newer
 * was acknowledged before the request.
 */
import type { FastifyReply } from 'fastify';
import type { Coordinator } from '../server/types.ts';
import { badArguments } from './errors.ts';
import type { Query } from './query.ts';
import { sendRefusal } from './replies.ts';

/**
 * Reads, when this member is as fresh as the query asks for. `read` may throw as a handler may: it
 * is run outside of the handler, and what it throws is answered in the same way.
 */
export function whenFresh(
  coordinator: Coordinator,
  reply: FastifyReply,
  query: Query,
  read: () => void,
): void {
  if (!isLinearizable(query)) {
    read();
    return;
  }
  coordinator.confirmRead((refused) => {
    if (refused !== undefined) {
      sendRefusal(reply, coordinator, refused.refusal);
      return;
    }
    try {
      read();
    } catch (error) {
      reply.send(error);
    }
  }, reply.request.caller);
}

function isLinearizable(query: Query): boolean {
  const text = query.get('consistency');
  if (text === undefined || text === 'sequential') return false;
  if (text === 'linearizable') return true;
  throw badArguments('consistency is sequential or linearizable');
}
