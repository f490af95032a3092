/**
 * A client that sends its writes under names and sends them again until it knows what they came to:
 * with a session by ids that grow, without one by keys. It moves while they are under way, and
 * asks again for what it was told already.
 */
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { RequestName, WriteAnswer } from '../../../server/types.ts';
import { ERROR_CATALOGUE } from '../../../storage/tree/errors.ts';
import type { TransactionOp, WriteRequest } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import { violated } from '../violation.ts';
import { UNSEEN } from './connection.ts';
import type { Answer } from './exchange.ts';
import { type Attempt, markedNamed, type Named } from './invariants/repeats.ts';
import { Link, type LinkUser } from './link.ts';
import type { MembersWorld, SimMember } from './member.ts';

/** A connection on which nothing is answered for so long is given up, ms. */
const PATIENCE_MS = 3000;
/** More are not sent before some are settled. */
const MOST_UNSETTLED = 20;
/** So many that are settled are remembered, to be sent again. */
const REMEMBERED = 6;
/** So many of those that are older, too: their answers may be forgotten by then. */
const OLD = 3;
/** A few such are all that is kept of a session. */
const MANY_CHECKS: readonly TransactionOp[] = Array.from({ length: 300 }, () => ({
  ...{ op: 'check', path: '/' },
}));
/** By their address, as HTTP has it of those who show nothing else. */
const HELD = { holders: ['address', 'network'] };
/** Whoever is told so often that nobody knows what became of it believes that. */
const MOST_ATTEMPTS = 6;

/** What it asked for: a write, or nothing that it minds. */
type Asked = Attempt | 'service';

export class NamedClient implements LinkUser<Asked> {
  /** Sends nothing new any more. */
  calm = false;
  session = '';
  readonly #label: string;
  readonly #keyed: boolean;
  readonly #world: MembersWorld;
  readonly #random: Random;
  readonly #memory: Random;
  readonly #link: Link<Asked>;
  #token: string | undefined;
  #timeoutMs = 1000;
  #seen: Zxid = UNSEEN;
  #lastId = 0;
  #unsettled = new Set<Named>();
  #settled: Named[] = [];
  #old: Named[] = [];

  constructor(
    label: string,
    keyed: boolean,
    world: MembersWorld,
    members: () => readonly SimMember[],
    nextConnection: () => number,
  ) {
    this.#label = label;
    this.#keyed = keyed;
    this.#world = world;
    this.#random = world.random.fork(`named client ${label}`);
    this.#memory = this.#random.fork('memory');
    this.#link = new Link({
      ...{ name: `named client ${label}`, world, random: this.#random, members, nextConnection },
      ...{ patienceMs: PATIENCE_MS, user: this },
    });
  }

  get connected(): boolean {
    return this.#link.isServed;
  }

  start(): void {
    this.#world.scheduler.after(this.#random.next() * 200, () => this.#link.connect());
    this.#live();
    this.#beat();
  }

  // ------------------------------------------------------------------------------ connections

  begin(): void {
    const isShown = !this.#world.swarm.clients.forgets || this.#memory.chance(0.5);
    const seen = isShown ? this.#seen : UNSEEN;
    if (this.#keyed) this.#link.ask({ op: 'fresh', seen }, 'service');
    else {
      const { maxTimeout: timeoutMs } = this.#world.swarm.clients;
      this.#link.ask({ op: 'connect', token: this.#token, timeoutMs, seen }, 'service');
    }
  }

  lost(): void {
    // It is sent again.
  }

  /** What is under way goes on at the member that it leaves, for a while. */
  #move(): void {
    this.#link.leave(this.#random.exponential(500));
    this.#link.connectLater();
  }

  /** Its ids and their answers are gone with it. */
  sessionIsOver(): void {
    this.#world.rules.ends.told(`named client ${this.#label}`, this.session);
    this.session = '';
    this.#token = undefined;
    this.#lastId = 0;
    this.#unsettled.clear();
    this.#settled = [];
    this.#old = [];
  }

  // ------------------------------------------------------------------------------ what it does

  #live(): void {
    const { thinkMs } = this.#world.swarm.clients;
    this.#world.scheduler.after(this.#random.exponential(thinkMs), () => {
      if (!this.calm && this.#link.isServed) this.#act();
      this.#live();
    });
  }

  #act(): void {
    const { burst } = this.#world.swarm.clients;
    for (let count = this.#random.between(1, burst); count > 0; count -= 1) {
      if (this.#unsettled.size < MOST_UNSETTLED) this.#sendNew();
    }
    const about = this.#random.next();
    if (about < 0.08) this.#move();
    else if (about < 0.12) this.#link.breakOff();
  }

  #beat(): void {
    this.#world.scheduler.after(this.#timeoutMs / 3.5, () => {
      if (!this.#link.endsSilence() && this.#link.isServed && !this.#keyed) {
        this.#link.ask({ op: 'heartbeat' }, 'service');
      }
      this.#beat();
    });
  }

  #sendNew(): void {
    const { repeats } = this.#world.rules;
    const number = repeats.next;
    const fingerprint = `f${number}`;
    let name: RequestName = {
      key: `key ${this.#label} ${number}`,
      fingerprint,
      ...(number % 2 === 0 ? HELD : {}),
    };
    if (!this.#keyed) {
      this.#lastId += this.#random.between(1, 2);
      name = { id: this.#lastId, fingerprint };
    }
    const named = repeats.named(this.#request(number), name, this.session);
    this.#unsettled.add(named);
    this.#send(named);
  }

  /** Its last operation carries its number, and can only be told of by its own answer. */
  #request(number: number): WriteRequest {
    const random = this.#random;
    const data = markedNamed(number);
    const path = `/n${random.below(3)}`;
    const about = random.next();
    const owned = this.#keyed ? 'persistent_sequential' : 'ephemeral_sequential';
    const mode = random.pick(['persistent_sequential', owned] as const) ?? owned;
    const sequential = { op: 'create', path: '/s', data, mode } as const;
    if (about < 0.4) return sequential;
    if (about < 0.55) return { op: 'create', path, data, mode: 'persistent' };
    if (about < 0.7) return { op: 'set', path, data, create: true };
    if (about < 0.8) return { op: 'set', path, data, condition: { version: random.below(3) } };
    const first: TransactionOp = random.chance(0.5)
      ? { op: 'delete', path }
      : { op: 'check', path };
    const isLarge = !this.#keyed && this.#world.swarm.clients.named.large && random.chance(0.5);
    const checks = isLarge ? MANY_CHECKS : [];
    return { op: 'transaction', ops: [...checks, first, sequential] };
  }

  #send(named: Named): void {
    const { request, name } = named;
    this.#link.ask({ op: 'write', request, name }, this.#world.rules.repeats.sent(named));
  }

  /** All that it does not know of, and some of what it was told, in the order of the first time. */
  #sendAgain(): void {
    const known = [...this.#old, ...this.#settled];
    const again = known.filter(() => this.#random.chance(0.3));
    const all = [...again, ...this.#unsettled].sort((one, other) => one.number - other.number);
    for (const named of all) this.#send(named);
  }

  // ------------------------------------------------------------------------- what it is answered

  answered(asked: Asked, answer: Answer): void {
    this.#world.trace.mark(answer.zxid);
    if (answer.zxid > this.#seen) this.#seen = answer.zxid;
    switch (answer.kind) {
      case 'connected':
        this.session = answer.session;
        this.#token = answer.token;
        this.#timeoutMs = answer.timeoutMs;
        this.#link.isServed = true;
        this.#sendAgain();
        break;
      case 'synced':
        this.#link.isServed = true;
        this.#sendAgain();
        break;
      case 'written':
        if (asked === 'service') violated('I15', 'an answer is to its request');
        this.#written(asked, answer.answer);
        break;
      case 'refused':
        this.#link.turnedAway(answer.refusal.code === 'SessionExpired');
        break;
      default:
    }
  }

  #written(attempt: Attempt, answer: WriteAnswer): void {
    const { named } = attempt;
    this.#world.rules.repeats.answered(attempt, answer);
    if (answer.ok) {
      this.#settle(named);
      return;
    }
    this.#old = this.#old.filter((one) => one !== named);
    const { code, limit } = answer.refusal;
    const isUnknown = ERROR_CATALOGUE[code].outcome === 'unknown';
    const isForNow = code === 'NotReady' || code === 'DiskFull' || code === 'Throttled';
    attempt.named.unknown += isUnknown ? 1 : 0;
    const isGivenUp =
      attempt.named.unknown >= MOST_ATTEMPTS ||
      limit?.name.startsWith('idempotencyKeys') ||
      limit?.name === 'exactlyOnceBytes';
    // An id that was sent is not sent again on the same connection.
    if ((isUnknown || isForNow) && !isGivenUp) this.#move();
    else this.#unsettled.delete(named);
  }

  #settle(named: Named): void {
    this.#unsettled.delete(named);
    if (this.#old.includes(named)) return;
    this.#settled = [...this.#settled.filter((one) => one !== named), named];
    if (this.#settled.length <= REMEMBERED) return;
    const [oldest, ...rest] = this.#settled;
    this.#settled = rest;
    if (oldest === undefined || !this.#random.chance(0.2)) return;
    this.#old = [...this.#old, oldest].slice(-OLD);
  }

  // It watches nothing.

  told(): void {}

  caughtUp(): void {}

  resync(): void {}
}
