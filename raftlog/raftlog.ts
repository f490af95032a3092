/**
 * The consensus core: a Raft log in ZooKeeper's words (epoch = term, zxid = position). One way in,
 * `step`; one way out, `ready`. It knows no clock, no chance, no disk and no socket, so that the
 * same code runs in production and in a simulator.
 *
 * In the trace of a write it stands between the coordinator, which proposes, and the storage, which
 * makes durable: an entry is handed out as committed only when a quorum has persisted it.
 */
import { assert, assertNever } from './assert.ts';
import { LogWindow } from './log.ts';
import { committedIndex } from './quorum.ts';
import type {
  Entry,
  EntryType,
  HardState,
  Input,
  LogIndex,
  LogPosition,
  MemberId,
  RaftLogOptions,
  ReadId,
  Ready,
  Role,
} from './types.ts';
import { COUNTER_MAX, counterOf, ZXID_NONE, type Zxid, zxidOf } from './zxid.ts';

const NOWHERE: LogPosition = { index: 0, epoch: 0, zxid: ZXID_NONE };

export class RaftLog {
  readonly #id: MemberId;
  readonly #counterMax: number;
  #started = false;
  #role: Role = 'looking';
  #hardState: HardState = { epoch: 0, votedFor: 0 };
  #hardStateOffered = true;
  #log = new LogWindow(NOWHERE);
  /**
   * Index of the marker with which this member, as leader, opened its epoch; 0 when not leading.
   */
  #markerIndex: LogIndex = 0;
  #reads: ReadId[] = [];

  constructor(options: RaftLogOptions) {
    assert(options.voters.includes(options.id), 'a voting member is among the voters');
    assert(options.voters.length === 1, 'this core decides for an ensemble of one voter');
    this.#id = options.id;
    this.#counterMax = options.counterMax ?? COUNTER_MAX;
  }

  get role(): Role {
    return this.#role;
  }

  get epoch(): number {
    return this.#hardState.epoch;
  }

  get committedIndex(): LogIndex {
    return this.#log.committedIndex;
  }

  get lastIndex(): LogIndex {
    return this.#log.last.index;
  }

  /** The zxid that the next proposal gets. Leader only. */
  nextZxid(): Zxid {
    assert(this.#role === 'leading', 'only a leader gives out zxids');
    const counter = counterOf(this.#log.last.zxid);
    // The counter's last value closes the epoch: the next proposal opens a new one (its marker
    // takes counter 0), and nobody but the log notices.
    if (counter >= this.#counterMax) return zxidOf(this.epoch + 1, 1);
    return zxidOf(this.epoch, counter + 1);
  }

  /** Whether a leader may answer reads: it has committed an entry of its own epoch (Raft 6.4). */
  get leaderReady(): boolean {
    return this.#role === 'leading' && this.#log.committedIndex >= this.#markerIndex;
  }

  step(input: Input): void {
    switch (input.kind) {
      case 'start':
        this.#onStart(input.hardState, input.appliedThrough, input.entries);
        break;
      case 'propose':
        for (const payload of input.payloads) this.#onPropose(payload);
        break;
      case 'persisted':
        this.#onPersisted(input.epoch, input.index);
        break;
      case 'read':
        this.#reads.push(input.id);
        break;
      case 'tick':
        // An ensemble of one has nobody to time out.
        break;
      default:
        assertNever(input);
    }
    this.invariants();
  }

  /** What must happen now. Each thing is handed out once. */
  ready(): Ready {
    const hardState = this.#hardStateOffered ? undefined : this.#hardState;
    this.#hardStateOffered = true;
    const entries = this.#log.takeUnpersisted();
    const committed = this.#log.takeCommitted();
    return { hardState, entries, committed, reads: this.#takeReads() };
  }

  /** Checked after every step, in production too. */
  invariants(): void {
    this.#log.invariants();
    assert(this.#log.last.epoch <= this.#hardState.epoch, 'no entry is ahead of the epoch');
    if (this.#role === 'leading') {
      assert(this.#markerIndex > 0, 'a leader has opened its epoch');
      assert(this.#hardState.votedFor === this.#id, 'a leader voted for itself');
    }
  }

  #onStart(hardState: HardState, applied: LogPosition, entries: readonly Entry[]): void {
    assert(!this.#started, 'a core starts once');
    this.#started = true;
    this.#hardState = hardState;
    this.#log = new LogWindow(applied);
    this.#log.restore(entries);
    this.#campaign();
  }

  /**
   * The only voter stands for election at once; the vote counts when it is durable (Raft figure 2).
   */
  #campaign(): void {
    this.#role = 'looking';
    const epoch = Math.max(this.#hardState.epoch, this.#log.last.epoch) + 1;
    this.#setHardState({ epoch, votedFor: this.#id });
  }

  #setHardState(hardState: HardState): void {
    assert(hardState.epoch >= this.#hardState.epoch, 'an epoch never falls');
    this.#hardState = hardState;
    this.#hardStateOffered = false;
  }

  #onPersisted(epoch: number, index: LogIndex): void {
    this.#log.persisted(index);
    if (this.#role === 'looking' && epoch === this.#hardState.epoch) this.#becomeLeader();
    if (this.#role === 'leading') this.#advanceCommit();
  }

  #becomeLeader(): void {
    this.#role = 'leading';
    this.#openEpoch();
  }

  #openEpoch(): void {
    this.#append('epoch', zxidOf(this.epoch, 0), '');
    this.#markerIndex = this.#log.last.index;
  }

  #onPropose(payload: string): void {
    const zxid = this.nextZxid();
    if (counterOf(this.#log.last.zxid) >= this.#counterMax) {
      this.#setHardState({ epoch: this.epoch + 1, votedFor: this.#id });
      this.#openEpoch();
    }
    this.#append('transaction', zxid, payload);
  }

  #append(type: EntryType, zxid: Zxid, payload: string): void {
    const index = this.#log.last.index + 1;
    this.#log.append({ index, epoch: this.epoch, zxid, type, payload });
  }

  /** Raft 5.4.2: only an entry of the own epoch commits, and with it everything before. */
  #advanceCommit(): void {
    const index = committedIndex([this.#log.persistedIndex]);
    if (index <= this.#log.committedIndex) return;
    const entry = this.#log.at(index);
    assert(entry !== undefined, 'an entry that is not committed is in the window');
    if (index >= this.#markerIndex || entry.epoch === this.epoch) this.#log.commit(index);
  }

  /** Alone, a leader is its own quorum: a read is confirmed as soon as the epoch is open. */
  #takeReads(): readonly ReadId[] {
    if (!this.leaderReady || this.#reads.length === 0) return [];
    const reads = this.#reads;
    this.#reads = [];
    return reads;
  }
}
