/**
 * The session that a connection speaks for: what becomes of it, and what the connection is told.
 *
 * A client that allows read-only service is connected by a member without a leader, too. There no
 * session can be opened: the connection has none, reads and watches, and gets a new session of its
 * own as soon as the ensemble can open one. A session that it shows stays what it is; whether it
 * lives on is decided where the quorum is.
 *
 * A session ends where the quorum is, and a member that is cut off cannot know of it. So every
 * connection is told when nothing is certain any more (`uncertain`), before anybody else can be
 * given what the session holds, and when it is again (`connected`), or the end.
 */
import type {
  Coordinator,
  ReadOnlyService,
  SessionAttachment,
  Subscriber,
} from '../../server/types.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { SessionId } from '../../storage/tree/types.ts';
import { Certainty } from './certainty.ts';
import { CLOSE } from './close-codes.ts';
import type { ConnectFrame, Joined } from './join.ts';
import type { Request } from './requests.ts';
import { ROUND_MS } from './rounds.ts';

/** Shown for a session where there is none; no session has this id. */
const NO_SESSION = '0000000000000000';

/** How often a session is asked for that cannot be opened, ms. */
const RETRY_MS = 1000;

const WITHOUT_SESSION: Refusal = {
  code: 'ReadOnly',
  detail: 'the connection has no session: it has come while the member had no leader, and reads',
  retryAfter: 1,
};

/** What needs a session, or somebody who leads. */
const NEEDS_SESSION: ReadonlySet<unknown> = new Set([
  ...['create', 'set', 'delete', 'setAcl', 'setQuota', 'removeQuota', 'transaction'],
  ...['sync', 'ephemerals'],
]);

/** The connection that has it. */
export interface SessionHolder {
  readonly coordinator: Coordinator;
  readonly isClosed: boolean;
  readonly subscriber: Subscriber;
  /** Sends a frame in its place between the answers. */
  tell(frame: string): void;
  close(code: number, reason: string): void;
  /** Requests that begin from now on are this session's, '' = none's. */
  speakFor(session: SessionId | '', timeoutMs: number): void;
}

export class ConnectionSession implements SessionAttachment {
  readonly #holder: SessionHolder;
  #session: SessionId | '' = '';
  #timeoutMs = 0;
  /** The client takes answers from a member without a leader, and is told of such times. */
  #allowsReadOnly = false;
  #toldReadOnly = false;
  /** Of the session, while there is one. */
  #certainty: Certainty | undefined;
  #toldUncertain = false;
  /** It is looked after once more before the next tick. */
  #looksSoon = false;
  #connected = false;
  #opening = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(holder: SessionHolder) {
    this.#holder = holder;
  }

  get subscriber(): Subscriber {
    return this.#holder.subscriber;
  }

  /** `connect` has succeeded; its result as JSON text. */
  begin(joined: Joined, frame: ConnectFrame): string {
    const { session, token, timeoutMs, resumed, lastId } = joined;
    this.#connected = true;
    this.#allowsReadOnly = frame.readOnly === true;
    this.#adopt(session, timeoutMs, joined.expiresInMs);
    const readOnly = this.#holder.coordinator.readOnly() !== undefined;
    this.#toldReadOnly = readOnly;
    const shown = this.#shown(session === '' ? undefined : token, joined.expiresInMs);
    const ids = frame.exactlyOnce === true ? { lastId } : undefined;
    return JSON.stringify({ ...shown, resumed, readOnly, ...ids });
  }

  #adopt(session: SessionId | '', timeoutMs: number, left: number | undefined): void {
    this.#session = session;
    this.#timeoutMs = timeoutMs;
    this.#holder.speakFor(session, timeoutMs);
    if (session === '') return;
    const { coordinator } = this.#holder;
    coordinator.attach(session, this);
    const remaining = () => coordinator.sessionInfo(session)?.expiresInMs ?? 0;
    this.#certainty = new Certainty(performance.now(), timeoutMs, left ?? 0, remaining);
  }

  #shown(token: string | undefined, expiresInMs: number | undefined): object {
    const sessionId = this.#session || NO_SESSION;
    return { sessionId, token, timeoutMs: this.#timeoutMs, expiresInMs };
  }

  /** For how long the session certainly lives on, ms; undefined where there is none. */
  get expiresInMs(): number | undefined {
    return this.#certainty?.left(performance.now());
  }

  /** Why a connection without a session does not do this, if it does not. */
  refusal({ frame }: Request): Refusal | undefined {
    if (this.#session !== '' || !NEEDS_SESSION.has(frame.op)) return undefined;
    return WITHOUT_SESSION;
  }

  /** Called several times a second with the monotonic time. */
  tick(now: number): void {
    if (!this.#connected) return;
    // Who does not allow it has its reads refused meanwhile, and is told nothing of it.
    const service = this.#allowsReadOnly ? this.#holder.coordinator.readOnly() : undefined;
    if (this.#certainty === undefined) {
      if (service === undefined) this.#open(now);
    } else this.#look(service, this.#certainty.lasts(now));
  }

  /** Each state is told once. It lasts until `connected`, when everything is well. */
  #look(service: ReadOnlyService | undefined, lasts: number): void {
    const wasWell = !this.#toldReadOnly && !this.#toldUncertain;
    if (service !== undefined && !this.#toldReadOnly) {
      this.#toldReadOnly = true;
      this.#notice('connectedReadOnly', service);
    }
    if (lasts > 0) this.#lookSoon(lasts);
    else if (!this.#toldUncertain) {
      this.#toldUncertain = true;
      this.#notice('uncertain');
    }
    if (wasWell || service !== undefined || lasts <= 0) return;
    this.#toldReadOnly = false;
    this.#toldUncertain = false;
    this.#notice('connected');
  }

  /** The next tick would be late: what the session holds may be another one's by then. */
  #lookSoon(lasts: number): void {
    if (lasts >= ROUND_MS || this.#looksSoon) return;
    this.#looksSoon = true;
    const look = () => {
      this.#looksSoon = false;
      if (!this.#holder.isClosed) this.tick(performance.now());
    };
    setTimeout(look, Math.ceil(lasts)).unref();
  }

  #open(now: number): void {
    if (this.#opening || now - this.#askedAt < RETRY_MS) return;
    this.#opening = true;
    this.#askedAt = now;
    this.#holder.coordinator.openSession(this.#timeoutMs, (answer) => {
      this.#opening = false;
      // Nobody knows the token of one that came too late: it expires.
      if (!answer.ok || this.#holder.isClosed) return;
      this.#adopt(answer.session, answer.timeoutMs, answer.expiresInMs);
      this.#toldReadOnly = false;
      this.#notice('connected', this.#shown(answer.token, answer.expiresInMs));
    });
  }

  ended(reason: 'closed' | 'expired'): void {
    this.#notice(reason);
    this.#holder.close(
      CLOSE.sessionEnded,
      `the session has ${reason === 'closed' ? 'been closed' : reason}`,
    );
  }

  moved(): void {
    this.#notice('moved');
    this.#holder.close(CLOSE.sessionMoved, 'the session is used on another connection');
  }

  #notice(state: string, more?: object): void {
    const sessionId = this.#session || NO_SESSION;
    this.#holder.tell(JSON.stringify({ event: 'session', state, sessionId, ...more }));
  }

  /** The connection has ended. The session lives on until its timeout. */
  leave(): void {
    if (this.#session !== '') this.#holder.coordinator.detach(this.#session, this);
  }
}
