/**
 * What must be as new as the request: reads, and verdicts that change nothing and so go through no
 * log. The core is asked whether this member still leads, and knows each by an id.
 */
import type { LogIndex, ReadId } from '../raftlog/types.ts';
import type { Replica } from './replica.ts';

interface Waiting {
  confirmed(index: LogIndex): void;
  lost(): void;
}

export class Confirmations {
  readonly #replica: Replica;
  readonly #waiting = new Map<ReadId, Waiting>();
  #lastId: ReadId = 0;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** Whether anybody else could lead: the only voter there is need ask nobody. */
  get needed(): boolean {
    return this.#replica.members.voters.length > 1;
  }

  /** Leader only. */
  ask(waiting: Waiting): void {
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, waiting);
    this.#replica.confirmRead(this.#lastId);
  }

  confirmed(id: ReadId, index: LogIndex): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.confirmed(index);
  }

  lost(id: ReadId): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.lost();
  }
}
