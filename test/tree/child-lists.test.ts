/** Sorted lists of children that cost the same for one child and for a million. */
import fc from 'fast-check';
import t from 'tap';
import { ByteHeap } from '../../storage/tree/byte-heap.ts';
import { CHUNK_MAX, ChildLists, NO_CHILDREN } from '../../storage/tree/child-lists.ts';

/** One list of names; a name's place is its position among all names that there ever were. */
class Names {
  readonly heap = new ByteHeap();
  readonly #names: string[] = [];
  readonly #places = new Map<string, number>();
  readonly #lists = new ChildLists(this.heap, (a, b) => compare(this.#nameAt(a), this.#nameAt(b)));
  #list = NO_CHILDREN;
  size = 0;

  add(name: string): void {
    this.#list = this.#lists.add(this.#list, this.size, this.#placeOf(name));
    this.size += 1;
  }

  delete(name: string): void {
    this.#list = this.#lists.remove(this.#list, this.size, this.#placeOf(name));
    this.size -= 1;
  }

  page(after: string | undefined, limit: number): string[] {
    const isAfter = (place: number) => after === undefined || this.#nameAt(place) > after;
    const places = this.#lists.page(this.#list, this.size, isAfter, limit);
    return places.map((place) => this.#nameAt(place));
  }

  all(): string[] {
    return this.page(undefined, Number.POSITIVE_INFINITY);
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#names.length);
    this.#names.push(name);
    return this.#names.length - 1;
  }

  #nameAt(place: number): string {
    return this.#names[place] as string;
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

t.test('pages are sorted and go on after a name, which need not be there', async (t) => {
  for (const more of [0, CHUNK_MAX - 3, 3 * CHUNK_MAX]) {
    const list = new Names();
    for (const name of ['d', 'b', 'f']) list.add(name);
    for (let n = 0; n < more; n += 1) list.add(`z${n}`);
    t.same(list.page(undefined, 2), ['b', 'd']);
    t.same(list.page('b', 2), ['d', 'f']);
    t.same(list.page('c', 2), ['d', 'f']);
    t.same(list.page('a', 1), ['b']);
    t.equal(list.page('f', 2).length, Math.min(2, more));
    t.same(list.page('zz', 2), []);
    t.same(list.page(undefined, 0), []);
  }
});

t.test('a list of one, and of none', async (t) => {
  const list = new Names();
  t.same(list.all(), []);
  list.add('a');
  t.same(list.all(), ['a']);
  t.same(list.page('a', 2), []);
  t.same(list.page(undefined, 0), []);
  t.equal(list.heap.bytes, 0, 'need no memory of their own');
  t.throws(() => list.delete('b'), 'only what is there is removed');
  list.delete('a');
  t.same(list.all(), []);
});

t.test('only a child that is there is removed, whatever the size of the list', async (t) => {
  for (const size of [2, 100, CHUNK_MAX, CHUNK_MAX + 1, 2000]) {
    const list = new Names();
    for (let n = 0; n < size; n += 1) list.add(`n-${n}`);
    t.throws(() => list.delete('m'));
    t.throws(() => list.delete('n-00'));
    t.throws(() => list.delete('o'));
  }
});

t.test('a hundred thousand names, in order, in reverse and shuffled', async (t) => {
  const names = Array.from({ length: 100_000 }, (_, n) => `n-${String(n).padStart(10, '0')}`);
  const shuffled = names.map((_, n) => names[(n * 7919) % names.length] as string);
  for (const order of [names, [...names].reverse(), shuffled]) {
    const list = new Names();
    for (const name of order) list.add(name);
    t.equal(list.size, names.length);
    t.same(list.all(), names);
    t.same(list.page('n-0000050000', 2), ['n-0000050001', 'n-0000050002']);
    t.ok(list.heap.bytes < 2_500_000, 'a child costs a few bytes');
    for (const name of order) if (!name.endsWith('7')) list.delete(name);
    t.same(
      list.all(),
      names.filter((name) => name.endsWith('7')),
    );
    for (const name of order) if (name.endsWith('7')) list.delete(name);
    t.same(list.all(), []);
    t.ok(list.heap.bytes < 1_600_000, 'and little once it is gone');
  }
});

t.test('a list that grows and shrinks around the sizes where its form changes', async (t) => {
  const list = new Names();
  const model: string[] = [];
  for (const size of [5, 1, 2, 1, 513, 512, 513, 511, 1100, 512, 700, 0, 3]) {
    while (model.length < size) {
      const name = `n-${(model.length * 37) % 1100}`;
      list.add(name);
      model.push(name);
    }
    while (model.length > size) list.delete(model.pop() as string);
    t.same(list.all(), [...model].sort(), `${size} children`);
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
      const list = new Names();
      const model = new Set<string>();
      for (const { name, page, many } of steps) {
        // Runs of names, so that chunks fill up and split.
        for (let n = 0; n <= many; n += 1) {
          const each = n === 0 ? name : `${name}.${n}`;
          if (model.has(each)) {
            list.delete(each);
            model.delete(each);
          } else {
            list.add(each);
            model.add(each);
          }
        }
        const sorted = [...model].sort();
        const after = sorted.filter((each) => each > name).slice(0, page);
        if (JSON.stringify(list.page(name, page)) !== JSON.stringify(after)) return false;
        if (list.size !== model.size) return false;
      }
      return JSON.stringify(list.all()) === JSON.stringify([...model].sort());
    }),
    { numRuns: 60 },
  );
  t.pass();
});
