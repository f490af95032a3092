/** ACLs as large as they may be, on all that one request changes: no leader is lost by it. */
import t, { type Test } from 'tap';
import type { AclEntry } from '../conformance/driver.ts';
import type { Ensemble } from '../harness/ensemble.ts';
import { Ledger } from './ledger.ts';
import { agrees, clientOf, startEnsemble } from './setup.ts';

const TIMEOUT_MS = 4000;
const EPHEMERALS = 300;
/** In a frame of a client, which has not more than 2 MiB. */
const AT_ONCE = 20;

/** About 61 KB; everybody may do everything. */
const LARGE_ACL: readonly AclEntry[] = [
  ...Array.from({ length: 61 }, (_, n) => ({
    ...{ perms: 'r', scheme: 'x509' },
    id: `CN=${n}-${'x'.repeat(980)}`,
  })),
  { perms: 'cdrwa', scheme: 'world', id: 'anyone' },
];

async function sameLeader(t: Test, ensemble: Ensemble, act: () => Promise<void>): Promise<void> {
  const epoch = await ensemble.epoch();
  await act();
  await ensemble.whole();
  t.equal(await ensemble.epoch(), epoch, 'nobody else leads');
  t.equal(ensemble.running.length, 3, 'every member runs');
}

t.test('large ACLs', async (t) => {
  const ensemble = await startEnsemble(t);
  const [follower] = await ensemble.followers();
  const client = await clientOf(t, follower);
  await client.create('/large', { acl: LARGE_ACL });

  await t.test('a transaction of many changes under one', async (t) => {
    await sameLeader(t, ensemble, async () => {
      const ops = Array.from({ length: 900 }, () => ({ op: 'set', path: '/large', data: 'x' }));
      t.equal((await client.transaction(ops)).length, 900);
    });
    t.equal((await client.get('/large')).stat.version, 900);
  });

  await t.test('a session whose ephemerals all have one, and whose client is gone', async (t) => {
    const owner = await clientOf(t, follower, TIMEOUT_MS);
    await sameLeader(t, ensemble, async () => {
      for (let from = 0; from < EPHEMERALS; from += AT_ONCE) {
        const creates = Array.from({ length: AT_ONCE }, (_, n) => ({
          ...{ op: 'create', path: `/large/${from + n}`, mode: 'ephemeral', acl: LARGE_ACL },
        }));
        const answers = await owner.frame(creates);
        if (answers.some(({ error }) => error !== undefined)) throw new Error('not created');
      }
      owner.disconnect();
      await ensemble.until('the session has ended', async () => {
        return (await client.children('/large', { limit: 1 })).children.length === 0;
      });
    });
  });

  await agrees(t, ensemble, new Ledger());
});
