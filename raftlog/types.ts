/**
 * The words of the consensus core: what goes in (`Input`), what comes out (`Ready`), and what a log
 * entry is. The core is a pure state machine over these; everything with a clock, a socket or a
 * disk lives outside and speaks to it through `RaftLog.step` and `RaftLog.ready` only.
 */
import type { Zxid } from './zxid.ts';

/** A member's number, 1..255, unique in its ensemble. */
export type MemberId = number;

/** Position in the log: contiguous, 1-based, 0 = none. Unlike the zxid it never restarts. */
export type LogIndex = number;

/**
 * What an entry holds.
 * - `epoch`: the marker with which a leader opens its epoch (counter 0, empty payload); committing
 *   it commits everything before it (Raft 5.4.2).
 * - `transaction`: one change of the tree, already resolved into absolute results.
 */
export type EntryType = 'epoch' | 'transaction';

export interface Entry {
  readonly index: LogIndex;
  readonly epoch: number;
  readonly zxid: Zxid;
  readonly type: EntryType;
  /** Text that the core never looks into. */
  readonly payload: string;
}

/**
 * What must be durable before any vote or acknowledgement leaves (Raft figure 2, "persistent
 * state").
 */
export interface HardState {
  readonly epoch: number;
  /** The member voted for in `epoch`, 0 = none. */
  readonly votedFor: MemberId;
}

export type Role = 'looking' | 'following' | 'leading' | 'observing';

/** The last position of a log. */
export interface LogPosition {
  readonly index: LogIndex;
  readonly epoch: number;
  readonly zxid: Zxid;
}

export type ReadId = number;

export type Input =
  /**
   * What the disk held. First input, exactly once. `appliedThrough` is what the tables contain:
   * known to be committed.
   */
  | {
      readonly kind: 'start';
      readonly hardState: HardState;
      readonly appliedThrough: LogPosition;
      readonly entries: readonly Entry[];
    }
  | { readonly kind: 'tick' }
  /** Leader only. Payloads of transactions, in the order they were prepared. */
  | { readonly kind: 'propose'; readonly payloads: readonly string[] }
  /** The disk finished: everything through `index`, as appended in `epoch`, is fsynced. */
  | { readonly kind: 'persisted'; readonly epoch: number; readonly index: LogIndex }
  /** A linearizable read wants a confirmation of leadership that starts now. */
  | { readonly kind: 'read'; readonly id: ReadId };

/**
 * The core's only output: what must happen now. Taken once; a second call without input is empty.
 */
export interface Ready {
  /** Persist with `entries`, before anything else of this Ready takes effect. */
  readonly hardState: HardState | undefined;
  /** Persist; index i replaces everything at and after i. */
  readonly entries: readonly Entry[];
  /** Apply in order. */
  readonly committed: readonly Entry[];
  /** Reads that may be answered once everything in `committed` is applied. */
  readonly reads: readonly ReadId[];
}

export interface RaftLogOptions {
  readonly id: MemberId;
  readonly voters: readonly MemberId[];
  /** The last counter of an epoch; smaller than `COUNTER_MAX` only in tests of the rollover. */
  readonly counterMax?: number;
}
