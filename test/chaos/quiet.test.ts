/** `npm run chaos -- --steady` fails when the ensemble was not as busy as it was to be. */
import t from 'tap';
import { loadViolations } from './quiet.ts';

t.test('a load that was not reached is a violation, which says how much it was', async (t) => {
  t.same(loadViolations(10_000, 7000), []);
  t.same(loadViolations(10_000, 6000), []);
  t.same(loadViolations(10_000, 5999), [
    '5999 writes a second are 59 % of the full load, and not 60 % at least',
  ]);
  t.equal(loadViolations(10_000, 0).length, 1);
  t.equal(loadViolations(0, 0).length, 1, 'nothing is no load');
});
