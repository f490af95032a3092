/** Which zxids were never in the history of an ensemble that is beyond them. */
import t from 'tap';
import { ZXID_NONE, type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { EpochStarts } from '../../server/epoch-starts.ts';

const STARTS = [
  { zxid: zxidOf(2, 0), after: zxidOf(1, 7) },
  { zxid: zxidOf(5, 0), after: zxidOf(2, 3) },
  { zxid: zxidOf(6, 0), after: zxidOf(5, 0) },
];

function isRefused(epochs: EpochStarts, ...zxids: readonly Zxid[]): boolean[] {
  return zxids.map((zxid) => epochs.refusal(zxid)?.refusal.code === 'AheadOfEnsemble');
}

t.test('between the end of an epoch and the next one that was opened', async (t) => {
  const epochs = new EpochStarts(STARTS, zxidOf(6, 9));
  const were = [ZXID_NONE, zxidOf(1, 0), zxidOf(1, 7), zxidOf(2, 0), zxidOf(2, 3), zxidOf(5, 0)];
  t.notOk(isRefused(epochs, ...were).includes(true), 'what was');
  t.notOk(isRefused(epochs, zxidOf(6, 0), zxidOf(6, 9)).includes(true), 'what is');
  const never = [zxidOf(1, 8), zxidOf(2, 4), zxidOf(3, 0), zxidOf(4, 99), zxidOf(5, 1)];
  t.notOk(isRefused(epochs, ...never).includes(false), 'what never was');
  t.match(epochs.refusal(zxidOf(2, 4))?.refusal.detail, '0000000200000004');
});

t.test('what is not known to be committed refuses nobody', async (t) => {
  const epochs = new EpochStarts(STARTS, zxidOf(2, 3));
  t.same(isRefused(epochs, zxidOf(1, 8), zxidOf(2, 4)), [true, false]);
  // Another leader has gone on where that log ended.
  epochs.begun(zxidOf(7, 0), zxidOf(2, 9));
  t.same(isRefused(epochs, zxidOf(2, 4), zxidOf(2, 9), zxidOf(2, 10)), [false, false, true]);
});

t.test('before the first epoch there is nothing to come behind', async (t) => {
  const epochs = new EpochStarts([], ZXID_NONE);
  epochs.begun(zxidOf(1, 0), ZXID_NONE);
  t.same(isRefused(epochs, ZXID_NONE, zxidOf(0, 1), zxidOf(1, 0)), [false, false, false]);
});
