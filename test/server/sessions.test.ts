/**
 * What a member tells its clients of the time that their sessions have left: never more than what
 * the leader will give, whenever it has joined.
 */
import fc from 'fast-check';
import t from 'tap';
import { formatZxid, zxidOf } from '../../raftlog/zxid.ts';
import type { Forwarded, ForwardReply } from '../../server/lane-messages.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { RELAY_MS, Relay } from '../../server/relay.ts';
import { openSession } from '../../server/session-opening.ts';
import { Sessions } from '../../server/sessions.ts';
import { makeSecret, tokenOf } from '../../server/tokens.ts';
import type { Coordinator, OpenSessionAnswer, Refused } from '../../server/types.ts';
import { whenKnown } from '../../server/young-sessions.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';

const TIMEOUT = 10_000;
const LEADER = 1;
const FOLLOWER = 2;

const REPORT = {
  ...{ role: 'following' as const, epoch: 1, zxid: zxidOf(1, 1), index: 1, digest: '' },
  ...{ ready: true, version: '', uptimeSeconds: 0 },
};

type Signs = Extract<Forwarded, { kind: 'signs' }>;
type SignsReply = Extract<ForwardReply, { kind: 'signs' }>;

/** A leader and a follower on one clock, and what is under way between them. */
function scene() {
  let now = 0;
  /** When the last round of the leader's began that a quorum has answered; undefined: it is now. */
  let confirmedAt: number | undefined;
  const timers: { at: number; run: () => void }[] = [];
  const clock = {
    wall: () => now,
    monotonic: () => now,
    after: (ms: number, run: () => void) => {
      timers.push({ at: now + ms, run });
      return () => undefined;
    },
    soon: (run: () => void) => run(),
  };
  const toLeader: Signs[] = [];
  const toFollower: SignsReply[] = [];
  const member = (id: number) => {
    const state = new ReplicatedState();
    // What an epoch begins with is applied: everything before it is known.
    state.lastZxid = zxidOf(9, 0);
    const sessions = new Sessions(state, clock, DEFAULT_LIMITS, () => confirmedAt ?? now);
    const relay = new Relay({
      ...{ clock, sessions, leader: () => LEADER, report: () => ({ ...REPORT, id }) },
      forward: (message) => {
        if (message.kind === 'signs') toLeader.push(message);
        return true;
      },
      reply: (_to, reply) => {
        if (reply.kind === 'signs') toFollower.push(reply);
      },
      leaderTold: () => undefined,
    });
    const opened = (name: string) => {
      state.sessions.add(name, '', TIMEOUT);
      sessions.opened(name, TIMEOUT);
    };
    return { state, sessions, relay, opened, left: (name: string) => sessions.remaining(name) };
  };
  const leader = member(LEADER);
  const follower = member(FOLLOWER);
  leader.sessions.startJudging(() => undefined);
  return {
    ...{ clock, leader, follower },
    pass: (ms: number) => {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = until;
    },
    /** No quorum answers the leader any more, or one does again. */
    cutOff: () => {
      confirmedAt ??= now;
    },
    heal: () => {
      confirmedAt = undefined;
    },
    confirmedAt: () => confirmedAt ?? now,
    join: () => {
      follower.sessions.follow(1);
      follower.relay.start();
    },
    /** What the follower said arrives. */
    hear: () => {
      for (const signs of toLeader.splice(0)) leader.relay.told(FOLLOWER, signs);
    },
    /** What the leader answered arrives. */
    answer: () => {
      for (const reply of toFollower.splice(0)) follower.relay.answered(LEADER, reply);
    },
  };
}

t.test('of a session that does not exist nothing is remembered', async (t) => {
  const { leader, follower } = scene();
  const secret = 'A'.repeat(43);
  const past = formatZxid(zxidOf(1, 1));
  follower.opened('s');
  for (const { sessions } of [follower, leader]) {
    t.match(sessions.authenticate(`${past}.${secret}`), { ok: false, ended: past });
    for (const token of [past, `${past}.x`, `${past}.${secret}.${secret}`, `1.${secret}`, '']) {
      t.notOk('ended' in sessions.authenticate(token), `no token: ${token}`);
    }
    const token = `${formatZxid(zxidOf(10, 1))}.${secret}`;
    const news = sessions.authenticate(token);
    t.notOk('ended' in news, 'it cannot have ended: it was not there yet');
    t.match(news, { ok: false, young: true, refusal: { code: 'NotReady' } }, 'nor may it be none');
    const known = sessions.authenticate(token, true, true);
    t.match(known, { ok: false, refusal: { code: 'SessionExpired' } }, 'that is known later');
    t.notOk('young' in known || 'ended' in known);
    for (let n = 1; n < 100; n += 1) sessions.touch(formatZxid(zxidOf(1, n)));
  }
  follower.sessions.touch('s');
  t.same([...follower.sessions.takeSigns().keys()], ['s'], 'and the leader is told nothing of it');
});

t.test('a leader does not know either of what it has not applied', async (t) => {
  const { leader } = scene();
  const { secret, secretHash } = makeSecret();
  const id = formatZxid(zxidOf(9, 5));
  const token = tokenOf(id, secret);
  t.ok(leader.sessions.judgedMs !== undefined, 'it judges, and has told others what is committed');
  t.match(leader.sessions.authenticate(token), { ok: false, young: true });
  leader.state.sessions.add(id, secretHash, TIMEOUT);
  leader.state.lastZxid = zxidOf(9, 5);
  t.match(leader.sessions.authenticate(token), { ok: true, session: id }, 'now it has applied it');
  leader.state.sessions.delete(id);
  t.match(leader.sessions.authenticate(token), { ok: false, ended: id }, 'and now its end');
});

t.test('whether a session is known is asked of a quorum, or of nobody', async (t) => {
  const told: unknown[] = [];
  const asked: ((refused: Refused | undefined) => void)[] = [];
  const confirmRead: Coordinator['confirmRead'] = (done) => void asked.push(done);
  const done = (refused: Refused | undefined) => void told.push(refused?.refusal.code);
  whenKnown({ confirmRead, readOnly: () => undefined }, done);
  whenKnown({ confirmRead, readOnly: () => undefined }, done);
  t.same(told, [], 'nobody is told anything before that');
  asked[0]?.(undefined);
  asked[1]?.({ ok: false, refusal: { code: 'NotReady', detail: 'nobody has confirmed it' } });
  t.same(told, [undefined, 'NotReady']);
  whenKnown({ confirmRead, readOnly: () => ({}) }, done);
  t.same([told.at(-1), asked.length], ['NotReady', 2], 'without a leader nobody is kept waiting');
});

t.test('a follower that joins in the middle of an epoch promises nothing of its own', async (t) => {
  const { leader, follower, pass, join, hear, answer } = scene();
  leader.opened('s');
  pass(8000);
  join();
  follower.opened('s');
  t.equal(leader.left('s'), 2000);
  t.equal(follower.left('s'), 0, 'it has read the log, and heard nothing of its leader');

  pass(RELAY_MS);
  hear();
  answer();
  t.equal(leader.left('s'), 1900);
  t.equal(follower.left('s'), 1900, 'the leader has told since when it judges');

  follower.sessions.touch('s');
  t.equal(follower.left('s'), 1900, 'a sign of life counts when the leader has heard of it');
  pass(RELAY_MS);
  hear();
  t.equal(leader.left('s'), TIMEOUT);
  pass(50);
  answer();
  t.equal(follower.left('s'), TIMEOUT - 50);
});

t.test('what is opened here has its time from the moment that it was asked for', async (t) => {
  const { clock, leader, follower, pass, join } = scene();
  join();
  const answers: OpenSessionAnswer[] = [];
  const write: Parameters<typeof openSession>[0]['write'] = (_request, done) => {
    pass(30);
    leader.opened('s');
    pass(40);
    follower.opened('s');
    done({ ok: true, zxid: zxidOf(1, 2), results: [{ op: 'openSession', session: 's' }] });
  };
  openSession({ write, sessions: follower.sessions, clock }, TIMEOUT, (answer) =>
    answers.push(answer),
  );
  t.match(answers, [{ ok: true, timeoutMs: TIMEOUT, expiresInMs: TIMEOUT - 70 }]);
  t.equal(leader.left('s'), TIMEOUT - 40);
});

t.test('another leader, another epoch: what the former has heard counts no more', async (t) => {
  const { follower, pass, join, hear, answer } = scene();
  join();
  follower.opened('s');
  pass(RELAY_MS);
  hear();
  answer();
  t.ok(follower.left('s') > 0);
  follower.sessions.follow(2);
  t.equal(follower.left('s'), 0);
});

t.test('a leader that is cut off gives what its successor gives, and no more', async (t) => {
  const { leader, follower, pass, join, hear, answer, cutOff } = scene();
  join();
  for (const name of ['s', 'silent']) {
    leader.opened(name);
    follower.opened(name);
  }
  pass(1000);
  cutOff();
  pass(3000);
  leader.sessions.touch('s');
  t.equal(leader.left('s'), TIMEOUT - 3000, 'another one may have begun to count 3 s ago');

  follower.sessions.touch('s');
  pass(RELAY_MS);
  pass(20);
  hear();
  pass(30);
  answer();
  t.equal(leader.left('s'), TIMEOUT - 3000 - RELAY_MS - 50);
  t.equal(follower.left('s'), leader.left('s') - 20, 'not on who was cut off with it, either');
  t.equal(leader.left('silent'), TIMEOUT - 4000 - RELAY_MS - 50, 'it takes away, and adds nothing');
});

t.test('before a quorum has confirmed it, a leader promises nothing', async (t) => {
  const { leader, confirmedAt, pass, cutOff } = scene();
  cutOff();
  pass(TIMEOUT);
  leader.opened('s');
  t.equal(confirmedAt(), 0);
  t.equal(leader.left('s'), 0);
  t.equal(leader.sessions.openedHere('s', TIMEOUT), TIMEOUT, 'but for what the log itself shows');
});

t.test('what came after the last round of a former leader is told to the next one', async (t) => {
  const { leader, follower, pass, join, hear, answer, cutOff } = scene();
  join();
  for (const name of ['before', 'after', 'silent', 'through a follower']) {
    leader.opened(name);
    follower.opened(name);
  }
  pass(1000);
  leader.sessions.touch('before');
  pass(100);
  cutOff();
  pass(100);
  leader.sessions.touch('after');
  follower.sessions.touch('through a follower');
  pass(RELAY_MS);
  hear();
  answer();
  t.equal(follower.sessions.takeSigns().size, 0, 'the leader has answered them');
  leader.sessions.stopJudging();
  follower.sessions.follow(2);
  t.same([...leader.sessions.takeSigns().keys()], ['after', 'through a follower']);
  t.same([...follower.sessions.takeSigns().keys()], ['through a follower']);
  follower.sessions.follow(3);
  t.equal(follower.sessions.takeSigns().size, 0, 'once');
});

t.test('what had to wait for a leader counts from when it was shown', async (t) => {
  const { leader, follower, pass, join, hear, answer } = scene();
  leader.opened('s');
  follower.opened('s');
  follower.sessions.touch('s');
  pass(3000);
  join();
  pass(RELAY_MS);
  pass(20);
  hear();
  t.equal(leader.left('s'), TIMEOUT - 3000 - RELAY_MS, 'as long ago as the member said');
  answer();
  t.equal(follower.left('s'), TIMEOUT - 3000 - RELAY_MS - 20);
});

t.test('whatever happens, the follower promises no more than the leader will give', async (t) => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 1500 }) }),
    fc.constantFrom(
      ...(
        [
          ...(['hear', 'answer', 'join', 'touch', 'touchAtLeader', 'openAtLeader'] as const),
          ...(['apply', 'cutOff', 'heal'] as const),
        ] as const
      ).map((action) => ({ do: action, ms: 0 })),
    ),
  );
  let promises = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 120 }), (steps) => {
      const { leader, follower, pass, join, hear, answer, ...rounds } = scene();
      const { cutOff, heal, confirmedAt, clock } = rounds;
      let joined = false;
      for (const { do: action, ms } of steps) {
        if (action === 'pass') pass(ms);
        if (action === 'hear') hear();
        if (action === 'answer') answer();
        if (action === 'cutOff') cutOff();
        if (action === 'heal') heal();
        if (action === 'join' && !joined) join();
        joined ||= action === 'join';
        if (action === 'touch') follower.sessions.touch('s');
        if (action === 'touchAtLeader') leader.sessions.touch('s');
        if (action === 'openAtLeader' && !leader.state.sessions.has('s')) leader.opened('s');
        const news = leader.state.sessions.has('s') && !follower.state.sessions.has('s');
        if (action === 'apply' && news) follower.opened('s');
        if (follower.left('s') > 0) promises += 1;
        if (follower.left('s') > leader.left('s')) return false;
        const byOthers = TIMEOUT - (clock.monotonic() - confirmedAt());
        if (leader.left('s') > Math.max(0, byOthers)) return false;
      }
      return true;
    }),
    { numRuns: 300, seed: 1 },
  );
  t.ok(promises > 100, `and it does promise something: ${promises} times`);
});
