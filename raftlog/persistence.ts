/**
 * What the disk still owes: tickets in order, how far the log is durable when each is done, and the
 * messages that may leave only then (Raft 5.2: a vote is on disk before it is given).
 */
import { assert } from './assert.ts';
import type { Entry, HardState, LogIndex, Outgoing, Persist, Ticket } from './types.ts';

interface Owed {
  readonly ticket: Ticket;
  through: LogIndex;
  readonly release: Outgoing[];
}

export class Persistence {
  #lastTicket: Ticket = 0;
  readonly #owed: Owed[] = [];
  /** Wait for the next ticket. */
  #held: Outgoing[] = [];

  /** Sends a message once everything that was changed before is durable. */
  hold(message: Outgoing): void {
    this.#held.push(message);
  }

  /** What goes to the disk now, if anything does. */
  take(
    hardState: HardState | undefined,
    entries: readonly Entry[],
    through: LogIndex,
  ): Persist | undefined {
    if (hardState === undefined && entries.length === 0) return undefined;
    this.#lastTicket += 1;
    const ticket = this.#lastTicket;
    this.#owed.push({ ticket, through, release: this.#held });
    this.#held = [];
    return { ticket, hardState, entries };
  }

  /** Messages that rest on nothing that is not durable yet; the others join the last ticket. */
  takeFree(): readonly Outgoing[] {
    const held = this.#held;
    if (held.length === 0) return held;
    this.#held = [];
    const last = this.#owed.at(-1);
    if (last === undefined) return held;
    last.release.push(...held);
    return [];
  }

  /**
   * Entries at and after `index` were replaced: what is under way makes nothing of them durable.
   */
  truncatedFrom(index: LogIndex): void {
    for (const owed of this.#owed) owed.through = Math.min(owed.through, index - 1);
  }

  done(ticket: Ticket): { readonly through: LogIndex; readonly release: readonly Outgoing[] } {
    const owed = this.#owed.shift();
    assert(owed !== undefined && owed.ticket === ticket, 'tickets are done in order, each once');
    return owed;
  }
}
