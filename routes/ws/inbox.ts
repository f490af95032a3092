/** Requests that have arrived and were not begun yet, in order. */
import type { Request } from './requests.ts';

export class Inbox {
  #requests: Request[] = [];
  #head = 0;

  get empty(): boolean {
    return this.#head === this.#requests.length;
  }

  get first(): Request | undefined {
    return this.#requests[this.#head];
  }

  push(requests: readonly Request[]): void {
    for (const request of requests) this.#requests.push(request);
  }

  take(): Request | undefined {
    const request = this.#requests[this.#head];
    this.#head += 1;
    if (this.#head >= this.#requests.length) this.clear();
    return request;
  }

  clear(): void {
    this.#requests = [];
    this.#head = 0;
  }
}
