/**
 * A member is killed in the middle of pipelined writes, again and again on one data directory.
 * After each restart every acknowledged write is there, nothing is there twice, and every stat
 * agrees.
 */
import t, { type Test } from 'tap';
import { HttpClient } from '../conformance/http-exchange.ts';
import { sleep } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { newDirectory, startMember } from '../harness/member.ts';
import { between, type Random, randomFrom, SEED } from './random.ts';
import { verifyAll, Workload } from './workload.ts';

/** One after the other: in a single one every start would recover more than the one before. */
const DIRECTORIES = 5;
/** In each directory. */
const CYCLES = 10;
/**
 * After so many of them the member is stopped in good order and started once more, its digest is
 * compared, and the kills go on with what that stop has moved from the log into the tables.
 */
const BEFORE_CLEAN_RESTART = 6;
/** The kill comes when a random number of writes is acknowledged, up to this one. */
const MOST_ACKED = 600;
const TIMEOUT_MS = 120_000;

t.setTimeout(180_000);

async function digestOf(port: number): Promise<string> {
  const http = new HttpClient(port);
  const answer = await http.send({ target: '/v1/ensemble' });
  http.close();
  return answer.json<{ members: { digest: string }[] }>().members[0]?.digest ?? 'none';
}

/** Kills a member of a new directory again and again; returns how much it had acknowledged. */
async function killAgainAndAgain(t: Test, random: Random): Promise<number> {
  const dataDir = newDirectory();
  let member = await startMember({ dataDir });
  const owner = await WsDriver.connect(member.wsUrl, { timeoutMs: TIMEOUT_MS });
  await owner.create('/ephemerals');
  const { token } = owner;
  owner.disconnect();
  const workloads: Workload[] = [];

  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const workload = new Workload(`/cycle-${cycle}`);
    workloads.push(workload);
    await workload.start(member.wsUrl);
    await workload.acknowledged(between(random, 0, MOST_ACKED));
    await sleep(between(random, 0, 10));
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

    if (cycle + 1 !== BEFORE_CLEAN_RESTART) continue;
    const digest = await digestOf(member.port);
    await member.stop();
    member = await startMember({ dataDir });
    t.equal(await digestOf(member.port), digest, 'a clean restart changes nothing');
  }

  const findings = await verifyAll(workloads, member.wsUrl);
  t.strictSame(findings, [], 'and in the end everything is still there');
  await member.kill();
  return workloads.reduce((sum, { acked }) => sum + acked, 0);
}

const times = DIRECTORIES * CYCLES;
await t.test(`kill -9 in the middle of writes, ${times} times (seed ${SEED})`, async (t) => {
  const random = randomFrom(SEED);
  for (let number = 1; number <= DIRECTORIES; number += 1) {
    await t.test(`data directory ${number}`, async (t) => {
      const acked = await killAgainAndAgain(t, random);
      t.comment(`${acked} writes acknowledged`);
      t.ok(acked > CYCLES * 50, 'the kills came in the middle of work');
    });
  }
});
