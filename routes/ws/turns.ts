/**
 * The requests of one connection in their order. What has arrived waits here until it may begin;
 * what is answered at once waits, once begun, for what was sent before it and is answered later.
 *
 * Invariant: requests begin in the order of their arrival and are answered in that order. More is
 * begun only when everything that waited for the answer before has been answered too.
 */
import { Lane } from '../../server/lane.ts';
import type { Limits } from '../../server/limits.ts';
import { InFlight } from './in-flight.ts';
import { Inbox } from './inbox.ts';
import type { Request } from './requests.ts';

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
  #held = false;
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
    const { empty } = this.#inbox;
    const ending = this.#ending;
    this.#requester.readOn(empty && ending === undefined);
    if (ending !== undefined && empty && this.#inFlight.none) {
      this.#requester.close(ending.code, ending.reason);
    }
  }

  #mayBegin(): boolean {
    return this.#requester.open && !this.#held && !this.#inFlight.full;
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
    this.#held = true;
  }

  release(): void {
    this.#held = false;
  }
}
