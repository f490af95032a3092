/** Two processes with one number: the member keeps its streams, and the other one is told why. */
import t from 'tap';
import { TcpProxy } from './proxy.ts';
import {
  connected,
  heartbeat,
  introduce,
  startEnsemble,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

const NOWHERE = { host: '127.0.0.1', port: 1 } as const;

function says({ witness }: TestMember, peer: number, reason: RegExp): Promise<void> {
  return witness.until(`${reason} of ${peer}`, () =>
    witness.lines.some(({ facts }) => facts['peer'] === peer && reason.test(`${facts['reason']}`)),
  );
}

/** How often each process that the member with this number has been was let in, and lost. */
function told({ witness }: TestMember, peer: number): string {
  return witness.told
    .flatMap(({ kind, from }) => (from === peer && kind !== 'message' ? [kind] : []))
    .join(' ');
}

async function three(): Promise<[TestMember, TestMember, TestMember]> {
  const [one, two, three] = await startEnsemble([1, 2, 3]);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three');
  return [one, two, three];
}

t.test('a second process with the number of a member that lives takes nothing', async (t) => {
  const [one, two, three_] = await three();
  const twin = await startTransport(2);
  twin.transport.setPeers([one.address, two.address, three_.address]);
  // It asks member 1 for a stream, and lets member 3 know that it is there.
  await says(twin, 1, /^NumberTaken: another process that lives/);
  await says(twin, 3, /^NumberTaken/);
  for (const other of [one, three_]) {
    t.equal(told(other, 2), 'connected', `member ${other.id} has its stream to the member still`);
    const lines = other.witness.lines.filter(({ facts }) => facts['claims'] === 2);
    t.strictSame(
      lines.map(({ level, facts }) => [level, facts['reason']]),
      [['warn', 'NumberTaken']],
      'and says so, once',
    );
    const before = two.witness.count('message');
    other.transport.send(2, heartbeat(1));
    await two.witness.until('a heartbeat', () => two.witness.count('message') > before);
  }
  t.equal(two.witness.count('lost'), 0);
  t.equal(twin.witness.count('connected'), 0);
  await stopAll([one, two, three_, twin]);
});

t.test('a member that has started again takes the place of what seems to stand', async (t) => {
  const [one, three_] = [await startTransport(1), await startTransport(3)];
  // Its former process is out of reach: nothing tells the others that it is gone.
  const former = await startTransport(2);
  const [toOne, toFormer] = [new TcpProxy(one.address), new TcpProxy(former.address)];
  const at = await toFormer.listen();
  one.transport.setPeers([one.address, at, three_.address]);
  three_.transport.setPeers([one.address, at, three_.address]);
  former.transport.setPeers([await toOne.listen(), at, three_.address]);
  await Promise.all([connected(one, 2), connected(three_, 2), connected(former, 2)]);
  const again = await startTransport(2);
  toOne.moveTo(one.address);
  toFormer.moveTo(again.address);
  again.transport.setPeers([one.address, at, three_.address]);
  await connected(again, 2);
  for (const other of [one, three_]) {
    await connected(other, 2);
    t.equal(told(other, 2), 'connected lost connected', `member ${other.id} has changed over`);
  }
  await stopAll([one, three_, again, former]);
  await Promise.all([toOne.close(), toFormer.close()]);
});

t.test('where nobody answers, whoever comes first has the number, and only once', async (t) => {
  const [one, two] = [await startTransport(1), await startTransport(2)];
  const proxy = new TcpProxy(one.address);
  const through = await proxy.listen();
  one.transport.setPeers([one.address, { id: 2, ...NOWHERE }]);
  two.transport.setPeers([through, two.address]);
  await connected(two, 1);
  const twin = await startTransport(2);
  twin.transport.setPeers([one.address, twin.address]);
  await says(twin, 1, /^NumberTaken/);
  t.equal(told(one, 2), 'connected', 'a stream that stands is not given up');
  proxy.refuses = true;
  proxy.cut();
  await connected(twin, 1);
  proxy.refuses = false;
  await says(two, 1, /^NumberTaken/);
  await twin.transport.stop();
  await says(two, 1, /^Superseded/);
  t.equal(told(one, 2), 'connected lost connected lost');
  await stopAll([one, two, twin]);
  await proxy.close();
});

t.test('a member whose place was taken while it was out of reach has it again', async (t) => {
  const [one, two] = [await startTransport(1), await startTransport(2)];
  const [toOne, toTwo] = [new TcpProxy(one.address), new TcpProxy(two.address)];
  const at = await toTwo.listen();
  one.transport.setPeers([one.address, at]);
  two.transport.setPeers([await toOne.listen(), at]);
  await connected(two, 1);
  for (const proxy of [toOne, toTwo]) {
    proxy.refuses = true;
    proxy.cut();
  }
  const twin = await startTransport(2);
  twin.transport.setPeers([one.address, at]);
  await connected(twin, 1);
  toOne.refuses = false;
  toTwo.refuses = false;
  await connected(two, 1);
  await says(twin, 1, /^NumberTaken/);
  t.equal(told(one, 2), 'connected lost connected lost connected');
  introduce([one, two]);
  await stopAll([one, two, twin]);
  await Promise.all([toOne.close(), toTwo.close()]);
});
