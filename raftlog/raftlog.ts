/**
 * The consensus core: a Raft log in ZooKeeper's words (epoch = term, zxid = position). One way in,
 * `step`; one way out, `ready`. It knows no clock, no chance, no disk and no socket, so that the
 * same code runs in production and in a simulator.
 *
 * In the trace of a write it stands between the coordinator, which proposes, and the storage, which
 * makes durable: an entry is handed out as committed only when a quorum has persisted it.
 *
 * This file decides what every role does alike: which epoch counts, who gets a vote, who is
 * trusted. The rest is in looking.ts, following.ts and leading.ts.
 */
import { assert, assertNever } from './assert.ts';
import { Following } from './following.ts';
import { Leading } from './leading.ts';
import { Looking } from './looking.ts';
import { changeRefusal } from './membership.ts';
import type { LogPoint, Message } from './messages.ts';
import type { ProgressState } from './progress.ts';
import { type Behaviour, Shared, type Turn } from './shared.ts';
import { Suspicion } from './suspicion.ts';
import type {
  Input,
  LogIndex,
  LogPosition,
  MemberId,
  Members,
  RaftLogOptions,
  Ready,
  Role,
  Ticket,
} from './types.ts';
import type { Zxid } from './zxid.ts';

export type { Ready } from './types.ts';

/** How far another member has come, as its leader knows it. */
export interface MemberProgress {
  readonly member: MemberId;
  readonly match: LogIndex;
  readonly state: ProgressState;
}

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>;

export class RaftLog implements Turn {
  readonly #shared: Shared;
  #started = false;
  #role: Behaviour;
  #suspicion: Suspicion | undefined;

  constructor(options: RaftLogOptions) {
    this.#shared = new Shared(options);
    this.#role = new Looking(this.#shared, this, 'waiting');
  }

  get role(): Role {
    return this.#role.role;
  }

  /** The leader that this member knows of, 0 = none. */
  get leader(): MemberId {
    return this.#role.leader;
  }

  get epoch(): number {
    return this.#shared.epoch;
  }

  get members(): Members {
    return this.#shared.membership.members;
  }

  /** The id of the ensemble, once it is known to be committed. */
  get ensemble(): string | undefined {
    return this.#shared.ensemble;
  }

  /** Whether this member is suspect: see suspicion.ts. */
  get suspect(): boolean {
    return this.#shared.suspect;
  }

  get committedIndex(): LogIndex {
    return this.#shared.log.committedIndex;
  }

  get lastIndex(): LogIndex {
    return this.#shared.log.last.index;
  }

  get lastPoint(): LogPoint {
    return this.#shared.lastPoint;
  }

  /** Whether this member leads and its epoch is open: an entry of it is committed (Raft 6.4). */
  get leaderReady(): boolean {
    return this.#role instanceof Leading && this.#role.isOpen;
  }

  /**
   * Whether this member has heard of everything that was committed when it met its leader: what it
   * then hands out as committed makes it as new as the ensemble was.
   */
  get inTouch(): boolean {
    return this.#role instanceof Following ? this.#role.inTouch : this.leaderReady;
  }

  /** Whether `propose` may be called: leading, open, and not about to hand over. */
  get mayPropose(): boolean {
    return this.#role instanceof Leading && this.#role.mayPropose;
  }

  /**
   * The last round of heartbeats that this leader has begun, and the last one that a quorum has
   * answered, as of the last `ready`: nobody can have been elected later than this leader before
   * the beginning of the latter. 0 = none, or this member does not lead.
   */
  get roundBegun(): number {
    return this.#role instanceof Leading ? this.#role.confirmation.round : 0;
  }

  get roundConfirmed(): number {
    return this.#role instanceof Leading ? this.#role.confirmation.confirmed : 0;
  }

  /** The zxid that the next proposal gets. Leader only. */
  nextZxid(): Zxid {
    return this.#asLeader().nextZxid();
  }

  /** Of all others, when this member leads; empty when not. */
  progress(): readonly MemberProgress[] {
    if (!(this.#role instanceof Leading)) return [];
    const all = [...this.#role.progress];
    return all.map(([member, { match, state }]) => ({ member, match, state }));
  }

  /** Why the members cannot be changed so now, or undefined. */
  membersRefusal(members: Members): string | undefined {
    const { membership, log } = this.#shared;
    if (!this.mayPropose) return 'this member does not lead, or not yet';
    if (membership.index > log.committedIndex) return 'the last change is not committed yet';
    const behind = this.progress().find(
      ({ member, state }) =>
        state !== 'replicate' && members.voters.includes(member) && !membership.isVoter(member),
    );
    if (behind !== undefined) return `member ${behind.member} has not caught up yet`;
    return changeRefusal(membership.members, members);
  }

  /**
   * Whether a snapshot at `position` is to replace the log: asked before anything is replaced. What
   * this member has acknowledged is not given up for it.
   */
  wantsSnapshot(position: LogPosition): boolean {
    const { log } = this.#shared;
    if (!(this.#role instanceof Following) || !this.#role.fetching) return false;
    return position.index > log.committedIndex && !log.contains(position);
  }

  step(input: Input): void {
    assert(
      this.#started === (input.kind !== 'start'),
      'a core starts once, before everything else',
    );
    switch (input.kind) {
      case 'start':
        this.#onStart(input);
        break;
      case 'propose':
        this.#asLeader().propose(input.payloads);
        break;
      case 'persisted':
        this.#onPersisted(input.ticket);
        break;
      case 'read':
        this.#asLeader().read(input.id);
        break;
      case 'tick':
        this.#suspicion?.tick();
        this.#role.tick();
        break;
      case 'message':
        this.#onMessage(input.from, input.message);
        break;
      case 'peerLost':
        this.#role.peerLost(input.member);
        break;
      case 'logRead':
        if (this.#role instanceof Leading) this.#role.logRead(input.to, input.from, input.read);
        break;
      case 'restored':
        this.#onRestored(input);
        break;
      case 'notRestored':
        if (this.#role instanceof Following) this.#role.notRestored(input.position);
        break;
      case 'transfer':
        assert(this.#shared.membership.isVoter(input.to), 'leadership goes to a voter');
        this.#asLeader().transfer(input.to);
        break;
      case 'changeMembers': {
        const refusal = this.membersRefusal(input.members);
        assert(refusal === undefined, `members change only when they may: ${refusal}`);
        this.#asLeader().changeMembers(input.members);
        break;
      }
      default:
        assertNever(input);
    }
    this.#endSuspicion();
    this.invariants();
  }

  /** What must happen now. Each thing is handed out once. */
  ready(): Ready {
    this.#role.flush();
    const shared = this.#shared;
    const { log, persistence, settings } = shared;
    const hardState = shared.hardStateOffered ? undefined : shared.hardState;
    shared.hardStateOffered = true;
    const entries = log.takeUnpersisted();
    const persist = persistence.take(hardState, entries, log.last.index);
    const messages = [...shared.messages, ...persistence.takeFree()];
    const committed = log.takeCommitted(settings.keptBytes);
    const { reads, lostReads, logReads, snapshotFrom } = shared;
    shared.messages = [];
    shared.reads = [];
    shared.lostReads = [];
    shared.logReads = [];
    shared.snapshotFrom = undefined;
    return { persist, messages, committed, reads, lostReads, logReads, snapshotFrom };
  }

  /** Checked after every step, in production too. */
  invariants(): void {
    const { log, hardState, suspect } = this.#shared;
    log.invariants();
    assert(log.last.epoch <= hardState.epoch, 'no entry is ahead of the epoch');
    if (this.#role instanceof Leading) {
      assert(hardState.votedFor === this.#shared.id, 'a leader voted for itself');
      assert(!suspect, 'a suspect member never leads');
    }
  }

  // ------------------------------------------------------------------------------- the turns

  follow(leader: MemberId): void {
    this.#become(new Following(this.#shared, this, leader));
  }

  look(): void {
    const looking = new Looking(this.#shared, this, 'asking');
    this.#become(looking);
    looking.ask();
  }

  /** Looks on while others elect a leader. */
  wait(): void {
    this.#become(new Looking(this.#shared, this, 'waiting'));
  }

  /** Begins an epoch with a vote for itself; that counts, and is told, when it is durable. */
  stand(handOver: boolean): void {
    const { id, epoch } = this.#shared;
    this.#shared.setHardState({ epoch: epoch + 1, votedFor: id });
    const looking = new Looking(this.#shared, this, 'standing');
    this.#become(looking);
    looking.stand(handOver);
  }

  lead(): void {
    this.#become(new Leading(this.#shared, this));
  }

  #become(role: Behaviour): void {
    this.#role.leave();
    this.#role = role;
  }

  // ------------------------------------------------------------------------------ what comes in

  #onStart({ hardState, appliedThrough, members, ensemble, entries }: InputOf<'start'>): void {
    this.#started = true;
    const shared = this.#shared;
    shared.start(hardState, appliedThrough, members, ensemble, entries);
    // An epoch that the log has seen is never voted in again, whatever else was forgotten.
    if (shared.log.last.epoch > shared.epoch) shared.raiseEpoch(shared.log.last.epoch);
    const blank = shared.log.last.index === 0 && shared.epoch === 0;
    if (blank || shared.suspect) this.#suspect();
    this.look();
  }

  /** A disk that holds nothing may have held something: see suspicion.ts. */
  #suspect(): void {
    const { hardState } = this.#shared;
    if (!this.#shared.suspect) this.#shared.setHardState({ ...hardState, suspect: true });
    this.#suspicion = new Suspicion(this.#shared);
  }

  #endSuspicion(): void {
    if (this.#suspicion === undefined) return;
    const following = this.#role instanceof Following ? this.#role : undefined;
    if (!this.#suspicion.ended(this.leader, following?.caughtUp === true)) return;
    this.#suspicion = undefined;
    if (following === undefined) this.look();
    else following.trusted();
  }

  #onPersisted(ticket: Ticket): void {
    const { through, release } = this.#shared.persistence.done(ticket);
    this.#shared.log.persisted(Math.max(through, this.#shared.log.persistedIndex));
    this.#role.persisted();
    this.#shared.messages.push(...this.#deliver(release));
  }

  #onRestored({ position, members, ensemble }: InputOf<'restored'>): void {
    assert(position.index > this.#shared.log.committedIndex, 'nothing committed is lost');
    assert(!(this.#role instanceof Leading), 'a leader has everything');
    this.#shared.restore(position, members, ensemble);
    if (position.epoch > this.#shared.epoch) this.#shared.raiseEpoch(position.epoch);
    if (this.#role instanceof Following) this.#role.restored();
  }

  #onMessage(from: MemberId, message: Message): void {
    switch (message.kind) {
      case 'preVote':
        this.#onPreVote(from, message.epoch, message.last);
        return;
      case 'vote':
        this.#onVote(from, message.epoch, message.last, message.handOver);
        return;
      case 'inquiry':
        this.#introduce(from);
        return;
      case 'introduction':
        this.#suspicion?.introduced(from, message.epoch, message.blank);
        return;
      case 'preVoteReply':
        if (!message.granted) this.#onEpoch(message.epoch);
        // A promise for the next epoch.
        else if (message.epoch === this.epoch + 1) this.#role.receive(from, message);
        return;
      case 'append':
      case 'heartbeat':
      case 'snapshotNeeded':
      case 'handOver':
        this.#onLeader(from, message);
        return;
      case 'voteReply':
      case 'appended':
      case 'rejected':
      case 'heartbeatReply':
        this.#onEpoch(message.epoch);
        if (message.epoch === this.epoch) this.#role.receive(from, message);
        return;
      default:
        assertNever(message);
    }
  }

  /** Somebody is in a later epoch: whatever this member was doing belongs to the past. */
  #onEpoch(epoch: number): void {
    if (epoch <= this.epoch) return;
    const led = this.#role instanceof Leading;
    this.#shared.raiseEpoch(epoch);
    // A leader has the best log there is; anybody else lets those go on who began that epoch.
    if (led) this.look();
    else this.wait();
  }

  #onLeader(from: MemberId, message: Message): void {
    if (message.epoch < this.epoch) {
      // A leader of the past learns that it is one.
      const { epoch } = this;
      this.#shared.send(from, { kind: 'heartbeatReply', epoch, round: 0, matched: 0 });
      return;
    }
    const led = this.#role instanceof Leading;
    assert(!led || message.epoch > this.epoch, 'an epoch has one leader');
    const later = message.epoch > this.epoch;
    if (later) this.#shared.raiseEpoch(message.epoch);
    // What was known of a leader's former epoch says nothing of its log in this one.
    if (led || later || this.leader !== from) this.follow(from);
    this.#role.receive(from, message);
  }

  #onPreVote(from: MemberId, epoch: number, last: LogPoint): void {
    const granted = this.#wouldVote(from, epoch, last);
    // A refusal names the own epoch, so that whoever is behind learns of it.
    this.#shared.send(from, { kind: 'preVoteReply', epoch: granted ? epoch : this.epoch, granted });
  }

  #wouldVote(from: MemberId, epoch: number, last: LogPoint): boolean {
    if (this.#shared.suspect || epoch <= this.epoch || this.#spares(from)) return false;
    if (last.zxid < this.#shared.log.last.zxid) return false;
    if (this.#role instanceof Looking && this.#role.outranks(from, last)) {
      this.#role.askAgain(from);
      return false;
    }
    return true;
  }

  /**
   * Whether the leader is spared: a member that cannot hear it does not take it from those who
   * can (Raft 4.2.3). A leader that asks for votes itself leads no more.
   */
  #spares(from: MemberId): boolean {
    return this.#role.hasLiveLeader && this.leader !== from;
  }

  /** Raft 5.2 and 5.4.1: once an epoch, to nobody whose log is behind, and durably. */
  #onVote(from: MemberId, epoch: number, last: LogPoint, handOver: boolean): void {
    if (this.#spares(from) && !handOver) return;
    if (epoch > this.epoch) {
      this.#shared.raiseEpoch(epoch);
      this.wait();
    }
    const { hardState, suspect, log } = this.#shared;
    const free = hardState.votedFor === 0 || hardState.votedFor === from;
    const granted = !suspect && epoch === this.epoch && free && last.zxid >= log.last.zxid;
    if (granted && hardState.votedFor === 0) {
      this.#shared.setHardState({ ...hardState, votedFor: from });
    }
    this.#shared.sendDurable(from, { kind: 'voteReply', epoch: this.epoch, granted });
  }

  #introduce(to: MemberId): void {
    const blank = this.#shared.log.last.index === 0;
    this.#shared.send(to, { kind: 'introduction', epoch: this.epoch, blank });
  }

  // ------------------------------------------------------------------------------ what goes out

  /** Messages to others; those to this member itself have arrived. */
  #deliver(messages: Ready['messages']): Ready['messages'] {
    const own = messages.filter(({ to }) => to === this.#shared.id);
    for (const { message } of own) this.#onMessage(this.#shared.id, message);
    return own.length === 0 ? messages : messages.filter(({ to }) => to !== this.#shared.id);
  }

  #asLeader(): Leading {
    assert(this.#role instanceof Leading, 'only a leader is asked this');
    return this.#role;
  }
}
