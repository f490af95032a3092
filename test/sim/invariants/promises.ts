/**
 * I9: what was acknowledged to a client is committed, at the zxid that the client was told.
 * I10: what was refused, or answered with "failed", is never committed; nothing is committed twice.
 * I13: a linearizable read sees everything that was committed anywhere before it was asked, and is
 *      answered once, or told to be lost once.
 */
import type { ConfirmedRead, ReadId } from '../../../raftlog/types.ts';
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { Ghost, MemberView, Op } from '../view.ts';
import { violated } from '../violation.ts';

export class Promises {
  readonly #ghost: Ghost;

  constructor(ghost: Ghost) {
    this.#ghost = ghost;
  }

  acknowledged(op: Op, zxid: Zxid): void {
    op.state = 'acknowledged';
    if (op.committedAt === 0) violated('I9', `write ${op.id} is acknowledged and committed`);
    if (this.#ghost.committed.zxidAt(op.committedAt) !== zxid) {
      violated('I9', `write ${op.id} is acknowledged with the zxid that it has`);
    }
  }

  failed(op: Op): void {
    op.state = 'failed';
    if (op.committedAt !== 0) violated('I10', `write ${op.id} is told to have failed and has not`);
  }

  readAsked(id: ReadId): void {
    this.#ghost.reads.set(id, this.#ghost.committed.lastIndex);
  }

  readConfirmed(member: MemberView, { id, index }: ConfirmedRead): void {
    const least = this.#ghost.reads.get(id);
    if (least === undefined) violated('I13', `read ${id} is answered once`);
    this.#ghost.reads.delete(id);
    if (index < least) {
      violated(
        'I13',
        `read ${id} at ${member.id} sees ${index}, and ${least} was committed before`,
      );
    }
  }

  readLost(id: ReadId): void {
    if (!this.#ghost.reads.delete(id)) violated('I13', `read ${id} is answered or lost, not both`);
  }
}
