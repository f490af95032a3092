/**
 * WebSocket frames written by hand, so that they can be wrong in every way that a library prevents.
 */
import { connect, type Socket } from 'node:net';
import { SUBPROTOCOL } from '../conformance/ws-driver.ts';

export interface FrameOptions {
  readonly fin?: boolean;
  /** The three reserved bits, as a number. */
  readonly reserved?: number;
  readonly opcode?: number;
  readonly masked?: boolean;
  /** Says another length than the payload has. */
  readonly says?: bigint;
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const MASK = Buffer.from([1, 2, 3, 4]);

export function frame(payload: string | Uint8Array, options: FrameOptions = {}): Buffer {
  const { fin = true, reserved = 0, opcode = OPCODE.text, masked = true } = options;
  const body = Buffer.from(payload as string);
  const length = options.says ?? BigInt(body.length);
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
  const maskBit = masked ? 0x80 : 0;
  const extended = Buffer.alloc(length < 126n ? 0 : length < 65_536n ? 2 : 8);
  if (extended.length === 0) head.push(maskBit | Number(length));
  else if (extended.length === 2) {
    head.push(maskBit | 126);
    extended.writeUInt16BE(Number(length));
  } else {
    head.push(maskBit | 127);
    extended.writeBigUInt64BE(length);
  }
  if (masked)
    for (let at = 0; at < body.length; at += 1) body[at] = (body[at] ?? 0) ^ (MASK[at % 4] ?? 0);
  return Buffer.concat([Buffer.from(head), extended, masked ? MASK : Buffer.alloc(0), body]);
}

export interface Handshake {
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a member made of the bytes that it was sent. */
export interface Conversation {
  /** The status of the handshake, 0 when there was none. */
  readonly status: number;
  readonly head: string;
  /** Text frames that came back. */
  readonly texts: readonly string[];
  /** The code of the close frame that came; undefined when none did. */
  readonly closeCode: number | undefined;
  readonly closed: boolean;
}

/** Sent behind all frames: its pong says that the member has read them. */
const LAST_PING = frame('read', { opcode: OPCODE.ping });
const LAST_PONG = Buffer.from([0x80 | OPCODE.pong, 4, ...Buffer.from('read')]);

/** How long a member may take to read; the ping may also be lost in a frame that has no end. */
const PATIENCE_MS = 1500;

/**
 * Shakes hands, sends the frames at once, and takes what comes until it is closed, or quiet for
 * `quietMs` after the member has read everything.
 */
export function converse(
  port: number,
  frames: readonly Uint8Array[],
  { target = '/v1/ws', headers = {} }: Handshake = {},
  quietMs = 80,
): Promise<Conversation> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let bytes = Buffer.alloc(0);
    let closed = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...understood(bytes), closed });
    };
    const wait = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(finish, ms);
    };
    let sent = false;
    let allRead = false;
    socket.on('data', (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (!sent && bytes.includes('\r\n\r\n')) {
        sent = true;
        if (bytes.includes(' 101 ')) sendFrames(socket, [...frames, LAST_PING]);
        else allRead = true;
      }
      allRead ||= sent && isLast(bytes);
      wait(allRead ? quietMs : PATIENCE_MS);
    });
    socket.on('error', () => {
      closed = true;
    });
    socket.on('close', () => {
      closed = true;
      finish();
    });
    socket.on('connect', () => {
      socket.write(handshakeText(target, headers));
      wait(PATIENCE_MS);
    });
  });
}

/** Nothing more is read: everything was, or the member has closed. */
function isLast(bytes: Buffer): boolean {
  return bytes.includes(LAST_PONG) || understood(bytes).closeCode !== undefined;
}

function sendFrames(socket: Socket, frames: readonly Uint8Array[]): void {
  socket.cork();
  for (const one of frames) socket.write(one);
  socket.uncork();
}

function handshakeText(target: string, headers: Readonly<Record<string, string>>): string {
  const all = {
    Host: '127.0.0.1',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': SUBPROTOCOL,
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== 'none');
  return `GET ${target} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`;
}

function understood(bytes: Buffer): Omit<Conversation, 'closed'> {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, Math.max(0, end)).toString('latin1');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0);
  if (status !== 101) {
    return { status, head, texts: [bytes.subarray(end + 4).toString()], closeCode: undefined };
  }
  const texts: string[] = [];
  let closeCode: number | undefined;
  let at = end + 4;
  while (at + 2 <= bytes.length) {
    const opcode = (bytes[at] ?? 0) & 0x0f;
    let length = (bytes[at + 1] ?? 0) & 0x7f;
    at += 2;
    // What has not come as a whole is not understood yet.
    if (length > 125 && at + (length === 126 ? 2 : 8) > bytes.length) break;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(at));
      at += 8;
    }
    if (at + length > bytes.length) break;
    const payload = bytes.subarray(at, at + length);
    at += length;
    if (opcode === OPCODE.text) texts.push(payload.toString());
    if (opcode === OPCODE.close && payload.length >= 2) closeCode = payload.readUInt16BE(0);
  }
  return { status, head, texts, closeCode };
}
