/**
 * What members tell each other regularly, beside the log: signs of life of the sessions that use
 * them, for only the leader judges those, and how they are themselves. A member tells its leader
 * and the leader answers with what it knows of all; what is lost with a stream is told again.
 */
import type { MemberId } from '../raftlog/types.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Clock } from './clock.ts';
import type { AgedReport, Forwarded, ForwardReply, MemberReport } from './lane-messages.ts';
import type { Sessions } from './sessions.ts';

/** How often signs of life are passed on, ms: a sign of life may count so much later. */
export const RELAY_MS = 100;

/** Signs of life that are older are told with their age, ms. */
const OLD_MS = 2 * RELAY_MS;

/** Rounds without a sign of life after which a member reports itself all the same. */
const IDLE_ROUNDS = 5;

/** A report counts as current for so long, ms. */
const CURRENT_MS = 3000;

type Signs = Extract<Forwarded, { kind: 'signs' }>;
type SignsReply = Extract<ForwardReply, { kind: 'signs' }>;

interface Round {
  readonly sentAt: number;
  /** When each session showed life. */
  readonly signs: ReadonlyMap<SessionId, number>;
  /** Whether the leader was told how old they are. */
  readonly aged: boolean;
}

interface Heard {
  readonly report: MemberReport;
  readonly at: number;
}

export class Relay {
  readonly #clock: Clock;
  readonly #sessions: Sessions;
  readonly #leader: () => MemberId;
  readonly #ownReport: () => MemberReport;
  readonly #forward: (message: Forwarded) => boolean;
  readonly #reply: (to: MemberId, reply: ForwardReply) => void;
  readonly #leaderTold: (report: MemberReport) => void;
  /** Sent to the leader and not answered yet. */
  readonly #rounds = new Map<number, Round>();
  readonly #heard = new Map<MemberId, Heard>();
  /** Members whose stream to this one has ended and does not stand again, and when that was. */
  readonly #away = new Map<MemberId, number>();
  #lastRound = 0;
  #idle = 0;
  #stopped = false;

  constructor(parts: {
    clock: Clock;
    sessions: Sessions;
    /** The leader, 0 = none is known. */
    leader: () => MemberId;
    report: () => MemberReport;
    /** To the leader. */
    forward: (message: Forwarded) => boolean;
    reply: (to: MemberId, reply: ForwardReply) => void;
    /** The leader has said how it is itself. */
    leaderTold: (report: MemberReport) => void;
  }) {
    this.#clock = parts.clock;
    this.#sessions = parts.sessions;
    this.#leader = parts.leader;
    this.#ownReport = parts.report;
    this.#forward = parts.forward;
    this.#reply = parts.reply;
    this.#leaderTold = parts.leaderTold;
  }

  start(): void {
    this.#clock.after(RELAY_MS, () => {
      if (this.#stopped) return;
      this.#round();
      this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Another leader: what the former one was told and has not answered is told anew. */
  turned(): void {
    for (const { signs } of this.#rounds.values()) this.#again(signs);
    this.#rounds.clear();
  }

  /** The stream to the member stands: what it is like it will say itself. */
  connected(member: MemberId): void {
    this.#away.delete(member);
  }

  /** The stream to the member has ended: what it said before is so no more, for all one knows. */
  lost(member: MemberId): void {
    this.#heard.delete(member);
    this.#away.set(member, this.#clock.monotonic());
  }

  /** Leader: a member tells. */
  told(from: MemberId, { round, sessions, ages, report }: Signs): void {
    for (const [at, session] of sessions.entries()) this.#sessions.touch(session, ages?.[at]);
    this.#heard.set(from, { report, at: this.#clock.monotonic() });
    const own = { report: this.#ownReport(), age: 0 };
    const { judgedMs, confirmedMs } = this.#sessions;
    const judged = judgedMs === undefined ? undefined : { judgedMs };
    const confirmed = confirmedMs === undefined ? undefined : { confirmedMs };
    const late = sessions.filter((session) => !this.#sessions.livesOn(session));
    const ending = late.length === 0 ? undefined : { ending: late };
    const reports = [own, ...this.#aged()];
    const lost = [...this.#away.keys()].filter((member) => member !== from);
    const away = lost.length === 0 ? undefined : { away: lost };
    this.#reply(from, {
      kind: 'signs',
      round,
      reports,
      ...away,
      ...judged,
      ...confirmed,
      ...ending,
    });
  }

  /** The leader has heard. */
  answered(from: MemberId, { round, reports, away, ending, ...leader }: SignsReply): void {
    if (from !== this.#leader()) return;
    const at = this.#clock.monotonic();
    for (const member of away ?? []) this.#heard.delete(member);
    const { id } = this.#ownReport();
    for (const { report, age } of reports) {
      if (report.id === from) this.#leaderTold(report);
      if (report.id !== id) this.#hear(report, at - age);
    }
    const told = this.#rounds.get(round);
    if (told === undefined) return;
    this.#rounds.delete(round);
    const late = new Set(ending);
    for (const [session, at] of told.signs) {
      if (late.has(session)) continue;
      this.#sessions.renewed(session, told.aged ? at : told.sentAt);
    }
    // The leader looked at its clock after it was told: what it speaks of was no earlier than this.
    const { judgedMs, confirmedMs } = leader;
    if (judgedMs !== undefined) this.#sessions.leaderJudges(told.sentAt - judgedMs);
    if (confirmedMs !== undefined) this.#sessions.leaderConfirmed(told.sentAt - confirmedMs);
  }

  /** What was heard of other members lately. */
  reports(): readonly MemberReport[] {
    return this.#aged().map(({ report }) => report);
  }

  /** The leader had it from the member at `at`; it may not have heard yet that that one is gone. */
  #hear(report: MemberReport, at: number): void {
    const { id } = report;
    const isOlder = (this.#heard.get(id)?.at ?? at) > at;
    const isLost = (this.#away.get(id) ?? Number.NEGATIVE_INFINITY) >= at;
    if (!isOlder && !isLost) this.#heard.set(id, { report, at });
  }

  #aged(): readonly AgedReport[] {
    const now = this.#clock.monotonic();
    const { id } = this.#ownReport();
    return [...this.#heard.values()]
      .filter(({ report, at }) => report.id !== id && now - at <= CURRENT_MS)
      .map(({ report, at }) => ({ report, age: now - at }));
  }

  #round(): void {
    const leader = this.#leader();
    if (leader === 0 || leader === this.#ownReport().id) return;
    const signs = this.#sessions.takeSigns();
    this.#idle += 1;
    const idle = signs.size === 0 && this.#sessions.knowsLeader;
    if (idle && this.#idle < IDLE_ROUNDS) return;
    this.#idle = 0;
    this.#lastRound += 1;
    const round = this.#lastRound;
    const sentAt = this.#clock.monotonic();
    const sessions = [...signs.keys()];
    // What has waited for a leader must not count as if it had been shown only now.
    const ages = [...signs.values()].map((at) => Math.max(0, Math.floor(sentAt - at)));
    const aged = ages.some((age) => age > OLD_MS);
    const told = { kind: 'signs', round, sessions, report: this.#ownReport() } as const;
    if (this.#forward(aged ? { ...told, ages } : told)) {
      this.#rounds.set(round, { sentAt, signs, aged });
    } else {
      this.#again(signs);
    }
  }

  #again(signs: ReadonlyMap<SessionId, number>): void {
    for (const [session, at] of signs) this.#sessions.retake(session, at);
  }
}
