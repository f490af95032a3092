/**
 * The words of the consensus core: what goes in (`Input`), what comes out (`Ready`), and what a log
 * entry is. The core is a pure state machine over these; everything with a clock, a socket or a
 * disk lives outside and speaks to it through `RaftLog.step` and `RaftLog.ready` only. What members
 * say to each other is in messages.ts.
 */
import type { Message } from './messages.ts';
import type { Zxid } from './zxid.ts';

/** A member's number, 1..255, unique in its ensemble. */
export type MemberId = number;

/** Position in the log: contiguous, 1-based, 0 = none. Unlike the zxid it never restarts. */
export type LogIndex = number;

/**
 * What an entry holds.
 * - `epoch`: the marker with which a leader opens its epoch (counter 0); committing it commits
 *   everything before it (Raft 5.4.2). Its payload is empty, but for the first of a log: there it
 *   is the id of the ensemble, by which no two logs are taken for one.
 * - `transaction`: one change of the tree, already resolved into absolute results.
 * - `members`: who belongs to the ensemble from here on (`encodeMembers`); in force as soon as it
 *   is in the log (Raft 4.1, one member at a time).
 */
export type EntryType = 'epoch' | 'transaction' | 'members';

export interface Entry {
  readonly index: LogIndex;
  readonly epoch: number;
  readonly zxid: Zxid;
  readonly type: EntryType;
  /** Text; the core looks into that of `members` only. */
  readonly payload: string;
}

/** Who belongs to the ensemble. Voters make quorums; observers replicate without a vote. */
export interface Members {
  readonly voters: readonly MemberId[];
  readonly observers: readonly MemberId[];
}

/**
 * What must be durable before any vote or acknowledgement leaves (Raft figure 2, "persistent
 * state").
 */
export interface HardState {
  readonly epoch: number;
  /** The member voted for in `epoch`, 0 = none. */
  readonly votedFor: MemberId;
  /**
   * This member may have forgotten votes and entries that it once acknowledged (its disk is new, or
   * was damaged): it neither votes nor acknowledges until a leader has given it everything back.
   */
  readonly suspect?: boolean;
}

export type Role = 'looking' | 'following' | 'leading' | 'observing';

/** The last position of a log. */
export interface LogPosition {
  readonly index: LogIndex;
  readonly epoch: number;
  readonly zxid: Zxid;
}

export type ReadId = number;

/** Names one `Persist`, counting from 1: what has been persisted is told by it. */
export type Ticket = number;

export type Input =
  /** What the disk held. First input, exactly once. */
  | {
      readonly kind: 'start';
      readonly hardState: HardState;
      /** What the tables contain: known to be committed, and what `entries` begin after. */
      readonly appliedThrough: LogPosition;
      /** In force at `appliedThrough`; those of the options when the log has never named any. */
      readonly members?: Members;
      /** The id of the ensemble, if one was given by then. */
      readonly ensemble?: string | undefined;
      readonly entries: readonly Entry[];
    }
  /** Time passes: one tick is the core's only unit of it. */
  | { readonly kind: 'tick' }
  /** A leader that may propose only. Payloads of transactions, in the order prepared. */
  | { readonly kind: 'propose'; readonly payloads: readonly string[] }
  /** The disk finished what a `Ready` asked for: everything of that ticket is fsynced. */
  | { readonly kind: 'persisted'; readonly ticket: Ticket }
  /** A linearizable read wants a confirmation of leadership that starts now. Leader only. */
  | { readonly kind: 'read'; readonly id: ReadId }
  /** A member said something. In the order in which it was said, as far as it arrives. */
  | { readonly kind: 'message'; readonly from: MemberId; readonly message: Message }
  /** The channel to a member was reset: it may have died, and what was under way may be lost. */
  | { readonly kind: 'peerLost'; readonly member: MemberId }
  /**
   * Answers `LogRead`: entries from `from` on, `previous` being the position just before;
   * undefined when the log does not reach back that far any more.
   */
  | {
      readonly kind: 'logRead';
      readonly to: MemberId;
      readonly from: LogIndex;
      readonly read:
        | { readonly previous: LogPosition; readonly entries: readonly Entry[] }
        | undefined;
    }
  /**
   * A snapshot has replaced log and tables, durably; everything before `position` is in it. Answers
   * `Ready.snapshotFrom`. `wantsSnapshot` was asked before, and the core has heard nothing of other
   * members since.
   */
  | {
      readonly kind: 'restored';
      readonly position: LogPosition;
      readonly members: Members;
      readonly ensemble?: string | undefined;
    }
  /**
   * The other answer to `Ready.snapshotFrom`: nothing was replaced. Either no snapshot came, or
   * `wantsSnapshot` wanted none at this `position` any more.
   */
  | { readonly kind: 'notRestored'; readonly position: LogPosition | undefined }
  /** Leader only: hand over to a voter. Given up after an election timeout. */
  | { readonly kind: 'transfer'; readonly to: MemberId }
  /**
   * Leader only, when `membersRefusal` has no objection: who belongs to the ensemble from now on.
   */
  | { readonly kind: 'changeMembers'; readonly members: Members };

/** Make durable in one piece, in the order of the tickets; then say `persisted`. */
export interface Persist {
  readonly ticket: Ticket;
  readonly hardState: HardState | undefined;
  /** Contiguous; the first replaces everything at and after its index. */
  readonly entries: readonly Entry[];
}

export interface Outgoing {
  readonly to: MemberId;
  readonly message: Message;
}

/** A read that may be answered from a state that contains everything through `index`. */
export interface ConfirmedRead {
  readonly id: ReadId;
  readonly index: LogIndex;
}

/** A member needs entries that are no longer in memory. Answered by `logRead`. */
export interface LogRead {
  readonly to: MemberId;
  readonly from: LogIndex;
}

/**
 * The core's only output: what must happen now. Taken once; a second call without input is empty.
 */
export interface Ready {
  readonly persist: Persist | undefined;
  /** May go at once, also before `persist` is done: what must wait for a disk is held back here. */
  readonly messages: readonly Outgoing[];
  /** Apply in order. They are durable on this member. */
  readonly committed: readonly Entry[];
  readonly reads: readonly ConfirmedRead[];
  /** Reads that will never be confirmed: the leadership was lost. */
  readonly lostReads: readonly ReadId[];
  readonly logReads: readonly LogRead[];
  /** Fetch a snapshot from this member (the leader), and go on when its log is of use again. */
  readonly snapshotFrom: MemberId | undefined;
}

export interface RaftLogOptions {
  readonly id: MemberId;
  /** Those that the ensemble begins with, the same on every member. */
  readonly members: Members;
  /** The id that the ensemble gets if this member is the first to lead it; absent: none. */
  readonly founding?: string;
  /** Ticks between two heartbeats of a leader. */
  readonly heartbeatTicks?: number;
  /**
   * Ticks without a leader after which a member stands for election; up to twice that at random.
   */
  readonly electionTicks?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** The last counter of an epoch; smaller than `COUNTER_MAX` only in tests of the rollover. */
  readonly counterMax?: number;
  /** Bytes of payload in one append, about. */
  readonly appendBytes?: number;
  /** Appends under way to a member before it is waited for. */
  readonly appendWindow?: number;
  /** Bytes of applied entries that stay in memory for members that are a little behind. */
  readonly keptBytes?: number;
}
