/**
 * One member of three that can reach nobody: it refuses to write, within the time that it says, and
 * what it refuses is never there. When the others are back all agree.
 */
import t, { type Test } from 'tap';
import { LEADER_WAIT_MS } from '../../server/requests.ts';
import { READ_ONLY_AFTER_MS } from '../../server/service.ts';
import type { Problem } from '../conformance/driver.ts';
import { refusalOf } from '../conformance/driver.ts';
import { HttpClient, problemOf } from '../conformance/http-exchange.ts';
import type { WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, SLACK_MS, startEnsemble } from './setup.ts';

t.setTimeout(120_000);

type Fate = 'killed' | 'paused';

async function takeAway(members: readonly EnsembleMember[], fate: Fate): Promise<void> {
  for (const member of members) {
    if (fate === 'paused') member.pause();
    else await member.kill();
  }
}

async function bringBack(members: readonly EnsembleMember[], fate: Fate): Promise<void> {
  for (const member of members) {
    if (fate === 'paused') member.resume();
    else await member.start();
  }
}

interface Answer {
  readonly problem: Problem;
  readonly status: number;
  readonly ms: number;
}

async function timed(ask: () => Promise<{ problem: Problem; status: number }>): Promise<Answer> {
  const began = performance.now();
  return { ...(await ask()), ms: performance.now() - began };
}

/** Every kind of request that needs a quorum, all at once. */
function requestsOf(client: WsDriver, http: HttpClient): Record<string, Promise<Answer>> {
  const overHttp = (method: string, target: string, json?: unknown) =>
    timed(async () => {
      const answer = await http.send({ method, target, ...(json === undefined ? {} : { json }) });
      return { problem: problemOf(answer), status: answer.status };
    });
  const overWs = (request: Promise<unknown>) =>
    timed(async () => ({ problem: await refusalOf(request), status: 503 }));
  return {
    'POST of a znode': overHttp('POST', '/v1/znodes/refused/http-create'),
    'PUT of a znode': overHttp('PUT', '/v1/znodes/refused/http-set', { data: 'x' }),
    'DELETE of a znode': overHttp('DELETE', '/v1/znodes/kept'),
    'a transaction': overHttp('POST', '/v1/transactions', {
      ops: [{ op: 'create', path: '/refused/transaction' }],
    }),
    'a session': overHttp('POST', '/v1/sessions', { timeoutMs: 5000 }),
    'a barrier': overHttp('POST', '/v1/sync'),
    'create over WebSocket': overWs(client.create('/refused/ws-create')),
    'sync over WebSocket': overWs(client.sync()),
  };
}

async function refuses(t: Test, ensemble: Ensemble, alone: EnsembleMember, fate: Fate) {
  const others = ensemble.others(alone);
  const http = new HttpClient(alone.port);
  const client = await clientOf(t, alone, 60_000);
  await takeAway(others, fate);
  await ensemble.until('it knows that it has no leader', async () => {
    const view = await alone.view();
    return view !== undefined && view.leader === undefined;
  });
  for (const [what, asked] of Object.entries(requestsOf(client, http))) {
    const { problem, status, ms } = await asked;
    const { code, outcome } = problem;
    t.same([status, code, outcome], [503, 'NotReady', 'not-applied'], `${what} is refused`);
    t.ok(ms < LEADER_WAIT_MS + SLACK_MS, `within ${Math.round(ms)} ms`);
  }
  const target = '/v1/znodes/kept';
  const read = await http.send({ target });
  t.equal(read.status, 503, 'what it has may be old, and is not shown to who might not know');
  const marked = await http.send({ target, headers: { 'paddock-read-only': 'true' } });
  t.equal(marked.status, 200, 'who allows it is shown what it has');
  const age = Number(marked.headers['paddock-age']);
  t.ok(age >= READ_ONLY_AFTER_MS, `and told how old that may be: ${age} ms`);
  t.equal((await http.send({ target: '/readyz' })).status, 503, 'it does not claim to serve');
  const status = await alone.view();
  t.same(
    status?.members.map(({ id, reachable }) => [id, reachable]),
    ensemble.members.map(({ id }) => [id, id === alone.id]),
    'and says whom it cannot reach',
  );
  http.close();

  await bringBack(others, fate);
  await ensemble.whole();
  await client.set('/kept', `after ${fate}`);
  t.equal(new Set(await ensemble.digests()).size, 1, 'after healing all agree');
  const { children } = await (await clientOf(t, others[0] ?? alone)).children('/refused');
  t.same(children, [], 'nothing of what was refused was done');
}

await t.test('a minority', async (t) => {
  const ensemble = await startEnsemble(t);
  const client = await clientOf(t, await ensemble.leader());
  await client.create('/kept', { data: 'before' });
  await client.create('/refused');

  await t.test('a follower whose others are dead', async (t) => {
    const [follower] = await ensemble.followers();
    await refuses(t, ensemble, follower, 'killed');
  });
  await t.test('a leader whose followers are dead', async (t) => {
    await refuses(t, ensemble, await ensemble.leader(), 'killed');
  });
  await t.test('a follower whose others are paused', async (t) => {
    const [follower] = await ensemble.followers();
    await refuses(t, ensemble, follower, 'paused');
  });
  await t.test('a leader whose followers are paused', async (t) => {
    await refuses(t, ensemble, await ensemble.leader(), 'paused');
  });

  await t.test(
    'what is asked before it is known that nobody leads waits for a while',
    async (t) => {
      const [follower] = await ensemble.followers();
      const others = ensemble.others(follower);
      const one = await clientOf(t, follower, 60_000);
      await takeAway(others, 'killed');
      const began = performance.now();
      const early = one.create('/refused/early');
      const problem = await refusalOf(early);
      const ms = performance.now() - began;
      t.match(problem.code, /^(NotReady|OutcomeUnknown)$/);
      t.ok(ms < LEADER_WAIT_MS + SLACK_MS, `${problem.code} within ${Math.round(ms)} ms`);
      const waiting = one.create('/kept/waiting');
      await bringBack(others, 'killed');
      t.equal((await waiting).path, '/kept/waiting', 'and is done when there is a leader in time');
      await ensemble.digests();
    },
  );
});
