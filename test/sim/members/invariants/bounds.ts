/**
 * I25: what waits at a member is bounded: with as many writes in flight as the limit has it, and
 *      twice as many for what makes room, nothing more is taken; its watches keep to their limit.
 */
import type { MemberId } from '../../../../raftlog/types.ts';
import type { Limits } from '../../../../server/limits.ts';
import type { WriteAnswer } from '../../../../server/types.ts';
import { violated } from '../../violation.ts';

/** Requests that end something or make room are taken up to this multiple of the limit. */
const RELIEF = 2;

export class BoundsRules {
  /** Whether nothing at all is to be taken, with so many in flight. */
  isFull(inFlight: number, { inFlightWrites }: Limits): boolean {
    return inFlight >= RELIEF * inFlightWrites;
  }

  /** What a request came to that was made of a member that was full. */
  answeredByFull(id: MemberId, { ok }: WriteAnswer): void {
    if (ok) violated('I25', `member ${id} takes a request when enough are in flight`);
  }

  watched(id: MemberId, count: number, { watches }: Limits): void {
    if (count > watches) violated('I25', `member ${id} has ${count} watches, limit ${watches}`);
  }
}
