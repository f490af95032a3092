/**
 * What this member may answer from its own state at present.
 *
 * - Catching up: nothing, for it has not been as new as the ensemble since it started.
 * - Full: every read, also for a while without a leader, since another one is elected meanwhile.
 * - Read-only: it has had no leader for longer than that. Elsewhere a quorum may go on without it,
 *   so it shows what it has only to those who allow that, and its answers say how old that is.
 *
 * It is in full service again when it has caught up with a leader, and not when it has met one.
 * Nothing here decides what becomes of a write: without a leader there is nobody to decide it.
 */
import type { Refusal } from '../storage/tree/errors.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { Clock } from './clock.ts';
import { Contact } from './contact.ts';
import type { Replica } from './replica.ts';
import { LEADER_WAIT_MS } from './requests.ts';
import type { Caller, ReadOnlyService } from './types.ts';

/** For so long reads go on without a leader as if there were one: as long as writes wait, ms. */
export const READ_ONLY_AFTER_MS = LEADER_WAIT_MS;

export const CATCHING_UP = {
  code: 'NotReady',
  detail: 'the member has not caught up with the ensemble yet',
  retryAfter: 1,
} as const satisfies Refusal;

export const NO_LEADER_YET = 'the member has no leader yet';

const NO_LEADER: Refusal = {
  code: 'NotReady',
  detail:
    'the member has had no leader for too long: ask another one, or allow answers from what it ' +
    'has (Paddock-Read-Only: true, or readOnly in connect)',
  retryAfter: 1,
};

const READS_ONLY: Refusal = {
  code: 'ReadOnly',
  detail: 'the member has no leader: it answers reads, and nothing that a quorum must agree on',
  retryAfter: 1,
};

type Mode = 'catchingUp' | 'full' | 'readOnly';

interface ServiceParts {
  readonly id: number;
  readonly clock: Clock;
  readonly replica: Replica;
  readonly state: ReplicatedState;
  /** It is in full service for the first time. */
  readonly begun: () => void;
}

export class Service {
  readonly contact: Contact;
  readonly #parts: ServiceParts;
  #mode: Mode = 'catchingUp';
  #begun = false;
  /** Counts the time without a leader, while there is none. */
  #cancelWait: (() => void) | undefined;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
    const { id, clock, replica } = parts;
    this.contact = new Contact(id, clock, () => {
      const { role, leader, epoch, members } = replica;
      return { leads: role === 'leading', leader, epoch, members };
    });
  }

  /** Why this caller is not answered from what this member has, if it is not. */
  refusal({ readOnly }: Pick<Caller, 'readOnly'>): Refusal | undefined {
    if (this.#mode === 'full') return undefined;
    if (this.#mode === 'catchingUp') return CATCHING_UP;
    return readOnly === true ? undefined : NO_LEADER;
  }

  /** Who knows of read-only service is told at once that it is that: waiting would not help. */
  writeRefusal({ readOnly }: Pick<Caller, 'readOnly'>): Refusal | undefined {
    return this.#mode === 'readOnly' && readOnly === true ? READS_ONLY : undefined;
  }

  /** Whether it knows nothing that could be told to anybody. */
  get catchingUp(): boolean {
    return this.#mode === 'catchingUp';
  }

  /** Why it serves nobody without reserve, if it does not. */
  get reason(): string | undefined {
    const { role, leader, ready } = this.#parts.replica;
    const follows = (role === 'following' || role === 'observing') && leader !== 0;
    if (!ready && !follows) return NO_LEADER_YET;
    return this.#mode === 'full' ? undefined : CATCHING_UP.detail;
  }

  get readOnly(): ReadOnlyService | undefined {
    if (this.#mode !== 'readOnly') return undefined;
    const { ageMs } = this.contact;
    return ageMs === undefined ? {} : { ageMs };
  }

  /** Something may have changed: the role, the leader, or what is applied. */
  look(): void {
    const { leader, upToDate } = this.#parts.replica;
    if (leader === 0) {
      if (this.#mode === 'readOnly') return;
      this.#cancelWait ??= this.#parts.clock.after(READ_ONLY_AFTER_MS, () => this.#alone());
      return;
    }
    this.stop();
    if (this.#mode === 'full' || !upToDate) return;
    this.#mode = 'full';
    if (this.#begun) return;
    this.#begun = true;
    this.#parts.begun();
  }

  /** No time is counted any more. */
  stop(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
  }

  /** A member that has nothing, or cannot trust what it has, does not show that either. */
  #alone(): void {
    this.#cancelWait = undefined;
    const { replica, state } = this.#parts;
    if (!replica.suspect && state.lastZxid > 0) this.#mode = 'readOnly';
  }
}
