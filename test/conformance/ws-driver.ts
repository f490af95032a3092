/**
 * The operations over one WebSocket connection, pipelined if the caller likes, with everything that
 * arrives kept in the order of its arrival: answers, events and notices are one stream, and much of
 * what the cases prove is about their order in it.
 */
import type { SecureContextOptions } from 'node:tls';
import WebSocket from 'ws';
import {
  type AclEntry,
  type AclOf,
  type ChildrenOptions,
  type CreateOptions,
  type Data,
  type DeleteOptions,
  type Driver,
  documented,
  envelope,
  type Identity,
  type Op,
  type OpResult,
  type Page,
  type Problem,
  Refused,
  type SetOptions,
  type Stat,
  type Written,
  type Znode,
} from './driver.ts';

export const SUBPROTOCOL = 'paddock.v1.json';

export interface ConnectOptions {
  readonly timeoutMs?: number;
  /** The token of a session to go on with. */
  readonly session?: string;
  readonly lastZxid?: string;
  readonly heartbeat?: 'message';
  readonly exactlyOnce?: boolean;
  /** What is the whole tree to it, when not all of it is. */
  readonly chroot?: string;
  /** Answers of a member without a leader will do. */
  readonly readOnly?: boolean;
  readonly auth?: readonly { scheme: string; user: string; password: string }[];
}

export interface WireAnswer {
  readonly id: number;
  readonly zxid: string;
  /** The member that answers has no leader, and how old what it has may be. */
  readonly readOnly?: boolean;
  readonly ageMs?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: Problem;
  readonly replayed?: true;
}

export interface WireEvent {
  readonly event: string;
  readonly path: string;
  readonly zxid: string;
  readonly watches: readonly number[];
  readonly stat?: Stat;
  readonly data?: string;
  readonly encoding?: string;
}

/** Anything that the member sends: an answer, an event, a notice or a sign of progress. */
export type Message = Partial<WireAnswer> & Partial<WireEvent> & { readonly progress?: string };

export interface Request {
  readonly op: string;
  readonly [parameter: string]: unknown;
}

interface Waiting {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: Error) => void;
}

interface ConnectResult {
  readonly sessionId: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly resumed: boolean;
  readonly readOnly?: boolean;
  /** Of a client that promises growing ids. */
  readonly lastId?: number;
}

export class WsDriver implements Driver {
  readonly transport = 'WebSocket';
  readonly socket: WebSocket;
  /** Everything that has arrived, in order. */
  readonly arrived: Message[] = [];
  /** How the connection ended, once it has. */
  readonly closed: Promise<{ code: number; reason: string }>;
  #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #zxid = '';
  #taken = 0;
  #connected: ConnectResult = { sessionId: '', token: '', timeoutMs: 0, resumed: false };
  #onArrival: (() => void) | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) throw new Error('a binary frame came');
      const message = JSON.parse(String(data)) as Message | Message[];
      for (const one of Array.isArray(message) ? message : [message]) this.#take(one);
      this.#onArrival?.();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        for (const { reject } of this.#waiting.values()) {
          reject(new Error(`closed with ${code} ${reason}`));
        }
        this.#waiting.clear();
        this.#onArrival?.();
        resolve({ code, reason: String(reason) });
      });
    });
    socket.on('error', () => {
      // What matters of it follows as `close`.
    });
  }

  /** Opens a connection on which nothing has been said yet. */
  static async open(
    url: string,
    headers: Record<string, string> = {},
    tls?: SecureContextOptions,
  ): Promise<WsDriver> {
    const socket = new WebSocket(url, SUBPROTOCOL, { headers, ...tls });
    const driver = new WsDriver(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return driver;
  }

  /** Opens a connection and begins or resumes a session. Rejects with `Refused`. */
  static async connect(
    url: string,
    options: ConnectOptions = {},
    tls?: SecureContextOptions,
  ): Promise<WsDriver> {
    const driver = await WsDriver.open(url, {}, tls);
    try {
      await driver.begin(options);
    } catch (error) {
      driver.disconnect();
      throw error;
    }
    return driver;
  }

  async begin(options: ConnectOptions = {}): Promise<ConnectResult> {
    const wanted = options.session === undefined ? { timeoutMs: 30_000, ...options } : options;
    const { result } = await this.request({ op: 'connect', ...wanted });
    this.#connected = result as unknown as ConnectResult;
    return this.#connected;
  }

  get sessionId(): string {
    return this.#connected.sessionId;
  }

  get token(): string {
    return this.#connected.token;
  }

  get timeoutMs(): number {
    return this.#connected.timeoutMs;
  }

  get resumed(): boolean {
    return this.#connected.resumed;
  }

  get lastId(): number | undefined {
    return this.#connected.lastId;
  }

  get zxid(): string {
    return this.#zxid;
  }

  // ------------------------------------------------------------------------------ requests

  /** Sends one request in a frame of its own; rejects with `Refused`. */
  async request(request: Request): Promise<WireAnswer & { result: Record<string, unknown> }> {
    const [answer] = await this.frame([request], false);
    if (answer?.result === undefined) throw new Refused(answer?.error ?? NO_PROBLEM);
    return { ...answer, result: answer.result };
  }

  /** Sends a frame for each request without waiting; answers and errors as they come. */
  async pipeline(requests: readonly Request[]): Promise<WireAnswer[]> {
    const answers = requests.map((request) => this.frame([request], false));
    return (await Promise.all(answers)).flat();
  }

  /** Sends all requests in one frame: an array, unless `asArray` is false and there is just one. */
  frame(requests: readonly Request[], asArray = true): Promise<WireAnswer[]> {
    if (this.socket.readyState === WebSocket.CLOSED) {
      return Promise.reject(new Error('the connection is closed'));
    }
    const numbered = requests.map((request) => {
      const numbered = { id: this.#lastId + 1, ...request };
      // A case that chooses an id itself goes on behind it.
      this.#lastId = Math.max(this.#lastId, numbered.id);
      return numbered;
    });
    const answers = numbered.map(
      ({ id }) =>
        new Promise<WireAnswer>((resolve, reject) => {
          this.#waiting.set(id, { resolve, reject });
        }),
    );
    this.socket.send(JSON.stringify(asArray ? numbered : numbered[0]));
    return Promise.all(answers);
  }

  async create(path: string, options: CreateOptions = {}): Promise<Written> {
    const { data, ...rest } = options;
    return this.#ask({ op: 'create', path, ...envelope(data), ...rest });
  }

  async get(path: string): Promise<Znode> {
    return this.#ask({ op: 'get', path });
  }

  async exists(path: string): Promise<Stat | undefined> {
    const { exists, stat } = await this.#ask<{ exists: boolean; stat?: Stat }>({
      op: 'exists',
      path,
    });
    return exists ? stat : undefined;
  }

  async set(path: string, data: Data, options: SetOptions = {}): Promise<Written> {
    return this.#ask({ op: 'set', path, ...envelope(data), ...options });
  }

  async delete(path: string, options: DeleteOptions = {}): Promise<void> {
    await this.#ask({ op: 'delete', path, ...options });
  }

  async children(path: string, options: ChildrenOptions = {}): Promise<Page> {
    return this.#ask({ op: 'children', path, ...options });
  }

  async getAcl(path: string): Promise<AclOf> {
    return this.#ask({ op: 'getAcl', path });
  }

  async setAcl(path: string, acl: readonly AclEntry[], version?: number): Promise<AclOf> {
    return this.#ask({ op: 'setAcl', path, acl, ...(version === undefined ? {} : { version }) });
  }

  async transaction(
    ops: readonly Op[],
    options: { dryRun?: boolean } = {},
  ): Promise<readonly OpResult[]> {
    const asked = { op: 'transaction', ops, ...options };
    return (await this.#ask<{ results: OpResult[] }>(asked)).results;
  }

  async read(ops: readonly Op[]): Promise<readonly Record<string, unknown>[]> {
    return (await this.#ask<{ results: Record<string, unknown>[] }>({ op: 'read', ops })).results;
  }

  async authenticate(user: string, password: string): Promise<void> {
    await this.#ask({ op: 'auth', scheme: 'digest', user, password });
  }

  async whoami(): Promise<readonly Identity[]> {
    return (await this.#ask<{ identities: Identity[] }>({ op: 'whoami' })).identities;
  }

  async sync(): Promise<string> {
    return (await this.#ask<{ zxid: string }>({ op: 'sync' })).zxid;
  }

  async closeSession(): Promise<void> {
    await this.#ask({ op: 'close' });
  }

  disconnect(): void {
    this.socket.terminate();
  }

  // ------------------------------------------------------------------------------ watches

  /** The number of the watch that a read has left. */
  async watching(request: Request): Promise<number> {
    const { watch } = await this.#ask<{ watch: number }>({ ...request, watch: true });
    if (!Number.isSafeInteger(watch)) throw new Error('the answer does not name the watch');
    return watch;
  }

  async addWatch(
    path: string,
    mode: 'persistent' | 'persistentRecursive',
    options: { since?: string; include?: readonly string[] } = {},
  ): Promise<number> {
    return (await this.#ask<{ watch: number }>({ op: 'addWatch', path, mode, ...options })).watch;
  }

  async removeWatch(which: { watch: number } | { path: string; kind: string }): Promise<void> {
    await this.#ask({ op: 'removeWatch', ...which });
  }

  /**
   * The events that have come since the last call. Whatever this connection or anyone else was told
   * to be done before this call has its events in here: they come before the answer to a `sync`.
   */
  async events(): Promise<WireEvent[]> {
    await this.sync();
    const fresh = this.arrived.slice(this.#taken);
    this.#taken = this.arrived.length;
    return fresh.filter(isEvent);
  }

  /** The events of `events()`, shortened to `type path`, which is what most cases are about. */
  async eventTexts(): Promise<string[]> {
    return (await this.events()).map(({ event, path }) => `${event} ${path}`);
  }

  /** Waits until something that has arrived (from the beginning on) is what `matches` looks for. */
  async until(matches: (message: Message) => boolean, timeoutMs = 10_000): Promise<Message> {
    const deadline = performance.now() + timeoutMs;
    let looked = 0;
    while (true) {
      for (; looked < this.arrived.length; looked += 1) {
        const message = this.arrived[looked];
        if (message !== undefined && matches(message)) return message;
      }
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`nothing like it came in ${timeoutMs} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#onArrival = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (this.socket.readyState === WebSocket.CLOSED && looked >= this.arrived.length) {
        throw new Error('the connection ended before it came');
      }
    }
  }

  // ------------------------------------------------------------------------------ inside

  async #ask<T>(request: Request): Promise<T> {
    return (await this.request(request)).result as T;
  }

  #take(message: Message): void {
    this.arrived.push(message);
    if (message.id === undefined) return;
    if (message.zxid !== undefined) this.#zxid = message.zxid;
    if (message.error !== undefined) documented(message.error);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.resolve(message as WireAnswer);
  }
}

const NO_PROBLEM: Problem = { code: 'NoAnswer', outcome: 'unknown' };

export function isEvent(message: Message): message is WireEvent {
  return message.event !== undefined && message.path !== undefined;
}
