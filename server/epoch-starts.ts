/**
 * Where the history changes from one epoch to the next, as far as this member knows: an ensemble
 * that was restored from an older state goes on in a new epoch, and what its clients have seen of
 * the one before, behind what was restored, has never been. Such a zxid is smaller than those of
 * the new epoch, yet waiting for it is over only in appearance.
 *
 * Invariant: in order, and each one committed. What is not known (older than the log that this
 * member was started with, or jumped over by a snapshot) is never taken for something that was not.
 */
import { formatZxid, type Zxid } from '../raftlog/zxid.ts';
import type { EpochStart } from '../storage/types.ts';
import type { Refused } from './types.ts';

/** More elections than anybody will remember a zxid for. */
const KEPT = 10_000;

export class EpochStarts {
  readonly #starts: EpochStart[];

  /** `starts`: of the log on the disk, of which everything through `applied` is committed. */
  constructor(starts: readonly EpochStart[], applied: Zxid) {
    this.#starts = starts.filter(({ zxid }) => zxid <= applied).slice(-KEPT);
  }

  /** An epoch begins at `zxid`; nothing is between it and `after`. */
  begun(zxid: Zxid, after: Zxid): void {
    if (after > 0) this.#starts.push({ zxid, after });
    if (this.#starts.length > KEPT) this.#starts.shift();
  }

  /** Why `zxid`, which is not behind what is applied here, was never come to; undefined: it was. */
  refusal(zxid: Zxid): Refused | undefined {
    let next: EpochStart | undefined;
    for (let at = this.#starts.length - 1; at >= 0; at -= 1) {
      const start = this.#starts[at];
      if (start === undefined || start.zxid <= zxid) break;
      next = start;
    }
    return next === undefined || zxid <= next.after ? undefined : aheadOfEnsemble(zxid);
  }
}

export function aheadOfEnsemble(zxid: Zxid): Refused {
  const detail = `the ensemble has never come to ${formatZxid(zxid)}`;
  return { ok: false, refusal: { code: 'AheadOfEnsemble', detail } };
}
