/**
 * The digest of a tree from its rows, without the tree: so that a snapshot is proved before it
 * replaces anything.
 */
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { hashOfData, RunningDigest } from './tree/digest.ts';
import type { SessionRow, ZnodeRow } from './tree/image.ts';

export class RowsDigest {
  readonly #digest = new RunningDigest();

  addZnode(row: ZnodeRow): void {
    const [id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = row;
    const [, , , , , , , , , , mode, ephemeralOwner, ttlMs, acl, text, encoding] = row;
    const stat = {
      czxid: zxidFromNumber(czxid),
      mzxid: zxidFromNumber(mzxid),
      pzxid: zxidFromNumber(pzxid),
      ctime,
      mtime,
      version,
      creates,
      aversion,
      mode,
      ephemeralOwner,
      ttlMs,
      numChildren: 0,
      dataLength: 0,
    };
    this.#digest.addZnode({ id, stat, acl, dataHash: hashOfData(path, text, encoding) });
  }

  addSession([id, secretHash, timeoutMs]: SessionRow): void {
    this.#digest.addSession({ id, secretHash, timeoutMs });
  }

  /** As `ReplicatedState.digest` gives it. */
  text(): string {
    return this.#digest.text();
  }
}
