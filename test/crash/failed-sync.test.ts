/**
 * A disk that fails to sync: what was written then is never acknowledged, and the member ends at
 * once. Nothing is tried again, for the system may have dropped what it could not write.
 */
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Ensemble } from '../harness/ensemble.ts';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { failingSyncs, straceMissing } from './volume.ts';

/** Every call of the system is stopped at: on a loaded machine that takes long. */
const PATIENCE_MS = 40_000;

/** Told by SQLite, or by the sync of the high-water mark, whichever comes first. */
const FAILED = /the data directory cannot be used: (disk I\/O error|EIO: i\/o error, fdatasync)/;

t.setTimeout(120_000);

const missing = straceMissing();
if (missing !== undefined) console.error(`NOT TESTED: disks that fail to sync; ${missing}`);
const skip = missing ?? false;

/** Waits for its end; what it printed last when it does not come. */
async function ended(isGone: () => boolean, output: () => string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isGone()) {
    if (performance.now() > deadline) throw new Error(`it still runs:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test('a member whose syncs fail', { skip }, async (t) => {
  let member: MemberProcess = await startMember();
  const { dataDir } = member;
  const client = await WsDriver.connect(member.wsUrl);
  await client.create('/a');
  for (let n = 0; n < 10; n += 1) await client.set('/a', `acknowledged ${n}`);
  const heal = await failingSyncs(member.pid);
  if (heal === undefined) {
    console.error('NOT TESTED: disks that fail to sync; strace may not trace here');
    return;
  }
  const http = new HttpClient(member.port);
  const put = { method: 'PUT', target: '/v1/znodes/a', body: 'not acknowledged' };
  const sets = Array.from({ length: 20 }, () => ({ op: 'set', path: '/a', data: 'nor this' }));
  const before = client.arrived.length;
  const [overHttp, overWebSocket] = await Promise.allSettled([
    http.send(put),
    client.pipeline(sets),
  ]);
  await ended(() => member.gone, member.output);
  await heal();
  http.close();
  t.notOk(overHttp.status === 'fulfilled' && overHttp.value.status < 300, 'nothing over HTTP');
  t.equal(overWebSocket.status, 'rejected');
  const told = client.arrived.slice(before).filter(({ id }) => id !== undefined);
  t.same(
    told.filter(({ error }) => error === undefined),
    [],
    'nothing over a WebSocket',
  );
  t.equal(member.exitCode, 74, 'it says that the disk has failed');
  t.match(member.output(), FAILED);

  member = await startMember({ dataDir });
  t.teardown(() => member.stop());
  const again = await WsDriver.connect(member.wsUrl);
  const { data, stat } = await again.get('/a');
  t.ok(stat.version >= 10, `what was acknowledged is there, version ${stat.version}`);
  t.match(data, /^acknowledged 9$|^not acknowledged$|^nor this$/);
  await again.set('/a', 'goes on');
  again.disconnect();
});

t.test('a leader whose syncs fail is replaced, and misses nothing later', { skip }, async (t) => {
  const ensemble = await Ensemble.start();
  t.teardown(() => ensemble.end());
  const leader = await ensemble.leader();
  const [follower] = await ensemble.followers();
  const client = await WsDriver.connect(follower.wsUrl);
  t.teardown(() => client.disconnect());
  await client.create('/a');
  const heal = await failingSyncs(leader.pid);
  if (heal === undefined) return;
  const outcome = await client.set('/a', 'x').then(
    () => 'done',
    () => 'unknown',
  );
  await ended(
    () => !leader.running,
    () => leader.output,
  );
  await heal();
  t.match(leader.output, FAILED);
  await ensemble.whole();
  const { stat } = await client.get('/a');
  if (outcome === 'done') t.equal(stat.version, 1, 'a quorum had it without this disk');
  await client.set('/a', 'y');
  await leader.start();
  t.equal(new Set(await ensemble.digests()).size, 1, 'it comes back to the same');
});
