/**
 * The leader's look at whether a request is a repeat: of one whose answer is kept, or of one that
 * is outstanding. Knows nothing of what requests do.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import { AnswerRoom } from './answer-room.ts';
import { answerText } from './answer-text.ts';
import type { PrepareContext, PrepareLimits } from './draft.ts';
import type { Refusal } from './errors.ts';
import type { Holding } from './key-holders.ts';
import { KeyShares } from './key-shares.ts';
import type { ReplicatedState } from './state.ts';
import type {
  IdName,
  KeyName,
  LoggedId,
  LoggedName,
  SessionId,
  Transaction,
  WriteRequest,
} from './types.ts';

/** How long the answer to a key is kept at least, ms of the time in the log. */
export const KEY_LIFE_MS = 600_000;

/** Keys that one transaction makes forgotten, at most: it must not take long. */
const FORGOTTEN_AT_ONCE = 1000;

/** Sessions are looked through for those that have ended when so many are remembered. */
const SESSIONS_REMEMBERED = 4096;

export type Look =
  /** To be judged; `name` is for the transaction that comes of it. */
  | { readonly kind: 'new'; readonly name: LoggedName | undefined }
  /** Its answer is, or will be, that of the first attempt. */
  | { readonly kind: 'repeated' }
  /** To be judged, but nothing may come of it any more: what was sent after it is in the log. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const REPEATED: Look = { kind: 'repeated' };
const PASSED: Look = { kind: 'passed' };
const UNNAMED: Look = { kind: 'new', name: undefined };
const MISMATCH: Look = {
  kind: 'refused',
  refusal: {
    code: 'RepeatMismatch',
    detail: 'under this key or id another request was applied; choose a new one for each request',
  },
};
const FORGOTTEN: Look = {
  kind: 'refused',
  refusal: {
    code: 'OutcomeUnknown',
    detail: 'the id is older than the answers that are kept for the session',
  },
};

/** What is answered in place of a passed request that would now change something. */
export const ID_PASSED: Refusal = {
  code: 'IdPassed',
  detail: 'nothing was ever applied under this id, and one after it was: it is too late for it',
};

interface OutstandingName {
  readonly zxid: Zxid;
  readonly name: LoggedName;
  /** Of a key: for whom it is counted, and the units of the answer to it. */
  readonly holdings: readonly Holding[];
  readonly units: number;
}

const NOBODY: readonly Holding[] = [];

/** In which neither takes the place of the other: a hash has no dot. */
function labelOf(name: LoggedName): string {
  return 'id' in name ? labelOfId(name.session, name.id) : name.key;
}

function labelOfId(session: SessionId, id: number): string {
  return `${session}.${id}`;
}

export class Repeats {
  readonly #state: ReplicatedState;
  readonly #keyLifeMs: number;
  /** In the order of their zxids; those before `#head` are applied. */
  #queue: (OutstandingName | undefined)[] = [];
  #head = 0;
  /** The fingerprints of those, by what `labelOf` calls them. */
  readonly #fingerprints = new Map<string, string>();
  readonly #shares: KeyShares;
  readonly #room: AnswerRoom;
  /** The last id of sessions that have used one since this was empty, applied or outstanding. */
  readonly #lastIds = new Map<SessionId, number>();
  #rememberedMost = SESSIONS_REMEMBERED;

  readonly #hasSession: (session: SessionId) => boolean;

  /** `hasSession`: whether it exists in the seen state, and is not closing. */
  constructor(
    state: ReplicatedState,
    limits: PrepareLimits,
    hasSession: (session: SessionId) => boolean,
  ) {
    this.#state = state;
    this.#hasSession = hasSession;
    this.#keyLifeMs = limits.keyLifeMs ?? KEY_LIFE_MS;
    this.#shares = new KeyShares(limits);
    this.#room = new AnswerRoom(limits);
  }

  look(request: WriteRequest, context: PrepareContext): Look {
    const { name, session } = context;
    if (name === undefined) return UNNAMED;
    if ('key' in name) return this.#lookForKey(name, context);
    // With the end of a session everything goes that is known of its ids.
    if (session === '' || request.op === 'closeSession') return UNNAMED;
    const previous = this.#lastId(session);
    if (name.id > previous) return { kind: 'new', name: { ...name, session, previous } };
    // The answers of a session that ends go with it: the request is refused for that.
    return this.#hasSession(session) ? this.#lookForId(session, name) : UNNAMED;
  }

  #lastId(session: SessionId): number {
    return this.#lastIds.get(session) ?? this.#state.answers.ofSession(session)?.lastId ?? 0;
  }

  #lookForId(session: SessionId, { id, fingerprint }: IdName): Look {
    const answers = this.#state.answers.ofSession(session);
    const first = answers?.find(id)?.fingerprint ?? this.#fingerprints.get(labelOfId(session, id));
    if (first !== undefined) return first === fingerprint ? REPEATED : MISMATCH;
    return id <= (answers?.forgottenId ?? 0) ? FORGOTTEN : PASSED;
  }

  #lookForKey(name: KeyName, { time, ledMs }: PrepareContext): Look {
    const { key, fingerprint, holders = [] } = name;
    const { answers } = this.#state;
    // The clock of a new leader may be ahead: by it, what was just answered would be old.
    const keyLifeMs = this.#keyLifeMs;
    const isTimeKnown = ledMs === undefined || ledMs >= keyLifeMs;
    const through = isTimeKnown ? time - keyLifeMs : 0;
    const old = answers.oldKeys(through, FORGOTTEN_AT_ONCE, holders);
    const kept = answers.ofKey(key);
    const isKept = kept !== undefined && kept.zxid > old.zxid;
    const first = this.#fingerprints.get(key) ?? (isKept ? kept.fingerprint : undefined);
    if (first !== undefined) return first === fingerprint ? REPEATED : MISMATCH;
    const isAllOld = old.keys < FORGOTTEN_AT_ONCE;
    const refusal = this.#shares.refusal(answers, holders, old, isAllOld);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    return { kind: 'new', name: { ...name, forgets: old.zxid } };
  }

  /** As `AnswerRoom.taken`. */
  withRoom(name: LoggedId, transaction: Transaction): Transaction | Refusal {
    return this.#room.taken(name, transaction, this.#state.answers);
  }

  /** The transaction is outstanding from now on. */
  keep(zxid: Zxid, name: LoggedName, transaction: Transaction): void {
    this.#fingerprints.set(labelOf(name), name.fingerprint);
    if ('id' in name) {
      this.#lastIds.set(name.session, name.id);
      this.#queue.push({ zxid, name, holdings: NOBODY, units: 0 });
    } else {
      const units = answerText(transaction).length;
      const holdings = this.#shares.add(name.holders ?? [], units);
      this.#queue.push({ zxid, name, holdings, units });
    }
  }

  applied(zxid: Zxid): void {
    const queue = this.#queue;
    for (; this.#head < queue.length; this.#head += 1) {
      const first = queue[this.#head] as OutstandingName;
      if (first.zxid > zxid) break;
      this.#fingerprints.delete(labelOf(first.name));
      if ('key' in first.name) this.#shares.remove(first.holdings, first.units);
      else this.#room.applied(first.name);
      queue[this.#head] = undefined;
    }
    if (this.#head === queue.length) {
      queue.length = 0;
      this.#head = 0;
    } else if (this.#head >= 1024 && this.#head * 2 >= queue.length) {
      this.#queue = queue.slice(this.#head);
      this.#head = 0;
    }
    if (this.#lastIds.size > this.#rememberedMost) this.#forgetSessions();
  }

  reset(): void {
    this.#queue = [];
    this.#head = 0;
    this.#fingerprints.clear();
    this.#shares.reset();
    this.#room.reset();
    this.#lastIds.clear();
  }

  /** What the table of answers knows by itself need not be remembered. */
  #forgetSessions(): void {
    this.#lastIds.clear();
    for (let at = this.#head; at < this.#queue.length; at += 1) {
      const { name } = this.#queue[at] as OutstandingName;
      if ('id' in name) this.#lastIds.set(name.session, name.id);
    }
    this.#rememberedMost = Math.max(SESSIONS_REMEMBERED, 2 * this.#lastIds.size);
  }
}
