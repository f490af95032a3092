/**
 * What the replica loop is made of and whom it tells: all that a test or a simulator may put in the
 * place of a member.
 */
import type { Message } from '../raftlog/messages.ts';
import type { ConfirmedRead, Entry, MemberId, Members, ReadId } from '../raftlog/types.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Transaction } from '../storage/tree/types.ts';
import type { Recovered, Storage } from '../storage/types.ts';
import type { Clock } from './clock.ts';
import type { Snapshots } from './snapshots.ts';

/** What the replica tells the coordinator, in the order of the log. */
export interface ReplicaListener {
  /** The entry is committed: what rests on the state before it is told now or never. */
  applying(entry: Entry): void;
  /** The transaction is committed and applied; everything that shows it may go out. */
  applied(entry: Entry, transaction: Transaction): void;
  /** An entry that changes nothing of the tree. */
  passed(entry: Entry): void;
  /** Each of these reads may be answered once everything through its index is applied. */
  readsConfirmed(reads: readonly ConfirmedRead[]): void;
  /** The read will never be confirmed: this member leads no more. */
  readLost(id: ReadId): void;
  /** A whole batch was applied. */
  batchApplied(): void;
  /** This member begins to lead: it may take requests from now on. */
  leading(): void;
  /** A snapshot has taken the place of everything: what came in between is not known here. */
  restored(): void;
  /** The role, the leader or the epoch is another, or requests may not be taken any more. */
  turned(): void;
}

/** The channels to the other members. */
export interface Channels {
  /** Never waits; what cannot be sent is dropped. */
  send(to: MemberId, message: Message): void;
  /** Writes what was sent until now: it would wait for the end of the next turn otherwise. */
  flush(): void;
  /** The ensemble has this id: who is of another one is talked to no more. */
  setEnsemble(ensemble: string): void;
}

export interface ReplicaOptions {
  readonly id: MemberId;
  readonly members: Members;
  readonly storage: Storage;
  readonly state: ReplicatedState;
  readonly recovered: Recovered;
  readonly clock: Clock;
  readonly random: () => number;
  readonly channels: Channels;
  /** As in `RaftLogOptions`: no two members may ever offer the same. */
  readonly founding?: string | undefined;
  readonly snapshots: Snapshots;
  readonly listener: ReplicaListener;
  /** Milliseconds of a tick: the unit of heartbeats and patience. */
  readonly tickMs?: number;
  /** Payload bytes of applied entries that the core keeps for members that are behind. */
  readonly keptBytes?: number | undefined;
}
