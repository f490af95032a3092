/**
 * Requests on their way to a leader: judged in the order in which they were taken and at most once,
 * answered in that order, whoever leads meanwhile and whatever is lost on the way.
 */
import t from 'tap';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import type { Clock } from '../../server/clock.ts';
import { Forwarder } from '../../server/forwarder.ts';
import { History } from '../../server/history.ts';
import { decodeForwarded, type ForwardedVerdict } from '../../server/lane-messages.ts';
import { ANSWER_WAIT_MS, ClientRequests, LEADER_WAIT_MS } from '../../server/requests.ts';
import type { WriteAnswer } from '../../server/types.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import { EMPTY_DATA } from '../../storage/tree/tree.ts';
import type { WriteRequest } from '../../storage/tree/types.ts';

const OWN = 1;

/** What a verdict rests on that rests on nothing. */
const NOWHERE = { index: 0, zxid: ZXID_NONE };

/** A clock by hand: time passes, and what was put off is done, only when the test says so. */
class HandClock implements Clock {
  now = 0;
  #soon: (() => void)[] = [];
  #timers: { at: number; run: () => void }[] = [];

  wall(): number {
    return this.now;
  }

  monotonic(): number {
    return this.now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  soon(run: () => void): void {
    this.#soon.push(run);
  }

  settle(): void {
    for (let run = this.#soon.shift(); run !== undefined; run = this.#soon.shift()) run();
  }

  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.now = next.at;
      this.#timers = this.#timers.filter((other) => other !== next);
      next.run();
      this.settle();
    }
    this.now = until;
  }
}

function requestOf(n: number, text = ''): WriteRequest {
  const data = text === '' ? EMPTY_DATA : { text, encoding: 'utf8' as const, length: text.length };
  return { op: 'set', path: `/${n}`, data };
}

const nameOf = (request: WriteRequest) => ('path' in request ? request.path : '');

/**
 * One member with its clients; the test plays the ensemble. Verdicts that change nothing need the
 * word of a quorum when others could lead.
 */
function scene(othersCouldLead = false) {
  const clock = new HandClock();
  const state = new ReplicatedState();
  const history = new History(state.lastZxid, { historyBytes: 1e6 });
  const replica = {
    epoch: 0,
    leader: 0,
    ready: false,
    role: 'looking' as 'looking' | 'following' | 'leading',
  };
  const judged: string[] = [];
  /** A quorum is asked whether this member leads. */
  const asking: { confirmed(index: number): void; lost(): void }[] = [];
  let decisions = 0;
  const answers: [string, string][] = [];
  /** Batches under way to the leader. */
  const lane: { to: number; generation: number; epoch: number; names: string[] }[] = [];
  let laneOpen = true;
  /** Nothing more of this generation is taken by anybody. */
  let refused = -1;
  /** Members whose stream is lost and does not stand again. */
  const gone = new Set<number>();
  const refusal = { code: 'NoNode' } as const;
  const requests = new ClientRequests(state, history, clock, () => 0);
  const forwarder = new Forwarder({
    replica,
    primary: {
      judge: (_caller, request) => {
        judged.push(nameOf(request));
        return { kind: 'refused', after: NOWHERE, refusal };
      },
    },
    confirmations: {
      needed: othersCouldLead,
      ask: (asked) => {
        if (othersCouldLead) asking.push(asked);
        else asked.confirmed(0);
      },
    },
    clock,
    forward: (to, payload) => {
      if (!laneOpen || gone.has(to)) return false;
      const message = decodeForwarded(payload);
      if (message.kind !== 'requests') throw new Error('only requests are forwarded');
      const names = message.requests.map((one) =>
        one.kind === 'write' ? nameOf(one.request) : 'sync',
      );
      lane.push({ to, generation: message.generation, epoch: message.epoch, names });
      return true;
    },
    settled: () => requests.release(),
  });
  requests.start();
  return {
    ...{ clock, replica, judged, answers, lane, forwarder, asking },
    lead: (leader: number) => {
      gone.delete(leader);
      if (leader !== 0 && leader !== replica.leader) replica.epoch += 1;
      replica.leader = leader;
      replica.ready = leader === OWN;
      replica.role = leader === 0 ? 'looking' : leader === OWN ? 'leading' : 'following';
      forwarder.turned();
      clock.settle();
    },
    setLane: (open: boolean) => {
      laneOpen = open;
    },
    write: (n: number, session = '', text = '') => {
      const caller = { session, identities: [] };
      const done = (answer: WriteAnswer) =>
        answers.push([`/${n}`, answer.ok ? 'ok' : answer.refusal.code]);
      requests.write(caller, requestOf(n, text), done, forwarder);
    },
    sync: () =>
      requests.sync((answer) => answers.push(['sync', answer.ok ? 'ok' : 'no']), forwarder),
    /** The leader judges the oldest batch. */
    judge: (count?: number) => {
      const batch = lane.shift();
      if (batch === undefined || refused === batch.generation) return;
      const { generation } = batch;
      if (batch.epoch !== replica.epoch) {
        refused = generation;
        forwarder.replied(batch.to, { kind: 'refused', generation });
        clock.settle();
        return;
      }
      const taken = batch.names.slice(0, count);
      const verdicts = taken.map((name): ForwardedVerdict => {
        judged.push(name);
        return name === 'sync'
          ? { kind: 'confirming' }
          : { kind: 'refused', after: NOWHERE, refusal };
      });
      decisions += 1;
      const decision = othersCouldLead ? { decision: decisions } : {};
      forwarder.replied(batch.to, { kind: 'verdicts', generation, verdicts, ...decision });
      if (taken.length < batch.names.length) {
        refused = generation;
        forwarder.replied(batch.to, { kind: 'refused', generation });
      }
      clock.settle();
    },
    /** The leader tells what a quorum said when it was asked whether it leads. */
    decide: (from: number, kind: 'upheld' | 'overruled', generation = 0) => {
      forwarder.replied(from, { kind, generation, decision: decisions });
      clock.settle();
    },
    release: () => requests.release(),
    lose: (member: number) => {
      for (let at = lane.length - 1; at >= 0; at -= 1)
        if (lane[at]?.to === member) lane.splice(at, 1);
      gone.add(member);
      forwarder.lost(member);
      clock.settle();
    },
  };
}

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
  t.same(answers.slice(1), [], 'what it says later is not taken for the answer to something else');
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
  'a sync whose leader is lost is asked of the next one, and answered in its place',
  async (t) => {
    const { lead, write, sync, clock, judge, lose, answers, forwarder } = scene();
    lead(2);
    sync();
    write(1);
    clock.settle();
    judge();
    t.same(answers, [], 'the sync is not confirmed yet, and holds back what came after it');
    lose(2);
    lead(3);
    judge();
    forwarder.replied(3, { kind: 'confirmed', id: 1, index: 0 });
    t.same(answers, [
      ['sync', 'ok'],
      ['/1', 'NoNode'],
    ]);
  },
);

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
