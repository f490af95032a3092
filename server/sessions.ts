/**
 * Sessions as a member serves them: opening, proving, renewing, expiring, and which connection
 * speaks for one. What is replicated (`storage/tree/sessions.ts`) changes only by transactions.
 *
 * Only the leader judges who is alive. Any other member gathers the signs of life of the sessions
 * that use it (`takeSigns`), and counts one as renewed when the leader has heard of it. What it
 * tells of the time that is left is what the leader has certainly given, and nothing that it only
 * may have.
 *
 * A leader may have been replaced without knowing, and its successor knows nothing of the signs of
 * life that it has taken since: it gave every session its full time when it began. That was later
 * than the last round of heartbeats began which a quorum has answered (confirmed-rounds.ts). So
 * whoever judges, a session lives for its timeout from then on, or for as long as the leader has
 * given it, whichever is less; no member, leader or not, promises more. What was shown after that
 * round is told to the next leader as well, when there is one, with how long ago that was.
 */
import { epochOf } from '../raftlog/zxid.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import { SESSION_ROUND_MS, SessionClock } from './session-clock.ts';
import { parseToken, proves } from './tokens.ts';
import type { Refused, SessionAttachment, SessionInfo, SessionProof } from './types.ts';
import { mayBeYoung, YOUNG } from './young-sessions.ts';

const NOT_A_SESSION: Refused = {
  ok: false,
  refusal: { code: 'SessionExpired', detail: 'the token is not that of a living session' },
};

const NO_SIGNS: ReadonlyMap<SessionId, number> = new Map();

/** Proposes the end of a session; tells when that was refused. */
export type Expire = (session: SessionId, refused: () => void) => void;

interface Speaker {
  readonly attachment: SessionAttachment;
  /** Monotonic time at which it began to speak. */
  readonly since: number;
}

export class Sessions {
  readonly #state: ReplicatedState;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #lives: SessionClock;
  readonly #attachments = new Map<SessionId, Speaker>();
  /** Leader: those whose end is proposed. Whatever they say now comes too late. */
  readonly #ending = new Set<SessionId>();
  /** Signs of life that the leader has not been told of: the monotonic time of each. */
  #signs = new Map<SessionId, number>();
  #nextRound = 0;
  /** The epoch of the leader that was followed last. */
  #followed = -1;
  /**
   * Monotonic time at or after which the leader that is followed gave every session its full time,
   * the latest that is certain; undefined: nothing is known of it.
   */
  #fullTimeAt: number | undefined;
  /**
   * Monotonic time before which no later leader than the one that is followed can have begun to
   * judge, the latest that is certain.
   */
  #leaderConfirmedAt = Number.NEGATIVE_INFINITY;
  #judging = false;
  #judgingSince = 0;
  /** Grows whenever judging begins or ends: a round of a former leadership is none. */
  #run = 0;
  /** The same for this member's own leadership: `Replica.confirmedAt`. */
  readonly #ownConfirmedAt: () => number | undefined;

  constructor(
    state: ReplicatedState,
    clock: Clock,
    limits: Limits,
    confirmedAt: () => number | undefined,
  ) {
    this.#ownConfirmedAt = confirmedAt;
    this.#state = state;
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
  startJudging(expire: Expire): void {
    this.restart();
    this.#judging = true;
    this.#judgingSince = this.#clock.monotonic();
    this.#fullTimeAt = undefined;
    this.#leaderConfirmedAt = Number.NEGATIVE_INFINITY;
    this.#ending.clear();
    this.#signs.clear();
    this.#run += 1;
    this.#nextRound = this.#judgingSince + SESSION_ROUND_MS;
    this.#planRound(this.#run, expire);
  }

  /** This member leads no more, or ends. */
  stopJudging(): void {
    // Somebody else may have led, and judged, before this member knew.
    if (this.#judging) this.#forgetSigns();
    this.#judging = false;
    this.#ending.clear();
    this.#run += 1;
  }

  /** For how long this leader has judged, ms; undefined when this member does not. */
  get judgedMs(): number | undefined {
    return this.#judging ? this.#clock.monotonic() - this.#judgingSince : undefined;
  }

  /** How long ago the last round began by which a quorum has confirmed this leader, ms. */
  get confirmedMs(): number | undefined {
    if (!this.#judging) return undefined;
    const at = this.#ownConfirmedAt();
    return at === undefined ? undefined : Math.max(0, this.#clock.monotonic() - at);
  }

  /**
   * There is a leader. It has given every session its full time when it began to judge, but when
   * that was is not known here: the epoch may be old.
   */
  follow(epoch: number): void {
    if (epoch === this.#followed) return;
    this.#followed = epoch;
    this.#fullTimeAt = undefined;
    this.#forgetSigns();
    this.#leaderConfirmedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * The leader that is followed began to judge at `at` or later. Nothing is known by that before
   * its epoch has begun here: the end of a session may be among what comes before.
   */
  leaderJudges(at: number): void {
    if (epochOf(this.#state.lastZxid) < this.#followed) return;
    this.#fullTimeAt = Math.max(at, this.#fullTimeAt ?? at);
  }

  /** A round by which a quorum has confirmed the leader that is followed began at `at` or later. */
  leaderConfirmed(at: number): void {
    this.#leaderConfirmedAt = Math.max(at, this.#leaderConfirmedAt);
  }

  /** Whether that is known of the leader that is followed. */
  get knowsLeader(): boolean {
    return this.#fullTimeAt !== undefined;
  }

  /** Every session that there is has its full time from now on. */
  restart(): void {
    const now = this.#clock.monotonic();
    for (const [session, { timeoutMs }] of this.#state.sessions.entries()) {
      this.#lives.start(session, timeoutMs, now);
    }
  }

  /**
   * No sign of life is known to have reached the leader. Those that a later leader than the former
   * one may not have accounted for are passed on anew: its time for everybody began after that
   * round, but perhaps before they came.
   */
  #forgetSigns(): void {
    const accounted = this.#judging
      ? Math.max(this.#judgingSince, this.#confirmedAt)
      : this.#confirmedAt;
    for (const [session, { timeoutMs }] of this.#state.sessions.entries()) {
      const seen = this.#lives.seen(session);
      if (seen > accounted) this.retake(session, seen);
      this.#startUnseen(session, timeoutMs);
    }
  }

  #startUnseen(session: SessionId, timeoutMs: number): void {
    this.#lives.start(session, timeoutMs, Number.NEGATIVE_INFINITY);
  }

  /** No leader but the one that is known, or is this member, had begun to judge before this. */
  get #confirmedAt(): number {
    if (!this.#judging) return this.#leaderConfirmedAt;
    return this.#ownConfirmedAt() ?? Number.NEGATIVE_INFINITY;
  }

  /** The table was replaced as a whole: connections of sessions that are not in it are told. */
  replaced(): void {
    this.#forgetSigns();
    this.#lives.keepOnly((session) => this.#state.sessions.has(session));
    for (const session of [...this.#attachments.keys()]) {
      if (!this.#state.sessions.has(session)) this.ended(session, 'expired');
    }
  }

  /** The sessions that showed life since the last call: for the leader. */
  takeSigns(): ReadonlyMap<SessionId, number> {
    if (this.#signs.size === 0) return NO_SIGNS;
    const signs = this.#signs;
    this.#signs = new Map();
    return signs;
  }

  /** A sign of life of `at` did not reach the leader. */
  retake(session: SessionId, at: number): void {
    if (at > (this.#signs.get(session) ?? Number.NEGATIVE_INFINITY)) this.#signs.set(session, at);
  }

  /** The leader has heard of a sign of life, and counts it from `at` or later. */
  renewed(session: SessionId, at: number): void {
    this.#lives.touch(session, at);
  }

  /** The log says so, possibly long after. */
  opened(session: SessionId, timeoutMs: number): void {
    if (this.#judging) this.#lives.start(session, timeoutMs, this.#clock.monotonic());
    else this.#startUnseen(session, timeoutMs);
  }

  /**
   * It was opened by a client of this member, at `askedAt` or later; what is certainly left.
   * Whoever judges it has the entry that opened it, so began to judge, or to count its time, after
   * that: no round need have been confirmed since.
   */
  openedHere(session: SessionId, askedAt: number): number {
    if (!this.#judging) this.#lives.touch(session, askedAt);
    const { timeoutMs } = this.#state.sessions.get(session) ?? {};
    if (timeoutMs === undefined || this.#ending.has(session)) return 0;
    return Math.floor(Math.max(0, timeoutMs - (this.#clock.monotonic() - askedAt)));
  }

  ended(session: SessionId, reason: 'closed' | 'expired'): void {
    this.#lives.stop(session);
    this.#ending.delete(session);
    const speaker = this.#attachments.get(session);
    this.#attachments.delete(session);
    speaker?.attachment.ended(reason);
  }

  /** See `Coordinator.authenticate`. */
  authenticate(token: string, renews = true, known = false): SessionProof {
    const parts = parseToken(token);
    if (parts === undefined) return NOT_A_SESSION;
    const session = this.#state.sessions.get(parts.session);
    if (session === undefined) {
      // That may be news to this member, also when it leads.
      const isYoung = mayBeYoung(parts.session, this.#state.lastZxid);
      if (isYoung) return known ? NOT_A_SESSION : { ...YOUNG, young: true };
      return { ...NOT_A_SESSION, ended: parts.session };
    }
    if (!proves(parts.secret, session.secretHash)) return NOT_A_SESSION;
    if (renews) this.touch(parts.session);
    return { ok: true, session: parts.session };
  }

  /** A sign of life, shown `age` ms ago. Of a session that does not exist it is none. */
  touch(session: SessionId, age = 0): void {
    // Whoever repeats a request under a key may name any: what is remembered, and told to the
    // leader, must not grow by what clients make up.
    if (!this.#state.sessions.has(session)) return;
    const at = this.#clock.monotonic() - age;
    if (!this.#judging) this.#signs.set(session, at);
    else if (!this.#ending.has(session)) this.#lives.touch(session, at);
  }

  /**
   * Leader: whether a sign of life counts. It comes too late when the end is proposed; and a leader
   * that does not judge yet may have an end in its log of which it does not know.
   */
  livesOn(session: SessionId): boolean {
    return this.#judging && this.#state.sessions.has(session) && !this.#ending.has(session);
  }

  /** Milliseconds for which the session certainly lives on without a further sign of life. */
  remaining(session: SessionId): number {
    if (this.#ending.has(session)) return 0;
    const now = this.#clock.monotonic();
    const bySigns = this.#lives.remaining(session, now);
    const timeoutMs = this.#state.sessions.get(session)?.timeoutMs ?? 0;
    const since = now - (this.#fullTimeAt ?? Number.NEGATIVE_INFINITY);
    const byThisLeader = Math.max(bySigns, timeoutMs - since);
    const byAnyLeader = timeoutMs - (now - this.#confirmedAt);
    return Math.floor(Math.max(0, Math.min(byThisLeader, byAnyLeader)));
  }

  info(session: SessionId): SessionInfo | undefined {
    const row = this.#state.sessions.get(session);
    if (row === undefined) return undefined;
    return {
      session,
      timeoutMs: row.timeoutMs,
      expiresInMs: this.remaining(session),
      ephemerals: row.ephemerals.size,
      lastId: this.#state.answers.ofSession(session)?.lastId ?? 0,
    };
  }

  /** Those for which a connection of this member speaks. */
  attached(): Iterable<SessionId> {
    return this.#attachments.keys();
  }

  /** For how long a connection of this member speaks for the session, ms; undefined: none does. */
  speaksForMs(session: SessionId): number | undefined {
    const speaker = this.#attachments.get(session);
    return speaker && this.#clock.monotonic() - speaker.since;
  }

  /** The connection of this member that speaks for it, if there is one. */
  attachmentOf(session: SessionId): SessionAttachment | undefined {
    return this.#attachments.get(session)?.attachment;
  }

  /** Another member speaks for the session from now on. */
  moved(session: SessionId): void {
    const former = this.#attachments.get(session);
    this.#attachments.delete(session);
    former?.attachment.moved();
  }

  attach(session: SessionId, attachment: SessionAttachment): void {
    const former = this.#attachments.get(session)?.attachment;
    this.#attachments.set(session, { attachment, since: this.#clock.monotonic() });
    if (former !== undefined && former !== attachment) former.moved();
  }

  detach(session: SessionId, attachment: SessionAttachment): void {
    if (this.attachmentOf(session) === attachment) this.#attachments.delete(session);
  }

  #planRound(run: number, expire: Expire): void {
    this.#clock.after(SESSION_ROUND_MS, () => {
      if (run !== this.#run) return;
      const now = this.#clock.monotonic();
      // A round that comes late means that the process was stalled: signs of life may be waiting in
      // the sockets, so they are taken in first and the judgement waits for the next round.
      const late = now - this.#nextRound > SESSION_ROUND_MS;
      this.#nextRound = now + SESSION_ROUND_MS;
      if (!late) for (const session of this.#lives.expired(now)) this.#expire(session, expire);
      this.#planRound(run, expire);
    });
  }

  #expire(session: SessionId, expire: Expire): void {
    if (this.#ending.has(session)) return;
    this.#ending.add(session);
    expire(session, () => this.#ending.delete(session));
  }
}
