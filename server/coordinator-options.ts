/** What a member's coordinator is made of: everything that a test or a simulator may replace. */
import type { MemberId, Members } from '../raftlog/types.ts';
import type { PrepareLimits } from '../storage/tree/draft.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Recovered, Storage } from '../storage/types.ts';
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import type { PeerAddress, PeerHandler, PeerTransport } from './peers/types.ts';
import type { ShowDigest } from './shown-digest.ts';
import type { Snapshots } from './snapshots.ts';

export interface MemberCoordinatorOptions {
  readonly id: MemberId;
  readonly members: Members;
  readonly storage: Storage;
  readonly state: ReplicatedState;
  readonly recovered: Recovered;
  /** How long answers to keys are kept is a constant of the contract, but for tests. */
  readonly limits: Limits & Pick<PrepareLimits, 'keyLifeMs'>;
  readonly clock: Clock;
  readonly version: string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** The channels to the other members; `NO_PEERS` when there are none. */
  readonly transport: (handler: PeerHandler) => CoordinatorTransport;
  /** Where the members are, this one included; absent when it is alone. */
  readonly addresses?: readonly PeerAddress[];
  /** How snapshots of a leader come. */
  readonly snapshots: Snapshots;
  readonly logger: CoordinatorLog;
  /** How the digest is shown to clients; absent: as it is. */
  readonly showDigest?: ShowDigest;
  /** As in `ReplicaOptions`. */
  readonly keptBytes?: number | undefined;
  readonly founding?: string | undefined;
}

export interface CoordinatorLog {
  info(facts: object, text: string): void;
  /** Something that wants a human's attention. */
  error(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

export type CoordinatorTransport = Pick<
  PeerTransport,
  'send' | 'flush' | 'forward' | 'forwardReply' | 'setEnsemble' | 'status'
>;
