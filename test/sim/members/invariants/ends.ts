/**
 * I28: nobody is told that a session has ended that lives, neither in answer to `connect` nor by a
 *      notice, by any member, whatever it believes.
 */
import type { SessionId } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';
import type { Chronicle } from '../chronicle.ts';

export class EndRules {
  readonly #chronicle: Chronicle;
  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** The client hears that its session is over; '' = it has none. */
  told(who: string, session: SessionId | ''): void {
    if (session === '' || !this.#chronicle.model.sessions.has(session)) return;
    violated('I28', `${who} is told that its session ${session} is over: it lives`);
  }
}
