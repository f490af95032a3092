/**
 * A stream that stands: one HTTP request whose body carries frames one way, and whose response
 * carries them the other way, for as long as both members live. Writes what is queued, reads what
 * comes, and finds out when nobody is there any more. Never here: how the stream came about.
 */
import type { OutgoingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Message } from '../../raftlog/messages.ts';
import { isCut, type RevocationList } from '../revocations.ts';
import type { AppendBlocks } from './append-blocks.ts';
import { FrameReader, type FrameSink } from './frame-reader.ts';
import {
  appendHead,
  ensembleFrame,
  FORWARD_CODE,
  FORWARD_REPLY_CODE,
  forwardFrame,
  PING_FRAME,
} from './frames.ts';
import { Outbox } from './outbox.ts';
import type { Payload, PeerLimits } from './types.ts';

/** What stands once both sides have proved themselves. */
export interface Stream {
  readonly incoming: Readable;
  readonly outgoing: OutgoingMessage;
  readonly socket: Socket;
}

export interface LinkEvents {
  message(message: Message): void;
  forwarded(payload: Payload): void;
  forwardReplied(payload: Payload): void;
  /** The other side has learned of which ensemble it is. */
  founded(ensemble: string): void;
  /** One read of the socket is handed over. */
  drained(): void;
  /** Once, last, never within a call of the link. */
  ended(reason: string): void;
}

export class Link implements FrameSink {
  readonly #stream: Stream;
  readonly #limits: PeerLimits;
  readonly #blocks: AppendBlocks;
  readonly #events: LinkEvents;
  readonly #outbox = new Outbox();
  readonly #reader: FrameReader;
  #open = true;
  #reason = '';
  #flushPlanned = false;
  /** Bytes that the socket has taken and not yet sent. */
  #inFlight = 0;
  #sent = 0;
  #received = 0;
  /** Counters at the last look, and looks since anything came. */
  #sentBefore = 0;
  #receivedBefore = 0;
  #silentLooks = 0;
  #emptied: (() => void) | undefined;

  constructor(stream: Stream, limits: PeerLimits, blocks: AppendBlocks, events: LinkEvents) {
    this.#stream = stream;
    this.#limits = limits;
    this.#blocks = blocks;
    this.#events = events;
    this.#reader = new FrameReader(limits.frameBytes, this);
  }

  get open(): boolean {
    return this.#open;
  }

  get queuedBytes(): number {
    return this.#outbox.bytes + this.#inFlight;
  }

  get sentBytes(): number {
    return this.#sent;
  }

  get receivedBytes(): number {
    return this.#received;
  }

  /** Begins to read: from now on events come. */
  start(): void {
    const { incoming, outgoing, socket } = this.#stream;
    socket.setNoDelay(true);
    incoming.on('data', (chunk: Buffer) => this.#read(chunk));
    incoming.on('end', () => this.close('the other side closed the stream'));
    incoming.on('close', () => this.close('the stream was cut off'));
    socket.on('end', () => this.close('the other side closed the connection'));
    socket.on('close', () => this.close('the connection was cut off'));
    for (const part of [incoming, outgoing, socket]) {
      part.on('error', (error: NodeJS.ErrnoException) => this.close(error.code ?? error.message));
    }
    if (socket.destroyed) this.close('the connection was cut off');
  }

  send(message: Message): void {
    if (!this.#open) return;
    if (message.kind !== 'append') {
      this.#outbox.message(message);
    } else {
      const block = this.#blocks.blockOf(message.entries);
      const head = appendHead(message, block.byteLength);
      if (head.byteLength + block.byteLength > this.#limits.frameBytes) {
        this.close('an append is larger than a frame may be');
        return;
      }
      this.#outbox.append(head, block);
    }
    this.#queued();
  }

  /** False when the lane is full or the stream has ended. */
  forward(payload: Payload): boolean {
    if (!this.#open) return false;
    const frame = forwardFrame(FORWARD_CODE, payload);
    const { forwardBytes } = this.#outbox;
    const full = forwardBytes > 0 && forwardBytes + frame.byteLength > this.#limits.forwardBytes;
    if (full || frame.byteLength > this.#limits.frameBytes) return false;
    this.#outbox.forward(frame);
    this.#queued();
    return true;
  }

  forwardReply(payload: Payload): boolean {
    if (!this.#open) return false;
    const frame = forwardFrame(FORWARD_REPLY_CODE, payload);
    if (frame.byteLength > this.#limits.frameBytes) {
      this.close('a reply is larger than a frame may be');
      return false;
    }
    this.#outbox.forward(frame);
    this.#queued();
    return true;
  }

  /** Writes what was sent in this turn without waiting for its end. */
  flush(): void {
    while (this.#open && this.#inFlight < this.#limits.socketBytes) {
      const buffers = this.#outbox.take(this.#limits.socketBytes - this.#inFlight);
      if (buffers.length === 0) break;
      this.#write(buffers);
    }
  }

  /** To be called every `keepaliveMs`: a look at whether anything was sent and anything came. */
  look(): void {
    if (!this.#open) return;
    if (this.#sent === this.#sentBefore && this.queuedBytes === 0) this.#write([PING_FRAME]);
    this.#sentBefore = this.#sent;
    // Looks are counted, not time: after a pause of this process the sockets are read first.
    this.#silentLooks = this.#received === this.#receivedBefore ? this.#silentLooks + 1 : 0;
    this.#receivedBefore = this.#received;
    if (this.#silentLooks > this.#limits.keepalivesMissed) this.close('nothing came for too long');
  }

  /** Tells the other side of which ensemble this member is, before all that waits. */
  tellEnsemble(ensemble: string): void {
    if (this.#open) this.#write([ensembleFrame(ensemble)]);
  }

  /** Ends the stream at once; `ended` is told after the call. */
  close(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#reason = reason;
    this.#stream.socket.destroy();
    process.nextTick(() => {
      this.#emptied?.();
      this.#events.ended(this.#reason);
    });
  }

  /** Ends the stream when the certificate of the other side is on one of the lists. */
  cutIfRevoked(lists: readonly RevocationList[]): void {
    const { socket } = this.#stream;
    if (socket instanceof TLSSocket && isCut(socket, lists)) this.close('CERT_REVOKED');
  }

  /** Ends the stream when everything that is queued was sent, or after `withinMs`. */
  async end(withinMs: number): Promise<void> {
    if (this.queuedBytes > 0 && this.#open) {
      const emptied = new Promise<void>((resolve) => {
        this.#emptied = resolve;
      });
      const timer = setTimeout(() => this.#emptied?.(), withinMs);
      await emptied;
      clearTimeout(timer);
    }
    if (!this.#open) return;
    this.#stream.outgoing.end();
    this.#stream.socket.end();
    this.close('this member stops');
  }

  message(message: Message): void {
    this.#events.message(message);
  }

  forwarded(payload: Payload): void {
    this.#events.forwarded(payload);
  }

  forwardReplied(payload: Payload): void {
    this.#events.forwardReplied(payload);
  }

  founded(ensemble: string): void {
    this.#events.founded(ensemble);
  }

  #read(chunk: Buffer): void {
    if (!this.#open) return;
    this.#received += chunk.byteLength;
    const fault = this.#reader.push(chunk);
    if (fault !== undefined) this.close(`it sent what makes no sense: ${fault}`);
    if (this.#open) this.#events.drained();
  }

  /** What is sent in one turn of the event loop is written in one go, at its end. */
  #queued(): void {
    if (this.#outbox.bytes > this.#limits.queueBytes) {
      this.close('too much waits for it');
    } else if (!this.#flushPlanned) {
      this.#flushPlanned = true;
      setImmediate(this.#plannedFlush);
    }
  }

  readonly #plannedFlush = (): void => {
    this.#flushPlanned = false;
    this.flush();
  };

  /** One write to the socket, and one chunk of the body. */
  #write(buffers: readonly Buffer[]): void {
    const { outgoing, socket } = this.#stream;
    let bytes = 0;
    for (const buffer of buffers) bytes += buffer.byteLength;
    this.#inFlight += bytes;
    this.#sent += bytes;
    const written = () => {
      this.#inFlight -= bytes;
      if (this.#outbox.bytes > 0) this.flush();
      else if (this.#inFlight === 0) this.#emptied?.();
    };
    socket.cork();
    outgoing.cork();
    for (const [at, buffer] of buffers.entries()) {
      if (at < buffers.length - 1) outgoing.write(buffer);
      else outgoing.write(buffer, written);
    }
    outgoing.uncork();
    socket.uncork();
  }
}
