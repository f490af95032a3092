/**
 * What goes out on one connection, in order: texts collected during a turn of the event loop leave
 * as RFC 6455 text frames in one socket write.
 *
 * The frames are made here and not by `ws`, which writes each by itself. That is safe because
 * compression is off: `ws` then writes its own frames (ping, pong, close) whole and at once, so
 * nothing ever falls between the halves of another frame.
 */
import type { Socket } from 'node:net';

/**
 * Texts of an array frame that were answered in the same turn share a frame; 0 = a frame of its
 * own.
 */
export type Group = number;

/** Collected text beyond this is written before the turn ends, characters. */
const EARLY_FLUSH = 1024 * 1024;

/** Requests and replays leave the rest of the outbox to events, which come unasked. */
const CROWDED_PART = 4;

const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MAX_16 = 0xffff;

export class Outbox {
  readonly #socket: Socket;
  readonly #maxBytes: number;
  readonly #waiting: (() => void)[] = [];
  /** Called whenever something has left and there is room. */
  readonly #left: () => void;
  #texts: string[] = [];
  #groups: Group[] = [];
  #characters = 0;
  #flushPlanned = false;
  /** Something has left since `stuck`, and since `isTaken`, was asked last. */
  #moved = false;
  #hasMoved = false;
  /** When `isTaken` was asked last the system's own buffers were full. */
  #wasFull = false;
  #closed = false;

  constructor(socket: Socket, maxBytes: number, left: () => void) {
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    this.#left = left;
  }

  /** So much waits that nothing is begun which would add to it. */
  get crowded(): boolean {
    return this.#waitingBytes > this.#maxBytes / CROWDED_PART;
  }

  /** More waits to be sent than a connection may let pile up. */
  get full(): boolean {
    return this.#waitingBytes > this.#maxBytes;
  }

  /** There is no room for more, and nothing has left since this was asked last. */
  stuck(): boolean {
    const isStuck = this.crowded && !this.#moved;
    this.#moved = false;
    return isStuck;
  }

  /**
   * Whether somebody at the other end takes what is sent: what did not fit into the buffers of the
   * system when this was asked last has begun to leave since. What fits tells nothing.
   */
  isTaken(): boolean {
    const isTaken = this.#wasFull && this.#hasMoved;
    this.#hasMoved = false;
    this.#wasFull = this.#socket.writableLength > 0;
    return isTaken;
  }

  get #waitingBytes(): number {
    return this.#socket.writableLength + this.#characters;
  }

  push(text: string, group: Group = 0): void {
    if (this.#closed) return;
    this.#texts.push(text);
    this.#groups.push(group);
    this.#characters += text.length;
    if (this.#characters > EARLY_FLUSH) this.flush();
    else if (!this.#flushPlanned) {
      this.#flushPlanned = true;
      queueMicrotask(this.#flushSoon);
    }
  }

  /** When there is room again; undefined when there is now, or never will be. */
  room(): Promise<void> | undefined {
    if (!this.crowded || this.#closed) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Writes what was collected. */
  flush(): void {
    if (this.#texts.length === 0 || this.#closed) return;
    const frames = framesOf(this.#texts, this.#groups);
    this.#texts = [];
    this.#groups = [];
    this.#characters = 0;
    // After the client's own close the socket takes nothing more.
    if (this.#socket.writable) this.#socket.write(encode(frames), this.#hasLeft);
  }

  /** Nothing is sent from now on. */
  close(): void {
    this.#closed = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#texts = [];
    this.#groups = [];
    this.#characters = 0;
  }

  readonly #hasLeft = (): void => {
    this.#moved = true;
    this.#hasMoved = true;
    if (this.crowded || this.#closed) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#left();
  };

  readonly #flushSoon = (): void => {
    this.#flushPlanned = false;
    this.flush();
  };
}

/** Joins neighbours of one group into arrays. */
function framesOf(texts: readonly string[], groups: readonly Group[]): readonly string[] {
  if (groups.every((group) => group === 0)) return texts;
  const frames: string[] = [];
  for (let start = 0; start < texts.length; ) {
    const group = groups[start];
    let end = start + 1;
    while (group !== 0 && groups[end] === group) end += 1;
    const text = texts[start] ?? '';
    frames.push(end === start + 1 ? text : `[${texts.slice(start, end).join(',')}]`);
    start = end;
  }
  return frames;
}

/** One buffer with all frames: unmasked, unfragmented text (RFC 6455, 5.2). */
function encode(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  let total = 0;
  for (const length of lengths) total += headerLength(length) + length;
  const buffer = Buffer.allocUnsafe(total);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const length = lengths[index] ?? 0;
    at = writeHeader(buffer, at, length);
    // Text of plain bytes is copied without looking at each character.
    at += buffer.write(text, at, length === text.length ? 'latin1' : 'utf8');
  }
  return buffer;
}

function headerLength(length: number): number {
  if (length < LENGTH_16) return 2;
  return length <= MAX_16 ? 4 : 10;
}

function writeHeader(buffer: Buffer, start: number, length: number): number {
  buffer[start] = FINAL_TEXT;
  if (length < LENGTH_16) {
    buffer[start + 1] = length;
    return start + 2;
  }
  if (length <= MAX_16) {
    buffer[start + 1] = LENGTH_16;
    return buffer.writeUInt16BE(length, start + 2);
  }
  buffer[start + 1] = LENGTH_64;
  buffer.writeUInt32BE(0, start + 2);
  return buffer.writeUInt32BE(length, start + 6);
}
