/**
 * Watches of a connection whose past is still coming to it. An answer must not show what an event
 * on its way is about to tell, so nothing that the client has sent behind such a watch is begun
 * until the past has been delivered: it costs this connection time and nobody else.
 *
 * Bounded: a client that reads its events more slowly than they happen would never be answered.
 */
import type { Turns } from './turns.ts';

/** So long a connection is kept from going on for the sake of one replay, ms. */
export const REPLAY_HOLD_MS = 10_000;

export class Replays {
  readonly #turns: Turns;
  /** Watches whose past is coming, each with what ends that it holds up the connection. */
  readonly #coming = new Map<number, Hold>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** The past of some watch is still coming. */
  get any(): boolean {
    return this.#coming.size > 0;
  }

  begin(watch: number): void {
    this.#coming.set(watch, new Hold(this.#turns));
  }

  /** The watch is live, or gone. */
  end(watch: number): void {
    this.#coming.get(watch)?.end();
    this.#coming.delete(watch);
  }

  /** The connection is gone. */
  clear(): void {
    for (const hold of this.#coming.values()) hold.end();
    this.#coming.clear();
  }
}

/** Keeps what comes behind waiting, until it is ended or has lasted too long. */
class Hold {
  readonly #turns: Turns;
  readonly #timer: NodeJS.Timeout;
  #ended = false;

  constructor(turns: Turns) {
    this.#turns = turns;
    turns.hold();
    this.#timer = setTimeout(() => this.end(), REPLAY_HOLD_MS);
    this.#timer.unref();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#turns.release();
    this.#turns.goOn();
  }
}
