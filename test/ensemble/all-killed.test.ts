/** Every member is killed at once, in the middle of writes: what was acknowledged is on disks. */
import t from 'tap';
import { Load } from './load.ts';
import { agrees, clientOf, startEnsemble } from './setup.ts';

const KILLS = 10;
const WRITES_BETWEEN = 100;

t.setTimeout(200_000);

await t.test(`kill -9 of all members at once, ${KILLS} times`, async (t) => {
  const ensemble = await startEnsemble(t);
  const load = new Load(ensemble.members);
  await load.start(await clientOf(t, await ensemble.leader()));
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await load.hurry();
    await load.goesOn(WRITES_BETWEEN);
    await Promise.all(ensemble.members.map((member) => member.kill()));
    load.ease();
    await Promise.all(ensemble.members.map((member) => member.start()));
    await ensemble.whole();
  }
  await load.eachGoesOn();
  await load.stop();
  t.ok(load.ledger.count('unknown') >= KILLS, 'the kills came in the middle of work');
  await agrees(t, ensemble, load.ledger);
});
