/** What tells the events of a transaction apart, for streams that are cut between them. */
import t from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import { markOf, placeBehind } from '../../storage/tree/event-marks.ts';
import type { TreeEvent, ZnodePath } from '../../storage/tree/types.ts';

function event(type: 'nodeDeleted' | 'nodeChildrenChanged', path: string): TreeEvent {
  return { type, path: path as ZnodePath, zxid: zxidOf(1, 1) };
}

t.test('each event has its own, also of the same kind on the same znode', async (t) => {
  const events = ['/a', '/b', '/a', '/a'].flatMap((path) => [
    event('nodeDeleted', path),
    event('nodeChildrenChanged', '/'),
  ]);
  const marks = events.map((_, place) => markOf(events, place));
  t.equal(new Set(marks).size, events.length);
  t.ok(marks.every((mark) => Number.isSafeInteger(mark) && mark >= 0));
  for (const [place, mark] of marks.entries()) t.equal(placeBehind(events, mark), place + 1);
});

t.test('one that no event has is behind none', async (t) => {
  t.equal(placeBehind([event('nodeDeleted', '/a')], 1), 0);
});

t.test('those of a mass of events are found as fast as they come', async (t) => {
  const events = Array.from({ length: 100_000 }, (_, n) => event('nodeDeleted', `/many/n${n}`));
  const marks = new Set(events.map((_, place) => markOf(events, place)));
  t.equal(marks.size, events.length, 'those that are alike by chance too');
});
