/**
 * A client's way to the ensemble: one connection at a time, to whichever member runs. Where one is
 * lost, left or turned away, another one is made after a while, and what was under way on the
 * former is heard of no more.
 */
import type { TreeEvent } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import { violated } from '../violation.ts';
import { Connection, type ConnectionUser } from './connection.ts';
import type { Answer, Request } from './exchange.ts';
import type { MembersWorld, SimMember } from './member.ts';

/** The client. `Asked` is what it remembers of a request until that is answered. */
export interface LinkUser<Asked> {
  /** A connection begins: what is asked for on it before anything else. */
  begin(): void;
  /** A connection is over, and with it what was asked for and not answered. */
  lost(asked: readonly Asked[]): void;
  sessionIsOver(): void;
  answered(asked: Asked, answer: Answer): void;
  told(event: TreeEvent, watches: readonly number[]): void;
  caughtUp(watch: number): void;
  resync(watch: number): void;
}

export interface LinkOptions<Asked> {
  readonly name: string;
  readonly world: MembersWorld;
  readonly random: Random;
  readonly members: () => readonly SimMember[];
  readonly nextConnection: () => number;
  /** A connection on which nothing is answered for so long is given up, ms. */
  readonly patienceMs: number;
  readonly user: LinkUser<Asked>;
}

const RETRY_MS = 150;

export class Link<Asked> implements ConnectionUser {
  /** Whether the member at the other end has said that it serves this client. */
  isServed = false;
  readonly #options: LinkOptions<Asked>;
  #connection: Connection | undefined;
  #asked: Asked[] = [];
  #lastHeard = 0;
  #isGivenUp = false;

  constructor(options: LinkOptions<Asked>) {
    this.#options = options;
  }

  /** Of the present connection; 0 = there is none. */
  get number(): number {
    return this.#connection?.number ?? 0;
  }

  get member(): string {
    return `member ${this.#connection?.member.id}`;
  }

  /** Requests that are not answered yet. */
  get unanswered(): number {
    return this.#asked.length;
  }

  connect(): void {
    if (this.#connection !== undefined || this.#isGivenUp) return;
    const { world, random, members, nextConnection, user } = this.#options;
    const running = members().filter(({ coordinator }) => coordinator !== undefined);
    const member = random.pick(running);
    if (member?.coordinator === undefined) {
      this.connectLater();
      return;
    }
    const number = nextConnection();
    const own = random.fork(`connection ${number}`);
    this.#connection = new Connection(number, member, member.coordinator, world, own, this);
    this.#lastHeard = world.scheduler.now;
    user.begin();
  }

  connectLater(): void {
    const { world, random } = this.#options;
    world.scheduler.after(random.exponential(RETRY_MS), () => this.connect());
  }

  /** The member learns of it after so long, ms; never, for a connection that hangs somewhere. */
  leave(delay: number | 'never'): void {
    if (delay !== 'never') this.#connection?.abandon(delay);
    this.#forget();
  }

  /** For good. */
  giveUp(delay: number): void {
    this.leave(delay);
    this.#isGivenUp = true;
  }

  breakOff(): void {
    this.#connection?.breakOff();
  }

  /** The member does not serve this client: another one may. */
  turnedAway(isExpired: boolean): void {
    this.leave(0);
    if (isExpired) this.#options.user.sessionIsOver();
    this.connectLater();
  }

  ask(request: Request, asked: Asked): void {
    if (this.#asked.length === 0) this.#lastHeard = this.#options.world.scheduler.now;
    this.#asked.push(asked);
    this.#connection?.send(request);
  }

  /** To be called at times; whether the connection is broken off, for nothing is answered on it. */
  endsSilence(): boolean {
    const { world, patienceMs } = this.#options;
    const isSilent = world.scheduler.now - this.#lastHeard > patienceMs;
    if (this.#asked.length === 0 || !isSilent) return false;
    this.breakOff();
    return true;
  }

  #forget(): void {
    this.#connection = undefined;
    this.isServed = false;
    this.#options.user.lost(this.#asked.splice(0));
  }

  // ------------------------------------------------------------------- what the connection tells

  answered(connection: Connection, answer: Answer): void {
    if (connection !== this.#connection) return;
    const { name, world, user } = this.#options;
    this.#lastHeard = world.scheduler.now;
    const [asked] = this.#asked.splice(0, 1);
    if (asked === undefined) violated('I15', `${name} is answered what it asked`);
    user.answered(asked, answer);
  }

  closed(connection: Connection, why: 'ended' | 'moved' | 'lost'): void {
    if (connection !== this.#connection) return;
    this.#forget();
    if (why === 'ended') this.#options.user.sessionIsOver();
    this.connectLater();
  }

  told(connection: Connection, event: TreeEvent, watches: readonly number[]): void {
    if (connection !== this.#connection) return;
    this.#lastHeard = this.#options.world.scheduler.now;
    this.#options.user.told(event, watches);
  }

  caughtUp(connection: Connection, watch: number): void {
    if (connection === this.#connection) this.#options.user.caughtUp(watch);
  }

  resync(connection: Connection, watch: number): void {
    if (connection === this.#connection) this.#options.user.resync(watch);
  }
}
