/**
 * I5: a new leader has everything in its log that leaders of earlier epochs have ever committed.
 * I6: all members apply the same entries in the same order, those that were committed.
 * I7: only a leader decides that something is committed: a quorum of the voters that its log names
 *     has it durably, through an entry of the leader's own epoch.
 * I8: commit and apply never go back, nothing is applied that is not committed and durable here,
 *     and what a member acknowledges is durable there and agrees with the leader's log.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { Entry, LogIndex, MemberId } from '../../../raftlog/types.ts';
import { type Ghost, isQuorum, type MemberView } from '../view.ts';
import { violated } from '../violation.ts';

export type MemberOf = (id: MemberId) => MemberView | undefined;

export class Commitment {
  readonly #ghost: Ghost;
  /** Members by id, running or not. */
  readonly #memberOf: MemberOf;

  constructor(ghost: Ghost, memberOf: MemberOf) {
    this.#ghost = ghost;
    this.#memberOf = memberOf;
  }

  stepped(member: MemberView): void {
    const { core, id, seen } = member;
    const { committedIndex } = core;
    if (committedIndex < seen.committed) violated('I8', `the commit of ${id} never goes back`);
    const leads = core.role === 'leading';
    if (leads && (seen.role !== 'leading' || seen.epoch !== core.epoch)) this.#checkLeader(member);
    if (committedIndex > this.#ghost.committed.lastIndex) this.#decided(member, committedIndex);
  }

  #checkLeader({ id, log, core }: MemberView): void {
    const { committed, decisions } = this.#ghost;
    // One that wins with old votes owes nothing to those who were elected after it.
    const through = decisions.findLast(({ epoch }) => epoch < core.epoch)?.through ?? 0;
    if (log.hashAt(through) === committed.hashAt(through)) return;
    violated(
      'I5',
      `leader ${id} of epoch ${core.epoch} has all that was committed, also ${through}`,
    );
  }

  #decided({ id, core, log }: MemberView, index: LogIndex): void {
    if (core.role !== 'leading') {
      violated('I7', `only a leader decides: member ${id} takes ${index} for committed`);
    }
    const entry = log.at(index);
    if (entry?.epoch !== core.epoch) {
      violated('I7', `leader ${id} commits only through an entry of its own epoch, not ${index}`);
    }
    const { voters } = this.#ghost.membersBy(log.version);
    const hash = log.hashAt(index);
    if (!isQuorum(voters, (voter) => this.#hasStill(voter, index, hash))) {
      this.#relyOnTheForgetful(voters, index, hash);
    }
    if (!isQuorum(voters, (voter) => this.#hasDurably(voter, index, hash))) {
      violated('I7', `a quorum of ${voters} has entry ${index} durably when ${id} commits it`);
    }
    const { committed } = this.#ghost;
    for (let at = committed.lastIndex + 1; at <= index; at += 1) {
      const next = log.at(at);
      if (next === undefined) violated('I5', `leader ${id} has all that was committed, also ${at}`);
      committed.append(next);
      this.#markOp(next);
    }
    this.#ghost.decided(core.epoch, index);
  }

  #hasStill(id: MemberId, index: LogIndex, hash: number | undefined): boolean {
    return hash !== undefined && this.#memberOf(id)?.disk.log.hashAt(index) === hash;
  }

  #relyOnTheForgetful(
    voters: readonly MemberId[],
    index: LogIndex,
    hash: number | undefined,
  ): void {
    for (const voter of voters) {
      const loss = this.#memberOf(voter)?.loss;
      if (loss?.had.hashAt(index) === hash && loss !== undefined) loss.owes = index;
    }
  }

  /** What a member had before its disk was lost still counts: it does nothing against it. */
  #hasDurably(id: MemberId, index: LogIndex, hash: number | undefined): boolean {
    const member = this.#memberOf(id);
    if (member === undefined || hash === undefined) return false;
    return this.#hasStill(id, index, hash) || member.loss?.had.hashAt(index) === hash;
  }

  #markOp(entry: Entry): void {
    if (entry.type !== 'transaction') return;
    const op = this.#ghost.opOf(entry.payload);
    if (op === undefined) return;
    if (op.committedAt !== 0) violated('I10', `write ${op.id} is committed once`);
    if (op.state === 'refused' || op.state === 'failed') {
      violated('I10', `write ${op.id} was told to have failed and is committed`);
    }
    op.committedAt = entry.index;
  }

  /** `hash`: of everything applied through `entry`. */
  applied(member: MemberView, entry: Entry, hash: number): void {
    const { id, core, disk } = member;
    const { index } = entry;
    if (index > core.committedIndex) violated('I8', `member ${id} applies what is committed only`);
    if (index > disk.log.lastIndex || disk.log.zxidAt(index) !== entry.zxid) {
      violated('I8', `member ${id} applies what is durable there only, not ${index}`);
    }
    if (index !== member.applied.position.index + 1) {
      violated('I6', `member ${id} applies every entry once, in order: ${index}`);
    }
    if (this.#ghost.committed.hashAt(index) !== hash) {
      violated('I6', `member ${id} applies what everybody applies at ${index}`);
    }
  }

  sent(member: MemberView, to: MemberId, message: Message): void {
    if (message.kind !== 'appended') return;
    const { disk, id } = member;
    const { index, epoch } = message;
    const hash = disk.log.hashAt(index);
    const inTables = index <= disk.log.base.position.index;
    if (hash === undefined && !inTables) {
      violated('I8', `member ${id} acknowledges what is durable there only, not ${index}`);
    }
    const leader = this.#memberOf(to);
    if (leader?.core.role !== 'leading' || leader.core.epoch !== epoch) return;
    const leaders = leader.log.hashAt(index);
    if (leaders !== undefined && hash !== undefined && leaders !== hash) {
      violated('I8', `what ${id} acknowledges agrees with the log of leader ${to}`);
    }
  }

  /** Everything at once, now and then. */
  sweep(member: MemberView): void {
    const { id, applied, disk } = member;
    const { committed } = this.#ghost;
    if (committed.hashAt(applied.position.index) !== applied.hash) {
      violated('I6', `the state of member ${id} is that of the committed log`);
    }
    // A snapshot is in its place before the core hears of its epoch; a member that starts with one
    // begins in that epoch (`RaftLog.start`). What comes behind it is written with the epoch.
    const isBase = disk.log.last.index === disk.log.base.position.index;
    if (!isBase && disk.log.last.epoch > disk.hardState.epoch) {
      violated('I2', `no entry on the disk of ${id} is ahead of the epoch there`);
    }
  }

  /**
   * I9: what was committed is on so many disks for ever that no quorum can be found without it. (It
   * may have been committed with the voters of a change that was lost: those differ by one.)
   */
  sweepQuorum(): void {
    const { committed } = this.#ghost;
    const { lastIndex } = committed;
    const { voters } = this.#ghost.membersBy(committed.version);
    const hash = committed.hashAt(lastIndex);
    if (voters.some((id) => this.#hasLaterVersion(id))) return;
    if (isQuorum(voters, (voter) => !this.#hasDurably(voter, lastIndex, hash))) {
      violated('I9', `entry ${lastIndex} was committed: no quorum of ${voters} is without it`);
    }
  }

  /** A change of the members that is under way may have been counted with already. */
  #hasLaterVersion(id: MemberId): boolean {
    const version = this.#memberOf(id)?.log.version;
    return (version?.index ?? 0) > (this.#ghost.committed.version?.index ?? 0);
  }
}
