/** The latest events in memory: complete from a known zxid on, and bounded. */
import t from 'tap';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { History } from '../../server/history.ts';
import type { TreeEvent } from '../../storage/tree/types.ts';

const zxid = (counter: number) => zxidOf(1, counter);

function event(at: Zxid, bytes = 0): TreeEvent {
  const data = { text: 'x'.repeat(bytes), encoding: 'utf8', length: bytes } as const;
  return { type: 'nodeDataChanged', path: '/a', zxid: at, data };
}

t.test('gives back what came after a zxid, oldest first', async (t) => {
  const history = new History(zxid(0), { historyEvents: 100, historyBytes: 1e6 });
  for (let counter = 1; counter <= 5; counter += 1) {
    history.push(zxid(counter), [event(zxid(counter))]);
  }
  t.same(
    history.after(zxid(3)).map((past) => past.zxid),
    [zxid(4), zxid(5)],
  );
  t.equal(history.after(zxid(5)).length, 0);
  t.equal(history.after(zxid(0)).length, 5);
  t.equal(history.coversAfter, zxid(0));
});

t.test('forgets the oldest beyond the number of events, and says so', async (t) => {
  const history = new History(zxid(0), { historyEvents: 3, historyBytes: 1e6 });
  for (let counter = 1; counter <= 5; counter += 1) {
    history.push(zxid(counter), [event(zxid(counter))]);
  }
  t.equal(history.coversAfter, zxid(2));
  t.same(
    history.after(zxid(2)).map((past) => past.zxid),
    [zxid(3), zxid(4), zxid(5)],
  );
});

t.test('forgets the oldest beyond the bytes', async (t) => {
  const history = new History(zxid(0), { historyEvents: 100, historyBytes: 5000 });
  for (let counter = 1; counter <= 5; counter += 1) {
    history.push(zxid(counter), [event(zxid(counter), 1500)]);
  }
  t.ok(history.after(history.coversAfter).length < 4);
  t.equal(history.after(history.coversAfter).at(-1)?.zxid, zxid(5));
});

t.test('a transaction is kept or forgotten whole', async (t) => {
  const history = new History(zxid(0), { historyEvents: 3, historyBytes: 1e6 });
  history.push(zxid(1), [event(zxid(1)), event(zxid(1))]);
  history.push(zxid(2), [event(zxid(2)), event(zxid(2))]);
  t.equal(history.coversAfter, zxid(1));
  t.equal(history.after(zxid(1))[0]?.events.length, 2);
});

t.test('stays quick and right over many drops', async (t) => {
  const history = new History(zxid(0), { historyEvents: 10, historyBytes: 1e9 });
  for (let counter = 1; counter <= 20_000; counter += 1) {
    history.push(zxid(counter), [event(zxid(counter))]);
  }
  t.equal(history.coversAfter, zxid(19_990));
  t.equal(history.after(zxid(19_995)).length, 5);
});
