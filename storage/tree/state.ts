/**
 * Everything that is replicated, and nothing else: equal logs make equal states on every member.
 * Changed only by `apply.ts` and `image.ts`.
 */
import { ZXID_NONE, type Zxid } from '../../raftlog/zxid.ts';
import { AnswerTable } from './answers.ts';
import { RunningDigest } from './digest.ts';
import { QuotaTable } from './quota-table.ts';
import { ReapIndex } from './reap-index.ts';
import { SessionTable } from './sessions.ts';
import { FIRST_ZNODE_ID, type Znode, ZnodeTree } from './tree.ts';
import type { ZnodeId, ZnodePath } from './types.ts';

export class ReplicatedState {
  #digest = new RunningDigest();
  #tree = new ZnodeTree(this.#digest);
  #sessions = new SessionTable(this.#digest);
  #answers = new AnswerTable(this.#digest);
  #reapIndex = new ReapIndex();
  #quotas = new QuotaTable();
  /** Of the last entry applied, markers of epochs included. */
  lastZxid: Zxid = ZXID_NONE;
  /**
   * Of the last transaction, ms; 0 before there was any. Undefined: not known before the next one,
   * for what was loaded is of an older format, whose tables do not hold it.
   */
  lastTime: number | undefined = 0;
  /** The latest time that a loaded znode shows, ms: all that is known of when `lastTime` is not. */
  shownTime = 0;
  /**
   * Greater than the number of every znode that is alive or was created since the state was loaded.
   */
  nextZnodeId: ZnodeId = FIRST_ZNODE_ID;

  /** What comes next is stamped with no earlier time than this, ms: it was stamped already. */
  get leastTime(): number {
    return Math.max(this.lastTime ?? 0, this.shownTime);
  }

  get tree(): ZnodeTree {
    return this.#tree;
  }

  /** For who asks on behalf of whom a znode may be read. */
  readonly znodeAt = (path: ZnodePath): Znode | undefined => this.#tree.get(path);

  get sessions(): SessionTable {
    return this.#sessions;
  }

  /** What requests came to that may be repeated. */
  get answers(): AnswerTable {
    return this.#answers;
  }

  /** Which containers and TTL znodes to look at, and when; follows from the tree. */
  get reapIndex(): ReapIndex {
    return this.#reapIndex;
  }

  /** The quotas, and what is used of each; follows from the tree. */
  get quotas(): QuotaTable {
    return this.#quotas;
  }

  /** Becomes what `other` is, a snapshot that was loaded; `other` must not be used any more. */
  become(other: ReplicatedState): void {
    this.#digest = other.#digest;
    this.#tree = other.#tree;
    this.#sessions = other.#sessions;
    this.#answers = other.#answers;
    this.#reapIndex = other.#reapIndex;
    this.#quotas = other.#quotas;
    this.lastZxid = other.lastZxid;
    this.shownTime = Math.max(this.leastTime, other.shownTime);
    this.lastTime = other.lastTime;
    this.nextZnodeId = other.nextZnodeId;
  }

  /** 16 hex digits: the same on every member that has applied the same log. */
  digest(): string {
    return this.#digest.text(this.lastTime);
  }
}
