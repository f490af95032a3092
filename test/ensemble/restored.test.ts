/**
 * Older directories are put back, as docs/ENSEMBLE.md tells to, and clients come that have seen
 * more than there is now. Whatever they show of that, on whatever member, over HTTP or WebSocket,
 * they are told so: at once, in the words of the contract, and nothing is done for them. Whoever
 * forgets what it has seen goes on.
 */
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Refused } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { HttpClient, problemOf } from '../conformance/http-exchange.ts';
import { type ConnectOptions, WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { type MemberProcess, newDirectory, startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';
import { startEnsemble } from './setup.ts';

/** Those who ask are not kept waiting for what never comes, ms. */
const AT_ONCE_MS = 4000;

t.setTimeout(120_000);

interface Address {
  readonly port: number;
  readonly wsUrl: string;
}

/** One member or several, and a copy of what is on their disks. */
interface Site {
  readonly addresses: readonly Address[];
  /** Stops all, copies their directories, and starts them again. */
  backUp(): Promise<void>;
  /** Stops all, puts the copies back and starts them; nothing of `seen` can be issued again. */
  putBack(seen: string): Promise<void>;
  /** Starts one anew, on what it has; which one. */
  restart(): Promise<Address>;
}

/** What clients have in their hands when the older state comes back. */
interface Seen {
  /** Of the last state that is in the copy. */
  readonly kept: string;
  /** Of one that is not. */
  readonly lost: string;
  /** The id of the first of two events of a transaction that is not in it. */
  readonly lostEvent: string;
  /** Of a session that is in the copy, and of one that is not. */
  readonly keptSession: string;
  readonly lostSession: string;
}

async function refusalOf(asked: Promise<unknown>) {
  const began = performance.now();
  try {
    await asked;
  } catch (error) {
    if (error instanceof Refused) return { ...error.problem, ms: performance.now() - began };
    throw error;
  }
  return { code: 'answered', outcome: 'applied', ms: 0 };
}

async function refused(t: Test, asked: Promise<unknown>, what: string): Promise<void> {
  const { code, outcome, ms } = await refusalOf(asked);
  t.same([code, outcome], ['AheadOfEnsemble', 'not-applied'], what);
  t.ok(ms < AT_ONCE_MS, `after ${Math.round(ms)} ms`);
}

function httpOf(t: Test, { port }: Address): HttpClient {
  const http = new HttpClient(port);
  t.teardown(() => http.close());
  return http;
}

async function connected(t: Test, { wsUrl }: Address, options: ConnectOptions = {}) {
  const client = await WsDriver.connect(wsUrl, { timeoutMs: 60_000, ...options });
  t.teardown(() => client.disconnect());
  return client;
}

/** Something that is copied, and then more that is not: what clients have seen of both. */
async function live(t: Test, site: Site): Promise<Seen> {
  const [first, last] = [site.addresses[0], site.addresses.at(-1)];
  if (first === undefined || last === undefined) throw new Error('there is no member');
  const before = await connected(t, first);
  await before.create('/app', { data: 'kept' });
  await before.create('/app/lock', { mode: 'ephemeral' });
  const kept = before.zxid;
  await site.backUp();

  const http = httpOf(t, last);
  const wrote = await http.send({ method: 'PUT', target: '/v1/znodes/app', body: 'lost' });
  t.equal(wrote.status, 200);
  const client = await connected(t, first, { session: before.token, lastZxid: kept });
  t.ok(client.resumed);
  const later = await connected(t, first);
  const stream = await EventStream.open(last.port, { path: '/app', recursive: true });
  t.teardown(() => stream.close());
  const twice = (name: string) => ({ op: 'create', path: `/app/${name}` });
  await later.transaction([twice('one'), twice('two')]);
  await stream.until((events) => events.length === 2);
  const [one] = stream.events;
  const lostEvent = one?.id ?? '';
  t.match(lostEvent, /^[0-9a-f]{16}\.\d+$/);
  const sessions = { keptSession: before.token, lostSession: later.token };
  return { kept, lost: later.zxid, lostEvent, ...sessions };
}

async function overHttp(t: Test, address: Address, { kept, lost, lostEvent }: Seen) {
  const http = httpOf(t, address);
  const headers = { 'paddock-min-zxid': lost };
  const asked = [
    { target: '/v1/znodes/app' },
    { target: '/v1/znodes/app?consistency=linearizable' },
    { target: '/v1/children/app' },
    { method: 'PUT', target: '/v1/znodes/app', body: 'by one who knows better' },
    { method: 'POST', target: '/v1/sync' },
  ];
  for (const request of asked) {
    const began = performance.now();
    const answer = await http.send({ ...request, headers });
    const ms = performance.now() - began;
    t.equal(answer.status, 409, `${request.method ?? 'GET'} ${request.target}`);
    t.match(problemOf(answer), { code: 'AheadOfEnsemble', outcome: 'not-applied' });
    t.ok(ms < AT_ONCE_MS, `after ${Math.round(ms)} ms`);
  }
  const stream = { path: '/app', recursive: true };
  for (const since of [lost, lostEvent]) {
    await refused(t, EventStream.open(address.port, { ...stream, since }), `since=${since}`);
    const open = EventStream.open(address.port, stream, { 'last-event-id': since });
    await refused(t, open, `Last-Event-ID: ${since}`);
  }

  const forgetful = await http.send({ target: '/v1/znodes/app' });
  t.equal(forgetful.json()['data'], 'kept', 'who has forgotten is shown what there is');
  const same = { 'paddock-min-zxid': kept };
  const known = await http.send({ target: '/v1/znodes/app', headers: same });
  t.equal(known.status, 200, 'and so is who has seen only what was kept');
  const resumed = await EventStream.open(address.port, { path: '/app', since: kept });
  resumed.close();
}

async function overWebSocket(t: Test, address: Address, seen: Seen): Promise<void> {
  const { kept, lost, keptSession, lostSession } = seen;
  for (const session of [undefined, keptSession, lostSession]) {
    const driver = await WsDriver.open(address.wsUrl);
    const options = { lastZxid: lost, ...(session === undefined ? {} : { session }) };
    const whose = session === undefined ? 'no' : session === keptSession ? 'a kept' : 'a lost';
    await refused(t, driver.begin(options), `connect with lastZxid and ${whose} session`);
    t.equal((await driver.closed).code, 4412, 'and the connection is closed for that');
  }
  const gone = await refusalOf(connected(t, address, { session: lostSession }));
  t.equal(gone.code, 'SessionExpired', 'a session that never was');

  const client = await connected(t, address, { session: keptSession, lastZxid: kept });
  t.ok(client.resumed, 'who has seen only what was kept goes on with its session');
  const asked = [
    { op: 'addWatch', path: '/app', mode: 'persistentRecursive', since: lost },
    { op: 'setWatches', since: lost, data: ['/app'] },
    { op: 'get', path: '/app', minZxid: lost },
    { op: 'get', path: '/app', minZxid: lost, consistency: 'linearizable' },
    { op: 'ping', minZxid: lost },
  ];
  for (const request of asked) await refused(t, client.request(request), JSON.stringify(request));
  await client.addWatch('/app', 'persistentRecursive', { since: kept });
  t.same(await client.eventTexts(), [], 'nothing of what was lost is told');
  t.equal((await client.get('/app')).data, 'kept');
  client.disconnect();
}

async function told(t: Test, site: Site): Promise<void> {
  const seen = await live(t, site);
  await site.putBack(seen.lost);
  for (const [at, address] of site.addresses.entries()) {
    await t.test(`member ${at + 1} of ${site.addresses.length}`, async (t) => {
      await overHttp(t, address, seen);
      await overWebSocket(t, address, seen);
    });
  }

  const [first] = site.addresses;
  if (first === undefined) throw new Error('there is no member');
  const client = await connected(t, first, { session: seen.keptSession });
  t.ok(await client.exists('/app/lock'), 'what a kept session had is there');
  await client.set('/app', 'since then');
  t.ok(client.zxid > seen.lost, 'and no zxid is issued twice');
  client.disconnect();

  const http = httpOf(t, await site.restart());
  const ask = (zxid: string) =>
    http.send({ target: '/v1/znodes/app', headers: { 'paddock-min-zxid': zxid } });
  const refusal = problemOf(await ask(seen.lost));
  t.equal(refusal.code, 'AheadOfEnsemble', 'it is still known after one more start');
  t.equal((await ask(seen.kept)).json()['data'], 'since then');
}

function epochOf(zxid: string): number {
  return Number.parseInt(zxid.slice(0, 8), 16);
}

class EnsembleSite implements Site {
  readonly addresses: readonly Address[];
  readonly #ensemble: Ensemble;
  readonly #copies = newDirectory();

  constructor(ensemble: Ensemble) {
    this.#ensemble = ensemble;
    this.addresses = ensemble.members;
  }

  async backUp(): Promise<void> {
    await this.#stop();
    for (const { id, dataDir } of this.#ensemble.members) {
      cpSync(dataDir, join(this.#copies, `${id}`), { recursive: true });
    }
    await this.#start();
  }

  async putBack(seen: string): Promise<void> {
    await this.#stop();
    for (const { id, dataDir } of this.#ensemble.members) {
      rmSync(dataDir, { recursive: true });
      cpSync(join(this.#copies, `${id}`), dataDir, { recursive: true });
    }
    await this.#start();
    while ((await this.#ensemble.epoch()) <= epochOf(seen)) {
      await this.#again(await this.#ensemble.leader());
    }
  }

  async restart(): Promise<Address> {
    const [follower] = await this.#ensemble.followers();
    await this.#again(follower);
    return follower;
  }

  async #again(member: EnsembleMember): Promise<void> {
    await member.stop();
    await member.start();
    await this.#ensemble.whole();
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#ensemble.members.map((member) => member.stop()));
  }

  async #start(): Promise<void> {
    await Promise.all(this.#ensemble.members.map((member) => member.start()));
    await this.#ensemble.whole();
  }
}

/** Of a single member the mark of how far it has come stays, and the start is told to go on. */
class MemberSite implements Site {
  readonly addresses: readonly Address[];
  readonly #copy = join(newDirectory(), 'copy');
  #member: MemberProcess;

  constructor(member: MemberProcess) {
    this.#member = member;
    this.addresses = [{ port: member.port, wsUrl: member.wsUrl }];
  }

  async backUp(): Promise<void> {
    await this.#member.stop();
    cpSync(this.#member.dataDir, this.#copy, { recursive: true });
    await this.#start();
  }

  async putBack(): Promise<void> {
    const { dataDir } = this.#member;
    await this.#member.stop();
    for (const name of ['paddock.db', 'paddock.db-wal']) {
      rmSync(join(dataDir, name), { force: true });
      if (existsSync(join(this.#copy, name))) cpSync(join(this.#copy, name), join(dataDir, name));
    }
    writeFileSync(join(dataDir, 'accept-loss'), '');
    await this.#start();
  }

  async restart(): Promise<Address> {
    await this.#member.stop();
    await this.#start();
    return this.#member;
  }

  async #start(): Promise<void> {
    const { dataDir, port } = this.#member;
    this.#member = await startMember({ dataDir, port });
    const ready = async () => (await fetch(`${this.#member.url}/readyz`)).ok;
    await eventually('it serves', ready);
  }
}

await t.test('three members', async (t) => {
  await told(t, new EnsembleSite(await startEnsemble(t)));
});

await t.test('a single member', async (t) => {
  await told(t, new MemberSite(await startMember()));
});
