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

/** Where in the log, or before its beginning, the ensemble got its id. */
interface Founded {
  readonly index: LogIndex;
  readonly ensemble: string;
  /** Known to be committed, whatever the cursors say. */
  readonly certain: boolean;
}

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
  /** What this member would call an ensemble that has no id. */
  readonly founding: string;
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
  #founded: Founded | undefined;

  constructor(options: RaftLogOptions) {
    const { id, members, random, founding = '', ...settings } = options;
    this.id = id;
    this.random = random;
    this.founding = founding;
    this.settings = { ...DEFAULTS, ...settings };
    this.membership = new Membership(0, members);
  }

  start(
    hardState: HardState,
    base: LogPosition,
    members: Members | undefined,
    ensemble: string | undefined,
    entries: readonly Entry[],
  ): void {
    this.hardState = hardState;
    this.log = new LogWindow(base);
    if (members !== undefined) this.membership = new Membership(base.index, members);
    this.#restoreEnsemble(base.index, ensemble);
    this.log.restore(entries);
    for (const entry of entries) this.#took(entry);
    // Who proposed a transaction had its epoch open: the marker and all before it was committed.
    const proposed = entries.findLast(({ type }) => type === 'transaction')?.index ?? 0;
    const founded = this.#founded;
    if (founded !== undefined && founded.index < proposed) {
      this.#founded = { ...founded, certain: true };
    }
  }

  /** Whether the log gives the ensemble an id, be it committed or not. */
  get isFounded(): boolean {
    return this.#founded !== undefined;
  }

  /** The id of the ensemble once it is known to be committed; undefined before. */
  get ensemble(): string | undefined {
    const founded = this.#founded;
    if (founded === undefined) return undefined;
    const known = founded.certain || founded.index <= this.log.committedIndex;
    return known ? founded.ensemble : undefined;
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
    this.#took(entry);
  }

  truncateFrom(index: LogIndex): void {
    const founded = this.#founded;
    if (founded !== undefined && founded.index >= index) {
      assert(!founded.certain, 'the founding of an ensemble is never taken back');
      this.#founded = undefined;
    }
    this.log.truncateFrom(index);
    this.membership.truncatedFrom(index);
    this.persistence.truncatedFrom(index);
  }

  commit(index: LogIndex): void {
    this.log.commit(index);
    this.membership.committed(index);
  }

  #restoreEnsemble(index: LogIndex, ensemble: string | undefined): void {
    this.#founded = ensemble === undefined ? undefined : { index, ensemble, certain: true };
  }

  #took(entry: Entry): void {
    this.membership.appended(entry);
    if (entry.type !== 'epoch' || entry.payload === '') return;
    assert(this.#founded === undefined, 'an ensemble is founded once');
    this.#founded = { index: entry.index, ensemble: entry.payload, certain: false };
  }

  /** A snapshot has taken the place of everything. */
  restore(position: LogPosition, members: Members, ensemble: string | undefined): void {
    this.persistence.truncatedFrom(0);
    this.log = new LogWindow(position);
    this.#restoreEnsemble(position.index, ensemble);
    this.membership = new Membership(position.index, members);
  }
}
