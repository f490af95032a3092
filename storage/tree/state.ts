/**
 * Everything that is replicated, and nothing else: equal logs make equal states on every member.
 * Changed only by `apply.ts` and `image.ts`.
 */
import { ZXID_NONE, type Zxid } from '../../raftlog/zxid.ts';
import { RunningDigest } from './digest.ts';
import { ReapIndex } from './reap-index.ts';
import { SessionTable } from './sessions.ts';
import { FIRST_ZNODE_ID, ZnodeTree } from './tree.ts';
import type { ZnodeId } from './types.ts';

export class ReplicatedState {
  readonly #digest = new RunningDigest();
  readonly tree = new ZnodeTree(this.#digest);
  readonly sessions = new SessionTable(this.#digest);
  /** Which containers and TTL znodes to look at, and when; follows from the tree. */
  readonly reapIndex = new ReapIndex();
  /** Of the last entry applied, markers of epochs included. */
  lastZxid: Zxid = ZXID_NONE;
  /**
   * Greater than the number of every znode that is alive or was created since the state was loaded.
   */
  nextZnodeId: ZnodeId = FIRST_ZNODE_ID;

  /** 16 hex digits: the same on every member that has applied the same log. */
  digest(): string {
    return this.#digest.text();
  }
}
