/** What the invariants see of a member, and what was ever true of the ensemble (ghost state). */
import type { RaftLog } from '../../raftlog/raftlog.ts';
import type { LogIndex, MemberId, ReadId, Role } from '../../raftlog/types.ts';
import { counterOf, epochOf, type Zxid } from '../../raftlog/zxid.ts';
import { ChainedLog, type MembersVersion, type Snapshot } from './chained-log.ts';
import type { SimDisk } from './disk.ts';
import type { Swarm } from './swarm.ts';
import { violated } from './violation.ts';

export interface MemberView {
  readonly id: MemberId;
  readonly core: RaftLog;
  /** Its log, as far as it was handed out. */
  readonly log: ChainedLog;
  readonly disk: SimDisk;
  readonly applied: Snapshot;
  /** In its own ticks: now, when it heard each other last, since when it leads these voters. */
  readonly ticks: number;
  readonly heardAt: readonly number[];
  leadsSince: number;
  /** Who asked for a promise while no leader was heard here, by `electionKey`. */
  readonly mayPromise: ReadonlySet<number>;
  /** As seen after the step before. */
  readonly seen: {
    role: Role;
    epoch: number;
    committed: LogIndex;
    /** When it handed out something last. */
    committedAtTurn: LogIndex;
  };
  loss: Loss | undefined;
}

/** Of a process that begins. */
export const NOTHING_SEEN: MemberView['seen'] = {
  ...{ role: 'looking', epoch: 0, committed: 0, committedAtTurn: 0 },
};

/** Who belonged to the ensemble, by a log; undefined is what it began with. */
export type Versions = readonly (MembersVersion | undefined)[];

/** A disk was lost or damaged, and the member is not trusted again yet. */
export interface Loss {
  /** What it had before. */
  readonly had: ChainedLog;
  /** What it had helped to commit through here must be there again before its word counts. */
  owes: LogIndex;
}

export type OpState = 'asked' | 'refused' | 'proposed' | 'acknowledged' | 'failed' | 'unknown';

/** A write of a client. */
export interface Op {
  readonly id: number;
  state: OpState;
  zxid: Zxid | undefined;
  committedAt: LogIndex;
}

/** What an entry is known by, wherever it appears. */
export interface KnownEntry {
  readonly index: LogIndex;
  readonly hash: number;
}

/** By zxid; of small integers, for every entry of every log is looked up. */
export class KnownEntries {
  readonly #epochs = new Map<number, Map<number, KnownEntry>>();

  get(zxid: Zxid): KnownEntry | undefined {
    return this.#epochs.get(epochOf(zxid))?.get(counterOf(zxid));
  }

  set(zxid: Zxid, entry: KnownEntry): void {
    const epoch = epochOf(zxid);
    const known = this.#epochs.get(epoch);
    if (known !== undefined) known.set(counterOf(zxid), entry);
    else this.#epochs.set(epoch, new Map([[counterOf(zxid), entry]]));
  }
}

export class Ghost {
  readonly swarm: Swarm;
  /** Everything that was ever committed, in order. */
  readonly committed = new ChainedLog();
  readonly leaders = new Map<number, MemberId>();
  /** How far the leader of each epoch has committed, in the order in which they did. */
  readonly decisions: { readonly epoch: number; through: LogIndex }[] = [];
  /** The votes that anybody ever gave: candidate by epoch and voter. */
  readonly votes = new Map<number, Map<MemberId, MemberId>>();
  /** The highest epoch that somebody has stood for. */
  epochsBegun = 0;
  /** Who promised to vote for a candidate, by `electionKey`. */
  readonly promises = new Map<number, Set<MemberId>>();
  /** Whom a leader asked to stand, by `electionKey`. */
  readonly handOvers = new Set<number>();
  readonly entries = new KnownEntries();
  readonly ops: Op[] = [];
  /** Reads under way: how much was committed when they were asked. */
  readonly reads = new Map<ReadId, LogIndex>();

  constructor(swarm: Swarm) {
    this.swarm = swarm;
  }

  vote(epoch: number, voter: MemberId, candidate: MemberId): void {
    let votes = this.votes.get(epoch);
    if (votes === undefined) {
      votes = new Map();
      this.votes.set(epoch, votes);
    }
    const before = votes.get(voter);
    if (before !== undefined && before !== candidate) {
      const said = `member ${voter} votes for ${before} and ${candidate} in epoch ${epoch}`;
      violated('I2', `a vote is given once an epoch, whatever happens: ${said}`);
    }
    votes.set(voter, candidate);
  }

  /**
   * Who has forgotten that it stood can stand for another: the vote for itself counted nowhere
   * else, and whoever was asked for one more knows of that epoch.
   */
  forgets(id: MemberId): void {
    for (const [epoch, votes] of this.votes) {
      if (votes.get(id) === id && this.leaders.get(epoch) !== id) votes.delete(id);
    }
  }

  decided(epoch: number, through: LogIndex): void {
    const last = this.decisions.at(-1);
    if (last?.epoch === epoch) last.through = through;
    else this.decisions.push({ epoch, through });
  }

  opOf(payload: string): Op | undefined {
    return this.ops[Number.parseInt(payload, 10)];
  }

  /** Who belongs to the ensemble by `version`. */
  membersBy(version: MembersVersion | undefined): MembersVersion['members'] {
    return version?.members ?? this.swarm.members;
  }
}

export function electionKey(epoch: number, candidate: MemberId): number {
  return epoch * 256 + candidate;
}

export function isQuorum(voters: readonly MemberId[], has: (voter: MemberId) => boolean): boolean {
  let count = 0;
  for (const voter of voters) if (has(voter)) count += 1;
  return count * 2 > voters.length;
}
