/**
 * Creates of sequential znodes, of which none may be made twice: through proxies that cut
 * connections behind requests, while one leader after the other is killed. Each is sent again until
 * it is answered, and in the end there are as many znodes as creates: over HTTP and WebSockets,
 * side by side, each under a parent of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { type Created, type Ports, RetryingHttp, RetryingWs } from './retrying.ts';
import { clientOf, startEnsemble } from './setup.ts';
import { SHORT_PAST, writeMuch } from './trimming.ts';

/** Over each transport. */
const CREATES = 10_000;
const KILLS = 6;
/** A leader is killed when the ensemble has been whole for so long, ms. */
const KILL_AFTER_MS = 3000;
/**
 * Creates are handed out at such a pace that, when a leader is killed, this part of those before
 * the next kill is still to be done, at least.
 */
const LEFT_AT_KILL = 0.2;
const PACE_MS = 100;
/** Of each piece that a client sends: over a WebSocket one holds up to as many as are under way. */
const CUT_CHANCE = { http: 0.05, ws: 0.15 };
const HTTP_CLIENTS = 4;
const HTTP_AT_ONCE = 6;
const WS_CLIENTS = 4;
const WS_AT_ONCE = 16;
/** Of each transport, what proves that it was put to the test. */
const FLOORS = {
  http: { cuts: 300, again: 300, replayed: 200 },
  ws: { cuts: 60, again: 500, replayed: 250 },
};

t.setTimeout(240_000);

/** The creates of one transport: handed out to its workers as `allow` lets them. */
class Creates {
  readonly parent: string;
  readonly created: Created[] = [];
  readonly proxies: readonly CuttingProxy[];
  #taken = 0;
  #allowed = 0;
  #waiting: (() => void)[] = [];

  constructor(parent: string, proxies: readonly CuttingProxy[]) {
    this.parent = parent;
    this.proxies = proxies;
  }

  get done(): boolean {
    return this.created.length === CREATES;
  }

  /** Handed out and not answered yet. */
  get underWay(): number {
    return this.#taken - this.created.length;
  }

  /** So many in all may be handed out by now. */
  allow(count: number): void {
    this.#allowed = Math.min(CREATES, Math.floor(count));
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Works until there are no more. */
  async work(create: (prefix: string, data: string) => Promise<Created>): Promise<void> {
    while (this.#taken < CREATES) {
      if (this.#taken < this.#allowed) {
        this.#taken += 1;
        this.created.push(await create(`${this.parent}/n-`, `${this.#taken}`));
      } else {
        await new Promise<void>((resolve) => {
          this.#waiting.push(resolve);
        });
      }
    }
    this.allow(CREATES);
  }

  /** Where they are reached through the proxies. */
  async listen(): Promise<Ports> {
    return (await Promise.all(this.proxies.map((proxy) => proxy.listen()))) as unknown as Ports;
  }
}

function proxied(t: Test, ensemble: Ensemble, transport: 'http' | 'ws'): Creates {
  const chance = CUT_CHANCE[transport];
  const proxies = ensemble.members.map(({ port }) => new CuttingProxy(port, chance));
  t.teardown(() => Promise.all(proxies.map((proxy) => proxy.close())));
  return new Creates(`/${transport}`, proxies);
}

/**
 * One leader after the other is killed while `all` go on, until they are done; what was under way
 * of each when it was.
 */
async function killLeaders(ensemble: Ensemble, all: readonly Creates[]): Promise<number[][]> {
  const kills: number[][] = [];
  const isDone = () => all.every((creates) => creates.done);
  const allow = (rounds: number) => {
    for (const creates of all) creates.allow((CREATES * rounds) / KILLS);
  };
  while (!isDone()) {
    const leader = await ensemble.whole();
    const began = performance.now();
    for (let part = 0; part < 1 && !isDone(); ) {
      await sleep(PACE_MS);
      part = (performance.now() - began) / KILL_AFTER_MS;
      allow(kills.length + Math.min(1, part) * (1 - LEFT_AT_KILL));
    }
    if (isDone()) break;
    // The rest of them goes on while there is no leader.
    allow(kills.length + 1);
    await leader.kill();
    kills.push(all.map(({ underWay }) => underWay));
    await leader.start();
  }
  return kills;
}

async function childrenOf(client: WsDriver, parent: string): Promise<Map<string, string>> {
  const znodes = new Map<string, string>();
  for (let after: string | undefined; ; ) {
    const page = await client.children(parent, {
      include: ['data'],
      limit: 1000,
      ...(after === undefined ? {} : { after }),
    });
    for (const { name, data } of page.children) znodes.set(`${parent}/${name}`, data ?? '');
    after = page.next;
    if (after === undefined) return znodes;
  }
}

/** There are as many znodes as creates, each answer names another, and it is the one asked for. */
async function exactlyOnce(
  t: Test,
  reader: WsDriver,
  { parent, created, proxies }: Creates,
  floors: (typeof FLOORS)['http'],
): Promise<void> {
  const znodes = await childrenOf(reader, parent);
  t.equal(created.length, CREATES, 'each was answered');
  t.equal(znodes.size, CREATES, 'as many znodes as creates');
  t.equal(new Set(created.map(({ path }) => path)).size, CREATES, 'each answer names another');
  const wrong = created.filter(({ path, data }) => znodes.get(path) !== data);
  t.same(wrong, [], 'which exists, and is the one that was asked for');
  const counts = {
    cuts: proxies.reduce((sum, proxy) => sum + proxy.cuts, 0),
    again: created.filter(({ attempts }) => attempts > 1).length,
    replayed: created.filter(({ replayed }) => replayed).length,
  };
  for (const name of ['cuts', 'again', 'replayed'] as const) {
    t.ok(counts[name] >= floors[name], `${counts[name]} ${NAMES[name]}, at least ${floors[name]}`);
  }
}

const NAMES = {
  cuts: 'connections were cut',
  again: 'creates were sent again',
  replayed: 'were answered as a repeat',
};

/** How many snapshots it has taken since it was started. */
async function snapshotsTaken({ url }: EnsembleMember): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^snap_received_count(?:\{[^}]*\})? (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

/** What is wrong with the answers when creates are sent again under the ids they had. */
async function wrongUnderIds({ wsUrl }: EnsembleMember, creates: readonly Created[]) {
  const wrong: string[] = [];
  for (const token of new Set(creates.map(({ session }) => session))) {
    const client = await WsDriver.connect(wsUrl, { session: token ?? '', exactlyOnce: true });
    const sent = creates.filter(({ session }) => session === token);
    const answers = await client.pipeline(
      sent.map(({ id, data }) => ({
        ...{ op: 'create', id, path: '/ws/n-', data, mode: 'persistent_sequential' },
      })),
    );
    client.disconnect();
    for (const [at, { path }] of sent.entries()) {
      const { replayed, result, error } = answers[at] ?? {};
      const isSame = replayed === true && result?.['path'] === path;
      if (!isSame) wrong.push(`${path}: ${JSON.stringify(result ?? error)}`);
    }
  }
  return wrong;
}

await t.test(`${CREATES} creates over each, cut off and killed under`, async (t) => {
  const ensemble = await startEnsemble(t, { args: SHORT_PAST });
  const [first] = ensemble.members;
  if (first === undefined) throw new Error('there is no member');
  const creator = await clientOf(t, first);
  const [http, ws] = [proxied(t, ensemble, 'http'), proxied(t, ensemble, 'ws')];
  const [httpPorts, wsPorts] = [await http.listen(), await ws.listen()];
  for (const { parent } of [http, ws]) await creator.create(parent);

  const clients = {
    http: Array.from({ length: HTTP_CLIENTS }, (_, n) => new RetryingHttp(httpPorts, n)),
    ws: Array.from({ length: WS_CLIENTS }, (_, n) => new RetryingWs(wsPorts, n)),
  };
  t.teardown(() => {
    for (const client of [...clients.http, ...clients.ws]) client.close();
  });
  const key = (data: string) => `create-${process.pid}-${data}`;
  const workers = [
    ...clients.http.flatMap((client) =>
      Array.from({ length: HTTP_AT_ONCE }, () =>
        http.work((prefix, data) => client.create(prefix, data, key(data))),
      ),
    ),
    ...clients.ws.flatMap((client) =>
      Array.from({ length: WS_AT_ONCE }, () =>
        ws.work((prefix, data) => client.create(prefix, data)),
      ),
    ),
  ];
  const [kills] = await Promise.all([killLeaders(ensemble, [http, ws]), ...workers]);

  t.ok(kills.length >= KILLS, `${kills.length} leaders were killed, at least ${KILLS}`);
  const idle = kills.slice(0, KILLS).filter((counts) => counts.includes(0));
  t.same(idle, [], 'each with creates of both under way');
  t.equal(new Set(await ensemble.digests()).size, 1, 'the members agree');
  const reader = await clientOf(t, first);
  await t.test('over HTTP, by keys', (t) => exactlyOnce(t, reader, http, FLOORS.http));
  await t.test('over WebSockets, by ids', (t) => exactlyOnce(t, reader, ws, FLOORS.ws));

  await t.test('a member whose disk was lost knows them, too', async (t) => {
    const leader = await ensemble.whole();
    const [lost] = await ensemble.followers();
    await lost.kill();
    await writeMuch(leader, await clientOf(t, leader), ws.parent);
    lost.loseDisk();
    await lost.start();
    await ensemble.whole();
    t.equal(await snapshotsTaken(lost), 1, 'it has them of a snapshot');
    t.equal(new Set(await ensemble.digests()).size, 1, 'they are the same');
    const wrong: string[] = [];
    for (const { data, path } of http.created.slice(-100)) {
      const [client] = clients.http as [RetryingHttp];
      const answer = await client.send(lost.port, '/http/n-', data, key(data));
      const isSame =
        answer.status === 201 && answer.replayed && JSON.parse(answer.text).path === path;
      if (!isSame) wrong.push(`${data}: ${answer.status} ${answer.text}`);
    }
    t.same(wrong, [], 'of a hundred keys each has its first answer');
    for (const client of clients.ws) client.close();
    const underIds = await wrongUnderIds(lost, ws.created.slice(-100));
    t.same(underIds, [], 'and so has each of a hundred ids');
    t.equal((await childrenOf(await clientOf(t, lost), '/ws')).size, CREATES, 'none is made anew');
    t.equal(new Set(await ensemble.digests()).size, 1);
  });
});
