/** A reader of Server-Sent Events that keeps what came, as `EventSource` would see it. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Problem, Refused, type Stat } from './driver.ts';

export interface StreamEvent {
  /** Where to go on after it. */
  readonly id: string;
  readonly type: string;
  readonly event: {
    readonly event: string;
    readonly path: string;
    readonly zxid: string;
    readonly stat?: Stat;
    readonly data?: string;
    readonly encoding?: string;
  };
}

export interface StreamTarget {
  readonly path?: string;
  readonly recursive?: boolean;
  readonly since?: string;
  readonly include?: string;
  readonly chroot?: string;
}

export class EventStream {
  readonly events: StreamEvent[] = [];
  /** The notice that the stream cannot go on, when one came. */
  resync: { readonly code: string; readonly oldestZxid: string } | undefined;
  /** The last id that came, with an event or without one: where to resume. */
  lastId = '';
  /** Resolves when the stream has ended, by whomever. */
  readonly ended: Promise<void>;
  readonly headers: IncomingMessage['headers'];
  readonly #outgoing: ClientRequest;
  readonly #incoming: IncomingMessage;
  #text = '';
  #onArrival: (() => void) | undefined;

  private constructor(outgoing: ClientRequest, incoming: IncomingMessage) {
    this.#outgoing = outgoing;
    this.#incoming = incoming;
    this.headers = incoming.headers;
    incoming.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.ended = new Promise((resolve) => {
      incoming.on('close', () => {
        this.#onArrival?.();
        resolve();
      });
      incoming.on('error', () => {
        // A connection that is cut; `close` follows.
      });
    });
  }

  /** Resolves once the stream is open; rejects with `Refused` when the member refuses it. */
  static open(
    port: number,
    target: StreamTarget,
    headers: Record<string, string> = {},
  ): Promise<EventStream> {
    const given = Object.entries(target).filter(([, value]) => value !== undefined);
    const query = given.map(([name, value]) => `${name}=${encodeURIComponent(`${value}`)}`);
    return new Promise((resolve, reject) => {
      const path = `/v1/events?${query.join('&')}`;
      const outgoing = request({ host: '127.0.0.1', port, path, headers, agent: false });
      outgoing.on('error', reject);
      outgoing.on('response', (incoming) => {
        if (incoming.statusCode === 200) {
          resolve(new EventStream(outgoing, incoming));
          return;
        }
        let body = '';
        incoming.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        incoming.on('end', () => reject(new Refused(JSON.parse(body) as Problem)));
      });
      outgoing.end();
    });
  }

  /** Waits until `enough` says yes of what has come. */
  async until(enough: (events: readonly StreamEvent[]) => boolean, timeoutMs = 10_000) {
    const deadline = performance.now() + timeoutMs;
    while (!enough(this.events)) {
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`not in ${timeoutMs} ms; ${this.#summary()} came`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#onArrival = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** The events through that zxid, once there is one of a later change, which is to be made. */
  async through(zxid: string): Promise<readonly StreamEvent['event'][]> {
    await this.until((events) => (events.at(-1)?.event.zxid ?? '') > zxid);
    return this.events.map(({ event }) => event).filter((event) => event.zxid <= zxid);
  }

  #summary(): string {
    return `${this.events.length} events${this.resync === undefined ? '' : ' and a resync'}`;
  }

  /** Takes nothing more from the connection, until `resume`. */
  pause(): void {
    this.#incoming.pause();
  }

  resume(): void {
    this.#incoming.resume();
  }

  close(): void {
    this.#outgoing.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    const blocks = this.#text.split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) this.#take(block);
    this.#onArrival?.();
  }

  #take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(': ');
      if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
    }
    const id = fields.get('id');
    const type = fields.get('event');
    const data = fields.get('data');
    if (id !== undefined) this.lastId = id;
    if (type === undefined || data === undefined) return;
    if (type === 'resync') this.resync = JSON.parse(data);
    else this.events.push({ id: id ?? '', type, event: JSON.parse(data) });
  }
}
