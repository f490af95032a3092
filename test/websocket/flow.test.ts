/** Order, back-pressure and trouble on one connection, where several of them meet. */
import t, { type Test } from 'tap';
import { type Message, type Request, WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';

async function connected(
  t: Test,
  limits: Readonly<Record<string, number>>,
): Promise<{ client: WsDriver; another: () => Promise<WsDriver> }> {
  const args = Object.entries(limits).flatMap(([name, value]) => ['--limit', `${name}=${value}`]);
  const member = await startMember({ args });
  const clients: WsDriver[] = [];
  const another = async () => {
    const client = await WsDriver.connect(member.wsUrl);
    clients.push(client);
    return client;
  };
  t.teardown(async () => {
    for (const client of clients) client.disconnect();
    await member.stop();
  });
  return { client: await another(), another };
}

const idsOf = (messages: readonly Message[]) =>
  messages.flatMap(({ id }) => (id === undefined ? [] : [id]));

function growing(ids: readonly number[]): boolean {
  return ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? 0));
}

t.test('answers keep their order when more is sent than is taken at once', async (t) => {
  const { client } = await connected(t, { inFlightPerConnection: 3 });
  await client.create('/a');
  const round: Request[] = [
    { op: 'set', path: '/a', data: 'x' },
    { op: 'get', path: '/a' },
    { op: 'get', path: '/a' },
    { op: 'create', path: '/a' },
    { op: 'get', path: '/a' },
    { op: 'transaction', ops: [{ op: 'check', path: '/a' }] },
    { op: 'transaction', dryRun: true, ops: [{ op: 'delete', path: '/a' }] },
    { op: 'sync' },
    { op: 'nonsense' },
  ];
  await client.pipeline(Array.from({ length: 30 }, () => round).flat());
  await client.frame(Array.from({ length: 10 }, () => round).flat());
  t.ok(growing(idsOf(client.arrived)), 'every answer behind the one before it');
  t.equal((await client.get('/a')).stat.version, 40);
});

t.test('many answers behind a write, then a refused write', async (t) => {
  const { client } = await connected(t, {});
  await client.create('/a');
  const pings = Array.from({ length: 998 }, () => ({ op: 'ping' }));
  const set = { op: 'set', path: '/a', data: 'x' };
  const refused = { op: 'create', path: '/a' };
  await Promise.all([client.frame([set, ...pings]), client.pipeline([refused, set, refused])]);
  t.ok(growing(idsOf(client.arrived)));
});

t.test('what is wrong behind an unfinished write is refused in its place', async (t) => {
  const { client } = await connected(t, {});
  const [created, watched, read, pinged] = await client.frame([
    { op: 'create', path: '/a' },
    { op: 'addWatch', path: '//', mode: 'persistent' },
    { op: 'get', path: 'nonsense' },
    { op: 'ping' },
  ]);
  t.equal(created?.error, undefined);
  t.match(watched, { error: { code: 'BadArguments' } });
  t.match(read, { error: { code: 'BadArguments' } });
  t.match(pinged?.result, { expiresInMs: Number });
});

for (const outboxBytes of [1, 1000, 70_000]) {
  t.test(`a client that reads gets everything through an outbox of ${outboxBytes}`, async (t) => {
    const { client } = await connected(t, { outboxBytes });
    await client.create('/a', { data: 'x'.repeat(5000) });
    const answers = await client.frame(Array.from({ length: 100 }, () => ({ op: 'ping' })));
    t.equal(answers.length, 100);
    const read = await client.pipeline(
      Array.from({ length: 100 }, () => ({ op: 'get', path: '/a' })),
    );
    t.ok(read.every(({ error }) => error === undefined));
    t.ok(growing(idsOf(client.arrived)));
  });
}

t.test('a long past comes as fast as it is read, and closes nobody', async (t) => {
  const { client, another } = await connected(t, { outboxBytes: 100_000 });
  const since = client.zxid;
  const writer = await another();
  await writer.create('/a');
  const data = 'x'.repeat(16_000);
  for (let round = 0; round < 10; round += 1) {
    await writer.frame(Array.from({ length: 40 }, () => ({ op: 'set', path: '/a', data })));
  }
  await client.addWatch('/a', 'persistent', { since, include: ['data'] });
  const events = () => client.arrived.filter(({ event }) => event !== undefined);
  await client.until(() => events().length >= 401);
  await writer.set('/a', 'last');
  await client.until(() => events().length >= 402);
  const zxids = events().map(({ zxid }) => zxid ?? '');
  t.equal(new Set(zxids).size, 402, 'none twice');
  t.same(zxids, zxids.toSorted(), 'in order');
  t.match(events().at(-1), { data: 'last' }, 'and live from then on');
});

t.test('a watch that is there already is not begun anew', async (t) => {
  const { client } = await connected(t, {});
  const since = client.zxid;
  await client.create('/a');
  await client.addWatch('/a', 'persistent');
  const [again] = await client.frame([{ op: 'addWatch', path: '/a', mode: 'persistent', since }]);
  t.match(again, { error: { code: 'BadArguments' } });
  await client.set('/a', 'x');
  await client.sync();
  const events = client.arrived.filter(({ event }) => event !== undefined);
  t.match(events, [{ event: 'nodeDataChanged' }]);
  t.equal(events.length, 1);
});
