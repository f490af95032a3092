/**
 * I23: a member counts with the voters that the last change in its log names, committed or not;
 *      members change one voter at a time, a change begins when the last one and an entry of the
 *      leader's own epoch are committed, so two quorums always have a member in common; who
 *      was no voter since the last committed change asks for no votes; a leader that belongs no
 *      more leads no more.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { Entry, MemberId, Members } from '../../../raftlog/types.ts';
import type { MembersVersion } from '../chained-log.ts';
import type { Ghost, MemberView, Versions } from '../view.ts';
import { violated } from '../violation.ts';

export class Membership {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  changing({ id, core, log }: MemberView): void {
    const { committedIndex } = core;
    if ((log.version?.index ?? 0) > committedIndex) {
      violated('I23', `leader ${id} changes the members once at a time`);
    }
    if (log.positionAt(committedIndex)?.epoch !== core.epoch) {
      violated('I23', `leader ${id} changes the members after an entry of its epoch is committed`);
    }
  }

  /** `entry` is the last one of its log now, `before` was in force. */
  appended(member: MemberView, entry: Entry, before: MembersVersion | undefined): void {
    if (entry.type !== 'members') return;
    const { log } = member;
    // Others make its quorum now.
    member.leadsSince = member.ticks;
    const from = this.#ghost.membersBy(before);
    const to = this.#ghost.membersBy(log.version);
    if (votersThatDiffer(from, to) > 1 || to.voters.length === 0) {
      violated('I23', `one voter at a time joins or leaves, not ${from.voters} to ${to.voters}`);
    }
  }

  /** `inTurn`: in force since what the member knew to be committed when its turn began. */
  sent({ id, core }: MemberView, message: Message, inTurn: Versions): void {
    if (core.role !== 'looking') return;
    if (message.kind === 'preVote') this.#asks(id, inTurn);
    if (message.kind !== 'vote') return;
    // It has waited for the disk. Meanwhile nobody can have said that the member belongs no more,
    // but a leader of that epoch or of a later one.
    const { epoch } = message;
    if (epoch === core.epoch && !this.#ghost.leaders.has(epoch)) this.#asks(id, inTurn);
  }

  /** As long as its removal may not be committed the member may be needed (thesis 4.2.2). */
  #asks(id: MemberId, inTurn: Versions): void {
    if (inTurn.some((version) => this.#ghost.membersBy(version).voters.includes(id))) return;
    violated('I23', `member ${id} has no vote and asks for none`);
  }

  handedOut({ id, core, log }: MemberView): void {
    const inForce = this.#ghost.membersBy(log.version);
    if (core.members !== inForce && !sameMembers(core.members, inForce)) {
      violated('I23', `member ${id} counts with the voters that its log names: ${inForce.voters}`);
    }
    if (core.role !== 'leading') return;
    const { version } = log;
    if (this.#ghost.membersBy(version).voters.includes(id)) return;
    if ((version?.index ?? 0) > core.committedIndex) return;
    violated('I23', `member ${id} leads no more when it belongs no more`);
  }
}

function sameMembers(one: Members, other: Members): boolean {
  return sameIds(one.voters, other.voters) && sameIds(one.observers, other.observers);
}

function sameIds(one: readonly MemberId[], other: readonly MemberId[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

function votersThatDiffer(from: Members, to: Members): number {
  const gone = from.voters.filter((id) => !to.voters.includes(id));
  const come = to.voters.filter((id) => !from.voters.includes(id));
  return gone.length + come.length;
}
