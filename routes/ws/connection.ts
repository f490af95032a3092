/**
 * One WebSocket connection, which is one session: it connects, its requests run in order, answers
 * and events leave in order, and it ends with a code that says why.
 *
 * Back-pressure: a bounded number of requests is under way, and none is begun while the outbox is
 * crowded; of what has arrived beyond little waits here, then the socket is not read. Events do not
 * wait: a connection whose outbox is full when one comes is closed and resumes from its zxid.
 */
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { formatZxid, type Zxid } from '../../raftlog/zxid.ts';
import type { Caller, Coordinator, Delivery, Subscriber } from '../../server/types.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { Identity, SessionId } from '../../storage/tree/types.ts';
import { within } from '../chroot.ts';
import type { Authenticator, DigestCredentials } from '../credentials.ts';
import { RequestError, wireError } from '../errors.ts';
import { answerFrame, refusalFrame, serialiseError } from '../serialisers.ts';
import { type ClientFrame, frameRefusal } from '../validators.ts';
import { zxidText } from '../wire.ts';
import { CLOSE, closingOf } from './close-codes.ts';
import type { Conversation } from './conversation.ts';
import { eventFrame } from './event-frame.ts';
import { type ConnectFrame, type Joined, join } from './join.ts';
import { perform } from './operations.ts';
import { Outbox } from './outbox.ts';
import { type Reader, Replays } from './replays.ts';
import { GrowingIds, type Request, requestsOf, UnusableMessage } from './requests.ts';
import { Liveness, Progress } from './rounds.ts';
import { ConnectionSession, type SessionHolder } from './session.ts';
import { type Requester, Turns } from './turns.ts';

/** What is left of a connection that was closed is cut off after this, ms. */
const LINGER_MS = 5000;

type State = 'new' | 'connecting' | 'connected' | 'closed';

export class Connection implements Subscriber, SessionHolder, Conversation, Requester, Reader {
  readonly coordinator: Coordinator;
  readonly subscriber: Subscriber = this;
  readonly via = 'webSocket';
  readonly turns: Turns;
  readonly progress: Progress;
  exactlyOnce = false;
  readonly #socket: WebSocket;
  readonly #log: Logger | undefined;
  readonly #authenticator: Authenticator;
  readonly #outbox: Outbox;
  readonly #openedAt: number;
  #caller: Caller;
  #state: State = 'new';
  #paused = false;
  readonly #ids = new GrowingIds();
  #groups = 0;
  #pongRenews = true;
  readonly #liveness: Liveness;
  readonly session = new ConnectionSession(this);

  constructor(
    coordinator: Coordinator,
    socket: WebSocket,
    raw: Socket,
    options: {
      readonly now: number;
      readonly log: Logger | undefined;
      readonly authenticator: Authenticator;
      /** That it has from its handshake. */
      readonly identities: readonly Identity[];
    },
  ) {
    this.coordinator = coordinator;
    this.#socket = socket;
    this.#log = options.log;
    this.#authenticator = options.authenticator;
    this.#outbox = new Outbox(raw, coordinator.limits.outboxBytes, () => this.turns.goOn());
    this.turns = new Turns(this, coordinator.limits);
    this.#caller = { session: '', identities: options.identities };
    this.#openedAt = options.now;
    this.#liveness = new Liveness(options.now);
    const replays = new Replays(this.turns, this);
    this.progress = new Progress(options.now, coordinator.zxid(), replays);
  }

  get caller(): Caller {
    return this.#caller;
  }

  // ---------------------------------------------------------------------------- what arrives

  /** A message of the client. */
  received(data: Buffer, isBinary: boolean): void {
    if (this.#state === 'closed' || this.turns.ending) return;
    this.#liveness.heard();
    this.#sawLife();
    try {
      if (isBinary) throw new UnusableMessage('text frames only', CLOSE.binary);
      this.#groups += 1;
      this.turns.push(requestsOf(data, this.#groups, this.coordinator.limits));
    } catch (error) {
      if (!(error instanceof UnusableMessage)) throw error;
      this.turns.end(error.closeCode, error.message);
    }
  }

  /** A ping, or the answer to one of ours: what a network stack sends by itself. */
  pinged(): void {
    this.#liveness.heard();
    if (this.#pongRenews) this.#sawLife();
  }

  #sawLife(): void {
    if (this.#caller.session !== '') this.coordinator.touch(this.#caller.session);
  }

  get open(): boolean {
    return (this.#state === 'new' || this.#state === 'connected') && !this.#outbox.crowded;
  }

  readOn(wanted: boolean): void {
    if (this.#paused === !wanted || this.#state === 'closed') return;
    this.#paused = !wanted;
    if (wanted) this.#socket.resume();
    else this.#socket.pause();
  }

  begin(request: Request): void {
    const { frame } = request;
    try {
      if (this.#state === 'new') {
        this.#beginSession(request);
        return;
      }
      const refusal = this.#refusal(request) ?? this.session.refusal(request);
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

  later(request: Request, operation: () => void): void {
    this.turns.inTurn(() => this.attempt(request, operation));
  }

  attempt(request: Request, operation: () => void): void {
    try {
      operation();
    } catch (error) {
      if (!(error instanceof RequestError)) this.#broken(error);
      else this.refuse(request, this.coordinator.zxid(), error.refusal);
    }
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
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
    const { auth = [], chroot = '/', readOnly = false } = frame as ConnectFrame;
    // Of a connect that is refused nothing stays: what is sent next is sent to no other place.
    const caller = within(this.#caller, chroot, this.coordinator.limits);
    const identities = this.authenticate(auth);
    this.#caller = { ...caller, identities, readOnly };
    this.#state = 'connecting';
    join(this.coordinator, frame as ConnectFrame, (answer) => {
      if (this.#state !== 'connecting') return;
      if (answer.ok) this.#connected(request, frame as ConnectFrame, answer.joined);
      else this.#notConnected(request, answer.refusal);
    });
  }

  authenticate(credentials: readonly DigestCredentials[]): readonly Identity[] {
    const { identitiesPerConnection } = this.coordinator.limits;
    const known = this.#caller.identities;
    const identities = this.#authenticator.added(known, credentials, identitiesPerConnection);
    this.#caller = { ...this.#caller, identities };
    return identities;
  }

  #notConnected(request: Request, refusal: Refusal): void {
    this.refuse(request, this.coordinator.zxid(), refusal);
    this.close(...closingOf(refusal));
  }

  #connected(request: Request, frame: ConnectFrame, joined: Joined): void {
    this.#state = 'connected';
    this.#pongRenews = frame.heartbeat !== 'message';
    this.exactlyOnce = frame.exactlyOnce === true;
    if (this.exactlyOnce) this.#ids.beginAnew();
    this.answer(request, joined.zxid, this.session.begin(joined, frame));
    this.turns.goOn();
  }

  speakFor(session: SessionId | '', timeoutMs: number): void {
    this.#caller = { ...this.#caller, session };
    this.#liveness.judgeBy(timeoutMs);
  }

  tell(frame: string): void {
    this.#outbox.push(frame);
  }

  sessionClosed(): void {
    this.close(CLOSE.normal, '');
  }

  // ---------------------------------------------------------------------------- what is sent

  answer(request: Request, zxid: Zxid, result: string, replayed?: true): void {
    const { coordinator } = this;
    const { id } = request;
    this.#send(request, answerFrame(id, zxidText(zxid), result, coordinator.readOnly(), replayed));
  }

  refuse(request: Request, zxid: Zxid, refusal: Refusal): void {
    const error = serialiseError(wireError(refusal) as Parameters<typeof serialiseError>[0]);
    this.#send(
      request,
      refusalFrame(request.id, zxidText(zxid), error, this.coordinator.readOnly()),
    );
  }

  #send(request: Request, text: string): void {
    this.turns.answered(request);
    if (this.#state !== 'closed') this.#outbox.push(text, request.group);
  }

  get full(): boolean {
    return this.#outbox.full;
  }

  deliver(deliveries: readonly Delivery[]): void {
    if (this.#state === 'closed') return;
    if (this.#outbox.full) {
      this.giveUp();
      return;
    }
    this.#outbox.push(eventFrame(deliveries));
  }

  stuck(): boolean {
    return this.#outbox.stuck();
  }

  giveUp(): void {
    this.close(CLOSE.slowConsumer, 'the outbox is full: connect again, and watch since your zxid');
  }

  room(): Promise<void> | undefined {
    return this.#outbox.room();
  }

  caughtUp(watch: number): void {
    this.progress.settled(watch);
  }

  resync(watch: number, oldest: Zxid): void {
    this.#outbox.push(JSON.stringify({ event: 'resync', watch, oldestZxid: formatZxid(oldest) }));
    this.progress.settled(watch);
  }

  // ---------------------------------------------------------------------------- time

  /** Called several times a second with the monotonic time. */
  tick(now: number): void {
    if (this.#state === 'closed') return;
    const { connectWithinMs } = this.coordinator.limits;
    if (this.#state !== 'connected' && now - this.#openedAt >= connectWithinMs) {
      this.close(CLOSE.connectLate, 'no connect in time');
      return;
    }
    // What is not read cannot be heard, and our pings are behind what is still to be taken.
    const isTaken = this.#outbox.isTaken();
    if (this.#paused || isTaken) this.#liveness.heard();
    // It has sent what is held back here, and is alive at least as long as that is.
    if (this.turns.holding || (isTaken && (this.#paused || this.#pongRenews))) this.#sawLife();
    if (this.#liveness.silent(now)) {
      this.#socket.terminate();
      return;
    }
    if (this.#liveness.pingDue(now)) this.#socket.ping();
    this.session.tick(now);
    if (this.#outbox.crowded) return;
    const zxid = this.coordinator.zxid();
    if (this.progress.due(now, zxid)) this.#outbox.push(`{"progress":"${zxidText(zxid)}"}`);
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
    this.turns.clear();
    this.progress.clear();
    this.coordinator.dropSubscriber(this);
    this.session.leave();
  }
}
