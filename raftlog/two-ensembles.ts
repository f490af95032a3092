/**
 * Two logs have met that cannot be of one ensemble: what is committed in one is something else in
 * the other. No mistake of ours, but of whoever put a directory where it does not belong; and no
 * value either, for nothing that this member could answer would be right. It must end.
 */
import type { LogIndex, MemberId } from './types.ts';
import { formatZxid, type Zxid } from './zxid.ts';

export class TwoEnsembles extends Error {
  override readonly name = 'TwoEnsembles';

  /** `own` is committed here at `index`, where the log of the leader has `theirs`. */
  constructor(index: LogIndex, own: Zxid, leader: MemberId, theirs: Zxid) {
    super(
      `the logs of two ensembles have met: entry ${index} is committed here as ` +
        `${formatZxid(own)}, and member ${leader}, which leads, has ${formatZxid(theirs)} there. ` +
        'The data directory of one of the two belongs to another ensemble: nothing was taken over',
    );
  }
}
