/** The newest log entries in memory: complete from a known zxid on, and bounded. */
import t from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import { History } from '../../server/history.ts';

const zxid = (counter: number) => zxidOf(1, counter);

function filled(historyBytes: number, count: number, payloadLength = 0): History {
  const history = new History(zxid(0), { historyBytes });
  const payload = 'x'.repeat(payloadLength);
  for (let index = 1; index <= count; index += 1) {
    history.push({ index, epoch: 1, zxid: zxid(index), type: 'transaction', payload });
  }
  return history;
}

const zxidsOf = (entries: readonly Entry[]) => entries.map((entry) => entry.zxid);

t.test('gives back what came after a zxid, oldest first', async (t) => {
  const history = filled(1e6, 5);
  t.same(zxidsOf(history.after(zxid(3), 10)), [zxid(4), zxid(5)]);
  t.same(history.after(zxid(5), 10), []);
  t.equal(history.after(zxid(0), 10).length, 5);
  t.equal(history.coversAfter, zxid(0));
});

t.test('gives no more at a time than it is asked for', async (t) => {
  t.same(zxidsOf(filled(1e6, 5).after(zxid(1), 2)), [zxid(2), zxid(3)]);
});

t.test('forgets the oldest beyond its bytes, and says so', async (t) => {
  const history = filled(5000, 5, 1500);
  t.equal(history.coversAfter, zxid(2));
  t.same(zxidsOf(history.after(zxid(2), 10)), [zxid(3), zxid(4), zxid(5)]);
});

t.test('entries without data count too', async (t) => {
  const history = filled(5000, 1000);
  t.ok(history.coversAfter > zxid(900));
  t.ok(history.coversAfter < zxid(1000));
});

t.test('one entry that is larger than all that it may keep is not kept', async (t) => {
  const history = filled(1000, 3, 2000);
  t.equal(history.coversAfter, zxid(3));
  t.same(history.after(zxid(3), 10), []);
});

t.test('stays right over many drops', async (t) => {
  const history = filled(5000, 20_000);
  const { coversAfter } = history;
  const kept = history.after(coversAfter, 1000);
  t.equal(kept[0]?.zxid, coversAfter + 1);
  t.equal(kept.at(-1)?.zxid, zxid(20_000));
  t.equal(kept.length, zxid(20_000) - coversAfter);
});
