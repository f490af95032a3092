/**
 * Who belongs to the ensemble, as the log says it: the last `members` entry in the log is in force,
 * committed or not, and one that is taken back gives way to the one before (Raft 4.1).
 */
import { assert } from './assert.ts';
import type { Entry, LogIndex, MemberId, Members } from './types.ts';

interface Version {
  readonly index: LogIndex;
  readonly members: Members;
}

export class Membership {
  /** Oldest first; the last one is in force. Never empty. */
  #versions: Version[];

  constructor(index: LogIndex, members: Members) {
    this.#versions = [{ index, members: normalised(members) }];
  }

  get members(): Members {
    return this.#inForce.members;
  }

  get voters(): readonly MemberId[] {
    return this.#inForce.members.voters;
  }

  /** Index of the entry that put them in force. */
  get index(): LogIndex {
    return this.#inForce.index;
  }

  get #inForce(): Version {
    const last = this.#versions.at(-1);
    assert(last !== undefined, 'an ensemble always has members');
    return last;
  }

  isVoter(id: MemberId): boolean {
    return this.voters.includes(id);
  }

  /**
   * Whether the member may stand for election: it is a voter, or was one before a change that is
   * not known to be committed. It may be the only one whose log can win (Raft thesis 4.2.2).
   */
  mayStand(id: MemberId): boolean {
    return this.#versions.some(({ members }) => members.voters.includes(id));
  }

  /** Everybody but `id`, voters first. */
  othersThan(id: MemberId): readonly MemberId[] {
    const { voters, observers } = this.members;
    return [...voters, ...observers].filter((member) => member !== id);
  }

  appended(entry: Entry): void {
    if (entry.type !== 'members') return;
    this.#versions.push({ index: entry.index, members: decodeMembers(entry.payload) });
  }

  truncatedFrom(index: LogIndex): void {
    this.#versions = this.#versions.filter((version, at) => at === 0 || version.index < index);
  }

  /** What is older than the last committed version will not come back. */
  committed(index: LogIndex): void {
    const at = this.#versions.findLastIndex((version) => version.index <= index);
    if (at > 0) this.#versions.splice(0, at);
  }
}

/**
 * Why an ensemble cannot go from `before` to `after` in one step, or undefined: two quorums of two
 * ensembles that differ by one voter have a member in common, and no others need have (Raft 4.1).
 */
export function changeRefusal(before: Members, after: Members): string | undefined {
  if (after.voters.length === 0) return 'an ensemble needs at least one voter';
  if (new Set([...after.voters, ...after.observers]).size !== sizeOf(after)) {
    return 'a member is named twice';
  }
  const added = after.voters.filter((id) => !before.voters.includes(id));
  const removed = before.voters.filter((id) => !after.voters.includes(id));
  if (added.length + removed.length > 1) return 'one voter at a time joins or leaves';
  const stranger = added.find((id) => !before.observers.includes(id));
  if (stranger !== undefined) return `member ${stranger} must catch up as an observer first`;
  return undefined;
}

function sizeOf({ voters, observers }: Members): number {
  return voters.length + observers.length;
}

export function encodeMembers(members: Members): string {
  const { voters, observers } = normalised(members);
  return JSON.stringify({ voters, observers });
}

export function decodeMembers(payload: string): Members {
  const value: unknown = JSON.parse(payload);
  assert(typeof value === 'object' && value !== null, 'members are an object');
  const { voters, observers } = value as Record<'voters' | 'observers', unknown>;
  return { voters: ids(voters), observers: ids(observers) };
}

function ids(value: unknown): readonly MemberId[] {
  assert(Array.isArray(value) && value.every(Number.isSafeInteger), 'members are numbers');
  return value as MemberId[];
}

/** In order, so that equal ensembles look equal. */
function normalised({ voters, observers }: Members): Members {
  const ascending = (a: MemberId, b: MemberId) => a - b;
  return { voters: voters.toSorted(ascending), observers: observers.toSorted(ascending) };
}
