/**
 * FIFO order of one connection: what was sent first takes effect and is answered first. Writes of
 * all callers are answered in the order in which they were taken (`Coordinator.write`), so a lane
 * only has to hold back what comes behind an unfinished operation of its own connection.
 */
import { Fifo } from './fifo.ts';

export class Lane {
  /** Operations of this connection that were started and are not answered yet. */
  #pending = 0;
  /** What waits behind them, with the number of unfinished operations each has in front. */
  readonly #waiting = new Fifo<() => void>();
  readonly #after = new Fifo<number>();
  /** Operations ever started and ever finished: positions for `#after`. */
  #started = 0;
  #finished = 0;

  /** Whether something runs at once. */
  get idle(): boolean {
    return this.#pending === 0 && this.#waiting.length === 0;
  }

  /** An operation that is answered later was started; call `finish` when it is answered. */
  start(): void {
    this.#pending += 1;
    this.#started += 1;
  }

  /** Runs `operation` now, or when everything started before has finished. */
  run(operation: () => void): void {
    if (this.#pending === 0 && this.#waiting.length === 0) {
      operation();
      return;
    }
    this.#waiting.push(operation);
    this.#after.push(this.#started);
  }

  /** The oldest unfinished operation was answered. */
  finish(): void {
    this.#pending -= 1;
    this.#finished += 1;
    while (this.#waiting.length > 0) {
      const after = this.#after.first;
      if (after === undefined || after > this.#finished) return;
      this.#after.shift();
      this.#waiting.shift()?.();
    }
  }

  /** The connection is gone: what waits never runs. */
  clear(): void {
    this.#waiting.clear();
    this.#after.clear();
  }
}
