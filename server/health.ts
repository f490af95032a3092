/**
 * How this member is: what it tells its clients and the other members of itself, and whether its
 * tree is the leader's.
 */
import type { LogIndex, MemberId } from '../raftlog/types.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import { Agreement } from './agreement.ts';
import type { Clock } from './clock.ts';
import type { CoordinatorLog } from './coordinator-options.ts';
import { describeEnsemble } from './ensemble-status.ts';
import type { MemberReport } from './lane-messages.ts';
import { Meters } from './meters.ts';
import type { Replica } from './replica.ts';
import type { ShowDigest } from './shown-digest.ts';
import type { EnsembleStatus } from './types.ts';

export interface HealthParts {
  readonly id: MemberId;
  readonly version: string;
  readonly state: ReplicatedState;
  readonly replica: Replica;
  readonly clock: Clock;
  readonly logger: CoordinatorLog;
  /** Why this member serves nobody at present, if it does not. */
  readonly notServing: () => string | undefined;
  /** Absent: as it is. */
  readonly showDigest: ShowDigest | undefined;
}

export class Health {
  readonly #parts: HealthParts;
  readonly #startedAt: number;
  readonly agreement: Agreement;
  readonly meters: Meters;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.monotonic();
    this.agreement = new Agreement(() => this.#digest);
    this.meters = new Meters(parts.clock);
  }

  /** The entry is committed and applied. */
  applied(index: LogIndex): void {
    this.agreement.applied(index);
    this.meters.applied(index);
  }

  /** A snapshot has taken the place of everything. */
  restored(): void {
    this.agreement.restart();
    this.meters.snapshotsReceived += 1;
  }

  /** Two that have applied the same have the same tree, or somebody must look. */
  leaderTold({ id, index, digest, milestone }: MemberReport): void {
    const { replica, logger } = this.#parts;
    const before = this.agreement.disagreement;
    this.agreement.told(id, { index, digest }, replica.appliedIndex);
    if (milestone !== undefined) this.agreement.told(id, milestone, replica.appliedIndex);
    const { disagreement } = this.agreement;
    if (disagreement !== before) logger.error({ reason: disagreement }, 'not the same tree');
  }

  report(): MemberReport {
    const { id, version, state, replica, clock } = this.#parts;
    const reason = this.#notReady();
    const milestone = this.agreement.latest;
    return {
      ...{ id, role: replica.role, epoch: replica.epoch },
      ...{ zxid: state.lastZxid, index: replica.appliedIndex, digest: this.#digest },
      ...(milestone === undefined ? undefined : { milestone }),
      ready: reason === undefined,
      ...(reason === undefined ? undefined : { reason }),
      version,
      uptimeSeconds: (clock.monotonic() - this.#startedAt) / 1000,
    };
  }

  /** As it is shown; `others`: what they have reported. */
  ensemble(others: readonly MemberReport[]): EnsembleStatus {
    const { replica, showDigest = (digest: string) => digest } = this.#parts;
    const reports = [this.report(), ...others].map((report) => ({
      ...report,
      digest: report.digest && showDigest(report.digest),
    }));
    return describeEnsemble(replica.leader, replica.members, reports);
  }

  /** '' while not everything is known that is in it; see `ReplicatedState.lastTime`. */
  get #digest(): string {
    const { state } = this.#parts;
    return state.lastTime === undefined ? '' : state.digest();
  }

  /** Why this member cannot serve now, if it cannot, or is not to be trusted. */
  #notReady(): string | undefined {
    return this.#parts.notServing() ?? this.agreement.disagreement;
  }
}
