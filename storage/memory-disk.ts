/**
 * What a data directory is to the SQLite storage: what survives a crash, and what can go wrong with
 * it. Belongs to memory-storage.ts; what is for tests and simulations is said so.
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry, HardState, LogIndex, LogPosition } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import { Fold, type RowChanges, type ZnodeUpdate } from './fold.ts';
import { AnswersRows } from './memory-answers.ts';
import { decodeTransaction } from './tree/codec.ts';
import { type AnswersRow, initialRows, type SessionRow, type ZnodeRow } from './tree/image.ts';
import type { AppendBatch, AppliedMark, EpochStart } from './types.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };
const NOTHING: AppliedMark = { ...NOWHERE, digest: '', lastTime: 0, members: undefined };
/** What an entry takes besides its payload, about. */
const ENTRY_BYTES = 40;

export class MemoryDisk {
  hardState: HardState = { epoch: 0, votedFor: 0 };
  /** The last entry trimmed; the log goes on after it without a gap. */
  base: LogPosition = NOWHERE;
  log: Entry[] = [];
  /** About the bytes of the log. */
  logBytes = 0;
  tables: AppliedMark = NOTHING;
  readonly znodes = new Map<number, ZnodeRow>();
  readonly sessions = new Map<string, SessionRow>();
  readonly answers = new AnswersRows();
  /** Whether a storage is open on it. */
  held = false;
  /** Nothing was ever stored on it. */
  fresh = true;

  /** To be set by a test: what the next start will find damaged. */
  damage: string | undefined;
  /**
   * To be set by a test: the next sync fails, and what was to be synced is `lost`, or `kept` all
   * the same.
   */
  failingSync: 'lost' | 'kept' | undefined;
  /** To be set by a test: bytes of log that find room. */
  capacityBytes = Number.POSITIVE_INFINITY;

  constructor() {
    this.#putInitialRows();
  }

  get last(): LogPosition {
    return this.log.at(-1) ?? this.base;
  }

  /** See `Recovered.epochs`. */
  get epochs(): EpochStart[] {
    const starts: EpochStart[] = [];
    let last = this.base;
    for (const entry of this.log) {
      const begins = entry.epoch > last.epoch && last.index > 0;
      if (begins) starts.push({ zxid: entry.zxid, after: last.zxid });
      last = entry;
    }
    return starts;
  }

  /** Bytes that find room, undefined when there is no end to them. */
  get freeBytes(): number | undefined {
    const free = this.capacityBytes - this.logBytes;
    return free === Number.POSITIVE_INFINITY ? undefined : Math.max(0, free);
  }

  /** For tests: another disk is in its place, with nothing on it. */
  lose(): void {
    assert(!this.held, 'a disk is lost while nobody uses it');
    this.#empty();
    this.hardState = { epoch: 0, votedFor: 0 };
    this.fresh = true;
  }

  /** What was damaged is gone, and it is known to be. */
  setAside(): void {
    const epoch = Math.max(this.hardState.epoch, this.last.epoch);
    const votedFor = epoch === this.hardState.epoch ? this.hardState.votedFor : 0;
    this.#empty();
    this.hardState = { epoch, votedFor, suspect: true };
    this.fresh = false;
  }

  write({ hardState, entries }: AppendBatch): void {
    if (hardState !== undefined) this.hardState = hardState;
    if (hardState !== undefined || entries.length > 0) this.fresh = false;
    for (const entry of entries) this.#put(entry);
  }

  #put(entry: Entry): void {
    const { last } = this;
    if (entry.index !== last.index + 1) {
      assert(entry.index > this.tables.index, 'what is folded is committed: it is not replaced');
      assert(entry.index <= last.index, 'a log has no gap');
      for (const gone of this.log.splice(entry.index - this.base.index - 1)) {
        this.logBytes -= bytesOf(gone);
      }
    }
    assert(entry.zxid > this.last.zxid, 'zxids grow along the log');
    assert(entry.epoch >= this.last.epoch, 'epochs do not fall along the log');
    this.log.push(entry);
    this.logBytes += bytesOf(entry);
  }

  /** The entry `index`, or the last one that was trimmed; undefined when it is neither. */
  positionAt(index: LogIndex): LogPosition | undefined {
    if (index === this.base.index) return this.base;
    const entry = this.log[index - this.base.index - 1];
    return entry && { index, epoch: entry.epoch, zxid: entry.zxid };
  }

  /** Brings the tables to `mark`, and trims what is neither history nor held. */
  fold(mark: AppliedMark, historyEntries: number, heldIndex: LogIndex): void {
    if (mark.index > this.last.index) return;
    if (mark.index > this.tables.index) {
      const fold = new Fold();
      const from = this.tables.index - this.base.index;
      for (const { zxid, type, payload } of this.log.slice(from, mark.index - this.base.index)) {
        if (type === 'transaction') fold.add(zxid, decodeTransaction(payload));
      }
      this.#apply(fold.changes());
      this.tables = mark;
    }
    this.#trim(Math.min(this.tables.index - historyEntries, heldIndex));
  }

  #trim(through: LogIndex): void {
    const position = this.positionAt(through);
    if (position === undefined || through <= this.base.index) return;
    for (const gone of this.log.splice(0, through - this.base.index)) {
      this.logBytes -= bytesOf(gone);
    }
    this.base = position;
  }

  /** Everything but the hard state becomes that of a snapshot. */
  replace(
    mark: AppliedMark,
    {
      znodes,
      sessions,
      answers,
    }: {
      readonly znodes: readonly ZnodeRow[];
      readonly sessions: readonly SessionRow[];
      readonly answers: readonly AnswersRow[];
    },
  ): void {
    this.#empty();
    this.znodes.clear();
    for (const row of znodes) this.znodes.set(row[0], row);
    for (const row of sessions) this.sessions.set(row[0], row);
    for (const row of answers) this.answers.put(row);
    this.tables = mark;
    const { index, epoch, zxid } = mark;
    this.base = { index, epoch, zxid };
    this.fresh = false;
  }

  #empty(): void {
    this.base = NOWHERE;
    this.log = [];
    this.logBytes = 0;
    this.tables = NOTHING;
    this.znodes.clear();
    this.sessions.clear();
    this.answers.clear();
    this.#putInitialRows();
    this.damage = undefined;
  }

  #putInitialRows(): void {
    for (const row of initialRows()) this.znodes.set(row[0], row);
  }

  #apply(changes: RowChanges): void {
    const { znodes, sessions, answers } = this;
    for (const id of changes.deleted) znodes.delete(id);
    for (const row of changes.created) znodes.set(row[0], row);
    for (const update of changes.updated) {
      const row = znodes.get(update.id);
      assert(row !== undefined, 'a znode that changes has a row');
      znodes.set(update.id, updated(row, update));
    }
    for (const session of changes.closedSessions) {
      sessions.delete(session);
      answers.endSession(session);
    }
    for (const row of changes.openedSessions) sessions.set(row[0], row);
    for (const row of changes.answers) answers.add(row);
  }
}

/** Bytes that an entry takes, about. */
export function bytesOf(entry: Entry): number {
  return entry.payload.length + ENTRY_BYTES;
}

function updated(row: ZnodeRow, update: ZnodeUpdate): ZnodeRow {
  const [id, path, czxid, mzxid, pzxid, ctime, mtime, version, creates, aversion] = row;
  const [, , , , , , , , , , mode, owner, ttl, acl, text, encoding] = row;
  return [
    id,
    path,
    czxid,
    update.mzxid ?? mzxid,
    update.pzxid ?? pzxid,
    ctime,
    update.mtime ?? mtime,
    update.version ?? version,
    update.creates ?? creates,
    update.aversion ?? aversion,
    mode,
    owner,
    ttl,
    update.acl ?? acl,
    update.text ?? text,
    update.encoding ?? encoding,
  ];
}
