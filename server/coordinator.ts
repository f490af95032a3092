/**
 * The member's service, as the routes see it (`Coordinator` in types.ts). In the trace of a write
 * it prepares the request against the tree and everything still outstanding, hands the transaction
 * to the replica, and answers when it has been applied: events first, then the answer.
 */
import type { Entry, ReadId } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { type PrepareContext, Preparer } from '../storage/tree/prepare.ts';
import { type ReadAnswer, type ReadRequest, read } from '../storage/tree/reads.ts';
import { resultsOf } from '../storage/tree/results.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type {
  OpResult,
  SessionId,
  Transaction,
  WatchKind,
  WriteRequest,
} from '../storage/tree/types.ts';
import type { Recovered, Storage } from '../storage/types.ts';
import { AclListeners } from './acl-listeners.ts';
import type { Clock } from './clock.ts';
import { EventHub } from './event-hub.ts';
import { Freshness } from './freshness.ts';
import { History } from './history.ts';
import type { Limits } from './limits.ts';
import { LogArchive } from './log-archive.ts';
import { type PendingRequest, PendingRequests } from './pending.ts';
import { Reaper } from './reaper.ts';
import { Replica, type ReplicaListener } from './replica.ts';
import { Sessions } from './sessions.ts';
import { makeSecret, tokenOf } from './tokens.ts';
import type {
  Caller,
  Coordinator,
  MemberStatus,
  OpenSessionAnswer,
  Refused,
  SessionAttachment,
  SessionInfo,
  Subscriber,
  WatchAnswer,
  WatchOptions,
  WriteAnswer,
} from './types.ts';

export interface MemberCoordinatorOptions {
  readonly id: number;
  readonly storage: Storage;
  readonly state: ReplicatedState;
  readonly recovered: Recovered;
  readonly limits: Limits;
  readonly clock: Clock;
}

/** The member acting for itself: reaping and expiry belong to no client. */
const SYSTEM_CALLER: Caller = { session: '', identities: [] };

/**
 * Writes are refused while the volume has less than this left, so that the log itself never fails.
 */
export const DISK_RESERVE_BYTES = 64 * 1024 * 1024;

/** Requests that make room are taken on up to this multiple of the limit on writes in flight. */
const RELIEF_FACTOR = 2;

/** A write that waits for its own entry. */
class PendingWrite implements PendingRequest {
  readonly index: number;
  readonly confirmed = true;
  readonly #request: WriteRequest;
  readonly #done: (answer: WriteAnswer) => void;
  readonly #current: CurrentTransaction;

  constructor(
    index: number,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    current: CurrentTransaction,
  ) {
    this.index = index;
    this.#request = request;
    this.#done = done;
    this.#current = current;
  }

  answer(): void {
    const { zxid, transaction } = this.#current;
    this.#done({ ok: true, zxid, results: resultsOf(zxid, transaction, this.#request) });
  }
}

/** The transaction being applied right now: what the write answered next is about. */
interface CurrentTransaction {
  zxid: Zxid;
  transaction: Transaction;
}

export class MemberCoordinator implements Coordinator, ReplicaListener {
  readonly limits: Limits;
  readonly #id: number;
  readonly #state: ReplicatedState;
  readonly #storage: Storage;
  readonly #clock: Clock;
  readonly #replica: Replica;
  readonly #preparer: Preparer;
  readonly #pending = new PendingRequests();
  readonly #sessions: Sessions;
  readonly #hub: EventHub;
  readonly #aclListeners = new AclListeners();
  readonly #freshness: Freshness;
  readonly #reaper: Reaper;
  readonly #startedAt: number;
  readonly #current: CurrentTransaction;
  /** Syncs whose confirmation is under way, by the id the core knows them by. */
  readonly #syncs = new Map<ReadId, { confirmed: boolean }>();
  #lastReadId: ReadId = 0;
  #lastTime = 0;
  #connections = 0;
  #fatal: string | undefined;
  #becameReady: (() => void) | undefined;

  constructor(options: MemberCoordinatorOptions) {
    const { state, storage, recovered, clock, limits } = options;
    this.limits = limits;
    this.#id = options.id;
    this.#state = state;
    this.#storage = storage;
    this.#clock = clock;
    this.#startedAt = clock.monotonic();
    this.#current = { zxid: state.lastZxid, transaction: { time: 0, changes: [] } };
    this.#preparer = new Preparer(state, limits);
    this.#sessions = new Sessions(state.sessions, clock, limits);
    this.#hub = new EventHub(
      new History(state.lastZxid, limits),
      new LogArchive(storage, () => state.lastZxid),
      { limits, clock, lastZxid: state.lastZxid },
    );
    this.#freshness = new Freshness(clock);
    this.#reaper = new Reaper(state, clock, (request) =>
      this.write(SYSTEM_CALLER, request, ignoreAnswer),
    );
    this.#replica = new Replica({
      id: options.id,
      voters: [options.id],
      storage,
      state,
      recovered,
      clock,
      listener: this,
    });
  }

  /** Starts the replica loop; settles when the member can serve. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#becameReady = resolve;
      this.#replica.start();
    });
  }

  /** No request is taken from now on; what is pending stays unanswered unless it completes. */
  stop(): void {
    this.#fatal ??= 'the member is stopping';
    this.#sessions.stop();
    this.#reaper.stop();
  }

  /** The disk failed: nothing can be acknowledged any more. */
  fail(reason: string): void {
    this.#fatal = reason;
    this.#replica.stop();
    this.stop();
  }

  /** Writes that are not answered yet. */
  get inFlight(): number {
    return this.#pending.length;
  }

  zxid(): Zxid {
    return this.#state.lastZxid;
  }

  // -------------------------------------------------------------------------------- writes

  write(caller: Caller, request: WriteRequest, done: (answer: WriteAnswer) => void): void {
    if (caller.session !== '') this.#sessions.touch(caller.session);
    const refusal = this.#cannotTake(request);
    if (refusal !== undefined) {
      this.#answerInTurn(done, refusal);
      return;
    }
    const prepared = this.#preparer.prepare(request, this.#context(caller));
    switch (prepared.kind) {
      case 'transaction': {
        const index = this.#replica.propose(prepared.transaction);
        this.#pending.push(new PendingWrite(index, request, done, this.#current));
        return;
      }
      case 'refused':
        this.#answerInTurn(done, prepared.refusal);
        return;
      case 'dryRun':
        this.#answerInTurn(done, undefined, prepared.results);
        return;
      case 'nothing':
        this.#answerInTurn(done, undefined, []);
        return;
    }
  }

  #context(caller: Caller): PrepareContext {
    // A clock that was set back must not make mtime fall behind what this leader already stamped.
    this.#lastTime = Math.max(this.#lastTime, this.#clock.wall());
    return {
      zxid: this.#replica.nextZxid(),
      time: this.#lastTime,
      session: caller.session,
      identities: caller.identities,
    };
  }

  /** Answers at once what rests on nothing pending, else when that has been applied. */
  #answerInTurn(
    done: (answer: WriteAnswer) => void,
    refusal: Refusal | undefined,
    results: readonly OpResult[] = [],
  ): void {
    const answer = () => {
      const zxid = this.#state.lastZxid;
      done(refusal === undefined ? { ok: true, zxid, results } : { ok: false, zxid, refusal });
    };
    if (this.#pending.length === 0) answer();
    else this.#pending.push({ index: this.#replica.lastIndex, confirmed: true, answer });
  }

  /** Overload and trouble: bulk writes are refused first, what makes room or ends things last. */
  #cannotTake(request: WriteRequest): Refusal | undefined {
    const notReady = this.#notReady();
    if (notReady !== undefined) return notReady;
    const relief =
      request.op === 'delete' || request.op === 'closeSession' || request.op === 'reap';
    const { inFlightWrites } = this.limits;
    if (this.#pending.length >= (relief ? RELIEF_FACTOR * inFlightWrites : inFlightWrites)) {
      return {
        code: 'Throttled',
        retryAfter: 1,
        limit: { name: 'inFlightWrites', value: inFlightWrites },
      };
    }
    const { freeBytes } = this.#storage.stats();
    if (!relief && freeBytes !== undefined && freeBytes < DISK_RESERVE_BYTES) {
      return { code: 'DiskFull', retryAfter: 10 };
    }
    return undefined;
  }

  #notReady(): Refusal | undefined {
    if (this.#fatal !== undefined) return { code: 'NotReady', detail: this.#fatal };
    if (!this.#replica.ready) {
      return { code: 'NotReady', detail: 'the member has no leader yet', retryAfter: 1 };
    }
    return undefined;
  }

  sync(done: (answer: { ok: true; zxid: Zxid } | Refused) => void): void {
    const refusal = this.#notReady();
    const state = { confirmed: refusal !== undefined };
    const answer = () =>
      done(refusal === undefined ? { ok: true, zxid: this.zxid() } : { ok: false, refusal });
    if (refusal === undefined) {
      this.#lastReadId += 1;
      this.#syncs.set(this.#lastReadId, state);
      this.#replica.confirmRead(this.#lastReadId);
    }
    const index = this.#replica.lastIndex;
    this.#pending.push({
      index,
      get confirmed() {
        return state.confirmed;
      },
      answer,
    });
    if (refusal !== undefined) this.#pending.release(this.#replica.appliedIndex);
  }

  // -------------------------------------------------------------------------- what the log says

  applied(entry: Entry, transaction: Transaction): void {
    this.#preparer.applied(entry.zxid);
    this.#current.zxid = entry.zxid;
    this.#current.transaction = transaction;
    this.#hub.publish(entry, transaction);
    this.#aclListeners.notify(transaction.changes);
    const last = transaction.changes.at(-1);
    if (last?.op === 'openSession') this.#sessions.opened(last.session, last.timeoutMs);
    this.#pending.release(entry.index);
    // After the answer: who closes a session hears that before the connection is told of its end.
    if (last?.op === 'closeSession') this.#sessions.ended(last.session, last.reason);
  }

  readConfirmed(id: ReadId): void {
    const sync = this.#syncs.get(id);
    this.#syncs.delete(id);
    if (sync !== undefined) sync.confirmed = true;
    this.#pending.release(this.#replica.appliedIndex);
  }

  batchApplied(): void {
    this.#pending.release(this.#replica.appliedIndex);
    this.#freshness.reached(this.#state.lastZxid);
  }

  leading(): void {
    this.#preparer.reset();
    this.#sessions.startJudging((session) =>
      this.write(SYSTEM_CALLER, { op: 'closeSession', session, reason: 'expired' }, ignoreAnswer),
    );
    this.#reaper.start();
    this.#becameReady?.();
    this.#becameReady = undefined;
  }

  // --------------------------------------------------------------------------------- reads

  read(caller: Caller, request: ReadRequest): ReadAnswer {
    if (caller.session !== '') this.#sessions.touch(caller.session);
    return read(this.#state, request, caller.identities, this.limits);
  }

  waitForZxid(zxid: Zxid, timeoutMs: number, done: (refused: Refused | undefined) => void): void {
    if (zxid <= this.#state.lastZxid) done(undefined);
    else this.#freshness.wait(zxid, timeoutMs, done);
  }

  // --------------------------------------------------------------------------------- watches

  watch(subscriber: Subscriber, options: WatchOptions): WatchAnswer {
    return this.#hub.watch(subscriber, options);
  }

  unwatch(subscriber: Subscriber, watch: number): readonly number[] {
    return this.#hub.unwatch(subscriber, watch);
  }

  unwatchPath(subscriber: Subscriber, path: string, kind: WatchKind | 'any'): readonly number[] {
    return this.#hub.unwatchPath(subscriber, path, kind);
  }

  dropSubscriber(subscriber: Subscriber): void {
    this.#hub.drop(subscriber);
  }

  onAclChange(path: string, listener: () => void): () => void {
    return this.#aclListeners.add(path, listener);
  }

  // --------------------------------------------------------------------------------- sessions

  openSession(timeoutMs: number, done: (answer: OpenSessionAnswer) => void): void {
    const { secret, secretHash } = makeSecret();
    const clamped = this.#sessions.clamp(timeoutMs);
    const request: WriteRequest = { op: 'openSession', secretHash, timeoutMs: clamped };
    this.write(SYSTEM_CALLER, request, (answer) => {
      if (!answer.ok) {
        done(answer);
        return;
      }
      const session = answer.results[0]?.session ?? '';
      done({
        ok: true,
        zxid: answer.zxid,
        session,
        token: tokenOf(session, secret),
        timeoutMs: clamped,
        expiresInMs: clamped,
      });
    });
  }

  authenticate(token: string): { ok: true; session: SessionId } | Refused {
    return this.#sessions.authenticate(token);
  }

  touch(session: SessionId): void {
    this.#sessions.touch(session);
  }

  sessionInfo(session: SessionId): SessionInfo | undefined {
    return this.#sessions.info(session);
  }

  attach(session: SessionId, attachment: SessionAttachment): void {
    this.#sessions.attach(session, attachment);
  }

  detach(session: SessionId, attachment: SessionAttachment): void {
    this.#sessions.detach(session, attachment);
  }

  // --------------------------------------------------------------------------------- status

  takeConnection(): boolean {
    if (this.#connections >= this.limits.connections) return false;
    this.#connections += 1;
    return true;
  }

  releaseConnection(): void {
    this.#connections -= 1;
  }

  status(): MemberStatus {
    const reason = this.#notReady()?.detail;
    return {
      id: this.#id,
      role: this.#replica.role,
      epoch: this.#replica.epoch,
      zxid: this.#state.lastZxid,
      digest: this.#state.digest(),
      ready: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      znodes: this.#state.tree.size,
      sessions: this.#state.sessions.size,
      watches: this.#hub.watchCount,
      connections: this.#connections,
      uptimeSeconds: (this.#clock.monotonic() - this.#startedAt) / 1000,
    };
  }
}

function ignoreAnswer(): void {
  // The member's own requests are repeated in the next round when they were refused.
}
