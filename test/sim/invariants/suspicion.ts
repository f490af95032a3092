/**
 * I26: a member whose disk was lost or damaged gives no vote and no word that counts before all
 *      that it ever helped to commit is durable there again.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { Ghost, MemberView } from '../view.ts';
import { violated } from '../violation.ts';

export class Suspicion {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  sent(member: MemberView, message: Message): void {
    const { id, loss, disk } = member;
    if (loss === undefined || !isWord(message)) return;
    const inTables = disk.log.base.position.index > loss.owes;
    if (!inTables && disk.log.hashAt(loss.owes) !== this.#ghost.committed.hashAt(loss.owes)) {
      const what = `${message.kind} before it has all through ${loss.owes} again`;
      violated('I26', `member ${id} has forgotten, and says ${what}`);
    }
    member.loss = undefined;
  }
}

/** Whether others count on it. */
export function isWord(message: Message): boolean {
  switch (message.kind) {
    case 'appended':
      return !message.suspect;
    case 'vote':
    case 'preVote':
      return true;
    case 'voteReply':
    case 'preVoteReply':
      return message.granted;
    default:
      return false;
  }
}
