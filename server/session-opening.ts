/**
 * Opens a session for a client: makes a secret, proposes its hash, hands out the token. With an
 * idempotency key the secret is made of the key and of a salt that is replicated, so that a repeat,
 * on any member, is answered with the same token; without one it is random.
 */
import type { OpenSessionRequest, RequestName, WriteRequest } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { Sessions } from './sessions.ts';
import { makeSalt, makeSecret, secretOfKey, tokenOf } from './tokens.ts';
import type { OpenSessionAnswer, RepeatableOpening, WriteDone } from './types.ts';

export interface SessionOpeningParts {
  readonly write: (request: WriteRequest, done: WriteDone, name?: RequestName) => void;
  readonly sessions: Pick<Sessions, 'clamp' | 'openedHere' | 'remaining'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export function openSession(
  { write, sessions, clock }: SessionOpeningParts,
  timeoutMs: number,
  done: (answer: OpenSessionAnswer) => void,
  repeatable?: RepeatableOpening,
): void {
  const clamped = sessions.clamp(timeoutMs);
  const { request, secretOf } = openingOf(clamped, repeatable?.key);
  // The leader gives the session its time later than this, wherever it is.
  const askedAt = clock.monotonic();
  const answered: WriteDone = (answer) => {
    if (!answer.ok) {
      done(answer);
      return;
    }
    const { zxid, results, replayed } = answer;
    const session = results[0]?.session ?? '';
    const token = tokenOf(session, secretOf(results[0]?.salt));
    const opened = { ok: true, zxid, session, token, timeoutMs: clamped } as const;
    // Time has passed since the first attempt: of that a repeat is not told what was true then.
    if (replayed === true) done({ ...opened, expiresInMs: sessions.remaining(session), replayed });
    else done({ ...opened, expiresInMs: sessions.openedHere(session, askedAt) });
  };
  write(request, answered, repeatable?.name);
}

interface SessionOpening {
  readonly request: OpenSessionRequest;
  /** `salt`: that of the first attempt. */
  readonly secretOf: (salt: string | undefined) => string;
}

function openingOf(timeoutMs: number, key: string | undefined): SessionOpening {
  if (key === undefined) {
    const { secret, secretHash } = makeSecret();
    return { request: { op: 'openSession', secretHash, timeoutMs }, secretOf: () => secret };
  }
  const salt = makeSalt();
  const { secretHash } = secretOfKey(key, salt);
  return {
    request: { op: 'openSession', secretHash, timeoutMs, salt },
    secretOf: (first = salt) => secretOfKey(key, first).secret,
  };
}
