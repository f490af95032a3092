/** Whatever comes to the peer listener, and whatever a proven member sends: the member goes on. */
import { connect } from 'node:net';
import t from 'tap';
import { FORWARD_CODE, forwardFrame } from '../../server/peers/frames.ts';
import { between, randomFrom, SEED } from '../crash/random.ts';
import { ask, openStream } from './stranger.ts';
import {
  connected,
  heartbeat,
  introduce,
  startTransport,
  stopAll,
  type TestMember,
} from './transports.ts';

const random = randomFrom(SEED);

/** Members 1 and 3 are connected; a member 2, known to both, is for the test to play. */
async function withRoomForTwo(): Promise<[TestMember, TestMember]> {
  const [one, three] = [await startTransport(1), await startTransport(3)];
  introduce([one, three, { ...one, address: { id: 2, host: '127.0.0.1', port: 1 } }]);
  await Promise.all([connected(one, 1), connected(three, 1)]);
  return [one, three];
}

/** What a client gets that sends these bytes and then nothing, until the connection ends. */
function exchange(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(bytes);
    socket.setTimeout(1000, () => socket.destroy());
  });
}

async function stillGoing([one, three]: readonly [TestMember, TestMember]): Promise<boolean> {
  const count = one.witness.count('message');
  three.transport.send(1, heartbeat(1));
  await one.witness.until('a heartbeat', () => one.witness.count('message') > count);
  return !one.witness.told.some(({ kind, from }) => kind === 'lost' && from === 3);
}

const GARBAGE: Readonly<Record<string, string | Buffer>> = {
  'no HTTP': 'hello\r\n\r\n',
  'bytes of another protocol': Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]),
  'random bytes': Buffer.from(Array.from({ length: 4096 }, () => between(random, 0, 255))),
  'no host': 'GET /peer/v1/challenge HTTP/1.1\r\n\r\n',
  'too many headers': `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5000)}\r\n`,
  'a header that is too long': `GET / HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(100_000)}\r\n\r\n`,
  'two lengths': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'a length and chunks':
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'a connection that is asked for': 'CONNECT example.org:80 HTTP/1.1\r\nHost: x\r\n\r\n',
  'another protocol that is asked for':
    'GET /peer/v1/stream HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'a body that is never needed': `POST /peer/v1/stream HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(100_000)}`,
  'HTTP 1.0': 'POST /peer/v1/stream HTTP/1.0\r\n\r\n',
  'a permission that is asked for': 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n',
  'an unknown expectation': 'POST / HTTP/1.1\r\nHost: x\r\nExpect: miracle\r\n\r\n',
};

t.test(`the peer listener survives garbage (seed ${SEED})`, async (t) => {
  const members = await withRoomForTwo();
  const { port } = members[0].address;
  for (const [name, bytes] of Object.entries(GARBAGE)) {
    const reply = await exchange(port, bytes);
    t.notMatch(reply, /^HTTP\/1\.1 (2(?!04)|3|5)/, `${name}: ${reply.slice(0, 30).trim()}`);
  }
  t.ok(await stillGoing(members));
  const lines = members[0].witness.lines.filter(({ text }) => text.startsWith('turned away'));
  t.ok(lines.length <= 5, `${lines.length} lines: one of each kind`);
  await stopAll(members);
});

t.test('what is no resource for members is none for anybody', async (t) => {
  const members = await withRoomForTwo();
  const { port } = members[0].address;
  for (const path of ['/', '/v1/znodes/a', '/peer/v1/stream/', '/metrics', '/peer/v1/snapshot']) {
    const { status } = await ask(port, 'GET', path);
    t.equal(status, 409, `${path}: not even looked at without a handshake`);
  }
  t.ok(await stillGoing(members));
  await stopAll(members);
});

t.test('connections that nobody uses are closed, and do not keep members out', async (t) => {
  const one = await startTransport(1, { limits: { connections: 30 } });
  const { port, host } = one.address;
  const sockets = Array.from({ length: 30 }, () => connect({ host, port }));
  let closed = 0;
  for (const socket of sockets) {
    socket.on('error', () => {});
    socket.resume();
    socket.on('close', () => {
      closed += 1;
    });
    socket.write('POST /peer/v1/stream HTTP/1.1\r\nHost: x\r\n');
  }
  const two = await startTransport(2);
  introduce([one, two]);
  await connected(two, 1);
  t.ok(closed > 0, `${closed} were closed`);
  await stopAll([one, two]);
  for (const socket of sockets) socket.destroy();
});

t.test('a proven member that sends garbage loses its stream, nobody else does', async (t) => {
  const [one, three] = await withRoomForTwo();
  const lost = () => one.witness.told.filter(({ kind, from }) => kind === 'lost' && from === 2);
  let streams = 0;
  for (const length of [5, 40, 400, 4000, 100_000]) {
    const garbage = Buffer.from(Array.from({ length }, () => between(random, 0, 255)));
    // So that it is complete: the length that it claims is one that may be.
    garbage.writeUInt32LE(length - 4, 0);
    garbage.writeUInt8(between(random, 35, 255), 4);
    const stream = await openStream(2, one.address);
    streams += 1;
    stream.outgoing.write(garbage);
    await one.witness.until('lost', () => lost().length === streams);
  }
  const reasons = one.witness.lines.filter(({ facts }) => facts['peer'] === 2);
  t.ok(reasons.some(({ facts }) => /makes no sense/.test(String(facts['reason']))));
  t.equal(one.witness.count('message'), 0, 'nothing of it was taken for a message');
  t.ok(await stillGoing([one, three]));
  await stopAll([one, three]);
});

t.test('frames that stop in the middle are waited for and forgotten', async (t) => {
  const [one, three] = await withRoomForTwo();
  const frame = forwardFrame(FORWARD_CODE, 'x'.repeat(10_000));
  for (let cut = 1; cut < frame.byteLength; cut += 1111) {
    const stream = await openStream(2, one.address);
    stream.outgoing.write(frame.subarray(0, cut));
    await new Promise((resolve) => setTimeout(resolve, 5));
    stream.socket.resetAndDestroy();
  }
  const stream = await openStream(2, one.address);
  stream.outgoing.write(frame);
  await one.witness.until('a whole one', () => one.witness.count('forwarded') === 1);
  stream.socket.destroy();
  t.ok(three.transport.status()[0]?.connected);
  await stopAll([one, three]);
});

t.test('a frame that is announced as too large is not waited for', async (t) => {
  const [one, three] = await withRoomForTwo();
  const stream = await openStream(2, one.address);
  stream.outgoing.write(Buffer.from([0, 0, 0, 255, 1]));
  await one.witness.until('lost', () => one.witness.count('lost') === 1);
  t.match(one.transport.status()[0]?.reason, /4278190084 bytes/);
  await stopAll([one, three]);
});
