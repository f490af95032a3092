/**
 * Judges which sessions are alive: the leader's clock of every session. It lives in memory only; a
 * member that starts to lead gives each session its full timeout again, so sessions outlive any
 * restart. A session ends between its timeout and its timeout plus two rounds after the last sign
 * of life, never before.
 */
import type { SessionId } from '../storage/tree/types.ts';

/** How often the clock looks, ms: the granularity of expiry. */
export const SESSION_ROUND_MS = 250;

interface Life {
  readonly timeoutMs: number;
  /** Monotonic time of the last sign of life. */
  seen: number;
  /** The round in which this session is looked at next. */
  round: number;
}

export class SessionClock {
  readonly #lives = new Map<SessionId, Life>();
  /**
   * Sessions to look at, by round. A session that showed life since is moved on when its round
   * comes.
   */
  readonly #rounds = new Map<number, Set<SessionId>>();
  #lastRound: number;

  constructor(now: number) {
    this.#lastRound = Math.floor(now / SESSION_ROUND_MS);
  }

  /** Forgets those that are gone in a way that nobody told. */
  keepOnly(exists: (session: SessionId) => boolean): void {
    for (const session of [...this.#lives.keys()]) if (!exists(session)) this.stop(session);
  }

  get size(): number {
    return this.#lives.size;
  }

  /** Gives the session its full timeout from `now` on. */
  start(session: SessionId, timeoutMs: number, now: number): void {
    this.stop(session);
    const life: Life = { timeoutMs, seen: now, round: 0 };
    this.#lives.set(session, life);
    this.#schedule(session, life);
  }

  stop(session: SessionId): void {
    const life = this.#lives.get(session);
    if (life === undefined) return;
    this.#lives.delete(session);
    const due = this.#rounds.get(life.round);
    due?.delete(session);
    if (due?.size === 0) this.#rounds.delete(life.round);
  }

  /**
   * A sign of life, shown at `at`. Costs one look-up: the session moves to its new round only when
   * the old one comes.
   */
  touch(session: SessionId, at: number): void {
    const life = this.#lives.get(session);
    if (life !== undefined && at > life.seen) life.seen = at;
  }

  /** Monotonic time of the last sign of life; of none, minus infinity. */
  seen(session: SessionId): number {
    return this.#lives.get(session)?.seen ?? Number.NEGATIVE_INFINITY;
  }

  /** Milliseconds for which the session certainly lives on without a further sign of life. */
  remaining(session: SessionId, now: number): number {
    const life = this.#lives.get(session);
    return life === undefined ? 0 : Math.max(0, life.timeoutMs - (now - life.seen));
  }

  /** The sessions whose time is up at `now`. They stay due until stopped. */
  expired(now: number): SessionId[] {
    const round = Math.floor(now / SESSION_ROUND_MS);
    const dead: SessionId[] = [];
    for (const due of this.#due(round)) {
      const sessions = this.#rounds.get(due);
      if (sessions === undefined) continue;
      this.#rounds.delete(due);
      for (const session of sessions) {
        const life = this.#lives.get(session);
        if (life === undefined) continue;
        if (life.seen + life.timeoutMs <= now) dead.push(session);
        this.#schedule(session, life, round + 1);
      }
    }
    this.#lastRound = round + 1;
    return dead;
  }

  /** Rounds through `last` that are to be looked at, in order. */
  #due(last: number): readonly number[] {
    const count = last - this.#lastRound + 1;
    if (count <= this.#rounds.size)
      return Array.from({ length: count }, (_, n) => last - count + 1 + n);
    // Nobody has looked for days, or few live: the rounds that there are cost less than all.
    return [...this.#rounds.keys()].filter((due) => due <= last).sort((a, b) => a - b);
  }

  #schedule(session: SessionId, life: Life, notBefore = this.#lastRound): void {
    const deadline = Math.floor((life.seen + life.timeoutMs) / SESSION_ROUND_MS) + 1;
    life.round = Math.max(deadline, notBefore);
    let due = this.#rounds.get(life.round);
    if (due === undefined) {
      due = new Set();
      this.#rounds.set(life.round, due);
    }
    due.add(session);
  }
}
