/**
 * What waits to be written to one member, in three lanes: messages of the core but appends, then
 * in turn appends and forwarded batches. Within a lane the order is kept.
 *
 * A heartbeat that waited behind megabytes of entries would cost an election, so messages go
 * first. That appends are overtaken is harmless: the core relies on no order between messages
 * (raftlog/messages.ts), and none of them says anything about an append that is still under way.
 */
import { Fifo } from '../fifo.ts';
import { MESSAGE_BYTES, type SmallMessage, writeMessage } from './frames.ts';

/** Buffers below this are copied into one; above, they go to the socket as they are. */
const COPIED_BYTES = 4096;

interface QueuedAppend {
  readonly head: Buffer;
  readonly block: Buffer;
}

export class Outbox {
  readonly #messages = new Fifo<SmallMessage>();
  readonly #appends = new Fifo<QueuedAppend>();
  readonly #forwards = new Fifo<Buffer>();
  #bytes = 0;
  #forwardBytes = 0;
  #appendsTurn = true;

  /** Of all lanes. */
  get bytes(): number {
    return this.#bytes;
  }

  get forwardBytes(): number {
    return this.#forwardBytes;
  }

  message(message: SmallMessage): void {
    this.#messages.push(message);
    this.#bytes += MESSAGE_BYTES;
  }

  append(head: Buffer, block: Buffer): void {
    this.#appends.push({ head, block });
    this.#bytes += head.byteLength + block.byteLength;
  }

  forward(frame: Buffer): void {
    this.#forwards.push(frame);
    this.#bytes += frame.byteLength;
    this.#forwardBytes += frame.byteLength;
  }

  /** Whole frames of about `most` bytes, and one at least if any waits. Empty: none does. */
  take(most: number): Buffer[] {
    const buffers: Buffer[] = [];
    let left = most;
    if (this.#messages.length > 0) {
      const messages = this.#takeMessages(most);
      buffers.push(messages);
      left -= messages.byteLength;
    }
    while (left > 0 || buffers.length === 0) {
      const taken = this.#takeNext(buffers);
      if (taken === 0) break;
      left -= taken;
    }
    return buffers.length > 1 ? joinSmall(buffers) : buffers;
  }

  #takeMessages(most: number): Buffer {
    const count = Math.min(this.#messages.length, Math.ceil(most / MESSAGE_BYTES));
    const bytes = Buffer.allocUnsafe(count * MESSAGE_BYTES);
    for (let at = 0; at < bytes.byteLength; at += MESSAGE_BYTES) {
      const message = this.#messages.shift();
      if (message !== undefined) writeMessage(bytes, at, message);
    }
    this.#bytes -= bytes.byteLength;
    return bytes;
  }

  /** An append or a forwarded batch, in turn. Returns the bytes added to `buffers`. */
  #takeNext(buffers: Buffer[]): number {
    const append =
      this.#appendsTurn || this.#forwards.length === 0 ? this.#appends.shift() : undefined;
    this.#appendsTurn = append === undefined;
    if (append !== undefined) {
      const { head, block } = append;
      buffers.push(head);
      if (block.byteLength > 0) buffers.push(block);
      this.#bytes -= head.byteLength + block.byteLength;
      return head.byteLength + block.byteLength;
    }
    const frame = this.#forwards.shift();
    if (frame === undefined) return 0;
    buffers.push(frame);
    this.#bytes -= frame.byteLength;
    this.#forwardBytes -= frame.byteLength;
    return frame.byteLength;
  }
}

/** The same bytes in fewer buffers: neighbours that are small are copied together. */
function joinSmall(buffers: readonly Buffer[]): Buffer[] {
  const joined: Buffer[] = [];
  let small: Buffer[] = [];
  const flush = () => {
    const [first] = small;
    if (first === undefined) return;
    joined.push(small.length === 1 ? first : Buffer.concat(small));
    small = [];
  };
  for (const buffer of buffers) {
    if (buffer.byteLength < COPIED_BYTES) {
      small.push(buffer);
    } else {
      flush();
      joined.push(buffer);
    }
  }
  flush();
  return joined;
}
