/**
 * Creates of sequential znodes, of which none may be made twice: through proxies that cut
 * connections behind requests, while one leader after the other is killed. Each is sent again until
 * it is answered, and in the end there are as many znodes as creates.
 */
import t from 'tap';
import { eventually } from '../harness/wait.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { type Created, type Ports, RetryingHttp, RetryingWs } from './retrying.ts';
import { clientOf, startEnsemble } from './setup.ts';

const CREATES = 10_000;
const KILLS = 6;
/** Of each piece that a client sends: over a WebSocket one holds many requests. */
const CUT_CHANCE = 0.05;
const HTTP_CLIENTS = 4;
const HTTP_AT_ONCE = 6;
const WS_CLIENTS = 4;
const WS_AT_ONCE = 16;

t.setTimeout(200_000);

/** Hands out numbers, so many in a round, to whoever asks. */
class Rounds {
  readonly created: Created[] = [];
  #next = 0;
  #through = 0;
  #waiting: (() => void)[] = [];

  begin(through: number): void {
    this.#through = through;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Undefined: there are no more. */
  async take(): Promise<number | undefined> {
    while (this.#next >= this.#through) {
      if (this.#through === CREATES) return undefined;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#next += 1;
    return this.#next;
  }
}

await t.test(`${CREATES} creates, cut off and killed under`, async (t) => {
  const ensemble = await startEnsemble(t, { args: ['--limit', 'historyEntries=64'] });
  const proxies = ensemble.members.map(({ port }) => new CuttingProxy(port, CUT_CHANCE));
  const ports = (await Promise.all(proxies.map((proxy) => proxy.listen()))) as unknown as Ports;
  t.teardown(() => Promise.all(proxies.map((proxy) => proxy.close())));
  const [first] = ensemble.members;
  if (first === undefined) throw new Error('there is no member');
  await (await clientOf(t, first)).create('/q');

  const rounds = new Rounds();
  const work = async (create: (data: string) => Promise<Created>) => {
    for (let n = await rounds.take(); n !== undefined; n = await rounds.take()) {
      rounds.created.push(await create(`${n}`));
    }
  };
  const overHttp = Array.from({ length: HTTP_CLIENTS }, (_, n) => new RetryingHttp(ports, n));
  const overWs = Array.from({ length: WS_CLIENTS }, (_, n) => new RetryingWs(ports, n));
  t.teardown(() => {
    for (const client of [...overHttp, ...overWs]) client.close();
  });
  /** Paths of what was created under a key. */
  const keyed = new Map<string, string>();
  const key = (data: string) => `create-${process.pid}-${data}`;
  const workers = [
    ...overHttp.flatMap((client) =>
      Array.from({ length: HTTP_AT_ONCE }, () =>
        work(async (data) => {
          const created = await client.create('/q/n-', data, key(data));
          keyed.set(data, created.path);
          return created;
        }),
      ),
    ),
    ...overWs.flatMap((client) =>
      Array.from({ length: WS_AT_ONCE }, () => work((data) => client.create('/q/n-', data))),
    ),
  ];
  const all = Promise.all(workers);
  all.catch(() => undefined);

  for (let kill = 1; kill <= KILLS; kill += 1) {
    const leader = await ensemble.whole();
    const { length: before } = rounds.created;
    const through = Math.floor((CREATES * kill) / KILLS);
    rounds.begin(through);
    const half = before + Math.floor((through - before) / 2);
    await Promise.race([
      all,
      eventually('half of a round', () => rounds.created.length >= half, 60_000),
    ]);
    await leader.kill();
    await leader.start();
  }
  await all;

  const { created } = rounds;
  const digests = await ensemble.digests();
  t.equal(new Set(digests).size, 1, 'the members agree');
  const reader = await clientOf(t, first);
  const znodes = new Map<string, string | undefined>();
  for (let after: string | undefined; ; ) {
    const page = await reader.children('/q', {
      include: ['data'],
      limit: 1000,
      ...(after === undefined ? {} : { after }),
    });
    for (const { name, data } of page.children) znodes.set(`/q/${name}`, data);
    after = page.next;
    if (after === undefined) break;
  }
  t.equal(created.length, CREATES, 'each was answered');
  t.equal(znodes.size, CREATES, 'as many znodes as creates');
  t.equal(new Set(created.map(({ path }) => path)).size, CREATES, 'each answer names another');
  const wrong = created.filter(({ path, data }) => znodes.get(path) !== data);
  t.same(wrong, [], 'which exists, and is the one that was asked for');

  const again = created.filter(({ attempts }) => attempts > 1).length;
  const replayed = created.filter((one) => one.replayed).length;
  const cuts = proxies.reduce((sum, proxy) => sum + proxy.cuts, 0);
  t.comment(`${cuts} connections cut, ${again} creates sent again, ${replayed} answered again`);
  t.ok(cuts >= 50 && again >= 200 && replayed >= 50, 'it was put to the test');

  await t.test('a member whose disk was lost knows them, too', async (t) => {
    const [lost] = await ensemble.followers();
    await lost.kill();
    lost.loseDisk();
    await lost.start();
    await ensemble.whole();
    await ensemble.digests();
    const client = overHttp[0] as RetryingHttp;
    const wrong: string[] = [];
    for (const [data, path] of [...keyed].slice(-100)) {
      const { status, replayed, text } = await client.send(lost.port, '/q/n-', data, key(data));
      const isSame = status === 201 && replayed && JSON.parse(text).path === path;
      if (!isSame) wrong.push(`${data}: ${status} ${text}`);
    }
    t.same(wrong, [], 'of a hundred each has its first answer');
    t.equal(new Set(await ensemble.digests()).size, 1);
  });
});
