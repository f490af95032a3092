/** Opens a session for a client: makes a secret, proposes its hash, hands out the token. */
import type { WriteRequest } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { Sessions } from './sessions.ts';
import { makeSecret, tokenOf } from './tokens.ts';
import type { OpenSessionAnswer, WriteAnswer } from './types.ts';

export interface SessionOpeningParts {
  readonly write: (request: WriteRequest, done: (answer: WriteAnswer) => void) => void;
  readonly sessions: Pick<Sessions, 'clamp' | 'openedHere'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export function openSession(
  { write, sessions, clock }: SessionOpeningParts,
  timeoutMs: number,
  done: (answer: OpenSessionAnswer) => void,
): void {
  const { secret, secretHash } = makeSecret();
  const clamped = sessions.clamp(timeoutMs);
  // The leader gives the session its time later than this, wherever it is.
  const askedAt = clock.monotonic();
  write({ op: 'openSession', secretHash, timeoutMs: clamped }, (answer) => {
    if (!answer.ok) {
      done(answer);
      return;
    }
    const session = answer.results[0]?.session ?? '';
    const expiresInMs = sessions.openedHere(session, askedAt);
    const { zxid } = answer;
    const token = tokenOf(session, secret);
    done({ ok: true, zxid, session, token, timeoutMs: clamped, expiresInMs });
  });
}
