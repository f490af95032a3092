/**
 * The table `log`: entries under their index, each with a checksum over its own bytes and all before
 * it. Appends, truncates at the end, trims at the beginning, reads pages. Transactions are the
 * caller's.
 */
import type Database from 'better-sqlite3';
import { assert } from '../raftlog/assert.ts';
import type { LogPosition } from '../raftlog/types.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { chainChecksum } from './checksum.ts';
import type { Connection, LogBase, Meta } from './database.ts';
import {
  type EntryPacker,
  HEADER_BYTES,
  type HeaderFields,
  PackedCursor,
  type PackedEntries,
  writeHeader,
} from './packed-entries.ts';
import { StorageRefusal } from './types.ts';

type LogRow = [
  index: number,
  epoch: number,
  zxid: number,
  type: number,
  payload: Buffer,
  checksum: number,
];
type Place = { idx: number; epoch: number; zxid: number; checksum: number };

/** The oldest entries up to `through`, and about what they take on disk. */
export interface TrimPlan {
  readonly through: number;
  readonly bytes: number;
}

/** What one row costs on disk besides its payload, about: for limits, not for accounts. */
const ROW_BYTES = 40;

export class LogTable {
  readonly #meta: Meta;
  readonly #insert: Database.Statement<[number, number, number, number, Uint8Array, number]>;
  readonly #placeAt: Database.Statement<[number], Place>;
  readonly #zxidAt: Database.Statement<[number], number>;
  readonly #bytesBetween: Database.Statement<[number, number], number>;
  readonly #scan: Database.Statement<[number, number], LogRow>;
  readonly #sizes: Database.Statement<[number, number], [index: number, bytes: number]>;
  readonly #deleteFrom: Database.Statement<[number]>;
  readonly #deleteThrough: Database.Statement<[number]>;
  /** The last entry trimmed; the kept rows are `base.index + 1 .. last.index`, without a gap. */
  #base: LogBase;
  #last: LogPosition;
  #lastChecksum: number;
  #keptBytes = 0;
  #oldestZxid: number;

  constructor(connection: Connection, meta: Meta) {
    this.#meta = meta;
    this.#insert = connection.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)');
    this.#placeAt = connection.prepare('SELECT idx, epoch, zxid, checksum FROM log WHERE idx = ?');
    this.#zxidAt = connection
      .prepare<[number], number>('SELECT zxid FROM log WHERE idx = ?')
      .pluck();
    this.#bytesBetween = connection
      .prepare<[number, number], number>(
        `SELECT total(octet_length(payload) + ${ROW_BYTES}) FROM log WHERE idx BETWEEN ? AND ?`,
      )
      .pluck();
    this.#scan = connection
      .prepare<[number, number], LogRow>(
        'SELECT idx, epoch, zxid, type, payload, checksum FROM log ' +
          'WHERE idx BETWEEN ? AND ? ORDER BY idx',
      )
      .raw();
    this.#sizes = connection
      .prepare<[number, number], [number, number]>(
        `SELECT idx, octet_length(payload) + ${ROW_BYTES} FROM log ` +
          'WHERE idx BETWEEN ? AND ? ORDER BY idx',
      )
      .raw();
    this.#deleteFrom = connection.prepare('DELETE FROM log WHERE idx >= ?');
    this.#deleteThrough = connection.prepare('DELETE FROM log WHERE idx <= ?');
    this.#base = meta.get('logBase');
    this.#last = positionOf(this.#base);
    this.#lastChecksum = this.#base.checksum;
    this.#oldestZxid = this.#base.zxid;
  }

  get last(): LogPosition {
    return this.#last;
  }

  /** The last entry that was trimmed, 0 when none ever was. */
  get baseIndex(): number {
    return this.#base.index;
  }

  /** The oldest entry kept, 0 when there is none. */
  get firstIndex(): number {
    return this.#base.index === this.#last.index ? 0 : this.#base.index + 1;
  }

  /** Of the oldest entry kept, 0 as long as nothing was ever trimmed. */
  get oldestZxid(): number {
    return this.#base.index === 0 ? 0 : this.#oldestZxid;
  }

  /** About the bytes on disk of all entries kept. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /**
   * Walks all rows and proves them: contiguous, in order, each checksum right. Call once, before
   * anything else. Returns the bytes of the entries after `foldedIndex`.
   */
  verify(foldedIndex: number): number {
    const header = Buffer.alloc(HEADER_BYTES);
    const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
    let unfoldedBytes = 0;
    for (const [index, epoch, zxid, type, payload, checksum] of this.#scan.iterate(
      -Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
    )) {
      const { index: previous, epoch: previousEpoch, zxid: previousZxid } = this.#last;
      if (index !== previous + 1) throw broken(previous + 1, 'it is missing');
      writeHeader(view, 0, { index, epoch, zxid }, type, payload.byteLength);
      const expected = chainChecksum(chainChecksum(this.#lastChecksum, header), payload);
      if (checksum !== expected) throw broken(index, 'its checksum is wrong');
      if (epoch < previousEpoch || zxid <= previousZxid) throw broken(index, 'it is out of order');
      this.#last = { index, epoch, zxid: zxidFromNumber(zxid) };
      this.#lastChecksum = checksum;
      if (index === this.#base.index + 1) this.#oldestZxid = zxid;
      const bytes = payload.byteLength + ROW_BYTES;
      this.#keptBytes += bytes;
      if (index > foldedIndex) unfoldedBytes += bytes;
    }
    return unfoldedBytes;
  }

  /** Adds the entries of a block; one whose index exists already replaces it and all after it. */
  append(block: PackedEntries): void {
    const cursor = new PackedCursor(block);
    while (cursor.next()) {
      if (cursor.index !== this.#last.index + 1) this.truncateFrom(cursor.index);
      assert(cursor.zxid > this.#last.zxid, 'zxids grow along the log');
      assert(cursor.epoch >= this.#last.epoch, 'epochs do not fall along the log');
      const { bytes, start, payloadStart, end } = cursor;
      const checksum = chainChecksum(this.#lastChecksum, bytes.subarray(start, end));
      const payload = bytes.subarray(payloadStart, end);
      this.#insert.run(cursor.index, cursor.epoch, cursor.zxid, cursor.code, payload, checksum);
      if (cursor.index === this.#base.index + 1) this.#oldestZxid = cursor.zxid;
      this.#last = positionOf(cursor);
      this.#lastChecksum = checksum;
      this.#keptBytes += payload.byteLength + ROW_BYTES;
    }
  }

  /** Removes `index` and everything after it. */
  truncateFrom(index: number): void {
    assert(index > this.#base.index, 'what was trimmed is committed and cannot be replaced');
    assert(index <= this.#last.index, 'a log has no gap');
    this.#keptBytes -= this.bytesBetween(index, this.#last.index);
    this.#deleteFrom.run(index);
    const before = index - 1 === this.#base.index ? this.#base : this.#placeAt.get(index - 1);
    assert(before !== undefined, 'the entry before the first one removed is kept');
    this.#last = { index: index - 1, epoch: before.epoch, zxid: zxidFromNumber(before.zxid) };
    this.#lastChecksum = before.checksum;
  }

  bytesBetween(first: number, last: number): number {
    return this.#bytesBetween.get(first, last) ?? 0;
  }

  /**
   * Which of the oldest entries to remove, at most `rows` of them, so that of those up to
   * `foldedIndex` about `keepEntries` and `keepBytes` remain; undefined when none.
   */
  planTrim(
    foldedIndex: number,
    keepEntries: number,
    keepBytes: number,
    rows: number,
  ): TrimPlan | undefined {
    const base = this.#base.index;
    const limit = Math.min(foldedIndex, base + rows);
    if (limit <= base) return undefined;
    if (limit <= foldedIndex - keepEntries) {
      return { through: limit, bytes: this.bytesBetween(base + 1, limit) };
    }
    let through = base;
    let bytes = 0;
    for (const [index, rowBytes] of this.#sizes.iterate(base + 1, limit)) {
      const tooMany = index <= foldedIndex - keepEntries;
      if (!tooMany && this.#keptBytes - bytes <= keepBytes) break;
      through = index;
      bytes += rowBytes;
    }
    return through === base ? undefined : { through, bytes };
  }

  trim({ through, bytes }: TrimPlan): void {
    const place = this.#placeAt.get(through);
    assert(place !== undefined, 'the last entry trimmed was kept until now');
    this.#deleteThrough.run(through);
    const { epoch, zxid, checksum } = place;
    this.#base = { index: through, epoch, zxid, checksum };
    this.#meta.put('logBase', this.#base);
    this.#oldestZxid = this.#zxidAt.get(through + 1) ?? zxid;
    this.#keptBytes -= bytes;
  }

  /**
   * Calls `visit` for the entries `first..last` in order until it returns false. No other statement
   * may write meanwhile.
   */
  visit(
    first: number,
    last: number,
    visit: (position: HeaderFields, type: number, payload: Buffer) => boolean,
  ): void {
    for (const [index, epoch, zxid, type, payload] of this.#scan.iterate(first, last)) {
      if (!visit({ index, epoch, zxid }, type, payload)) return;
    }
  }

  /** Packs entries from `from` on, at least one if there is one, until `maxBytes` are reached. */
  pack(packer: EntryPacker, from: number, maxBytes: number): void {
    if (from <= this.#base.index) return;
    this.visit(from, this.#last.index, (position, type, payload) => {
      packer.addBytes(position, type, payload);
      return packer.used < maxBytes;
    });
  }

  /** The first entry with a greater zxid; undefined when one may have been trimmed. */
  indexAfter(zxid: number): number | undefined {
    if (zxid < this.#base.zxid) return undefined;
    let low = this.#base.index + 1;
    let high = this.#last.index + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const found = this.#zxidAt.get(middle);
      assert(found !== undefined, 'the kept log has no gap');
      if (found > zxid) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function positionOf({ index, epoch, zxid }: HeaderFields): LogPosition {
  return { index, epoch, zxid: zxidFromNumber(zxid) };
}

function broken(index: number, what: string): StorageRefusal {
  return new StorageRefusal(
    'corrupt',
    `entry ${index} of the log cannot be trusted: ${what}; restore the data directory from a backup`,
  );
}
