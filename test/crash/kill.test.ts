/**
 * A member is killed in the middle of pipelined writes, again and again on one data directory.
 * After each restart every acknowledged write is there, nothing is there twice, and every stat
 * agrees.
 */
import t from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { sleep } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { newDirectory, startMember } from '../harness/member.ts';
import { between, randomFrom, SEED } from './random.ts';
import { Workload } from './workload.ts';

const CYCLES = 50;
/** Every so many cycles the member is stopped in good order once more, and its digest compared. */
const CLEAN_RESTART_EVERY = 10;
const TIMEOUT_MS = 120_000;

t.setTimeout(180_000);

async function digestOf(port: number): Promise<string> {
  const http = new HttpClient(port);
  const answer = await http.send({ target: '/v1/ensemble' });
  http.close();
  return answer.json<{ members: { digest: string }[] }>().members[0]?.digest ?? 'none';
}

await t.test(`kill -9 in the middle of writes, ${CYCLES} times (seed ${SEED})`, async (t) => {
  const random = randomFrom(SEED);
  const dataDir = newDirectory();
  let member = await startMember({ dataDir });
  const owner = await WsDriver.connect(member.wsUrl, { timeoutMs: TIMEOUT_MS });
  await owner.create('/cycles');
  await owner.create('/ephemerals');
  const { token } = owner;
  owner.disconnect();
  const workloads: Workload[] = [];

  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const workload = new Workload(`/cycles/${cycle}`);
    workloads.push(workload);
    await workload.start(member.wsUrl);
    await sleep(between(random, 0, 60));
    await member.kill('SIGKILL');
    await workload.ended();

    member = await startMember({ dataDir });
    const client = await WsDriver.connect(member.wsUrl, { session: token });
    t.ok(client.resumed, `cycle ${cycle}: the session of the first cycle goes on`);
    await client.create(`/ephemerals/${cycle}`, { mode: 'ephemeral' });
    t.equal((await client.get('/ephemerals')).stat.numChildren, cycle + 1, 'with what it owns');
    const { acked, sent } = workload;
    const findings = await workload.verify(client);
    t.strictSame(findings, [], `cycle ${cycle}: ${acked} of ${sent} acknowledged`);
    client.disconnect();

    if (cycle % CLEAN_RESTART_EVERY !== CLEAN_RESTART_EVERY - 1) continue;
    const digest = await digestOf(member.port);
    await member.stop();
    member = await startMember({ dataDir });
    t.equal(await digestOf(member.port), digest, 'a clean restart changes nothing');
  }

  const client = await WsDriver.connect(member.wsUrl);
  const findings = [];
  for (const workload of workloads) findings.push(...(await workload.verify(client)));
  t.strictSame(findings, [], 'and in the end everything is still there');
  const acked = workloads.reduce((sum, workload) => sum + workload.acked, 0);
  t.comment(`${acked} writes acknowledged`);
  t.ok(acked > CYCLES * 50, 'the kills came in the middle of work');
  client.disconnect();
  await member.stop();
});
