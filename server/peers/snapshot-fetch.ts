/**
 * Brings a snapshot from another member, chunk by chunk, over a connection of its own so that
 * nothing else waits behind it. A chunk that did not arrive whole is asked for again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { type Answer, Caller, CallFailure, type Self, SNAPSHOT_PATH } from './caller.ts';
import { decodeSnapshotMeta } from './snapshot-meta.ts';
import {
  type FetchSnapshotOptions,
  type PeerAddress,
  type PeerLimits,
  SnapshotFailure,
  type SnapshotMeta,
} from './types.ts';

const META_BYTES = 64 * 1024;

export interface SnapshotFetchOptions extends FetchSnapshotOptions {
  readonly self: Self;
  readonly peer: PeerAddress;
  readonly limits: PeerLimits;
  readonly clock: Clock;
}

/** Rejects with `SnapshotFailure`, or with what `onMeta` or `onChunk` rejected with. */
export async function fetchSnapshot(options: SnapshotFetchOptions): Promise<void> {
  const fetch = new SnapshotFetch(options);
  try {
    await fetch.run();
  } catch (error) {
    fetch.giveUp();
    throw error;
  } finally {
    fetch.close();
  }
}

class SnapshotFetch {
  readonly #options: SnapshotFetchOptions;
  readonly #signal: AbortSignal;
  #caller: Caller;
  #meta: SnapshotMeta | undefined;

  constructor(options: SnapshotFetchOptions) {
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#caller = new Caller(options.self, options.peer);
  }

  async run(): Promise<void> {
    const { onMeta, onChunk, limits } = this.#options;
    const { body } = await this.#ask(SNAPSHOT_PATH, META_BYTES);
    this.#meta = decodeSnapshotMeta(body.toString('utf8'));
    if (this.#meta === undefined) throw new SnapshotFailure('refused', 'its answer is no snapshot');
    await onMeta(this.#meta);
    for (let chunk = 0; ; chunk += 1) {
      const path = `${SNAPSHOT_PATH}/${this.#meta.id}/${chunk}`;
      const { status, body: bytes } = await this.#ask(path, limits.chunkBytes);
      if (status === 204) return;
      await onChunk(bytes, chunk);
    }
  }

  /**
   * Tells the member that the snapshot is not needed. It forgets it anyway: nothing depends on it.
   */
  giveUp(): void {
    if (this.#meta === undefined) return;
    const { self, peer, limits } = this.#options;
    const caller = new Caller(self, peer);
    const { stallMs } = limits;
    const signal = AbortSignal.timeout(stallMs);
    const path = `${SNAPSHOT_PATH}/${this.#meta.id}`;
    caller
      .call('DELETE', path, { signal, stallMs, bodyBytes: 0 })
      .catch(() => {})
      .finally(() => caller.close());
  }

  close(): void {
    this.#caller.close();
  }

  /** Asks until it is answered, refused, aborted, or has come to nothing for too long. */
  async #ask(path: string, bodyBytes: number): Promise<Answer> {
    const { limits, clock, self, peer } = this.#options;
    const { stallMs } = limits;
    const since = clock.monotonic();
    for (let failures = 0; ; failures += 1) {
      if (this.#signal.aborted) throw aborted();
      try {
        const call = { signal: this.#signal, stallMs, bodyBytes };
        return await this.#caller.call('GET', path, call);
      } catch (error) {
        if (this.#signal.aborted) throw aborted();
        if (!(error instanceof CallFailure)) throw error;
        if (error.code !== undefined) throw refused(error);
        if (clock.monotonic() - since > limits.snapshotGiveUpMs) {
          throw new SnapshotFailure('unreachable', error.message);
        }
      }
      this.#caller.close();
      this.#caller = new Caller(self, peer);
      const waitMs = Math.min(limits.retryMaxMs, limits.retryMinMs * 2 ** failures);
      await sleep(waitMs, undefined, { ref: false });
    }
  }
}

function aborted(): SnapshotFailure {
  return new SnapshotFailure('aborted', 'the snapshot is not wanted any more');
}

function refused({ code, message }: CallFailure): SnapshotFailure {
  if (code === 'SnapshotGone') return new SnapshotFailure('gone', message);
  if (code === 'SnapshotBusy') return new SnapshotFailure('busy', message);
  return new SnapshotFailure('refused', message);
}
