/**
 * A WebSocket client (RFC 6455) that costs its machine little: raw frames over a TCP socket, no
 * events and no copies beyond what is needed. It only speaks to a member on this machine: it checks
 * neither the accept key nor UTF-8, and takes fragmented messages for a fault of the member.
 */
import { connect, type Socket } from 'node:net';

const OPCODE_TEXT = 1;
const OPCODE_CLOSE = 8;
const OPCODE_PING = 9;
const OPCODE_PONG = 10;
const FIN = 0x80;
const MASKED = 0x80;

/** Bytes in front of a masked client frame's payload: two, the longer length, the mask. */
export function headerLength(payloadLength: number): number {
  return 2 + (payloadLength < 126 ? 0 : payloadLength < 65_536 ? 2 : 8) + 4;
}

/** Writes the header of one masked text frame; returns where the payload begins. */
export function writeHeader(
  target: Buffer,
  at: number,
  payloadLength: number,
  mask: Buffer,
  opcode: number = OPCODE_TEXT,
): number {
  let next = at;
  target[next++] = FIN | opcode;
  if (payloadLength < 126) {
    target[next++] = MASKED | payloadLength;
  } else if (payloadLength < 65_536) {
    target[next++] = MASKED | 126;
    next = target.writeUInt16BE(payloadLength, next);
  } else {
    target[next++] = MASKED | 127;
    next = target.writeUInt32BE(0, next);
    next = target.writeUInt32BE(payloadLength, next);
  }
  mask.copy(target, next);
  return next + 4;
}

/** Masks bytes in place; `phase` = their distance from the start of the payload. */
export function maskInPlace(bytes: Buffer, mask: Buffer, phase: number): void {
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (bytes[i] ?? 0) ^ (mask[(phase + i) & 3] ?? 0);
  }
}

/** What a socket tells its owner. The buffer is only valid within the call. */
export interface SocketOwner {
  /** One text message: `buffer` from `start` to `end`. */
  onMessage(socket: WsSocket, buffer: Buffer, start: number, end: number): void;
  /** All messages that arrived together have been given: the time to answer them in one write. */
  onBatchEnd(socket: WsSocket): void;
  /** The connection ended without us having asked for it. */
  onLost(socket: WsSocket, reason: string): void;
}

const EMPTY: Buffer = Buffer.alloc(0);

export class WsSocket {
  /** Position among its owner's sockets. */
  readonly index: number;
  readonly #socket: Socket;
  readonly #owner: SocketOwner;
  readonly #mask: Buffer;
  /** The beginning of a frame whose rest has not arrived. */
  #rest: Buffer = EMPTY;
  #upgraded: ((error: Error | undefined) => void) | undefined;
  #closing = false;

  /** Resolves when the member has switched protocols. */
  static open(port: number, index: number, mask: Buffer, owner: SocketOwner): Promise<WsSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WsSocket(port, index, mask, owner);
      socket.#upgraded = (error) => (error === undefined ? resolve(socket) : reject(error));
    });
  }

  private constructor(port: number, index: number, mask: Buffer, owner: SocketOwner) {
    this.index = index;
    this.#owner = owner;
    this.#mask = mask;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('connect', () => this.#socket.write(handshake(port)));
    this.#socket.on('data', (chunk) => this.#onData(chunk));
    this.#socket.on('error', (error) => this.#onEnd(error.message));
    this.#socket.on('close', () => this.#onEnd('connection closed'));
  }

  /** Writes bytes that are frames already; whether they left at once and may be reused. */
  write(frames: Buffer): boolean {
    this.#socket.write(frames);
    return this.#socket.writableLength === 0;
  }

  /** Sends one text message that is not worth preparing. */
  send(text: string, opcode: number = OPCODE_TEXT): void {
    const payload = Buffer.from(text, 'utf8');
    maskInPlace(payload, this.#mask, 0);
    const frame = Buffer.allocUnsafe(headerLength(payload.length) + payload.length);
    payload.copy(frame, writeHeader(frame, 0, payload.length, this.#mask, opcode));
    this.#socket.write(frame);
  }

  /** Ends the connection without a closing handshake. */
  destroy(): void {
    this.#closing = true;
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (this.#upgraded !== undefined) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#rest = buffer;
        return;
      }
      const status = buffer.subarray(0, end).toString('latin1');
      const upgraded = this.#upgraded;
      this.#upgraded = undefined;
      if (!status.startsWith('HTTP/1.1 101')) {
        this.destroy();
        upgraded(new Error(`no WebSocket: ${status.split('\r\n', 1)[0] ?? ''}`));
        return;
      }
      upgraded(undefined);
      buffer = buffer.subarray(end + 4);
    }
    const used = this.#readFrames(buffer);
    this.#rest = used === buffer.length ? EMPTY : buffer.subarray(used);
    if (used > 0) this.#owner.onBatchEnd(this);
  }

  /** Gives every whole frame to the owner; returns how many bytes they took. */
  #readFrames(buffer: Buffer): number {
    let at = 0;
    while (buffer.length - at >= 2) {
      let length = (buffer[at + 1] ?? 0) & 0x7f;
      let payload = at + 2;
      if (length === 126) {
        if (buffer.length - at < 4) break;
        length = buffer.readUInt16BE(at + 2);
        payload += 2;
      } else if (length === 127) {
        if (buffer.length - at < 10) break;
        length = buffer.readUInt32BE(at + 6);
        payload += 8;
      }
      const end = payload + length;
      if (end > buffer.length) break;
      this.#onFrame(buffer, buffer[at] ?? 0, payload, end);
      at = end;
    }
    return at;
  }

  #onFrame(buffer: Buffer, first: number, start: number, end: number): void {
    if (first === (FIN | OPCODE_TEXT)) {
      this.#owner.onMessage(this, buffer, start, end);
    } else if (first === (FIN | OPCODE_PING)) {
      this.send(buffer.toString('latin1', start, end), OPCODE_PONG);
    } else if (first === (FIN | OPCODE_CLOSE)) {
      const code = end - start >= 2 ? buffer.readUInt16BE(start) : 1005;
      this.#onEnd(`closed with ${code} ${buffer.toString('utf8', start + 2, end)}`);
      this.destroy();
    }
  }

  #onEnd(reason: string): void {
    if (this.#upgraded !== undefined) {
      this.#upgraded(new Error(reason));
      this.#upgraded = undefined;
    } else if (!this.#closing) {
      this.#owner.onLost(this, reason);
    }
    this.#closing = true;
  }
}

function handshake(port: number): string {
  return (
    `GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
    'Sec-WebSocket-Protocol: paddock.v1.json\r\n\r\n'
  );
}
