/**
 * How far one other member has come, as its leader knows it, and what may be sent to it now (etcd's
 * raft calls this progress, too).
 *
 * - `probe`: where the two logs part is not known; one append at a time until one is accepted.
 * - `replicate`: appends flow, a bounded number of them unanswered.
 * - `snapshot`: what it lacks is in no log any more; nothing is sent until it has fetched one.
 */
import { assert } from './assert.ts';
import type { LogIndex } from './types.ts';

export type ProgressState = 'probe' | 'replicate' | 'snapshot';

export class Progress {
  #state: ProgressState = 'probe';
  /** It has everything through here, durably. */
  #match: LogIndex = 0;
  /** The next entry to send. */
  #next: LogIndex;
  /** Last indexes of the appends that are not answered, in order. */
  #inFlight: LogIndex[] = [];
  readonly #window: number;
  /** Ticks since it acknowledged anything while it owed something. */
  #stalledTicks = 0;
  /** Entries for it are being read from the disk. */
  readingFrom: LogIndex | undefined;
  /** It was told that everything through here is committed, if that message arrives. */
  toldCommitted: LogIndex = 0;
  /** It has been heard of since quorum was checked last. */
  active = true;
  /** Its word makes a quorum: it has acknowledged something, and is not suspect. */
  trusted = false;
  /** It has said that it may have forgotten. */
  suspect = false;
  /** The last round of heartbeats that it answered. */
  round = 0;

  constructor(next: LogIndex, window: number) {
    this.#next = next;
    this.#window = window;
  }

  get state(): ProgressState {
    return this.#state;
  }

  get match(): LogIndex {
    return this.#match;
  }

  get next(): LogIndex {
    return this.#next;
  }

  /** Whether an append may go to it now. */
  get mayReceive(): boolean {
    if (this.readingFrom !== undefined || this.#state === 'snapshot') return false;
    return this.#inFlight.length < (this.#state === 'probe' ? 1 : this.#window);
  }

  /** Whether appends flow and all were answered. */
  get isIdle(): boolean {
    return this.#state === 'replicate' && this.#inFlight.length === 0;
  }

  /** An append that ends at `through` is on its way, and with it the leader's commit index. */
  sent(through: LogIndex, committed: LogIndex): void {
    this.#inFlight.push(through);
    this.toldCommitted = Math.min(through, committed);
    if (this.#state === 'replicate') this.#next = through + 1;
  }

  accepted(index: LogIndex): void {
    this.#match = Math.max(this.#match, index);
    this.#stalledTicks = 0;
    const open = this.#inFlight.findIndex((through) => through > index);
    this.#inFlight.splice(0, open === -1 ? this.#inFlight.length : open);
    // A probe that is accepted in part was received: the rest of it waits for the disk there.
    const underWay = this.#state === 'replicate' ? this.#next - 1 : (this.#inFlight.at(-1) ?? 0);
    this.#state = 'replicate';
    this.#next = Math.max(this.#match, underWay) + 1;
  }

  /** It refused what came after `previous`; its log may agree through `hint`. */
  rejected(previous: LogIndex, hint: LogIndex): void {
    // An old refusal: it has accepted that since.
    if (previous <= this.#match) return;
    // In a probe only the answer to the last question counts.
    if (this.#state === 'probe' && previous !== this.#next - 1) return;
    this.probe(Math.max(this.#match, Math.min(hint, previous - 1)) + 1);
  }

  /** Where to begin again when what was under way may be lost. */
  get restart(): LogIndex {
    return this.#state === 'replicate' ? this.#match + 1 : this.#next;
  }

  /** Starts over from `next`. */
  probe(next: LogIndex = this.restart): void {
    assert(next > this.#match, 'what a member has is not sent to it again');
    this.#state = 'probe';
    this.#next = next;
    this.#inFlight = [];
    this.readingFrom = undefined;
    this.#stalledTicks = 0;
  }

  needsSnapshot(): void {
    this.#state = 'snapshot';
    this.#inFlight = [];
    this.readingFrom = undefined;
  }

  /** Whether it has owed an answer for `ticks`: then what was sent to it is taken for lost. */
  stalled(ticks: number): boolean {
    if (this.#inFlight.length === 0) {
      this.#stalledTicks = 0;
      return false;
    }
    this.#stalledTicks += 1;
    return this.#stalledTicks >= ticks;
  }
}
