import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { formatZxid } from '../../raftlog/zxid.ts';
import { type AppOptions, buildApp } from '../../routes/app.ts';
import { NO_PEERS, NO_SNAPSHOTS } from '../../server/alone.ts';
import { systemClock } from '../../server/clock.ts';
import { MemberCoordinator } from '../../server/coordinator.ts';
import { DEFAULT_LIMITS, type Limits } from '../../server/limits.ts';
import type { Coordinator } from '../../server/types.ts';
import { openMemoryStorage } from '../../storage/memory-storage.ts';
import { loadAnswers, loadSessions, loadZnodes } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';

/** The HTTP surface on a coordinator in this process, whose mistakes can be made to order. */
async function startApp(
  t: Test,
  limits: Partial<Limits> = {},
  options: Partial<AppOptions> = {},
  wrap: (coordinator: MemberCoordinator) => Coordinator = (coordinator) => coordinator,
): Promise<{ app: FastifyInstance; url: string; port: number; coordinator: MemberCoordinator }> {
  const storage = openMemoryStorage({ historyEntries: 1000 });
  const state = new ReplicatedState();
  const recovered = await storage.recover({
    sessions: (rows) => loadSessions(state, rows),
    answers: (rows) => loadAnswers(state, rows),
    znodes: (rows) => loadZnodes(state, rows),
  });
  const coordinator = new MemberCoordinator({
    id: 1,
    members: { voters: [1], observers: [] },
    version: '0.0.0',
    random: Math.random,
    transport: () => NO_PEERS,
    snapshots: NO_SNAPSHOTS,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    storage,
    state,
    recovered,
    limits: { ...DEFAULT_LIMITS, ...limits },
    clock: systemClock,
  });
  await coordinator.start();
  const app = buildApp(wrap(coordinator), {
    allowedHosts: [],
    allowedOrigins: [],
    version: '0.0.0',
    ...options,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    coordinator.stop();
    await app.close();
    await storage.close();
  });
  return { app, url, port: Number(new URL(url).port), coordinator };
}

/** The coordinator, but for some of its methods. */
function withFaults(coordinator: Coordinator, faults: Partial<Coordinator>): Coordinator {
  return new Proxy(coordinator, {
    get(target, name) {
      const value = Reflect.get(faults, name) ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

t.test(
  'a mistake of our own is logged with its stack, and the client is told nothing',
  async (t) => {
    const logged: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
    const { url } = await startApp(t, {}, { logger }, (coordinator) =>
      withFaults(coordinator, {
        read() {
          throw new TypeError('the secret place where it broke');
        },
      }),
    );
    const response = await fetch(`${url}/v1/znodes/a`);
    const text = await response.text();
    t.equal(response.status, 500);
    t.match(response.headers.get('content-type'), /^application\/problem\+json/);
    t.match(JSON.parse(text), { status: 500, outcome: 'unknown' });
    t.notMatch(text, /secret|TypeError|\.ts/);
    t.equal(logged.length, 1);
    t.match(logged[0], /the secret place where it broke.*faults\.test\.ts/);
    t.equal((await fetch(`${url}/livez`)).status, 200, 'and the member goes on');
  },
);

t.test('a member that is not ready says so', async (t) => {
  const { url, coordinator } = await startApp(t);
  t.equal((await fetch(`${url}/readyz`)).status, 200);
  coordinator.fail('the disk failed');
  for (const [method, target] of [
    ['GET', '/readyz'],
    ['PUT', '/v1/znodes/a'],
    ['POST', '/v1/sync'],
    ['POST', '/v1/sessions'],
  ] as const) {
    const response = await fetch(`${url}${target}`, { method });
    t.equal(response.status, 503, target);
    t.match(await response.json(), { code: 'NotReady', outcome: 'not-applied' });
  }
  t.equal((await fetch(`${url}/livez`)).status, 200, 'it is alive all the same');
  t.equal((await fetch(`${url}/v1/znodes`)).status, 200, 'and reads what it has');
});

t.test('writes in flight are limited', async (t) => {
  const { url } = await startApp(t, { inFlightWrites: 5 });
  const puts = Array.from({ length: 200 }, (_, n) =>
    fetch(`${url}/v1/znodes/n${n}`, { method: 'PUT' }),
  );
  const statuses = (await Promise.all(puts)).map(({ status }) => status);
  t.ok(statuses.every((status) => status === 201 || status === 503));
  const children = (await (await fetch(`${url}/v1/children`)).json()) as { children: unknown[] };
  const created = statuses.filter((status) => status === 201).length;
  t.equal(children.children.length - 1, created, '503 is not applied, 201 is');
});

t.test('an event stream that nobody reads is cut', async (t) => {
  const { port, url, coordinator } = await startApp(
    t,
    { outboxBytes: 50_000 },
    { eventStreams: { stallMs: 300 } },
  );
  await fetch(`${url}/v1/znodes/a`, { method: 'PUT' });
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write('GET /v1/events?path=/a&include=data HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise((resolve) => socket.once('readable', resolve));
  const body = 'x'.repeat(1_000_000);
  // More than the kernel keeps for the two sides of a connection.
  for (let n = 0; n < 20; n += 1) await fetch(`${url}/v1/znodes/a`, { method: 'PUT', body });
  for (let turn = 0; turn < 200 && coordinator.status().connections > 0; turn += 1) await sleep(10);
  t.equal(coordinator.status().connections, 0);
  t.equal(coordinator.status().watches, 0);
  socket.resume();
  await closed;
});

t.test(
  'a quiet event stream tells how far it has come, and that is where it is resumed',
  async (t) => {
    const options = { eventStreams: { keepAliveMs: 50 } };
    const { url, coordinator } = await startApp(t, {}, options);
    const put = (path: string) => fetch(`${url}/v1/znodes${path}`, { method: 'PUT' });
    await put('/quiet');
    const since = formatZxid(coordinator.zxid());
    for (const query of ['path=/quiet', `path=/quiet&since=${since}`]) {
      const aborter = new AbortController();
      const response = await fetch(`${url}/v1/events?${query}`, { signal: aborter.signal });
      let text = '';
      const read = async () => {
        for await (const chunk of response.body ?? []) text += Buffer.from(chunk);
      };
      const ended = t.rejects(read());
      await put('/elsewhere');
      const zxid = formatZxid(coordinator.zxid());
      const progress = `: progress ${zxid}\nid: ${zxid}\n\n`;
      for (let turn = 0; turn < 100 && !text.includes(progress); turn += 1) await sleep(10);
      t.match(text, progress, query);
      t.notMatch(text, 'event:', 'nothing of what it does not watch');
      aborter.abort();
      await ended;
    }
  },
);

t.test('too many pipelined requests are throttled, in turn', async (t) => {
  const { port } = await startApp(t, { inFlightPerConnection: 10 });
  const put = 'PUT /v1/znodes/p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
  const socket = connect(port, '127.0.0.1', () => socket.write(put.repeat(15)));
  let answers = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    answers += chunk;
  });
  await new Promise((resolve) => socket.on('close', resolve));
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  t.strictSame(statuses, ['201', ...Array(10).fill('200'), '503']);
  t.match(answers, '"limit":{"name":"inFlightPerConnection","value":10}');
});
