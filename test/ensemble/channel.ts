/**
 * A connection to one member on which creates are sent without waiting for answers, over HTTP or
 * over WebSocket. What becomes of each is told as a client knows it: done, refused, or not known.
 */
import { connect, type Socket } from 'node:net';
import type { Problem } from '../conformance/driver.ts';
import { WsDriver } from '../conformance/ws-driver.ts';

/** What a client knows of a write in the end. */
export type Fate =
  | { readonly kind: 'acked'; readonly path: string; readonly zxid: string }
  /** Certainly not done. */
  | { readonly kind: 'refused'; readonly code: string; readonly status: number }
  /** Done or not: said so by the member (504), or the connection ended before it said anything. */
  | { readonly kind: 'unknown'; readonly code: string };

export interface Create {
  readonly path: string;
  readonly data: string;
  readonly sequential: boolean;
}

export interface Channel {
  /** Sends at once; resolves with what became of it, and never rejects. */
  create(create: Create): Promise<Fate>;
  /** Resolves when the connection has ended, by whomever. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface Target {
  readonly port: number;
  readonly wsUrl: string;
}

export const LOST: Fate = { kind: 'unknown', code: 'ConnectionLost' };

/** A session and its connection; resumed where it was when there is a token. */
export class WsChannel implements Channel {
  readonly closed: Promise<void>;
  readonly #driver: WsDriver;

  private constructor(driver: WsDriver) {
    this.#driver = driver;
    this.closed = driver.closed.then(() => undefined);
  }

  static async open({ wsUrl }: Target, token?: string): Promise<WsChannel> {
    const options = token === undefined ? { timeoutMs: 60_000 } : { session: token };
    return new WsChannel(await WsDriver.connect(wsUrl, options));
  }

  get token(): string {
    return this.#driver.token;
  }

  get resumed(): boolean {
    return this.#driver.resumed;
  }

  async create({ path, data, sequential }: Create): Promise<Fate> {
    const mode = sequential ? { mode: 'persistent_sequential' } : undefined;
    try {
      const [answer] = await this.#driver.frame([{ op: 'create', path, data, ...mode }], false);
      // What has arrived is not looked at again: a long run would keep all of it.
      this.#driver.arrived.length = 0;
      const { result, error, zxid = '' } = answer ?? {};
      if (error !== undefined) return fateOf(error, 0);
      return { kind: 'acked', path: String(result?.['path']), zxid };
    } catch {
      return LOST;
    }
  }

  close(): void {
    this.#driver.disconnect();
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Requests one after the other on one connection, answered in their order (RFC 9112, 9.3.2). */
export class HttpChannel implements Channel {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting: ((fate: Fate) => void)[] = [];
  #text = '';
  #over = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // Bodies here are ASCII: bytes and characters are the same.
    socket.setEncoding('latin1').on('data', (text: string) => this.#read(text));
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#over = true;
        for (const settle of this.#waiting.splice(0)) settle(LOST);
        resolve();
      });
    });
    socket.on('error', () => {
      // What follows from it comes as `close`.
    });
  }

  static open({ port }: Target): Promise<HttpChannel> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new HttpChannel(socket));
      });
      socket.once('error', reject);
    });
  }

  create({ path, data, sequential }: Create): Promise<Fate> {
    if (this.#over) return Promise.resolve(LOST);
    const query = sequential ? '?mode=persistent_sequential' : '';
    this.#socket.write(
      `POST /v1/znodes${path}${query} HTTP/1.1\r\nHost: 127.0.0.1\r\n` +
        `Content-Type: application/octet-stream\r\nContent-Length: ${data.length}\r\n\r\n${data}`,
    );
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    for (let answer = this.#next(); answer !== undefined; answer = this.#next()) {
      this.#waiting.shift()?.(fateOfAnswer(answer));
    }
  }

  #next(): Answer | undefined {
    const end = this.#text.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const head = this.#text.slice(0, end);
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? [];
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
    if (status === undefined || length === undefined) {
      throw new Error(`this is no answer to a create: ${head}`);
    }
    const after = end + 4 + Number(length);
    if (this.#text.length < after) return undefined;
    const body = this.#text.slice(end + 4, after);
    this.#text = this.#text.slice(after);
    return { status: Number(status), body };
  }
}

function fateOfAnswer({ status, body }: Answer): Fate {
  const json = JSON.parse(body) as { path: string; stat: { czxid: string } } & Problem;
  if (status !== 201) return fateOf(json, status);
  return { kind: 'acked', path: json.path, zxid: json.stat.czxid };
}

function fateOf({ code, outcome }: Problem, status: number): Fate {
  return outcome === 'unknown' ? { kind: 'unknown', code } : { kind: 'refused', code, status };
}
