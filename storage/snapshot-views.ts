/**
 * Snapshots on their way out: each is a read transaction on a connection of its own, so that writes
 * and folding go on while other members read the tables as they were. What such a reader costs is
 * bounded: the write-ahead log cannot begin anew behind it, so it ends when that grows too large,
 * when the disk runs full, and when nobody has read from it for a while.
 *
 * One that has ended for its cost is asked for again, from its beginning, and the writes have not
 * become fewer: to end at the same size each time would be never to come to an end. So the log may
 * then grow to twice as much, and twice that, until one has been read and was not needed any more.
 */
import { crc32 } from 'node:zlib';
import { type Connection, Meta, openReader } from './database.ts';
import { SnapshotCutter } from './snapshot-cutter.ts';
import { TreePages } from './tree-pages.ts';
import { type AppliedMark, SnapshotRefusal } from './types.ts';

export interface SnapshotLimits {
  /** Bytes of data in a chunk, about. */
  readonly snapshotChunkBytes: number;
  /** Bytes of write-ahead log at which snapshots end, at first. */
  readonly snapshotWalBytes: number;
  /** A snapshot that was not read from for so long ends, ms. */
  readonly snapshotIdleMs: number;
}

/** More at once would be more than the members of an ensemble. */
const VIEWS_MAX = 8;
/**
 * How far beyond its first limit the write-ahead log may grow, as a multiple: the checkpoint that
 * comes after it copies all of that, and appends wait.
 */
const PATIENCE_MAX = 4;
/** Below this no reader may keep the write-ahead log from shrinking. */
const FREE_BYTES_MIN = 64 * 1024 * 1024;

export class SnapshotViews {
  readonly #database: string;
  readonly #limits: SnapshotLimits;
  readonly #views = new Map<number, SnapshotView>();
  #lastId = 0;
  /** Bytes of write-ahead log at which snapshots end now. */
  #walBytes: number;

  constructor(database: string, limits: SnapshotLimits) {
    this.#database = database;
    this.#limits = limits;
    this.#walBytes = limits.snapshotWalBytes;
  }

  open(): { readonly id: number; readonly mark: AppliedMark } {
    if (this.#views.size >= VIEWS_MAX) {
      throw new SnapshotRefusal('busy', `${VIEWS_MAX} snapshots are being read already`);
    }
    const view = new SnapshotView(this.#database, this.#limits.snapshotChunkBytes);
    this.#lastId += 1;
    this.#views.set(this.#lastId, view);
    return { id: this.#lastId, mark: view.mark };
  }

  chunk(id: number, number: number): Uint8Array<ArrayBuffer> | undefined {
    const view = this.#views.get(id);
    if (view === undefined) {
      throw new SnapshotRefusal('expired', 'the snapshot was closed: a new one must be opened');
    }
    return view.chunk(number);
  }

  /** Whoever read it needs it no more. */
  close(id: number): void {
    if (this.#views.get(id)?.isRead === true) this.#walBytes = this.#limits.snapshotWalBytes;
    this.#end(id);
  }

  closeAll(): void {
    for (const id of [...this.#views.keys()]) this.#end(id);
  }

  #end(id: number): void {
    this.#views.get(id)?.close();
    this.#views.delete(id);
  }

  /** The position of the oldest one, undefined when there is none. */
  get oldestIndex(): number | undefined {
    if (this.#views.size === 0) return undefined;
    return Math.min(...[...this.#views.values()].map(({ mark }) => mark.index));
  }

  /** Ends those that have become too dear; whether there were any. */
  expire(walBytes: number, freeBytes: number | undefined): boolean {
    const before = this.#views.size;
    const isCostly = before > 0 && walBytes > this.#walBytes;
    const most = PATIENCE_MAX * this.#limits.snapshotWalBytes;
    if (isCostly) this.#walBytes = Math.min(2 * this.#walBytes, most);
    if (isCostly || (freeBytes !== undefined && freeBytes < FREE_BYTES_MIN)) this.closeAll();
    const until = performance.now() - this.#limits.snapshotIdleMs;
    for (const [id, { lastReadAt }] of this.#views) if (lastReadAt < until) this.#end(id);
    return this.#views.size < before;
  }
}

class SnapshotView {
  readonly mark: AppliedMark;
  lastReadAt = performance.now();
  /** To its end. */
  isRead = false;
  readonly #connection: Connection;
  readonly #cutter: SnapshotCutter;

  constructor(database: string, chunkBytes: number) {
    this.#connection = openReader(database);
    try {
      this.#connection.exec('BEGIN');
      // The first read fixes what is seen from now on.
      const meta = new Meta(this.#connection);
      this.mark = meta.tables();
      const pages = new TreePages(this.#connection, meta.get('side'), 'bytes');
      this.#cutter = new SnapshotCutter(pages, this.mark, chunkBytes, crc32);
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  chunk(number: number): Uint8Array<ArrayBuffer> | undefined {
    this.lastReadAt = performance.now();
    const chunk = this.#cutter.chunk(number);
    this.isRead ||= chunk === undefined;
    return chunk;
  }

  close(): void {
    this.#connection.close();
  }
}
