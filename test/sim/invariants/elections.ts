/**
 * I1: an epoch has at most one leader, ever.
 * I1a: a leader that has heard no quorum for three of its election timeouts leads no more.
 * I2: a vote is given once an epoch, and is on disk before anybody hears of it; what a disk holds
 *     of epoch and vote never goes back.
 * I2a: an epoch is begun by a member that votes for itself in it, and by nothing else: asking
 *      whether one would be elected changes nothing. Nobody begins one without the promises of a
 *      quorum, the wish of the leader, or being the leader, and nobody who hears a leader promises
 *      a vote to anybody else: whoever was cut off disturbs nobody.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { MemberId, Persist } from '../../../raftlog/types.ts';
import { electionKey, type Ghost, isQuorum, type MemberView, type Versions } from '../view.ts';
import { violated } from '../violation.ts';

export class Elections {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  stepped(member: MemberView): void {
    const { core, id, seen } = member;
    if (core.epoch < seen.epoch) violated('I2', `the epoch of member ${id} never falls`);
    if (core.role !== 'leading') return;
    if (seen.role !== 'leading' || seen.epoch !== core.epoch) member.leadsSince = member.ticks;
    const leader = this.#ghost.leaders.get(core.epoch);
    if (leader === id) return;
    if (leader !== undefined) {
      violated('I1', `epoch ${core.epoch} has one leader: not both ${leader} and ${id}`);
    }
    this.#ghost.leaders.set(core.epoch, id);
    this.#ghost.vote(core.epoch, id, id);
  }

  ticked({ id, core, ticks, heardAt, leadsSince }: MemberView): void {
    const longest = 3 * this.#ghost.swarm.core.electionTicks;
    if (core.role !== 'leading' || ticks - leadsSince <= longest) return;
    const hears = (voter: MemberId) => voter === id || ticks - (heardAt[voter] ?? 0) <= longest;
    if (!isQuorum(core.members.voters, hears)) {
      violated('I1a', `leader ${id} has heard no quorum for ${longest} ticks and leads no more`);
    }
  }

  #mayBegin({ id }: MemberView, epoch: number, inTurn: Versions): void {
    const key = electionKey(epoch, id);
    if (this.#ghost.handOvers.has(key) || this.#ghost.leaders.get(epoch - 1) === id) return;
    const promises = this.#ghost.promises.get(key);
    const promised = (voter: MemberId) => voter === id || promises?.has(voter) === true;
    // What was handed out with it may be a change of the members that came after it.
    const ensembles = inTurn.map((version) => this.#ghost.membersBy(version));
    if (ensembles.some(({ voters }) => isQuorum(voters, promised))) return;
    violated('I2a', `member ${id} begins epoch ${epoch} with the promises of a quorum`);
  }

  handedOut(member: MemberView, persist: Persist | undefined, inTurn: Versions): void {
    const { id, core } = member;
    const hardState = persist?.hardState;
    if (hardState?.votedFor === id && hardState.epoch > this.#ghost.epochsBegun) {
      this.#mayBegin(member, hardState.epoch, inTurn);
      this.#ghost.epochsBegun = hardState.epoch;
    }
    if (core.epoch > this.#ghost.epochsBegun) {
      violated('I2a', `member ${id} is in epoch ${core.epoch}, which nobody has begun`);
    }
  }

  /** The disk still shows what it held before. */
  writing({ id, disk }: MemberView, { hardState: after }: Persist): void {
    const before = disk.hardState;
    if (after === undefined) return;
    if (after.epoch < before.epoch) violated('I2', `the epoch on the disk of ${id} never falls`);
    if (after.epoch > before.epoch || before.votedFor === 0) return;
    if (after.votedFor !== before.votedFor) {
      violated('I2', `the vote on the disk of ${id} stays what it is for the whole epoch`);
    }
  }

  sent(member: MemberView, to: MemberId, message: Message): void {
    if (message.kind === 'vote') this.#voted(member, member.id, message.epoch);
    else if (message.kind === 'voteReply' && message.granted) {
      this.#voted(member, to, message.epoch);
    } else if (message.kind === 'preVoteReply' && message.granted) {
      this.#promised(member, electionKey(message.epoch, to));
    } else if (message.kind === 'handOver') {
      this.#ghost.handOvers.add(electionKey(message.epoch + 1, to));
    }
  }

  #promised({ id, mayPromise }: MemberView, key: number): void {
    if (!mayPromise.has(key)) violated('I2a', `member ${id} hears a leader and promises no vote`);
    const promises = this.#ghost.promises.get(key);
    if (promises === undefined) this.#ghost.promises.set(key, new Set([id]));
    else promises.add(id);
  }

  #voted({ id, disk }: MemberView, candidate: MemberId, epoch: number): void {
    this.#ghost.vote(epoch, id, candidate);
    if (disk.votes.get(epoch) === candidate) return;
    // A disk that knows a later epoch already keeps it from voting in this one as well.
    if ((disk.votes.get(epoch) ?? 0) === 0 && disk.hardState.epoch > epoch) return;
    violated('I2', `the vote of ${id} in epoch ${epoch} is on disk before anybody hears of it`);
  }
}
