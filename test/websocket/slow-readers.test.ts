/** Clients that read slowly: their sessions live on as long as they do. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { Outbox } from '../../routes/ws/outbox.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';

const TIMEOUT_MS = 1000;
const MIB = 1024 * 1024;
/** More than the buffers of the system take. */
const GETS = 24;

t.setTimeout(60_000);

t.test('a client that does not read for long, and pings, keeps its session', async (t) => {
  const member = await startMember({ args: ['--limit', 'outboxBytes=100000'] });
  const writer = await WsDriver.connect(member.wsUrl);
  await writer.create('/large', { data: 'x'.repeat(MIB) });
  const readsLate = async (path: string, mode: { readonly heartbeat?: 'message' }) => {
    const client = await WsDriver.connect(member.wsUrl, { timeoutMs: TIMEOUT_MS, ...mode });
    await client.create(path, { mode: 'ephemeral' });
    client.socket.pause();
    const gets = client.pipeline(
      Array.from({ length: GETS }, () => ({ op: 'get', path: '/large' })),
    );
    const pings: Promise<unknown>[] = [];
    for (const until = performance.now() + 3 * TIMEOUT_MS; performance.now() < until; ) {
      pings.push(client.request({ op: 'ping' }));
      await sleep(200);
    }
    t.ok(await writer.exists(path), 'three timeouts later it lives');
    t.ok(client.arrived.length < GETS, 'while most of its answers wait');
    client.socket.resume();
    const answers = await gets;
    t.ok(answers.every(({ error }) => error === undefined));
    await Promise.all(pings);
    client.disconnect();
  };
  // One whose network stack answers by itself, and one whose messages alone count.
  await Promise.all([readsLate('/stack', {}), readsLate('/messages', { heartbeat: 'message' })]);
  writer.disconnect();
  await member.stop();
});

/** Both ends of a connection. */
async function pair(t: Test): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const there = connect(port, '127.0.0.1');
  const [here] = (await once(server, 'connection')) as [Socket];
  t.teardown(() => {
    for (const socket of [here, there]) socket.destroy();
    server.close();
  });
  return [here, there];
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

t.test('that something is read shows, that something is sent does not', async (t) => {
  const [here, there] = await pair(t);
  there.pause();
  const outbox = new Outbox(here, MIB, () => undefined);
  outbox.push('x');
  await until(() => here.writableLength === 0);
  t.notOk(outbox.isTaken());
  outbox.push('x');
  await until(() => here.writableLength === 0);
  t.notOk(outbox.isTaken(), 'what fits into the buffers of the system tells nothing');
  for (let n = 0; n < GETS; n += 1) outbox.push('x'.repeat(MIB));
  await until(() => here.writableLength > MIB);
  outbox.isTaken();
  await sleep(100);
  outbox.isTaken();
  await sleep(300);
  t.notOk(outbox.isTaken(), 'nobody reads');
  there.resume();
  await until(() => here.writableLength === 0);
  t.ok(outbox.isTaken(), 'somebody does');
  t.notOk(outbox.isTaken(), 'since it was asked last');
});
