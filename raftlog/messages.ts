/**
 * What members say to each other. A closed union: a message that is not here does not exist, and
 * every `switch` over it is checked for completeness.
 *
 * The channel between two members is FIFO while it stands; messages may be lost when it breaks,
 * and almost nothing here relies on more: each may also arrive twice, late, or in another order.
 * One thing must hold: after a member's process has started anew, nothing that its former process
 * said arrives any more, and `peerLost` comes before what the new one says. For a disk that was
 * lost in between makes the former's words untrue.
 */
import type { Entry, LogIndex } from './types.ts';
import type { Zxid } from './zxid.ts';

/** What two logs are compared by: the entry's zxid names its epoch too. */
export interface LogPoint {
  readonly index: LogIndex;
  readonly zxid: Zxid;
}

export type Message =
  /**
   * Would you vote for me in `epoch`? Changes nothing at either side, so that a member that was cut
   * off disturbs nobody (Raft 9.6).
   */
  | { readonly kind: 'preVote'; readonly epoch: number; readonly last: LogPoint }
  /** `epoch` repeats the question's when granted, and is the answerer's own when not. */
  | { readonly kind: 'preVoteReply'; readonly epoch: number; readonly granted: boolean }
  /** `handOver`: the leader itself asked for this election (Raft 3.10). */
  | {
      readonly kind: 'vote';
      readonly epoch: number;
      readonly last: LogPoint;
      readonly handOver: boolean;
    }
  | { readonly kind: 'voteReply'; readonly epoch: number; readonly granted: boolean }
  /** Leader: append these after `previous`. `committed` is the leader's. */
  | {
      readonly kind: 'append';
      readonly epoch: number;
      readonly previous: LogPoint;
      readonly entries: readonly Entry[];
      readonly committed: LogIndex;
    }
  /**
   * Everything through `index` agrees with the leader's log, and is durable at the sender. That of
   * a suspect member makes no quorum: it may have broken an earlier word.
   */
  | {
      readonly kind: 'appended';
      readonly epoch: number;
      readonly index: LogIndex;
      readonly suspect: boolean;
    }
  /** `previous` is not in the sender's log; `last` is the latest that could agree. */
  | {
      readonly kind: 'rejected';
      readonly epoch: number;
      readonly previous: LogIndex;
      readonly last: LogPoint;
    }
  /** Leader: I am here. `committed` is nothing that the receiver may not have. */
  | {
      readonly kind: 'heartbeat';
      readonly epoch: number;
      readonly committed: LogIndex;
      /** Grows; an answer to it confirms every read that arrived before it was sent. */
      readonly round: number;
    }
  /** `matched`: the sender knows that its log agrees with the leader's through here. */
  | {
      readonly kind: 'heartbeatReply';
      readonly epoch: number;
      readonly round: number;
      readonly matched: LogIndex;
    }
  /** Leader: what you lack is not in my log any more, fetch a snapshot. */
  | {
      readonly kind: 'snapshotNeeded';
      readonly epoch: number;
      readonly committed: LogIndex;
    }
  /** Leader: you have everything, stand for election at once. */
  | { readonly kind: 'handOver'; readonly epoch: number }
  /** A suspect member asks everybody how far the ensemble has come. */
  | { readonly kind: 'inquiry'; readonly epoch: number }
  /** `epoch` is the sender's own; `blank`: its log is empty. Neither side follows from it. */
  | { readonly kind: 'introduction'; readonly epoch: number; readonly blank: boolean };

export type MessageKind = Message['kind'];
