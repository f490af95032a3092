/** Whose connection speaks for a session when it goes from member to member, and news come late. */
import t from 'tap';
import type { Forwarded, ForwardReply } from '../../server/lane-messages.ts';
import { Speakers } from '../../server/speakers.ts';

const SESSION = '0000000100000001';
const MOVED: ForwardReply = { kind: 'moved', session: SESSION, ms: 0 };
const SPEAKS: ForwardReply = { kind: 'speaks', session: SESSION };

/** Member 1 of three; what it says, and whether its connection for the session is open. */
function member() {
  const world = { leader: 3, epoch: 1, speaks: true, reachable: true, ms: 0 };
  const toLeader: [leader: number, message: Forwarded][] = [];
  const replies: [member: number, message: ForwardReply][] = [];
  const speakers = new Speakers({
    id: 1,
    leader: () => world.leader,
    epoch: () => world.epoch,
    leads: () => world.leader === 1,
    others: () => [2, 3],
    speaking: () => (world.speaks ? [SESSION] : []),
    speaksForMs: () => (world.speaks ? world.ms : undefined),
    closeHere: () => {
      world.speaks = false;
    },
    toLeader: (leader, message) => {
      if (world.reachable) toLeader.push([leader, message]);
      return world.reachable;
    },
    reply: (to, message) => void replies.push([to, message]),
  });
  world.speaks = false;
  speakers.turned();
  world.speaks = true;
  return { world, toLeader, replies, speakers };
}

t.test('a member that follows', async (t) => {
  await t.test('closes its connection when the leader says that another one speaks', async (t) => {
    const { world, toLeader, speakers } = member();
    speakers.attached(SESSION);
    t.same(toLeader, [[3, { kind: 'attached', session: SESSION, ms: 0 }]]);
    speakers.answered(3, SESSION);
    speakers.moved(3, SESSION, 0);
    t.notOk(world.speaks);
  });

  await t.test('keeps a connection that the leader has not heard of when it says so', async (t) => {
    const { world, speakers } = member();
    speakers.attached(SESSION);
    speakers.moved(3, SESSION, 0);
    t.ok(world.speaks, 'that was about one before it');
    speakers.answered(3, SESSION);
    speakers.moved(3, SESSION, 0);
    t.notOk(world.speaks, 'and this is not');
  });

  await t.test(
    'tells a leader that it finds later of a connection that is still open',
    async (t) => {
      for (const open of [true, false]) {
        const { world, toLeader, speakers } = member();
        world.leader = 0;
        speakers.attached(SESSION);
        world.speaks = open;
        world.leader = 2;
        speakers.turned();
        t.equal(
          toLeader.length,
          open ? 1 : 0,
          open ? 'open' : 'gone: it may speak elsewhere by now',
        );
      }
    },
  );

  await t.test('tells the next leader of all its connections', async (t) => {
    const { world, toLeader, speakers } = member();
    speakers.attached(SESSION);
    speakers.lost(2);
    speakers.turned();
    t.equal(toLeader.length, 1, 'nothing has changed');
    speakers.lost(3);
    world.leader = 0;
    speakers.turned();
    world.leader = 2;
    speakers.turned();
    t.same(
      toLeader.map(([leader]) => leader),
      [3, 2],
    );
    speakers.answered(2, SESSION);
    world.leader = 3;
    speakers.turned();
    t.equal(toLeader.length, 3, 'also what was answered: who was away has not heard of it');
    world.speaks = false;
    world.leader = 2;
    speakers.turned();
    t.equal(toLeader.length, 3, 'and not of those that are gone');
  });

  await t.test('tells its leader again when it has been away from it', async (t) => {
    const { world, toLeader, speakers } = member();
    speakers.attached(SESSION);
    speakers.answered(3, SESSION);
    speakers.lost(2);
    speakers.announce();
    t.equal(toLeader.length, 1, 'that was another stream');
    world.ms = 700;
    speakers.lost(3);
    speakers.announce();
    t.same(toLeader.slice(1), [[3, { kind: 'attached', session: SESSION, ms: 700 }]]);
  });

  await t.test('asks about what was said while it followed nobody', async (t) => {
    const { world, toLeader, speakers } = member();
    speakers.attached(SESSION);
    speakers.answered(3, SESSION);
    world.leader = 0;
    speakers.turned();
    speakers.moved(3, SESSION, 0);
    t.ok(world.speaks, 'it may be a leader of the past by now');
    world.leader = 3;
    world.ms = 900;
    speakers.turned();
    t.same(toLeader.slice(1), [[3, { kind: 'attached', session: SESSION, ms: 900 }]]);
    speakers.answered(3, SESSION);
    speakers.moved(3, SESSION, 1000);
    t.ok(world.speaks && toLeader.length === 3, 'the younger one speaks');
    speakers.answered(3, SESSION);
    speakers.moved(3, SESSION, 0);
    t.notOk(world.speaks);
  });

  await t.test('believes nobody but its leader', async (t) => {
    const { world, speakers } = member();
    speakers.attached(SESSION);
    speakers.answered(2, SESSION);
    speakers.moved(3, SESSION, 0);
    t.ok(world.speaks, 'its leader has not answered');
    speakers.answered(3, SESSION);
    speakers.moved(2, SESSION, 0);
    t.ok(world.speaks, 'a leader of the past');
    speakers.moved(3, SESSION, 0);
    t.notOk(world.speaks);
  });

  await t.test('tells a leader again that was none for a while', async (t) => {
    const { world, toLeader, speakers } = member();
    speakers.attached(SESSION);
    speakers.turned();
    t.equal(toLeader.length, 1, 'it has not turned');
    world.epoch = 2;
    speakers.turned();
    t.equal(toLeader.length, 2, 'it may not have led when it was told');
    speakers.answered(3, SESSION);
    speakers.moved(3, SESSION, 0);
    t.notOk(world.speaks, 'and what it says from then on counts');
  });

  await t.test('of two that are told late the younger connection speaks', async (t) => {
    const older = member();
    older.speakers.attached(SESSION);
    older.world.ms = 900;
    older.speakers.answered(3, SESSION);
    older.speakers.moved(3, SESSION, 500);
    t.notOk(older.world.speaks);

    const younger = member();
    younger.speakers.attached(SESSION);
    younger.speakers.answered(3, SESSION);
    younger.world.ms = 500;
    younger.speakers.moved(3, SESSION, 900);
    t.ok(younger.world.speaks);
    const again = [3, { kind: 'attached', session: SESSION, ms: 500 }];
    t.same(younger.toLeader.slice(1), [again], 'and the other one is told of it');
  });

  await t.test('waits until its leader can be reached', async (t) => {
    const { world, toLeader, speakers } = member();
    world.reachable = false;
    speakers.attached(SESSION);
    t.equal(toLeader.length, 0);
    world.reachable = true;
    speakers.announce();
    t.equal(toLeader.length, 1);
  });

  await t.test('leaves it to the leader to tell others', async (t) => {
    const { world, replies, speakers } = member();
    speakers.heard(2, SESSION, 0);
    t.same(replies, []);
    t.ok(world.speaks);
  });
});

t.test('a member that leads', async (t) => {
  await t.test('tells all others of its own connections', async (t) => {
    const { world, replies, speakers } = member();
    world.leader = 1;
    speakers.attached(SESSION);
    t.same(replies, [
      [2, MOVED],
      [3, MOVED],
    ]);
  });

  await t.test('keeps its own against an older one of another, which is told', async (t) => {
    const { world, replies, speakers } = member();
    Object.assign(world, { leader: 1, ms: 500 });
    speakers.heard(2, SESSION, 900);
    t.ok(world.speaks);
    t.same(replies, [
      [2, SPEAKS],
      [2, { ...MOVED, ms: 500 }],
    ]);
  });

  await t.test('closes its own for that of another, answers it and tells the rest', async (t) => {
    const { world, replies, speakers } = member();
    world.leader = 1;
    speakers.heard(2, SESSION, 0);
    t.notOk(world.speaks);
    t.same(replies, [
      [3, MOVED],
      [2, SPEAKS],
    ]);
  });
});
