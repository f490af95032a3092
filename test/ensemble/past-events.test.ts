/**
 * What happened is told later as it was told when it happened: with the stat and the data that each
 * change wrote, by every member, before and after it was started anew, out of the log on its disk.
 */
import t, { type Test } from 'tap';
import { world } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { isEvent, type WireEvent, WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';

/** Less than what is written here: the past comes from the log and not from memory. */
const ARGS = ['--limit', 'historyBytes=2000'];
const SETS = 60;

type Told = Omit<WireEvent, 'watches'>;

t.setTimeout(120_000);

/** Changes of every kind; the same znode again and again, and gone in the end. */
async function changeMuch(client: WsDriver): Promise<void> {
  await client.create('/past/text', { data: 'one' });
  await client.set('/past/text', '');
  await client.set('/past/text', new Uint8Array([0xff, 0x00]));
  await client.setAcl('/past/text', world('cdrw'));
  await client.set('/past/text', 'with another ACL: in the stat, and no event by itself');
  await client.create('/past/ttl', { mode: 'persistent_ttl', ttlMs: 3_600_000, data: 'x' });
  await client.create('/past/mine', { mode: 'ephemeral' });
  await client.create('/past/a/b/c', { parents: true });
  await client.create('/past/a/n-', { mode: 'persistent_sequential', data: 'large'.repeat(9000) });
  await client.transaction([
    { op: 'create', path: '/past/t', data: 'first' },
    { op: 'set', path: '/past/t', data: 'second' },
    { op: 'create', path: '/past/t/child' },
    { op: 'set', path: '/past/t', data: 'with a child' },
    { op: 'delete', path: '/past/t/child' },
    { op: 'delete', path: '/past/t' },
  ]);
  await client.delete('/past/a', { recursive: true });
  const set = (n: number) => ({ op: 'set', path: '/past/text', data: `number ${n}` });
  await client.pipeline(Array.from({ length: SETS }, (_, n) => set(n)));
  await client.closeSession();
}

function told({ watches: _, ...event }: WireEvent): Told {
  return event;
}

async function overWebSocket(member: EnsembleMember, since: string, count: number) {
  const driver = await WsDriver.connect(member.wsUrl);
  const include = ['stat', 'data'];
  await driver.addWatch('/past', 'persistentRecursive', { since, include });
  // The past comes before the answer to whatever is sent behind.
  await driver.request({ op: 'ping' });
  const events = driver.arrived.filter(isEvent).map(told);
  driver.disconnect();
  return events.slice(0, count + 1);
}

async function overEventStream(member: EnsembleMember, since: string, count: number) {
  const target = { path: '/past', recursive: true, include: 'stat,data', since };
  const stream = await EventStream.open(member.port, target);
  await stream.until((events) => events.length >= count);
  stream.close();
  return stream.events.map(({ event }) => event as Told);
}

interface Missed {
  readonly data: readonly string[];
  readonly child: readonly string[];
}

/** What one-shot watches of that time tell, when they are left again. */
async function leftAgain(member: EnsembleMember, since: string): Promise<Missed> {
  const driver = await WsDriver.connect(member.wsUrl);
  const paths = ['/past/text', '/past/mine', '/past/t', '/past/never'];
  const request = { op: 'setWatches', since, data: paths, child: paths };
  const { result } = await driver.request(request);
  await driver.request({ op: 'ping' });
  const events = driver.arrived.filter(isEvent);
  driver.disconnect();
  const heard = (kind: 'data' | 'child') =>
    (result[kind] as number[]).map(
      (watch) => events.find(({ watches }) => watches.includes(watch))?.event ?? 'armed',
    );
  return { data: heard('data'), child: heard('child') };
}

async function allTell(
  t: Test,
  members: readonly EnsembleMember[],
  since: string,
  live: readonly Told[],
): Promise<void> {
  for (const member of members) {
    const { id } = member;
    t.same(await overWebSocket(member, since, live.length), live, `member ${id}, WebSocket`);
    t.same(await overEventStream(member, since, live.length), live, `member ${id}, stream`);
    t.same(
      await leftAgain(member, since),
      {
        data: ['nodeCreated', 'nodeCreated', 'nodeCreated', 'armed'],
        child: ['armed', 'nodeDeleted', 'nodeChildrenChanged', 'armed'],
      },
      `member ${id}, one-shot watches: the first that each has missed`,
    );
  }
}

await t.test('the past is told as it was, by all, and after restarts', async (t) => {
  const ensemble = await startEnsemble(t, { args: ARGS });
  const [leader, [follower]] = [await ensemble.leader(), await ensemble.followers()];
  const witness = await clientOf(t, follower, 60_000);
  await witness.create('/past');
  const since = witness.zxid;
  const include = ['stat', 'data'];
  await witness.addWatch('/past', 'persistentRecursive', { include });
  await changeMuch(await WsDriver.connect(leader.wsUrl));
  const live = (await witness.events()).map(told);
  t.match(
    live.slice(0, 6),
    [
      { event: 'nodeCreated', data: 'one', stat: { version: 0, aversion: 0 } },
      { event: 'nodeDataChanged', data: '', stat: { version: 1, dataLength: 0 } },
      { event: 'nodeDataChanged', data: '/wA=', encoding: 'base64', stat: { version: 2 } },
      { event: 'nodeDataChanged', stat: { version: 3, aversion: 1 } },
      { path: '/past/ttl', stat: { mode: 'persistent_ttl', ttlMs: 3_600_000 } },
      { path: '/past/mine', stat: { mode: 'ephemeral' } },
    ],
    'as it happened',
  );
  t.equal(live.at(-1)?.event, 'nodeDeleted', 'the ephemeral last, when its session ended');
  for (const { event, zxid, stat } of live) {
    if (event !== 'nodeDeleted') t.equal(stat?.mzxid, zxid);
  }
  await ensemble.digests();
  await allTell(t, ensemble.members, since, live);
  for (const [at, member] of ensemble.members.entries()) {
    await member.kill(at === 0 ? 'SIGTERM' : 'SIGKILL');
    await member.start();
    await ensemble.whole();
  }
  await ensemble.digests();
  await allTell(t, ensemble.members, since, live);
});
