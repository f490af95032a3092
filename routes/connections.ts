/**
 * How many long-lived connections this member serves: WebSockets and event streams together, held
 * to `limits.connections`. One instance per app.
 */
import type { Refusal } from '../storage/tree/errors.ts';

export class Connections {
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#count;
  }

  /** Counts one more, or says why not. Whoever got undefined calls `leave` exactly once. */
  enter(): Refusal | undefined {
    if (this.#count >= this.#limit) {
      return {
        code: 'Throttled',
        detail: 'this member serves as many connections as it may',
        limit: { name: 'connections', value: this.#limit },
        retryAfter: 5,
      };
    }
    this.#count += 1;
    return undefined;
  }

  leave(): void {
    this.#count -= 1;
  }
}
