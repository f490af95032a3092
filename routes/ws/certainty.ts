/**
 * Until when the session of a connection certainly lives on: the latest of all that its member has
 * said. What was certain stays so, whatever the member learns or forgets: each word holds for any
 * later leader, too (server/sessions.ts). So a failover takes nothing from it, though a member that
 * has just met a leader has nothing new to say.
 *
 * It never promises anything by itself, and never says that the session has ended.
 */

/**
 * A connection that begins when nothing is certain is given time, ms: usually its first sign of
 * life is on its way to the leader, or a leader is being elected. Its client has been told 0.
 */
export const FIRST_WORD_MS = 5000;

export class Certainty {
  readonly #timeoutMs: number;
  readonly #remaining: () => number;
  /** Monotonic time. */
  #until: number;
  /** The same, for a connection that has known nothing for certain yet. */
  #patientUntil: number;

  /** `remaining`: what is certainly left at present, ms; `left`: the same for now. */
  constructor(now: number, timeoutMs: number, left: number, remaining: () => number) {
    this.#timeoutMs = timeoutMs;
    this.#remaining = remaining;
    this.#until = now + left;
    const patience = Math.min(timeoutMs, FIRST_WORD_MS);
    this.#patientUntil = left > 0 ? this.#until : now + patience;
  }

  /** Milliseconds for which the session certainly lives on; 0 = nothing is certain. */
  left(now: number): number {
    this.#ask(now);
    return Math.floor(Math.max(0, this.#until - now));
  }

  /**
   * For how long this goes on before the client must be told that nothing is certain, ms; not
   * positive: now. The member is asked when half of the time is gone, and not before.
   */
  lasts(now: number): number {
    if (this.#until - now < this.#timeoutMs / 2) this.#ask(now);
    return Math.max(this.#until, this.#patientUntil) - now;
  }

  #ask(now: number): void {
    const until = now + this.#remaining();
    if (until <= now) return;
    this.#until = Math.max(until, this.#until);
    this.#patientUntil = this.#until;
  }
}
