/** Whom keys are counted for, and that nobody has all of them. */
import t from 'tap';
import { answersRows, loadAnswers } from '../../storage/tree/image.ts';
import { KEY_LIFE_MS } from '../../storage/tree/repeats.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { KeyName } from '../../storage/tree/types.ts';
import { create, Leader, overTheWire } from './support.ts';

const QUEUE = create('/q-', { mode: 'persistent_sequential' });

/** Uses keys for `holders` until one is refused: how many, and the limit that it was for. */
function used(leader: Leader, ...holders: string[]) {
  for (let keys = 0; ; keys += 1) {
    const prepared = leader.prepare(QUEUE, '', newKey(holders));
    if (prepared.kind === 'transaction') continue;
    if (prepared.kind !== 'refused') throw new Error(prepared.kind);
    return [keys, prepared.refusal.limit?.name];
  }
}

let last = 0;

function newKey(holders: readonly string[]): KeyName {
  last += 1;
  return { key: `key ${last}`, fingerprint: 'f', holders };
}

function applyAll(leader: Leader): void {
  while (leader.outstanding.length > 0) leader.applyNext();
}

const SHARE = 'idempotencyKeysShare';

t.test('each caller has as many as are left for all others', async (t) => {
  for (const isApplied of [false, true]) {
    const leader = new Leader({ idempotencyKeys: 60 });
    const next = (...holders: string[]) => {
      const outcome = used(leader, ...holders);
      if (isApplied) applyAll(leader);
      return outcome;
    };
    t.same(next('a'), [30, SHARE], 'half of all');
    t.same(next('a'), [0, SHARE]);
    t.same(next('b'), [15, SHARE]);
    t.same(next('c'), [8, SHARE]);
    t.same(next('d'), [4, SHARE]);
    t.same(next('e'), [2, SHARE]);
    t.same(next('f'), [1, 'idempotencyKeys']);
  }
});

t.test('one who is many counts once more for the address', async (t) => {
  const leader = new Leader({ idempotencyKeys: 60 });
  t.same(used(leader, 'a', 'here'), [30, SHARE]);
  t.same(used(leader, 'b', 'here'), [10, SHARE], 'two thirds of all for one address');
  for (const name of ['c', 'd', 'e']) t.same(used(leader, name, 'here'), [0, SHARE]);
  t.same(used(leader, 'a', 'there'), [0, SHARE], 'nor more for one who moves');
  t.same(used(leader, 'c', 'there'), [10, SHARE]);
  t.same(used(leader, 'proved'), [5, SHARE]);
});

t.test('bytes have shares, too', async (t) => {
  const leader = new Leader({ idempotencyBytes: 6000 });
  const bytes = 'idempotencyBytesShare';
  const fill = (holder: string) => {
    for (let keys = 0; ; keys += 1) {
      const prepared = leader.prepare(QUEUE, '', newKey([holder]));
      applyAll(leader);
      if (prepared.kind === 'refused') return [keys > 0, prepared.refusal.limit?.name];
    }
  };
  t.same(fill('a'), [true, bytes]);
  const half = leader.state.answers.keyedUnits;
  t.ok(half >= 3000 && half < 3200, `${half}`);
  t.same(fill('b'), [true, bytes]);
  t.same(fill('a'), [false, bytes]);
  const [kept] = used(leader, 'c') as [number, string];
  applyAll(leader);
  t.same(used(leader, 'c'), [0, bytes], 'what is outstanding counts');
  t.ok(kept > 0);
});

t.test('what is old makes room, of keys and of bytes', async (t) => {
  for (const limits of [{ idempotencyKeys: 40 }, { idempotencyBytes: 2000 }]) {
    const leader = new Leader(limits);
    for (const holder of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      while (leader.prepare(QUEUE, '', newKey([holder])).kind === 'transaction') applyAll(leader);
    }
    const full = leader.state.answers.keys;
    t.ok(full > 20);
    leader.time += KEY_LIFE_MS;
    for (let keys = 0; keys < 10; keys += 1) leader.do(QUEUE, '', newKey(['a']));
    t.equal(leader.state.answers.keys, 10);
    t.equal(leader.state.answers.heldBy('a')?.keys, 10);
    t.equal(leader.state.answers.heldBy('b'), undefined, 'nothing is known of who has none');
  }
});

t.test('much that is old is in nobody’s way', async (t) => {
  const leader = new Leader({ idempotencyKeys: 6000 });
  for (let keys = 0; keys < 3500; keys += 1) {
    leader.do(QUEUE, '', newKey([keys < 2100 ? 'b' : `${keys}`]));
  }
  leader.time += KEY_LIFE_MS / 2;
  for (let keys = 0; keys < 1200; keys += 1) leader.do(QUEUE, '', newKey(['a']));
  leader.time += KEY_LIFE_MS / 2;
  for (let keys = 0; keys < 600; keys += 1) leader.do(QUEUE, '', newKey(['a']));
  t.equal(leader.state.answers.keys, 1800, 'as if all of it had been forgotten at once');
});

t.test('an outstanding key that was lost with its leader counts for nobody', async (t) => {
  const leader = new Leader({ idempotencyKeys: 10 });
  t.same(used(leader, 'a'), [5, SHARE]);
  leader.preparer.reset();
  leader.outstanding.length = 0;
  t.same(used(leader, 'a'), [5, SHARE]);
});

t.test('whom a key is counted for is in the log, in rows and in the digest', async (t) => {
  const leader = new Leader();
  const names = [newKey(['a', 'here']), newKey(['b']), newKey([]), { key: 'k', fingerprint: 'f' }];
  for (const name of names) {
    const prepared = leader.prepare(QUEUE, '', name);
    if (prepared.kind !== 'transaction') throw new Error(prepared.kind);
    t.same(overTheWire(prepared.transaction), prepared.transaction);
    applyAll(leader);
  }
  const rows = answersRows(leader.state.answers);
  const loaded = new ReplicatedState();
  loadAnswers(loaded, rows);
  for (const holder of ['a', 'b', 'here']) {
    t.match(loaded.answers.heldBy(holder), { keys: 1 });
    t.same(loaded.answers.heldBy(holder), leader.state.answers.heldBy(holder));
  }
  t.same(answersRows(loaded.answers), rows);
  const another = new ReplicatedState();
  loadAnswers(
    another,
    rows.map((row) => row.with(5, row[5].replace('"here"', '"there"'))) as unknown as typeof rows,
  );
  t.not(another.digest(), loaded.digest());
});
