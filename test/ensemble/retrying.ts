/**
 * Clients that do not give up: whatever becomes of a connection or a member, a create is sent until
 * it is answered, over HTTP under its key, over a WebSocket under its id.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { SUBPROTOCOL, type WireAnswer } from '../conformance/ws-driver.ts';

/** After what tells that it will not be better at once, ms. */
const PAUSE_MS = 20;
/** What takes longer is asked again, ms. */
const GIVE_UP_MS = 20_000;

/** What a create came to. */
export interface Created {
  readonly data: string;
  readonly path: string;
  /** How often it was sent. */
  readonly attempts: number;
  readonly replayed: boolean;
  /** Over a WebSocket: the token of its session, and its id. */
  readonly session?: string;
  readonly id?: number;
}

/** Where members are reached, and where they would be without anybody between. */
export type Ports = readonly [number, ...number[]];

export class RetryingHttp {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #ports: Ports;
  #turn: number;

  constructor(ports: Ports, first: number) {
    this.#ports = ports;
    this.#turn = first;
  }

  async create(prefix: string, data: string, key: string): Promise<Created> {
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.send(this.#port, prefix, data, key).catch(() => undefined);
      if (answer?.status === 201) {
        const { path } = JSON.parse(answer.text) as { path: string };
        return { data, path, attempts, replayed: answer.replayed };
      }
      // Cut off, or refused, or not known: another member may know more.
      if (answer !== undefined && answer.status !== 503 && answer.status !== 504) {
        throw new Error(`${answer.status} ${answer.text}`);
      }
      this.#turn += 1;
      await sleep(PAUSE_MS);
    }
  }

  get #port(): number {
    return this.#ports[this.#turn % this.#ports.length] ?? 0;
  }

  send(
    port: number,
    prefix: string,
    data: string,
    key: string,
  ): Promise<{ status: number; text: string; replayed: boolean }> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          ...{ host: '127.0.0.1', port, agent: this.#agent, method: 'POST', timeout: GIVE_UP_MS },
          path: `/v1/znodes${prefix}?mode=persistent_sequential`,
          headers: { 'idempotency-key': key, 'content-length': Buffer.byteLength(data) },
        },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          incoming.on('error', reject).on('end', () => {
            const replayed = incoming.headers['idempotency-replayed'] === 'true';
            resolve({ status: incoming.statusCode ?? 0, text, replayed });
          });
        },
      );
      outgoing.on('error', reject).on('timeout', () => outgoing.destroy(new Error('no answer')));
      outgoing.end(data);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

interface Frame {
  id: number;
  readonly prefix: string;
  readonly data: string;
  attempts: number;
  readonly resolve: (created: Created) => void;
  readonly reject: (error: Error) => void;
}

/** One session that goes on from connection to connection, and re-sends what was not answered. */
export class RetryingWs {
  readonly #ports: Ports;
  #turn: number;
  #socket: WebSocket | undefined;
  #connected = false;
  #closed = false;
  #lastId = 0;
  /** In the order of their ids. */
  #unanswered: Frame[] = [];
  token = '';
  connections = 0;

  constructor(ports: Ports, first: number) {
    this.#ports = ports;
    this.#turn = first;
    this.#connect();
  }

  create(prefix: string, data: string): Promise<Created> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const frame = { id: this.#lastId, prefix, data, attempts: 0, resolve, reject };
      this.#unanswered.push(frame);
      if (this.#connected) this.#send(frame);
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    this.connections += 1;
    const port = this.#ports[this.#turn % this.#ports.length] ?? 0;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/ws`, SUBPROTOCOL);
    this.#socket = socket;
    const session = this.token === '' ? { timeoutMs: 60_000 } : { session: this.token };
    socket.on('open', () => {
      socket.send(JSON.stringify({ id: 1, op: 'connect', exactlyOnce: true, ...session }));
    });
    socket.on('message', (text) => this.#arrived(socket, String(text)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (socket !== this.#socket || this.#closed) return;
      this.#connected = false;
      this.#turn += 1;
      setTimeout(() => this.#connect(), PAUSE_MS);
    });
  }

  #send(frame: Frame): void {
    frame.attempts += 1;
    const { id, prefix: path, data } = frame;
    const mode = 'persistent_sequential';
    this.#socket?.send(JSON.stringify({ id, op: 'create', path, data, mode }));
  }

  #arrived(socket: WebSocket, text: string): void {
    const message = JSON.parse(text) as WireAnswer | WireAnswer[];
    for (const answer of Array.isArray(message) ? message : [message]) {
      if (answer.id === undefined || socket !== this.#socket) continue;
      if (!this.#connected) this.#begin(socket, answer);
      else this.#answered(socket, answer);
    }
  }

  #begin(socket: WebSocket, { result, error }: WireAnswer): void {
    if (error !== undefined) {
      if (error.status === 410) this.#fail(new Error(JSON.stringify(error)));
      socket.close();
      return;
    }
    this.token = String(result?.['token']);
    this.#connected = true;
    // The ids of `connect` and of requests have nothing to do with each other.
    for (const frame of this.#unanswered) this.#send(frame);
  }

  #answered(socket: WebSocket, { id, result, error, replayed }: WireAnswer): void {
    const frame = this.#unanswered[0];
    if (frame?.id !== id) {
      this.#fail(new Error(`${id} is answered in the place of ${frame?.id}`));
      return;
    }
    if (result !== undefined) {
      this.#unanswered.shift();
      const { data, attempts } = frame;
      const path = String(result['path']);
      const session = this.token;
      frame.resolve({ data, path, attempts, replayed: replayed === true, session, id });
      return;
    }
    if (error?.code === 'IdPassed') {
      // Nothing came of it, and nothing can any more.
      this.#unanswered.shift();
      this.#lastId += 1;
      frame.id = this.#lastId;
      this.#unanswered.push(frame);
      this.#send(frame);
      return;
    }
    const isTold = ['NotReady', 'OutcomeUnknown', 'Throttled', 'ReadOnly'];
    if (!isTold.includes(error?.code ?? '')) this.#fail(new Error(JSON.stringify(error)));
    socket.terminate();
  }

  #fail(error: Error): void {
    for (const { reject } of this.#unanswered) reject(error);
    this.#unanswered = [];
    this.close();
  }
}
