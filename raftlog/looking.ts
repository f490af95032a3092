/**
 * Looking for a leader. First every voter is asked whether it would vote for this member
 * (`preVote`), which changes nothing anywhere; only when a quorum would is a new epoch begun and
 * the real vote asked for (Raft 9.6). So a member that was cut off, or whose log is behind, never
 * disturbs an ensemble that has a leader.
 *
 * When several ask at once the larger ballot wins, as in ZooKeeper's election: last zxid, then id.
 * The smaller one is refused while patience lasts; patience is random, so that a favourite whom
 * nobody can reach blocks nobody.
 */
import type { LogPoint, Message } from './messages.ts';
import { quorumSize } from './quorum.ts';
import type { Behaviour, Shared, Turn } from './shared.ts';
import type { MemberId } from './types.ts';

/**
 * - `waiting`: somebody else is at it, or was a moment ago.
 * - `asking`: would you vote for me?
 * - `standing`: vote for me, in an epoch of this member's own.
 */
type Phase = 'waiting' | 'asking' | 'standing';

export class Looking implements Behaviour {
  readonly role = 'looking';
  readonly leader = 0;
  readonly hasLiveLeader = false;
  readonly #shared: Shared;
  readonly #turn: Turn;
  readonly #phase: Phase;
  readonly #votes = new Set<MemberId>();
  readonly #patience: number;
  #ticks = 0;

  constructor(shared: Shared, turn: Turn, phase: Phase) {
    this.#shared = shared;
    this.#turn = turn;
    this.#phase = phase;
    this.#patience = shared.patience();
  }

  /** Whether this member asks for votes, and may be elected at all. */
  get #asks(): boolean {
    return this.#phase === 'asking' && this.#shared.mayStand;
  }

  /** Asks everybody, to begin with. */
  ask(): void {
    if (!this.#asks) return;
    this.#votes.add(this.#shared.id);
    this.#ask(this.#shared.otherVoters);
    this.#count();
  }

  /** Asks for votes in the epoch just begun. The own one counts when it is durable, like any. */
  stand(handOver: boolean): void {
    const { epoch, id, lastPoint, membership } = this.#shared;
    for (const voter of membership.voters) {
      if (voter === id) {
        this.#shared.sendDurable(id, { kind: 'voteReply', epoch, granted: true });
      } else {
        this.#shared.sendDurable(voter, { kind: 'vote', epoch, last: lastPoint, handOver });
      }
    }
  }

  /** Whether this member asks in earnest and would be the better leader of two equal ones. */
  outranks(from: MemberId, last: LogPoint): boolean {
    if (!this.#asks || this.#ticks >= this.#patience / 2) return false;
    const own = this.#shared.lastPoint;
    return own.zxid > last.zxid || (own.zxid === last.zxid && this.#shared.id > from);
  }

  /** Asks one member again: it has just shown that it looks for a leader, too. */
  askAgain(member: MemberId): void {
    this.#ask([member]);
  }

  tick(): void {
    this.#ticks += 1;
    if (this.#ticks >= this.#patience) {
      this.#turn.look();
      return;
    }
    if (!this.#asks) return;
    if (this.#ticks % this.#shared.settings.heartbeatTicks !== 0) return;
    this.#ask(this.#shared.otherVoters.filter((voter) => !this.#votes.has(voter)));
  }

  receive(from: MemberId, message: Message): void {
    const expected = this.#phase === 'standing' ? 'voteReply' : 'preVoteReply';
    if (message.kind !== expected || !message.granted) return;
    this.#votes.add(from);
    this.#count();
  }

  peerLost(): void {
    // Whoever is gone was no leader of this member.
  }

  persisted(): void {
    // The own vote comes back as a message.
  }

  flush(): void {
    // Nothing piles up.
  }

  leave(): void {
    // Votes for a role that is over are not counted: they are ignored by the next one.
  }

  #ask(members: readonly MemberId[]): void {
    const { epoch, lastPoint } = this.#shared;
    for (const member of members) {
      this.#shared.send(member, { kind: 'preVote', epoch: epoch + 1, last: lastPoint });
    }
  }

  #count(): void {
    const { voters } = this.#shared.membership;
    const votes = voters.filter((voter) => this.#votes.has(voter)).length;
    if (votes < quorumSize(voters.length)) return;
    if (this.#phase === 'standing') this.#turn.lead();
    else if (this.#asks) this.#turn.stand(false);
  }
}
