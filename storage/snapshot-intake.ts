/**
 * Receives the chunks of a snapshot in order: proves each, hands out its rows to be staged, and at
 * the end proves the whole by its counts and by the digest of its mark. Stages nothing itself; the
 * same for both storages. Imports nothing of Node.
 */
import { assertNever } from '../raftlog/assert.ts';
import { zxidFromNumber } from '../raftlog/zxid.ts';
import { AclDecoder } from './acl-text.ts';
import { RowsDigest } from './rows-digest.ts';
import {
  type Checksum,
  contentOf,
  damaged,
  decodeChunk,
  type SnapshotChunk,
} from './snapshot-chunk.ts';
import type { AnswersRow, SessionRow, ZnodeRow } from './tree/image.ts';
import { type AppliedMark, SnapshotRefusal } from './types.ts';

/** The payload of the first and of the last chunk. */
export interface SnapshotHead {
  readonly mark: AppliedMark;
}

export interface SnapshotEnd {
  readonly sessions: number;
  readonly znodes: number;
  readonly answers: number;
}

/** One chunk that was proved. */
export interface Accepted {
  readonly chunk: SnapshotChunk;
  readonly sessions: readonly SessionRow[];
  readonly znodes: readonly ZnodeRow[];
  readonly answers: readonly AnswersRow[];
}

const ZNODE_WIDTH = 16;
const SESSION_WIDTH = 3;
const ANSWERS_WIDTH = 6;
/** Where a `ZnodeRow` has its ACL; in a chunk it is the text of the column. */
const ACL_AT = 13;

export class SnapshotIntake {
  /** The chunk that is wanted next. */
  next = 0;
  mark: AppliedMark | undefined;
  complete = false;
  readonly #checksum: Checksum;
  readonly #acls = new AclDecoder();
  readonly #digest = new RowsDigest();
  #snapshot = 0;
  #sessions = 0;
  #znodes = 0;
  #answers = 0;
  #lastSession = '';
  #lastZnode = 0;
  #lastAnswers: readonly [owner: string, first: number] = ['', -1];

  constructor(checksum: Checksum) {
    this.#checksum = checksum;
  }

  /**
   * Proves a chunk; undefined when it was added before. Nothing has changed until `staged`. Throws
   * `SnapshotRefusal`.
   */
  accept(bytes: Uint8Array): Accepted | undefined {
    const chunk = decodeChunk(bytes, this.#checksum);
    const { number, kind, snapshot } = chunk;
    if (this.next > 0 && snapshot !== this.#snapshot) {
      throw new SnapshotRefusal('other-snapshot', 'the chunk belongs to another snapshot');
    }
    if (number < this.next) return undefined;
    if (number > this.next || this.complete) {
      const message = `chunk ${number} of a snapshot came where ${this.next} was wanted`;
      throw new SnapshotRefusal('out-of-order', message);
    }
    if ((kind === 'head') !== (number === 0)) throw damaged('it is not where it belongs');
    const rows = { chunk, sessions: [], znodes: [], answers: [] };
    switch (kind) {
      case 'head':
        return rows;
      case 'end':
        this.#proveCounts(chunk);
        return rows;
      case 'sessions':
        return { ...rows, sessions: this.#sessionRows(chunk) };
      case 'znodes':
        return { ...rows, znodes: this.#znodeRows(chunk) };
      case 'answers':
        return { ...rows, answers: this.#answersRows(chunk) };
      default:
        return assertNever(kind);
    }
  }

  /** The rows of the chunk that was accepted last are where they should be. */
  staged({ chunk, sessions, znodes, answers }: Accepted): void {
    if (chunk.kind === 'head') {
      this.#snapshot = chunk.snapshot;
      this.mark = markOf(contentOf(chunk) as SnapshotHead);
    }
    for (const row of sessions) this.#digest.addSession(row);
    for (const row of znodes) this.#digest.addZnode(row);
    for (const row of answers) this.#digest.addAnswers(row);
    this.#sessions += sessions.length;
    this.#znodes += znodes.length;
    this.#answers += answers.length;
    const lastAnswers = answers.at(-1);
    if (lastAnswers !== undefined) this.#lastAnswers = [lastAnswers[0], lastAnswers[1]];
    this.#lastSession = sessions.at(-1)?.[0] ?? this.#lastSession;
    this.#lastZnode = znodes.at(-1)?.[0] ?? this.#lastZnode;
    this.complete = chunk.kind === 'end';
    this.next += 1;
  }

  /** The mark of a snapshot that is whole. Throws `SnapshotRefusal`. */
  proved(): AppliedMark {
    const { mark } = this;
    if (mark === undefined || !this.complete) {
      const message = `the snapshot is not complete: chunk ${this.next} is wanted next`;
      throw new SnapshotRefusal('incomplete', message);
    }
    // The tables of a new directory have no digest yet.
    const isProved = mark.index === 0 || this.#digest.text(mark.lastTime) === mark.digest;
    if (isProved) return mark;
    throw new SnapshotRefusal(
      'damaged',
      'the snapshot does not have the digest that its member had: that member is damaged',
    );
  }

  #proveCounts(chunk: SnapshotChunk): void {
    const { sessions, znodes, answers } = contentOf(chunk) as SnapshotEnd;
    const areAll =
      sessions === this.#sessions && znodes === this.#znodes && answers === this.#answers;
    if (areAll) return;
    throw damaged('it counts other rows than came');
  }

  #sessionRows(chunk: SnapshotChunk): SessionRow[] {
    const found = rowsOf(chunk, SESSION_WIDTH) as unknown as SessionRow[];
    let last = this.#lastSession;
    for (const [session] of found) {
      if (typeof session !== 'string' || session <= last) throw damaged('its rows have no order');
      last = session;
    }
    return found;
  }

  #znodeRows(chunk: SnapshotChunk): ZnodeRow[] {
    const found = rowsOf(chunk, ZNODE_WIDTH);
    let last = this.#lastZnode;
    for (const row of found) {
      const id = row[0];
      if (typeof id !== 'number' || id <= last) throw damaged('its rows have no order');
      last = id;
      row[ACL_AT] = this.#acls.decode(String(row[ACL_AT]));
    }
    return found as unknown as ZnodeRow[];
  }

  #answersRows(chunk: SnapshotChunk): AnswersRow[] {
    const found = rowsOf(chunk, ANSWERS_WIDTH) as unknown as AnswersRow[];
    let [lastOwner, lastFirst] = this.#lastAnswers;
    for (const [owner, first] of found) {
      const follows = owner > lastOwner || (owner === lastOwner && first > lastFirst);
      if (!follows) throw damaged('its rows have no order');
      lastOwner = owner;
      lastFirst = first;
    }
    return found;
  }
}

function rowsOf(chunk: SnapshotChunk, width: number): unknown[][] {
  const rows = contentOf(chunk);
  const isTable =
    Array.isArray(rows) &&
    rows.length === chunk.rows &&
    rows.every((row) => Array.isArray(row) && row.length === width);
  if (!isTable) throw damaged('it holds no rows of this format');
  return rows as unknown[][];
}

function markOf({ mark }: SnapshotHead): AppliedMark {
  const { index, epoch, zxid, digest, lastTime, members, ensemble } = mark;
  const rest = { digest, lastTime, members, ...(ensemble === undefined ? {} : { ensemble }) };
  return { index, epoch, zxid: zxidFromNumber(zxid), ...rest };
}
