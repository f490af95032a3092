/**
 * A session that was just opened is shown to a member that cannot know of it yet: to a leader that
 * slept while it was replaced, and to a follower that is behind. Nobody is told that it has ended,
 * for a client that believes that gives up what it holds.
 */
import t, { type Test } from 'tap';
import { HttpClient, type HttpRequest, problemOf } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, startEnsemble } from './setup.ts';

/** Short enough that nobody has given the follower up when it wakes up, ms. */
const NAP_MS = 300;
const CONNECTIONS = 10;

t.setTimeout(90_000);

interface Opened {
  readonly sessionId: string;
  readonly token: string;
}

/** Connections that stand already: what is sent on them is there before anything else arrives. */
class Standing {
  readonly #http: readonly HttpClient[];
  readonly #ws: readonly WsDriver[];

  private constructor(http: readonly HttpClient[], ws: readonly WsDriver[]) {
    this.#http = http;
    this.#ws = ws;
  }

  static async at(t: Test, { port, wsUrl }: EnsembleMember): Promise<Standing> {
    const http = Array.from({ length: CONNECTIONS }, () => new HttpClient(port));
    await Promise.all(http.map((client) => client.send({ target: '/livez' })));
    const ws = await Promise.all([WsDriver.open(wsUrl), WsDriver.open(wsUrl)]);
    t.teardown(() => {
      for (const client of http) client.close();
      for (const client of ws) client.disconnect();
    });
    return new Standing(http, ws);
  }

  /** Sends all of these at once, each on a connection of its own; what comes of each. */
  send(requests: readonly HttpRequest[]): Promise<string>[] {
    return requests.map(async (request, at) => {
      const client = this.#http[at];
      if (client === undefined) throw new Error('too few connections');
      const answer = await client.send(request);
      return answer.status < 400 ? `${answer.status}` : problemOf(answer).code;
    });
  }

  /** Goes on with the session, with and without what its client has seen. */
  resume({ token }: Opened, lastZxid: string): Promise<string>[] {
    return this.#ws.map(async (client, at) => {
      const seen = at === 0 ? {} : { lastZxid };
      const frame = { op: 'connect', session: token, ...seen };
      const { error } = await client.request(frame).catch((refused) => ({ error: refused }));
      return error?.code ?? error?.problem?.code ?? (error === undefined ? 'resumed' : `${error}`);
    });
  }
}

/** Every kind of request that shows who its client is. */
function requestsOf({ sessionId, token }: Opened, seen: string): HttpRequest[] {
  const headers = { 'paddock-session': token };
  const fresh = { ...headers, 'paddock-min-zxid': seen };
  const own = `/v1/sessions/${sessionId}`;
  return [
    { target: '/v1/znodes/owned', headers },
    { target: '/v1/znodes/owned', headers: fresh },
    { target: own, headers },
    { method: 'POST', target: `${own}/heartbeat`, headers },
    { method: 'POST', target: `${own}/heartbeat`, headers: fresh },
    { method: 'PUT', target: '/v1/znodes/written', headers, body: 'x' },
    { target: '/v1/events', headers },
  ];
}

/** What shows it as a former session, and takes `/owned-too` from it, over HTTP and at last. */
function takeoversOf(taker: string, { token: takeover }: Opened): HttpRequest[] {
  const headers = { 'paddock-session': taker };
  const ops = [{ op: 'create', path: '/owned-too', mode: 'ephemeral', takeover }];
  const [transactions, znode] = ['/v1/transactions', '/v1/znodes/owned-too?mode=ephemeral'];
  return [
    { method: 'POST', target: transactions, headers, json: { ops, dryRun: true } },
    { method: 'POST', target: znode, headers, json: { takeover } },
  ];
}

/** Opens a session there that owns two znodes, and says what its client has seen. */
async function openAt({ port }: EnsembleMember): Promise<{ opened: Opened; seen: string }> {
  const client = new HttpClient(port);
  const json = { timeoutMs: 30_000 };
  const opened = (await client.send({ method: 'POST', target: '/v1/sessions', json })).json();
  const headers = { 'paddock-session': String(opened['token']) };
  const operations = ['/owned', '/owned-too'].map((path) => ({
    op: 'create',
    path,
    mode: 'ephemeral',
  }));
  const ops = { method: 'POST', target: '/v1/transactions', headers, json: { ops: operations } };
  const created = await client.send(ops);
  client.close();
  if (created.status !== 200) throw new Error(created.text);
  const seen = String(created.headers['paddock-zxid']);
  return { opened: opened as unknown as Opened, seen };
}

const ensemble = await startEnsemble(t);

await t.test('a leader that slept while it was replaced', async (t) => {
  const former = await ensemble.leader();
  const standing = await Standing.at(t, former);
  former.pause();
  const successor = await ensemble.leader();
  t.not(successor.id, former.id);
  const { opened, seen } = await openAt(successor);

  const asked = standing.send(requestsOf(opened, seen));
  const resumed = standing.resume(opened, seen);
  former.resume();
  const answers = await Promise.all([...asked, ...resumed]);
  t.comment(`it said ${answers.join(', ')}`);
  const wrong = answers.filter((answer) => !/^(200|201|resumed|NotReady)$/.test(answer));
  t.same(wrong, [], 'says that it knows the session, or that it cannot tell');
  const client = await clientOf(t, await ensemble.whole());
  t.equal((await client.exists('/owned'))?.ephemeralOwner, opened.sessionId, 'which lives');
  await client.delete('/owned');
  await client.delete('/owned-too');
});

await t.test('a follower that is behind', async (t) => {
  const leader = await ensemble.leader();
  const [follower] = await ensemble.followers();
  const standing = await Standing.at(t, follower);
  const taker = await clientOf(t, follower);
  follower.pause();
  const { opened, seen } = await openAt(leader);

  const all = [...requestsOf(opened, seen), ...takeoversOf(taker.token, opened)];
  const asked = standing.send(all);
  const create = { op: 'create', path: '/owned', mode: 'ephemeral', takeover: opened.token };
  const taken = taker.pipeline([
    { op: 'set', path: '/before', data: '', create: true },
    { op: 'transaction', ops: [create], dryRun: true },
    { ...create, data: 'taken' },
    { op: 'get', path: '/owned' },
  ]);
  const resumed = standing.resume(opened, seen);
  setTimeout(() => follower.resume(), NAP_MS);
  const answers = await Promise.all([...asked, ...resumed]);
  t.comment(`it said ${answers.join(', ')}`);
  const wrong = answers.filter((answer) => !/^(200|201|resumed)$/.test(answer));
  t.same(wrong, [], 'waits until it knows the session, and serves it');
  const [set, , , shown] = await taken;
  t.match(shown?.result, { data: 'taken', stat: { ephemeralOwner: taker.sessionId } });
  t.same(
    [set?.error, (await taker.exists('/owned-too'))?.ephemeralOwner],
    [undefined, taker.sessionId],
  );
  const again = await WsDriver.connect(follower.wsUrl, { session: opened.token });
  t.teardown(() => again.disconnect());
  await again.closeSession();
  const target = '/v1/znodes/owned';
  const headers = { 'paddock-session': opened.token };
  const [told] = await Promise.all(standing.send([{ target, headers }]));
  t.equal(told, 'SessionExpired', 'and says that it has ended when it has');
});
