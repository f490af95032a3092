/**
 * Which member's connection speaks for a session: the one that was made last. A member tells the
 * leader of each connection that goes on with a session, and the leader tells all others, where a
 * former connection is closed.
 *
 * The leader's order decides, except when a leader was lost, or the stream to it: what it had said
 * may not have come, so every member tells it, or the next one, of all its connections anew, in any
 * order. So each says for how long its connection speaks, and of two the younger one does; on the
 * way it only gets older, which never makes both of two members the younger one.
 *
 * What the leader says of the past must not close what is new: streams keep their order, so as long
 * as it has not answered what it was told last, all that it says of the session is older than that.
 * What comes from anybody else does not count: a leader of the past may speak of what was long ago.
 */
import type { MemberId } from '../raftlog/types.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Forwarded, ForwardReply } from './lane-messages.ts';

export interface SpeakersParts {
  readonly id: MemberId;
  /** The leader that this member knows, 0 = none. */
  readonly leader: () => MemberId;
  readonly epoch: () => number;
  readonly leads: () => boolean;
  /** All members but this one. */
  readonly others: () => readonly MemberId[];
  /** The sessions for which connections of this member speak. */
  readonly speaking: () => Iterable<SessionId>;
  /** For how long a connection of this member speaks for the session, ms; undefined: none does. */
  readonly speaksForMs: (session: SessionId) => number | undefined;
  /** Closes that connection, if there is one: another one speaks for the session. */
  readonly closeHere: (session: SessionId) => void;
  /** False when it cannot be sent. */
  readonly toLeader: (leader: MemberId, message: Forwarded) => boolean;
  readonly reply: (member: MemberId, message: ForwardReply) => void;
}

export class Speakers {
  readonly #parts: SpeakersParts;
  /** Sessions that have a new connection here of which no leader was told. */
  readonly #untold = new Set<SessionId>();
  /** How often the leader was told of a new connection and has not answered. */
  readonly #unanswered = new Map<SessionId, number>();
  /** The leader that is told, and in which epoch: it may lose the leadership in between. */
  #told: MemberId = 0;
  #toldIn = 0;

  constructor(parts: SpeakersParts) {
    this.#parts = parts;
  }

  /** A connection of this member speaks for the session from now on. */
  attached(session: SessionId): void {
    this.#untold.add(session);
    this.announce();
  }

  /** Tells the leader of those connections of which it was not told yet, if there is one. */
  announce(): void {
    const { leads, leader, speaksForMs, toLeader, id } = this.#parts;
    for (const session of this.#untold) {
      // Who has gone meanwhile may speak somewhere else by now.
      const ms = speaksForMs(session);
      if (ms !== undefined) {
        if (leads()) this.#tellOthers(session, id, ms);
        else if (leader() === 0 || !toLeader(leader(), { kind: 'attached', session, ms })) return;
        else this.#count(session);
      }
      this.#untold.delete(session);
    }
  }

  /** The stream to a member ended, and with it what was under way either way. */
  lost(member: MemberId): void {
    if (member === this.#told) this.#again();
  }

  /** Perhaps another one leads. */
  turned(): void {
    const { leader, epoch } = this.#parts;
    if (leader() !== 0 && (leader() !== this.#told || epoch() !== this.#toldIn)) {
      this.#told = leader();
      this.#toldIn = epoch();
      this.#again();
    }
    this.announce();
  }

  /** Leader: a connection of another member speaks for the session, for `ms` now. */
  heard(from: MemberId, session: SessionId, ms: number): void {
    const { leads, closeHere, speaksForMs, reply } = this.#parts;
    if (!leads()) return;
    const own = speaksForMs(session);
    const isOurs = own !== undefined && own < ms;
    if (!isOurs) {
      closeHere(session);
      this.#tellOthers(session, from, ms);
    }
    reply(from, { kind: 'speaks', session });
    if (isOurs) reply(from, { kind: 'moved', session, ms: own });
  }

  /** The leader was told of what this member said, and everybody else by it. */
  answered(from: MemberId, session: SessionId): void {
    if (from !== this.#told) return;
    const left = (this.#unanswered.get(session) ?? 0) - 1;
    if (left > 0) this.#unanswered.set(session, left);
    else this.#unanswered.delete(session);
  }

  /** The leader says that another member speaks for the session, for `ms` now. */
  moved(from: MemberId, session: SessionId, ms: number): void {
    // Whoever leads is told of everything before it counts.
    if (from !== this.#told) return;
    if (this.#unanswered.has(session) || this.#untold.has(session)) return;
    const own = this.#parts.speaksForMs(session);
    if (from !== this.#parts.leader()) {
      // It may go on to lead, and would not say it again: it is asked, by being told.
      if (own !== undefined) this.#untold.add(session);
      return;
    }
    // That member may have learnt nothing of this connection while nobody led.
    if (own !== undefined && own < ms) this.attached(session);
    else this.#parts.closeHere(session);
  }

  #count(session: SessionId): void {
    this.#unanswered.set(session, (this.#unanswered.get(session) ?? 0) + 1);
  }

  #again(): void {
    for (const session of this.#parts.speaking()) this.#untold.add(session);
    this.#unanswered.clear();
  }

  #tellOthers(session: SessionId, speaker: MemberId, ms: number): void {
    for (const member of this.#parts.others()) {
      if (member !== speaker) this.#parts.reply(member, { kind: 'moved', session, ms });
    }
  }
}
