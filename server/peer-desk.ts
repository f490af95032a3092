/**
 * What other members say, handed to the part that it concerns; and who speaks for a session, which
 * the leader tells everybody.
 */
import type { Message } from '../raftlog/messages.ts';
import type { MemberId } from '../raftlog/types.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { SnapshotSource, Storage } from '../storage/types.ts';
import type { Forwarder } from './forwarder.ts';
import { decodeForwarded, decodeReply, encodeLane } from './lane-messages.ts';
import type { Payload, PeerHandler, PeerStatus, PeerTransport } from './peers/types.ts';
import type { Reception } from './reception.ts';
import type { Relay } from './relay.ts';
import type { Replica } from './replica.ts';
import type { Sessions } from './sessions.ts';
import type { LearnerStatus } from './types.ts';

export interface PeerDeskParts {
  readonly replica: Replica;
  readonly storage: Storage;
  readonly transport: Pick<PeerTransport, 'forward' | 'forwardReply' | 'status'>;
  readonly sessions: Sessions;
  readonly relay: Relay;
  readonly forwarder: Forwarder;
  readonly reception: Reception;
}

export class PeerDesk implements PeerHandler {
  /** Snapshots that other members began to fetch here. */
  snapshotsSent = 0;
  readonly #id: MemberId;
  #parts: PeerDeskParts | undefined;
  /** Sessions that have a new connection here of which no leader was told. */
  readonly #attached = new Set<SessionId>();

  constructor(id: MemberId) {
    this.#id = id;
  }

  /** Everything is there to be told: what was said before has been lost. */
  open(parts: PeerDeskParts): void {
    this.#parts = parts;
  }

  message(from: MemberId, message: Message): void {
    this.#parts?.replica.receive(from, message);
  }

  connected(): void {
    this.#parts?.forwarder.connected();
    this.announce();
  }

  lost(member: MemberId): void {
    this.#parts?.replica.peerLost(member);
    this.#parts?.forwarder.lost(member);
    this.#parts?.reception.lost(member);
  }

  forwarded(from: MemberId, payload: Payload): void {
    if (this.#parts === undefined) return;
    const { reception, relay, replica } = this.#parts;
    const message = decodeForwarded(payload);
    switch (message.kind) {
      case 'requests':
        reception.take(from, message);
        return;
      case 'signs':
        if (replica.role === 'leading') relay.told(from, message);
        return;
      case 'attached':
        if (replica.role === 'leading') this.#tellMoved(message.session, from);
        return;
    }
  }

  forwardReplied(from: MemberId, payload: Payload): void {
    if (this.#parts === undefined) return;
    const { relay, sessions, forwarder } = this.#parts;
    const reply = decodeReply(payload);
    switch (reply.kind) {
      case 'signs':
        relay.answered(from, reply);
        return;
      case 'moved':
        sessions.moved(reply.session);
        return;
      default:
        forwarder.replied(from, reply);
    }
  }

  async openSnapshot(): Promise<SnapshotSource | undefined> {
    const source = await this.#parts?.storage.openSnapshot().catch(() => undefined);
    if (source !== undefined) this.snapshotsSent += 1;
    return source;
  }

  /** The streams to the other members. */
  peers(): readonly PeerStatus[] {
    return this.#parts?.transport.status() ?? [];
  }

  /** Leader: the members that are connected, and whether they keep up. */
  learners(): readonly LearnerStatus[] {
    const { replica } = this.#parts ?? {};
    if (replica === undefined) return [];
    const connected = this.peers().filter((peer) => peer.connected);
    return replica.progress().flatMap(({ member, state }) => {
      if (!connected.some(({ id }) => id === member)) return [];
      const votes = replica.members.voters.includes(member);
      return [{ id: member, votes, synced: state === 'replicate' }];
    });
  }

  /** A connection of this member speaks for the session from now on. */
  attached(session: SessionId): void {
    this.#attached.add(session);
    this.announce();
  }

  /** Tells the leader of those connections of which none was told yet, if there is one. */
  announce(): void {
    if (this.#parts === undefined) return;
    const { replica, transport } = this.#parts;
    const { role, leader } = replica;
    for (const session of this.#attached) {
      const payload = encodeLane({ kind: 'attached', session });
      if (role === 'leading') this.#tellMoved(session, this.#id);
      else if (leader === 0 || !transport.forward(leader, payload)) return;
      this.#attached.delete(session);
    }
  }

  /** Leader: whoever spoke for the session on another member than `speaker` does no more. */
  #tellMoved(session: SessionId, speaker: MemberId): void {
    if (this.#parts === undefined) return;
    const { replica, sessions, transport } = this.#parts;
    if (speaker !== this.#id) sessions.moved(session);
    const { voters, observers } = replica.members;
    for (const member of [...voters, ...observers]) {
      if (member === speaker || member === this.#id) continue;
      transport.forwardReply(member, encodeLane({ kind: 'moved', session }));
    }
  }
}
