/**
 * What of a connection is under way: begun and not answered. Bounded in operations, for each has
 * a result to send, and in bytes, for each is kept until it is on the disk.
 */
import type { Limits } from '../../server/limits.ts';
import type { Request } from './requests.ts';

export class InFlight {
  readonly #limits: Limits;
  #operations = 0;
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get none(): boolean {
    return this.#operations === 0;
  }

  /** Nothing more is begun. What is larger than all that is allowed is let through alone. */
  get full(): boolean {
    const { inFlightPerConnection, frameBytes } = this.#limits;
    return this.#operations >= inFlightPerConnection || this.#bytes >= frameBytes;
  }

  begin({ operations, bytes }: Request): void {
    this.#operations += operations;
    this.#bytes += bytes;
  }

  end({ operations, bytes }: Request): void {
    this.#operations -= operations;
    this.#bytes -= bytes;
  }
}
