/**
 * Members whose limits differ, as while they are changed one member after the other: what is
 * accepted is what both the member that is asked and the leader accept; what was accepted is the
 * same on all, also on those that would have refused it.
 */
import t, { type Test } from 'tap';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';
import { BY_SNAPSHOT, SHORT_PAST, untilTrimmed } from './trimming.ts';

const MIB = 1024 * 1024;

const limits = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).flatMap(([name, value]) => ['--limit', `${name}=${value}`]);

const ROOMY = limits({ dataBytes: 3 * MIB, bodyBytes: 5 * MIB, frameBytes: 5 * MIB });
const TIGHT = limits({
  ...{ dataBytes: 1000, transactionBytes: 1000, entryBytes: 4000, pathBytes: 100, nameBytes: 50 },
  ...{ bodyBytes: 4000, frameBytes: 64_000, aclEntries: 2, transactionOps: 5, pathDepth: 5 },
  ...{ recursiveDelete: 2, ephemeralsPerSession: 2, jsonDepth: 12 },
});

/** Each byte is six in JSON: as a row of a snapshot it has 18 MiB. */
const LARGE = '\u0001'.repeat(3 * MIB);
const LONG_PATH = `/${'n'.repeat(200)}`;

interface Answer {
  readonly status: number;
  readonly problem: { readonly limit?: { readonly name: string; readonly value: number } };
}

async function put({ url }: EnsembleMember, path: string, body: string): Promise<Answer> {
  const answer = await fetch(`${url}/v1/znodes${path}`, { method: 'PUT', body });
  const json = (await answer.json()) as Answer['problem'];
  return { status: answer.status, problem: json };
}

/** Kills who leads, until it is this member or another one, as wanted. */
async function lead(ensemble: Ensemble, wanted: (leader: EnsembleMember) => boolean) {
  for (;;) {
    const leader = await ensemble.whole();
    if (wanted(leader)) return leader;
    await leader.kill();
    await ensemble.leader();
    await leader.start();
  }
}

async function equalTrees(t: Test, ensemble: Ensemble): Promise<void> {
  t.equal(new Set(await ensemble.digests()).size, 1, 'the trees of all are equal');
}

t.test('members with other limits than their leader', async (t) => {
  const ensemble = await startEnsemble(t, { args: SHORT_PAST }, async ({ members }) => {
    for (const member of members) {
      // Of equal members the one with the largest number is elected: the tight one leads first.
      member.args = [...member.args, ...(member.id === members.length ? TIGHT : ROOMY)];
    }
  });
  const [roomy, , tight] = ensemble.members;
  if (roomy === undefined || tight === undefined) throw new Error('there are three');

  await t.test('a leader refuses by its own limits what others have taken', async (t) => {
    await lead(ensemble, (leader) => leader === tight);
    const { status, problem } = await put(roomy, '/large', LARGE);
    t.equal(status, 413);
    t.match(problem, { code: 'TooLarge', limit: { name: 'dataBytes', value: 1000 } });
    const long = await put(roomy, LONG_PATH, 'x');
    t.match(long, { status: 400, problem: { limit: { name: 'pathBytes', value: 100 } } });
    t.equal((await put(roomy, '/small', 'x')).status, 201, 'and goes on');
    await equalTrees(t, ensemble);
  });

  await t.test('what a leader has accepted is taken by those with lower limits', async (t) => {
    const leader = await lead(ensemble, (one) => one !== tight);
    t.equal((await put(leader, '/large', LARGE)).status, 201);
    t.equal((await put(leader, LONG_PATH, 'x')).status, 201);
    const client = await clientOf(t, leader);
    const ops = Array.from({ length: 900 }, (_, n) => ({ op: 'create', path: `/small/${n}` }));
    await client.transaction(ops);
    const acl = Array.from({ length: 20 }, (_, n) => ({
      ...{ perms: n === 0 ? 'cdrwa' : 'r', scheme: 'world', id: 'anyone' },
    }));
    await client.setAcl('/small', acl);
    await equalTrees(t, ensemble);
    const answer = await fetch(`${tight.url}/v1/znodes/large`, {
      headers: { accept: 'application/octet-stream' },
    });
    t.equal(await answer.text(), LARGE, 'and is shown by them');
    const refused = await put(tight, '/small', 'x'.repeat(1001));
    t.match(refused, { status: 413, problem: { limit: { name: 'dataBytes', value: 1000 } } });
    t.equal((await put(tight, '/small', 'x')).status, 200, 'which refuse it of their own clients');
    await client.delete('/small', { recursive: true });
    await equalTrees(t, ensemble);
  });

  await t.test('what is larger than they allow comes to them by a snapshot', async (t) => {
    const leader = await lead(ensemble, (one) => one !== tight);
    const client = await clientOf(t, leader);
    const { zxid } = client;
    await client.create('/n');
    await tight.kill();
    tight.loseDisk();
    // More than the 8 MiB of its log that a leader keeps in memory.
    for (let n = 0; n < 3; n += 1) t.equal((await put(leader, '/large', LARGE)).status, 200);
    await untilTrimmed(leader, client, '/n', zxid);
    await tight.start();
    await ensemble.whole();
    t.match(tight.lifeOutput, BY_SNAPSHOT);
    await equalTrees(t, ensemble);
  });

  await t.test('and is there when they start and lead', async (t) => {
    await Promise.all(ensemble.members.map((member) => member.kill()));
    await Promise.all(ensemble.members.map((member) => member.start()));
    await lead(ensemble, (leader) => leader === tight);
    await equalTrees(t, ensemble);
    t.equal((await put(roomy, '/large', 'x')).status, 200, 'it can be changed by them');
    const deleted = await fetch(`${roomy.url}/v1/znodes${LONG_PATH}`, { method: 'DELETE' });
    t.equal(deleted.status, 400, 'but for what has a path that they do not allow');
    await equalTrees(t, ensemble);
  });
});
