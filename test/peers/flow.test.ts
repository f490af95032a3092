/** Much to send, and readers that are slow: what is urgent goes first, what waits is bounded. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { TcpProxy } from './proxy.ts';
import { openStream } from './stranger.ts';
import {
  appendOf,
  connected,
  entriesOf,
  heartbeat,
  startEnsemble,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

const MIB = 1024 * 1024;

/** Members 1 and 2, what 2 sends and receives passing through a proxy that can hold it up. */
async function throughProxy(
  limits: Record<string, number> = {},
): Promise<[TestMember, TestMember, TcpProxy]> {
  const [one, two] = [await startTransport(1, { limits }), await startTransport(2, { limits })];
  const proxy = new TcpProxy(one.address);
  one.transport.setPeers([one.address, two.address]);
  two.transport.setPeers([await proxy.listen(), two.address]);
  await Promise.all([connected(one, 1), connected(two, 1)]);
  return [one, two, proxy];
}

t.test('heartbeats do not wait behind 100 MB of appends', async (t) => {
  const limits = { queueBytes: 200 * MIB };
  const [one, two] = await startEnsemble([1, 2], { limits });
  if (one === undefined || two === undefined) throw new Error('two members were started');
  const payload = 'x'.repeat(1024);
  const total = 400;
  const perAppend = 256;
  let appends = 0;
  let heartbeats = 0;
  /** How many appends had arrived when each heartbeat did. */
  const overtaken: number[] = [];
  two.witness.message = (_, message) => {
    if (message.kind === 'append') appends += 1;
    if (message.kind !== 'heartbeat') return;
    heartbeats += 1;
    overtaken.push(appends);
  };
  for (let at = 0; at < total; at += 1) {
    one.transport.send(2, appendOf(entriesOf(1 + at * perAppend, perAppend, payload)));
  }
  t.ok((one.transport.status()[0]?.queuedBytes ?? 0) > 100_000_000);
  let sent = 0;
  while (appends < total) {
    if (sent < 1000) one.transport.send(2, heartbeat(++sent));
    await new Promise(setImmediate);
  }
  one.transport.send(2, heartbeat(++sent));
  while (heartbeats < sent) await sleep(1);
  t.equal(overtaken[0], 0, 'a heartbeat sent after all of them arrives before the first');
  const between = new Set(overtaken).size;
  t.ok(between >= 10, `heartbeats arrived at ${between} places between appends`);
  await stopAll([one, two]);
});

t.test('a lane of forwarded batches does not hold up heartbeats either', async (t) => {
  const [one, two, proxy] = await throughProxy();
  const batch = 'x'.repeat(MIB);
  let taken = 0;
  while (one.transport.forward(2, batch)) taken += 1;
  t.ok(taken >= 14 && taken <= 17, `the lane took ${taken} MiB, then said that it is full`);
  one.transport.send(2, heartbeat(1));
  await two.witness.until('all batches', () => two.witness.count('forwarded') === taken);
  const kinds = two.witness.told.map(({ kind }) => kind);
  t.ok(kinds.indexOf('message') < 4, 'what is urgent came among the first');
  t.ok(one.transport.forward(2, batch), 'there is room again');
  t.equal(one.witness.count('lost'), 0);
  await stopAll([one, two]);
  await proxy.close();
});

t.test('a batch that no frame can hold is refused, and the stream stays', async (t) => {
  const [one, two, proxy] = await throughProxy({ frameBytes: 1000 });
  t.equal(one.transport.forward(2, 'x'.repeat(1001)), false);
  t.equal(one.transport.forward(2, 'x'.repeat(900)), true);
  await two.witness.until('the small one', () => two.witness.count('forwarded') === 1);
  t.equal(one.witness.count('lost'), 0);
  await stopAll([one, two]);
  await proxy.close();
});

t.test('an append that no frame can hold ends the stream with a reason', async (t) => {
  const [one, two, proxy] = await throughProxy({ frameBytes: 1000 });
  one.transport.send(2, appendOf(entriesOf(1, 1, 'x'.repeat(1001))));
  t.equal(one.witness.count('lost'), 0, 'not told within the call');
  await one.witness.until('lost', () => one.witness.count('lost') === 1);
  t.ok(one.witness.lines.some(({ facts }) => /larger/.test(String(facts['reason']))));
  await stopAll([one, two]);
  await proxy.close();
});

t.test('what waits for a member that does not read is bounded', async (t) => {
  const queueBytes = 8 * MIB;
  const [one, two, proxy] = await throughProxy({ queueBytes, keepalivesMissed: 1000 });
  proxy.pause();
  const payload = 'x'.repeat(MIB / 4);
  let most = 0;
  for (let index = 1; index < 200 && one.witness.count('lost') === 0; index += 1) {
    one.transport.send(2, appendOf(entriesOf(index, 1, payload)));
    most = Math.max(most, one.transport.status()[0]?.queuedBytes ?? 0);
    await sleep(1);
  }
  await one.witness.until('lost', () => one.witness.count('lost') === 1);
  t.ok(most > queueBytes / 2 && most < queueBytes + MIB, `${most} bytes waited at most`);
  t.ok(one.witness.lines.some(({ facts }) => /too much/.test(String(facts['reason']))));
  proxy.resume();
  await one.witness.until('connected again', () => one.witness.count('connected') === 2);
  await stopAll([one, two]);
  await proxy.close();
});

t.test('replies that nobody reads end the stream: none is left out', async (t) => {
  const limits = { queueBytes: MIB, keepalivesMissed: 1000 };
  const one = await startTransport(1, { limits });
  one.transport.setPeers([one.address, { id: 2, host: '127.0.0.1', port: 1 }]);
  const stream = await openStream(2, one.address);
  const reply = 'x'.repeat(MIB / 8);
  let taken = 0;
  while (one.transport.forwardReply(2, reply)) {
    taken += 1;
    await new Promise(setImmediate);
  }
  t.ok(taken > 8, `${taken} replies were taken, many of them by the system`);
  await one.witness.until('lost', () => one.witness.count('lost') === 1);
  stream.socket.destroy();
  await stopAll([one]);
});

t.test('a member that works slowly slows nobody else down', async (t) => {
  const [one, two, proxy] = await throughProxy({ keepalivesMissed: 1000 });
  const three = await startTransport(3);
  const all = [one.address, two.address, three.address];
  one.transport.setPeers(all);
  three.transport.setPeers([one.address, three.address]);
  await connected(three, 1);
  proxy.pause();
  const payload = 'x'.repeat(MIB / 4);
  for (let index = 1; index <= 40; index += 1) {
    const message = appendOf(entriesOf(index, 1, payload));
    one.transport.send(2, message);
    one.transport.send(3, message);
  }
  await three.witness.until('all appends', () => three.witness.count('message') === 40);
  t.ok(two.witness.count('message') < 40);
  proxy.resume();
  await two.witness.until('all appends', () => two.witness.count('message') === 40);
  t.equal(one.witness.count('lost'), 0);
  await stopAll([one, two, three]);
  await proxy.close();
});
