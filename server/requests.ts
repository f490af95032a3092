/**
 * The requests of this member's clients that change something or must wait for the log, from the
 * moment they are taken to their answer. One order for all of them: judged in it, by the leader
 * wherever it is, and answered in it, here, when this member has applied what the answer rests on.
 * So a client reads its own writes on the member that it uses.
 */
import { assert } from '../raftlog/assert.ts';
import type { Entry, LogIndex } from '../raftlog/types.ts';
import { epochOf, type Zxid } from '../raftlog/zxid.ts';
import { transactionOfAnswer } from '../storage/tree/answer-text.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { resultsOf } from '../storage/tree/results.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { RequestName, Transaction, WriteRequest } from '../storage/tree/types.ts';
import { Applied } from './applied.ts';
import type { Place } from './barriers.ts';
import type { Clock } from './clock.ts';
import type { History } from './history.ts';
import { type AppliedThrough, NOWHERE, type PendingRequest, PendingRequests } from './pending.ts';
import { isInLog, type Verdict } from './primary.ts';
import type { Caller, Refused, WriteAnswer } from './types.ts';

/** How long a request waits for a leader, and for everything else, before it is given up, ms. */
export const LEADER_WAIT_MS = 5000;
export const ANSWER_WAIT_MS = 15_000;

/** How often requests whose time is up are looked for, ms. */
const SWEEP_MS = 250;

type SyncAnswer = { readonly ok: true; readonly zxid: Zxid } | Refused;

/** A connection is known by its session; whoever has none has sent nothing before. */
function orderOf(caller: Caller): unknown {
  return caller.session === '' ? caller : caller.session;
}

/** A request that is judged by the leader. */
export abstract class JudgedRequest implements PendingRequest {
  index: LogIndex | undefined = undefined;
  epoch = 0;
  /** Handed to a leader of which nothing was heard since: it may have been taken. */
  sent = false;
  /** It was answered, for its time was up: it must not be sent any more. */
  expired = false;
  readonly order: unknown;
  protected readonly applied: Applied;
  /** Monotonic time at which it came. */
  protected readonly since: number;

  constructor(since: number, applied: Applied, caller: Caller | undefined) {
    this.order = caller && orderOf(caller);
    this.since = since;
    this.applied = applied;
  }

  get deadline(): number {
    return this.since + (this.mayBeTaken ? ANSWER_WAIT_MS : LEADER_WAIT_MS);
  }

  protected get mayBeTaken(): boolean {
    return this.sent || this.index !== undefined;
  }

  abstract answer(): void;
  abstract refuse(refusal: Refusal): void;
  /** The stream that it was sent on is lost: whether it may be sent again. */
  abstract lost(): boolean;

  expire(): void {
    this.expired = true;
    this.refuse(this.mayBeTaken ? TOO_LATE : NO_LEADER);
  }
}

const NO_LEADER: Refusal = {
  code: 'NotReady',
  detail: 'the ensemble has had no leader for too long',
  retryAfter: 1,
};
const TOO_LATE: Refusal = {
  code: 'OutcomeUnknown',
  detail: 'the request was not decided in time',
};
const UNCONFIRMED: Refusal = {
  code: 'NotReady',
  detail: 'no quorum has confirmed in time that what this member knows is the latest',
  retryAfter: 1,
};
const BEHIND: Refusal = {
  code: 'NotReady',
  detail: 'this member has not applied in time what a quorum had confirmed',
  retryAfter: 1,
};
const LEADER_LOST: Refusal = {
  code: 'OutcomeUnknown',
  detail: 'the leader was lost before it answered',
};
const REPLACED: Refusal = {
  code: 'NotReady',
  detail: 'the leader was lost before the request was decided; it was not applied',
  retryAfter: 1,
};
const FORGOTTEN: Refusal = {
  code: 'OutcomeUnknown',
  detail: 'the answer came too late to know what became of the request',
};

export class PendingWrite extends JudgedRequest {
  readonly caller: Caller;
  readonly request: WriteRequest;
  readonly name: RequestName | undefined;
  readonly #done: (answer: WriteAnswer) => void;
  #verdict: Verdict | undefined;
  #lost = false;
  /** A leader was sent it and lost, and it was sent to another one: either may have taken it. */
  #again = false;
  #rejected: Refusal | undefined;

  constructor(
    since: number,
    applied: Applied,
    caller: Caller,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    name: RequestName | undefined,
  ) {
    super(since, applied, caller);
    this.caller = caller;
    this.request = request;
    this.name = name;
    this.#done = done;
  }

  /**
   * The leader's word on it. One that stands in no log needs a quorum's word that the leader was
   * none of the past: before that it is not `isDecided`, and waits for `upheld` or `overruled`.
   */
  settle(verdict: Verdict, isDecided: boolean): void {
    this.#verdict = verdict;
    if (isDecided || isInLog(verdict)) this.#rest(verdict);
    // Not taken, whatever becomes of the leader.
    else this.sent = false;
  }

  upheld(): void {
    if (this.#verdict !== undefined) this.#rest(this.#verdict);
  }

  /** It must not be judged again: what was sent behind it may have been done. */
  overruled(): void {
    this.reject(REPLACED);
  }

  /**
   * The next entry decides as a quorum's word does: one of the same epoch was taken by a quorum
   * after the leader had judged, so there was no other leader then; another epoch's may be of one
   * that was there already.
   */
  decide({ index, epoch }: AppliedThrough): boolean {
    const verdict = this.#verdict;
    if (this.index !== undefined || verdict === undefined || !('after' in verdict)) return false;
    if (verdict.after.index >= index) return false;
    if (epochOf(verdict.after.zxid) === epoch) this.upheld();
    else this.overruled();
    return true;
  }

  #rest(verdict: Verdict): void {
    const { index, zxid } = verdict.kind === 'proposed' ? verdict : verdict.after;
    this.index = index;
    this.epoch = epochOf(zxid);
  }

  protected override get mayBeTaken(): boolean {
    return this.#again || super.mayBeTaken;
  }

  override expire(): void {
    if (this.#verdict === undefined || this.index !== undefined || this.#again) {
      super.expire();
    } else {
      this.expired = true;
      this.refuse(UNCONFIRMED);
    }
  }

  /** With a name it is applied once however often it is sent. */
  lost(): boolean {
    this.#again = this.name !== undefined;
    if (this.#again) return true;
    this.#lost = true;
    this.index = 0;
    return false;
  }

  /** It is not to be judged at all, and is refused in its turn. */
  reject(refusal: Refusal): void {
    this.#rejected = refusal;
    this.index = 0;
  }

  answer(): void {
    const verdict = this.#verdict;
    if (verdict?.kind !== 'proposed' && this.#answerRepeated()) return;
    const rejected = this.#lost ? LEADER_LOST : this.#rejected;
    if (rejected !== undefined) {
      this.#refuseUndone(rejected);
      return;
    }
    assert(verdict !== undefined, 'what is answered was judged');
    if (verdict.kind === 'proposed') {
      this.#answerProposed(verdict.zxid);
      return;
    }
    // It rests on entries that were lost with their leader: nothing is known of it now.
    if (!this.applied.holds(verdict.after.zxid)) {
      this.#refuseUndone(REPLACED);
      return;
    }
    switch (verdict.kind) {
      case 'refused':
        this.refuse(verdict.refusal);
        return;
      case 'repeated':
        this.refuse(FORGOTTEN);
        return;
      case 'unchanged':
        this.#done({ ok: true, zxid: this.applied.zxid, results: verdict.results });
        return;
    }
  }

  refuse(refusal: Refusal): void {
    this.#done({ ok: false, zxid: this.applied.zxid, refusal });
  }

  /** This attempt came to nothing; a former one may have, with a leader that was lost. */
  #refuseUndone(refusal: Refusal): void {
    this.refuse(this.#again ? LEADER_LOST : refusal);
  }

  /** Of what was done before the log tells, whatever a leader said of it; false when it was not. */
  #answerRepeated(): boolean {
    const { name, caller, request } = this;
    if (!this.#again && this.#verdict?.kind !== 'repeated') return false;
    const kept = name === undefined ? undefined : this.applied.kept(name, caller.session);
    if (kept === undefined) return false;
    const { zxid, text } = kept;
    const results = resultsOf(zxid, transactionOfAnswer(text), request);
    this.#done({ ok: true, zxid, results, replayed: true });
    return true;
  }

  #answerProposed(zxid: Zxid): void {
    const transaction = this.applied.transaction(zxid);
    if (transaction === undefined) this.refuse(FORGOTTEN);
    else if (transaction !== 'absent') {
      this.#done({ ok: true, zxid, results: resultsOf(zxid, transaction, this.request) });
    } else if (!this.#answerRepeated()) this.#refuseUndone(REPLACED);
  }
}

export class PendingSync extends JudgedRequest {
  readonly id: number;
  readonly #done: (answer: SyncAnswer) => void;
  readonly #told: (sync: PendingSync) => void;

  constructor(
    since: number,
    applied: Applied,
    caller: Caller | undefined,
    id: number,
    done: (answer: SyncAnswer) => void,
    told: (sync: PendingSync) => void,
  ) {
    super(since, applied, caller);
    this.id = id;
    this.#done = done;
    this.#told = told;
  }

  /**
   * A quorum has confirmed the leader, which had committed so much when it was asked: that is in
   * the log of every later leader, and is waited for, whoever leads.
   */
  confirmed(index: LogIndex): void {
    this.index = index;
    this.#told(this);
  }

  /** It changes nothing: it may be asked as often as it takes. */
  lost(): boolean {
    return true;
  }

  /** Unconfirmed it waits no longer than for a leader: one that cannot confirm it is none. */
  override get deadline(): number {
    return this.since + (this.index === undefined ? LEADER_WAIT_MS : ANSWER_WAIT_MS);
  }

  override expire(): void {
    this.expired = true;
    this.refuse(this.index === undefined ? UNCONFIRMED : BEHIND);
  }

  answer(): void {
    this.#done({ ok: true, zxid: this.applied.zxid });
  }

  refuse(refusal: Refusal): void {
    this.#done({ ok: false, refusal });
  }
}

/** Sees to it that requests are judged, in the order in which they are handed over. */
export interface Judge {
  judge(request: PendingWrite | PendingSync): void;
}

export class ClientRequests {
  readonly #clock: Clock;
  readonly #pending = new PendingRequests();
  readonly #applied: Applied;
  readonly #appliedIndex: () => LogIndex;
  readonly #confirmed = (sync: PendingSync) => this.#pending.confirmed(sync);
  #lastSync = 0;
  #stopped = false;

  constructor(
    state: ReplicatedState,
    history: History,
    clock: Clock,
    appliedIndex: () => LogIndex,
  ) {
    this.#clock = clock;
    this.#appliedIndex = appliedIndex;
    this.#applied = new Applied(state, history);
  }

  /** Requests that are not answered yet. */
  get length(): number {
    return this.#pending.length;
  }

  start(): void {
    this.#clock.after(SWEEP_MS, () => {
      if (this.#stopped) return;
      this.release();
      const now = this.#clock.monotonic();
      this.#pending.expire(now, this.#appliedThrough);
      // What was not taken in time does not wait for what may have been taken before it.
      this.#pending.expireBehind(now, ANSWER_WAIT_MS - LEADER_WAIT_MS);
      this.release();
      this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  write(
    caller: Caller,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    judge: Judge,
    name?: RequestName,
  ): void {
    const now = this.#clock.monotonic();
    const pending = new PendingWrite(now, this.#applied, caller, request, done, name);
    this.#pending.push(pending);
    judge.judge(pending);
    // A refusal that rests on nothing outstanding is answered at once.
    if (pending.index !== undefined && pending.index <= this.#appliedIndex()) this.release();
  }

  /**
   * Behind the requests that the session of `caller` has pending, and nobody else's: a barrier says
   * what was decided, and not what will become of a write that hangs.
   */
  sync(done: (answer: SyncAnswer) => void, judge: Judge, caller?: Caller): void {
    this.#lastSync += 1;
    const now = this.#clock.monotonic();
    const told = this.#confirmed;
    const pending = new PendingSync(now, this.#applied, caller, this.#lastSync, done, told);
    this.#pending.pushBarrier(pending, this.turnOf(caller));
    judge.judge(pending);
  }

  /** Behind all that the session of `caller` has pending, for `inTurn`. */
  turnOf(caller: Caller | undefined): Place {
    if (caller === undefined || caller.session === '') return NOWHERE;
    return this.#pending.lastOf(orderOf(caller));
  }

  /**
   * Runs when everything through `turn` has been answered, and what of its session came here before
   * it: now, or at once thereafter.
   */
  inTurn(turn: Place, caller: Caller | undefined, run: () => void): void {
    const order = caller?.session || undefined;
    if (this.#pending.isOver(turn) && !this.#pending.mayHoldUp(order)) run();
    else {
      const deadline = Number.POSITIVE_INFINITY;
      const waiting = { index: 0, deadline, order, answer: run, expire: run };
      this.#pending.pushBarrier(waiting, turn);
    }
  }

  /** Refuses in its turn what is not to be judged at all; at once when nothing is pending. */
  refuse(caller: Caller, refusal: Refusal, done: (answer: WriteAnswer) => void): void {
    const answer = () => done({ ok: false, zxid: this.#applied.zxid, refusal });
    const order = orderOf(caller);
    if (this.#pending.none) answer();
    else this.#pending.push({ index: 0, epoch: 0, deadline: 0, order, answer, expire: answer });
  }

  /**
   * The entry is about to be applied. What a leader judged on the state before it is answered
   * before: reads that were sent behind that must see nothing of what was sent behind them.
   */
  decide({ index, zxid }: Entry): void {
    if (!this.#pending.none) {
      this.#pending.decide({ index, epoch: epochOf(zxid) }, this.#appliedThrough);
    }
  }

  /** A transaction was applied: what is answered next is about it. */
  applied(entry: Entry, transaction: Transaction): void {
    this.#applied.now(entry.zxid, transaction);
  }

  /** Answers what rests on nothing that may still be applied here. */
  release(): void {
    this.#pending.release(this.#appliedThrough);
    this.#pending.releaseBarriers(this.#appliedThrough);
  }

  /** The same in the middle of a batch, of which barriers wait for the end. */
  releaseWrites(): void {
    this.#pending.release(this.#appliedThrough);
  }

  get #appliedThrough(): AppliedThrough {
    return { index: this.#appliedIndex(), epoch: epochOf(this.#applied.zxid) };
  }
}
