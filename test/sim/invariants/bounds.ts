/**
 * I25: what a leader has under way to a member is bounded: appends by the window, each of them by
 *      its bytes and one entry more.
 */
import type { Message } from '../../../raftlog/messages.ts';
import type { Outgoing } from '../../../raftlog/types.ts';
import type { Ghost, MemberView } from '../view.ts';
import { violated } from '../violation.ts';

export class Bounds {
  readonly #bytes: number | undefined;
  readonly #window: number | undefined;

  constructor({ swarm }: Ghost) {
    this.#bytes = swarm.core.appendBytes;
    this.#window = swarm.core.appendWindow;
  }

  sent({ id }: MemberView, { message }: Outgoing): void {
    if (message.kind !== 'append' || this.#bytes === undefined) return;
    let bytes = 0;
    for (const { payload } of message.entries.slice(0, -1)) bytes += payload.length;
    if (bytes > this.#bytes) {
      violated('I25', `an append of leader ${id} is bounded, not ${bytes} bytes`);
    }
  }

  /** All of one turn. */
  handedOut({ id }: MemberView, messages: readonly Outgoing[]): void {
    if (this.#window === undefined || messages.length <= this.#window) return;
    const counts = new Map<number, number>();
    for (const { to, message } of messages) {
      if (!isFilledAppend(message)) continue;
      const count = (counts.get(to) ?? 0) + 1;
      counts.set(to, count);
      // One more when a page that was read from the disk and the answer to it share a turn.
      if (count > this.#window + 1) {
        violated('I25', `leader ${id} has a bounded number of appends under way to ${to}`);
      }
    }
  }
}

function isFilledAppend(message: Message): boolean {
  return message.kind === 'append' && message.entries.length > 0;
}
