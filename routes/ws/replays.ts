/**
 * Watches of a connection whose past is still coming to it. An answer must not show what an event
 * on its way is about to tell, so nothing that the client has sent behind such a watch is begun
 * until the past has been delivered: it costs this connection time and nobody else.
 *
 * However long that takes, as long as the client reads. One that has sent requests and takes
 * nothing is given up, as any other that does not read: what waits for it here, its session's life
 * among it, does not wait for ever.
 */
import type { Turns } from './turns.ts';

/** A client that takes nothing of its past for so long, while requests of it wait, is left, ms. */
const STALL_MS = 10_000;

/** The connection, as somebody who is to read. */
export interface Reader {
  /** There is no room for more, and nothing has left since this was asked last. */
  stuck(): boolean;
  /** Ends the connection for that. */
  giveUp(): void;
}

export class Replays {
  readonly #turns: Pick<Turns, 'hold' | 'release' | 'goOn' | 'waiting'>;
  readonly #reader: Reader;
  readonly #stallMs: number;
  /** Watches whose past is coming. */
  readonly #coming = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    turns: Pick<Turns, 'hold' | 'release' | 'goOn' | 'waiting'>,
    reader: Reader,
    stallMs = STALL_MS,
  ) {
    this.#turns = turns;
    this.#reader = reader;
    this.#stallMs = stallMs;
  }

  /** The past of some watch is still coming. */
  get any(): boolean {
    return this.#coming.size > 0;
  }

  begin(watch: number): void {
    if (this.#coming.has(watch)) return;
    this.#coming.add(watch);
    this.#turns.hold();
    if (this.#timer === undefined) this.#lookLater();
  }

  /** The watch is live, or gone. */
  end(watch: number): void {
    if (!this.#coming.delete(watch)) return;
    if (!this.any) this.#lookNoMore();
    this.#turns.release();
    this.#turns.goOn();
  }

  /** The connection is gone. */
  clear(): void {
    for (const watch of this.#coming) this.end(watch);
  }

  #lookLater(): void {
    this.#reader.stuck();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#reader.stuck() && this.#turns.waiting) this.#reader.giveUp();
      else if (this.any) this.#lookLater();
    }, this.#stallMs);
    this.#timer.unref();
  }

  #lookNoMore(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
