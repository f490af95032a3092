/** Reminders and ACLs as numbers: the heap of times against a sorted array, and who uses what. */
import fc from 'fast-check';
import t from 'tap';
import { OPEN_ACL } from '../../storage/tree/acl.ts';
import { AclNumbers } from '../../storage/tree/acl-numbers.ts';
import { ReapIndex } from '../../storage/tree/reap-index.ts';
import { world } from './support.ts';

t.test('reminders come in the order of their times', async (t) => {
  const step = fc.record({ times: fc.array(fc.nat(1000), { maxLength: 40 }), now: fc.nat(1000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const index = new ReapIndex();
      const model: { at: number; place: number; id: number }[] = [];
      let id = 0;
      for (const { times, now } of steps) {
        for (const at of times) {
          id += 1;
          index.add(at, id * 3, id);
          model.push({ at, place: id * 3, id });
        }
        for (;;) {
          const next = index.next(now);
          const earliest = Math.min(...model.map(({ at }) => at));
          if (next === undefined) {
            if (earliest <= now) return false;
            break;
          }
          const known = model.findIndex(({ id }) => id === next.id);
          const [expected] = model.splice(known, 1);
          if (next.at !== earliest || expected?.at !== next.at) return false;
          if (expected.place !== next.place) return false;
        }
        if (index.size !== model.length) return false;
      }
      return true;
    }),
  );
  t.pass();
});

t.test('ten thousand reminders', async (t) => {
  const index = new ReapIndex();
  for (let n = 0; n < 10_000; n += 1) index.add((n * 7919) % 10_000, n, n + 1);
  t.equal(index.next(-1), undefined);
  let wrong = 0;
  for (let at = 0; at < 10_000; at += 1) if (index.next(at)?.at !== at) wrong += 1;
  t.equal(wrong, 0);
  t.equal(index.next(Number.POSITIVE_INFINITY), undefined);
  t.equal(index.size, 0);
  index.add(5, 1, 2);
  t.same(index.next(5), { at: 5, place: 1, id: 2 });
});

t.test('an ACL has a number for as long as it is used', async (t) => {
  const numbers = new AclNumbers();
  const [read, write] = [world('r'), world('w')];
  t.equal(numbers.take(OPEN_ACL), 0);
  numbers.giveBack(0);
  t.equal(numbers.acl(0), OPEN_ACL);
  const first = numbers.take(read);
  t.equal(numbers.take(read), first);
  t.not(numbers.take(write), first);
  numbers.giveBack(first);
  t.equal(numbers.acl(first), read, 'one still uses it');
  numbers.giveBack(first);
  t.throws(() => numbers.acl(first), { name: 'AssertionError' });
  t.equal(numbers.size, 1);
  t.equal(numbers.take(world('c')), first, 'the number is used again');
});
