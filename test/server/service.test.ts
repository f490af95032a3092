/**
 * What a member answers from its own state, as leaders come and go: in full service until it has
 * had none for too long, and again when it has caught up; and since when it knows nothing new.
 */
import t from 'tap';
import type { Message } from '../../raftlog/messages.ts';
import type { Role } from '../../raftlog/types.ts';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import type { Replica } from '../../server/replica.ts';
import { READ_ONLY_AFTER_MS, Service } from '../../server/service.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';

const ID = 1;
const HEARTBEAT: Message['kind'] = 'heartbeat';

/** Member 1 of three, of which the test says how it stands. */
function scene(applied: Zxid = zxidOf(1, 5)) {
  let now = 1000;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock = {
    wall: () => now,
    monotonic: () => now,
    after: (ms: number, run: () => void) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    soon: (run: () => void) => run(),
  };
  const replica = {
    ...{ role: 'looking' as Role, leader: 0, epoch: 1, ready: false },
    ...{ upToDate: false, suspect: false, members: { voters: [1, 2, 3], observers: [] } },
  };
  const state = new ReplicatedState();
  state.lastZxid = applied;
  let begun = 0;
  const service = new Service({
    ...{ id: ID, clock, state, begun: () => (begun += 1) },
    replica: replica as unknown as Replica,
  });
  service.look();
  return {
    ...{ service, replica },
    begun: () => begun,
    /** The member stands so from now on. */
    stands: (change: Partial<typeof replica>) => {
      Object.assign(replica, change);
      service.look();
    },
    passes: (ms: number) => {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at <= now && timers.delete(timer)) timer.run();
      }
    },
    says: (from: number, kind: Message['kind'], epoch = replica.epoch) =>
      service.contact.heard(from, { kind, epoch } as Message),
    /** To whoever does not allow read-only service, and to who does. */
    answers: () =>
      [{}, { readOnly: true }].map((caller) => service.refusal(caller)?.code ?? 'answered'),
  };
}

const FOLLOWS = { role: 'following', leader: 2, upToDate: true } as const;
const LOOKS = { role: 'looking', leader: 0, upToDate: false } as const;
const ALL = ['answered', 'answered'];
const NONE = ['NotReady', 'NotReady'];
const ALLOWED = ['NotReady', 'answered'];

t.test('a leader that is replaced in time is missed by nobody who reads', async (t) => {
  const { answers, stands, passes, begun, service } = scene();
  t.same(answers(), NONE, 'before it has caught up it could tell of the past');
  stands(FOLLOWS);
  t.same([answers(), begun()], [ALL, 1]);
  for (let round = 0; round < 3; round += 1) {
    stands(LOOKS);
    passes(READ_ONLY_AFTER_MS - 1);
    t.same(answers(), ALL, 'a leader may come any moment');
    stands({ ...FOLLOWS, leader: 3 });
    passes(READ_ONLY_AFTER_MS);
    t.same(answers(), ALL, 'and when it has come nothing is counted any more');
  }
  t.equal(service.readOnly, undefined);
  t.equal(begun(), 1);
});

t.test('without a leader for too long it reads to those who allow that', async (t) => {
  const { answers, stands, passes, service, says } = scene();
  stands(FOLLOWS);
  says(2, HEARTBEAT);
  stands(LOOKS);
  passes(READ_ONLY_AFTER_MS);
  t.same(answers(), ALLOWED);
  t.equal(service.writeRefusal({ readOnly: true })?.code, 'ReadOnly');
  t.equal(service.writeRefusal({}), undefined, 'others wait for a leader');
  t.same(service.readOnly, { ageMs: READ_ONLY_AFTER_MS });
  passes(70);
  t.same(service.readOnly, { ageMs: READ_ONLY_AFTER_MS + 70 });
  stands({ ...FOLLOWS, upToDate: false });
  t.same(answers(), ALLOWED, 'to have met a leader is not to have caught up with it');
  t.equal(service.reason !== undefined, true);
  stands(FOLLOWS);
  t.same(answers(), ALL);
  t.equal(service.writeRefusal({ readOnly: true }), undefined);
});

t.test('a member that has just started', async (t) => {
  await t.test('shows what it has, and cannot say how old it is', async (t) => {
    const { answers, stands, passes, service, begun } = scene();
    passes(READ_ONLY_AFTER_MS);
    t.same([answers(), service.readOnly], [ALLOWED, {}]);
    stands(FOLLOWS);
    t.same([answers(), begun()], [ALL, 1]);
  });
  await t.test('shows nothing when it has nothing', async (t) => {
    const { answers, passes } = scene(zxidOf(0, 0));
    passes(READ_ONLY_AFTER_MS);
    t.same(answers(), NONE);
  });
  await t.test('or cannot trust what it has', async (t) => {
    const { answers, stands, passes } = scene();
    stands({ suspect: true });
    passes(READ_ONLY_AFTER_MS);
    t.same(answers(), NONE);
  });
});

t.test('how old it is: since a leader of this epoch spoke as one', async (t) => {
  const { service, stands, says, passes } = scene();
  stands(FOLLOWS);
  t.equal(service.contact.ageMs, undefined);
  for (const kind of ['append', 'heartbeat', 'snapshotNeeded'] as const) {
    passes(30);
    says(2, kind);
    t.equal(service.contact.ageMs, 0, kind);
  }
  passes(30);
  says(2, 'preVote');
  says(2, 'heartbeatReply');
  says(2, HEARTBEAT, 0);
  says(3, HEARTBEAT);
  t.equal(
    service.contact.ageMs,
    30,
    'what it asks, what it said before and what others say is none',
  );
});

t.test('a leader knows it by the answers of a quorum', async (t) => {
  const { service, stands, says, passes } = scene();
  stands({ role: 'leading', leader: ID, epoch: 2, upToDate: true });
  t.equal(service.contact.ageMs, undefined, 'it alone is none');
  says(2, 'appended');
  passes(10);
  t.equal(service.contact.ageMs, 10);
  says(3, 'heartbeatReply');
  t.equal(service.contact.ageMs, 0, 'any other makes a quorum with it');
  passes(10);
  says(2, 'preVote');
  says(2, 'appended', 1);
  t.equal(service.contact.ageMs, 10, 'but only by what answers this leader');
  stands(LOOKS);
  passes(10);
  t.equal(service.contact.ageMs, 20, 'it goes on when it leads no more');
  stands({ role: 'leading', leader: ID, epoch: 3, upToDate: true });
  says(3, 'appended');
  passes(5);
  t.equal(service.contact.ageMs, 5);
});
