/**
 * Events on every member, across the deaths of leaders: all watchers see the same, which is all
 * that happened, in order, none missing and none twice.
 */
import t from 'tap';
import { creationsOf } from './ledger.ts';
import { Load } from './load.ts';
import { agrees, clientOf, startEnsemble } from './setup.ts';
import { eventFindings, Watcher } from './watcher.ts';

const KILLS = 3;
const WRITES_BETWEEN = 100;

t.setTimeout(120_000);

await t.test('every watcher sees every change once, in order', async (t) => {
  const ensemble = await startEnsemble(t);
  const client = await clientOf(t, await ensemble.leader(), 60_000);
  const load = new Load(ensemble.members, { root: '/watched' });
  await load.prepare(client);
  const since = client.zxid;
  const watchers = ensemble.members.flatMap((_, at) => [
    new Watcher('ws', '/watched', ensemble.members, at, since),
    new Watcher('sse', '/watched', ensemble.members, at, since),
  ]);
  t.teardown(() => Promise.all(watchers.map((watcher) => watcher.stop())));
  await Promise.all(watchers.map((watcher) => watcher.start()));

  await load.start();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const leader = await ensemble.leader();
    await leader.kill();
    await load.goesOn(WRITES_BETWEEN);
    await leader.start();
    await ensemble.whole();
    await load.eachGoesOn();
  }
  const [follower] = await ensemble.followers();
  await follower.stop();
  await load.goesOn(WRITES_BETWEEN);
  await follower.start();
  await load.eachGoesOn();
  await load.stop();
  await agrees(t, ensemble, load.ledger);

  const reader = await clientOf(t, await ensemble.leader());
  const expected = await creationsOf(reader, load.ledger.folders);
  await ensemble.until('every watcher has seen the last change', async () =>
    watchers.every(({ events }) => events.at(-1)?.zxid === expected.at(-1)?.zxid),
  );
  for (const watcher of watchers) {
    const { name, connections } = watcher;
    const what = `${name}, over ${connections} connections: all ${expected.length} events`;
    t.same([...watcher.findings, ...eventFindings(watcher, expected)], [], what);
    t.equal(watcher.gaps, 0, 'from where it had come to, each time');
  }
  const all = watchers.reduce((sum, { connections }) => sum + connections, 0);
  t.ok(all >= watchers.length + 2 * KILLS, 'the kills cut connections of watchers');
});
