/**
 * The leader is stopped for five seconds with all its streams open, as a machine that stalls would
 * be. The others go on; when it wakes up it believes for a moment that it leads still, and neither
 * answers from then nor disturbs anybody.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type HttpAnswer, HttpClient } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { Load } from './load.ts';
import { agrees, clientOf, SLACK_MS, startEnsemble } from './setup.ts';

const PAUSE_MS = 5000;
/** Patience of the others, twice the election timeout at most, and a moment for what is owed. */
const REPLACED_MS = 2500;

t.setTimeout(120_000);

/** Asks over connections that stand already, so that nothing comes before these on waking up. */
class Asker {
  readonly #http: HttpClient;
  readonly #ws: WsDriver;

  private constructor(http: HttpClient, ws: WsDriver) {
    this.#http = http;
    this.#ws = ws;
  }

  static async of(t: Test, { port, wsUrl }: EnsembleMember): Promise<Asker> {
    const http = new HttpClient(port);
    await http.send({ target: '/livez' });
    const ws = await WsDriver.connect(wsUrl);
    t.teardown(() => {
      http.close();
      ws.disconnect();
    });
    return new Asker(http, ws);
  }

  /** A barrier, and then what the member shows: its status, and the data when it is 200. */
  async overHttp(path: string): Promise<readonly [number, string]> {
    const barrier = await this.#http.send({ method: 'POST', target: '/v1/sync' });
    if (barrier.status !== 200) return [barrier.status, ''];
    const answer: HttpAnswer = await this.#http.send({ target: `/v1/znodes${path}` });
    return [barrier.status, answer.json<{ data: string }>().data];
  }

  /** The same in one go: both are on their way before anything is answered. */
  async overWebSocket(path: string): Promise<readonly [string, string]> {
    const [barrier, read] = await this.#ws.pipeline([{ op: 'sync' }, { op: 'get', path }]);
    return [barrier?.error?.code ?? 'ok', String(read?.result?.['data'])];
  }
}

const ensemble = await startEnsemble(t);

await t.test('SIGSTOP of the leader for 5 s, under 12 writers', async (t) => {
  const former = await ensemble.leader();
  const client = await clientOf(t, former);
  await client.create('/watched', { data: 'before' });
  const load = new Load(ensemble.members);
  await load.start(client);
  const asker = await Asker.of(t, former);
  const epoch = await ensemble.epoch();

  const began = performance.now();
  former.pause();
  await load.goesOn(200);
  const gap = Math.round(load.ledger.gap(began, performance.now()));
  t.ok(gap < REPLACED_MS + SLACK_MS, `the others go on after ${gap} ms`);
  const leader = await ensemble.leader();
  t.not(leader.id, former.id);
  const other = await clientOf(t, leader);
  await other.set('/watched', 'while it slept');
  await sleep(PAUSE_MS - (performance.now() - began));

  const asked = Promise.all([asker.overHttp('/watched'), asker.overWebSocket('/watched')]);
  former.resume();
  const [http, ws] = await asked;
  t.comment(`the woken leader: ${http}; ${ws}`);
  if (http[0] === 200) t.equal(http[1], 'while it slept', 'no read behind a barrier is stale');
  else t.match(http[0], /^50[34]$/, 'or the barrier is refused');
  if (ws[0] === 'ok') t.equal(ws[1], 'while it slept', 'nor is one that was sent with it');
  else t.match(ws[0], /^(NotReady|OutcomeUnknown)$/);

  const now = await ensemble.whole();
  t.equal(now.id, leader.id, 'nobody is disturbed');
  t.equal((await former.status())?.role, 'following', 'the woken one has stepped down');
  t.ok((await ensemble.epoch()) <= epoch + 1, 'one election is all that it costs');
  await load.eachGoesOn();
  await load.stop();
  await agrees(t, ensemble, load.ledger);
});

await t.test('what a leader has taken alone and then lost was never there', async (t) => {
  const former = await ensemble.leader();
  const client = await clientOf(t, former);
  await client.create('/kept');
  const followers = await ensemble.followers();
  await Promise.all(followers.map((follower) => follower.kill()));
  // It has not noticed yet that it is alone, or not that it must stop.
  const alone = client.pipeline([
    { op: 'create', path: '/kept/alone' },
    { op: 'create', path: '/kept/alone' },
  ]);
  await sleep(100);
  former.pause();
  await Promise.all(followers.map((follower) => follower.start()));
  const other = await clientOf(t, await ensemble.leader());
  await other.create('/kept/since');
  former.resume();
  const [first, second] = (await alone).map(({ error }) => error?.code ?? 'ok');
  await ensemble.digests();
  const there = (await other.exists('/kept/alone')) !== undefined;
  t.comment(`answered ${first} and ${second}, and it is ${there ? '' : 'not '}there`);
  if (there) {
    // It was taken by nobody and went to the next leader.
    t.match(first, /^(ok|OutcomeUnknown)$/);
    t.match(second, /^(NodeExists|OutcomeUnknown)$/);
  } else {
    t.match(first, /^(NotReady|OutcomeUnknown)$/, 'it is not acknowledged');
    t.match(second, /^(NotReady|OutcomeUnknown)$/, 'and nothing is refused for its sake');
  }
});
