/**
 * A session over one WebSocket, in a page of code: Node's own `WebSocket`, JSON, and the token that
 * brings the session back when the connection is lost, at the same member or at the next one of the
 * ensemble. Everything else that an example does stands in the example.
 */

/** What a request was refused with; `code` is one of the catalogue, like NoNode. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  /** Of the state that the refusal was found in. */
  readonly zxid: string;

  constructor({ code, detail, path }: Problem, zxid: string) {
    super(`${code} ${path ?? ''} ${detail ?? ''}`);
    this.code = code;
    this.zxid = zxid;
  }
}

/** The connection ended before the answer came: the request was applied, or it was not. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The session is over, and its ephemerals with it: begin anew. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly path?: string;
}

export interface Event {
  readonly event: string;
  readonly path: string;
  readonly zxid: string;
  readonly data?: string;
}

/** `Result` is what the table of operations says of the one that was asked for. */
export interface Answer<Result> {
  readonly zxid: string;
  readonly result: Result;
}

export interface Request {
  readonly op: string;
  readonly [parameter: string]: unknown;
}

interface Connected {
  readonly sessionId: string;
  readonly token: string;
}

interface Frame {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: Problem;
  readonly event?: string;
  readonly progress?: string;
  readonly zxid: string;
}

interface Waiting {
  readonly resolve: (answer: Answer<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** Between two attempts to connect. */
const RETRY_MS = 200;
/** A member that takes no connection for so long is left for the next one. */
const DIAL_MS = 2000;

export class Session {
  /** Called with each event, in the order of the changes. */
  onEvent: (event: Event) => void = () => {};
  /** Called on a quiet connection: every event up to this zxid has been given to `onEvent`. */
  onProgress: (zxid: string) => void = () => {};
  /** The connection is lost: watches are gone with it, the session and its ephemerals are not. */
  onLost: () => void = () => {};
  readonly #urls: readonly string[];
  /** How many attempts have failed: each goes to the next member. */
  #failures = 0;
  readonly #timeoutMs: number;
  #socket: WebSocket | undefined;
  #token: string | undefined;
  #id = '';
  /** The newest state that was seen: no member is to show an older one. */
  #lastZxid = '';
  #lastRequest = 0;
  readonly #waiting = new Map<number, Waiting>();

  private constructor(members: string, timeoutMs: number) {
    this.#urls = members.split(',').map((member) => `${member.replace(/^http/, 'ws')}/v1/ws`);
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Opens a session; tries one member after the other until one answers. `members` is like
   * http://127.0.0.1:7181, or several of them with commas in between.
   */
  static async open(members: string, timeoutMs: number): Promise<Session> {
    const session = new Session(members, timeoutMs);
    await session.connect();
    return session;
  }

  get id(): string {
    return this.#id;
  }

  /** Connects, or connects again, however often it takes. Rejects with `SessionEnded`. */
  async connect(): Promise<void> {
    while (this.#socket === undefined) {
      try {
        this.#socket = await this.#dial();
        const token = this.#token;
        const which = token === undefined ? { timeoutMs: this.#timeoutMs } : { session: token };
        const seen = this.#lastZxid === '' ? {} : { lastZxid: this.#lastZxid };
        const { result } = await this.request<Connected>({ op: 'connect', ...which, ...seen });
        this.#token = result.token;
        this.#id = result.sessionId;
      } catch (error) {
        this.#socket?.close();
        this.#socket = undefined;
        this.#failures += 1;
        if (error instanceof Refused && error.code === 'SessionExpired') {
          throw new SessionEnded(error.message);
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Sends one request and resolves with its answer. Rejects with `Refused` or `ConnectionLost`. */
  request<Result>(request: Request): Promise<Answer<Result>> {
    const socket = this.#socket;
    if (socket === undefined) return Promise.reject(new ConnectionLost('not connected'));
    this.#lastRequest += 1;
    const id = this.#lastRequest;
    socket.send(JSON.stringify({ id, ...request }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
    });
  }

  /** Ends the session, and its ephemerals with it. */
  async close(): Promise<void> {
    await this.request({ op: 'close' });
    this.#socket?.close();
  }

  #dial(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const url = this.#urls[this.#failures % this.#urls.length] ?? '';
      const socket = new WebSocket(url, 'paddock.v1.json');
      const patience = setTimeout(() => socket.close(), DIAL_MS);
      socket.addEventListener('open', () => {
        clearTimeout(patience);
        resolve(socket);
      });
      socket.addEventListener('message', ({ data }) => this.#take(String(data)));
      socket.addEventListener('close', () => {
        clearTimeout(patience);
        reject(new ConnectionLost('no connection'));
        this.#lose(socket);
      });
      socket.addEventListener('error', () => {
        // The close that follows says it all.
      });
    });
  }

  #take(text: string): void {
    const frames = JSON.parse(text) as Frame | Frame[];
    for (const frame of Array.isArray(frames) ? frames : [frames]) {
      const zxid = frame.progress ?? frame.zxid;
      if (zxid > this.#lastZxid) this.#lastZxid = zxid;
      if (frame.progress !== undefined) {
        this.onProgress(frame.progress);
      } else if (frame.event === 'session') {
        // The connection is about to be closed: connecting again tells what became of the session.
        // Or that is uncertain, which matters to who acts on something outside the tree.
      } else if (frame.event !== undefined) {
        this.onEvent(frame as unknown as Event);
      } else if (frame.id !== undefined) {
        const waiting = this.#waiting.get(frame.id);
        this.#waiting.delete(frame.id);
        const { result, error, zxid } = frame;
        if (error !== undefined) waiting?.reject(new Refused(error, zxid));
        else waiting?.resolve({ result, zxid });
      }
    }
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    for (const { reject } of this.#waiting.values()) reject(new ConnectionLost('connection lost'));
    this.#waiting.clear();
    this.onLost();
  }
}
