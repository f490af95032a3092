/**
 * What changes nothing stands in no log: it is answered when a quorum has confirmed that its judge
 * was no leader of the past.
 */
import t from 'tap';
import { LEADER_WAIT_MS } from '../../server/requests.ts';
import { OWN, scene } from './forwarder-scene.ts';

t.test('what changes nothing is answered when a quorum has confirmed who judged so', async (t) => {
  await t.test('the leader of another member', async (t) => {
    const { lead, write, judge, decide, clock, answers } = scene(true);
    lead(2);
    write(1);
    clock.settle();
    judge();
    t.same(answers, [], 'it may be a leader of the past');
    decide(2, 'upheld');
    t.same(answers, [['/1', 'NoNode']]);
  });

  await t.test('this member', async (t) => {
    const { lead, write, asking, release, answers } = scene(true);
    lead(OWN);
    write(1);
    t.same(answers, []);
    asking.shift()?.confirmed(0);
    release();
    t.same(answers, [['/1', 'NoNode']]);
  });

  await t.test('and is not applied when it was not confirmed', async (t) => {
    const elsewhere = scene(true);
    elsewhere.lead(2);
    elsewhere.write(1);
    elsewhere.clock.settle();
    elsewhere.judge();
    elsewhere.decide(2, 'overruled');
    t.same(elsewhere.answers, [['/1', 'NotReady']]);
    const here = scene(true);
    here.lead(OWN);
    here.write(1);
    here.asking.shift()?.lost();
    t.same(here.answers, [['/1', 'NotReady']]);
  });

  await t.test('nor when that leader is lost, and nobody else judges it', async (t) => {
    const { lead, write, judge, lose, judged, answers, lane, clock } = scene(true);
    lead(2);
    write(1);
    clock.settle();
    judge();
    lose(2);
    lead(3);
    t.same(answers, [['/1', 'NotReady']]);
    t.same([judged, lane], [['/1'], []]);
  });

  await t.test('a leader that is silent is waited for, but not for ever', async (t) => {
    const { lead, write, judge, clock, answers } = scene(true);
    lead(2);
    write(1);
    clock.settle();
    judge();
    clock.pass(LEADER_WAIT_MS - 1000);
    t.same(answers, []);
    clock.pass(2000);
    t.same(answers, [['/1', 'NotReady']], 'not applied, and not OutcomeUnknown');
  });

  await t.test('what an earlier leader says late decides nothing', async (t) => {
    const { lead, write, judge, lose, decide, clock, answers } = scene(true);
    lead(2);
    write(1);
    clock.settle();
    judge();
    lose(2);
    lead(2);
    write(2);
    clock.settle();
    judge();
    decide(2, 'upheld', 0);
    t.same(answers, [['/1', 'NotReady']]);
    decide(2, 'upheld', 1);
    t.same(answers, [
      ['/1', 'NotReady'],
      ['/2', 'NoNode'],
    ]);
  });
});
