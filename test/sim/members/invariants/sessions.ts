/**
 * I19: a session does not expire before a member has said that it would, clocks going as wrong as
 *      they may: whoever is told that it lives on for so long can rely on that.
 */
import type { Zxid } from '../../../../raftlog/zxid.ts';
import type { SessionId, Transaction } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';

/** Two clocks, each off by so much, over a timeout and a renewal. */
const CLOCKS = 2.5;
/** Milliseconds that rounding may take. */
const ROUNDING_MS = 2;

interface Promised {
  readonly until: number;
  readonly from: string;
}

export class SessionRules {
  readonly #chronicle: Chronicle;
  readonly #drift: number;
  readonly #promised = new Map<SessionId, Promised>();
  readonly #timeouts = new Map<SessionId, number>();
  readonly #expired = new Map<SessionId, number>();
  expiries = 0;

  constructor(chronicle: Chronicle, drift: number) {
    this.#chronicle = chronicle;
    this.#drift = drift;
  }

  /** At `at` a member said that the session lives on for `remaining` ms; its client heard it. */
  promised(session: SessionId, at: number, remaining: number, from: string): void {
    if (remaining <= 0) return;
    const promise = {
      until: at + remaining,
      from: `${from} said ${remaining} at ${at.toFixed(1)}`,
    };
    const former = this.#promised.get(session);
    if (former === undefined || former.until < promise.until) this.#promised.set(session, promise);
    const expired = this.#expired.get(session);
    if (expired !== undefined) this.#check(session, expired);
  }

  happened(zxid: Zxid, { changes }: Transaction): void {
    const last = changes.at(-1);
    if (last?.op === 'openSession') this.#timeouts.set(last.session, last.timeoutMs);
    if (last?.op !== 'closeSession' || last.reason !== 'expired') return;
    this.expiries += 1;
    const at = this.#chronicle.decidedAt.get(zxid) ?? Number.POSITIVE_INFINITY;
    this.#expired.set(last.session, at);
    this.#check(last.session, at);
  }

  #check(session: SessionId, expiredAt: number): void {
    const promised = this.#promised.get(session);
    if (promised === undefined) return;
    const timeout = this.#timeouts.get(session) ?? 0;
    const tolerance = CLOCKS * this.#drift * timeout + ROUNDING_MS;
    if (expiredAt >= promised.until - tolerance) return;
    const early = (promised.until - expiredAt).toFixed(1);
    violated('I19', `session ${session} expired ${early} ms early: ${promised.from}`);
  }
}
