/**
 * What the applied log of this member says of requests: which transactions are in it, and which
 * answers are kept for repeats. Only what has been applied is told here.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import type { KeptAnswer } from '../storage/tree/answers.ts';
import { decodeTransaction } from '../storage/tree/codec.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { RequestName, Transaction } from '../storage/tree/types.ts';
import type { History } from './history.ts';

/** At this moment, and a moment ago. */
export class Applied {
  readonly #state: ReplicatedState;
  readonly #history: History;
  #zxid: Zxid;
  #transaction: Transaction | undefined;

  constructor(state: ReplicatedState, history: History) {
    this.#state = state;
    this.#history = history;
    this.#zxid = state.lastZxid;
  }

  get zxid(): Zxid {
    return this.#state.lastZxid;
  }

  now(zxid: Zxid, transaction: Transaction): void {
    this.#zxid = zxid;
    this.#transaction = transaction;
  }

  /** Whether the entry `zxid`, of which it is settled what became of it, is in the log. */
  holds(zxid: Zxid): boolean {
    return zxid === this.zxid || this.#history.has(zxid);
  }

  /**
   * The transaction `zxid`, of which it is settled what became of it: `absent` when the log went
   * on without it, undefined when that is not known any more.
   */
  transaction(zxid: Zxid): Transaction | 'absent' | undefined {
    if (zxid === this.#zxid) return this.#transaction;
    if (zxid <= this.#history.coversAfter) return undefined;
    const entry = this.#history.after((zxid - 1) as Zxid, 1)[0];
    return entry?.zxid === zxid ? decodeTransaction(entry.payload) : 'absent';
  }

  /** The answer that is kept for a request of this name; undefined when there is none. */
  kept(name: RequestName, session: string): KeptAnswer | undefined {
    const { answers } = this.#state;
    const kept =
      'key' in name ? answers.ofKey(name.key) : answers.ofSession(session)?.find(name.id);
    return kept?.fingerprint === name.fingerprint ? kept : undefined;
  }
}
