/**
 * The log: entries under their index, each with a checksum over its own bytes and all before it,
 * spread over a ring of tables. Appends, truncates at the end, trims at the beginning, reads pages.
 * Transactions are the caller's.
 */
import { assert } from '../raftlog/assert.ts';
import type { LogPosition } from '../raftlog/types.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { CHAIN_START, chainChecksum } from './checksum.ts';
import type { Connection, LogBase, Meta } from './database.ts';
import { type LogPlace, LogSegment, ROW_BYTES, SEGMENTS } from './log-segment.ts';
import {
  type EntryPacker,
  HEADER_BYTES,
  type HeaderFields,
  PackedCursor,
  type PackedEntries,
  writeHeader,
} from './packed-entries.ts';
import { type EpochStart, StorageRefusal } from './types.ts';

/** What is kept of the log up to the tables' position, at least; up to a quarter more is normal. */
export interface HistoryLimits {
  readonly historyEntries: number;
  /** About; wins over the number of entries. */
  readonly historyBytes: number;
}

/** So many segments hold the history; the others what is not folded yet. */
const HISTORY_SEGMENTS = 4;
const SEGMENT_ENTRIES_MIN = 16;
const SEGMENT_BYTES_MIN = 64 * 1024;

export class LogTable {
  readonly #meta: Meta;
  readonly #limits: HistoryLimits;
  readonly #segmentEntries: number;
  readonly #segmentBytes: number;
  /** The tables in use, oldest entries first, and those that hold nothing. */
  readonly #used: LogSegment[] = [];
  readonly #empty: LogSegment[] = [];
  /** The last entry trimmed; the entries kept are `base.index + 1 .. last.index`, without a gap. */
  #base: LogBase;
  #last: LogPosition;
  #lastChecksum: number;
  #oldestZxid: number;
  #rewrites: number;
  #epochs: EpochStart[] = [];

  constructor(connection: Connection, meta: Meta, limits: HistoryLimits, rewrites: number) {
    this.#meta = meta;
    this.#limits = limits;
    this.#rewrites = rewrites;
    const share = (of: number) => Math.ceil(of / HISTORY_SEGMENTS);
    this.#segmentEntries = Math.max(SEGMENT_ENTRIES_MIN, share(limits.historyEntries));
    this.#segmentBytes = Math.max(SEGMENT_BYTES_MIN, share(limits.historyBytes));
    for (let number = 0; number < SEGMENTS; number += 1) {
      const segment = new LogSegment(connection, number);
      (segment.entries > 0 ? this.#used : this.#empty).push(segment);
    }
    this.#used.sort((a, b) => a.first - b.first);
    this.#base = meta.get('logBase');
    this.#last = positionOf(this.#base);
    this.#lastChecksum = this.#base.checksum;
    this.#oldestZxid = this.#base.zxid;
  }

  get last(): LogPosition {
    return this.#last;
  }

  /**
   * How often the end of the log was replaced: by the entries of another leader, or by a snapshot.
   * Stored in the same transaction, so that a log which ends earlier for that reason is told from
   * one that lost its end.
   */
  get rewrites(): number {
    return this.#rewrites;
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

  /** Where epochs begin in what `verify` has walked. */
  get epochs(): readonly EpochStart[] {
    return this.#epochs;
  }

  /** About the bytes on disk of all entries kept. */
  get keptBytes(): number {
    return this.#used.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Walks all rows and proves them: contiguous, in order, each checksum right. Call once, first.
   */
  verify(): void {
    const header = Buffer.alloc(HEADER_BYTES);
    const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
    for (const segment of this.#used) {
      for (const row of segment.scan(segment.first, segment.last)) {
        const [index, epoch, zxid, type, payload, checksum] = row;
        const last = this.#last;
        if (index !== last.index + 1) throw broken(last.index + 1, 'it is missing');
        writeHeader(view, 0, { index, epoch, zxid }, type, payload.byteLength);
        const expected = chainChecksum(chainChecksum(this.#lastChecksum, header), payload);
        if (checksum !== expected) throw broken(index, 'its checksum is wrong');
        if (epoch < last.epoch || zxid <= last.zxid) throw broken(index, 'it is out of order');
        if (epoch > last.epoch && last.index > 0) {
          this.#epochs.push({ zxid: zxidFromNumber(zxid), after: last.zxid });
        }
        this.#advance({ index, epoch, zxid, checksum });
        segment.bytes += payload.byteLength + ROW_BYTES;
      }
    }
  }

  /**
   * Adds the entries of a block; one whose index exists already replaces it and all after it. What
   * is `settled`, applied or folded, is committed and never replaced.
   */
  append(block: PackedEntries, settled: number): void {
    const cursor = new PackedCursor(block);
    while (cursor.next()) {
      const { index, epoch, zxid, bytes } = cursor;
      assert(index > settled, 'what is applied is committed and cannot be replaced');
      if (index !== this.#last.index + 1) this.#truncateFrom(index);
      assert(zxid > this.#last.zxid, 'zxids grow along the log');
      assert(epoch >= this.#last.epoch, 'epochs do not fall along the log');
      const whole = bytes.subarray(cursor.start, cursor.end);
      const place = { index, epoch, zxid, checksum: chainChecksum(this.#lastChecksum, whole) };
      const payload = bytes.subarray(cursor.payloadStart, cursor.end);
      this.#current().insert(place, cursor.code, payload);
      this.#advance(place);
    }
  }

  #advance(place: LogPlace): void {
    if (place.index === this.#base.index + 1) this.#oldestZxid = place.zxid;
    this.#last = positionOf(place);
    this.#lastChecksum = place.checksum;
  }

  /** The segment to append to: the newest one, or an empty one when that is full. */
  #current(): LogSegment {
    const newest = this.#used.at(-1);
    const isFull =
      newest === undefined ||
      newest.entries >= this.#segmentEntries ||
      newest.bytes >= this.#segmentBytes;
    const next = isFull ? this.#empty.shift() : undefined;
    if (next !== undefined) this.#used.push(next);
    const current = next ?? newest;
    assert(current !== undefined, 'a segment is in use or empty');
    return current;
  }

  /** Removes `index` and everything after it. */
  #truncateFrom(index: number): void {
    assert(index > this.#base.index, 'what was trimmed is committed and cannot be replaced');
    assert(index <= this.#last.index, 'a log has no gap');
    for (let newest = this.#used.at(-1); newest !== undefined; newest = this.#used.at(-1)) {
      if (newest.last < index) break;
      newest.deleteFrom(index);
      if (newest.entries > 0) break;
      this.#used.pop();
      this.#empty.push(newest);
    }
    const before = index - 1 === this.#base.index ? this.#base : this.#placeOf(index - 1);
    this.#last = positionOf(before);
    this.#lastChecksum = before.checksum;
    this.#rewritten();
  }

  /** Forgets everything and goes on after `position`, with a chain of its own. */
  beginAfter({ index, epoch, zxid }: LogPosition): void {
    for (const segment of this.#used) segment.clear();
    this.#empty.push(...this.#used.splice(0));
    this.#epochs = [];
    this.#base = { index, epoch, zxid, checksum: CHAIN_START };
    this.#meta.put('logBase', this.#base);
    this.#last = positionOf(this.#base);
    this.#lastChecksum = this.#base.checksum;
    this.#oldestZxid = this.#base.zxid;
    this.#rewritten();
  }

  #rewritten(): void {
    this.#rewrites += 1;
    this.#meta.put('rewrites', this.#rewrites);
  }

  /** Whether the oldest segment holds nothing that must be kept: all after `heldIndex` must be. */
  canTrim(foldedIndex: number, heldIndex: number): boolean {
    const oldest = this.#used[0];
    if (oldest === undefined || oldest.last > Math.min(foldedIndex, heldIndex)) return false;
    const { historyEntries, historyBytes } = this.#limits;
    const enoughAfterIt = foldedIndex - oldest.last >= historyEntries;
    return enoughAfterIt || this.keptBytes > historyBytes;
  }

  /** Empties the oldest segment. */
  trim(): void {
    const oldest = this.#used.shift();
    assert(oldest !== undefined, 'there is a segment to trim');
    this.#base = this.#placeIn(oldest, oldest.last);
    this.#oldestZxid = this.#used[0]?.zxid(this.#base.index + 1) ?? this.#base.zxid;
    oldest.clear();
    this.#empty.push(oldest);
    this.#meta.put('logBase', this.#base);
  }

  bytesBetween(first: number, last: number): number {
    let bytes = 0;
    for (const segment of this.#used) {
      const holdsSome = segment.first <= last && segment.last >= first;
      if (holdsSome) bytes += segment.bytesBetween(first, last);
    }
    return bytes;
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
    for (const segment of this.#used) {
      if (segment.last < first || segment.first > last) continue;
      for (const [index, epoch, zxid, type, payload] of segment.scan(first, last)) {
        if (!visit({ index, epoch, zxid }, type, payload)) return;
      }
    }
  }

  /** The entry `index`, or the last one that was trimmed; undefined when it is neither. */
  positionAt(index: number): LogPosition | undefined {
    if (index === this.#base.index) return positionOf(this.#base);
    const isKept = index > this.#base.index && index <= this.#last.index;
    return isKept ? positionOf(this.#placeOf(index)) : undefined;
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
      if (this.#placeOf(middle).zxid > zxid) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #placeOf(index: number): LogPlace {
    const segment = this.#used.find(({ first, last }) => first <= index && index <= last);
    assert(segment !== undefined, 'the kept log has no gap');
    return this.#placeIn(segment, index);
  }

  #placeIn(segment: LogSegment, index: number): LogPlace {
    const place = segment.place(index);
    assert(place !== undefined, 'a segment has no gap');
    return place;
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
