/**
 * Directories of two ensembles that have the same secret and the same numbers of members: put in
 * the wrong place, one costs nobody anything, and says why it is left out.
 */
import { renameSync, rmSync } from 'node:fs';
import t, { type Test } from 'tap';
import { Ensemble, type EnsembleMember } from '../harness/ensemble.ts';
import { newDirectory, startMember } from '../harness/member.ts';
import { startEnsemble } from './setup.ts';

t.setTimeout(120_000);

const STRANGE = /the member has no leader yet; its data directory is of another ensemble/;

async function put(member: EnsembleMember, path: string): Promise<number> {
  const answer = await fetch(`${member.url}/v1/znodes${path}`, { method: 'PUT', body: 'x' });
  return answer.status;
}

async function statusOf(member: EnsembleMember, path: string): Promise<number> {
  return (await fetch(`${member.url}/v1/znodes${path}`)).status;
}

/** All at once, as when the power fails: what a directory knows is in its log alone. */
async function killAll(ensemble: Ensemble): Promise<void> {
  await Promise.all(ensemble.running.map((member) => member.kill()));
}

const former = (member: EnsembleMember) => `${member.dataDir}-former`;

/** Two ensembles by turns in one place. The former one has `/former`, and the later epoch. */
async function twoEnsembles(t: Test): Promise<Ensemble> {
  const ensemble = await startEnsemble(t);
  t.equal(await put(ensemble.member(1), '/former'), 201);
  await (await ensemble.leader()).kill();
  await ensemble.leader();
  await killAll(ensemble);
  for (const member of ensemble.members) renameSync(member.dataDir, former(member));
  await startAll(ensemble, [1, 2, 3]);
  await ensemble.whole();
  t.equal(await put(ensemble.member(1), '/latter'), 201);
  await ensemble.digests();
  await killAll(ensemble);
  return ensemble;
}

async function startAll(ensemble: Ensemble, ids: readonly number[]): Promise<void> {
  await Promise.all(ids.map((id) => ensemble.member(id).start()));
}

/** The directory that is there takes the place of the other one, which is kept. */
function swap(member: EnsembleMember): void {
  const aside = `${member.dataDir}-aside`;
  renameSync(member.dataDir, aside);
  renameSync(former(member), member.dataDir);
  renameSync(aside, former(member));
}

async function told(ensemble: Ensemble, member: EnsembleMember): Promise<void> {
  await ensemble.until(`member ${member.id} says why nobody talks to it`, async () =>
    STRANGE.test((await member.status())?.reason ?? ''),
  );
}

const refusal = (start: Promise<unknown>) =>
  start.then(
    () => 'it started',
    (error: Error) => error.message,
  );

await t.test('a directory of another ensemble is left out, and ruins nobody', async (t) => {
  const ensemble = await twoEnsembles(t);
  const [one, two, three] = [1, 2, 3].map((id) => ensemble.member(id)) as [
    EnsembleMember,
    EnsembleMember,
    EnsembleMember,
  ];
  swap(two);

  // It is there before the others have a quorum, with the longer log.
  await startAll(ensemble, [1, 2]);
  await told(ensemble, two);
  const ready = await fetch(`${two.url}/readyz`);
  t.equal(ready.status, 503);
  t.match(((await ready.json()) as { detail: string }).detail, STRANGE);
  // What a member writes comes by another way than its answers.
  await ensemble.until('both log why', async () =>
    [one, two].every(({ lifeOutput }) => /"reason":"OtherEnsemble/.test(lifeOutput)),
  );
  await three.start();
  await ensemble.until('the two others have a leader', async () => {
    const views = await Promise.all([one.view(), three.view()]);
    return views.every((view) => view?.leader === 1 || view?.leader === 3);
  });
  t.equal(await put(one, '/after-1'), 201);
  t.equal(await statusOf(one, '/latter'), 200);
  t.equal(await statusOf(one, '/former'), 404);
  t.equal((await two.status())?.role, 'looking');

  // It comes after them.
  await two.kill();
  await two.start();
  await told(ensemble, two);
  t.equal(await put(three, '/after-2'), 201);
  const turnedAway = /"reason":"OtherEnsemble","msg":"turned away at the peer listener"/;
  const lines = two.output.split('\n').filter((line) => turnedAway.test(line));
  t.ok(lines.length <= 4, 'nobody fills the log with it');

  // With its own directory it is one of them again.
  await two.kill();
  swap(two);
  await two.start();
  await ensemble.whole();
  t.equal(new Set(await ensemble.digests()).size, 1);
  for (const path of ['/latter', '/after-1', '/after-2']) t.equal(await statusOf(two, path), 200);

  // And with none at all.
  await two.kill();
  two.loseDisk();
  await two.start();
  await ensemble.whole();
  t.equal(new Set(await ensemble.digests()).size, 1);
  t.equal(await statusOf(two, '/after-2'), 200, 'a blank one is given everything');

  // Nor does it start with others than those that founded it.
  await two.kill();
  const five = await Ensemble.prepare({ voters: 4, observers: 1 });
  t.teardown(() => five.end());
  const message = await refusal(startMember({ dataDir: two.dataDir, args: five.member(2).args }));
  t.match(message, /exit code 78/);
  t.match(message, /ensemble of 1, 2, 3, and the flags name the members 1, 2, 3, 4 and the obs/);
  t.match(message, /name those that it was founded with, or use an empty directory/);
});

await t.test(
  'the directory of a member that was alone is not taken for one of several',
  async (t) => {
    const alone = newDirectory();
    const single = await startMember({ dataDir: alone, args: ['--id', '1'] });
    t.equal((await fetch(`${single.url}/v1/znodes/x`, { method: 'PUT', body: 'x' })).status, 201);
    await single.kill();

    const three = await Ensemble.prepare();
    t.teardown(() => three.end());
    const [first] = three.members as [EnsembleMember];
    renameSync(alone, first.dataDir);
    const message = await refusal(first.start());
    t.match(message, /exit code 78/);
    t.match(message, /belongs to a member that is alone, and the flags name the members 1, 2, 3/);
    t.match(message, /start it without --member, or use an empty directory/);
    renameSync(first.dataDir, alone);
    const again = await startMember({ dataDir: alone, args: ['--id', '1'] });
    t.equal((await fetch(`${again.url}/v1/znodes/x`)).status, 200, 'it is none the worse for it');
    await again.stop();
    rmSync(alone, { recursive: true });
  },
);
