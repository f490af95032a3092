/**
 * One of the tables that the log is spread over: a run of entries without a gap, or nothing.
 *
 * Why several tables: SQLite empties a whole table by putting its pages on the free list as they
 * are, but removes rows one by one by rewriting every page they lie on, which costs as much as
 * writing them did. So the log is trimmed a table at a time.
 */
import type Database from 'better-sqlite3';

export type LogRow = [
  index: number,
  epoch: number,
  zxid: number,
  type: number,
  payload: Buffer,
  checksum: number,
];

/** A row without its payload. */
export interface LogPlace {
  readonly index: number;
  readonly epoch: number;
  readonly zxid: number;
  readonly checksum: number;
}

export const SEGMENTS = 6;

/** What one row costs on disk besides its payload, about: for limits, not for accounts. */
export const ROW_BYTES = 40;

export function segmentTable(number: number): string {
  return `log_${number}`;
}

export class LogSegment {
  /** The entries held: `first..last`; last < first when there are none. */
  first = 1;
  last = 0;
  /** About what they take on disk; counted by whoever reads them all at the start. */
  bytes = 0;
  readonly #insert: Database.Statement<[number, number, number, number, Uint8Array, number]>;
  readonly #ends: Database.Statement<[], [first: number | null, last: number | null]>;
  readonly #place: Database.Statement<[number], LogPlace>;
  readonly #zxid: Database.Statement<[number], number>;
  readonly #bytes: Database.Statement<[number, number], number>;
  readonly #scan: Database.Statement<[number, number], LogRow>;
  readonly #deleteFrom: Database.Statement<[number]>;
  readonly #clear: Database.Statement<[]>;

  constructor(connection: Database.Database, number: number) {
    const table = segmentTable(number);
    this.#insert = connection.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?)`);
    this.#ends = connection
      .prepare<[], [number | null, number | null]>(
        `SELECT (SELECT min(idx) FROM ${table}), (SELECT max(idx) FROM ${table})`,
      )
      .raw();
    this.#place = connection.prepare(
      `SELECT idx AS "index", epoch, zxid, checksum FROM ${table} WHERE idx = ?`,
    );
    this.#zxid = connection
      .prepare<[number], number>(`SELECT zxid FROM ${table} WHERE idx = ?`)
      .pluck();
    this.#bytes = connection
      .prepare<[number, number], number>(
        `SELECT total(octet_length(payload) + ${ROW_BYTES}) FROM ${table} ` +
          'WHERE idx BETWEEN ? AND ?',
      )
      .pluck();
    this.#scan = connection
      .prepare<[number, number], LogRow>(
        `SELECT idx, epoch, zxid, type, payload, checksum FROM ${table} ` +
          'WHERE idx BETWEEN ? AND ? ORDER BY idx',
      )
      .raw();
    this.#deleteFrom = connection.prepare(`DELETE FROM ${table} WHERE idx >= ?`);
    this.#clear = connection.prepare(`DELETE FROM ${table}`);
    const [first, last] = this.#ends.get() ?? [null, null];
    if (first === null || last === null) return;
    this.first = first;
    this.last = last;
  }

  get entries(): number {
    return this.last - this.first + 1;
  }

  insert(place: LogPlace, type: number, payload: Uint8Array): void {
    const { index, epoch, zxid, checksum } = place;
    this.#insert.run(index, epoch, zxid, type, payload, checksum);
    if (this.entries === 0) this.first = index;
    this.last = index;
    this.bytes += payload.byteLength + ROW_BYTES;
  }

  place(index: number): LogPlace | undefined {
    return this.#place.get(index);
  }

  zxid(index: number): number | undefined {
    return this.#zxid.get(index);
  }

  bytesBetween(first: number, last: number): number {
    return this.#bytes.get(first, last) ?? 0;
  }

  scan(first: number, last: number): IterableIterator<LogRow> {
    return this.#scan.iterate(first, last);
  }

  /** Removes `index` and all after it; cheap only when they are few. */
  deleteFrom(index: number): void {
    if (index <= this.first) {
      this.clear();
      return;
    }
    this.bytes -= this.bytesBetween(index, this.last);
    this.#deleteFrom.run(index);
    this.last = index - 1;
  }

  clear(): void {
    this.#clear.run();
    this.first = 1;
    this.last = 0;
    this.bytes = 0;
  }
}
