/**
 * A log in which every entry carries a hash of everything through it: two logs that have the same
 * hash at an index are the same through there. Disks of the simulation and what is known of a
 * member's log are made of it, and the hash is also the state that entries are applied to.
 */
import { decodeMembers } from '../../raftlog/membership.ts';
import type { Entry, LogIndex, LogPosition, Members } from '../../raftlog/types.ts';
import { ZXID_NONE, type Zxid } from '../../raftlog/zxid.ts';
import { mixed, textHash } from './random.ts';
import { violated } from './violation.ts';

export const EMPTY_HASH = 0;

/** Who belongs to the ensemble from `index` on. */
export interface MembersVersion {
  readonly index: LogIndex;
  readonly members: Members;
}

/** What a snapshot contains: a position, the state there, and who belonged to the ensemble. */
export interface Snapshot {
  readonly position: LogPosition;
  readonly hash: number;
  readonly version: MembersVersion | undefined;
}

export const NOTHING: Snapshot = {
  position: { index: 0, epoch: 0, zxid: ZXID_NONE },
  hash: EMPTY_HASH,
  version: undefined,
};

export function hashAfter(hash: number, entry: Entry): number {
  return mixed(mixed(hash, entry.zxid), contentHash(entry));
}

/** The same entry is hashed for each log that has it, by most of them soon after each other. */
const HASHED = 4096;
const hashed: (Entry | undefined)[] = new Array(HASHED).fill(undefined);
const hashes = new Int32Array(HASHED);

function contentHash(entry: Entry): number {
  const at = entry.index % HASHED;
  if (hashed[at] === entry) return hashes[at] ?? 0;
  const hash = (textHash(entry.payload) + entry.type.length) | 0;
  hashed[at] = entry;
  hashes[at] = hash;
  return hash;
}

export class ChainedLog {
  /** What the entries come after. */
  #base: Snapshot = NOTHING;
  #entries: Entry[] = [];
  #hashes: number[] = [];
  /** Oldest first, as far as the entries name any. */
  #versions: MembersVersion[] = [];

  get lastIndex(): LogIndex {
    return this.#base.position.index + this.#entries.length;
  }

  get last(): LogPosition {
    return this.#entries.at(-1) ?? this.#base.position;
  }

  get base(): Snapshot {
    return this.#base;
  }

  /** Who belongs to the ensemble by the last entry; undefined when none has ever said. */
  get version(): MembersVersion | undefined {
    return this.#versions.at(-1) ?? this.#base.version;
  }

  versionAt(index: LogIndex): MembersVersion | undefined {
    return this.#versions.findLast((version) => version.index <= index) ?? this.#base.version;
  }

  /** The one in force at `index`, and those after it. */
  versionsFrom(index: LogIndex): (MembersVersion | undefined)[] {
    const at = this.#versions.findLastIndex((version) => version.index <= index);
    return at === -1 ? [this.#base.version, ...this.#versions] : this.#versions.slice(at);
  }

  /** Appends; an entry that is not the next one replaces everything at and after its index. */
  append(entry: Entry): void {
    if (entry.index <= this.lastIndex) this.truncateFrom(entry.index);
    if (entry.index !== this.lastIndex + 1) {
      violated('I24', `a log has no hole: entry ${entry.index} comes after ${this.lastIndex}`);
    }
    this.#hashes.push(hashAfter(this.#hashes.at(-1) ?? this.#base.hash, entry));
    this.#entries.push(entry);
    if (entry.type === 'members') {
      this.#versions.push({ index: entry.index, members: decodeMembers(entry.payload) });
    }
  }

  truncateFrom(index: LogIndex): void {
    if (index <= this.#base.position.index) {
      violated('I8', `what is in the tables is committed: ${index} is cut off`);
    }
    this.#entries.length = index - this.#base.position.index - 1;
    this.#hashes.length = this.#entries.length;
    while ((this.#versions.at(-1)?.index ?? 0) >= index) this.#versions.pop();
  }

  at(index: LogIndex): Entry | undefined {
    return this.#entries[index - this.#base.position.index - 1];
  }

  positionAt(index: LogIndex): LogPosition | undefined {
    return index === this.#base.position.index ? this.#base.position : this.at(index);
  }

  zxidAt(index: LogIndex): Zxid | undefined {
    return this.positionAt(index)?.zxid;
  }

  /** The hash of everything through `index`; undefined when that is not known here. */
  hashAt(index: LogIndex): number | undefined {
    if (index === this.#base.position.index) return this.#base.hash;
    return this.#hashes[index - this.#base.position.index - 1];
  }

  /** Entries from..through, both kept. */
  slice(from: LogIndex, through: LogIndex): Entry[] {
    const before = this.#base.position.index + 1;
    return this.#entries.slice(from - before, through + 1 - before);
  }

  restore(snapshot: Snapshot): void {
    this.#base = snapshot;
    this.#entries = [];
    this.#hashes = [];
    this.#versions = [];
  }

  copy(): ChainedLog {
    const copy = new ChainedLog();
    copy.#base = this.#base;
    copy.#entries = [...this.#entries];
    copy.#hashes = [...this.#hashes];
    copy.#versions = [...this.#versions];
    return copy;
  }
}
