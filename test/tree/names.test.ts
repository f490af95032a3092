/** A sorted set that costs the same for one name and for a million. */
import fc from 'fast-check';
import t from 'tap';
import { SortedNames } from '../../storage/tree/names.ts';

function namesOf(set: SortedNames): string[] {
  return set.page(undefined, Number.POSITIVE_INFINITY);
}

t.test('pages are sorted and go on after a name, which need not be there', async (t) => {
  const set = new SortedNames();
  for (const name of ['d', 'b', 'f']) set.add(name);
  t.same(set.page(undefined, 2), ['b', 'd']);
  t.same(set.page('b', 2), ['d', 'f']);
  t.same(set.page('c', 2), ['d', 'f']);
  t.same(set.page('a', 1), ['b']);
  t.same(set.page('f', 2), []);
  t.same(set.page('z', 2), []);
  t.same(set.page(undefined, 0), []);
});

t.test('a name is added once and deleted once', async (t) => {
  const set = new SortedNames();
  set.add('a');
  t.throws(() => set.add('a'));
  t.throws(() => set.delete('b'));
  set.delete('a');
  t.equal(set.size, 0);
  t.throws(() => set.delete('a'));
  t.same(set.page(undefined, 10), []);
});

t.test('a hundred thousand names, in order, in reverse and shuffled', async (t) => {
  const names = Array.from({ length: 100_000 }, (_, n) => `n-${String(n).padStart(10, '0')}`);
  const shuffled = names.map((_, n) => names[(n * 7919) % names.length] as string);
  for (const order of [names, [...names].reverse(), shuffled]) {
    const set = new SortedNames();
    for (const name of order) set.add(name);
    t.equal(set.size, names.length);
    t.same(namesOf(set), names);
    t.same(set.page('n-0000050000', 2), ['n-0000050001', 'n-0000050002']);
    for (const name of order) if (!name.endsWith('7')) set.delete(name);
    t.same(
      namesOf(set),
      names.filter((name) => name.endsWith('7')),
    );
  }
});

t.test('behaves like a sorted array', async (t) => {
  const name = fc.oneof(
    fc.stringMatching(/^[a-c]{1,3}$/),
    fc.nat(3000).map((n) => `n-${String(n).padStart(6, '0')}`),
  );
  const step = fc.record({ name, page: fc.nat(20), many: fc.nat({ max: 40 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const set = new SortedNames();
      const model = new Set<string>();
      for (const { name, page, many } of steps) {
        // Runs of names, so that chunks fill up and split.
        for (let n = 0; n <= many; n += 1) {
          const each = n === 0 ? name : `${name}.${n}`;
          if (model.has(each)) {
            set.delete(each);
            model.delete(each);
          } else {
            set.add(each);
            model.add(each);
          }
        }
        const sorted = [...model].sort();
        const after = sorted.filter((each) => each > name).slice(0, page);
        if (JSON.stringify(set.page(name, page)) !== JSON.stringify(after)) return false;
        if (set.size !== model.size || set.has(name) !== model.has(name)) return false;
      }
      return JSON.stringify(namesOf(set)) === JSON.stringify([...model].sort());
    }),
    { numRuns: 60 },
  );
  t.pass();
});
