/**
 * I5 - I7: what anybody has applied at an index is what everybody applies there, and it was durable
 *          on a majority of the voters when it was applied for the first time.
 * I11, I24: entries are applied one after the other, their zxids grow, and the times that leaders
 *          stamp on them never go back.
 * I11: an ensemble has one id for ever, on every member.
 * I22: the state after an entry is the same on every member, whether it came by the log, by tables
 *      or by a snapshot.
 */
import type { Entry, LogIndex, MemberId } from '../../../../raftlog/types.ts';
import { formatZxid, type Zxid } from '../../../../raftlog/zxid.ts';
import type { ReplicatedState } from '../../../../storage/tree/state.ts';
import type { Transaction } from '../../../../storage/tree/types.ts';
import type { AppliedMark, Recovered } from '../../../../storage/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle, Happened } from '../chronicle.ts';

export class LogRules {
  readonly #chronicle: Chronicle;
  readonly #voters: readonly MemberId[];
  /** Who has ever had the entry on its disk, a bit each. */
  readonly #durable = new Map<Zxid, number>();
  /** Through where each has tables. */
  readonly #tables = new Map<MemberId, LogIndex>();
  readonly #applied = new Map<MemberId, LogIndex>();
  #lastTime = 0;
  #ensemble: string | undefined;

  constructor(chronicle: Chronicle, voters: readonly MemberId[]) {
    this.#chronicle = chronicle;
    this.#voters = voters;
  }

  durable(id: MemberId, entries: readonly Entry[]): void {
    for (const { zxid } of entries) {
      this.#durable.set(zxid, (this.#durable.get(zxid) ?? 0) | (1 << id));
    }
  }

  recovered(id: MemberId, { tables, entries }: Recovered, state: ReplicatedState): void {
    this.durable(id, entries);
    this.installed(id, tables);
    this.#applied.set(id, tables.index);
    if (tables.index > 0) this.#checkDigest(id, tables.index, state);
  }

  installed(id: MemberId, { index, zxid }: AppliedMark): void {
    const known = index === 0 ? 0 : this.#chronicle.at(index)?.entry.zxid;
    if (known !== zxid) violated('I22', `tables end with an entry that happened: ${index}`);
    this.#tables.set(id, Math.max(index, this.#tables.get(id) ?? 0));
  }

  founded(id: MemberId, ensemble: string): void {
    this.#ensemble ??= ensemble;
    if (ensemble === this.#ensemble) return;
    violated('I11', `member ${id} is of the ensemble founded ${ensemble}, not ${this.#ensemble}`);
  }

  /** A snapshot is in force. */
  loaded(id: MemberId, state: ReplicatedState): void {
    const index = this.#chronicle.indexOf(state.lastZxid);
    if (index === undefined) violated('I22', 'a snapshot is of something that happened');
    const before = this.#applied.get(id) ?? 0;
    if (index < before) violated('I8', `member ${id} goes back from ${before} to ${index}`);
    this.#applied.set(id, index);
    this.#checkDigest(id, index, state);
  }

  /** What happened first with this, if this is the first time. */
  applied(
    id: MemberId,
    entry: Entry,
    transaction: Transaction | undefined,
    state: ReplicatedState,
    at: number,
  ): Happened | undefined {
    const { index, zxid } = entry;
    if (index !== (this.#applied.get(id) ?? 0) + 1) {
      violated('I24', `member ${id} applies ${index} after ${this.#applied.get(id)}`);
    }
    this.#applied.set(id, index);
    const known = this.#chronicle.at(index);
    if (known === undefined) {
      this.#checkFirst(id, entry);
      if (transaction !== undefined) this.#checkTime(entry, transaction);
      return this.#chronicle.add(entry, transaction, state.digest(), at);
    }
    if (known.entry.zxid !== zxid || known.entry.payload !== entry.payload) {
      violated('I6', `member ${id} applies ${formatZxid(zxid)} at ${index}, others did not`);
    }
    this.#checkDigest(id, index, state);
    return undefined;
  }

  #checkFirst(id: MemberId, { index, zxid }: Entry): void {
    const { lastIndex, lastZxid } = this.#chronicle;
    if (index !== lastIndex + 1) violated('I24', `${index} happens after ${lastIndex}`);
    if (zxid <= lastZxid) violated('I11', `zxids grow: ${formatZxid(zxid)}`);
    const bits = this.#durable.get(zxid) ?? 0;
    const has = this.#voters.filter(
      (voter) => (bits & (1 << voter)) !== 0 || (this.#tables.get(voter) ?? 0) >= index,
    );
    if (has.length * 2 <= this.#voters.length) {
      violated('I7', `member ${id} applies ${index}, which is durable on ${has} only`);
    }
  }

  #checkTime({ zxid }: Entry, { time }: Transaction): void {
    if (time < this.#lastTime) {
      violated('I11', `${formatZxid(zxid)} is stamped ${this.#lastTime - time} ms before others`);
    }
    this.#lastTime = time;
  }

  #checkDigest(id: MemberId, index: LogIndex, state: ReplicatedState): void {
    const digest = state.digest();
    const expected = this.#chronicle.at(index)?.digest;
    if (digest !== expected) {
      violated('I22', `member ${id} has ${digest} after ${index}, others had ${expected}`);
    }
  }
}
