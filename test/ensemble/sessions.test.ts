/**
 * Sessions belong to the ensemble and not to a member: any member serves any of them, none ends
 * because a member did, and one whose client is gone ends everywhere, in its time.
 */
import t, { type Test } from 'tap';
import { RELAY_MS } from '../../server/relay.ts';
import { SESSION_ROUND_MS } from '../../server/session-clock.ts';
import { codeOf } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { eventually } from '../conformance/specification.ts';
import { isEvent, WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, SLACK_MS, startEnsemble } from './setup.ts';

const TIMEOUT_MS = 2000;
/** What a session lives longer than its timeout, at most: two rounds, and signs passed on. */
const LATE_MS = 2 * SESSION_ROUND_MS + RELAY_MS;

const MOVED = 4409;

t.setTimeout(150_000);

const ensemble = await startEnsemble(t);

/** On each member somebody who hears of the end of `path`, and when. */
async function witnesses(t: Test, members: readonly EnsembleMember[], path: string) {
  return await Promise.all(
    members.map(async (member) => {
      const client = await clientOf(t, member);
      await client.sync();
      await client.addWatch(path, 'persistent');
      return async () => {
        const gone = ({ event }: { event?: string }) => event === 'nodeDeleted';
        await client.until((message) => isEvent(message) && gone(message), 30_000);
        return performance.now();
      };
    }),
  );
}

/** That `path` goes between `from` + timeout and `to` + timeout + what is stated, everywhere. */
async function endsInTime(
  t: Test,
  path: string,
  members: readonly EnsembleMember[],
  act: () => Promise<{ from: number; to: number }>,
): Promise<void> {
  const ends = await witnesses(t, members, path);
  const { from, to } = await act();
  const times = await Promise.all(ends.map((end) => end()));
  for (const [at, time] of times.entries()) {
    const id = members[at]?.id;
    const since = Math.round(time - from);
    t.ok(since >= TIMEOUT_MS, `${path} not before its time on member ${id}: ${since} ms`);
    const late = Math.round(time - to - TIMEOUT_MS);
    t.ok(late <= LATE_MS + SLACK_MS, `and in time: ${late} ms after it`);
  }
}

await t.test('a session whose member is killed goes on at another one', async (t) => {
  const [first, second] = await ensemble.followers();
  const bystander = await clientOf(t, second);
  for (const killed of [first, await ensemble.leader()]) {
    const owner = await clientOf(t, killed);
    const path = `/owned-${killed.id}`;
    await owner.create(path, { mode: 'ephemeral', data: 'mine' });
    await killed.kill();
    await owner.closed;
    const other = killed === first ? second : first;
    // With the last zxid that it has seen, it is not shown anything older.
    const { token, zxid } = owner;
    const resumed = await WsDriver.connect(other.wsUrl, { session: token, lastZxid: zxid });
    t.teardown(() => resumed.disconnect());
    t.ok(resumed.resumed);
    t.equal(resumed.sessionId, owner.sessionId);
    const { data, stat } = await resumed.get(path);
    t.same([data, stat.ephemeralOwner], ['mine', owner.sessionId], 'with what it owns');
    await resumed.create(`${path}-too`, { mode: 'ephemeral' });
    await ensemble.until('it is certain there, too, how long it lives', async () => {
      return Number((await resumed.request({ op: 'ping' })).result['expiresInMs']) > 0;
    });
    await killed.start();
    await ensemble.whole();
    const reader = await clientOf(t, killed);
    await reader.sync();
    t.ok(await reader.exists(path), 'also on the member that was killed');
    await resumed.closeSession();
    await reader.sync();
    t.equal(await reader.exists(path), undefined, 'and it ends everywhere when it is closed');
    t.equal(await reader.exists(`${path}-too`), undefined);
    const again = WsDriver.connect(killed.wsUrl, { session: owner.token });
    t.equal(await codeOf(again), 'SessionExpired');
  }
  t.notOk(
    bystander.arrived.some(({ event }) => event === 'session'),
    'who outlasts it hears nothing',
  );
});

await t.test('a takeover under way while the leader is killed happens once, or not', async (t) => {
  const leader = await ensemble.leader();
  const [first, second] = await ensemble.followers();
  const atLeader = await HttpDriver.open(leader.port, 30_000);
  t.teardown(() => atLeader.disconnect());
  await atLeader.create('/worker', { mode: 'ephemeral', data: 'former' });
  const watcher = await clientOf(t, second);
  await watcher.sync();
  const watch = await watcher.addWatch('/worker', 'persistent');
  const heir = await clientOf(t, first);
  const take = { op: 'create', path: '/worker', mode: 'ephemeral', data: 'new' };
  const taking = heir.request({ ...take, takeover: atLeader.token }).then(
    () => 'ok',
    ({ problem }: { problem: { outcome: string } }) => problem.outcome,
  );
  await leader.kill();
  const outcome = await taking;
  // Who does not know asks again: whose it is by then tells.
  await heir.sync();
  const isMine = async () => (await heir.exists('/worker'))?.ephemeralOwner === heir.sessionId;
  if (outcome !== 'unknown') t.equal(await isMine(), outcome === 'ok', `answered: ${outcome}`);
  if (!(await isMine())) await heir.request({ ...take, takeover: atLeader.token });
  const { data, stat } = await heir.get('/worker');
  t.same([data, stat.ephemeralOwner, stat.version], ['new', heir.sessionId, 0]);
  await watcher.sync();
  const events = watcher.arrived.filter(isEvent).filter(({ watches }) => watches.includes(watch));
  t.same(
    events.map(({ event }) => event),
    ['nodeDeleted', 'nodeCreated'],
    'gone and there again, once',
  );
  t.equal(events[0]?.zxid, events[1]?.zxid, 'in one transaction');
  t.equal(events[1]?.zxid, stat.czxid);
  await leader.start();
  await ensemble.whole();
  const former = await clientOf(t, leader);
  const ended = { session: atLeader.token, lastZxid: heir.zxid };
  const again = await WsDriver.connect(leader.wsUrl, ended);
  await again.closeSession();
  await former.sync();
  t.equal((await former.exists('/worker'))?.czxid, stat.czxid, 'the end of the former is nothing');
  await heir.closeSession();
  await former.sync();
  t.equal(await former.exists('/worker'), undefined, 'it ends with the new session');
});

await t.test('a session that is used on another member moves there', async (t) => {
  const leader = await ensemble.leader();
  const [follower, other] = await ensemble.followers();
  let former = await clientOf(t, follower);
  await former.create('/moving', { mode: 'ephemeral' });
  for (const member of [other, leader, follower]) {
    const { token, zxid } = former;
    const next = await WsDriver.connect(member.wsUrl, { session: token, lastZxid: zxid });
    t.teardown(() => next.disconnect());
    t.ok(next.resumed);
    const { code } = await former.closed;
    t.equal(code, MOVED, `the former connection is closed when member ${member.id} takes over`);
    const notice = former.arrived.find(({ event }) => event === 'session') as { state?: string };
    t.equal(notice?.state, 'moved', 'and told why');
    t.ok(await next.exists('/moving'));
    former = next;
  }
  await former.closeSession();
});

await t.test('also when nobody leads at that moment', async (t) => {
  const leader = await ensemble.leader();
  const [follower, other] = await ensemble.followers();
  const former = await clientOf(t, follower);
  await leader.kill();
  const { token, zxid } = former;
  const next = await WsDriver.connect(other.wsUrl, { session: token, lastZxid: zxid });
  t.teardown(() => next.disconnect());
  const { code } = await former.closed;
  t.equal(code, MOVED, 'the former connection is told once somebody leads');
  await next.create('/moved', { mode: 'ephemeral' });
  await next.closeSession();
  await leader.start();
  await ensemble.whole();
});

await t.test('a session whose client is gone ends on all members, in its time', async (t) => {
  const reader = await clientOf(t, await ensemble.leader());
  await reader.create('/mortal');
  const cases = ensemble.members.flatMap((member) => [
    { member, transport: 'WebSocket' },
    { member, transport: 'HTTP' },
  ]);
  const die = async ({ member, transport }: (typeof cases)[number]): Promise<void> => {
    const path = `/mortal/${transport}-${member.id}`;
    const client =
      transport === 'HTTP'
        ? await HttpDriver.open(member.port, TIMEOUT_MS)
        : await WsDriver.connect(member.wsUrl, { timeoutMs: TIMEOUT_MS });
    await client.create(path, { mode: 'ephemeral' });
    await endsInTime(t, path, ensemble.members, async () => {
      const from = performance.now();
      await client.get(path);
      const to = performance.now();
      client.disconnect();
      return { from, to };
    });
    const again = WsDriver.connect(member.wsUrl, { session: client.token });
    t.equal(await codeOf(again), 'SessionExpired');
  };
  await Promise.all(cases.map(die));
});

await t.test('a session that shows life through a follower outlives leaders', async (t) => {
  const [survivor] = await ensemble.followers();
  const ws = await clientOf(t, survivor, TIMEOUT_MS);
  const http = await HttpDriver.open(survivor.port, TIMEOUT_MS);
  t.teardown(() => http.disconnect());
  await ws.create('/lives-ws', { mode: 'ephemeral' });
  await http.create('/lives-http', { mode: 'ephemeral' });
  const beats: number[] = [];
  let beating = true;
  const heartbeats = (async () => {
    while (beating) {
      const target = `/v1/sessions/${http.sessionId}/heartbeat`;
      beats.push((await http.send({ method: 'POST', target })).status);
      await new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS / 4));
    }
  })();
  const watch = await ws.addWatch('/lives-http', 'persistent');
  for (let kill = 0; kill < 4; kill += 1) {
    const began = performance.now();
    const victim = await otherLeader(ensemble, survivor);
    await victim.kill();
    await ensemble.leader();
    await victim.start();
    await ensemble.whole();
    // Longer than its timeout in all, so that what one leader heard is not enough.
    await eventually('half its timeout', async () => performance.now() - began > TIMEOUT_MS / 2);
  }
  beating = false;
  await heartbeats;
  t.ok(await ws.exists('/lives-ws'), 'kept alive by what the network stack answers');
  t.ok(await ws.exists('/lives-http'), 'kept alive by heartbeats');
  t.equal(ws.socket.readyState, ws.socket.OPEN, 'and the connection has stayed open throughout');
  t.same(
    beats.filter((status) => status !== 200),
    [],
    `all ${beats.length} heartbeats were taken`,
  );
  await http.delete('/lives-http');
  await ws.until(({ event, watches }) => event === 'nodeDeleted' && watches?.[0] === watch);
  await ws.closeSession();
});

/** Who leads, and is not `survivor`: that one is made to give it up. */
async function otherLeader(all: Ensemble, survivor: EnsembleMember): Promise<EnsembleMember> {
  const leader = await all.leader();
  if (leader !== survivor) return leader;
  survivor.pause();
  const [next] = all.others(survivor);
  if (next === undefined) throw new Error('there is another one');
  await all.until('another one leads', async () => {
    const view = await next.view();
    return view?.leader !== undefined && view.leader !== survivor.id;
  });
  survivor.resume();
  await all.whole();
  return await all.leader();
}

await t.test('a new leader gives a silent session its full time, and no more', async (t) => {
  const [survivor, other] = await ensemble.followers();
  const client = await clientOf(t, survivor, TIMEOUT_MS);
  await client.create('/silent', { mode: 'ephemeral' });
  await endsInTime(t, '/silent', [survivor, other], async () => {
    const from = performance.now();
    await client.get('/silent');
    client.disconnect();
    const leader = await ensemble.leader();
    await leader.kill();
    await ensemble.leader();
    return { from, to: performance.now() };
  });
});
