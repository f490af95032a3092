/**
 * The replica loop: drives the consensus core, in this order and no other: what the core wants
 * persisted goes to storage; when it is durable the core hears of it; what is committed is applied
 * to the tree; those who wait are told. While one batch is being fsynced the next one fills.
 *
 * It gives the core its time, its disk and its channels, and decides nothing itself. Snapshots of a
 * leader that is far ahead come in through snapshots.ts.
 */
import { assert } from '../raftlog/assert.ts';
import { decodeMembers } from '../raftlog/membership.ts';
import type { LogPoint, Message } from '../raftlog/messages.ts';
import { type MemberProgress, RaftLog } from '../raftlog/raftlog.ts';
import type {
  ConfirmedRead,
  Entry,
  LogIndex,
  LogPosition,
  LogRead,
  MemberId,
  Members,
  Outgoing,
  ReadId,
  Role,
} from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import { applyEpochMarker, applyTransaction } from '../storage/tree/apply.ts';
import { decodeTransaction, encodeTransaction } from '../storage/tree/codec.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Transaction } from '../storage/tree/types.ts';
import type { Storage } from '../storage/types.ts';
import type { Clock } from './clock.ts';
import { ConfirmedRounds } from './confirmed-rounds.ts';
import type { Channels, ReplicaListener, ReplicaOptions } from './replica-parts.ts';
import type { FetchedSnapshot, Snapshots } from './snapshots.ts';

/** Two ticks make a heartbeat, twenty the shortest patience. */
export const TICK_MS = 50;
const HEARTBEAT_TICKS = 2;
const ELECTION_TICKS = 20;

/** The longest that one turn of the event loop applies entries, ms, and how often it looks. */
const APPLY_TURN_MS = 8;
const APPLIED_PER_LOOK = 32;

/** Payload bytes of one page that is read for a member that is behind. */
const LOG_READ_BYTES = 1024 * 1024;

/** A transaction that this member proposed: spares decoding it, if it is the one committed. */
interface Proposed {
  readonly zxid: Zxid;
  readonly transaction: Transaction;
}

export class Replica {
  readonly #core: RaftLog;
  readonly #storage: Storage;
  readonly #state: ReplicatedState;
  readonly #clock: Clock;
  readonly #channels: Channels;
  readonly #snapshots: Snapshots;
  readonly #listener: ReplicaListener;
  readonly #tickMs: number;
  readonly #rounds: ConfirmedRounds;
  readonly #proposed = new Map<LogIndex, Proposed>();
  #applied: LogPosition;
  /** In force at what is applied; undefined as long as the log has named none. */
  #members: Members | undefined;
  /** Its id at what is applied. */
  #ensemble: string | undefined;
  /** Committed and not applied yet, in order; the first so many are done with. */
  #committed: Entry[] = [];
  #committedDone = 0;
  /** Reads that were confirmed and wait until everything committed before them is applied. */
  #confirmedReads: ConfirmedRead[] = [];
  #pumpPlanned = false;
  /** The epoch in which everything of former epochs was applied, when this member leads. */
  #readyEpoch = -1;
  /** A snapshot is being put in force: until then this member is deaf. */
  #installing = false;
  /** Members whose channels broke in that time. */
  readonly #lostMeanwhile: MemberId[] = [];
  /** Snapshots asked for: only the last one counts. */
  #fetches = 0;
  /**
   * What was committed when this member got in touch with its leader, as far as it knows one. It is
   * handed out to be applied when it is durable here, and not before.
   */
  #owed: LogIndex | undefined;
  #told = '';
  #stopped = false;
  #cancelTick: () => void = () => undefined;

  constructor(options: ReplicaOptions) {
    this.#storage = options.storage;
    this.#state = options.state;
    this.#clock = options.clock;
    this.#channels = options.channels;
    this.#snapshots = options.snapshots;
    this.#listener = options.listener;
    this.#tickMs = options.tickMs ?? TICK_MS;
    this.#rounds = new ConfirmedRounds(options.clock);
    this.#core = new RaftLog({
      id: options.id,
      members: options.members,
      random: options.random,
      heartbeatTicks: HEARTBEAT_TICKS,
      electionTicks: ELECTION_TICKS,
      ...(options.keptBytes === undefined ? undefined : { keptBytes: options.keptBytes }),
      ...(options.founding === undefined ? undefined : { founding: options.founding }),
    });
    const { tables, entries, hardState } = options.recovered;
    this.#applied = tables;
    const { members, ensemble } = tables;
    this.#members = members;
    this.#ensemble = ensemble;
    const appliedThrough = positionOf(tables);
    this.#core.step({
      ...{ kind: 'start', hardState, appliedThrough, ensemble, entries },
      ...(members === undefined ? undefined : { members }),
    });
  }

  get role(): Role {
    return this.#core.role;
  }

  /** The leader that this member knows, 0 = none. */
  get leader(): MemberId {
    return this.#core.leader;
  }

  get epoch(): number {
    return this.#core.epoch;
  }

  get suspect(): boolean {
    return this.#core.suspect;
  }

  get members(): Members {
    return this.#core.members;
  }

  /** The voter that is closest behind this leader. */
  successor(): MemberId | undefined {
    const { voters } = this.#core.members;
    const others = this.#core.progress().filter(({ member }) => voters.includes(member));
    return others.sort((a, b) => b.match - a.match)[0]?.member;
  }

  /** Of the others, as far as this member leads and knows it. */
  progress(): readonly MemberProgress[] {
    return this.#core.progress();
  }

  /**
   * Whether requests may be prepared here: this member leads, and everything before its own epoch
   * is applied.
   */
  get ready(): boolean {
    return !this.#stopped && this.#core.mayPropose && this.#readyEpoch === this.#core.epoch;
  }

  /** Whether this member has applied everything that was committed when it met its leader. */
  get upToDate(): boolean {
    return this.#owed !== undefined && this.#applied.index >= this.#owed;
  }

  get appliedIndex(): LogIndex {
    return this.#applied.index;
  }

  /**
   * Of this leader, or, when it leads no more, of its last leadership: no later leader can have
   * been elected before this monotonic time. Infinite when nobody else could; undefined: not known.
   */
  get confirmedAt(): number | undefined {
    const { voters } = this.#core.members;
    if (this.#core.role === 'leading' && voters.length === 1) return Number.POSITIVE_INFINITY;
    return this.#rounds.confirmedAt;
  }

  /** The last proposal: what is asked now rests on nothing later. */
  get lastPoint(): LogPoint {
    return this.#core.lastPoint;
  }

  /** The zxid that the next proposal gets. */
  nextZxid(): Zxid {
    return this.#core.nextZxid();
  }

  start(): void {
    this.#pump();
    this.#planTick();
  }

  /** Proposes a transaction that was prepared for `nextZxid()`; returns its index. */
  propose(transaction: Transaction): LogIndex {
    assert(this.ready, 'only a leader that is ready proposes');
    const zxid = this.#core.nextZxid();
    this.#core.step({ kind: 'propose', payloads: [encodeTransaction(transaction)] });
    const index = this.#core.lastIndex;
    this.#proposed.set(index, { zxid, transaction });
    this.#planPump();
    return index;
  }

  confirmRead(id: ReadId): void {
    assert(this.#core.role === 'leading', 'only a leader confirms reads');
    this.#core.step({ kind: 'read', id });
    this.#planPump();
  }

  /** A member said something. */
  receive(from: MemberId, message: Message): void {
    if (this.#stopped || this.#installing) return;
    this.#core.step({ kind: 'message', from, message });
    this.#planPump();
  }

  /** The channel to a member broke. */
  peerLost(member: MemberId): void {
    if (this.#stopped) return;
    if (this.#installing) {
      this.#lostMeanwhile.push(member);
      return;
    }
    this.#core.step({ kind: 'peerLost', member });
    this.#planPump();
  }

  /** Hands the leadership over, if this member has it. */
  transfer(to: MemberId): void {
    if (this.#stopped || this.#core.role !== 'leading') return;
    this.#core.step({ kind: 'transfer', to });
    this.#planPump();
  }

  /** Nothing is proposed or applied from now on. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTick();
  }

  /** All that comes in during one turn of the event loop shares one append. */
  #planPump(): void {
    if (this.#pumpPlanned) return;
    this.#pumpPlanned = true;
    this.#clock.soon(() => {
      this.#pumpPlanned = false;
      this.#pump();
    });
  }

  /**
   * A tick that comes late (the process was stalled) is one tick like any other, and comes after
   * what is waiting in the sockets: a stall must not look like a silent leader.
   */
  #planTick(): void {
    this.#cancelTick = this.#clock.after(this.#tickMs, () => {
      this.#clock.soon(() => {
        if (this.#stopped) return;
        if (!this.#installing) {
          this.#core.step({ kind: 'tick' });
          this.#pump();
        }
        this.#planTick();
      });
    });
  }

  #pump(): void {
    while (!this.#stopped) {
      const ready = this.#core.ready();
      const { persist, committed } = ready;
      // Before anything is sent: a round begins no earlier than that.
      this.#rounds.look(this.#core);
      if (persist !== undefined) {
        const { ticket, hardState, entries } = persist;
        this.#storage.append({ hardState, entries }, () => this.#persisted(ticket));
      }
      this.#send(ready.messages);
      for (const read of ready.logReads) void this.#readLog(read);
      for (const entry of committed) this.#committed.push(entry);
      this.#confirmedReads.push(...ready.reads);
      for (const id of ready.lostReads) this.#listener.readLost(id);
      if (ready.snapshotFrom !== undefined) void this.#restore(ready.snapshotFrom);
      this.#tellTurn();
      const applied = this.#applySome();
      if (this.#committed.length > 0 && !this.#installing) {
        this.#planPump();
        return;
      }
      const confirmed = this.#releaseReads();
      if (!applied && !confirmed) return;
    }
  }

  #send(messages: readonly Outgoing[]): void {
    if (messages.length === 0) return;
    for (const { to, message } of messages) this.#channels.send(to, message);
    this.#channels.flush();
  }

  async #readLog({ to, from }: LogRead): Promise<void> {
    const page = await this.#storage.readLog(from, LOG_READ_BYTES).catch(() => undefined);
    if (this.#stopped) return;
    const { previous, entries } = page ?? {};
    const read =
      previous === undefined || entries === undefined ? undefined : { previous, entries };
    this.#core.step({ kind: 'logRead', to, from, read });
    this.#pump();
  }

  /** What the leader has forgotten of its log comes as a snapshot. */
  async #restore(from: MemberId): Promise<void> {
    this.#fetches += 1;
    const fetch = this.#fetches;
    const { epoch } = this.#core;
    const fetched = await this.#snapshots.fetch(from);
    // Another leader may have offered another one meanwhile.
    if (this.#stopped || fetch !== this.#fetches) {
      fetched?.abandon();
      return;
    }
    // The log may have come farther another way meanwhile, or is still being applied.
    const wanted =
      this.#core.epoch === epoch &&
      this.#committed.length === 0 &&
      fetched !== undefined &&
      this.#core.wantsSnapshot(fetched.mark);
    if (wanted) {
      await this.#install(fetched);
    } else {
      fetched?.abandon();
      this.#core.step({ kind: 'notRestored', position: fetched && positionOf(fetched.mark) });
    }
    this.#pump();
  }

  /** Nothing that others say reaches the core until the snapshot is in force. */
  async #install(fetched: FetchedSnapshot): Promise<void> {
    this.#installing = true;
    const installed = await fetched.install(this.#state);
    this.#installing = false;
    if (!installed) {
      this.#core.step({ kind: 'notRestored', position: undefined });
      for (const member of this.#lostMeanwhile.splice(0)) this.peerLost(member);
      return;
    }
    // What became durable and committed meanwhile is in the snapshot.
    this.#committed = [];
    this.#committedDone = 0;
    this.#applied = fetched.mark;
    const { ensemble } = fetched.mark;
    this.#members = fetched.mark.members;
    this.#ensemble = ensemble;
    this.#proposed.clear();
    const members = this.#members ?? this.#core.members;
    this.#core.step({ kind: 'restored', position: positionOf(fetched.mark), members, ensemble });
    this.#listener.restored();
    for (const member of this.#lostMeanwhile.splice(0)) this.peerLost(member);
  }

  /** Applies for one turn: whoever else has something to do is not kept waiting by a long batch. */
  #applySome(): boolean {
    if (this.#committed.length === 0 || this.#installing) return false;
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
    this.#listener.readsConfirmed(reads);
    return true;
  }

  #persisted(ticket: number): void {
    if (this.#stopped) return;
    this.#core.step({ kind: 'persisted', ticket });
    this.#pump();
  }

  #apply(entry: Entry): void {
    assert(entry.index === this.#applied.index + 1, 'entries are applied in order, each once');
    this.#listener.applying(entry);
    this.#applied = entry;
    const proposed = this.#proposed.get(entry.index);
    this.#proposed.delete(entry.index);
    if (entry.type !== 'transaction') {
      if (entry.type === 'members') this.#members = decodeMembers(entry.payload);
      else if (entry.payload !== '') this.#ensemble = entry.payload;
      applyEpochMarker(this.#state, entry.zxid);
      this.#listener.passed(entry);
      return;
    }
    // What another leader put in the place of a proposal is another transaction.
    const transaction =
      proposed?.zxid === entry.zxid ? proposed.transaction : decodeTransaction(entry.payload);
    applyTransaction(this.#state, entry.zxid, transaction);
    this.#listener.applied(entry, transaction);
  }

  #markApplied(): void {
    const { index, epoch, zxid } = this.#applied;
    const { lastTime } = this.#state;
    const digest = this.#state.digest();
    const [members, ensemble] = [this.#members, this.#ensemble];
    this.#storage.applied({ index, epoch, zxid, digest, lastTime, members, ensemble });
    const { leaderReady, epoch: current } = this.#core;
    if (leaderReady && this.#committed.length === 0 && this.#readyEpoch !== current) {
      this.#readyEpoch = current;
      this.#listener.leading();
    }
    this.#listener.batchApplied();
  }

  #tellTurn(): void {
    const { role, leader, epoch, inTouch, committedIndex, ensemble } = this.#core;
    this.#owed = inTouch ? (this.#owed ?? committedIndex) : undefined;
    const now = `${role} ${leader} ${epoch} ${this.ready} ${inTouch} ${ensemble}`;
    if (now === this.#told) return;
    this.#told = now;
    if (ensemble !== undefined) this.#channels.setEnsemble(ensemble);
    this.#listener.turned();
  }
}

function positionOf({ index, epoch, zxid }: LogPosition): LogPosition {
  return { index, epoch, zxid };
}
