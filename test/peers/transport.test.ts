/** The streams between members: order, ends of streams, reconnecting, changes of who belongs. */
import t from 'tap';
import type { Message } from '../../raftlog/messages.ts';
import { TcpProxy } from './proxy.ts';
import {
  appendOf,
  clusterOf,
  connected,
  entriesOf,
  heartbeat,
  introduce,
  QUICK,
  startEnsemble,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

function rounds(messages: readonly Message[]): number[] {
  return messages.flatMap((message) => (message.kind === 'heartbeat' ? [message.round] : []));
}

/** All of what two members say and reply, with what they say about it. */
async function pair(): Promise<[TestMember, TestMember]> {
  const [first, second] = await startEnsemble([1, 2]);
  if (first === undefined || second === undefined) throw new Error('two members were started');
  return [first, second];
}

t.test('every two members are connected by one stream', async (t) => {
  const members = await startEnsemble([1, 2, 3]);
  for (const { transport, witness } of members) {
    t.strictSame(
      transport.status().map(({ connected, streams }) => [connected, streams]),
      [
        [true, 1],
        [true, 1],
      ],
    );
    t.equal(witness.count('connected'), 2);
    t.equal(witness.count('lost'), 0);
    t.ok(transport.status().every(({ sameConfiguration }) => sameConfiguration));
  }
  await stopAll(members);
});

t.test('messages arrive in order, both ways, on both kinds of ends', async (t) => {
  const [one, two] = await pair();
  const count = 5000;
  for (let round = 1; round <= count; round += 1) {
    one.transport.send(2, heartbeat(round));
    two.transport.send(1, heartbeat(round));
    if (round % 100 === 0) await new Promise(setImmediate);
  }
  const wanted = Array.from({ length: count }, (_, at) => at + 1);
  for (const { witness } of [one, two]) {
    await witness.until('all of them', () => witness.count('message') === count);
    t.strictSame(rounds(witness.messages), wanted);
  }
  await stopAll([one, two]);
});

t.test('appends arrive in order, whatever their size', async (t) => {
  const [one, two] = await pair();
  const sent: Message[] = [];
  let index = 1;
  for (const kib of [0, 1, 100, 3, 1500, 64, 0, 5000, 1]) {
    const message = appendOf(entriesOf(index, 1 + (kib % 7), 'ü'.repeat(kib * 512)));
    index += 1 + (kib % 7);
    sent.push(message);
    two.transport.send(1, message);
  }
  await one.witness.until('all of them', () => one.witness.count('message') === sent.length);
  t.strictSame(one.witness.messages, sent);
  await stopAll([one, two]);
});

t.test('what is forwarded and what is answered keep their order', async (t) => {
  const [one, two] = await pair();
  one.witness.onTold = (told) => {
    if (told.kind === 'forwarded') one.transport.forwardReply(told.from, `re ${told.payload}`);
  };
  const taken = Array.from({ length: 1000 }, (_, at) => two.transport.forward(1, `write ${at}`));
  t.ok(taken.every(Boolean));
  await two.witness.until('all replies', () => two.witness.count('replied') === 1000);
  const replies = two.witness.told.flatMap((told) =>
    told.kind === 'replied' ? [told.payload] : [],
  );
  t.strictSame(
    replies,
    taken.map((_, at) => `re write ${at}`),
  );
  await stopAll([one, two]);
});

t.test('nothing is called within a call', async (t) => {
  const [one, two] = await pair();
  let calling = false;
  for (const { witness } of [one, two]) witness.onTold = () => t.notOk(calling, 'was not calling');
  calling = true;
  one.transport.send(2, heartbeat(1));
  one.transport.forward(2, 'x');
  one.transport.flush();
  two.transport.send(1, heartbeat(1));
  calling = false;
  await two.witness.until('a message', () => two.witness.count('forwarded') === 1);
  await stopAll([one, two]);
});

t.test('nobody is there: messages are dropped, and forwarding says so', async (t) => {
  const one = await startTransport(1);
  one.transport.setPeers([one.address, { id: 2, host: '127.0.0.1', port: 1 }]);
  one.transport.send(2, heartbeat(1));
  t.equal(one.transport.forward(2, 'x'), false);
  t.equal(one.transport.forwardReply(2, 'x'), false);
  t.equal(one.transport.forward(77, 'x'), false);
  one.transport.send(77, heartbeat(1));
  t.strictSame(one.witness.told, []);
  await stopAll([one]);
});

t.test('a member that stops is lost once, what it had sent is not', async (t) => {
  const [one, two] = await pair();
  for (let round = 1; round <= 3000; round += 1) two.transport.send(1, heartbeat(round));
  two.transport.send(1, appendOf(entriesOf(1, 1, 'x'.repeat(3_000_000))));
  await two.transport.stop();
  await one.witness.until('lost', () => one.witness.count('lost') > 0);
  t.equal(one.witness.count('message'), 3001);
  t.equal(one.witness.told.at(-1)?.kind, 'lost', 'after everything that it said');
  t.equal(two.witness.count('lost'), 0, 'who stops hears of nothing any more');
  const [status] = one.transport.status();
  t.equal(status?.connected, false);
  t.type(status?.reason, 'string');
  await stopAll([one, two]);
  t.equal(one.witness.count('lost'), 1);
});

t.test('a stream that is cut is opened again, and each end is told', async (t) => {
  const [one, two] = [await startTransport(1), await startTransport(2)];
  const proxy = new TcpProxy(one.address);
  const throughProxy = await proxy.listen();
  one.transport.setPeers([one.address, two.address]);
  two.transport.setPeers([throughProxy, two.address]);
  await Promise.all([connected(one, 1), connected(two, 1)]);
  for (let times = 1; times <= 3; times += 1) {
    proxy.cut();
    for (const { witness } of [one, two]) {
      await witness.until('lost', () => witness.count('lost') === times);
      await witness.until('connected', () => witness.count('connected') === times + 1);
    }
  }
  t.strictSame(
    one.witness.told.map(({ kind }) => kind).join(' '),
    'connected lost connected lost connected lost connected',
  );
  one.transport.send(2, heartbeat(1));
  await two.witness.until('a message', () => two.witness.count('message') === 1);
  t.notOk(two.transport.status()[0]?.sameConfiguration, 'an address differs, which is said');
  await stopAll([one, two]);
  await proxy.close();
});

t.test('a member that is away is asked less and less often, with one line of log', async (t) => {
  const two = await startTransport(2);
  const proxy = new TcpProxy({ id: 1, host: '127.0.0.1', port: 1 });
  proxy.refuses = true;
  two.transport.setPeers([await proxy.listen(), two.address]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const { connections } = proxy;
  t.ok(connections >= 4, `${connections} attempts: it goes on`);
  t.ok(connections <= 15, `${connections} attempts: it does not hurry`);
  t.equal(two.witness.lines.length, 1);
  await stopAll([two]);
  await proxy.close();
});

t.test('a member that starts is connected at once, whichever number it has', async (t) => {
  for (const id of [1, 3]) {
    const other = await startTransport(2);
    const before = await startTransport(id);
    introduce([other, before]);
    await connected(other, 1);
    await before.transport.stop();
    // By now the other waits for as long as it ever does between two attempts.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const since = performance.now();
    const { address } = before;
    const { host, port } = address;
    const again = await startTransport(id, { listen: { host, port } });
    again.transport.setPeers([other.address, address]);
    await connected(again, 1);
    await connected(other, 1);
    t.comment(`member ${id} was connected after ${(performance.now() - since).toFixed(0)} ms`);
    t.equal(other.witness.count('connected'), 2);
    t.not(other.transport.status()[0]?.incarnation, '');
    await stopAll([other, again]);
  }
});

t.test('a stream on which nothing passes any more is given up', async (t) => {
  const limits = { ...QUICK, handshakeMs: 1000 };
  const [one, two] = [await startTransport(1, { limits }), await startTransport(2, { limits })];
  const proxy = new TcpProxy(one.address);
  one.transport.setPeers([one.address, two.address]);
  two.transport.setPeers([await proxy.listen(), two.address]);
  await Promise.all([connected(one, 1), connected(two, 1)]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  t.equal(one.witness.count('lost'), 0, 'an idle stream stays');
  proxy.swallows = true;
  for (const { witness } of [one, two]) {
    await witness.until('lost', () => witness.count('lost') === 1);
  }
  const reasons = [one, two].map(({ transport }) => transport.status()[0]?.reason ?? '');
  t.ok(
    reasons.some((reason) => reason.startsWith('nothing came')),
    `one noticed it, and so did the other: ${reasons.join('; ')}`,
  );
  proxy.swallows = false;
  await Promise.all([connected(one, 1), connected(two, 1)]);
  t.ok(one.witness.count('connected') >= 2);
  await stopAll([one, two]);
  await proxy.close();
});

t.test('members come and go while others stay connected', async (t) => {
  const [one, two] = await pair();
  const three = await startTransport(3);
  introduce([one, two, three]);
  await Promise.all([connected(one, 2), connected(two, 2), connected(three, 2)]);
  one.transport.setPeers([one.address, three.address]);
  t.equal(one.witness.told.at(-1)?.kind, 'lost', 'told within the call');
  await two.witness.until('lost', () => two.witness.count('lost') === 1);
  t.strictSame(
    one.transport.status().map(({ id }) => id),
    [3],
  );
  t.equal(one.transport.forward(2, 'x'), false);
  t.equal(three.witness.count('lost'), 0);
  await two.witness.until('refused', () =>
    two.witness.lines.some(({ facts }) => /UnknownMember/.test(String(facts['reason']))),
  );
  introduce([one, two, three]);
  await Promise.all([connected(one, 2), connected(two, 2)]);
  await stopAll([one, two, three]);
});

t.test('a member that has moved is found at its new address', async (t) => {
  const [one, two] = await pair();
  await two.transport.stop();
  const moved = await startTransport(2);
  introduce([one, moved]);
  await Promise.all([connected(one, 1), connected(moved, 1)]);
  t.equal(one.witness.count('lost'), 1);
  await stopAll([one, moved]);
});

t.test('members count what they sent and received, over all streams', async (t) => {
  const [one, two] = await pair();
  two.transport.send(1, appendOf(entriesOf(1, 1, 'x'.repeat(10_000))));
  await one.witness.until('a message', () => one.witness.count('message') === 1);
  const before = one.transport.status()[0]?.receivedBytes ?? 0;
  t.ok(before > 10_000);
  await two.transport.stop();
  await one.witness.until('lost', () => one.witness.count('lost') === 1);
  t.ok((one.transport.status()[0]?.receivedBytes ?? 0) >= before);
  await stopAll([one, two]);
});

t.test('what cannot be listened on is told at the start', async (t) => {
  const one = await startTransport(1);
  const { host, port } = one.address;
  await t.rejects(startTransport(2, { listen: { host, port } }), { code: 'EADDRINUSE' });
  await stopAll([one]);
});

t.test('a secret that is too short is refused', async (t) => {
  t.throws(() => clusterOf('short'), RangeError);
});
