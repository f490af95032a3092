/**
 * The digest of a tree from its rows, without the tree: so that a snapshot is proved before it
 * replaces anything.
 */
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { AnswerTable } from './tree/answers.ts';
import { hashOfData, RunningDigest } from './tree/digest.ts';
import { type AnswersRow, loadAnswersInto, type SessionRow, type ZnodeRow } from './tree/image.ts';

export class RowsDigest {
  readonly #digest = new RunningDigest();
  /** Answers drop out again that their session does not keep, so these have to be built. */
  readonly #answers = new AnswerTable(this.#digest);

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

  addAnswers(row: AnswersRow): void {
    loadAnswersInto(this.#answers, row);
  }

  /** As `ReplicatedState.digest` gives it; `lastTime` is that of the mark. */
  text(lastTime: number | undefined): string {
    return this.#digest.text(lastTime);
  }
}
