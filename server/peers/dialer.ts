/**
 * Tries something at one member until it succeeds, with waits that grow: for members with a smaller
 * number to open a stream, for those with a larger one to ask them to open theirs.
 */
import type { MemberId } from '../../raftlog/types.ts';
import type { Clock } from '../clock.ts';
import { Caller, CallFailure, type CallOptions, KNOCK_PATH, type Self } from './caller.ts';
import type { Introduction } from './handshake.ts';
import type { Stream } from './link.ts';
import type { PeerAddress, PeerLimits } from './types.ts';

interface Opened {
  readonly stream: Stream;
  readonly introduction: Introduction;
}

/** An answer to a knock, or to the opening of a stream, has no body. */
const BODY_BYTES = 0;
/** A stream that stood for less is no sign that the next attempt will fare better, ms. */
const STABLE_MS = 1000;

export interface DialerOptions {
  readonly self: Self;
  readonly peer: PeerAddress;
  readonly limits: PeerLimits;
  readonly clock: Clock;
  readonly random: () => number;
  /** A stream was opened. Called at once, so that nothing of it is missed. */
  readonly opened: (stream: Stream, introduction: Introduction) => void;
  readonly failed: (failure: CallFailure) => void;
}

export class Dialer {
  readonly #options: DialerOptions;
  readonly #opens: boolean;
  #state: 'idle' | 'waiting' | 'trying' | 'stopped' = 'idle';
  #failures = 0;
  #openedAt = Number.NEGATIVE_INFINITY;
  #cancelWait = () => {};
  #cancelTry = () => {};

  constructor(options: DialerOptions) {
    this.#options = options;
    this.#opens = opensStreams(options.self.id, options.peer.id);
  }

  /** There is no stream, as far as one knows: try until it succeeds. */
  start(): void {
    if (this.#state !== 'idle') return;
    // A member that was reset may be back in no time; one that resets at once would be asked
    // without end.
    const stood = this.#options.clock.monotonic() - this.#openedAt;
    if (stood >= STABLE_MS) this.#failures = 0;
    this.#wait();
  }

  /** The member is there: it said so. */
  retryNow(): void {
    if (this.#state !== 'idle' && this.#state !== 'waiting') return;
    this.#cancelWait();
    this.#failures = 0;
    this.#wait();
  }

  stop(): void {
    this.#state = 'stopped';
    this.#cancelWait();
    this.#cancelTry();
  }

  /** The first time at once, then longer and longer, and never in step with others. */
  #wait(): void {
    const { limits, random, clock } = this.#options;
    const longest = Math.min(limits.retryMaxMs, limits.retryMinMs * 2 ** (this.#failures - 1));
    const ms = this.#failures === 0 ? 0 : longest * (0.5 + random() / 2);
    this.#state = 'waiting';
    this.#cancelWait = clock.after(ms, () => {
      this.#state = 'trying';
      void this.#try();
    });
  }

  async #try(): Promise<void> {
    const { self, peer, limits, clock, opened, failed } = this.#options;
    const caller = new Caller(self, peer);
    const abort = new AbortController();
    const cancelDeadline = clock.after(limits.handshakeMs, () => abort.abort());
    this.#cancelTry = () => abort.abort();
    const { signal } = abort;
    const call = { signal, stallMs: limits.handshakeMs, bodyBytes: BODY_BYTES };
    const result = await this.#attempt(caller, call);
    cancelDeadline();
    this.#cancelTry = () => {};
    const inVain = this.#state === 'stopped' || result instanceof CallFailure;
    if (inVain || result === 'knocked') caller.close();
    if (this.#state === 'stopped') return;
    this.#state = 'idle';
    if (result instanceof CallFailure) {
      this.#failures += 1;
      this.#wait();
      failed(result);
    } else if (result !== 'knocked') {
      this.#failures += 1;
      this.#openedAt = clock.monotonic();
      opened(result.stream, result.introduction);
    }
  }

  async #attempt(caller: Caller, options: CallOptions): Promise<Opened | CallFailure | 'knocked'> {
    try {
      if (this.#opens) return await caller.open(options);
      await caller.call('POST', KNOCK_PATH, options);
      return 'knocked';
    } catch (error) {
      if (error instanceof CallFailure) return error;
      throw error;
    }
  }
}

/** Of two members the one with the larger number opens the stream, and opens it again. */
export function opensStreams(self: MemberId, peer: MemberId): boolean {
  return self > peer;
}
