/**
 * Leading: gives out zxids, brings everybody's log to its own, and commits what a quorum has
 * durably (Raft 5.3, 5.4.2). A leader that has lost touch with a quorum steps down by itself, so
 * that nobody waits for one who can decide nothing.
 */
import { assert } from './assert.ts';
import { Confirmation } from './confirmation.ts';
import { encodeMembers } from './membership.ts';
import type { Message } from './messages.ts';
import { Progress } from './progress.ts';
import { quorumSize, quorumValue } from './quorum.ts';
import type { Behaviour, Shared, Turn } from './shared.ts';
import type { Entry, LogIndex, LogPosition, MemberId, Members, ReadId } from './types.ts';
import { counterOf, type Zxid, zxidOf } from './zxid.ts';

/** Heartbeats without a word about an append that is under way: it is taken for lost. */
const STALLED_HEARTBEATS = 4;

export class Leading implements Behaviour {
  readonly role = 'leading';
  readonly #shared: Shared;
  readonly #turn: Turn;
  readonly #progress = new Map<MemberId, Progress>();
  readonly #confirmation = new Confirmation();
  /** Index of the marker that opened the epoch. */
  readonly #markerIndex: LogIndex;
  /** Reads that came before the marker was committed: what they must see is not known yet. */
  #early: ReadId[] = [];
  #ticks = 0;
  #successor: MemberId = 0;
  #successorTicks = 0;
  #handedOver = false;

  /** Opens the epoch with its marker: committing it commits everything before it. */
  constructor(shared: Shared, turn: Turn) {
    this.#shared = shared;
    this.#turn = turn;
    for (const member of shared.membership.othersThan(shared.id)) this.#welcome(member);
    // The first leader gives the ensemble its id, and writes down who founded it: from then on no
    // member forgets that.
    const founding = shared.isFounded ? '' : shared.founding;
    this.#markerIndex = shared.append('epoch', zxidOf(shared.epoch, 0), founding).index;
    const { index, members } = shared.membership;
    if (index === 0 && this.#progress.size > 0) {
      shared.append('members', this.nextZxid(), encodeMembers(members));
    }
    this.#heartbeat();
  }

  get leader(): MemberId {
    return this.#shared.id;
  }

  /** Whether the epoch is open: an entry of its own is committed (Raft 6.4). */
  get isOpen(): boolean {
    return this.#shared.log.committedIndex >= this.#markerIndex;
  }

  get mayPropose(): boolean {
    return this.isOpen && this.#successor === 0 && !this.#exhausted;
  }

  get hasLiveLeader(): boolean {
    return true;
  }

  get progress(): ReadonlyMap<MemberId, Progress> {
    return this.#progress;
  }

  get confirmation(): Confirmation {
    return this.#confirmation;
  }

  nextZxid(): Zxid {
    return zxidOf(this.#shared.epoch, counterOf(this.#shared.log.last.zxid) + 1);
  }

  propose(payloads: readonly string[]): void {
    for (const payload of payloads) {
      assert(this.mayPropose, 'only a leader whose epoch is open proposes');
      this.#shared.append('transaction', this.nextZxid(), payload);
    }
  }

  read(id: ReadId): void {
    if (this.isOpen) this.#confirmation.ask(id, this.#shared.log.committedIndex);
    else this.#early.push(id);
  }

  changeMembers(members: Members): void {
    this.#shared.append('members', this.nextZxid(), encodeMembers(members));
    const { id, membership } = this.#shared;
    const others = membership.othersThan(id);
    for (const member of others) if (!this.#progress.has(member)) this.#welcome(member);
    for (const member of this.#progress.keys()) {
      if (!others.includes(member)) this.#progress.delete(member);
    }
  }

  /** Another successor may take the place of one that was not asked yet, until that has all. */
  transfer(to: MemberId): void {
    // Two that stand in one epoch would take each other's votes, and both might have to wait.
    if (this.#handedOver || this.#successor === to) return;
    this.#successor = to;
    this.#successorTicks = 0;
  }

  /** Entries that had left the memory; undefined when they have left the log, too. */
  logRead(
    to: MemberId,
    from: LogIndex,
    read: { previous: LogPosition; entries: readonly Entry[] } | undefined,
  ): void {
    const progress = this.#progress.get(to);
    if (progress?.readingFrom !== from) return;
    progress.readingFrom = undefined;
    if (from <= progress.match) {
      // It has come farther while the disk was read.
      progress.probe();
    } else if (read === undefined) {
      progress.needsSnapshot();
      this.#sendToSnapshot(to);
    } else {
      this.#append(to, progress, read.previous, read.entries);
    }
  }

  tick(): void {
    const { heartbeatTicks, electionTicks } = this.#shared.settings;
    this.#ticks += 1;
    if (this.#successor !== 0) {
      this.#successorTicks += 1;
      if (this.#successorTicks >= electionTicks) this.#goOn();
    }
    for (const progress of this.#progress.values()) {
      if (progress.stalled(STALLED_HEARTBEATS * heartbeatTicks)) progress.probe();
    }
    if (this.#ticks % electionTicks === 0 && !this.#quorumIsActive()) {
      this.#turn.look();
      return;
    }
    if (this.#ticks % heartbeatTicks === 0) this.#heartbeat();
  }

  receive(from: MemberId, message: Message): void {
    const progress = this.#progress.get(from);
    if (progress === undefined) return;
    progress.active = true;
    switch (message.kind) {
      case 'appended':
        progress.trusted = !message.suspect;
        progress.suspect = message.suspect;
        progress.accepted(message.index);
        this.#advanceCommit();
        break;
      case 'rejected':
        progress.rejected(message.previous, this.#latestCommon(message.last));
        break;
      case 'heartbeatReply':
        progress.round = Math.max(progress.round, message.round);
        // It has begun anew to follow, and does not know what it has in common with this log.
        if (progress.isIdle && message.matched < progress.match) progress.probe();
        if (progress.state === 'snapshot') {
          this.#sendToSnapshot(from);
        }
        break;
      default:
        // Answers to an election that is decided.
        break;
    }
  }

  /** It may come back with less than it had: what it has is asked for anew. */
  peerLost(member: MemberId): void {
    const former = this.#progress.get(member);
    if (former !== undefined) this.#welcome(member, former.restart).active = false;
  }

  persisted(): void {
    this.#advanceCommit();
  }

  flush(): void {
    // First, for an answer that ends a round lets the next one begin; and again, for the only voter
    // there is has answered as soon as it asks.
    this.#confirmReads();
    if (this.#confirmation.wantsRound) {
      this.#heartbeat();
      this.#confirmReads();
    }
    for (const [member, progress] of this.#progress) this.#replicate(member, progress);
    this.#handOver();
    this.#retire();
  }

  leave(): void {
    this.#shared.lostReads.push(...this.#early.splice(0), ...this.#confirmation.lost());
  }

  /** The last counter of an epoch is never used up by a proposal: a new epoch is opened first. */
  get #exhausted(): boolean {
    return counterOf(this.#shared.log.last.zxid) >= this.#shared.settings.counterMax;
  }

  #welcome(member: MemberId, next: LogIndex = this.#shared.log.last.index + 1): Progress {
    const progress = new Progress(next, this.#shared.settings.appendWindow);
    this.#progress.set(member, progress);
    return progress;
  }

  #heartbeat(): void {
    const { epoch, log } = this.#shared;
    const round = this.#confirmation.beginRound();
    for (const [member, { match }] of this.#progress) {
      const committed = Math.min(match, log.committedIndex);
      this.#shared.send(member, { kind: 'heartbeat', epoch, committed, round });
    }
  }

  #quorumIsActive(): boolean {
    const { voters } = this.#shared.membership;
    let active = 0;
    for (const voter of voters) {
      const progress = this.#progress.get(voter);
      const counts = progress?.active === true && !progress.suspect;
      if (voter === this.#shared.id || counts) active += 1;
    }
    for (const progress of this.#progress.values()) progress.active = false;
    return active >= quorumSize(voters.length);
  }

  #replicate(member: MemberId, progress: Progress): void {
    const { log, settings } = this.#shared;
    while (progress.mayReceive && (progress.next <= log.last.index || mustAsk(progress))) {
      const previous = log.positionAt(progress.next - 1);
      if (previous === undefined) {
        progress.readingFrom = progress.next;
        this.#shared.logReads.push({ to: member, from: progress.next });
        return;
      }
      this.#append(member, progress, previous, log.page(progress.next, settings.appendBytes));
    }
    this.#tellCommitted(member, progress);
  }

  #append(
    member: MemberId,
    progress: Progress,
    { index, zxid }: LogPosition,
    entries: readonly Entry[],
  ): void {
    const { epoch, log } = this.#shared;
    const committed = log.committedIndex;
    const previous = { index, zxid };
    progress.sent(entries.at(-1)?.index ?? index, committed);
    this.#shared.send(member, { kind: 'append', epoch, previous, entries, committed });
  }

  #sendToSnapshot(member: MemberId): void {
    const { epoch, log } = this.#shared;
    const { committedIndex: committed } = log;
    this.#shared.send(member, { kind: 'snapshotNeeded', epoch, committed });
  }

  /** A commit that no append takes along is told at once: whoever waits for it is not kept. */
  #tellCommitted(member: MemberId, progress: Progress): void {
    const { epoch, log } = this.#shared;
    const committed = Math.min(progress.match, log.committedIndex);
    if (!progress.isIdle || progress.toldCommitted >= committed) return;
    progress.toldCommitted = committed;
    const { round } = this.#confirmation;
    this.#shared.send(member, { kind: 'heartbeat', epoch, committed, round });
  }

  /** The latest index at which this log can agree with one that has `zxid` at `index`. */
  #latestCommon(point: { readonly index: LogIndex; readonly zxid: Zxid }): LogIndex {
    const { log } = this.#shared;
    let index = Math.min(point.index, log.last.index);
    for (;;) {
      const own = log.positionAt(index);
      // Farther back than the memory goes: the disk will tell.
      if (own === undefined || own.zxid <= point.zxid) return index;
      index -= 1;
    }
  }

  /** Raft 5.4.2: only an entry of the own epoch commits, and with it everything before. */
  #advanceCommit(): void {
    const { membership, log, id } = this.#shared;
    const index = quorumValue(
      membership.voters.map((voter) => {
        if (voter === id) return log.persistedIndex;
        const progress = this.#progress.get(voter);
        return progress?.trusted === true ? progress.match : 0;
      }),
    );
    if (index <= log.committedIndex || index < this.#markerIndex) return;
    this.#shared.commit(index);
    if (this.isOpen) for (const early of this.#early.splice(0)) this.read(early);
  }

  #confirmReads(): void {
    const { id, membership } = this.#shared;
    const rounds = membership.voters.map((voter) => {
      if (voter === id) return this.#confirmation.round;
      const progress = this.#progress.get(voter);
      // A member that may have forgotten a later leader does not say that there is none.
      return progress?.trusted === true ? progress.round : 0;
    });
    this.#shared.reads.push(...this.#confirmation.answered(rounds));
  }

  /** Nothing came of handing over. */
  #goOn(): void {
    this.#successor = 0;
    this.#handedOver = false;
  }

  #handOver(): void {
    if (this.#successor === 0 || this.#handedOver) return;
    const progress = this.#progress.get(this.#successor);
    if (progress === undefined || progress.match < this.#shared.log.last.index) return;
    // Asked once; if nothing comes of it, patience ends and work goes on.
    this.#handedOver = true;
    this.#shared.send(this.#successor, { kind: 'handOver', epoch: this.#shared.epoch });
  }

  /** What ends a leadership from within: the counter is used up, or it belongs no more. */
  #retire(): void {
    const { membership, log, isVoter, mayStand } = this.#shared;
    if (!isVoter && log.committedIndex >= membership.index) this.#turn.look();
    else if (mayStand && this.#exhausted && this.isOpen) this.#turn.stand(true);
  }
}

/** Where the two logs agree is not known: it is asked even when there is nothing to send. */
function mustAsk(progress: Progress): boolean {
  return progress.state === 'probe';
}
