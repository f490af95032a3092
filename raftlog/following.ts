/**
 * Following a leader, as a voter or as an observer: its log becomes the leader's, and it says how
 * far that is durable here (Raft 5.3). It never answers for what a disk may still lose.
 */
import { assert } from './assert.ts';
import type { LogPoint, Message } from './messages.ts';
import type { Behaviour, Shared, Turn } from './shared.ts';
import { TwoEnsembles } from './two-ensembles.ts';
import type { Entry, LogIndex, LogPosition, MemberId, Role } from './types.ts';

type Append = Extract<Message, { kind: 'append' }>;

export class Following implements Behaviour {
  readonly leader: MemberId;
  readonly #shared: Shared;
  readonly #turn: Turn;
  readonly #patience: number;
  /** Ticks since the leader was heard of. */
  #silence = 0;
  /** The log agrees with the leader's through here. */
  #matched: LogIndex = 0;
  /** Acknowledged to this leader through here. */
  #acknowledged: LogIndex = 0;
  /** How far the leader had committed when it was first heard of: what a suspect must regain. */
  #leaderCommitted: LogIndex | undefined;
  #fetching = false;
  /** Ticks in which a wish for a snapshot may still be one that was settled by the last one. */
  #restoredTicks = 0;

  constructor(shared: Shared, turn: Turn, leader: MemberId) {
    this.#shared = shared;
    this.#turn = turn;
    this.leader = leader;
    this.#patience = shared.patience();
  }

  get role(): Role {
    return this.#shared.isVoter ? 'following' : 'observing';
  }

  /** Less than the shortest patience: nobody who is patient has given it up. */
  get hasLiveLeader(): boolean {
    return this.#silence < this.#shared.settings.electionTicks;
  }

  /** Whether everything that was committed when the leader was met is durable here. */
  get caughtUp(): boolean {
    return this.inTouch && this.#shared.log.persistedIndex >= this.#shared.log.committedIndex;
  }

  /**
   * Whether everything that was committed when the leader was met is known to be so here. That is
   * at least what the leader knew of then; and what it did not know of, an entry of its own epoch
   * commits (Raft 5.4.2).
   */
  get inTouch(): boolean {
    const { log, epoch } = this.#shared;
    const { committedIndex } = log;
    if (this.#leaderCommitted === undefined || committedIndex < this.#leaderCommitted) return false;
    return log.positionAt(committedIndex)?.epoch === epoch;
  }

  /** Whether a snapshot is on its way. */
  get fetching(): boolean {
    return this.#fetching;
  }

  tick(): void {
    this.#silence += 1;
    if (this.#restoredTicks > 0) this.#restoredTicks -= 1;
    if (this.#silence >= this.#patience) this.#turn.look();
  }

  receive(from: MemberId, message: Message): void {
    if (from !== this.leader) return;
    this.#silence = 0;
    switch (message.kind) {
      case 'append':
        this.#onAppend(message);
        break;
      case 'heartbeat':
        this.#commit(message.committed);
        this.#shared.send(from, {
          kind: 'heartbeatReply',
          epoch: this.#shared.epoch,
          round: message.round,
          matched: this.#matched,
        });
        break;
      case 'snapshotNeeded':
        this.#onSnapshotNeeded(message.committed);
        break;
      case 'handOver':
        if (this.#shared.mayStand) this.#turn.stand(true);
        break;
      default:
        // Nothing else comes from a leader but what was asked for in another role.
        break;
    }
  }

  peerLost(member: MemberId): void {
    if (member === this.leader) this.#turn.look();
  }

  persisted(): void {
    this.#acknowledge(false);
  }

  /** The log is a snapshot of the leader's. */
  restored(): void {
    this.#fetching = false;
    this.#restoredTicks = this.#shared.settings.electionTicks;
    this.#matched = this.#shared.log.last.index;
    this.#acknowledge(true);
  }

  /** No snapshot came, or one that this log contains: then the two agree so far. */
  notRestored(position: LogPosition | undefined): void {
    this.#fetching = false;
    const { log } = this.#shared;
    if (position === undefined) return;
    if (position.index > log.committedIndex && !log.contains(position)) return;
    this.#matched = Math.max(this.#matched, position.index);
    this.#commit(position.index);
    this.#acknowledge(true);
  }

  /** This member's word counts from now on: what it has is acknowledged anew. */
  trusted(): void {
    this.#acknowledge(true);
  }

  flush(): void {
    // Acknowledgements go when they are due.
  }

  leave(): void {
    // What was acknowledged stays acknowledged.
  }

  /**
   * The leader repeats its wish until it hears what came of it: one that was on its way meanwhile
   * must not have the next snapshot fetched.
   */
  #onSnapshotNeeded(committed: LogIndex): void {
    this.#leaderCommitted ??= committed;
    if (this.#fetching || this.#restoredTicks > 0) return;
    this.#shared.snapshotFrom = this.leader;
    this.#fetching = true;
  }

  #onAppend({ previous, entries, committed }: Append): void {
    this.#leaderCommitted ??= committed;
    if (this.#fetching) return;
    // It has heard of the snapshot: what it wishes from here on is another one.
    this.#restoredTicks = 0;
    const { log } = this.#shared;
    if (!this.#agreesAt(previous)) {
      this.#shared.send(this.leader, {
        kind: 'rejected',
        epoch: this.#shared.epoch,
        previous: previous.index,
        last: this.#latestBefore(previous),
      });
      return;
    }
    for (const entry of entries) this.#take(entry);
    const through = entries.at(-1)?.index ?? previous.index;
    this.#matched = Math.max(this.#matched, through);
    this.#commit(Math.min(committed, this.#matched));
    // Told at once when it is durable already: the question may have come twice.
    this.#acknowledge(log.persistedIndex >= through);
  }

  /** Log matching (Raft 5.3): logs that agree at one point agree before it. */
  #agreesAt(point: LogPoint): boolean {
    const { log } = this.#shared;
    // What is committed is in the log of every later leader.
    if (point.index <= log.committedIndex) return this.#mustAgreeAt(point);
    return log.positionAt(point.index)?.zxid === point.zxid;
  }

  /** True as far as is known here: what is committed is nothing else in any log of the ensemble. */
  #mustAgreeAt({ index, zxid }: LogPoint): true {
    const own = this.#shared.log.positionAt(index);
    if (own === undefined || own.zxid === zxid) return true;
    throw new TwoEnsembles(index, own.zxid, this.leader, zxid);
  }

  #take(entry: Entry): void {
    const { log } = this.#shared;
    if (entry.index <= log.committedIndex && this.#mustAgreeAt(entry)) return;
    const own = log.at(entry.index);
    if (own?.zxid === entry.zxid) return;
    if (own !== undefined) this.#shared.truncateFrom(entry.index);
    this.#shared.appendEntry(entry);
  }

  /** The latest point of this log that the leader's can contain, given what it has at `point`. */
  #latestBefore(point: LogPoint): LogPoint {
    const { log } = this.#shared;
    let index = Math.min(log.last.index, point.index - 1);
    for (;;) {
      const own = log.positionAt(index);
      assert(own !== undefined, 'what is not committed is kept');
      if (own.zxid < point.zxid || index <= log.committedIndex) return { index, zxid: own.zxid };
      index -= 1;
    }
  }

  #commit(index: LogIndex): void {
    const known = Math.min(index, this.#matched);
    if (known > this.#shared.log.committedIndex) this.#shared.commit(known);
  }

  #acknowledge(again: boolean): void {
    const { log, epoch, suspect } = this.#shared;
    const index = Math.min(this.#matched, log.persistedIndex);
    if (index === 0 && this.#matched > 0) return;
    if (index <= this.#acknowledged && !again) return;
    this.#acknowledged = Math.max(this.#acknowledged, index);
    this.#shared.send(this.leader, { kind: 'appended', epoch, index, suspect });
  }
}
