/** The connection as an operation sees it. */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { Caller, Coordinator, Subscriber } from '../../server/types.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { Identity } from '../../storage/tree/types.ts';
import type { DigestCredentials } from '../credentials.ts';
import type { Request } from './requests.ts';
import type { Progress } from './rounds.ts';
import type { Turns } from './turns.ts';

/** What an operation has of its connection. */
export interface Conversation {
  readonly coordinator: Coordinator;
  readonly caller: Caller;
  /** The session has so much time left for certain, ms; undefined where there is none. */
  readonly session: { readonly expiresInMs: number | undefined };
  /** The client promises ids that grow within the session, and wants its repeats recognised. */
  readonly exactlyOnce: boolean;
  readonly subscriber: Subscriber;
  /**
   * Adds who these credentials are to who the connection is, for what begins from now on; all that
   * it is then. Throws `RequestError`, and adds nothing then.
   */
  authenticate(credentials: readonly DigestCredentials[]): readonly Identity[];
  readonly turns: Turns;
  /** Runs what is answered at once in its turn, which may come much later. */
  later(request: Request, operation: () => void): void;
  /** Runs it now; what it cannot take is answered as a refusal. */
  attempt(request: Request, operation: () => void): void;
  /** The connection has ended: nothing is answered any more. */
  readonly isClosed: boolean;
  /** Sends the answer in its place. `result` is JSON text. `replayed`: as in `WriteAnswer`. */
  answer(request: Request, zxid: Zxid, result: string, replayed?: true): void;
  refuse(request: Request, zxid: Zxid, refusal: Refusal): void;
  /** More waits to be sent than may: what is large is refused rather than added to it. */
  readonly full: boolean;
  /** Is told of watches that are left and removed. */
  readonly progress: Pick<Progress, 'watching' | 'settled'>;
  /** Ends the connection after the session has been closed. */
  sessionClosed(): void;
}

/** The result of an operation that has nothing to say. */
export const EMPTY = '{}';

/** Answers from the state that this member has applied. */
export function done(talk: Conversation, request: Request, result: string): void {
  talk.answer(request, talk.coordinator.zxid(), result);
}

export function refused(talk: Conversation, request: Request, refusal: Refusal): void {
  talk.refuse(request, talk.coordinator.zxid(), refusal);
}
