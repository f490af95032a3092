/** Who knows no secret and comes all the same, in numbers: members find each other nevertheless. */
import { connect, type Socket } from 'node:net';
import t from 'tap';
import { eventually } from '../harness/wait.ts';
import { connected, introduce, startTransport, stopAll } from './transports.ts';

const QUESTION = 'GET /peer/v1/challenge HTTP/1.1\r\nHost: x\r\n\r\n';
const ASK_MS = 50;
const AGAIN_MS = 5;

/** Asks for challenges for as long as it is let, and comes again when it is not. */
class Stranger {
  readonly #port: number;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #over = false;
  answers = 0;
  closed = 0;

  constructor(port: number) {
    this.#port = port;
    this.#come();
  }

  leave(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #come(): void {
    const socket = connect({ host: '127.0.0.1', port: this.#port });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', () => {
      this.answers += 1;
      this.#later(ASK_MS, () => socket.write(QUESTION));
    });
    socket.on('close', () => {
      this.closed += 1;
      this.#later(AGAIN_MS, () => this.#come());
    });
    socket.write(QUESTION);
  }

  #later(ms: number, run: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#over) this.#timer = setTimeout(run, ms);
  }
}

t.test('members connect through a crowd that takes every place and asks for ever', async (t) => {
  const one = await startTransport(1, { limits: { connections: 30 } });
  const crowd = Array.from({ length: 40 }, () => new Stranger(one.address.port));
  t.teardown(() => crowd.forEach((stranger) => void stranger.leave()));
  await eventually('every place has been taken', () => {
    return crowd.filter(({ answers }) => answers > 0).length >= 30;
  });
  const [two, three] = [await startTransport(2), await startTransport(3)];
  introduce([one, two, three]);
  await Promise.all([connected(one, 2), connected(two, 2), connected(three, 2)]);
  const before = crowd.reduce((sum, { closed }) => sum + closed, 0);
  await eventually('others go on making room', () => {
    return crowd.reduce((sum, { closed }) => sum + closed, 0) > before + 100;
  });
  t.strictSame(
    one.transport.status().map(({ connected, streams }) => [connected, streams]),
    [
      [true, 1],
      [true, 1],
    ],
    'what has proved itself makes room for nobody',
  );
  const lines = one.witness.lines.filter(({ text }) => text.startsWith('closed connections'));
  t.strictSame(
    lines.map(({ level, facts }) => [level, facts['reason'], facts['address']]),
    [['warn', 'TooManyConnections', '127.0.0.1']],
    'one line, however many they are',
  );
  await stopAll([one, two, three]);
});

t.test('a connection that has proved nothing ends soon, whatever it asks', async (t) => {
  const limits = { handshakeMs: 300 };
  const one = await startTransport(1, { limits });
  const two = await startTransport(2);
  introduce([one, two]);
  await connected(one, 1);
  const stranger = new Stranger(one.address.port);
  t.teardown(() => stranger.leave());
  await eventually('it was closed twice', () => stranger.closed >= 2);
  t.ok(stranger.answers > 2, `it was answered ${stranger.answers} times`);
  t.equal(one.witness.count('lost'), 0, 'the stream of a member stays');
  const lines = one.witness.lines.filter(({ text }) => text.startsWith('closed connections'));
  t.strictSame(
    lines.map(({ facts }) => facts['reason']),
    ['NotProven'],
    'which is said once',
  );
  await stopAll([one, two]);
});
