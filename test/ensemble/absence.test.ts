/**
 * Members that were away, for a moment, for long or for good with their disk, come back while the
 * others write: by the log, or by a snapshot when the log does not reach back that far.
 */
import t, { type Test } from 'tap';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import type { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { agrees, clientOf, GAP_MS, SLACK_MS, startEnsemble } from './setup.ts';
import { BY_SNAPSHOT, SHORT_PAST, writeMuch } from './trimming.ts';

t.setTimeout(150_000);

async function leaderWritesMuch(t: Test, ensemble: Ensemble): Promise<void> {
  const leader = await ensemble.leader();
  await writeMuch(leader, await clientOf(t, leader), '/big');
}

let loads = 0;

/** It comes back under load; whether it needed a snapshot. */
async function comesBack(
  t: Test,
  ensemble: Ensemble,
  member: EnsembleMember,
): Promise<{ readonly bySnapshot: boolean; readonly ledger: Ledger }> {
  loads += 1;
  const load = new Load(ensemble.members, { writers: 6, everyMs: 60, root: `/load-${loads}` });
  await load.start(await clientOf(t, await ensemble.leader()));
  const began = performance.now();
  await member.start();
  await ensemble.whole();
  await load.eachGoesOn();
  const gap = Math.round(load.ledger.gap(began, performance.now()));
  await load.stop();
  t.ok(gap < GAP_MS + SLACK_MS, `writes went on meanwhile: ${gap} ms at most without a success`);
  const bySnapshot = member.lifeOutput.includes(BY_SNAPSHOT);
  const metrics = await (await fetch(`${member.url}/metrics`)).text();
  const received = Number(/^snap_received_count (\d+)$/m.exec(metrics)?.[1]);
  t.equal(received > 0, bySnapshot, `its metrics say so, too: ${received} snapshots`);
  return { bySnapshot, ledger: load.ledger };
}

await t.test('members that were away come back while writes go on', async (t) => {
  const ensemble = await startEnsemble(t, { args: SHORT_PAST });
  await (await clientOf(t, await ensemble.leader())).create('/big');
  const [member] = await ensemble.followers();

  await member.kill();
  const moment = await comesBack(t, ensemble, member);
  t.notOk(moment.bySnapshot, 'after a moment: by the log');

  await member.kill();
  await leaderWritesMuch(t, ensemble);
  const long = await comesBack(t, ensemble, member);
  t.ok(long.bySnapshot, 'after a long time: by a snapshot');

  await member.kill();
  member.loseDisk();
  await leaderWritesMuch(t, ensemble);
  const emptied = await comesBack(t, ensemble, member);
  t.ok(emptied.bySnapshot, 'with an empty disk: by a snapshot');

  const leader = await ensemble.leader();
  await leader.kill();
  leader.loseDisk();
  await leaderWritesMuch(t, ensemble);
  const led = await comesBack(t, ensemble, leader);
  t.ok(led.bySnapshot, 'also the one that led, with an empty disk');

  // What came by snapshots is on their own disks, and the two can go on with it alone.
  await Promise.all(ensemble.members.map((one) => one.kill()));
  await Promise.all([member.start(), leader.start()]);
  for (const { ledger } of [moment, long, emptied, led]) await agrees(t, ensemble, ledger, member);
  await (await clientOf(t, leader)).set('/big', 'by two');
});
