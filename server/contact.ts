/**
 * When this member was last certain that what it hears of is what the ensemble agrees on: the last
 * word of the leader that it follows, or, when it leads, the last time that a quorum answered. By
 * this process's monotonic clock: what it was told before it started has no age.
 */
import type { Message } from '../raftlog/messages.ts';
import { quorumValue } from '../raftlog/quorum.ts';
import type { MemberId, Members } from '../raftlog/types.ts';
import type { Clock } from './clock.ts';

/** What a leader says as the leader, and what it is answered. */
const FROM_LEADER: ReadonlySet<Message['kind']> = new Set([
  'append',
  'heartbeat',
  'snapshotNeeded',
]);
const TO_LEADER: ReadonlySet<Message['kind']> = new Set(['appended', 'rejected', 'heartbeatReply']);

/** How this member stands; read after the message was taken in. */
export interface Standing {
  readonly leads: boolean;
  /** 0 = none is known. */
  readonly leader: MemberId;
  readonly epoch: number;
  readonly members: Members;
}

export class Contact {
  readonly #id: MemberId;
  readonly #clock: Clock;
  readonly #standing: () => Standing;
  /** Monotonic time of the last word of the leader that is followed, or was. */
  #ledAt = Number.NEGATIVE_INFINITY;
  /** The same of each that has answered this member as the leader of an epoch. */
  readonly #answered = new Map<MemberId, number>();
  #answeredIn = -1;

  constructor(id: MemberId, clock: Clock, standing: () => Standing) {
    this.#id = id;
    this.#clock = clock;
    this.#standing = standing;
  }

  /** A member has said something, and the core has taken it in. */
  heard(from: MemberId, { kind, epoch }: Message): void {
    const standing = this.#standing();
    if (epoch !== standing.epoch) return;
    if (!standing.leads) {
      if (from === standing.leader && FROM_LEADER.has(kind)) this.#ledAt = this.#clock.monotonic();
      return;
    }
    if (!TO_LEADER.has(kind)) return;
    if (epoch !== this.#answeredIn) this.#answered.clear();
    this.#answeredIn = epoch;
    this.#answered.set(from, this.#clock.monotonic());
  }

  /** How long ago that was, ms; undefined: never since this process started. */
  get ageMs(): number | undefined {
    const { voters } = this.#standing().members;
    const now = this.#clock.monotonic();
    const answeredAt = quorumValue(
      voters.map((voter) => {
        // It agrees with itself at any time.
        if (voter === this.#id) return now;
        return this.#answered.get(voter) ?? Number.NEGATIVE_INFINITY;
      }),
    );
    const certainAt = Math.max(this.#ledAt, answeredAt);
    return Number.isFinite(certainAt) ? Math.round(now - certainAt) : undefined;
  }
}
