/**
 * What a member has in every role: its log, its hard state, who belongs to the ensemble, and what
 * is on its way out. The roles (looking.ts, following.ts, leading.ts) work on it and change each
 * other through `Turn`; raftlog.ts owns it.
 */
import { assert } from './assert.ts';
import { LogWindow } from './log.ts';
import { Membership } from './membership.ts';
import type { LogPoint, Message } from './messages.ts';
import { Persistence } from './persistence.ts';
import type {
  ConfirmedRead,
  Entry,
  EntryType,
  HardState,
  LogIndex,
  LogPosition,
  LogRead,
  MemberId,
  Members,
  Outgoing,
  RaftLogOptions,
  ReadId,
  Role,
} from './types.ts';
import { COUNTER_MAX, ZXID_NONE, type Zxid } from './zxid.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };

const KIB = 1024;

export interface Settings {
  readonly heartbeatTicks: number;
  readonly electionTicks: number;
  readonly counterMax: number;
  readonly appendBytes: number;
  readonly appendWindow: number;
  readonly keptBytes: number;
}

const DEFAULTS: Settings = {
  heartbeatTicks: 2,
  electionTicks: 10,
  counterMax: COUNTER_MAX,
  appendBytes: 256 * KIB,
  appendWindow: 32,
  keptBytes: 8 * KIB * KIB,
};

/** What a role does with what comes in. Whatever it does not care for it leaves alone. */
export interface Behaviour {
  readonly role: Role;
  /** The leader that it knows, 0 = none. */
  readonly leader: MemberId;
  /** Whether it has reason to believe that a leader is at work: it then helps nobody else up. */
  readonly hasLiveLeader: boolean;
  tick(): void;
  /** Of its own epoch. */
  receive(from: MemberId, message: Message): void;
  peerLost(member: MemberId): void;
  /** The log is durable farther than before, or `restored` has replaced it. */
  persisted(): void;
  /** The last thing before `ready` hands out: what has piled up is sent. */
  flush(): void;
  /** Another role takes over. */
  leave(): void;
}

/** The ways from one role to another. */
export interface Turn {
  follow(leader: MemberId): void;
  look(): void;
  /** Stands for election in the next epoch; `handOver`: at the wish of the leader. */
  stand(handOver: boolean): void;
  lead(): void;
}

export class Shared {
  readonly id: MemberId;
  readonly settings: Settings;
  readonly random: () => number;
  readonly persistence = new Persistence();
  membership: Membership;
  log = new LogWindow(NOWHERE);
  hardState: HardState = { epoch: 0, votedFor: 0 };
  hardStateOffered = true;
  messages: Outgoing[] = [];
  reads: ConfirmedRead[] = [];
  lostReads: ReadId[] = [];
  logReads: LogRead[] = [];
  snapshotFrom: MemberId | undefined;

  constructor(options: RaftLogOptions) {
    const { id, members, random, ...settings } = options;
    this.id = id;
    this.random = random;
    this.settings = { ...DEFAULTS, ...settings };
    this.membership = new Membership(0, members);
  }

  start(hardState: HardState, base: LogPosition, members: Members | undefined): void {
    this.hardState = hardState;
    this.log = new LogWindow(base);
    if (members !== undefined) this.membership = new Membership(base.index, members);
  }

  get epoch(): number {
    return this.hardState.epoch;
  }

  get suspect(): boolean {
    return this.hardState.suspect === true;
  }

  get isVoter(): boolean {
    return this.membership.isVoter(this.id);
  }

  get mayStand(): boolean {
    return this.membership.mayStand(this.id) && !this.suspect;
  }

  /** Voters but this member. */
  get otherVoters(): readonly MemberId[] {
    return this.membership.voters.filter((member) => member !== this.id);
  }

  get lastPoint(): LogPoint {
    const { index, zxid } = this.log.last;
    return { index, zxid };
  }

  /** The time until patience ends: at random, so that no two members run out of it together. */
  patience(): number {
    const { electionTicks } = this.settings;
    return electionTicks + Math.floor(this.random() * electionTicks);
  }

  send(to: MemberId, message: Message): void {
    this.messages.push({ to, message });
  }

  /** Sends once everything that was changed until now is durable. */
  sendDurable(to: MemberId, message: Message): void {
    this.persistence.hold({ to, message });
  }

  setHardState(hardState: HardState): void {
    const before = this.hardState;
    assert(hardState.epoch >= before.epoch, 'an epoch never falls');
    assert(
      hardState.epoch > before.epoch ||
        before.votedFor === 0 ||
        hardState.votedFor === before.votedFor,
      'a vote is given once an epoch',
    );
    this.hardState = hardState;
    this.hardStateOffered = false;
  }

  /** Learns of a later epoch, without a vote in it. */
  raiseEpoch(epoch: number): void {
    this.setHardState({ ...this.hardState, epoch, votedFor: 0 });
  }

  append(type: EntryType, zxid: Zxid, payload: string): Entry {
    const index = this.log.last.index + 1;
    const entry = { index, epoch: this.epoch, zxid, type, payload };
    this.appendEntry(entry);
    return entry;
  }

  appendEntry(entry: Entry): void {
    this.log.append(entry);
    this.membership.appended(entry);
  }

  truncateFrom(index: LogIndex): void {
    this.log.truncateFrom(index);
    this.membership.truncatedFrom(index);
    this.persistence.truncatedFrom(index);
  }

  commit(index: LogIndex): void {
    this.log.commit(index);
    this.membership.committed(index);
  }

  /** A snapshot has taken the place of everything. */
  restore(position: LogPosition, members: Members): void {
    this.persistence.truncatedFrom(0);
    this.log = new LogWindow(position);
    this.membership = new Membership(position.index, members);
  }
}
