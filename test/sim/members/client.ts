/**
 * A client: it opens a session, writes, reads and watches in bursts, moves to other members, loses
 * its connection and finds another one, and checks whatever it is told.
 */
import type { Zxid } from '../../../raftlog/zxid.ts';
import type { Refusal } from '../../../storage/tree/errors.ts';
import type { TreeEvent } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import { violated } from '../violation.ts';
import { Connection, type ConnectionUser, UNSEEN } from './connection.ts';
import type { Answer, Request } from './exchange.ts';
import type { Write } from './invariants/writes.ts';
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

const RETRY_MS = 150;
/** A connection on which nothing is answered for so long is given up, ms. */
const PATIENCE_MS = 8000;

export class SimClient implements ConnectionUser {
  readonly id: number;
  /** Does nothing any more, for good. */
  dead = false;
  /** Keeps its session, and asks for nothing else. */
  calm = false;
  session: string | '' = '';
  #token: string | undefined;
  #timeoutMs = 0;
  #seen: Zxid = UNSEEN;
  #connection: Connection | undefined;
  #isConnected = false;
  #asked: Asked[] = [];
  #lastHeard = 0;
  #linearizableFrom: Zxid = UNSEEN;
  readonly #watching: Watching;
  readonly #plain: boolean;
  readonly #world: MembersWorld;
  readonly #random: Random;
  readonly #requests: Requests;
  readonly #members: () => readonly SimMember[];
  readonly #connect: () => number;

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
    this.#requests = new Requests(this.#random.fork('requests'), world.swarm.clients.names);
    this.#members = members;
    this.#connect = nextConnection;
    this.#watching = new Watching({
      ...{ id, rules: world.rules.watches, rewatches: world.swarm.clients.rewatches },
      ask: (request) => this.#ask({ request }),
    });
  }

  start(): void {
    this.#later(this.#random.next() * 200, () => this.#connectSomewhere());
    this.#live();
    this.#beat();
  }

  get connected(): boolean {
    return this.#isConnected;
  }

  #later(ms: number, action: () => void): void {
    this.#world.scheduler.after(ms, () => {
      if (!this.dead) action();
    });
  }

  // ------------------------------------------------------------------------------ connections

  #connectSomewhere(): void {
    if (this.#connection !== undefined) return;
    const running = this.#members().filter(({ coordinator }) => coordinator !== undefined);
    const member = this.#random.pick(running);
    if (member?.coordinator === undefined) {
      this.#retry();
      return;
    }
    const { coordinator } = member;
    const number = this.#connect();
    const random = this.#random.fork(`connection ${number}`);
    this.#connection = new Connection(number, member, coordinator, this.#world, random, this);
    this.#isConnected = false;
    this.#lastHeard = this.#world.scheduler.now;
    if (this.#plain) {
      this.#ask({ request: { op: 'fresh', seen: this.#seen } });
      return;
    }
    const { minTimeout, maxTimeout } = this.#world.swarm.clients;
    const timeoutMs = this.#random.between(minTimeout, maxTimeout);
    const request = { op: 'connect', token: this.#token, timeoutMs, seen: this.#seen } as const;
    this.#ask({ request });
  }

  #retry(): void {
    this.#later(this.#random.exponential(RETRY_MS), () => this.#connectSomewhere());
  }

  #forgetConnection(): void {
    this.#connection = undefined;
    this.#isConnected = false;
    for (const { write } of this.#asked)
      if (write !== undefined) this.#world.rules.writes.lost(write);
    this.#asked = [];
    this.#watching.lost();
    this.#linearizableFrom = UNSEEN;
  }

  closed(connection: Connection, why: 'ended' | 'moved' | 'lost'): void {
    if (connection !== this.#connection) return;
    this.#forgetConnection();
    if (why === 'ended') this.#sessionIsOver();
    this.#retry();
  }

  #sessionIsOver(): void {
    const { session } = this;
    if (session !== '' && this.#world.rules.chronicle.model.sessions.has(session)) {
      violated('I18', `client ${this.id} is told that its session ${session} is over: it lives`);
    }
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
      const silent = this.#world.scheduler.now - this.#lastHeard > PATIENCE_MS;
      if (this.#asked.length > 0 && silent) this.#connection?.breakOff();
      else if (this.#isConnected && !this.#plain) this.#ask({ request: { op: 'heartbeat' } });
      this.#beat();
    });
  }

  #act(): void {
    if (this.calm || !this.#isConnected || this.#asked.length > 100) return;
    const { moves, breaks, closes, dies, burst } = this.#world.swarm.clients;
    const about = this.#random.next() * 100;
    if (about < moves) this.#move();
    else if (about < moves + breaks) this.#connection?.breakOff();
    else if (about < moves + breaks + closes) this.#closeSession();
    else if (about < moves + breaks + closes + dies) this.#die();
    else
      for (let count = this.#random.between(1, burst); count > 0; count -= 1) this.#askSomething();
  }

  /** Some leave their former connection open, as one does that hangs somewhere. */
  #move(): void {
    const hangs = this.#world.swarm.clients.lingers && !this.#plain && this.#random.chance(0.7);
    if (!hangs) this.#connection?.abandon(this.#random.exponential(500));
    this.#forgetConnection();
    this.#connectSomewhere();
  }

  /** Nobody hears of it any more. */
  #die(): void {
    if (this.#plain) return;
    this.#world.trace.say(0, `client ${this.id} dies with its session ${this.session}`);
    this.#connection?.abandon(this.#random.exponential(1000));
    this.#forgetConnection();
    this.dead = true;
  }

  #closeSession(): void {
    if (this.session === '') return;
    const { session } = this;
    const write = this.#write({ op: 'closeSession', session, reason: 'closed' });
    this.#ask({ request: { op: 'write', request: write.request }, write });
  }

  #write(request: Write['request']): Write {
    const connection = this.#connection?.number ?? 0;
    return this.#world.rules.writes.asked(request, this.session, connection);
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
    if (this.#asked.length === 0) this.#lastHeard = this.#world.scheduler.now;
    this.#asked.push(asked);
    this.#connection?.send(asked.request);
  }

  // ------------------------------------------------------------------------- what it is answered

  answered(connection: Connection, answer: Answer): void {
    if (connection !== this.#connection) return;
    const { rules, scheduler, trace } = this.#world;
    this.#lastHeard = scheduler.now;
    const asked = this.#asked.shift();
    if (asked === undefined) violated('I15', `client ${this.id} is answered what it asked`);
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
    this.#take(connection, asked, answer);
  }

  #take(connection: Connection, asked: Asked, answer: Answer): void {
    const { rules } = this.#world;
    const { request, write, before } = asked;
    const { zxid } = answer;
    switch (answer.kind) {
      case 'connected':
        this.#begin(connection, answer);
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
          if (this.#random.chance(0.1)) connection.breakOff();
        }
        break;
      case 'synced':
        if (before !== undefined) {
          rules.reads.linearizable(this.id, before, zxid);
          if (before > this.#linearizableFrom) this.#linearizableFrom = before;
        } else this.#isConnected = true;
        break;
      case 'alive':
        if (this.session !== '') {
          const from = `member ${connection.member.id}`;
          rules.sessions.promised(this.session, answer.at, answer.remaining, from);
        }
        break;
      case 'refused':
        this.#refused(asked, answer.refusal);
    }
  }

  #goOnAfter(closed: boolean): void {
    if (closed) {
      this.#connection?.abandon(0);
      this.#forgetConnection();
      this.#sessionIsOver();
      this.#retry();
    } else if (this.#plain && this.#random.chance(0.5)) {
      // The next request goes to whichever member.
      this.#move();
    }
  }

  #begin(connection: Connection, answer: Extract<Answer, { kind: 'connected' }>): void {
    const { rules } = this.#world;
    this.session = answer.session;
    this.#token = answer.token;
    this.#timeoutMs = answer.timeoutMs;
    this.#isConnected = true;
    const { promised } = answer;
    if (promised !== undefined) {
      const from = `member ${connection.member.id}, opening it,`;
      rules.sessions.promised(this.session, promised.at, promised.remaining, from);
    }
    this.#watching.leaveAgain();
  }

  #refused({ request }: Asked, refusal: Refusal): void {
    // Nothing is ever put back here.
    if (refusal.code === 'AheadOfEnsemble') {
      violated('I14', `client ${this.id} has seen what never was: ${refusal.detail}`);
    }
    if (request.op === 'connect' || request.op === 'fresh') {
      this.#connection?.abandon(0);
      this.#forgetConnection();
      if (refusal.code === 'SessionExpired') this.#sessionIsOver();
      this.#retry();
    } else this.#watching.refused(request, refusal);
  }

  // ------------------------------------------------------------------------------ its watches

  told(connection: Connection, event: TreeEvent, watches: readonly number[]): void {
    if (connection !== this.#connection) return;
    this.#lastHeard = this.#world.scheduler.now;
    this.#world.trace.mark(event.zxid);
    if (event.zxid > this.#seen) this.#seen = event.zxid;
    this.#watching.told(event, watches);
  }

  caughtUp(connection: Connection, number: number): void {
    if (connection === this.#connection) this.#watching.caughtUp(number);
  }

  resync(connection: Connection, number: number): void {
    if (connection === this.#connection) this.#watching.resync(number);
  }
}
