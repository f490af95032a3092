/** Snapshots out of and into a `MemoryDisk`. Belongs to memory-storage.ts. */
import { encodeAcl } from './acl-text.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { plainCrc32 } from './plain-crc.ts';
import { type RowSource, SnapshotCutter } from './snapshot-cutter.ts';
import { SnapshotIntake } from './snapshot-intake.ts';
import type { AnswersRow, SessionRow, ZnodeRow } from './tree/image.ts';
import type { AnswersKey, RowPage } from './tree-pages.ts';
import {
  type AppliedMark,
  type Recovered,
  type SnapshotInstall,
  SnapshotRefusal,
  type SnapshotSource,
  type TablesSink,
} from './types.ts';

const CHUNK_ROWS = 2000;
/** Where a `ZnodeRow` has its ACL. */
const ACL_AT = 13;

/** The rows of a disk as they are, in the order of their keys. */
class RowsNow implements RowSource {
  readonly #znodes: readonly ZnodeRow[];
  readonly #sessions: readonly SessionRow[];
  readonly #answers: readonly AnswersRow[];

  constructor({ znodes, sessions, answers }: MemoryDisk) {
    this.#answers = answers.all();
    this.#znodes = [...znodes.values()].sort(([a], [b]) => a - b);
    this.#sessions = [...sessions.values()].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  sessionsAfter(session: string): RowPage<string, 'bytes'> | undefined {
    const from = firstAfter(this.#sessions, session);
    return page(this.#sessions.slice(from, from + CHUNK_ROWS));
  }

  znodesAfter(id: number, bytes: number): RowPage<number, 'bytes'> | undefined {
    const from = firstAfter(this.#znodes, id);
    const rows: ZnodeRow[] = [];
    let used = 0;
    for (const row of this.#znodes.slice(from, from + CHUNK_ROWS)) {
      const acl = encodeAcl(row[ACL_AT]);
      used += row[14].length + acl.length;
      if (rows.length > 0 && used > bytes) break;
      rows.push(row.with(ACL_AT, acl) as unknown as ZnodeRow);
    }
    return page(rows);
  }

  answersAfter(key: AnswersKey, bytes: number): RowPage<AnswersKey, 'bytes'> | undefined {
    const rows: AnswersRow[] = [];
    let used = 0;
    for (const row of this.#answers) {
      const [owner, first, , , , answers] = row;
      if (owner < key.owner || (owner === key.owner && first <= key.first)) continue;
      used += answers.length;
      if (rows.length > 0 && used > bytes) break;
      rows.push(row);
    }
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    const json = new TextEncoder().encode(JSON.stringify(rows));
    return { json, rows: rows.length, last: { owner: last[0], first: last[1] } };
  }
}

function firstAfter<Key extends number | string>(
  rows: readonly { readonly 0: Key }[],
  key: Key,
): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && row[0] <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function page<Key>(rows: readonly { readonly 0: Key }[]): RowPage<Key, 'bytes'> | undefined {
  const last = rows.at(-1);
  const json = new TextEncoder().encode(JSON.stringify(rows));
  return last && { json, rows: rows.length, last: last[0] };
}

export class MemorySnapshot implements SnapshotSource {
  readonly mark: AppliedMark;
  readonly #closed: (snapshot: MemorySnapshot) => void;
  #cutter: SnapshotCutter | undefined;

  constructor(disk: MemoryDisk, chunkBytes: number, closed: (snapshot: MemorySnapshot) => void) {
    this.mark = disk.tables;
    this.#closed = closed;
    this.#cutter = new SnapshotCutter(new RowsNow(disk), this.mark, chunkBytes, plainCrc32);
  }

  async read(chunk: number): Promise<Uint8Array | undefined> {
    if (this.#cutter !== undefined) return this.#cutter.chunk(chunk);
    throw new SnapshotRefusal('expired', 'the snapshot was closed: a new one must be opened');
  }

  close(): void {
    this.#cutter = undefined;
    this.#closed(this);
  }
}

/** Puts what was staged in the place of everything; loads it as a recovery does. */
export type Replace = (
  mark: AppliedMark,
  tables: StagedRows,
  sink: TablesSink,
) => Promise<Recovered>;

/** The rows of a snapshot. */
export interface StagedRows {
  readonly znodes: ZnodeRow[];
  readonly sessions: SessionRow[];
  readonly answers: AnswersRow[];
}

export class MemoryInstall implements SnapshotInstall {
  readonly #intake = new SnapshotIntake(plainCrc32);
  readonly #disk: MemoryDisk;
  readonly #replace: Replace;
  #rows: StagedRows = { znodes: [], sessions: [], answers: [] };
  #isOver = false;

  constructor(disk: MemoryDisk, replace: Replace) {
    this.#disk = disk;
    this.#replace = replace;
  }

  get next(): number {
    return this.#intake.next;
  }

  get mark(): AppliedMark | undefined {
    return this.#intake.mark;
  }

  get complete(): boolean {
    return this.#intake.complete;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#insist();
    const accepted = this.#intake.accept(chunk);
    if (accepted === undefined) return;
    const { freeBytes } = this.#disk;
    if (freeBytes !== undefined && freeBytes < chunk.byteLength) {
      throw new SnapshotRefusal('no-room', 'the disk has no room left for a snapshot');
    }
    for (const row of accepted.sessions) this.#rows.sessions.push(row);
    for (const row of accepted.znodes) this.#rows.znodes.push(row);
    for (const row of accepted.answers) this.#rows.answers.push(row);
    this.#intake.staged(accepted);
  }

  async finish(sink: TablesSink): Promise<Recovered> {
    this.#insist();
    const mark = this.#intake.proved();
    const recovered = await this.#replace(mark, this.#rows, sink);
    this.supersede();
    return recovered;
  }

  async abandon(): Promise<void> {
    this.supersede();
  }

  /** Nothing comes of it any more. */
  supersede(): void {
    this.#isOver = true;
    this.#rows = { znodes: [], sessions: [], answers: [] };
  }

  #insist(): void {
    if (!this.#isOver) return;
    throw new SnapshotRefusal('abandoned', 'this snapshot is not being received any more');
  }
}
