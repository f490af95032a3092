/**
 * Ensembles that are not the usual three: observers, who hold and serve everything and never count,
 * and five members, who outlive the loss of two.
 */
import t, { type Test } from 'tap';
import { LEADER_WAIT_MS } from '../../server/requests.ts';
import { HttpClient, problemOf } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { creationsOf } from './ledger.ts';
import { Load } from './load.ts';
import { agrees, clientOf, GAP_MS, SLACK_MS, startEnsemble } from './setup.ts';
import { eventFindings, Watcher } from './watcher.ts';

const WRITES_BETWEEN = 100;

t.setTimeout(230_000);

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly outcome: string;
}

async function attempt(member: EnsembleMember, path: string): Promise<Refusal> {
  const http = new HttpClient(member.port);
  const answer = await http.send({ method: 'POST', target: `/v1/znodes${path}` });
  http.close();
  const { code, outcome } = problemOf(answer);
  return { status: answer.status, code, outcome };
}

/** Nobody leads: every member that is left refuses, in time, whether it votes or not. */
async function allRefuse(t: Test, ensemble: Ensemble, folder: string): Promise<void> {
  await ensemble.until('all that run know that nobody leads', async () => {
    const views = await Promise.all(ensemble.running.map((member) => member.view()));
    return views.every((view) => view !== undefined && view.leader === undefined);
  });
  const asked = ensemble.running.map(async (member) => {
    const began = performance.now();
    const refusal = await attempt(member, `${folder}/${member.id}`);
    return { id: member.id, refusal, ms: Math.round(performance.now() - began) };
  });
  for (const { id, refusal, ms } of await Promise.all(asked)) {
    const refused = { status: 503, code: 'NotReady', outcome: 'not-applied' };
    t.same(refusal, refused, `member ${id} refuses`);
    t.ok(ms < LEADER_WAIT_MS + SLACK_MS, `within ${ms} ms`);
  }
}

await t.test('observers hold and serve everything, and never count', async (t) => {
  const ensemble = await startEnsemble(t, { observers: 2 });
  const voters = ensemble.members.filter(({ votes }) => votes);
  const observers = ensemble.members.filter(({ votes }) => !votes);
  const [fourth, fifth] = observers;
  if (fourth === undefined || fifth === undefined) throw new Error('there are two observers');
  const setup = await clientOf(t, await ensemble.leader());
  await setup.create('/refused');
  const load = new Load(ensemble.members, { root: '/watched' });
  t.teardown(() => load.stop());
  await load.prepare(setup);
  const since = setup.zxid;
  const at = ensemble.members.indexOf(fourth);
  const watchers = (['ws', 'sse'] as const).map(
    (kind) => new Watcher(kind, '/watched', observers, at, since),
  );
  t.teardown(() => Promise.all(watchers.map((watcher) => watcher.stop())));
  await Promise.all(watchers.map((watcher) => watcher.start()));
  await load.start();

  const epoch = await ensemble.epoch();
  for (const observer of observers) await observer.kill();
  await load.goesOn(WRITES_BETWEEN);
  for (const observer of observers) await observer.start();
  await ensemble.whole();
  await load.eachGoesOn();
  fifth.pause();
  await load.goesOn(WRITES_BETWEEN);
  fifth.resume();
  t.equal(await ensemble.epoch(), epoch, 'observers may be killed and stopped: nobody is elected');

  const leader = await ensemble.leader();
  t.ok(leader.votes, 'a voter leads');
  await leader.kill();
  await load.goesOn(WRITES_BETWEEN);
  const second = await ensemble.leader();
  t.ok(second.votes, 'and another voter when it is killed');
  await load.eachGoesOn();
  await load.stop();
  const client = await WsDriver.connect(fourth.wsUrl, { timeoutMs: 60_000, readOnly: true });
  t.teardown(() => client.disconnect());
  await second.kill();
  t.equal(ensemble.running.length, 3, 'a voter and two observers are left, three of five');
  await allRefuse(t, ensemble, '/refused');
  t.equal((await client.children('/refused')).children.length, 0, 'they show what they have');
  for (const voter of voters) if (!voter.running) await voter.start();
  await ensemble.whole();
  await agrees(t, ensemble, load.ledger, fifth);
  t.equal((await client.children('/refused')).children.length, 0, 'what was refused is not there');

  await client.set('/refused', 'by way of an observer');
  t.equal(
    (await client.get('/refused')).data,
    'by way of an observer',
    'read where it was written',
  );
  const expected = await creationsOf(client, load.ledger.folders);
  await ensemble.until('every watcher has seen the last change', async () =>
    watchers.every(({ events }) => events.at(-1)?.zxid === expected.at(-1)?.zxid),
  );
  for (const watcher of watchers) {
    const findings = [...watcher.findings, ...eventFindings(watcher, expected)];
    t.same(findings, [], `${watcher.name}: all ${expected.length} events`);
    t.equal(watcher.gaps, 0);
  }
});

await t.test('five members outlive two', async (t) => {
  const ensemble = await startEnsemble(t, { voters: 5 });
  const setup = await clientOf(t, await ensemble.leader());
  const load = new Load(ensemble.members);
  t.teardown(() => load.stop());
  await load.start(setup);

  const leader = await ensemble.leader();
  const [follower] = await ensemble.followers();
  const began = performance.now();
  await Promise.all([leader.kill(), follower.kill()]);
  await load.goesOn(WRITES_BETWEEN);
  const gap = Math.round(load.ledger.gap(began, performance.now()));
  t.ok(gap <= GAP_MS + SLACK_MS, `with the leader and another killed: ${gap} ms without a success`);
  await load.eachGoesOn();

  await Promise.all([leader.start(), follower.start()]);
  await ensemble.whole();
  await load.eachGoesOn();
  await load.stop();
  await agrees(t, ensemble, load.ledger, leader);
});
