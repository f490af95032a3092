/** Nobody is elected while nothing is wrong: when members are busy with readers, and when not. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { codeOf } from '../conformance/driver.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { ELECTION_TIMEOUT_MS } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';

const IDLE_MS = 30_000;
const READERS = 6;
/** They read as fast as they can for ten election timeouts, and then not at all. */
const BUSY_MS = 10 * ELECTION_TIMEOUT_MS;

t.setTimeout(120_000);

await t.test(`${IDLE_MS / 1000} s without an election, busy and idle`, async (t) => {
  const ensemble = await startEnsemble(t);
  const leader = await ensemble.leader();
  const client = await clientOf(t, leader, 5000);
  await client.create('/read', { data: 'x'.repeat(1000) });
  await client.create('/owned', { mode: 'ephemeral' });
  await ensemble.digests();
  const epoch = await ensemble.epoch();
  const roles = () => ensemble.members.map(({ output }) => output.split('"msg":"role"').length);
  const before = roles();

  let reading = true;
  const wrong: number[] = [];
  let reads = 0;
  const readers = Array.from({ length: READERS }, async (_, at) => {
    const member = ensemble.members[at % ensemble.members.length];
    if (member === undefined) throw new Error('there are members');
    const http = new HttpClient(member.port);
    while (reading) {
      const { status } = await http.send({ target: '/v1/znodes/read' });
      if (status !== 200) wrong.push(status);
      reads += 1;
    }
    http.close();
  });
  await sleep(BUSY_MS);
  reading = false;
  await Promise.all(readers);
  await sleep(IDLE_MS - BUSY_MS);

  t.same(wrong, [], `all ${reads} reads were answered`);
  t.equal((await ensemble.leader()).id, leader.id, 'the same member leads');
  t.equal(await ensemble.epoch(), epoch, 'in the same epoch');
  t.same(roles(), before, 'and none has doubted it for a moment');
  t.ok(await client.exists('/owned'), 'sessions live on what the network stack answers');
  t.equal(await codeOf(client.create('/owned')), 'NodeExists');
});
