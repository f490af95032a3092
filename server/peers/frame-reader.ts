/**
 * Cuts what a socket brings into frames and decodes them. Whatever the bytes are, it hands over
 * sound messages or says what is wrong; it never throws, and it never holds more than one frame.
 */
import type { LogPoint, Message } from '../../raftlog/messages.ts';
import type { Entry } from '../../raftlog/types.ts';
import { epochOf } from '../../raftlog/zxid.ts';
import { unpackEntries } from '../../storage/packed-entries.ts';
import {
  APPEND_CODE,
  ENSEMBLE_BYTES,
  ENSEMBLE_CODE,
  FORWARD_CODE,
  FORWARD_HEAD_BYTES,
  FORWARD_REPLY_CODE,
  LENGTH_BYTES,
  MESSAGE_BYTES,
  PING_CODE,
  PING_FRAME,
  readAppendHead,
  readMessage,
  TEXT_FLAG,
} from './frames.ts';
import { isEnsembleId } from './handshake.ts';
import type { Payload } from './types.ts';

export interface FrameSink {
  message(message: Message): void;
  forwarded(payload: Payload): void;
  forwardReplied(payload: Payload): void;
  /** The other side has learned of which ensemble it is. */
  founded(ensemble: string): void;
  /** False: whatever follows is for nobody any more. */
  readonly open: boolean;
}

/** Kept for the entries of the next append, unless one was larger. */
const SCRATCH_BYTES = 1024 * 1024;

/** The entries of the append that is being decoded: done with before the next one begins. */
const scratch = new ArrayBuffer(SCRATCH_BYTES);

export class FrameReader {
  readonly #frameBytesMax: number;
  readonly #sink: FrameSink;
  /** The beginning of a frame whose end has not come: `#partial`, filled up to `#filled`. */
  #partial: Buffer | undefined;
  #filled = 0;

  /** `frameBytesMax` includes the length field. */
  constructor(frameBytesMax: number, sink: FrameSink) {
    this.#frameBytesMax = frameBytesMax;
    this.#sink = sink;
  }

  /** Takes what came next. Returns what is wrong with it; nothing may be pushed after that. */
  push(chunk: Buffer): string | undefined {
    let at = 0;
    while (this.#partial !== undefined) {
      const taken = Math.min(this.#partial.byteLength - this.#filled, chunk.byteLength - at);
      chunk.copy(this.#partial, this.#filled, at, at + taken);
      at += taken;
      this.#filled += taken;
      if (this.#filled < this.#partial.byteLength) return undefined;
      const fault = this.#completed(this.#partial);
      if (fault !== undefined) return fault;
    }
    while (at + LENGTH_BYTES <= chunk.byteLength && this.#sink.open) {
      const bytes = LENGTH_BYTES + chunk.readUInt32LE(at);
      const fault = this.#lengthFault(bytes);
      if (fault !== undefined) return fault;
      if (at + bytes > chunk.byteLength) {
        this.#begin(chunk, at, bytes);
        return undefined;
      }
      const wrong = this.#frame(chunk, at, bytes);
      if (wrong !== undefined) return wrong;
      at += bytes;
    }
    if (at < chunk.byteLength) this.#begin(chunk, at, LENGTH_BYTES);
    return undefined;
  }

  #begin(chunk: Buffer, at: number, bytes: number): void {
    this.#partial = Buffer.allocUnsafe(bytes);
    this.#filled = chunk.copy(this.#partial, 0, at);
  }

  /** A length that came in pieces, or a whole frame. */
  #completed(partial: Buffer): string | undefined {
    this.#partial = undefined;
    if (partial.byteLength > LENGTH_BYTES) return this.#frame(partial, 0, partial.byteLength);
    const bytes = LENGTH_BYTES + partial.readUInt32LE(0);
    const fault = this.#lengthFault(bytes);
    if (fault === undefined) this.#begin(partial, 0, bytes);
    return fault;
  }

  #lengthFault(bytes: number): string | undefined {
    if (bytes === LENGTH_BYTES) return 'a frame has no content';
    const most = this.#frameBytesMax;
    return bytes > most ? `a frame has ${bytes} bytes, at most ${most} are taken` : undefined;
  }

  /** The whole frame at `at`, its length field included. */
  #frame(bytes: Buffer, at: number, length: number): string | undefined {
    const code = bytes.readUInt8(at + LENGTH_BYTES);
    if (code === APPEND_CODE) return this.#append(bytes, at, length);
    if (code === FORWARD_CODE || code === FORWARD_REPLY_CODE) {
      return this.#forward(code, bytes, at, length);
    }
    if (code === PING_CODE) {
      return length === PING_FRAME.byteLength ? undefined : 'a ping has a content';
    }
    if (code === ENSEMBLE_CODE) return this.#ensemble(bytes, at, length);
    if (length !== MESSAGE_BYTES) return `a frame of kind ${code} has ${length} bytes`;
    const message = readMessage(bytes, at);
    if (message === undefined) return `a frame of kind ${code} makes no sense`;
    this.#sink.message(message);
    return undefined;
  }

  #ensemble(bytes: Buffer, at: number, length: number): string | undefined {
    const id = bytes.toString('latin1', at + LENGTH_BYTES + 1, at + length);
    if (length !== ENSEMBLE_BYTES || !isEnsembleId(id)) return 'the id of an ensemble is none';
    this.#sink.founded(id);
    return undefined;
  }

  #append(bytes: Buffer, at: number, length: number): string | undefined {
    if (length < MESSAGE_BYTES) return `an append has ${length} bytes`;
    const head = readAppendHead(bytes, at);
    if (head === undefined) return 'the head of an append makes no sense';
    const entries = readEntries(bytes.subarray(at + MESSAGE_BYTES, at + length));
    if (typeof entries === 'string') return `the entries of an append: ${entries}`;
    if (!follow(head.previous, entries)) return 'the entries of an append do not follow each other';
    this.#sink.message({ ...head, entries });
    return undefined;
  }

  #forward(code: number, bytes: Buffer, at: number, length: number): string | undefined {
    if (length < FORWARD_HEAD_BYTES) return 'a forwarded frame is too short';
    const flags = bytes.readUInt8(at + LENGTH_BYTES + 1);
    if (flags > TEXT_FLAG) return 'a forwarded frame has unknown flags';
    const from = at + FORWARD_HEAD_BYTES;
    const payload =
      flags === TEXT_FLAG
        ? bytes.toString('utf8', from, at + length)
        : // A copy: a view would keep all that was read with it for as long as it lives.
          new Uint8Array(bytes.subarray(from, at + length));
    if (code === FORWARD_CODE) this.#sink.forwarded(payload);
    else this.#sink.forwardReplied(payload);
    return undefined;
  }
}

/** The entries of a block, or what is wrong with it. */
function readEntries(block: Buffer): Entry[] | string {
  const bytes = block.byteLength;
  const buffer = bytes <= SCRATCH_BYTES ? scratch : new ArrayBuffer(bytes);
  block.copy(new Uint8Array(buffer, 0, bytes));
  try {
    return unpackEntries({ buffer, bytes });
  } catch (error) {
    // The block is walked with assertions, since it usually comes from ourselves. Here it is a
    // peer that broke them.
    return error instanceof Error ? error.message : 'unreadable';
  }
}

/** Whether the entries are a piece of a log: what the core takes for granted of any peer. */
function follow(previous: LogPoint, entries: readonly Entry[]): boolean {
  let { index } = previous;
  let zxid: number = previous.zxid;
  for (const entry of entries) {
    index += 1;
    const next = entry.index === index && entry.zxid > zxid && entry.epoch === epochOf(entry.zxid);
    if (!next) return false;
    zxid = entry.zxid;
  }
  return true;
}
