/**
 * Requests on their way to a leader: judged in the order in which they were taken and at most once,
 * answered in that order, whoever leads meanwhile and whatever is lost on the way.
 */
import t from 'tap';
import type { ForwardedVerdict } from '../../server/lane-messages.ts';
import { ANSWER_WAIT_MS, LEADER_WAIT_MS } from '../../server/requests.ts';
import { NOWHERE, OWN, scene } from './forwarder-scene.ts';

const VERDICT: ForwardedVerdict = {
  ...{ kind: 'refused', after: NOWHERE },
  refusal: { code: 'NoNode' },
};

t.test('a leader judges its own clients at once', async (t) => {
  const { lead, write, judged, answers } = scene();
  lead(OWN);
  write(1);
  t.same(judged, ['/1']);
  t.same(answers, [['/1', 'NoNode']]);
});

t.test('what comes in one turn goes to the leader in one batch', async (t) => {
  const { lead, write, lane, clock, judge, answers } = scene();
  lead(2);
  write(1);
  write(2);
  t.same(lane, [], 'not before the turn ends');
  clock.settle();
  t.same(
    lane.map(({ names }) => names),
    [['/1', '/2']],
  );
  judge();
  t.same(
    answers.map(([name]) => name),
    ['/1', '/2'],
  );
});

t.test('without a leader a request waits, and is refused as not applied in the end', async (t) => {
  const { write, clock, answers, lead, lane } = scene();
  write(1);
  clock.pass(4900);
  t.same(answers, []);
  clock.pass(600);
  t.same(answers, [['/1', 'NotReady']]);
  lead(2);
  t.same(lane, [], 'and is never sent after that');
});

t.test('what a leader did not take goes to the next one, in order', async (t) => {
  const { lead, write, judge, clock, lane, judged } = scene();
  lead(2);
  for (const n of [1, 2, 3]) write(n);
  clock.settle();
  judge(1);
  write(4);
  clock.pass(50);
  lead(3);
  for (; lane.length > 0; clock.pass(30)) judge();
  t.same(judged, ['/1', '/2', '/3', '/4']);
});

t.test('what a lost leader may have taken is unknown, and is not sent again', async (t) => {
  const { lead, write, clock, lose, lane, answers } = scene();
  lead(2);
  write(1);
  clock.settle();
  lose(2);
  lead(3);
  t.same(answers, [['/1', 'OutcomeUnknown']]);
  t.same(lane, []);
});

t.test('a leader of the past that says nothing is waited for a moment only', async (t) => {
  const { lead, write, sync, clock, lane, answers, forwarder } = scene();
  lead(2);
  write(1);
  sync();
  clock.settle();
  lead(3);
  write(2);
  clock.pass(100);
  t.same(answers, [], 'what it was sent may still be answered by it');
  t.equal(lane.length, 1, 'and comes first');
  clock.pass(150);
  t.same(answers, [['/1', 'OutcomeUnknown']]);
  t.same(
    lane.map(({ to, names }) => [to, ...names]),
    [
      [2, '/1', 'sync'],
      [3, 'sync', '/2'],
    ],
    'a sync changes nothing: it is asked of the next one',
  );
  forwarder.replied(2, { kind: 'verdicts', generation: 0, verdicts: [VERDICT, VERDICT] });
  lead(2);
  write(3);
  clock.pass(300);
  forwarder.replied(2, { kind: 'verdicts', generation: 0, verdicts: [VERDICT, VERDICT] });
  const rest = [['/2', 'OutcomeUnknown']];
  t.same(answers.slice(1), rest, 'what it says later is no answer to anything else');
});

t.test('a leader that hands over answers what it was sent', async (t) => {
  const { lead, write, clock, answers, judge, lane, forwarder } = scene();
  lead(2);
  write(1);
  clock.settle();
  lead(3);
  write(2);
  clock.pass(100);
  lane.shift();
  forwarder.replied(2, { kind: 'verdicts', generation: 0, verdicts: [VERDICT] });
  clock.settle();
  t.same(answers, [['/1', 'NoNode']]);
  t.same(
    lane.map(({ to, names }) => [to, ...names]),
    [[3, '/2']],
  );
  clock.pass(1000);
  judge();
  t.same(answers[1], ['/2', 'NoNode'], 'and who leads now is not given up');
});

t.test(
  'a sync whose leader is lost is asked of the next one, and nobody else waits for it',
  async (t) => {
    const { lead, write, sync, clock, judge, lose, answers, forwarder } = scene();
    lead(2);
    sync();
    write(1);
    clock.settle();
    judge();
    t.same(answers, [['/1', 'NoNode']], 'a write rests on no sync');
    lose(2);
    lead(3);
    judge();
    forwarder.replied(3, { kind: 'confirmed', id: 1, index: 0 });
    t.same(answers.slice(1), [['sync', 'ok']]);
  },
);

t.test('a sync waits for no write of others, and for those of its own session', async (t) => {
  const { lead, write, sync, clock, judge, answers, forwarder } = scene();
  lead(2);
  write(1);
  write(2, 'session');
  sync();
  sync('session');
  clock.settle();
  judge();
  const answered = () => answers.splice(0);
  t.same(answered(), [
    ['/1', 'NoNode'],
    ['/2', 'NoNode'],
  ]);
  write(3, 'session');
  sync('session');
  clock.settle();
  for (const id of [2, 1]) forwarder.replied(2, { kind: 'confirmed', id, index: 0 });
  t.same(answered(), [
    ['sync session', 'ok'],
    ['sync', 'ok'],
  ]);
  clock.pass(ANSWER_WAIT_MS + 500);
  t.same(answered(), [
    ['/3', 'OutcomeUnknown'],
    ['sync session', 'no'],
  ]);
});

t.test(
  'whatever happens: judged in order and at most once, answered in order, each once',
  async (t) => {
    let seed = Date.now() % 2 ** 31;
    t.comment(`seed ${seed}`);
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 200; round += 1) {
      const { lead, write, clock, judge, lose, setLane, judged, answers, lane, replica } = scene();
      let written = 0;
      for (let step = 0; step < 60; step += 1) {
        const what = random(10);
        if (what < 4) {
          written += 1;
          write(written);
        } else if (what < 6) judge(random(3) === 0 ? random(3) : undefined);
        else if (what === 6) lead(random(4));
        else if (what === 7) lose(2 + random(2));
        else if (what === 8) setLane(random(3) > 0);
        else clock.pass(random(100));
        clock.settle();
      }
      setLane(true);
      if (replica.leader !== 2) lose(replica.leader === 3 ? 3 : 2);
      lose(3);
      lead(2);
      for (let left = 0; left < 100; left += 1) {
        judge();
        clock.pass(30);
      }
      const numbers = judged.map((name) => Number(name.slice(1)));
      t.same(
        numbers,
        [...new Set(numbers)].sort((a, b) => a - b),
        'judged in order, each once',
      );
      const expected = Array.from({ length: written }, (_, n) => `/${n + 1}`);
      t.same(
        answers.map(([name]) => name),
        expected,
        'answered in order, each once',
      );
      t.same(lane, []);
      const unjudged = answers.filter(([name]) => !judged.includes(name));
      t.same(
        unjudged.filter(([, code]) => code !== 'OutcomeUnknown'),
        [],
        'an answer without a verdict says that it does not know',
      );
      if (!t.passing()) break;
    }
  },
);

t.test('nobody waits longer for a leader because another may have been heard', async (t) => {
  const { clock, lead, setLane, write, answers } = scene();
  lead(2);
  write(1, 'session');
  clock.settle();
  setLane(false);
  write(2, 'session');
  write(3);
  clock.pass(LEADER_WAIT_MS + 500);
  t.same(answers, [['/3', 'NotReady']], 'the others are of a session whose first may be taken');
  clock.pass(ANSWER_WAIT_MS - LEADER_WAIT_MS);
  t.same(answers.slice(1), [
    ['/1', 'OutcomeUnknown'],
    ['/2', 'NotReady'],
  ]);
});

t.test('a batch is as long as what is sent, escapes included', async (t) => {
  const { clock, lead, lane, write, answers } = scene();
  lead(2);
  const controls = '\u0001'.repeat(100_000);
  for (let n = 1; n <= 4; n += 1) write(n, '', controls);
  write(5, '', '\u0001'.repeat(5_000_000));
  write(6);
  clock.settle();
  t.same(
    lane.map(({ names }) => names),
    [['/1'], ['/2'], ['/3'], ['/4'], ['/6']],
    'two of 600 KB are more than one megabyte; what no frame can hold is not sent',
  );
  t.same(answers, [], 'and is refused in its turn');
});

t.test('a leader that must stop judging goes on later where it stopped', async (t) => {
  const { forwarder, write, replica, judged, clock } = scene();
  const numbers = Array.from({ length: 600 }, (_, n) => n + 1);
  for (const n of numbers) write(n);
  let most = 3;
  Object.defineProperty(replica, 'ready', { get: () => judged.length < most });
  replica.leader = OWN;
  replica.role = 'leading';
  forwarder.turned();
  clock.settle();
  t.equal(judged.length, 3, 'the last counter of its epoch was used up');
  most = numbers.length;
  forwarder.turned();
  clock.settle();
  t.same(
    judged,
    numbers.map((n) => `/${n}`),
  );
});

t.test('of many that wait each is as cheap as of few', async (t) => {
  const FEW = 10_000;
  const MANY = 100_000;
  /** CPU time for a request, us. */
  const cost = (count: number) => {
    const { lead, write, clock, judge, lane, answers } = scene();
    for (let n = 0; n < count; n += 1) write(n);
    const before = process.cpuUsage();
    lead(2);
    clock.settle();
    while (lane.length > 0) judge();
    const { user, system } = process.cpuUsage(before);
    t.equal(answers.length, count);
    return (user + system) / count;
  };
  const few = cost(FEW);
  const many = cost(MANY);
  t.ok(many < 3 * few + 5, `${few.toFixed(1)} us of ${FEW}, ${many.toFixed(1)} us of ${MANY}`);
});
