/**
 * Writes that show tokens of former sessions (`takeover`), one of which this member may not have
 * heard of yet: then the write begins when it has, and nothing is begun behind it meanwhile.
 */
import { whenKnown } from '../../server/young-sessions.ts';
import { type Prove, proofBy } from '../requests.ts';
import { YoungSession } from '../young-sessions.ts';
import { type Conversation, refused } from './conversation.ts';
import type { Request } from './requests.ts';

/**
 * `write` may throw as an operation may, and before anything has been done; it is given `shown` as
 * `proofBy` is.
 */
export function whenProved(
  talk: Conversation,
  request: Request,
  write: (prove: Prove, shown: readonly string[]) => void,
): void {
  const attempt = (known: boolean) => {
    const shown: string[] = [];
    write(proofBy(talk.coordinator, shown, known), shown);
  };
  try {
    attempt(false);
  } catch (error) {
    if (!(error instanceof YoungSession)) throw error;
    waitFor(talk, request, () => attempt(true));
  }
}

function waitFor(talk: Conversation, request: Request, write: () => void): void {
  talk.turns.hold();
  whenKnown(talk.coordinator, (unknown) => {
    talk.turns.release();
    if (talk.isClosed) return;
    if (unknown === undefined) begin(talk, request, write);
    else talk.later(request, () => refused(talk, request, unknown.refusal));
    talk.turns.goOn();
  });
}

/** As it would have begun in the first place: what it cannot take is answered in its turn. */
function begin(talk: Conversation, request: Request, write: () => void): void {
  try {
    write();
  } catch (error) {
    talk.later(request, () => {
      throw error;
    });
  }
}
