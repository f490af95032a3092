/**
 * I20: a session of which a leader has had no sign of life for its timeout and a few rounds of its
 *      clock is about to end: the leader has asked for that, if it has led and been awake all the
 *      time, and could take requests.
 */
import type { MemberId } from '../../../../raftlog/types.ts';
import { decodeForwarded, type Forwarded } from '../../../../server/lane-messages.ts';
import { SESSION_ROUND_MS } from '../../../../server/session-clock.ts';
import type { ReplicatedState } from '../../../../storage/tree/state.ts';
import type { SessionId } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';

/** Rounds: the one that sees it, one that comes late, two in which the request was refused. */
const ROUNDS = 4;
/** Turns of the event loop that are busy, ms. */
const TURNS_MS = 100;

/** A time in which a member leads and judges. */
interface Tenure {
  /** Nothing before this matters. */
  since: number;
  readonly signs: Map<SessionId, number>;
  /** What other members forwarded, which may name sessions that were alive there. */
  heard: { readonly at: number; readonly payload: string }[];
  /** Those whose end was asked for. */
  readonly ending: Set<SessionId>;
}

export class ExpiryRules {
  readonly #drift: number;
  readonly #tenures = new Map<MemberId, Tenure>();

  constructor(drift: number) {
    this.#drift = drift;
  }

  /**
   * Whether the member leads, and takes requests. It begins to judge when it does both; as long as
   * it leads it goes on, and what it has asked for stays asked for, also when it was to hand over
   * and nobody took over.
   */
  turned(id: MemberId, leads: boolean, ready: boolean, now: number): void {
    if (!leads) this.#tenures.delete(id);
    else if (!ready) this.absent(id, now);
    else if (!this.#tenures.has(id)) {
      this.#tenures.set(id, { since: now, signs: new Map(), heard: [], ending: new Set() });
    }
  }

  /** It sleeps, has too much to do or takes no requests: it need not have seen anything. */
  absent(id: MemberId, now: number): void {
    const tenure = this.#tenures.get(id);
    if (tenure !== undefined) tenure.since = now;
  }

  sign(id: MemberId, session: SessionId, now: number): void {
    if (session !== '') this.#tenures.get(id)?.signs.set(session, now);
  }

  heard(id: MemberId, payload: string, at: number): void {
    this.#tenures.get(id)?.heard.push({ at, payload });
  }

  /** The end of a session is asked for, or that was refused. */
  ending(id: MemberId, session: SessionId, isEnding: boolean): void {
    const { ending } = this.#tenures.get(id) ?? {};
    if (isEnding) ending?.add(session);
    else ending?.delete(session);
  }

  look(id: MemberId, { sessions }: ReplicatedState, now: number): void {
    const tenure = this.#tenures.get(id);
    if (tenure === undefined) return;
    const slow = 1 - this.#drift;
    let longest = 0;
    for (const [session, { timeoutMs }] of sessions.entries()) {
      const within = (timeoutMs + ROUNDS * SESSION_ROUND_MS) / slow + TURNS_MS;
      longest = Math.max(longest, within);
      if (tenure.ending.has(session) || now - lastSign(tenure, session) <= within) continue;
      const silent = now - lastHeard(tenure, session);
      if (silent <= within) continue;
      violated(
        'I20',
        `leader ${id} ends session ${session}, silent for ${silent.toFixed(0)} of ${timeoutMs} ms`,
      );
    }
    const known = tenure.heard.findIndex(({ at }) => now - at <= longest);
    if (known > 0) tenure.heard = tenure.heard.slice(known);
  }
}

function lastSign({ since, signs }: Tenure, session: SessionId): number {
  return Math.max(since, signs.get(session) ?? 0);
}

/** The same, of what was forwarded, too: looked at only for those that seem to be silent. */
function lastHeard(tenure: Tenure, session: SessionId): number {
  let last = lastSign(tenure, session);
  for (const { at, payload } of tenure.heard) {
    // A member that was away for long tells late, when another one has told of what came after.
    if (at > last && payload.includes(session)) last = Math.max(last, at - ageOf(session, payload));
  }
  if (last > lastSign(tenure, session)) tenure.signs.set(session, last);
  return last;
}

/** What has waited for a leader counts from when it was shown, ms before it was heard. */
function ageOf(session: SessionId, payload: string): number {
  if (!payload.includes('"ages"')) return 0;
  const { sessions, ages } = decodeForwarded(payload) as Extract<Forwarded, { kind: 'signs' }>;
  return ages?.[sessions.indexOf(session)] ?? 0;
}
