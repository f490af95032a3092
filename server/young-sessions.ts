/**
 * Sessions of which a member has not heard yet. Whoever shows the token of one may have opened it
 * at another member a moment ago: that one has applied it, and this one has not. That goes for a
 * leader too. It tells the others what is committed before it has applied that itself, and it may
 * have been replaced without knowing it.
 *
 * Invariant: nobody is told that a session has ended, or that there is none, before that is
 * certain. So a quorum is asked, in a round that begins after the token was shown, what is
 * committed; when this member has applied that and still has no such session, there has never been
 * one. All that wait in one turn of the event loop share a round (`confirmed-reads.ts`), so that
 * made-up tokens cost no more than linearizable reads do, and wait no longer.
 */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Coordinator, Refused } from './types.ts';

export const YOUNG = {
  ok: false,
  refusal: {
    code: 'NotReady',
    detail: 'the session is younger than what this member has applied',
    retryAfter: 1,
  },
} as const satisfies Refused;

/**
 * Whether a session may have been opened behind `applied`, so that a member which is there need not
 * have heard of it: its id is the zxid that opened it.
 */
export function mayBeYoung(session: SessionId, applied: Zxid): boolean {
  return session > formatZxid(applied);
}

/**
 * Calls back when this member has heard of every session that had been opened when this was called;
 * with the refusal when that cannot be said in time, and at once when nobody leads.
 */
export function whenKnown(
  coordinator: Pick<Coordinator, 'confirmRead' | 'readOnly'>,
  done: (refused: Refused | undefined) => void,
): void {
  if (coordinator.readOnly() !== undefined) done(YOUNG);
  else coordinator.confirmRead((refused) => done(refused && YOUNG));
}
