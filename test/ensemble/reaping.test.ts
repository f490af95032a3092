/** What was due when the leader died is removed by the next one, and what was not due is not. */
import t from 'tap';
import { Ledger } from './ledger.ts';
import { agrees, clientOf, startEnsemble } from './setup.ts';

t.test('containers and TTL znodes outlive a leader no longer than they should', async (t) => {
  const ensemble = await startEnsemble(t);
  const leader = await ensemble.leader();
  const [follower] = await ensemble.followers();
  const client = await clientOf(t, follower);
  await client.create('/c', { mode: 'container' });
  await client.create('/c/x');
  await client.create('/soon', { mode: 'persistent_ttl', ttlMs: 1500 });
  await client.create('/late', { mode: 'persistent_ttl', ttlMs: 3_600_000 });
  await client.create('/used', { mode: 'container' });
  await client.create('/used/x');
  await client.delete('/c/x');
  await leader.kill();
  await ensemble.until('the next leader has removed what was due', async () => {
    const left = await Promise.all(['/c', '/soon'].map((path) => client.exists(path)));
    return left.every((stat) => stat === undefined);
  });
  t.ok(await client.exists('/late'));
  t.ok(await client.exists('/used/x'));
  await agrees(t, ensemble, new Ledger());
});
