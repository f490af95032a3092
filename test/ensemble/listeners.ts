/**
 * Those who listen to a part of the tree as clients do: over a WebSocket or an event stream, some
 * reading slowly or for a while not at all, some leaving their connection in the middle, all of
 * them going on at the next member from where they were. What each has heard is kept, and with
 * every answer on a connection how much had been heard before it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { isEvent, type Message, type WireEvent, WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { type Batches, type Expected, fullTextOf, textOf } from './batches.ts';
import { Tour } from './tour.ts';

export interface Habits {
  readonly over: 'ws' | 'sse';
  /** Asks for stat and data with each event. */
  readonly include?: boolean;
  /** Leaves its connection after so many events. */
  readonly leavesAfter?: number;
  /** Reads so many events, then nothing until so many more have happened. */
  readonly sleeps?: { readonly after: number; readonly during: number };
  /** Reads a znode on the same connection, one time after the other. Over a WebSocket only. */
  readonly reads?: boolean;
}

/** An answer on the connection of a listener, and how many events it had heard before that. */
interface Answered {
  readonly zxid: string;
  readonly heard: number;
}

interface Heard {
  /** Where to go on behind it. */
  readonly position: string;
  readonly text: string;
}

/** One connection. */
interface Line {
  isOpen(): boolean;
  /** The code with which it was closed, once it was and has one. */
  end(): number | undefined;
  /** What has come since the last call, at most so many events. */
  take(max: number): void;
  pause(): void;
  resume(): void;
  close(): void;
}

/** Closed for not reading: with the code that says so, or cut, when not even that was read. */
const SLOW = 4413;
const CUT = 1006;
/** How often a listener looks at what has come, ms. */
const LOOK_MS = 10;
/** How often one that reads does. */
const READ_MS = 40;
const RECONNECT_MS = 20;

export class Listener {
  readonly name: string;
  readonly habits: Habits;
  readonly heard: string[] = [];
  readonly answers: Answered[] = [];
  /** Whatever should not have come. */
  readonly findings: string[] = [];
  /** Of its connections: all, those that it left by itself, and those it was too slow for. */
  connections = 0;
  left = 0;
  overflows = 0;
  /** It reads nothing now. */
  asleep = false;
  readonly #batches: Batches;
  readonly #tour: Tour<EnsembleMember>;
  #position: string;

  constructor(habits: Habits, members: readonly EnsembleMember[], at: number, batches: Batches) {
    this.habits = habits;
    this.#tour = new Tour({
      ...{ members, first: at, pauseMs: RECONNECT_MS },
      visit: (member) => this.#visit(member),
      failed: (error) => this.#judge(error),
    });
    this.#batches = batches;
    this.#position = '';
    this.name = `from member ${at + 1} on, ${JSON.stringify(habits)}`;
  }

  /** Hears everything after `since`. */
  start(since: string): void {
    this.#position = since;
    this.#tour.start();
  }

  stop(): Promise<void> {
    return this.#tour.stop();
  }

  async #visit(member: EnsembleMember): Promise<void> {
    const { pid } = member;
    const line = await this.#connect(member);
    this.connections += 1;
    const hasSlept = await this.#listen(line);
    const isAlive = member.running && member.pid === pid;
    if (line.end() === SLOW || (hasSlept && isAlive && line.end() === CUT)) this.overflows += 1;
  }

  /** A member may be gone or not ready, and nobody may know whether a session was opened. */
  #judge(error: unknown): void {
    if (!(error instanceof Refused)) return;
    if (['NotReady', 'OutcomeUnknown'].includes(error.problem.code)) return;
    this.findings.push(`${this.name}: ${error.message}`);
  }

  /** Until the connection ends, by whomever; whether nothing was read from it for a while. */
  async #listen(line: Line): Promise<boolean> {
    const { leavesAfter = Number.POSITIVE_INFINITY, sleeps } = this.habits;
    const from = this.heard.length;
    let awakeSince = from;
    let hasSlept = false;
    while (line.isOpen() && !this.#tour.stopping) {
      const room = from + leavesAfter - this.heard.length;
      line.take(room);
      if (this.heard.length - from >= leavesAfter) {
        this.left += 1;
        line.close();
        return false;
      }
      if (sleeps !== undefined && this.heard.length - awakeSince >= sleeps.after) {
        hasSlept = (await this.#sleep(line, sleeps.during)) || hasSlept;
        awakeSince = this.heard.length;
      }
      await sleep(LOOK_MS);
    }
    line.take(Number.POSITIVE_INFINITY);
    line.close();
    return hasSlept;
  }

  /** Reads nothing until so many events more have happened, or until nobody is to sleep. */
  async #sleep(line: Line, events: number): Promise<boolean> {
    const enough = this.#batches.events + events;
    const isOver = () => this.#batches.events >= enough || this.#batches.allAwake;
    if (isOver()) return false;
    line.pause();
    this.asleep = true;
    while (!isOver() && !this.#tour.stopping) await sleep(LOOK_MS);
    this.asleep = false;
    line.resume();
    return true;
  }

  #connect(member: EnsembleMember): Promise<Line> {
    return this.habits.over === 'ws' ? this.#webSocket(member) : this.#eventStream(member);
  }

  #take({ position, text }: Heard): void {
    this.#position = position;
    this.heard.push(text);
  }

  #textOf({ event, path, zxid, stat, data }: WireEvent | Omit<WireEvent, 'watches'>): string {
    const text = textOf(event, path, zxid);
    return this.habits.include === true ? fullTextOf(text, data, stat?.version) : text;
  }

  // ---------------------------------------------------------------------------- over a WebSocket

  async #webSocket({ wsUrl }: EnsembleMember): Promise<Line> {
    const { include = false, reads = false } = this.habits;
    const [path = ''] = this.#batches.counters;
    const driver = await WsDriver.connect(wsUrl, { timeoutMs: 60_000, lastZxid: this.#position });
    driver.arrived.length = 0;
    const watch = {
      ...{ op: 'addWatch', path: this.#batches.root, mode: 'persistentRecursive' },
      ...{ since: this.#position, ...(include ? { include: ['stat', 'data'] } : undefined) },
    };
    const read = { op: 'get', path };
    let end: number | undefined;
    void driver.closed.then(({ code }) => {
      end = code;
    });
    const watching = driver.request(watch);
    // Sent right behind it: the past has to come before the answer.
    if (reads) void readOn(driver, read);
    try {
      await watching;
    } catch (error) {
      driver.disconnect();
      throw error;
    }
    let taken = 0;
    return {
      isOpen: () => end === undefined,
      end: () => end,
      take: (max) => {
        const enough = this.heard.length + max;
        for (; taken < driver.arrived.length && this.heard.length < enough; taken += 1) {
          const message = driver.arrived[taken];
          if (message !== undefined) this.#message(message);
        }
        // The events of one transaction come in one frame: nobody is left in the middle of it.
        for (; isSame(driver.arrived[taken], this.#position); taken += 1) {
          this.#message(driver.arrived[taken] as Message);
        }
        if (taken < driver.arrived.length) return;
        driver.arrived.length = 0;
        taken = 0;
      },
      pause: () => driver.socket.pause(),
      resume: () => driver.socket.resume(),
      close: () => driver.disconnect(),
    };
  }

  #message(message: Message): void {
    if (isEvent(message)) {
      this.#take({ position: message.zxid, text: this.#textOf(message) });
    } else if (message.event !== undefined) {
      this.findings.push(`${this.name}: ${JSON.stringify(message)}`);
    } else if (message.progress !== undefined) {
      this.answers.push({ zxid: message.progress, heard: this.heard.length });
    } else if (message.result?.['stat'] !== undefined && message.zxid !== undefined) {
      this.answers.push({ zxid: message.zxid, heard: this.heard.length });
    }
  }

  // ---------------------------------------------------------------------------- over HTTP

  async #eventStream({ port }: EnsembleMember): Promise<Line> {
    const target = {
      ...{ path: this.#batches.root, recursive: true },
      ...(this.habits.include === true ? { include: 'stat,data' } : undefined),
    };
    const stream = await EventStream.open(port, target, { 'last-event-id': this.#position });
    let isOpen = true;
    void stream.ended.then(() => {
      isOpen = false;
    });
    return {
      isOpen: () => isOpen,
      end: () => undefined,
      take: (max) => {
        if (stream.resync !== undefined) {
          this.findings.push(`${this.name}: ${JSON.stringify(stream.resync)}`);
          stream.resync = undefined;
        }
        const fresh = stream.events.splice(0, max);
        for (const { id, event } of fresh) {
          this.#take({ position: id, text: this.#textOf(event) });
        }
      },
      pause: () => stream.pause(),
      resume: () => stream.resume(),
      close: () => stream.close(),
    };
  }
}

function isSame(message: Message | undefined, zxid: string): boolean {
  return message !== undefined && isEvent(message) && message.zxid === zxid;
}

/** Asks for it again and again, until the connection ends. */
async function readOn(driver: WsDriver, read: { op: string; path: string }): Promise<void> {
  try {
    for (;;) {
      const [answer] = await driver.pipeline([read, { ...read, consistency: 'linearizable' }]);
      await sleep(answer?.error === undefined ? READ_MS : RECONNECT_MS);
    }
  } catch {
    // It has ended.
  }
}

/** What is wrong with what a listener has heard of everything that happened. */
export function listenerFindings(listener: Listener, expected: readonly Expected[]): string[] {
  const { name, heard, answers, habits } = listener;
  const findings = [...listener.findings];
  for (let at = 0; at < Math.max(heard.length, expected.length); at += 1) {
    const wanted = habits.include === true ? expected[at]?.full : expected[at]?.text;
    if (heard[at] === wanted) continue;
    findings.push(`${name}: event ${at + 1} is ${heard[at]}, not ${wanted}`);
    break;
  }
  for (const { zxid, heard: before } of answers) {
    const next = expected[before];
    if (next === undefined || next.zxid > zxid) continue;
    findings.push(`${name}: an answer at ${zxid} came before the event ${next.text}`);
    break;
  }
  return findings;
}
