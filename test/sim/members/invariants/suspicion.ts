/**
 * I26: a member whose disk was lost or damaged gives no vote and no word that counts before all
 *      that it had of what had happened is durable there again.
 */
import type { Message } from '../../../../raftlog/messages.ts';
import type { LogIndex, MemberId } from '../../../../raftlog/types.ts';
import type { Zxid } from '../../../../raftlog/zxid.ts';
import type { MemoryDisk } from '../../../../storage/memory-storage.ts';
import { isWord } from '../../invariants/suspicion.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';

interface Owed {
  readonly index: LogIndex;
  readonly zxid: Zxid;
}

export class SuspicionRules {
  readonly #chronicle: Chronicle;
  /** What each had when it forgot, and has not shown to have again. */
  readonly #owed = new Map<MemberId, Owed>();

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** Its disk is about to lose everything. */
  forgets(id: MemberId, disk: MemoryDisk): void {
    let index = Math.min(disk.last.index, this.#chronicle.lastIndex);
    while (index > disk.tables.index && disk.positionAt(index)?.zxid !== this.#zxidAt(index)) {
      index -= 1;
    }
    const zxid = this.#zxidAt(index);
    if (zxid === undefined || index <= (this.#owed.get(id)?.index ?? 0)) return;
    this.#owed.set(id, { index, zxid });
  }

  #zxidAt(index: LogIndex): Zxid | undefined {
    return this.#chronicle.at(index)?.entry.zxid;
  }

  sent(id: MemberId, message: Message, disk: MemoryDisk): void {
    const owed = this.#owed.get(id);
    if (owed === undefined || !isWord(message)) return;
    const { index, zxid } = owed;
    if (disk.tables.index < index && disk.positionAt(index)?.zxid !== zxid) {
      const what = `${message.kind} before it has all through ${index} again`;
      violated('I26', `member ${id} has forgotten, and says ${what}`);
    }
    this.#owed.delete(id);
  }
}
