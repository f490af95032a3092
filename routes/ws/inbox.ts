/** Requests that have arrived and were not begun yet, in order. */
import type { Request } from './requests.ts';

export class Inbox {
  #requests: Request[] = [];
  #head = 0;
  #bytes = 0;

  /** Of the messages that they came in. */
  get bytes(): number {
    return this.#bytes;
  }

  get empty(): boolean {
    return this.#head === this.#requests.length;
  }

  get first(): Request | undefined {
    return this.#requests[this.#head];
  }

  push(requests: readonly Request[]): void {
    for (const request of requests) {
      this.#requests.push(request);
      this.#bytes += request.bytes;
    }
  }

  take(): Request | undefined {
    const request = this.#requests[this.#head];
    this.#head += 1;
    this.#bytes -= request?.bytes ?? 0;
    if (this.#head >= this.#requests.length) this.clear();
    return request;
  }

  clear(): void {
    this.#requests = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}
