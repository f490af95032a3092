/** Frames: whatever is encoded is decoded as it was; whatever else comes is refused, not thrown. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { Message } from '../../raftlog/messages.ts';
import type { Entry, EntryType } from '../../raftlog/types.ts';
import { EPOCH_MAX, type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { AppendBlocks } from '../../server/peers/append-blocks.ts';
import { FrameReader } from '../../server/peers/frame-reader.ts';
import {
  appendHead,
  FORWARD_CODE,
  FORWARD_REPLY_CODE,
  forwardFrame,
  MESSAGE_BYTES,
  PING_FRAME,
  writeMessage,
} from '../../server/peers/frames.ts';
import type { Payload } from '../../server/peers/types.ts';
import { appendOf, entriesOf } from './transports.ts';

const FRAME_BYTES = 1024 * 1024;

const blocks = new AppendBlocks();

function encode(message: Message): Buffer {
  if (message.kind === 'append') {
    const block = blocks.blockOf(message.entries);
    return Buffer.concat([appendHead(message, block.byteLength), block]);
  }
  const bytes = Buffer.alloc(MESSAGE_BYTES);
  writeMessage(bytes, 0, message);
  return bytes;
}

type Got =
  | Message
  | { readonly forwarded: Payload }
  | { readonly replied: Payload }
  | { readonly founded: string };

/** A reader, and what it has handed over. */
class Reading {
  readonly got: Got[] = [];
  open = true;
  readonly reader: FrameReader;

  constructor(frameBytes = FRAME_BYTES) {
    this.reader = new FrameReader(frameBytes, this);
  }

  message(message: Message): void {
    this.got.push(message);
  }

  forwarded(forwarded: Payload): void {
    this.got.push({ forwarded });
  }

  forwardReplied(replied: Payload): void {
    this.got.push({ replied });
  }

  founded(founded: string): void {
    this.got.push({ founded });
  }

  push(bytes: Buffer): string | undefined {
    return this.reader.push(bytes);
  }
}

/** Objects like those of a literal: their prototype counts when they are compared. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const epoch = fc.integer({ min: 0, max: EPOCH_MAX });
const count = fc.maxSafeNat();
const point = record({ index: count, zxid: count.map((zxid) => zxid as Zxid) });

function of<K extends Message['kind']>(kind: K) {
  return { kind: fc.constant(kind), epoch };
}

const type = fc.constantFrom<EntryType[]>('epoch', 'transaction', 'members');

const append: fc.Arbitrary<Message> = fc
  .record({
    epoch: fc.integer({ min: 1, max: EPOCH_MAX }),
    first: fc.integer({ min: 1, max: 2 ** 31 }),
    contents: fc.array(fc.tuple(type, fc.string({ unit: 'grapheme', maxLength: 40 })), {
      maxLength: 5,
    }),
    committed: count,
  })
  .map(({ epoch, first, contents, committed }) => ({
    kind: 'append' as const,
    epoch,
    previous: { index: first - 1, zxid: zxidOf(epoch, first - 1) },
    entries: contents.map(
      ([type, payload], at): Entry => ({
        index: first + at,
        epoch,
        zxid: zxidOf(epoch, first + at),
        type,
        payload,
      }),
    ),
    committed,
  }));

const message: fc.Arbitrary<Message> = fc.oneof(
  append,
  record({ ...of('appended'), index: count, suspect: fc.boolean() }),
  record({ ...of('rejected'), previous: count, last: point }),
  record({ ...of('heartbeat'), committed: count, round: count }),
  record({ ...of('heartbeatReply'), round: count, matched: count }),
  record({ ...of('preVote'), last: point }),
  record({ ...of('preVoteReply'), granted: fc.boolean() }),
  record({ ...of('vote'), last: point, handOver: fc.boolean() }),
  record({ ...of('voteReply'), granted: fc.boolean() }),
  record({ ...of('snapshotNeeded'), committed: count }),
  record(of('handOver')),
  record(of('inquiry')),
  record({ ...of('introduction'), blank: fc.boolean() }),
);

/** `bytes` in pieces that end at random places. */
function inPieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = cuts.map((cut) => cut % (bytes.byteLength + 1)).sort((a, b) => a - b);
  return [...places, bytes.byteLength].map((end, at) => bytes.subarray(places[at - 1] ?? 0, end));
}

t.test('messages of every kind arrive as they were, however they are cut', async (t) => {
  const property = fc.property(
    fc.array(message, { maxLength: 8 }),
    fc.array(fc.nat(), { maxLength: 12 }),
    (messages, cuts) => {
      const reading = new Reading();
      for (const piece of inPieces(Buffer.concat(messages.map(encode)), cuts)) {
        if (reading.push(piece) !== undefined) return false;
      }
      return isDeepStrictEqual(reading.got, messages);
    },
  );
  fc.assert(property, { numRuns: 500 });
  t.pass('each was the same');
});

t.test('a forwarded batch arrives as it was, text as text and bytes as bytes', async (t) => {
  const payloads: Payload[] = ['', 'text with ü and 🌲', new Uint8Array([0, 255, 10]), 'x'];
  const frames = payloads.flatMap((payload) => [
    forwardFrame(FORWARD_CODE, payload),
    forwardFrame(FORWARD_REPLY_CODE, payload),
    PING_FRAME,
  ]);
  const reading = new Reading();
  for (const byte of Buffer.concat(frames)) {
    t.equal(reading.push(Buffer.of(byte)), undefined);
  }
  t.strictSame(
    reading.got,
    payloads.flatMap((payload) => [{ forwarded: payload }, { replied: payload }]),
  );
});

t.test('bytes that arrived belong to whom they were handed to', async (t) => {
  const reading = new Reading();
  const bytes = Buffer.from(forwardFrame(FORWARD_CODE, new Uint8Array([1, 2, 3])));
  reading.push(bytes);
  bytes.fill(9);
  t.strictSame(reading.got, [{ forwarded: new Uint8Array([1, 2, 3]) }]);
});

t.test('random bytes are refused or waited on, and never thrown at anybody', async (t) => {
  const property = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    const fault = new Reading().push(Buffer.from(bytes));
    return fault === undefined || fault.length > 0;
  });
  fc.assert(property, { numRuns: 2000 });
  t.pass('nothing was thrown');
});

t.test('a message with one bit turned is a sound message, or is refused', async (t) => {
  const sound = (message: Got) => 'kind' in message && Number.isSafeInteger(message.epoch);
  const property = fc.property(message, fc.nat(), fc.array(fc.nat()), (message, bit, cuts) => {
    const bytes = Buffer.from(encode(message));
    const at = Math.floor(bit / 8) % bytes.byteLength;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
    const reading = new Reading();
    const pieces = inPieces(bytes, cuts);
    pieces.some((piece) => reading.push(piece) !== undefined);
    return reading.got.every((got) => sound(got) || 'forwarded' in got || 'replied' in got);
  });
  fc.assert(property, { numRuns: 2000 });
  t.pass('nothing was thrown');
});

t.test('what no member would send is refused', async (t) => {
  const entries = entriesOf(5, 3, 'x');
  const good = appendOf(entries);
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(encode(good));
    change(bytes);
    return bytes;
  };
  const heartbeat = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = encode({ kind: 'heartbeat', epoch: 1, committed: 2, round: 3 });
    change(bytes);
    return bytes;
  };
  const entryAt = MESSAGE_BYTES;
  const cases: Readonly<Record<string, Buffer>> = {
    'a frame without content': Buffer.alloc(4),
    'a frame larger than may be': Buffer.from([0, 0, 16, 0]),
    'a frame of ten gigabytes': Buffer.from([255, 255, 255, 255]),
    'an unknown kind': heartbeat((bytes) => bytes.writeUInt8(99, 4)),
    'a kind of zero': heartbeat((bytes) => bytes.writeUInt8(0, 4)),
    'unknown flags': heartbeat((bytes) => bytes.writeUInt8(2, 5)),
    'bytes that should be zero': heartbeat((bytes) => bytes.writeUInt16LE(1, 6)),
    'an epoch beyond the largest': heartbeat((bytes) => bytes.writeUInt32LE(EPOCH_MAX + 1, 8)),
    'a negative number': heartbeat((bytes) => bytes.writeDoubleLE(-1, 12)),
    'a fraction': heartbeat((bytes) => bytes.writeDoubleLE(0.5, 12)),
    'not a number': heartbeat((bytes) => bytes.writeDoubleLE(Number.NaN, 20)),
    'an unsafe number': heartbeat((bytes) => bytes.writeDoubleLE(2 ** 53, 28)),
    'a message that is too long': Buffer.concat([
      heartbeat((bytes) => bytes.writeUInt32LE(MESSAGE_BYTES, 0)),
      Buffer.alloc(4),
    ]),
    'a message that is too short': heartbeat((bytes) => bytes.writeUInt32LE(8, 0)),
    'an append without a head': changed((bytes) => bytes.writeUInt32LE(10, 0)),
    'an append with flags': changed((bytes) => bytes.writeUInt8(1, 5)),
    'an entry cut off': changed((bytes) => bytes.writeUInt32LE(bytes.byteLength - 5, 0)),
    'an entry longer than its block': changed((bytes) => bytes.writeUInt32LE(1000, entryAt + 20)),
    'an entry of an unknown type': changed((bytes) => bytes.writeUInt32LE(77, entryAt + 24)),
    'an entry that does not follow': changed((bytes) => bytes.writeDoubleLE(6, entryAt)),
    'an entry with a smaller zxid': changed((bytes) => bytes.writeDoubleLE(1, entryAt + 8)),
    'an entry whose zxid is none': changed((bytes) => bytes.writeDoubleLE(-7, entryAt + 8)),
    'an entry of another epoch': changed((bytes) => bytes.writeUInt32LE(2, entryAt + 16)),
    'a ping with a content': Buffer.from([2, 0, 0, 0, 32, 0]),
    'a forwarded batch without flags': Buffer.from([1, 0, 0, 0, 33]),
    'a forwarded batch with unknown flags': Buffer.from([2, 0, 0, 0, 33, 2]),
  };
  t.equal(new Reading().push(encode(good)), undefined, 'what the cases begin with is sound');
  for (const [name, bytes] of Object.entries(cases)) {
    const reading = new Reading();
    t.type(reading.push(bytes), 'string', name);
    t.strictSame(reading.got, [], `${name}: nothing was handed over`);
  }
});

t.test('after a stream was given up nothing more of it is handed over', async (t) => {
  const reading = new Reading();
  const first = encode({ kind: 'handOver', epoch: 1 });
  reading.message = (message) => {
    reading.got.push(message);
    reading.open = false;
  };
  t.equal(reading.push(Buffer.concat([first, first, first])), undefined);
  t.equal(reading.got.length, 1);
});

t.test('the same entries for several members are packed once', async (t) => {
  const entries = entriesOf(1, 20, 'payload');
  const first = blocks.blockOf(entries);
  t.equal(blocks.blockOf(entries.slice()), first, 'also when the list is another');
  t.not(blocks.blockOf(entries.slice(0, 19)), first, 'but not when it is shorter');
  t.not(blocks.blockOf(entries.slice(1)), first, 'nor when it begins later');
  t.equal(first.buffer.byteLength, first.byteLength, 'nothing is kept that is not needed');
  t.equal(blocks.blockOf([]).byteLength, 0);
});
