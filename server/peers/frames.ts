/**
 * Frames: what members say to each other, as bytes. All numbers little-endian; a frame begins with
 * its length without these four bytes.
 *
 *     message    length u32 · kind u8 · flags u8 · zero u16 · epoch u32 · three numbers f64
 *     append     the same, then its entries as a block of storage/packed-entries.ts
 *     forward,   length u32 · kind u8 · flags u8 · payload
 *     forwardReply
 *     ping       length u32 · kind u8
 *     ensemble   length u32 · kind u8 · id as 32 hex digits
 *
 * Every message of the core but `append` fits one shape: an epoch, a flag, at most three
 * numbers. That saves a layout for each kind; as JSON they would be twice as long and cost five
 * times as much. Never here: sockets, queues, what a message means.
 */
import { assertNever } from '../../raftlog/assert.ts';
import type { LogPoint, Message, MessageKind } from '../../raftlog/messages.ts';
import { EPOCH_MAX, type Zxid } from '../../raftlog/zxid.ts';
import type { Payload } from './types.ts';

/** In the handshake: members with different formats do not talk to each other. */
export const FRAME_FORMAT = 1;

export const LENGTH_BYTES = 4;
/** A whole frame of a message of the core; of an append, what comes before its entries. */
export const MESSAGE_BYTES = 36;
/** What comes before the payload of a forwarded batch or of a reply. */
export const FORWARD_HEAD_BYTES = 6;

/** Numbers are never used again for something else: a format is recognised by its version. */
const CODES = {
  append: 1,
  appended: 2,
  rejected: 3,
  heartbeat: 4,
  heartbeatReply: 5,
  preVote: 6,
  preVoteReply: 7,
  vote: 8,
  voteReply: 9,
  snapshotNeeded: 10,
  handOver: 11,
  inquiry: 12,
  introduction: 13,
} as const satisfies Record<MessageKind, number>;

export const APPEND_CODE = CODES.append;
export const PING_CODE = 32;
export const FORWARD_CODE = 33;
export const FORWARD_REPLY_CODE = 34;
export const ENSEMBLE_CODE = 35;

/** The payload is text. */
export const TEXT_FLAG = 1;

const KINDS = new Map<number, MessageKind>(
  Object.entries(CODES).map(([kind, code]) => [code, kind as MessageKind]),
);

export type SmallMessage = Exclude<Message, { readonly kind: 'append' }>;
export type Append = Extract<Message, { readonly kind: 'append' }>;

/** `ping`, whole. Shared: never written to. */
export const PING_FRAME = Buffer.from([1, 0, 0, 0, PING_CODE]);

/** Bytes of an `ensemble`, whole. */
export const ENSEMBLE_BYTES = 37;

export function ensembleFrame(ensemble: string): Buffer {
  const frame = Buffer.alloc(ENSEMBLE_BYTES);
  frame.writeUInt32LE(ENSEMBLE_BYTES - LENGTH_BYTES, 0);
  frame[4] = ENSEMBLE_CODE;
  frame.write(ensemble, 5, 'latin1');
  return frame;
}

/** What a head holds besides kind and epoch; what a message does not have is 0. */
interface Fields {
  readonly first?: number;
  readonly second?: number;
  readonly third?: number;
  readonly flag?: boolean;
}

function fieldsOf(message: SmallMessage): Fields {
  switch (message.kind) {
    case 'appended':
      return { first: message.index, flag: message.suspect };
    case 'rejected':
      return { first: message.last.index, second: message.last.zxid, third: message.previous };
    case 'heartbeat':
      return { first: message.committed, second: message.round };
    case 'heartbeatReply':
      return { first: message.matched, second: message.round };
    case 'preVote':
      return { first: message.last.index, second: message.last.zxid };
    case 'vote':
      return {
        first: message.last.index,
        second: message.last.zxid,
        flag: message.handOver,
      };
    case 'preVoteReply':
    case 'voteReply':
      return { flag: message.granted };
    case 'introduction':
      return { flag: message.blank };
    case 'snapshotNeeded':
      return { first: message.committed };
    case 'handOver':
    case 'inquiry':
      return {};
    default:
      return assertNever(message);
  }
}

function writeHead(
  bytes: Buffer,
  at: number,
  { kind, epoch }: Message,
  { first = 0, second = 0, third = 0, flag = false }: Fields,
  blockBytes: number,
): void {
  bytes.writeUInt32LE(MESSAGE_BYTES - LENGTH_BYTES + blockBytes, at);
  bytes.writeUInt32LE(CODES[kind] + (flag ? 256 : 0), at + 4);
  bytes.writeUInt32LE(epoch, at + 8);
  bytes.writeDoubleLE(first, at + 12);
  bytes.writeDoubleLE(second, at + 20);
  bytes.writeDoubleLE(third, at + 28);
}

/** Writes a message as `MESSAGE_BYTES` bytes. */
export function writeMessage(bytes: Buffer, at: number, message: SmallMessage): void {
  writeHead(bytes, at, message, fieldsOf(message), 0);
}

/** The head of an append; its entries follow as a block of `blockBytes`. */
export function appendHead(message: Append, blockBytes: number): Buffer {
  const head = Buffer.allocUnsafe(MESSAGE_BYTES);
  const { previous, committed } = message;
  const fields = { first: previous.index, second: previous.zxid, third: committed };
  writeHead(head, 0, message, fields, blockBytes);
  return head;
}

/** A whole frame of a forwarded batch or of a reply. */
export function forwardFrame(code: number, payload: Payload): Buffer {
  const text = typeof payload === 'string';
  const length = text ? Buffer.byteLength(payload, 'utf8') : payload.byteLength;
  const frame = Buffer.allocUnsafe(FORWARD_HEAD_BYTES + length);
  frame.writeUInt32LE(FORWARD_HEAD_BYTES - LENGTH_BYTES + length, 0);
  frame[4] = code;
  frame[5] = text ? TEXT_FLAG : 0;
  if (text) frame.write(payload, FORWARD_HEAD_BYTES, 'utf8');
  else frame.set(payload, FORWARD_HEAD_BYTES);
  return frame;
}

/** What the head of a message says, before it is known to make sense. */
interface Head {
  readonly epoch: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
  readonly flag: boolean;
}

/** The head at `at`, `MESSAGE_BYTES` long; undefined when a field is out of its range. */
function readHead(bytes: Buffer, at: number): Head | undefined {
  const flags = bytes.readUInt8(at + 5);
  const epoch = bytes.readUInt32LE(at + 8);
  const first = bytes.readDoubleLE(at + 12);
  const second = bytes.readDoubleLE(at + 20);
  const third = bytes.readDoubleLE(at + 28);
  const ranges =
    flags <= 1 &&
    bytes.readUInt16LE(at + 6) === 0 &&
    epoch <= EPOCH_MAX &&
    isCount(first) &&
    isCount(second) &&
    isCount(third);
  return ranges ? { epoch, first, second, third, flag: flags === 1 } : undefined;
}

/** A log index, a zxid, a round: all of them are safe integers from 0 on. */
function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function point(index: number, zxid: number): LogPoint {
  return { index, zxid: zxid as Zxid };
}

/**
 * The message in the frame that begins at `at`, `MESSAGE_BYTES` long; undefined when it is none.
 */
export function readMessage(bytes: Buffer, at: number): SmallMessage | undefined {
  const kind = KINDS.get(bytes.readUInt8(at + 4));
  const head = readHead(bytes, at);
  if (kind === undefined || kind === 'append' || head === undefined) return undefined;
  const { epoch, first, second, third, flag } = head;
  switch (kind) {
    case 'appended':
      return { kind, epoch, index: first, suspect: flag };
    case 'rejected':
      return { kind, epoch, previous: third, last: point(first, second) };
    case 'heartbeat':
      return { kind, epoch, committed: first, round: second };
    case 'heartbeatReply':
      return { kind, epoch, matched: first, round: second };
    case 'preVote':
      return { kind, epoch, last: point(first, second) };
    case 'vote':
      return { kind, epoch, last: point(first, second), handOver: flag };
    case 'preVoteReply':
    case 'voteReply':
      return { kind, epoch, granted: flag };
    case 'introduction':
      return { kind, epoch, blank: flag };
    case 'snapshotNeeded':
      return { kind, epoch, committed: first };
    case 'handOver':
    case 'inquiry':
      return { kind, epoch };
    default:
      return assertNever(kind);
  }
}

/** The head of an append without its entries; undefined when it is none. */
export function readAppendHead(bytes: Buffer, at: number): Omit<Append, 'entries'> | undefined {
  const head = readHead(bytes, at);
  if (head === undefined || head.flag) return undefined;
  const { epoch, first, second, third } = head;
  return { kind: 'append', epoch, previous: point(first, second), committed: third };
}
