/** The zxid: 64 bits in two halves, exact in memory and comparable as text. */
import fc from 'fast-check';
import t from 'tap';
import {
  COUNTER_MAX,
  counterOf,
  EPOCH_MAX,
  epochOf,
  formatZxid,
  parseZxid,
  zxidOf,
} from '../../raftlog/zxid.ts';

const zxids = fc
  .tuple(fc.integer({ min: 0, max: EPOCH_MAX }), fc.integer({ min: 0, max: COUNTER_MAX }))
  .map(([epoch, counter]) => zxidOf(epoch, counter));

t.test('16 lower-case hex digits, epoch first', async (t) => {
  t.equal(formatZxid(zxidOf(3, 0xa1c)), '0000000300000a1c');
  t.equal(formatZxid(zxidOf(0, 0)), '0000000000000000');
  t.equal(formatZxid(zxidOf(EPOCH_MAX, COUNTER_MAX)), '001fffffffffffff');
});

t.test('text and number say the same', async () => {
  fc.assert(fc.property(zxids, (zxid) => parseZxid(formatZxid(zxid)) === zxid));
  fc.assert(fc.property(zxids, (zxid) => zxidOf(epochOf(zxid), counterOf(zxid)) === zxid));
});

t.test('order as text is order in time', async () => {
  fc.assert(fc.property(zxids, zxids, (a, b) => a < b === formatZxid(a) < formatZxid(b)));
});

t.test('anything else is not a zxid', async (t) => {
  for (const text of ['', '1', '0000000300000A1C', '00000003 0000a1c', `${'0'.repeat(17)}`]) {
    t.equal(parseZxid(text), undefined, JSON.stringify(text));
  }
  t.equal(parseZxid('ffffffff00000000'), undefined, 'an epoch that no ensemble reaches');
  t.throws(() => zxidOf(EPOCH_MAX + 1, 0));
  t.throws(() => zxidOf(0, COUNTER_MAX + 1));
});
