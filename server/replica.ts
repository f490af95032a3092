/**
 * The replica loop: drives the consensus core, in this order and no other: what the core wants
 * persisted goes to storage; when it is durable the core hears of it; what is committed is applied
 * to the tree; those who wait are told. While one batch is being fsynced the next one fills.
 */
import { assert } from '../raftlog/assert.ts';
import { RaftLog } from '../raftlog/raftlog.ts';
import type { Entry, LogIndex, LogPosition, MemberId, ReadId } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import { applyEpochMarker, applyTransaction } from '../storage/tree/apply.ts';
import { decodeTransaction, encodeTransaction } from '../storage/tree/codec.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Transaction } from '../storage/tree/types.ts';
import type { AppliedMark, Recovered, Storage } from '../storage/types.ts';
import type { Clock } from './clock.ts';

/** What the replica tells the coordinator, in the order of the log. */
export interface ReplicaListener {
  /** The transaction is committed and applied; everything that shows it may go out. */
  applied(entry: Entry, transaction: Transaction): void;
  /** The read was confirmed and everything it must see is applied. */
  readConfirmed(id: ReadId): void;
  /** A whole batch was applied. */
  batchApplied(): void;
  /** This member begins to lead: it may take requests from now on. */
  leading(): void;
}

export interface ReplicaOptions {
  readonly id: MemberId;
  readonly voters: readonly MemberId[];
  readonly storage: Storage;
  readonly state: ReplicatedState;
  readonly recovered: Recovered;
  readonly clock: Clock;
  readonly listener: ReplicaListener;
}

/** The longest that one turn of the event loop applies entries, ms, and how often it looks. */
const APPLY_TURN_MS = 8;
const APPLIED_PER_LOOK = 32;

export class Replica {
  readonly #core: RaftLog;
  readonly #storage: Storage;
  readonly #state: ReplicatedState;
  readonly #clock: Clock;
  readonly #listener: ReplicaListener;
  /** Transactions that this member proposed, by the index they will get, to spare decoding them. */
  readonly #proposed = new Map<LogIndex, Transaction>();
  /** The last position of the log, proposals included. */
  #lastIndex: LogIndex;
  #applied: LogPosition;
  /** Committed and not applied yet, in order; the first so many are done with. */
  #committed: Entry[] = [];
  #committedDone = 0;
  /** Reads that were confirmed and wait until everything committed before them is applied. */
  #confirmedReads: ReadId[] = [];
  #pumpPlanned = false;
  #wasReady = false;
  #stopped = false;

  constructor(options: ReplicaOptions) {
    this.#storage = options.storage;
    this.#state = options.state;
    this.#clock = options.clock;
    this.#listener = options.listener;
    this.#core = new RaftLog({ id: options.id, voters: options.voters });
    const { tables, entries, hardState } = options.recovered;
    this.#applied = tables;
    this.#lastIndex = entries.at(-1)?.index ?? tables.index;
    const appliedThrough = { index: tables.index, epoch: tables.epoch, zxid: tables.zxid };
    this.#core.step({ kind: 'start', hardState, appliedThrough, entries });
  }

  get role(): RaftLog['role'] {
    return this.#core.role;
  }

  get epoch(): number {
    return this.#core.epoch;
  }

  /**
   * Whether requests may be taken: this member leads and its own epoch is committed and applied.
   */
  get ready(): boolean {
    return !this.#stopped && this.#core.leaderReady && this.#wasReady;
  }

  get appliedIndex(): LogIndex {
    return this.#applied.index;
  }

  /** The index of the last proposal: what is asked now rests on nothing later. */
  get lastIndex(): LogIndex {
    return this.#lastIndex;
  }

  /** The zxid that the next proposal gets. */
  nextZxid(): Zxid {
    return this.#core.nextZxid();
  }

  start(): void {
    this.#pump();
  }

  /** Proposes a transaction that was prepared for `nextZxid()`; returns its index. */
  propose(transaction: Transaction): LogIndex {
    assert(this.ready, 'only a leader that is ready proposes');
    this.#core.step({ kind: 'propose', payloads: [encodeTransaction(transaction)] });
    this.#lastIndex = this.#core.lastIndex;
    this.#proposed.set(this.#lastIndex, transaction);
    this.#planPump();
    return this.#lastIndex;
  }

  confirmRead(id: ReadId): void {
    this.#core.step({ kind: 'read', id });
    this.#planPump();
  }

  /** Nothing is proposed or applied from now on. */
  stop(): void {
    this.#stopped = true;
  }

  /** All proposals of one turn of the event loop share one append. */
  #planPump(): void {
    if (this.#pumpPlanned) return;
    this.#pumpPlanned = true;
    this.#clock.soon(() => {
      this.#pumpPlanned = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (!this.#stopped) {
      const { hardState, entries, committed, reads } = this.#core.ready();
      if (hardState !== undefined || entries.length > 0) {
        const epoch = this.#core.epoch;
        const index = entries.at(-1)?.index ?? 0;
        this.#storage.append({ hardState, entries }, () => this.#persisted(epoch, index));
      }
      for (const entry of committed) this.#committed.push(entry);
      this.#confirmedReads.push(...reads);
      const applied = this.#applySome();
      if (this.#committed.length > 0) {
        this.#planPump();
        return;
      }
      const confirmed = this.#releaseReads();
      if (!applied && !confirmed) return;
    }
  }

  /** Applies for one turn: whoever else has something to do is not kept waiting by a long batch. */
  #applySome(): boolean {
    if (this.#committed.length === 0) return false;
    const until = this.#clock.monotonic() + APPLY_TURN_MS;
    let count = 0;
    while (this.#committedDone < this.#committed.length) {
      const entry = this.#committed[this.#committedDone];
      assert(entry !== undefined, 'every committed entry is applied');
      this.#committedDone += 1;
      this.#apply(entry);
      count += 1;
      if (count % APPLIED_PER_LOOK === 0 && this.#clock.monotonic() >= until) break;
    }
    if (this.#committedDone === this.#committed.length) {
      this.#committed = [];
      this.#committedDone = 0;
    }
    this.#markApplied();
    return true;
  }

  #releaseReads(): boolean {
    if (this.#confirmedReads.length === 0) return false;
    const reads = this.#confirmedReads;
    this.#confirmedReads = [];
    for (const read of reads) this.#listener.readConfirmed(read);
    return true;
  }

  #persisted(epoch: number, index: LogIndex): void {
    if (this.#stopped) return;
    this.#core.step({ kind: 'persisted', epoch, index });
    this.#lastIndex = this.#core.lastIndex;
    this.#pump();
  }

  #apply(entry: Entry): void {
    assert(entry.index === this.#applied.index + 1, 'entries are applied in order, each once');
    this.#applied = entry;
    if (entry.type === 'epoch') {
      applyEpochMarker(this.#state, entry.zxid);
      return;
    }
    const transaction = this.#proposed.get(entry.index) ?? decodeTransaction(entry.payload);
    this.#proposed.delete(entry.index);
    applyTransaction(this.#state, entry.zxid, transaction);
    this.#listener.applied(entry, transaction);
  }

  #markApplied(): void {
    const { index, epoch, zxid } = this.#applied;
    const mark: AppliedMark = { index, epoch, zxid, digest: this.#state.digest() };
    this.#storage.applied(mark);
    if (!this.#wasReady && this.#core.leaderReady && this.#committed.length === 0) {
      this.#wasReady = true;
      this.#listener.leading();
    }
    this.#listener.batchApplied();
  }
}
