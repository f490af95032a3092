/**
 * The requests of one connection in their order. What has arrived waits here until it may begin;
 * what is answered at once waits, once begun, for what was sent before it and is answered later.
 *
 * Invariant: requests begin in the order of their arrival and are answered in that order. More is
 * begun only when everything that waited for the answer before has been answered too.
 */
import { Lane } from '../../server/lane.ts';
import type { Limits } from '../../server/limits.ts';
import { joinsConfirmation } from './freshness.ts';
import { InFlight } from './in-flight.ts';
import { Inbox } from './inbox.ts';
import type { Request } from './requests.ts';

/**
 * While no more than this waits the socket is read on, bytes: a client whose requests wait is heard
 * all the same, its pings and its answers to ours.
 */
const READ_AHEAD_BYTES = 64 * 1024;

/** The connection whose requests these are. */
export interface Requester {
  /** It can take answers, and knows whose requests these are. */
  readonly open: boolean;
  begin(request: Request): void;
  /** Whether anything is to be read from the socket. */
  readOn(wanted: boolean): void;
  close(code: number, reason: string): void;
}

export class Turns {
  readonly #requester: Requester;
  readonly #inbox = new Inbox();
  readonly #lane = new Lane();
  readonly #inFlight: InFlight;
  /** What has been begun and lets nothing begin behind it. */
  #held = 0;
  /** Reads that are being confirmed, behind which only others of them begin. */
  #confirming = 0;
  #running = false;
  /** With what the connection ends, as soon as all that came before has been answered. */
  #ending: { readonly code: number; readonly reason: string } | undefined;

  constructor(requester: Requester, limits: Limits) {
    this.#requester = requester;
    this.#inFlight = new InFlight(limits);
  }

  /** Nothing that comes from now on counts. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  /** Something has arrived and has not begun. */
  get waiting(): boolean {
    return !this.#inbox.empty;
  }

  push(requests: readonly Request[]): void {
    this.#inbox.push(requests);
    this.#run();
  }

  /** Closes the connection when everything that has arrived is answered. */
  end(code: number, reason: string): void {
    this.#ending = { code, reason };
    this.#run();
  }

  /** Something that was waited for has happened. */
  goOn(): void {
    if (!this.#inbox.empty || this.#ending !== undefined) this.#run();
  }

  clear(): void {
    this.#inbox.clear();
    this.#lane.clear();
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    while (!this.#inbox.empty && this.#mayBegin()) {
      const request = this.#inbox.take();
      if (request === undefined) break;
      this.#inFlight.begin(request);
      this.#requester.begin(request);
    }
    this.#running = false;
    const { empty, bytes } = this.#inbox;
    const ending = this.#ending;
    this.#requester.readOn(bytes <= READ_AHEAD_BYTES && ending === undefined);
    if (ending !== undefined && empty && this.#inFlight.none) {
      this.#requester.close(ending.code, ending.reason);
    }
  }

  #mayBegin(): boolean {
    if (!this.#requester.open || this.#held > 0 || this.#inFlight.full) return false;
    if (this.#confirming === 0) return true;
    const next = this.#inbox.first;
    return next !== undefined && joinsConfirmation(next.frame);
  }

  // ---------------------------------------------------------------------------- what has begun

  /** What is answered later has begun; `finished` is called when it is answered. */
  started(): void {
    this.#lane.start();
  }

  finished(): void {
    this.#lane.finish();
    this.goOn();
  }

  /** Runs what is answered at once, when everything before it is answered. */
  inTurn(operation: () => void): void {
    this.#lane.run(operation);
  }

  answered(request: Request): void {
    this.#inFlight.end(request);
  }

  /** Nothing more is begun until `release`: what comes behind would take effect too early. */
  hold(): void {
    this.#held += 1;
  }

  release(): void {
    this.#held -= 1;
  }

  /** A read waits for the word of a quorum; `confirmed` is called when it has been answered. */
  confirming(): void {
    this.#confirming += 1;
  }

  confirmed(): void {
    this.#confirming -= 1;
  }

  /** Something has arrived and waits, not for its client to read, but for what was begun before. */
  get holding(): boolean {
    if (this.#inbox.empty) return false;
    return this.#held > 0 || this.#confirming > 0 || this.#inFlight.full;
  }
}
