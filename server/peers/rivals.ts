/**
 * Two processes with the number of one member: which of them is it? The one that answers, with a
 * proof, where the member is configured to be. Asked only when a process comes that is not the one
 * that was met last: after a restart, that is, or when somebody started a second one by mistake.
 */
import type { Clock } from '../clock.ts';
import { Caller, CallFailure, KNOCK_PATH, type Self } from './caller.ts';
import type { PeerAddress } from './types.ts';

export class Rivals {
  readonly #self: Self;
  readonly #clock: Clock;
  readonly #withinMs: number;
  /** Questions that are under way: whoever comes meanwhile shares the answer. */
  readonly #asked = new Map<string, Promise<string | undefined>>();

  /** `withinMs`: how long an answer is waited for, ms; less than who came waits for ours. */
  constructor(self: Self, clock: Clock, withinMs: number) {
    this.#self = self;
    this.#clock = clock;
    this.#withinMs = withinMs;
  }

  /** The incarnation of the process that lives there; undefined when none proves that it does. */
  livingAt(peer: PeerAddress): Promise<string | undefined> {
    const name = `${peer.id} ${peer.host} ${peer.port}`;
    let answer = this.#asked.get(name);
    if (answer === undefined) {
      answer = this.#ask(peer).finally(() => this.#asked.delete(name));
      this.#asked.set(name, answer);
    }
    return answer;
  }

  /** By a knock: it tells the other side nothing but that this member is there, which it is. */
  async #ask(peer: PeerAddress): Promise<string | undefined> {
    const caller = new Caller(this.#self, peer);
    const abort = new AbortController();
    const cancel = this.#clock.after(this.#withinMs, () => abort.abort());
    try {
      const options = { signal: abort.signal, stallMs: this.#withinMs, bodyBytes: 0 };
      const { introduction } = await caller.call('POST', KNOCK_PATH, options);
      return introduction.incarnation;
    } catch (error) {
      if (error instanceof CallFailure) return undefined;
      throw error;
    } finally {
      cancel();
      caller.close();
    }
  }
}
