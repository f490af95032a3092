/**
 * A connection of a client to a member: what goes either way arrives in order, after a while, or
 * not at all. At the member's end requests are handed to the coordinator as a WebSocket does it
 * (routes/ws/): in order, reads behind what was sent before them, nothing behind a sync; answers
 * and events leave in one order.
 */
import { ZXID_NONE, type Zxid } from '../../../raftlog/zxid.ts';
import { Lane } from '../../../server/lane.ts';
import type {
  Caller,
  Coordinator,
  Delivery,
  SessionAttachment,
  SessionProof,
  Subscriber,
  WriteAnswer,
} from '../../../server/types.ts';
import { whenKnown } from '../../../server/young-sessions.ts';
import type { Refusal } from '../../../storage/tree/errors.ts';
import type { TreeEvent } from '../../../storage/tree/types.ts';
import type { Random } from '../random.ts';
import type { Answer, Request } from './exchange.ts';
import type { Shown } from './invariants/reads.ts';
import type { MembersWorld, SimMember } from './member.ts';

/** The client's end. */
export interface ConnectionUser {
  answered(connection: Connection, answer: Answer): void;
  told(connection: Connection, event: TreeEvent, watches: readonly number[]): void;
  caughtUp(connection: Connection, watch: number): void;
  resync(connection: Connection, watch: number): void;
  closed(connection: Connection, why: 'ended' | 'moved' | 'lost'): void;
}

const CATCH_UP_MS = 5000;

export class Connection implements Subscriber, SessionAttachment {
  readonly number: number;
  readonly via = 'webSocket';
  readonly subscriber = this;
  readonly member: SimMember;
  caller: Caller = { session: '', identities: [{ scheme: 'ip', id: '127.0.0.1' }] };
  readonly #process: number;
  readonly #coordinator: Coordinator;
  readonly #world: MembersWorld;
  readonly #user: ConnectionUser;
  readonly #random: Random;
  readonly #lane = new Lane();
  readonly #requests: Request[] = [];
  #held = false;
  /** Reads that are being confirmed, behind which only others of them begin. */
  #confirming = 0;
  /** Whether each end takes it for standing. */
  #memberOpen = true;
  #clientOpen = true;
  #lastToMember = 0;
  #lastToClient = 0;
  readonly #mourner = () => {
    this.#memberOpen = false;
    this.#world.rules.speakers.gone(this.caller.session, this.number);
    this.#toClient(() => this.#close('lost'));
  };

  constructor(
    number: number,
    member: SimMember,
    coordinator: Coordinator,
    world: MembersWorld,
    random: Random,
    user: ConnectionUser,
  ) {
    this.number = number;
    this.member = member;
    this.#process = member.process;
    this.#coordinator = coordinator;
    this.#world = world;
    this.#random = random;
    this.#user = user;
    member.mourners.add(this.#mourner);
  }

  // ------------------------------------------------------------------------- the client's end

  send(request: Request): void {
    const { op } = request;
    this.#world.trace.later(this.member.id, () => `<- ${this.number} ${op} ${text(request)}`);
    this.#toMember(() => {
      this.#requests.push(request);
      this.#goOn();
    });
  }

  /** The client hears nothing of it any more; the member learns of that later. */
  abandon(delay: number): void {
    this.#clientOpen = false;
    this.#world.scheduler.after(delay, () => this.#toMember(() => this.#gone()));
  }

  /** It breaks: both ends learn of it, each in its time. */
  breakOff(): void {
    if (!this.#clientOpen) return;
    this.#close('lost');
    this.#toMember(() => this.#gone());
  }

  #close(why: 'ended' | 'moved' | 'lost'): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    this.#user.closed(this, why);
  }

  // ------------------------------------------------------------------------------- on the way

  #delay(): number {
    const { minDelay, meanDelay } = this.#world.swarm.clients;
    return minDelay + this.#random.exponential(meanDelay);
  }

  #toMember(action: () => void): void {
    const { scheduler } = this.#world;
    const at = Math.max(scheduler.now + this.#delay(), this.#lastToMember);
    this.#lastToMember = at;
    scheduler.after(at - scheduler.now, () => {
      const { member } = this;
      if (member.process !== this.#process) return;
      member.arrives(() => {
        if (this.#memberOpen) action();
      }, 'clients');
    });
  }

  #toClient(action: () => void): void {
    const { scheduler } = this.#world;
    const at = Math.max(scheduler.now + this.#delay(), this.#lastToClient);
    this.#lastToClient = at;
    scheduler.after(at - scheduler.now, () => {
      if (this.#clientOpen) action();
    });
  }

  // ------------------------------------------------------------------------- the member's end

  #goOn(): void {
    while (!this.#held && this.#memberOpen) {
      const request = this.#requests[0];
      const isConfirmed = request?.op === 'read' && request.confirmed;
      if (request === undefined || (this.#confirming > 0 && !isConfirmed)) return;
      this.#requests.shift();
      this.#begin(request);
    }
  }

  #begin(request: Request): void {
    const { session } = this.caller;
    if (session !== '') this.#coordinator.touch(session);
    switch (request.op) {
      case 'connect':
        this.#connect(request);
        return;
      case 'fresh':
        this.#hold();
        this.#coordinator.waitForZxid(request.seen, CATCH_UP_MS, (refused) => {
          if (refused !== undefined) this.#refuse(refused.refusal);
          else this.#answer({ kind: 'synced', zxid: this.#coordinator.zxid() });
          this.#release();
        });
        return;
      case 'write':
        this.#write(request);
        return;
      case 'sync':
        this.#held = true;
        this.#inOrder(() => this.#sync());
        return;
      case 'read':
        if (request.confirmed) {
          this.#confirming += 1;
          this.#inOrder(() => this.#confirm(request));
        } else this.#inTurn(request);
        return;
      case 'rewatch':
        this.#held = true;
        this.#lane.run(() => this.#rewatch(request));
        return;
      case 'heartbeat':
        this.#lane.run(() => this.#alive());
        return;
      default:
        this.#inTurn(request);
    }
  }

  #write({ request, name }: Extract<Request, { op: 'write' }>): void {
    this.#lane.start();
    const done = (answer: WriteAnswer) => {
      this.#answer({ kind: 'written', answer, zxid: answer.zxid });
      this.#lane.finish();
    };
    this.#coordinator.write(this.caller, request, done, name);
  }

  #inTurn(request: Extract<Request, { op: 'read' | 'watch' }>): void {
    this.#lane.run(() => {
      if (this.#memberOpen) this.#now(request);
    });
  }

  /** Whoever has no session has no order among its requests but this: routes/pipelining.ts. */
  #inOrder(barrier: () => void): void {
    if (this.caller.session === '') this.#lane.run(barrier);
    else barrier();
  }

  #hold(): void {
    this.#lane.start();
    this.#held = true;
  }

  #release(): void {
    this.#held = false;
    this.#lane.finish();
    this.#goOn();
  }

  #confirm(request: Extract<Request, { op: 'read' }>): void {
    this.#lane.start();
    this.#coordinator.confirmRead((refused) => {
      if (refused !== undefined) this.#refuse(refused.refusal);
      else if (this.#memberOpen) this.#now(request);
      this.#confirming -= 1;
      this.#lane.finish();
      this.#goOn();
    }, this.caller);
  }

  #sync(): void {
    this.#hold();
    this.#coordinator.sync((answer) => {
      if (answer.ok) this.#answer({ kind: 'synced', zxid: answer.zxid });
      else this.#refuse(answer.refusal);
      this.#release();
    }, this.caller);
  }

  #connect({ token, timeoutMs, seen }: Extract<Request, { op: 'connect' }>): void {
    const coordinator = this.#coordinator;
    this.#hold();
    coordinator.waitForZxid(seen, CATCH_UP_MS, (refused) => {
      if (refused !== undefined) this.#notConnected(refused.refusal);
      else if (token === undefined) this.#open(timeoutMs);
      else this.#resume(token);
    });
  }

  #resume(token: string): void {
    const coordinator = this.#coordinator;
    const proof = coordinator.authenticate(token);
    if (proof.ok || proof.young !== true) this.#resumed(token, proof);
    else {
      whenKnown(coordinator, (refused) => {
        if (refused !== undefined) this.#notConnected(refused.refusal);
        else this.#resumed(token, coordinator.authenticate(token, true, true));
      });
    }
  }

  #resumed(token: string, proof: SessionProof): void {
    const info = proof.ok ? this.#coordinator.sessionInfo(proof.session) : undefined;
    if (!proof.ok) this.#notConnected(proof.refusal);
    else if (info === undefined) this.#notConnected({ code: 'SessionExpired' });
    else this.#connected(info.session, token, info.timeoutMs, undefined);
  }

  #open(timeoutMs: number): void {
    this.#coordinator.openSession(timeoutMs, (answer) => {
      if (!answer.ok) this.#notConnected(answer.refusal);
      else {
        const promised = { at: this.#world.scheduler.now, remaining: answer.expiresInMs };
        this.#connected(answer.session, answer.token, answer.timeoutMs, promised);
      }
    });
  }

  #notConnected(refusal: Refusal): void {
    this.#refuse(refusal);
    this.#release();
  }

  #connected(
    session: string,
    token: string,
    timeoutMs: number,
    promised: { at: number; remaining: number } | undefined,
  ): void {
    if (this.#memberOpen) {
      this.caller = { ...this.caller, session };
      this.#world.rules.speakers.attached(session, this.number, this.member.id);
      this.#coordinator.attach(session, this);
      const zxid = this.#coordinator.zxid();
      const answer = { kind: 'connected', session, token, timeoutMs, zxid } as const;
      this.#answer(promised === undefined ? answer : { ...answer, promised });
    }
    this.#release();
  }

  #alive(): void {
    const { session } = this.caller;
    const remaining = this.#coordinator.sessionInfo(session)?.expiresInMs ?? 0;
    const zxid = this.#coordinator.zxid();
    this.#answer({ kind: 'alive', at: this.#world.scheduler.now, remaining, zxid });
  }

  #now(request: Extract<Request, { op: 'read' | 'watch' }>): void {
    const coordinator = this.#coordinator;
    const zxid = coordinator.zxid();
    if (request.op === 'watch') {
      const left = coordinator.watch(this, request.options);
      if (left.ok) this.#answer({ kind: 'watching', watch: left.watch, zxid });
      else this.#refuse(left.refusal);
    } else this.#read(request, zxid);
  }

  #read({ request, watch }: Extract<Request, { op: 'read' }>, zxid: Zxid): void {
    const answer = this.#coordinator.read(this.caller, request);
    const { path } = request;
    let shown: Shown = { path };
    if (answer.ok) {
      if (answer.op === 'children') {
        shown = { path, names: answer.page.children.map(({ name }) => name) };
      } else if (answer.op !== 'getAcl' && answer.znode !== undefined) {
        shown = { path, data: answer.znode.text, mzxid: answer.znode.stat.mzxid };
      }
    } else if (answer.refusal.code !== 'NoNode') {
      this.#refuse(answer.refusal);
      return;
    }
    let number: number | undefined;
    if (watch && answer.ok) {
      const kind = request.op === 'children' ? 'child' : 'data';
      const left = this.#coordinator.watch(this, { kind, path });
      if (left.ok) number = left.watch;
    }
    this.#answer({ kind: 'shown', shown, watch: number, zxid });
  }

  /** What it missed comes right behind the answer, and before any other one. */
  #rewatch({ request }: Extract<Request, { op: 'rewatch' }>): void {
    this.#hold();
    const isWanted = () => this.#memberOpen;
    this.#coordinator.rewatch(this, request, isWanted, (answer) => {
      const { zxid } = answer.ok ? answer : { zxid: this.#coordinator.zxid() };
      if (answer.ok) this.#answer({ ...answer, kind: 'rewatching', zxid });
      else this.#refuse(answer.refusal);
      this.#world.settling();
      queueMicrotask(() => this.#release());
    });
  }

  #refuse(refusal: Refusal): void {
    this.#answer({ kind: 'refused', refusal, zxid: this.#coordinator.zxid() });
  }

  #answer(answer: Answer): void {
    if (!this.#memberOpen) return;
    this.#world.trace.later(this.member.id, () => `-> ${this.number} ${text(answer)}`);
    this.#toClient(() => this.#user.answered(this, answer));
  }

  // ------------------------------------------------------------------ what the coordinator tells

  deliver(deliveries: readonly Delivery[]): void {
    if (!this.#memberOpen) return;
    this.#world.trace.later(
      this.member.id,
      () =>
        `-> ${this.number} ${deliveries.map(({ event, watches }) => `${event.type} ${event.path} at ${event.zxid} for ${watches}`)}`,
    );
    this.#toClient(() => {
      for (const { event, watches } of deliveries) this.#user.told(this, event, watches);
    });
  }

  caughtUp(watch: number): void {
    this.#toClient(() => this.#user.caughtUp(this, watch));
  }

  resync(watch: number): void {
    this.#toClient(() => this.#user.resync(this, watch));
  }

  ended(): void {
    this.#toClient(() => this.#close('ended'));
    this.#gone();
  }

  moved(): void {
    this.#world.rules.speakers.moved(this.caller.session, this.number);
    this.#toClient(() => this.#close('moved'));
    this.#gone();
  }

  #gone(): void {
    if (!this.#memberOpen) return;
    this.#memberOpen = false;
    this.#world.rules.speakers.gone(this.caller.session, this.number);
    this.member.mourners.delete(this.#mourner);
    this.#lane.clear();
    this.#coordinator.dropSubscriber(this);
    if (this.caller.session !== '') this.#coordinator.detach(this.caller.session, this);
  }
}

export const UNSEEN: Zxid = ZXID_NONE;

function text(value: object): string {
  return JSON.stringify(value);
}
