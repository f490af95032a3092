/**
 * A client on its way from member to member: it stays with one until that is gone, not ready, or
 * left, and goes to the next one, round and round until it is told to stop.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface TourOptions<Member> {
  readonly members: readonly Member[];
  /** The place in `members` of the first one. */
  readonly first: number;
  /** Whoever was not to be had is not asked again at once, ms. */
  readonly pauseMs: number;
  /** Stays with a member; resolves when it has left it, rejects when it was not to be had. */
  readonly visit: (member: Member) => Promise<void>;
  /** Why it was not; absent: that means nothing. */
  readonly failed?: (error: unknown) => void;
}

export class Tour<Member> {
  readonly #options: TourOptions<Member>;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: TourOptions<Member>) {
    this.#options = options;
  }

  /** Told to stop: whoever visits is to leave. */
  get stopping(): boolean {
    return this.#stopping;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the last member was left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { members, first, pauseMs, visit, failed } = this.#options;
    for (let at = first; !this.#stopping; at += 1) {
      const member = members[at % members.length];
      if (member === undefined) throw new Error('there is no member to go to');
      try {
        await visit(member);
      } catch (error) {
        failed?.(error);
        await sleep(pauseMs);
      }
    }
  }
}
