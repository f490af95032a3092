/**
 * Closed-loop load over WebSocket sessions: each keeps a fixed number of frames under way and sends
 * the next ones in one write when answers arrive. Knows nothing of what the requests are for; the
 * plan chooses them.
 */

import type { Samples } from './statistics.ts';
import { FIRST_ID, type FrameWriter, type RequestTemplate } from './ws-frames.ts';
import { type SocketOwner, WsSocket } from './ws-socket.ts';

/** `{"id":1000000001,"zxid":"0000000000000000","result"`: where "result" or "error" begins. */
const OUTCOME_AT = 44;
const LETTER_E = 101;
const LETTER_I = 105;
const BRACKET = 91;
const ANSWER = Buffer.from('{"id":1');
const EVENT_WATCHES = Buffer.from('"watches":[');
/** Sockets opened at the same time: below the usual length of a listen queue. */
const OPEN_AT_ONCE = 100;
const SESSION_TIMEOUT_MS = 60_000;

/** One session, its socket and the frames that it has under way. */
export class Flow {
  readonly index: number;
  /** What the plan has chosen for the next frame, one entry per request of it. */
  readonly templates: RequestTemplate[];
  readonly keys: number[];
  /** Which series of samples the next frame belongs to. */
  series = 0;
  /** Requests that the plan has handed out for this session. */
  planned = 0;
  nextId = FIRST_ID;
  /** Answers that have arrived for the oldest frame under way, and after it. */
  answered = 0;
  framesSent = 0;
  framesDone = 0;
  readonly sentAt: Float64Array;
  readonly seriesOf: Uint8Array;
  socket: WsSocket | undefined;
  buffer: Buffer | undefined;
  /** Takes whole messages while the session is being set up; absent under load. */
  listener: ((text: string) => void) | undefined;

  constructor(index: number, frames: number, requestsPerFrame: number) {
    this.index = index;
    this.templates = new Array<RequestTemplate>(requestsPerFrame);
    this.keys = new Array<number>(requestsPerFrame).fill(0);
    this.sentAt = new Float64Array(frames);
    this.seriesOf = new Uint8Array(frames);
  }
}

/** What a result has that this load looks at. */
export interface Result {
  readonly watch?: number;
}

interface Answer {
  readonly id?: number;
  readonly result?: Result;
  readonly error?: Record<string, unknown>;
}

/** Fills `flow.templates`, `flow.keys` and `flow.series` for one frame; false = nothing more. */
export type Plan = (flow: Flow) => boolean;

export interface DriverOptions {
  readonly port: number;
  readonly mask: Buffer;
  readonly sessions: number;
  /** Frames that each session keeps under way. */
  readonly frames: number;
  readonly writer: FrameWriter;
}

export class Driver implements SocketOwner {
  readonly flows: Flow[] = [];
  answers = 0;
  errors = 0;
  /** The first answer that was an error, for the report. */
  firstError = '';
  /** Watches named by events since it was last set, and when the last event came. */
  watchesFired = 0;
  lastEventAt = 0;
  readonly #options: DriverOptions;
  #plan: Plan = () => false;
  #series: readonly Samples[] = [];
  #idleFlows = 0;
  #finished: (() => void) | undefined;
  #lost: string | undefined;

  constructor(options: DriverOptions) {
    this.#options = options;
  }

  /** Opens every session. */
  async open(): Promise<void> {
    const { sessions, frames, writer } = this.#options;
    for (let i = 0; i < sessions; i++) {
      this.flows.push(new Flow(i, frames, writer.requestsPerFrame));
    }
    for (let i = 0; i < sessions; i += OPEN_AT_ONCE) {
      const group = this.flows.slice(i, i + OPEN_AT_ONCE);
      await Promise.all(group.map((flow) => this.#openSession(flow)));
    }
  }

  /** Sends requests in one message and resolves with their results, in order. */
  ask(flow: Flow, requests: readonly object[]): Promise<Result[]> {
    const numbered = requests.map((request) => ({ id: flow.nextId++, ...request }));
    const results: Result[] = [];
    return new Promise((resolve, reject) => {
      flow.listener = (text) => {
        const message = JSON.parse(text) as Answer | Answer[];
        for (const answer of Array.isArray(message) ? message : [message]) {
          if (answer.id === undefined) continue;
          if (answer.error !== undefined) reject(new Error(JSON.stringify(answer.error)));
          else checkShape(text);
          results.push(answer.result ?? {});
        }
        if (results.length < numbered.length) return;
        flow.listener = undefined;
        resolve(results);
      };
      flow.socket?.send(JSON.stringify(numbered.length === 1 ? numbered[0] : numbered));
    });
  }

  /** Begins the load; the promise resolves when the plan has no more and all is answered. */
  run(plan: Plan, series: readonly Samples[]): Promise<void> {
    this.#plan = plan;
    this.#series = series;
    this.#idleFlows = 0;
    const finished = new Promise<void>((resolve) => {
      this.#finished = resolve;
    });
    for (const flow of this.flows) {
      flow.planned = 0;
      this.#pump(flow);
    }
    return finished;
  }

  close(): void {
    for (const flow of this.flows) flow.socket?.destroy();
  }

  onMessage(socket: WsSocket, buffer: Buffer, start: number, end: number): void {
    const flow = this.flows[socket.index];
    if (flow === undefined) return;
    if (flow.listener !== undefined) {
      flow.listener(buffer.toString('utf8', start, end));
      return;
    }
    if (buffer[start] === BRACKET) {
      this.#countArray(flow, buffer.subarray(start, end));
    } else if (buffer[start + 2] === LETTER_I) {
      flow.answered += 1;
      if (buffer[start + OUTCOME_AT] === LETTER_E) this.#onError(buffer, start, end);
    } else {
      this.#countWatches(buffer.subarray(start, end));
    }
  }

  onBatchEnd(socket: WsSocket): void {
    const flow = this.flows[socket.index];
    if (flow === undefined || flow.listener !== undefined) return;
    const perFrame = this.#options.writer.requestsPerFrame;
    if (flow.answered < perFrame) return;
    const now = performance.now();
    while (flow.answered >= perFrame && flow.framesDone < flow.framesSent) {
      const slot = flow.framesDone % this.#options.frames;
      this.#series[flow.seriesOf[slot] ?? 0]?.add(now - (flow.sentAt[slot] ?? now));
      flow.framesDone += 1;
      flow.answered -= perFrame;
      this.answers += perFrame;
    }
    this.#pump(flow);
  }

  onLost(socket: WsSocket, reason: string): void {
    this.#lost ??= `session ${socket.index}: ${reason}`;
    throw new Error(`the member gave up a connection: ${this.#lost}`);
  }

  /** Sends as many frames as may be under way, in one write. */
  #pump(flow: Flow): void {
    const { frames, writer } = this.#options;
    let end = 0;
    while (flow.framesSent - flow.framesDone < frames) {
      if (!this.#plan(flow)) {
        if (flow.framesSent === flow.framesDone) this.#onIdle();
        break;
      }
      flow.buffer ??= Buffer.allocUnsafeSlow(frames * writer.frameLength());
      const slot = flow.framesSent % frames;
      flow.sentAt[slot] = performance.now();
      flow.seriesOf[slot] = flow.series;
      end = writer.write(flow.buffer, end, flow.templates, flow.keys, flow.nextId);
      flow.nextId += writer.requestsPerFrame;
      flow.framesSent += 1;
    }
    if (end === 0 || flow.buffer === undefined) return;
    // What the kernel has not taken still refers to the buffer: leave it, and take another one.
    if (flow.socket?.write(flow.buffer.subarray(0, end)) === false) flow.buffer = undefined;
  }

  #onIdle(): void {
    this.#idleFlows += 1;
    if (this.#idleFlows === this.flows.length) this.#finished?.();
  }

  #countArray(flow: Flow, message: Buffer): void {
    let at = message.indexOf(ANSWER);
    while (at >= 0) {
      flow.answered += 1;
      if (message[at + OUTCOME_AT] === LETTER_E) this.#onError(message, at, message.length);
      at = message.indexOf(ANSWER, at + ANSWER.length);
    }
    this.#countWatches(message);
  }

  #countWatches(message: Buffer): void {
    let at = message.indexOf(EVENT_WATCHES);
    while (at >= 0) {
      this.watchesFired += 1;
      at += EVENT_WATCHES.length;
      for (; at < message.length && message[at] !== 93; at++) {
        if (message[at] === 44) this.watchesFired += 1;
      }
      this.lastEventAt = performance.now();
      at = message.indexOf(EVENT_WATCHES, at);
    }
  }

  #onError(buffer: Buffer, start: number, end: number): void {
    this.errors += 1;
    if (this.firstError !== '') return;
    this.firstError = buffer.toString('utf8', start, Math.min(end, start + 400));
    process.stderr.write(`first error of this run: ${this.firstError}\n`);
  }

  async #openSession(flow: Flow): Promise<void> {
    flow.socket = await WsSocket.open(this.#options.port, flow.index, this.#options.mask, this);
    await this.ask(flow, [{ op: 'connect', timeoutMs: SESSION_TIMEOUT_MS }]);
  }
}

/** Under load answers are told apart by the place of their fields: make sure that they fit. */
function checkShape(text: string): void {
  const first = text.indexOf('{"id":1');
  if (first === 0 || first === 1) {
    if (text.startsWith('"result":', first + OUTCOME_AT - 1)) return;
  }
  throw new Error(`answers are not as this load generator expects them: ${text.slice(0, 200)}`);
}
