/**
 * What a request of a connection waits for before it may be answered from this member's state: a
 * zxid that it must have come to (`minZxid`, the `since` of a watch), and for a linearizable read
 * the word of a quorum.
 *
 * Nothing is begun behind such a request until it has been answered: a write that was sent later
 * could be applied meanwhile, and the read must not show it. Only reads that wait for a quorum too
 * may, since they change nothing; so many of them share its word.
 */
import { parseZxid, type Zxid } from '../../raftlog/zxid.ts';
import type { Refused } from '../../server/types.ts';
import { mayBeYoung } from '../../server/young-sessions.ts';
import { RequestError } from '../errors.ts';
import { type Conversation, refused } from './conversation.ts';
import type { Request } from './requests.ts';

/** How long a request waits for this member to get to a zxid, ms. */
export const CATCH_UP_MS = 5000;

interface Wishes {
  readonly op: string;
  readonly consistency?: string;
  readonly minZxid?: string;
  readonly since?: string;
  readonly sessionId?: string;
}

/** Whether a frame may be begun while reads before it are being confirmed: it is one of them. */
export function joinsConfirmation(frame: Request['frame']): boolean {
  const { consistency, minZxid } = frame as Partial<Wishes>;
  return consistency === 'linearizable' && minZxid === undefined;
}

/** Runs what is answered at once, in its turn and when this member is as fresh as it asks for. */
export function whenFresh(
  talk: Conversation,
  request: Request,
  frame: object,
  operation: () => void,
): void {
  const wishes = frame as Wishes;
  const least = leastZxid(wishes);
  if (least === undefined) {
    const confirms = wishes.consistency === 'linearizable' || asksForYoung(talk, wishes);
    if (confirms) confirmed(talk, request, operation);
    else talk.later(request, operation);
    return;
  }
  talk.turns.hold();
  talk.later(request, () => {
    talk.turns.started();
    const done = (refusal: Refused | undefined) => {
      if (refusal !== undefined || wishes.consistency !== 'linearizable') {
        settle(talk, request, refusal, operation);
        talk.turns.release();
        talk.turns.finished();
        return;
      }
      talk.coordinator.confirmRead((unconfirmed) => {
        settle(talk, request, unconfirmed, operation);
        talk.turns.release();
        talk.turns.finished();
      });
    };
    talk.coordinator.waitForZxid(least, CATCH_UP_MS, done);
  });
}

/** It is about another session, of which this member may not have heard yet. */
function asksForYoung({ coordinator }: Conversation, { op, sessionId }: Wishes): boolean {
  if (op !== 'explainSession' || sessionId === undefined) return false;
  return mayBeYoung(sessionId, coordinator.zxid());
}

function confirmed(talk: Conversation, request: Request, operation: () => void): void {
  talk.turns.started();
  talk.turns.confirming();
  // Answered behind the writes of its session before it, as every barrier is (`Coordinator.sync`).
  talk.coordinator.confirmRead((refusal) => {
    settle(talk, request, refusal, operation);
    talk.turns.confirmed();
    talk.turns.finished();
  }, talk.caller);
}

function settle(
  talk: Conversation,
  request: Request,
  refusal: Refused | undefined,
  operation: () => void,
): void {
  // Whoever is gone gets no answer, and leaves no watch.
  if (talk.isClosed) return;
  if (refusal !== undefined) {
    refused(talk, request, refusal.refusal);
    return;
  }
  talk.attempt(request, operation);
}

/** The zxid that the member must have come to, undefined when any will do. */
function leastZxid({ op, minZxid, since }: Wishes): Zxid | undefined {
  const text = op === 'addWatch' || op === 'setWatches' ? since : minZxid;
  if (text === undefined) return undefined;
  const zxid = parseZxid(text);
  if (zxid === undefined) {
    const detail = `${minZxid === undefined ? 'since' : 'minZxid'} is a zxid: 16 hex digits`;
    throw new RequestError({ code: 'BadArguments', detail });
  }
  return zxid;
}
