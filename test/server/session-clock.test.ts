/** A session ends after its timeout and at most two rounds later, never before. */
import fc from 'fast-check';
import t from 'tap';
import { SESSION_ROUND_MS, SessionClock } from '../../server/session-clock.ts';

/** Lets the clock look every round until `until`; tells when the session was found dead. */
function deathOf(clock: SessionClock, from: number, until: number, round = SESSION_ROUND_MS) {
  for (let now = from; now <= until; now += round) {
    if (clock.expired(now).includes('s')) return now;
  }
  return undefined;
}

t.test('a silent session dies after its timeout and within two rounds', async (t) => {
  const clock = new SessionClock(1000);
  clock.start('s', 4000, 1000);
  const death = deathOf(clock, 1000, 10_000) ?? 0;
  t.ok(death >= 5000, 'not before');
  t.ok(death <= 5000 + 2 * SESSION_ROUND_MS, 'not much later');
});

t.test('a sign of life gives the full timeout again', async (t) => {
  const clock = new SessionClock(0);
  clock.start('s', 2000, 0);
  t.equal(deathOf(clock, 0, 1500), undefined);
  clock.touch('s', 1600);
  t.equal(clock.remaining('s', 1700), 1900);
  const death = deathOf(clock, 1750, 9000) ?? 0;
  t.ok(death >= 3600 && death <= 3600 + 2 * SESSION_ROUND_MS);
});

t.test('a dead session is reported each round until it is stopped', async (t) => {
  const clock = new SessionClock(0);
  clock.start('s', 1000, 0);
  t.same(clock.expired(1500), ['s']);
  t.same(clock.expired(1500 + SESSION_ROUND_MS), ['s'], 'closing it was refused: again');
  clock.stop('s');
  t.same(clock.expired(1500 + 2 * SESSION_ROUND_MS), []);
  t.equal(clock.size, 0);
  t.equal(clock.remaining('s', 0), 0);
});

t.test('rounds that were missed are made up for', async (t) => {
  const clock = new SessionClock(0);
  clock.start('s', 1000, 0);
  clock.start('u', 60_000, 0);
  t.same(clock.expired(30_000), ['s']);
});

t.test('rounds in which nobody lived cost nothing, however many they are', async (t) => {
  const clock = new SessionClock(0);
  const ages = 1e14;
  clock.start('s', 1000, ages);
  clock.start('u', 60_000, ages);
  t.same(clock.expired(ages + 5000), ['s']);
  t.same(clock.expired(ages + 70_000), ['s', 'u']);
});

t.test('sessions that are gone with the table are forgotten', async (t) => {
  const clock = new SessionClock(0);
  clock.start('s', 1000, 0);
  clock.start('u', 1000, 0);
  clock.keepOnly((session) => session === 'u');
  t.equal(clock.size, 1);
  t.same(clock.expired(5000), ['u']);
});

t.test('whatever happens, never early and never two rounds late', async () => {
  const touches = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 30 });
  fc.assert(
    fc.property(touches, fc.integer({ min: 1000, max: 5000 }), (gaps, timeoutMs) => {
      const clock = new SessionClock(0);
      clock.start('s', timeoutMs, 0);
      let now = 0;
      let seen = 0;
      for (const gap of gaps) {
        seen += gap;
        for (; now < seen; now += SESSION_ROUND_MS) {
          if (clock.expired(now).length > 0) return false;
        }
        clock.touch('s', seen);
      }
      const death = deathOf(clock, now, seen + timeoutMs + 10_000) ?? 0;
      return death >= seen + timeoutMs && death <= seen + timeoutMs + 2 * SESSION_ROUND_MS;
    }),
  );
});
