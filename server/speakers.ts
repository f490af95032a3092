/**
 * Which member's connection speaks for a session: the one that was made last. A member tells the
 * leader of each connection that goes on with a session, and the leader tells all others, where a
 * former connection is closed. The leader's order decides, since there is no other that all share.
 *
 * What the leader says of the past must not close what is new: streams keep their order, so as long
 * as it has not answered what it was told last, all that it says of the session is older than that.
 */
import type { MemberId } from '../raftlog/types.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { Forwarded, ForwardReply } from './lane-messages.ts';

export interface SpeakersParts {
  readonly id: MemberId;
  /** The leader that this member knows, 0 = none. */
  readonly leader: () => MemberId;
  readonly leads: () => boolean;
  /** All members but this one. */
  readonly others: () => readonly MemberId[];
  /** Whether a connection of this member speaks for the session. */
  readonly speaksHere: (session: SessionId) => boolean;
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
  /** Which leader that was. */
  #told: MemberId = 0;

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
    const { leads, leader, speaksHere, toLeader, id } = this.#parts;
    for (const session of this.#untold) {
      // Who has gone meanwhile may speak somewhere else by now.
      if (speaksHere(session)) {
        if (leads()) this.#tellOthers(session, id);
        else if (leader() === 0 || !toLeader(leader(), { kind: 'attached', session })) return;
        else this.#count(session, leader());
      }
      this.#untold.delete(session);
    }
  }

  /** The stream to a member ended: what that one was told and has not answered is told again. */
  lost(member: MemberId): void {
    if (member === this.#told) this.#again();
  }

  /** Perhaps another one leads. */
  turned(): void {
    const leader = this.#parts.leader();
    if (leader !== 0 && leader !== this.#told) this.#again();
    this.announce();
  }

  /** Leader: a connection of another member speaks for the session. */
  heard(from: MemberId, session: SessionId): void {
    const { leads, closeHere, reply } = this.#parts;
    if (!leads()) return;
    closeHere(session);
    this.#tellOthers(session, from);
    reply(from, { kind: 'speaks', session });
  }

  /** The leader was told of what this member said, and everybody else by it. */
  answered(session: SessionId): void {
    const left = (this.#unanswered.get(session) ?? 0) - 1;
    if (left > 0) this.#unanswered.set(session, left);
    else this.#unanswered.delete(session);
  }

  /** The leader says that another member speaks for the session. */
  moved(session: SessionId): void {
    if (this.#unanswered.has(session) || this.#untold.has(session)) return;
    this.#parts.closeHere(session);
  }

  #count(session: SessionId, leader: MemberId): void {
    this.#told = leader;
    this.#unanswered.set(session, (this.#unanswered.get(session) ?? 0) + 1);
  }

  #again(): void {
    for (const session of this.#unanswered.keys()) this.#untold.add(session);
    this.#unanswered.clear();
  }

  #tellOthers(session: SessionId, speaker: MemberId): void {
    for (const member of this.#parts.others()) {
      if (member !== speaker) this.#parts.reply(member, { kind: 'moved', session });
    }
  }
}
