/**
 * I27: of all connections that have gone on with a session one speaks for it: when another one
 *      does, whoever spoke before is told, at whatever member it is (at the end: L6); and nobody is
 *      told so when there was no other one.
 */
import type { MemberId } from '../../../../raftlog/types.ts';
import type { SessionId } from '../../../../storage/tree/types.ts';
import { violated } from '../../violation.ts';

interface Speaker {
  /** Of the connection. */
  readonly number: number;
  readonly member: MemberId;
  state: 'open' | 'moved' | 'gone';
}

export class SpeakerRules {
  /** Of each session the connections that have gone on with it, in that order. */
  readonly #speakers = new Map<SessionId, Speaker[]>();
  moves = 0;

  attached(session: SessionId, number: number, member: MemberId): void {
    const all = this.#speakers.get(session);
    const speaker: Speaker = { number, member, state: 'open' };
    if (all === undefined) this.#speakers.set(session, [speaker]);
    else all.push(speaker);
  }

  /** It is told that another one speaks for the session. */
  moved(session: SessionId, number: number): void {
    this.moves += 1;
    const all = this.#speakers.get(session) ?? [];
    const others = all.filter((speaker) => speaker.number !== number);
    if (!others.some(({ state }) => state !== 'moved')) {
      violated(
        'I27',
        `connection ${number} of session ${session} is told of another: there is none`,
      );
    }
    this.#leaves(session, number, 'moved');
  }

  /** It has ended in any other way. */
  gone(session: SessionId, number: number): void {
    this.#leaves(session, number, 'gone');
  }

  #leaves(session: SessionId, number: number, state: 'moved' | 'gone'): void {
    const speaker = this.#speakers.get(session)?.find((one) => one.number === number);
    if (speaker !== undefined && speaker.state === 'open') speaker.state = state;
  }

  /** Sessions for which more than one connection speaks now. */
  severalOf(): string[] {
    return [...this.#speakers].flatMap(([session, all]) => {
      const open = all.filter(({ state }) => state === 'open');
      const where = open.map(({ number, member }) => `${number} at member ${member}`);
      return open.length > 1 ? [`${session}: ${where.join(', ')}`] : [];
    });
  }
}
