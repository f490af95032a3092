/**
 * One WebSocket connection, which is one session: it connects, its requests run in order, answers
 * and events leave in order, and it ends with a code that says why.
 *
 * Back-pressure: at most `inFlightPerConnection` requests are unanswered, and none is begun while
 * the outbox is full; what has arrived beyond waits here and the socket is not read. Events do not
 * wait: a connection whose outbox is full when an event comes is closed and resumes from its zxid.
 */
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { formatZxid, type Zxid } from '../../raftlog/zxid.ts';
import { Lane } from '../../server/lane.ts';
import type {
  Caller,
  Coordinator,
  Delivery,
  SessionAttachment,
  Subscriber,
} from '../../server/types.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import { identitiesOf } from '../callers.ts';
import { RequestError, wireError } from '../errors.ts';
import { answerFrame, refusalFrame, serialiseError } from '../serialisers.ts';
import { type ClientFrame, frameRefusal } from '../validators.ts';
import { zxidText } from '../wire.ts';
import { CLOSE } from './close-codes.ts';
import { eventFrame } from './event-frame.ts';
import { Inbox } from './inbox.ts';
import { type ConnectFrame, type Joined, join } from './join.ts';
import { type Conversation, perform } from './operations.ts';
import { Outbox } from './outbox.ts';
import { GrowingIds, type Request, requestsOf, UnusableMessage } from './requests.ts';
import { Rounds } from './rounds.ts';

/** What is left of a connection that was closed is cut off after this, ms. */
const LINGER_MS = 5000;

type State = 'new' | 'connecting' | 'connected' | 'closed';

export class Connection implements Subscriber, SessionAttachment, Conversation {
  readonly coordinator: Coordinator;
  readonly subscriber: Subscriber = this;
  readonly #socket: WebSocket;
  readonly #log: Logger | undefined;
  readonly #outbox: Outbox;
  readonly #openedAt: number;
  #caller: Caller;
  #state: State = 'new';
  readonly #inbox = new Inbox();
  readonly #lane = new Lane();
  #unanswered = 0;
  #running = false;
  #paused = false;
  readonly #ids = new GrowingIds();
  #groups = 0;
  #pongRenews = true;
  readonly #rounds: Rounds;
  #watches = false;
  readonly #replaying = new Set<number>();

  constructor(
    coordinator: Coordinator,
    socket: WebSocket,
    raw: Socket,
    options: { readonly now: number; readonly log: Logger | undefined },
  ) {
    this.coordinator = coordinator;
    this.#socket = socket;
    this.#log = options.log;
    this.#outbox = new Outbox(raw, coordinator.limits.outboxBytes, () => {
      if (!this.#inbox.empty) this.#run();
    });
    this.#caller = { session: '', identities: identitiesOf(raw) };
    this.#openedAt = options.now;
    this.#rounds = new Rounds(options.now, coordinator.zxid());
  }

  get caller(): Caller {
    return this.#caller;
  }

  // ---------------------------------------------------------------------------- what arrives

  /** A message of the client. */
  received(data: Buffer, isBinary: boolean): void {
    if (this.#state === 'closed') return;
    if (isBinary) {
      this.close(CLOSE.binary, 'text frames only');
      return;
    }
    this.#sawLife();
    try {
      this.#groups += 1;
      this.#inbox.push(requestsOf(data, this.#groups, this.coordinator.limits));
    } catch (error) {
      if (!(error instanceof UnusableMessage)) throw error;
      this.#run();
      this.close(CLOSE.badFrame, error.message);
      return;
    }
    this.#run();
  }

  /** An answer to a ping. */
  pong(): void {
    if (this.#pongRenews) this.#sawLife();
  }

  #sawLife(): void {
    if (this.#caller.session !== '') this.coordinator.touch(this.#caller.session);
  }

  /** Runs what has arrived, as far as it may run now. */
  #run(): void {
    if (this.#running) return;
    this.#running = true;
    while (!this.#inbox.empty && this.#mayRun()) {
      const request = this.#inbox.take();
      if (request !== undefined) this.#begin(request);
    }
    this.#running = false;
    this.#readOn(this.#inbox.empty);
  }

  #mayRun(): boolean {
    if (this.#state === 'closed' || this.#state === 'connecting') return false;
    if (this.#unanswered >= this.coordinator.limits.inFlightPerConnection) return false;
    return !this.#outbox.full;
  }

  #readOn(wanted: boolean): void {
    if (this.#paused === !wanted || this.#state === 'closed') return;
    this.#paused = !wanted;
    if (wanted) this.#socket.resume();
    else this.#socket.pause();
  }

  #begin(request: Request): void {
    this.#unanswered += 1;
    const { frame } = request;
    try {
      if (this.#state === 'new') {
        this.#beginSession(request);
        return;
      }
      const refusal = this.#refusal(request);
      if (refusal !== undefined) throw new RequestError(refusal);
      perform(this, request, frame as ClientFrame);
    } catch (error) {
      this.#failed(request, error);
    }
  }

  /** A request that means nothing is refused in its place. */
  #failed(request: Request, error: unknown): void {
    if (error instanceof RequestError) {
      const { refusal } = error;
      this.later(request, () => this.refuse(request, this.coordinator.zxid(), refusal));
    } else this.#broken(error);
  }

  /** A mistake of our own ends this connection, and never what called it. */
  #broken(error: unknown): void {
    this.#log?.error({ err: error }, 'a WebSocket request failed unexpectedly');
    this.close(CLOSE.internal, 'internal error');
  }

  started(): void {
    this.#lane.start();
  }

  /** First what waited in the lane is answered, and only then is more begun: answers keep order. */
  finished(): void {
    this.#lane.finish();
    if (!this.#inbox.empty) this.#run();
  }

  later(request: Request, operation: () => void): void {
    this.#lane.run(() => {
      try {
        operation();
      } catch (error) {
        if (!(error instanceof RequestError)) this.#broken(error);
        else this.refuse(request, this.coordinator.zxid(), error.refusal);
      }
    });
  }

  #refusal({ id, refusal, frame }: Request): Refusal | undefined {
    return this.#ids.refusal(id) ?? refusal ?? frameRefusal(frame);
  }

  // ---------------------------------------------------------------------------- the session

  #beginSession(request: Request): void {
    const { frame } = request;
    const zxid = this.coordinator.zxid();
    if (frame.op !== 'connect') {
      const detail = 'the first frame of a connection is connect';
      this.refuse(request, zxid, { code: 'BadArguments', detail });
      this.close(CLOSE.connectFirst, detail);
      return;
    }
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      this.refuse(request, zxid, refusal);
      return;
    }
    this.#state = 'connecting';
    join(this.coordinator, frame as ConnectFrame, (answer) => {
      if (this.#state !== 'connecting') return;
      if (answer.ok) this.#connected(request, frame as ConnectFrame, answer.joined);
      else this.#notConnected(request, answer.refusal);
    });
  }

  #notConnected(request: Request, refusal: Refusal): void {
    this.refuse(request, this.coordinator.zxid(), refusal);
    if (refusal.code === 'SessionExpired') this.close(CLOSE.sessionEnded, 'the session has ended');
    else this.close(CLOSE.tooMany, 'the session cannot be served here now');
  }

  #connected(request: Request, { heartbeat }: ConnectFrame, joined: Joined): void {
    const { session, token, timeoutMs, resumed, zxid } = joined;
    this.#state = 'connected';
    this.#caller = { session, identities: this.#caller.identities };
    this.#pongRenews = heartbeat !== 'message';
    this.#rounds.pingFor(timeoutMs);
    this.coordinator.attach(session, this);
    const result = { sessionId: session, token, timeoutMs, resumed, readOnly: false };
    this.answer(request, zxid, JSON.stringify(result));
    this.#run();
  }

  ended(reason: 'closed' | 'expired'): void {
    this.#notice(reason);
    this.close(
      CLOSE.sessionEnded,
      `the session has ${reason === 'closed' ? 'been closed' : reason}`,
    );
  }

  moved(): void {
    this.#notice('moved');
    this.close(CLOSE.sessionMoved, 'the session is used on another connection');
  }

  #notice(state: 'closed' | 'expired' | 'moved'): void {
    const { session } = this.#caller;
    this.#outbox.push(JSON.stringify({ event: 'session', state, sessionId: session }));
  }

  sessionClosed(): void {
    this.close(CLOSE.normal, '');
  }

  // ---------------------------------------------------------------------------- what is sent

  answer({ id, group }: Request, zxid: Zxid, result: string): void {
    this.#send(answerFrame(id, zxidText(zxid), result), group);
  }

  refuse({ id, group }: Request, zxid: Zxid, refusal: Refusal): void {
    const error = serialiseError(wireError(refusal) as Parameters<typeof serialiseError>[0]);
    this.#send(refusalFrame(id, zxidText(zxid), error), group);
  }

  #send(text: string, group: number): void {
    this.#unanswered -= 1;
    if (this.#state === 'closed') return;
    this.#outbox.push(text, group);
  }

  deliver(deliveries: readonly Delivery[]): void {
    if (this.#state === 'closed') return;
    if (this.#outbox.full) {
      this.close(
        CLOSE.slowConsumer,
        'the outbox is full: connect again, and watch since your zxid',
      );
      return;
    }
    this.#outbox.push(eventFrame(deliveries));
  }

  room(): Promise<void> | undefined {
    return this.#outbox.room();
  }

  watching(watch: number, fromThePast: boolean): void {
    this.#watches = true;
    if (fromThePast) this.#replaying.add(watch);
  }

  caughtUp(watch: number): void {
    this.#replaying.delete(watch);
  }

  resync(watch: number, oldest: Zxid): void {
    this.#replaying.delete(watch);
    const oldestZxid = formatZxid(oldest);
    this.#outbox.push(JSON.stringify({ event: 'resync', watch, oldestZxid }));
  }

  // ---------------------------------------------------------------------------- time

  /** Called several times a second with the monotonic time. */
  tick(now: number): void {
    if (this.#state === 'closed') return;
    const { connectWithinMs } = this.coordinator.limits;
    if (this.#caller.session === '' && now - this.#openedAt >= connectWithinMs) {
      this.close(CLOSE.connectLate, 'no connect in time');
      return;
    }
    if (this.#rounds.pingDue(now)) this.#socket.ping();
    if (!this.#watches || this.#replaying.size > 0 || this.#outbox.full) return;
    const zxid = this.coordinator.zxid();
    if (this.#rounds.progressDue(now, zxid)) this.#outbox.push(`{"progress":"${zxidText(zxid)}"}`);
  }

  // ---------------------------------------------------------------------------- the end

  close(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    this.#outbox.flush();
    this.#leave();
    // A close frame must be read to be answered, also by a connection that was not read any more.
    if (this.#paused) this.#socket.resume();
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), LINGER_MS).unref();
  }

  /** The connection is gone. The session lives on until its timeout. */
  gone(): void {
    this.#leave();
  }

  #leave(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#outbox.close();
    this.#lane.clear();
    this.#inbox.clear();
    this.coordinator.dropSubscriber(this);
    if (this.#caller.session !== '') this.coordinator.detach(this.#caller.session, this);
  }
}
