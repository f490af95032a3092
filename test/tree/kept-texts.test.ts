/** Texts that are kept: never more than the bound, and the ones asked for stay. */
import t from 'tap';
import { KEPT_UNITS_MAX, KeptTexts } from '../../storage/tree/kept-texts.ts';

t.test('a text is there until it is dropped', async (t) => {
  const kept = new KeptTexts(100);
  t.equal(kept.get(1), undefined);
  kept.set(1, 'one');
  kept.set(1, 'another');
  t.equal(kept.get(1), 'another');
  t.equal(kept.units, 'another'.length);
  kept.delete(1);
  kept.delete(1);
  t.equal(kept.get(1), undefined);
  t.equal(kept.units, 0);
});

t.test('there is never more than the bound', async (t) => {
  const kept = new KeptTexts(1000);
  for (let n = 0; n < 10_000; n += 1) {
    kept.set((n * 7) % 300, 'x'.repeat((n * 31) % 501));
    if (n % 3 === 0) kept.get((n * 11) % 300);
    if (n % 5 === 0) kept.delete((n * 13) % 300);
    if (kept.units > 1000) t.fail(`${kept.units} units`);
  }
  let units = 0;
  for (let place = 0; place < 300; place += 1) units += kept.get(place)?.length ?? 0;
  t.ok(units > 0 && units <= 1000, 'and what is there has been counted');
  for (let place = 0; place < 300; place += 1) kept.delete(place);
  t.equal(kept.units, 0);
});

t.test('what is asked for stays, what is not goes', async (t) => {
  const kept = new KeptTexts(1000);
  kept.set(1, 'x'.repeat(100));
  kept.set(2, 'x'.repeat(100));
  for (let place = 3; place < 100; place += 1) {
    kept.set(place, 'x'.repeat(100));
    t.equal(kept.get(1)?.length, 100);
  }
  t.equal(kept.get(2), undefined);
});

t.test('a text that would take the place of all others is not kept', async (t) => {
  const kept = new KeptTexts(1000);
  kept.set(1, 'x');
  kept.set(1, 'x'.repeat(501));
  t.equal(kept.get(1), undefined);
  t.equal(kept.units, 0);
});

t.test('the bound is 32 MiB at two bytes a unit', async (t) => {
  t.equal(KEPT_UNITS_MAX * 2, 32 * 1024 * 1024);
});
