/**
 * Sessions outlive the member: whatever time it was down does not count, and what they own stays.
 */
import t from 'tap';
import { codeOf } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { eventually, sleep } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';

const TIMEOUT_MS = 1500;

await t.test('a member that was down for longer than a session’s timeout', async (t) => {
  const first = await startMember();
  const owner = await HttpDriver.open(first.port, TIMEOUT_MS);
  await owner.create('/owned');
  for (const name of ['a', 'b', 'c']) {
    await owner.create(`/owned/${name}`, { mode: 'ephemeral_sequential' });
  }
  const other = await WsDriver.connect(first.wsUrl, { timeoutMs: TIMEOUT_MS });
  await other.create('/kept', { mode: 'ephemeral' });
  await first.kill('SIGKILL');
  owner.disconnect();
  await sleep(2 * TIMEOUT_MS);

  const began = performance.now();
  const second = await startMember({ dataDir: first.dataDir });
  t.teardown(() => second.stop());
  const client = await WsDriver.connect(second.wsUrl);
  t.teardown(() => client.disconnect());
  const { stat } = await client.get('/owned');
  t.equal(stat.numChildren, 3, 'everything it owns is still there');
  const resumed = await WsDriver.connect(second.wsUrl, { session: other.token });
  t.teardown(() => resumed.disconnect());
  t.ok(resumed.resumed);

  await client.addWatch('/owned', 'persistentRecursive');
  await client.until((one) => one.event === 'nodeDeleted', 20_000);
  const elapsed = performance.now() - began;
  t.ok(elapsed >= TIMEOUT_MS, `${elapsed} ms: its full time from the restart on`);
  t.ok(elapsed < TIMEOUT_MS + 5000, 'and no more than that');
  t.equal((await client.get('/owned')).stat.numChildren, 0, 'all of it under one zxid');
  t.equal(await codeOf(WsDriver.connect(second.wsUrl, { session: owner.token })), 'SessionExpired');

  t.ok(await resumed.exists('/kept'), 'the session that came back goes on');
  resumed.disconnect();
  await eventually('gone after all', async () => (await client.exists('/kept')) === undefined);
});

await t.test('what has ended stays ended, however soon the kill comes', async (t) => {
  const first = await startMember();
  const closed = await WsDriver.connect(first.wsUrl);
  await closed.create('/e', { mode: 'ephemeral' });
  await closed.closeSession();
  await first.kill('SIGKILL');
  const second = await startMember({ dataDir: first.dataDir });
  t.teardown(() => second.stop());
  const client = await WsDriver.connect(second.wsUrl);
  t.teardown(() => client.disconnect());
  t.equal(await client.exists('/e'), undefined);
  t.equal(
    await codeOf(WsDriver.connect(second.wsUrl, { session: closed.token })),
    'SessionExpired',
  );
});
