/**
 * Sessions as a member serves them: opening, proving, renewing, expiring, and which connection
 * speaks for one. What is replicated (`storage/tree/sessions.ts`) changes only by transactions.
 */
import type { SessionTable } from '../storage/tree/sessions.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import { SESSION_ROUND_MS, SessionClock } from './session-clock.ts';
import { parseToken, proves } from './tokens.ts';
import type { Refused, SessionAttachment, SessionInfo } from './types.ts';

const NOT_A_SESSION: Refused = {
  ok: false,
  refusal: { code: 'SessionExpired', detail: 'the token is not that of a living session' },
};

export class Sessions {
  readonly #table: SessionTable;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #lives: SessionClock;
  readonly #attachments = new Map<SessionId, SessionAttachment>();
  #nextRound = 0;
  #stopped = false;

  constructor(table: SessionTable, clock: Clock, limits: Limits) {
    this.#table = table;
    this.#clock = clock;
    this.#limits = limits;
    this.#lives = new SessionClock(clock.monotonic());
  }

  /** The timeout that a client gets for the one it asks for. */
  clamp(timeoutMs: number): number {
    const { sessionTimeoutMinMs, sessionTimeoutMaxMs } = this.#limits;
    return Math.min(Math.max(timeoutMs, sessionTimeoutMinMs), sessionTimeoutMaxMs);
  }

  /** This member begins to lead: every session gets its full time again, and expiry begins. */
  startJudging(expire: (session: SessionId) => void): void {
    const now = this.#clock.monotonic();
    for (const [session, { timeoutMs }] of this.#table.entries()) {
      this.#lives.start(session, timeoutMs, now);
    }
    this.#nextRound = now + SESSION_ROUND_MS;
    this.#planRound(expire);
  }

  stop(): void {
    this.#stopped = true;
  }

  opened(session: SessionId, timeoutMs: number): void {
    this.#lives.start(session, timeoutMs, this.#clock.monotonic());
  }

  ended(session: SessionId, reason: 'closed' | 'expired'): void {
    this.#lives.stop(session);
    const attachment = this.#attachments.get(session);
    this.#attachments.delete(session);
    attachment?.ended(reason);
  }

  authenticate(token: string): { ok: true; session: SessionId } | Refused {
    const parts = parseToken(token);
    if (parts === undefined) return NOT_A_SESSION;
    const session = this.#table.get(parts.session);
    if (session === undefined || !proves(parts.secret, session.secretHash)) return NOT_A_SESSION;
    this.touch(parts.session);
    return { ok: true, session: parts.session };
  }

  touch(session: SessionId): void {
    this.#lives.touch(session, this.#clock.monotonic());
  }

  remaining(session: SessionId): number {
    return Math.floor(this.#lives.remaining(session, this.#clock.monotonic()));
  }

  info(session: SessionId): SessionInfo | undefined {
    const row = this.#table.get(session);
    if (row === undefined) return undefined;
    return {
      session,
      timeoutMs: row.timeoutMs,
      expiresInMs: this.remaining(session),
      ephemerals: row.ephemerals.size,
    };
  }

  attach(session: SessionId, attachment: SessionAttachment): void {
    const former = this.#attachments.get(session);
    this.#attachments.set(session, attachment);
    if (former !== undefined && former !== attachment) former.moved();
  }

  detach(session: SessionId, attachment: SessionAttachment): void {
    if (this.#attachments.get(session) === attachment) this.#attachments.delete(session);
  }

  #planRound(expire: (session: SessionId) => void): void {
    this.#clock.after(SESSION_ROUND_MS, () => {
      if (this.#stopped) return;
      const now = this.#clock.monotonic();
      // A round that comes late means that the process was stalled: signs of life may be waiting in
      // the sockets, so they are taken in first and the judgement waits for the next round.
      const late = now - this.#nextRound > SESSION_ROUND_MS;
      this.#nextRound = now + SESSION_ROUND_MS;
      if (!late) for (const session of this.#lives.expired(now)) expire(session);
      this.#planRound(expire);
    });
  }
}
