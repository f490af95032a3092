/**
 * Linearizable reads wait here for the barrier (`Coordinator.sync`) that makes this member as new
 * as they are. All that come in one turn of the event loop share one barrier, and the rounds of the
 * leader are shared again by the barriers of all members.
 *
 * Invariant: a barrier is asked for after every read that it stands for has come, never before; a
 * round that had begun earlier would prove nothing about what was acknowledged in between. And a
 * read comes behind what its own session has sent before it, as in FIFO order it must; nothing that
 * another client has sent holds it up.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import type { Place } from './barriers.ts';
import type { Clock } from './clock.ts';
import type { ClientRequests } from './requests.ts';
import type { Caller, Refused } from './types.ts';

type Barrier = (done: (answer: { ok: true; zxid: Zxid } | Refused) => void) => void;
type Done = (refused: Refused | undefined) => void;

interface Read {
  readonly done: Done;
  readonly caller: Caller | undefined;
  /** Behind the last request of its session that came before it. */
  readonly turn: Place;
}

export class ConfirmedReads {
  readonly #clock: Clock;
  readonly #barrier: Barrier;
  readonly #requests: Pick<ClientRequests, 'turnOf' | 'inTurn'>;
  /** In the order in which they came, which is the order in which they are answered. */
  #waiting: Read[] = [];

  constructor(clock: Clock, barrier: Barrier, requests: Pick<ClientRequests, 'turnOf' | 'inTurn'>) {
    this.#clock = clock;
    this.#barrier = barrier;
    this.#requests = requests;
  }

  ask(done: Done, caller: Caller | undefined): void {
    this.#waiting.push({ done, caller, turn: this.#requests.turnOf(caller) });
    if (this.#waiting.length === 1) this.#clock.soon(() => this.#askAll());
  }

  #askAll(): void {
    const reads = this.#waiting;
    this.#waiting = [];
    this.#barrier((answer) => {
      const refused = answer.ok ? undefined : answer;
      for (const { done, caller, turn } of reads) {
        this.#requests.inTurn(turn, caller, () => done(refused));
      }
    });
  }
}
