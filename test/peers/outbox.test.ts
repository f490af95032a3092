/** What waits for a member: in which order it goes, and how much at a time. */
import t from 'tap';
import type { Message } from '../../raftlog/messages.ts';
import { AppendBlocks } from '../../server/peers/append-blocks.ts';
import { FrameReader } from '../../server/peers/frame-reader.ts';
import {
  type Append,
  appendHead,
  FORWARD_CODE,
  forwardFrame,
  MESSAGE_BYTES,
  type SmallMessage,
} from '../../server/peers/frames.ts';
import { Outbox } from '../../server/peers/outbox.ts';
import { appendOf, entriesOf, heartbeat } from './transports.ts';

const blocks = new AppendBlocks();

function queueAppend(outbox: Outbox, first: number, payload: string): void {
  const message = appendOf(entriesOf(first, 1, payload)) as Append;
  const block = blocks.blockOf(message.entries);
  outbox.append(appendHead(message, block.byteLength), block);
}

/** What frames are, in short: `h` a heartbeat, `a` an append, `f` forwarded. */
function shortly(buffers: readonly Buffer[]): string {
  const names: string[] = [];
  const reader = new FrameReader(2 ** 24, {
    open: true,
    message: (message: Message) => {
      const round = message.kind === 'heartbeat' ? message.round : 0;
      names.push(message.kind === 'append' ? `a${message.previous.index + 1}` : `h${round}`);
    },
    forwarded: (payload) => names.push(`f${payload.toString().slice(0, 1)}`),
    forwardReplied: () => names.push('r'),
    founded: () => names.push('e'),
  });
  for (const buffer of buffers) names.push(...(reader.push(buffer)?.split('\n') ?? []));
  return names.join(' ');
}

t.test('messages go before appends and forwarded batches, these two in turn', async (t) => {
  const outbox = new Outbox();
  queueAppend(outbox, 1, 'x');
  queueAppend(outbox, 2, 'x');
  queueAppend(outbox, 3, 'x');
  outbox.forward(forwardFrame(FORWARD_CODE, '1'));
  outbox.forward(forwardFrame(FORWARD_CODE, '2'));
  outbox.message(heartbeat(1) as SmallMessage);
  outbox.message(heartbeat(2) as SmallMessage);
  t.equal(shortly(outbox.take(1e6)), 'h1 h2 a1 f1 a2 f2 a3');
  t.equal(outbox.bytes, 0);
  t.equal(outbox.forwardBytes, 0);
  t.strictSame(outbox.take(1e6), []);
});

t.test('no more is taken at a time than asked for, but for one frame', async (t) => {
  const outbox = new Outbox();
  for (let index = 1; index <= 10; index += 1) queueAppend(outbox, index, 'x'.repeat(5000));
  t.equal(shortly(outbox.take(12_000)), 'a1 a2 a3');
  outbox.message(heartbeat(1) as SmallMessage);
  t.equal(shortly(outbox.take(1)), 'h1', 'what came later and is urgent goes next');
  t.equal(shortly(outbox.take(1)), 'a4');
  t.equal(shortly(outbox.take(1e6)), 'a5 a6 a7 a8 a9 a10');
});

t.test('what is small is joined, what is large is not copied', async (t) => {
  const outbox = new Outbox();
  for (let index = 1; index <= 20; index += 1) queueAppend(outbox, index, 'x');
  queueAppend(outbox, 21, 'x'.repeat(100_000));
  outbox.forward(forwardFrame(FORWARD_CODE, 'x'));
  const [first, second, third] = outbox.take(1e6);
  t.equal(first?.byteLength, 20 * (MESSAGE_BYTES + 33) + MESSAGE_BYTES + 7);
  t.equal(second?.byteLength, 100_032);
  t.equal(third, undefined);
});

t.test('a long queue keeps its order while it is filled and emptied', async (t) => {
  const outbox = new Outbox();
  const taken: string[] = [];
  let queued = 0;
  for (let turn = 0; turn < 300; turn += 1) {
    for (let more = 0; more < 20; more += 1) {
      queued += 1;
      outbox.message(heartbeat(queued) as SmallMessage);
    }
    taken.push(shortly(outbox.take(turn % 2 === 0 ? 500 : 10)));
  }
  while (outbox.bytes > 0) taken.push(shortly(outbox.take(10_000)));
  const wanted = Array.from({ length: queued }, (_, at) => `h${at + 1}`).join(' ');
  t.equal(taken.join(' '), wanted);
});
