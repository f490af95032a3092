/**
 * What a member counts for its operator since its process started, and how long things took. Never
 * asked by anything that decides. Counting is an addition, and of proposals only one at a time is
 * timed: what is under way may be much.
 */
import type { LogIndex, MemberId, Role } from '../raftlog/types.ts';
import type { Clock } from './clock.ts';
import type { MemberDurations, MemberMetrics } from './types.ts';

type Counts = Pick<
  MemberMetrics,
  'looked' | 'leaderChanges' | 'proposals' | 'commits' | 'snapshotsReceived'
>;

/** Durations kept until somebody asks; of more, the latest. */
const KEPT = 4096;

/** How long things took, ms, since that was asked last. */
export class Durations {
  #kept: number[] = [];
  #added = 0;

  add(ms: number): void {
    this.#kept[this.#added % KEPT] = ms;
    this.#added += 1;
  }

  take(): readonly number[] {
    const kept = this.#kept;
    this.#kept = [];
    this.#added = 0;
    return kept;
  }
}

export class Meters {
  snapshotsReceived = 0;
  #looked = 0;
  #leaderChanges = 0;
  #proposals = 0;
  #commits = 0;
  readonly #elections = new Durations();
  readonly #quorum = new Durations();
  readonly #clock: Clock;
  #lookingSince: number | undefined;
  #leader: MemberId = 0;
  /** The proposal that is timed now; 0: none. */
  #timed: LogIndex = 0;
  #timedSince = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get counts(): Counts {
    return {
      looked: this.#looked,
      leaderChanges: this.#leaderChanges,
      proposals: this.#proposals,
      commits: this.#commits,
      snapshotsReceived: this.snapshotsReceived,
    };
  }

  takeDurations(): MemberDurations {
    return { elections: this.#elections.take(), quorum: this.#quorum.take() };
  }

  /** The role or the leader may be another one. */
  turned(role: Role, leader: MemberId): void {
    if (role === 'looking') {
      if (this.#lookingSince === undefined) {
        this.#looked += 1;
        this.#lookingSince = this.#clock.monotonic();
      }
    } else if (this.#lookingSince !== undefined) {
      this.#elections.add(this.#clock.monotonic() - this.#lookingSince);
      this.#lookingSince = undefined;
    }
    // What was proposed by a leader of the past is timed no more.
    if (role !== 'leading') this.#timed = 0;
    if (leader === 0 || leader === this.#leader) return;
    this.#leader = leader;
    this.#leaderChanges += 1;
  }

  proposed(index: LogIndex): void {
    this.#proposals += 1;
    if (this.#timed !== 0) return;
    this.#timed = index;
    this.#timedSince = this.#clock.monotonic();
  }

  applied(index: LogIndex): void {
    this.#commits += 1;
    if (this.#timed === 0 || index < this.#timed) return;
    this.#quorum.add(this.#clock.monotonic() - this.#timedSince);
    this.#timed = 0;
  }
}
