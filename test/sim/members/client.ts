/**
 * A client: it opens a session, writes, reads and watches in bursts, moves to other members, loses
 * its connection and finds another one, and checks whatever it is told.
 */
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { Refusal } from '../../../storage/tree/errors.ts';
import type { TreeEvent } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import { violated } from '../violation.ts';
import { UNSEEN } from './connection.ts';
import type { Answer, Request } from './exchange.ts';
import type { Write } from './invariants/writes.ts';
import { Link, type LinkUser } from './link.ts';
import type { MembersWorld, SimMember } from './member.ts';
import { Requests } from './requests.ts';
import { Watching } from './watching.ts';

/** A request that is not answered yet. */
interface Asked {
  readonly request: Request;
  readonly write?: Write;
  /** What had happened when it was asked for, where that must be seen. */
  readonly before?: Zxid;
}

/** The zxid of these may be older than what was shown before. */
const SHOWS_NOTHING: ReadonlySet<Answer['kind']> = new Set(['refused', 'written', 'rewatching']);

/** A connection on which nothing is answered for so long is given up, ms. */
const PATIENCE_MS = 8000;

export class SimClient implements LinkUser<Asked> {
  readonly id: number;
  /** Does nothing any more, for good. */
  dead = false;
  /** Keeps its session, and asks for nothing else. */
  calm = false;
  session: string | '' = '';
  #token: string | undefined;
  #timeoutMs = 0;
  #seen: Zxid = UNSEEN;
  #linearizableFrom: Zxid = UNSEEN;
  readonly #watching: Watching;
  readonly #plain: boolean;
  readonly #world: MembersWorld;
  readonly #random: Random;
  /** Shows what it has seen to some members only. */
  readonly #forgets: boolean;
  readonly #memory: Random;
  readonly #requests: Requests;
  readonly #link: Link<Asked>;

  constructor(
    id: number,
    plain: boolean,
    world: MembersWorld,
    members: () => readonly SimMember[],
    nextConnection: () => number,
  ) {
    this.id = id;
    this.#plain = plain;
    this.#world = world;
    this.#random = world.random.fork(`client ${id}`);
    this.#forgets = world.swarm.clients.forgets;
    this.#memory = this.#random.fork('memory');
    this.#requests = new Requests(this.#random.fork('requests'), world.swarm.clients.names);
    this.#link = new Link({
      ...{ name: `client ${id}`, world, random: this.#random, members, nextConnection },
      ...{ patienceMs: PATIENCE_MS, user: this },
    });
    this.#watching = new Watching({
      ...{ id, rules: world.rules.watches, rewatches: world.swarm.clients.rewatches },
      ask: (request) => this.#ask({ request }),
    });
  }

  start(): void {
    this.#later(this.#random.next() * 200, () => this.#link.connect());
    this.#live();
    this.#beat();
  }

  get connected(): boolean {
    return this.#link.isServed;
  }

  #later(ms: number, action: () => void): void {
    this.#world.scheduler.after(ms, () => {
      if (!this.dead) action();
    });
  }

  // ------------------------------------------------------------------------------ connections

  begin(): void {
    if (this.#plain) {
      this.#ask({ request: { op: 'fresh', seen: this.#seen } });
      return;
    }
    const { minTimeout, maxTimeout } = this.#world.swarm.clients;
    const timeoutMs = this.#random.between(minTimeout, maxTimeout);
    if (this.#forgets && this.#memory.chance(0.5)) this.#seen = UNSEEN;
    const seen = this.#seen;
    const request = { op: 'connect', token: this.#token, timeoutMs, seen } as const;
    this.#ask({ request });
  }

  lost(asked: readonly Asked[]): void {
    for (const { write } of asked) if (write !== undefined) this.#world.rules.writes.lost(write);
    this.#watching.lost();
    this.#linearizableFrom = UNSEEN;
  }

  sessionIsOver(): void {
    this.#world.rules.ends.told(`client ${this.id}`, this.session);
    this.session = '';
    this.#token = undefined;
  }

  // ------------------------------------------------------------------------------ what it does

  #live(): void {
    const { thinkMs } = this.#world.swarm.clients;
    this.#later(this.#random.exponential(thinkMs), () => {
      this.#act();
      this.#live();
    });
  }

  #beat(): void {
    const every = this.#timeoutMs === 0 ? 300 : this.#timeoutMs / 3.5;
    this.#later(every, () => {
      if (!this.#link.endsSilence() && this.#link.isServed && !this.#plain) {
        this.#ask({ request: { op: 'heartbeat' } });
      }
      this.#beat();
    });
  }

  #act(): void {
    if (this.calm || !this.#link.isServed || this.#link.unanswered > 100) return;
    const { moves, breaks, closes, dies, burst } = this.#world.swarm.clients;
    const about = this.#random.next() * 100;
    if (about < moves) this.#move();
    else if (about < moves + breaks) this.#link.breakOff();
    else if (about < moves + breaks + closes) this.#closeSession();
    else if (about < moves + breaks + closes + dies) this.#die();
    else
      for (let count = this.#random.between(1, burst); count > 0; count -= 1) this.#askSomething();
  }

  /** Some leave their former connection open, as one does that hangs somewhere. */
  #move(): void {
    const hangs = this.#world.swarm.clients.lingers && !this.#plain && this.#random.chance(0.7);
    this.#link.leave(hangs ? 'never' : this.#random.exponential(500));
    this.#link.connect();
  }

  /** Nobody hears of it any more. */
  #die(): void {
    if (this.#plain) return;
    this.#world.trace.say(0, `client ${this.id} dies with its session ${this.session}`);
    this.#link.giveUp(this.#random.exponential(1000));
    this.dead = true;
  }

  #closeSession(): void {
    if (this.session === '') return;
    const { session } = this;
    const write = this.#write({ op: 'closeSession', session, reason: 'closed' });
    this.#ask({ request: { op: 'write', request: write.request }, write });
  }

  #write(request: Write['request']): Write {
    return this.#world.rules.writes.asked(request, this.session, this.#link.number);
  }

  #askSomething(): void {
    const { readShare, watchShare } = this.#world.swarm.clients;
    const random = this.#random;
    const { rules } = this.#world;
    if (random.chance(watchShare) && !this.#watching.hasEnough) this.#wish();
    else if (!random.chance(readShare)) {
      const request = this.#requests.write(rules.writes.next, this.session !== '');
      this.#ask({ request: { op: 'write', request }, write: this.#write(request) });
    } else if (random.chance(0.15)) {
      this.#ask({ request: { op: 'sync' }, before: rules.chronicle.lastZxid });
      this.#read(false);
    } else if (random.chance(0.1)) {
      this.#read(random.chance(watchShare * 2), rules.chronicle.lastZxid);
    } else this.#read(random.chance(watchShare * 2));
  }

  /** `before`: had happened when a read was asked for that is to be linearizable. */
  #read(watch: boolean, before?: Zxid): void {
    const path = this.#requests.path();
    const op = this.#random.pick(['get', 'exists', 'children'] as const);
    const page = { limit: 1000, maxBytes: 1_000_000, includeStat: false, includeData: false };
    const request = op === 'children' ? ({ op, path, ...page } as const) : ({ op, path } as const);
    const asked = { op: 'read', request, watch: watch && !this.#plain } as const;
    if (before === undefined) this.#ask({ request: { ...asked, confirmed: false } });
    else this.#ask({ request: { ...asked, confirmed: true }, before });
  }

  #wish(): void {
    if (this.#plain) return;
    const kind = this.#random.pick(['persistent', 'persistentRecursive'] as const);
    const path = this.#requests.watched();
    if (this.#watching.wants(kind, path)) return;
    this.#watching.wish(kind, path, this.#random.chance(0.2) ? this.#seen : undefined);
  }

  #ask(asked: Asked): void {
    this.#link.ask(asked.request, asked);
  }

  // ------------------------------------------------------------------------- what it is answered

  answered(asked: Asked, answer: Answer): void {
    const { rules, trace } = this.#world;
    const { zxid } = answer;
    trace.mark(this.id * 1000 + answer.kind.length);
    trace.mark(zxid);
    const isShown = !SHOWS_NOTHING.has(answer.kind);
    if (isShown) {
      rules.reads.answered(this.id, this.#seen, zxid);
      rules.reads.linearizable(this.id, this.#linearizableFrom, zxid);
    }
    this.#watching.answered(zxid);
    if (zxid > this.#seen) this.#seen = zxid;
    this.#take(asked, answer);
  }

  #take(asked: Asked, answer: Answer): void {
    const { rules } = this.#world;
    const { request, write, before } = asked;
    const { zxid } = answer;
    switch (answer.kind) {
      case 'connected':
        this.#begun(answer);
        break;
      case 'written':
        if (write === undefined) violated('I15', 'an answer is to its request');
        rules.writes.answered(write, answer.answer);
        this.#goOnAfter(write.request.op === 'closeSession' && answer.answer.ok);
        break;
      case 'shown':
        rules.reads.shown(answer.shown, zxid);
        if (before !== undefined) rules.reads.linearizable(this.id, before, zxid);
        if (answer.watch !== undefined && request.op === 'read') {
          const kind = request.request.op === 'children' ? 'child' : 'data';
          this.#watching.know(answer.watch, kind, request.request.path, zxid, true);
        }
        break;
      case 'watching':
        if (request.op === 'watch') this.#watching.watching(answer.watch, request.options, zxid);
        break;
      case 'rewatching':
        if (request.op === 'rewatch') {
          this.#watching.rewatching(request.request, answer, zxid);
          // Right before what they missed.
          if (this.#random.chance(0.1)) this.#link.breakOff();
        }
        break;
      case 'synced':
        if (before !== undefined) {
          rules.reads.linearizable(this.id, before, zxid);
          if (before > this.#linearizableFrom) this.#linearizableFrom = before;
        } else this.#link.isServed = true;
        break;
      case 'alive':
        if (this.session !== '') {
          const { member } = this.#link;
          rules.sessions.promised(this.session, answer.at, answer.remaining, member);
        }
        break;
      case 'refused':
        this.#refused(asked, answer.refusal);
    }
  }

  #goOnAfter(closed: boolean): void {
    if (closed) {
      this.#link.turnedAway(true);
    } else if (this.#plain && this.#random.chance(0.5)) {
      // The next request goes to whichever member.
      this.#move();
    }
  }

  #begun(answer: Extract<Answer, { kind: 'connected' }>): void {
    const { rules } = this.#world;
    this.session = answer.session;
    this.#token = answer.token;
    this.#timeoutMs = answer.timeoutMs;
    this.#link.isServed = true;
    const { promised } = answer;
    if (promised !== undefined) {
      const from = `${this.#link.member}, opening it,`;
      rules.sessions.promised(this.session, promised.at, promised.remaining, from);
    }
    this.#watching.leaveAgain();
    // Its session is news to the others.
    if (promised !== undefined && this.#forgets && this.#memory.chance(0.5)) this.#move();
  }

  #refused({ request }: Asked, refusal: Refusal): void {
    // Nothing is ever put back here.
    if (refusal.code === 'AheadOfEnsemble') {
      violated('I14', `client ${this.id} has seen what never was: ${refusal.detail}`);
    }
    if (request.op === 'connect' || request.op === 'fresh') {
      this.#link.turnedAway(refusal.code === 'SessionExpired');
    } else this.#watching.refused(request, refusal);
  }

  // ------------------------------------------------------------------------------ its watches

  told(event: TreeEvent, watches: readonly number[]): void {
    this.#world.trace.mark(event.zxid);
    if (event.zxid > this.#seen) this.#seen = event.zxid;
    this.#watching.told(event, watches);
  }

  caughtUp(number: number): void {
    this.#watching.caughtUp(number);
  }

  resync(number: number): void {
    this.#watching.resync(number);
  }
}
