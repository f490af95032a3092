/**
 * The snapshots that are open for other members: a few at a time, one for each member, closed when
 * nobody asks about them any more.
 */
import { randomBytes } from 'node:crypto';
import type { MemberId } from '../../raftlog/types.ts';
import { SnapshotRefusal, type SnapshotSource } from '../../storage/types.ts';
import type { Clock } from '../clock.ts';
import type { PeerLimits, SnapshotMeta } from './types.ts';

interface Shelved {
  readonly id: string;
  /** Undefined as long as it is being opened. */
  source: SnapshotSource | undefined;
  usedAt: number;
}

export interface SnapshotShelfOptions {
  readonly limits: PeerLimits;
  readonly clock: Clock;
  readonly openSnapshot: (to: MemberId) => Promise<SnapshotSource | undefined>;
}

export class SnapshotShelf {
  readonly #options: SnapshotShelfOptions;
  readonly #shelved = new Map<MemberId, Shelved>();

  constructor(options: SnapshotShelfOptions) {
    this.#options = options;
  }

  /** Opens a snapshot for a member, in place of one that it asked for before. */
  async open(to: MemberId): Promise<SnapshotMeta | 'SnapshotBusy'> {
    this.#close(to);
    const { limits, clock, openSnapshot } = this.#options;
    if (this.#shelved.size >= limits.snapshots) return 'SnapshotBusy';
    const id = randomBytes(8).toString('hex');
    const shelved: Shelved = { id, source: undefined, usedAt: clock.monotonic() };
    this.#shelved.set(to, shelved);
    const source = await refusable(openSnapshot(to));
    const wanted = this.#shelved.get(to) === shelved;
    if (source === undefined || !wanted) {
      source?.close();
      if (wanted) this.#shelved.delete(to);
      return 'SnapshotBusy';
    }
    shelved.source = source;
    shelved.usedAt = clock.monotonic();
    return { id, mark: source.mark };
  }

  /** A chunk of a snapshot that is open for this member; undefined behind the last one. */
  async read(
    to: MemberId,
    id: string,
    chunk: number,
  ): Promise<Uint8Array | undefined | 'SnapshotGone'> {
    const shelved = this.#shelved.get(to);
    if (shelved?.id !== id || shelved.source === undefined) return 'SnapshotGone';
    shelved.usedAt = this.#options.clock.monotonic();
    try {
      return await shelved.source.read(chunk);
    } catch (error) {
      if (!(error instanceof SnapshotRefusal)) throw error;
      if (this.#shelved.get(to) === shelved) this.#close(to);
      return 'SnapshotGone';
    }
  }

  /** The member needs it no more. */
  end(to: MemberId, id: string): void {
    if (this.#shelved.get(to)?.id === id) this.#close(to);
  }

  /** Closes those that nobody has asked about for too long. To be called now and then. */
  look(): void {
    const longAgo = this.#options.clock.monotonic() - this.#options.limits.snapshotIdleMs;
    for (const [to, { source, usedAt }] of this.#shelved) {
      if (source !== undefined && usedAt < longAgo) this.#close(to);
    }
  }

  closeAll(): void {
    for (const to of [...this.#shelved.keys()]) this.#close(to);
  }

  #close(to: MemberId): void {
    this.#shelved.get(to)?.source?.close();
    this.#shelved.delete(to);
  }
}

/** A storage that cannot open one now says so by a refusal; anything else is a fault of ours. */
async function refusable(
  opening: Promise<SnapshotSource | undefined>,
): Promise<SnapshotSource | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof SnapshotRefusal) return undefined;
    throw error;
  }
}
