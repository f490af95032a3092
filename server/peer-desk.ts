/** What other members say, handed to the part that it concerns; and how it stands with them. */
import type { Message } from '../raftlog/messages.ts';
import type { MemberId } from '../raftlog/types.ts';
import type { SessionId } from '../storage/tree/types.ts';
import type { SnapshotSource, Storage } from '../storage/types.ts';
import type { Contact } from './contact.ts';
import type { Forwarder } from './forwarder.ts';
import { decodeForwarded, decodeReply, encodeLane } from './lane-messages.ts';
import type { Payload, PeerHandler, PeerStatus, PeerTransport } from './peers/types.ts';
import type { Reception } from './reception.ts';
import type { Relay } from './relay.ts';
import type { Replica } from './replica.ts';
import { NO_LEADER_YET } from './service.ts';
import type { Sessions } from './sessions.ts';
import { Speakers } from './speakers.ts';
import type { LearnerStatus } from './types.ts';

export interface PeerDeskParts {
  readonly contact: Contact;
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
  #speakers: Speakers | undefined;

  constructor(id: MemberId) {
    this.#id = id;
  }

  /** Everything is there to be told: what was said before has been lost. */
  open(parts: PeerDeskParts): void {
    this.#parts = parts;
    const { replica, sessions, transport } = parts;
    this.#speakers = new Speakers({
      id: this.#id,
      leader: () => replica.leader,
      epoch: () => replica.epoch,
      leads: () => replica.role === 'leading',
      others: () => {
        const { voters, observers } = replica.members;
        return [...voters, ...observers].filter((member) => member !== this.#id);
      },
      speaking: () => sessions.attached(),
      speaksForMs: (session) => sessions.speaksForMs(session),
      closeHere: (session) => sessions.moved(session),
      toLeader: (leader, message) => transport.forward(leader, encodeLane(message)),
      reply: (member, message) => void transport.forwardReply(member, encodeLane(message)),
    });
  }

  message(from: MemberId, message: Message): void {
    this.#parts?.replica.receive(from, message);
    this.#parts?.contact.heard(from, message);
  }

  connected(member: MemberId): void {
    this.#parts?.relay.connected(member);
    this.#parts?.forwarder.connected();
    this.#speakers?.announce();
  }

  lost(member: MemberId): void {
    this.#parts?.replica.peerLost(member);
    this.#parts?.forwarder.lost(member);
    this.#parts?.reception.lost(member);
    this.#parts?.relay.lost(member);
    this.#speakers?.lost(member);
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
        this.#speakers?.heard(from, message.session, message.ms);
        return;
    }
  }

  forwardReplied(from: MemberId, payload: Payload): void {
    if (this.#parts === undefined) return;
    const { relay, forwarder } = this.#parts;
    const reply = decodeReply(payload);
    switch (reply.kind) {
      case 'signs':
        relay.answered(from, reply);
        return;
      case 'moved':
        this.#speakers?.moved(from, reply.session, reply.ms);
        return;
      case 'speaks':
        this.#speakers?.answered(from, reply.session);
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

  /** Why nobody leads this member, if that is because it is of another ensemble than others. */
  get strangeness(): string | undefined {
    if (this.#parts === undefined || this.#parts.replica.leader !== 0) return undefined;
    const others = this.peers().filter(({ reason }) => reason?.startsWith('OtherEnsemble'));
    if (others.length === 0) return undefined;
    const whom = others.map(({ id }) => id).join(', ');
    return `${NO_LEADER_YET}; its data directory is of another ensemble than that of member ${whom}`;
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
    this.#speakers?.attached(session);
  }

  /** Who leads, or whether this member does, is another: it is told what the former one was not. */
  turned(): void {
    this.#speakers?.turned();
  }
}
