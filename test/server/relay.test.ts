/** What members know of each other: no more than what was said over streams that stand. */
import t from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import type { Forwarded, ForwardReply } from '../../server/lane-messages.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { RELAY_MS, Relay } from '../../server/relay.ts';
import { Sessions } from '../../server/sessions.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';

const LEADER = 1;
const REPORT = {
  ...{ role: 'following' as const, epoch: 1, zxid: zxidOf(1, 1), index: 1, digest: '' },
  ...{ ready: true, version: '', uptimeSeconds: 0 },
};
/** Rounds after which each has told of itself, and been told of the others. */
const ROUNDS = 12;

/** Member 1, which leads, and followers 2 and 3 on one clock. */
function scene() {
  let now = 0;
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
  const silent = new Set<number>();
  const relays = new Map<number, Relay>();
  for (const id of [LEADER, 2, 3]) {
    const sessions = new Sessions(new ReplicatedState(), clock, DEFAULT_LIMITS, () => now);
    const relay: Relay = new Relay({
      ...{ clock, sessions, leader: () => LEADER, report: () => ({ ...REPORT, id }) },
      forward: (message: Forwarded) => {
        if (silent.has(id)) return false;
        if (message.kind === 'signs') relays.get(LEADER)?.told(id, message);
        return true;
      },
      reply: (to: number, reply: ForwardReply) => {
        if (reply.kind === 'signs') relays.get(to)?.answered(LEADER, reply);
      },
      leaderTold: () => undefined,
    });
    relays.set(id, relay);
    relay.start();
  }
  const relayOf = (id: number) => relays.get(id) as Relay;
  return {
    silent,
    relayOf,
    /** Whom each has heard of. */
    heard: () =>
      [LEADER, 2, 3].map((id) =>
        relayOf(id)
          .reports()
          .map((report) => report.id),
      ),
    rounds: (count: number) => {
      const until = now + count * RELAY_MS;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}

t.test('who the leader has lost is gone for those that have heard of it through it', async (t) => {
  const world = scene();
  world.rounds(ROUNDS);
  t.same(
    world.heard().map((ids) => ids.toSorted()),
    [
      [2, 3],
      [1, 3],
      [1, 2],
    ],
  );
  world.silent.add(3);
  world.relayOf(LEADER).lost(3);
  t.same(
    world
      .relayOf(LEADER)
      .reports()
      .map(({ id }) => id),
    [2],
    'at once where it is noticed',
  );
  world.rounds(6);
  t.same(
    world
      .relayOf(2)
      .reports()
      .map(({ id }) => id),
    [1],
    'soon at the others',
  );
  world.silent.delete(3);
  world.relayOf(LEADER).connected(3);
  world.rounds(ROUNDS);
  t.same(
    world.heard().map((ids) => ids.toSorted()),
    [
      [2, 3],
      [1, 3],
      [1, 2],
    ],
    'until it is back',
  );
});

t.test(
  'what the leader had heard before a stream ended does not bring a member back',
  async (t) => {
    const world = scene();
    world.rounds(ROUNDS);
    world.silent.add(3);
    // The leader notices later than member 2.
    world.relayOf(2).lost(3);
    world.rounds(6);
    t.same(
      world
        .relayOf(LEADER)
        .reports()
        .map(({ id }) => id)
        .toSorted(),
      [2, 3],
    );
    t.same(
      world
        .relayOf(2)
        .reports()
        .map(({ id }) => id),
      [1],
    );
    world.silent.delete(3);
    world.rounds(ROUNDS);
    t.same(
      world
        .relayOf(2)
        .reports()
        .map(({ id }) => id)
        .toSorted(),
      [1, 3],
      'what it says to the leader since does: it is reachable, though not from here',
    );
  },
);
