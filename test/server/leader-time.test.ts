/** The time that a leader stamps: its clock's, but never before what was stamped already. */
import t from 'tap';
import { ZXID_NONE, zxidOf } from '../../raftlog/zxid.ts';
import { LeaderTime } from '../../server/leader-time.ts';
import { applyTransaction } from '../../storage/tree/apply.ts';
import { loadPosition, loadZnodes, znodeRow } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';

function scene(lastTime = 0) {
  const clock = {
    at: 0,
    offset: 10_000,
    wall: () => clock.at + clock.offset,
    monotonic: () => clock.at,
  };
  const state = { leastTime: lastTime };
  const time = new LeaderTime(state, clock);
  const after = (ms: number) => {
    clock.at += ms;
    return time.now();
  };
  return { clock, state, after };
}

t.test('it is that of the wall clock', async (t) => {
  const { after } = scene();
  t.same([after(0), after(5), after(100)], [10_000, 10_005, 10_105]);
});

t.test('what a former leader has stamped is not in the future', async (t) => {
  const { after } = scene(12_000);
  t.equal(after(0), 12_000);
});

t.test('it comes back to the wall clock, at half the speed of time', async (t) => {
  const { after } = scene(12_000);
  t.same([after(0), after(1000), after(2000)], [12_000, 12_500, 13_000]);
  t.equal(after(3000), 16_000, 'they have met, and go together');
});

t.test('however often it is asked', async (t) => {
  const { after } = scene(12_000);
  let last = after(0);
  for (let n = 0; n < 1000; n += 1) {
    const now = after(1);
    if (now < last) t.fail(`${now} comes after ${last}`);
    last = now;
  }
  t.equal(last, 12_500);
});

t.test('a clock that is set back does not take it back', async (t) => {
  const { clock, after } = scene();
  t.equal(after(1000), 11_000);
  clock.offset -= 5000;
  t.equal(after(0), 11_000);
  t.equal(after(1000), 11_500);
  clock.offset += 50_000;
  t.equal(after(0), 57_000, 'one that is set right is followed at once');
});

t.test('the state knows what was stamped', async (t) => {
  const state = new ReplicatedState();
  t.equal(state.leastTime, 0);
  const at = (counter: number, time: number) =>
    applyTransaction(state, zxidOf(1, counter), { time, changes: [] });
  t.equal(state.lastZxid, ZXID_NONE);
  at(1, 400);
  at(2, 500);
  t.equal(state.leastTime, 500, 'by what is applied');

  const root = state.tree.get('/');
  if (root === undefined) throw new Error('there is a root');
  const row = [...znodeRow(root)] as unknown as Parameters<typeof loadZnodes>[1][number];
  const later = Object.assign([...row], {
    0: 900,
    1: '/late',
    5: 700,
    6: 800,
  }) as unknown as typeof row;
  const loaded = new ReplicatedState();
  loadZnodes(loaded, [later]);
  loadPosition(loaded, { zxid: zxidOf(1, 9), lastTime: 900 });
  t.equal(loaded.leastTime, 900, 'by what is loaded, and is gone');
  state.become(loaded);
  t.equal(state.leastTime, 900, 'and by a snapshot');
});

t.test('of tables that do not say it, it knows what is there', async (t) => {
  const loaded = new ReplicatedState();
  const [root] = [...loaded.tree.values()].map(znodeRow);
  if (root === undefined) throw new Error('there is a root');
  loadZnodes(loaded, [root.with(0, 900).with(1, '/late').with(6, 800) as unknown as typeof root]);
  loadPosition(loaded, { zxid: zxidOf(1, 9), lastTime: undefined });
  t.equal(loaded.leastTime, 800);
  const before = new ReplicatedState();
  applyTransaction(before, zxidOf(1, 8), { time: 850, changes: [] });
  before.become(loaded);
  t.equal(before.leastTime, 850, 'and what it was before');
  applyTransaction(before, zxidOf(2, 1), { time: 850, changes: [] });
  applyTransaction(loaded, zxidOf(2, 1), { time: 850, changes: [] });
  t.equal(before.digest(), loaded.digest(), 'from the next transaction on all know the same');
});
