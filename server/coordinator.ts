/**
 * The member's service, as the routes see it (`Coordinator` in types.ts): where its parts meet. In
 * the trace of a write it hands the request to `ClientRequests` and `Forwarder`, hears from the
 * replica what was applied, and sends events first, then the answer.
 */
import { quorumSize } from '../raftlog/quorum.ts';
import type { ConfirmedRead, Entry, LogIndex, MemberId, ReadId } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import { type InspectAnswer, type InspectRequest, inspect } from '../storage/tree/inspect.ts';
import { type ReadAnswer, type ReadRequest, read } from '../storage/tree/reads.ts';
import type { ReplicatedState } from '../storage/tree/state.ts';
import type { SessionId, Transaction, WatchKind, WriteRequest } from '../storage/tree/types.ts';
import type { Storage } from '../storage/types.ts';
import { AclListeners } from './acl-listeners.ts';
import type { Clock } from './clock.ts';
import { ConfigZnode } from './config-znode.ts';
import { Confirmations } from './confirmations.ts';
import type { CoordinatorLog, MemberCoordinatorOptions } from './coordinator-options.ts';
import { EventHub } from './event-hub.ts';
import { type ExplainAnswer, Explainer, type ExplainRequest } from './explain.ts';
import { Forwarder } from './forwarder.ts';
import { Freshness } from './freshness.ts';
import { Health } from './health.ts';
import { History } from './history.ts';
import { encodeLane, type ForwardReply } from './lane-messages.ts';
import type { Limits } from './limits.ts';
import { LogArchive } from './log-archive.ts';
import { overloadRefusal } from './overload.ts';
import { PeerDesk } from './peer-desk.ts';
import { Primary } from './primary.ts';
import { QuotaWatch } from './quota-watch.ts';
import { Reaper } from './reaper.ts';
import { Reception } from './reception.ts';
import { Relay } from './relay.ts';
import { Replica } from './replica.ts';
import type { ReplicaListener } from './replica-parts.ts';
import { ClientRequests } from './requests.ts';
import { Rewatch } from './rewatch.ts';
import { CATCHING_UP, Service } from './service.ts';
import { openSession, type SessionOpeningParts } from './session-opening.ts';
import { Sessions } from './sessions.ts';
import type {
  Caller,
  Coordinator,
  EnsembleStatus,
  MemberDurations,
  MemberMetrics,
  MemberStatus,
  ReadOnlyService,
  Refused,
  RequestName,
  SessionAttachment,
  SessionInfo,
  SessionProof,
  Subscriber,
  WatchAnswer,
  WatchOptions,
  WriteDone,
} from './types.ts';

/** The member acting for itself: reaping and expiry belong to no client. */
const SYSTEM_CALLER: Caller = { session: '', identities: [] };

export class MemberCoordinator implements Coordinator, ReplicaListener {
  readonly limits: Limits;
  readonly #logger: CoordinatorLog;
  readonly #configZnode: ConfigZnode;
  readonly #clock: Clock;
  readonly #state: ReplicatedState;
  readonly #storage: Storage;
  readonly #replica: Replica;
  readonly #primary: Primary;
  readonly #requests: ClientRequests;
  readonly #confirmations: Confirmations;
  readonly #desk: PeerDesk;
  readonly #forwarder: Forwarder;
  readonly #reception: Reception;
  readonly #sessions: Sessions;
  readonly #relay: Relay;
  readonly #service: Service;
  readonly #health: Health;
  readonly #hub: EventHub;
  readonly #rewatch: Rewatch;
  readonly #explainer: Explainer;
  readonly #aclListeners = new AclListeners();
  readonly #freshness: Freshness;
  readonly #reaper: Reaper;
  readonly #quotaWatch: QuotaWatch;
  #connections = 0;
  /** Why nothing is taken any more, whatever leads. */
  #fatal: Refusal | undefined;
  #becameReady: (() => void) | undefined;

  constructor(options: MemberCoordinatorOptions) {
    const { id, state, storage, recovered, clock, limits } = options;
    this.limits = limits;
    this.#logger = options.logger;
    this.#configZnode = new ConfigZnode(options.addresses, (request) => this.#system(request));
    this.#clock = clock;
    this.#state = state;
    this.#storage = storage;
    const desk = new PeerDesk(id);
    const transport = options.transport(desk);
    this.#desk = desk;
    this.#sessions = new Sessions(state, clock, limits, () => replica.confirmedAt);
    const history = new History(state.lastZxid, limits);
    this.#hub = new EventHub(history, new LogArchive(storage, () => state.lastZxid), {
      ...{ limits, clock, lastZxid: state.lastZxid },
      znodeAt: state.znodeAt,
    });
    this.#quotaWatch = new QuotaWatch(state, clock, options.logger);
    this.#rewatch = new Rewatch(state, this.#hub);
    const replica = new Replica({ ...options, channels: transport, listener: this });
    this.#replica = replica;
    this.#service = new Service({ id, clock, replica, state, begun: () => this.#becameReady?.() });
    const [hub, sessions] = [this.#hub, this.#sessions];
    this.#explainer = new Explainer({ id, state, replica, hub, sessions, limits });
    this.#health = new Health({
      ...{ id, version: options.version, state, replica, clock, logger: options.logger },
      showDigest: options.showDigest,
      notServing: () => this.#fatal?.detail ?? desk.strangeness ?? this.#service.reason,
    });
    const proposed = (index: LogIndex) => this.#health.meters.proposed(index);
    const primary = new Primary(state, replica, clock, limits, proposed);
    const confirmations = new Confirmations(replica);
    const reply = (to: MemberId, message: ForwardReply) =>
      void transport.forwardReply(to, encodeLane(message));
    this.#primary = primary;
    const reap = (request: WriteRequest) => this.#system(request);
    this.#reaper = new Reaper({ state, clock, now: () => primary.now(), reap });
    this.#confirmations = confirmations;
    this.#requests = new ClientRequests(state, history, clock, () => replica.appliedIndex);
    this.#freshness = new Freshness(clock, this, this.#requests, recovered.epochs);
    this.#forwarder = new Forwarder({
      ...{ replica, primary, confirmations, clock },
      forward: (to, payload) => transport.forward(to, payload),
      settled: () => this.#requests.release(),
    });
    this.#reception = new Reception({
      ...{ replica, primary, confirmations, reply },
      overload: (request) => overloadRefusal(request, 0, storage.stats(), limits),
    });
    this.#relay = new Relay({
      ...{ clock, sessions: this.#sessions, reply },
      leader: () => replica.leader,
      report: () => this.#health.report(),
      leaderTold: (report) => this.#health.leaderTold(report),
      forward: (message) => {
        const { leader } = replica;
        return leader !== 0 && leader !== id && transport.forward(leader, encodeLane(message));
      },
    });
    desk.open({
      ...{ replica, storage, transport, sessions: this.#sessions, relay: this.#relay },
      ...{ forwarder: this.#forwarder, reception: this.#reception },
      contact: this.#service.contact,
    });
  }

  /** Starts the replica loop; settles when the member can serve for the first time. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#becameReady = resolve;
      this.#requests.start();
      this.#replica.start();
      this.#relay.start();
    });
  }

  /**
   * Gives the leadership away, if this member has it and there is somebody to have it; whether it
   * leads no more.
   */
  handOver(): boolean {
    const { role } = this.#replica;
    const best = this.#replica.successor();
    if (role !== 'leading' || best === undefined) return true;
    this.#replica.transfer(best);
    return false;
  }

  /** No request is taken from now on; what is pending stays unanswered unless it completes. */
  stop(): void {
    this.#fatal ??= { code: 'NotReady', detail: 'the member is stopping' };
    this.#sessions.stopJudging();
    this.#service.stop();
    this.#reaper.stop();
    this.#relay.stop();
  }

  /** Nothing is answered, sent or applied any more. */
  end(): void {
    this.stop();
    this.#replica.stop();
    this.#requests.stop();
  }

  /** The disk failed: nothing can be acknowledged any more. */
  fail(reason: string): void {
    this.#fatal = { code: 'NotReady', detail: reason };
    this.end();
  }

  /** Writes that are not answered yet. */
  get inFlight(): number {
    return this.#requests.length;
  }

  zxid(): Zxid {
    return this.#state.lastZxid;
  }

  // -------------------------------------------------------------------------------- writes

  write(caller: Caller, request: WriteRequest, done: WriteDone, name?: RequestName): void {
    if (caller.session !== '') this.#sessions.touch(caller.session);
    const refusal =
      this.#fatal ??
      this.#service.writeRefusal(caller) ??
      overloadRefusal(request, this.#requests.length, this.#storage.stats(), this.limits);
    if (refusal === undefined) this.#requests.write(caller, request, done, this.#forwarder, name);
    else this.#requests.refuse(caller, refusal, done);
  }

  /** A request of the leader's own, repeated in its next round when it was refused. */
  #system(request: WriteRequest, refused = (): void => undefined): void {
    if (!this.#replica.ready) refused();
    else this.write(SYSTEM_CALLER, request, ({ ok }) => (ok ? undefined : refused()));
  }

  sync(done: (answer: { ok: true; zxid: Zxid } | Refused) => void, caller?: Caller): void {
    const refusal = this.#fatal;
    const readsOnly = caller && this.#service.writeRefusal(caller);
    if (refusal !== undefined) done({ ok: false, refusal });
    else if (!caller || !readsOnly) this.#requests.sync(done, this.#forwarder, caller);
    else this.#requests.refuse(caller, readsOnly, () => done({ ok: false, refusal: readsOnly }));
  }

  confirmRead(done: (refused: Refused | undefined) => void, caller?: Caller): void {
    this.#freshness.confirm(done, caller);
  }

  // -------------------------------------------------------------------------- what the log says

  applying(entry: Entry): void {
    this.#requests.decide(entry);
  }

  applied(entry: Entry, transaction: Transaction): void {
    this.#health.applied(entry.index);
    this.#primary.applied(entry.zxid);
    this.#requests.applied(entry, transaction);
    this.#hub.publish(entry, transaction);
    this.#aclListeners.notify(transaction.changes);
    const last = transaction.changes.at(-1);
    if (last?.op === 'openSession') this.#sessions.opened(last.session, last.timeoutMs);
    this.#requests.releaseWrites();
    // After the answer: who closes a session hears that before the connection is told of its end.
    if (last?.op === 'closeSession') this.#sessions.ended(last.session, last.reason);
  }

  passed(entry: Entry): void {
    this.#health.applied(entry.index);
    if (entry.type === 'epoch') this.#freshness.epochs.begun(entry.zxid, this.#hub.lastZxid);
    this.#hub.passed(entry);
    if (entry.type === 'members') this.#configZnode.write(this.#replica.members);
    this.#requests.releaseWrites();
  }

  readsConfirmed(reads: readonly ConfirmedRead[]): void {
    for (const { id, index } of reads) this.#confirmations.confirmed(id, index);
    this.#requests.release();
  }

  readLost(id: ReadId): void {
    this.#confirmations.lost(id);
  }

  batchApplied(): void {
    this.#quotaWatch.look(this.#replica.role === 'leading');
    this.#service.look();
    this.#requests.release();
    this.#freshness.reached(this.#state.lastZxid);
  }

  leading(): void {
    this.#primary.begin();
    this.#sessions.startJudging((session, refused) =>
      this.#system({ op: 'closeSession', session, reason: 'expired' }, refused),
    );
    this.#reaper.start();
    this.#configZnode.write(this.#replica.members);
  }

  restored(): void {
    this.#health.restored();
    this.#hub.restart(this.#state.lastZxid);
    this.#sessions.replaced();
    this.batchApplied();
  }

  turned(): void {
    const { role, leader, epoch } = this.#replica;
    this.#health.meters.turned(role, leader);
    if (role !== 'leading') {
      this.#sessions.stopJudging();
      this.#reaper.stop();
      if (leader !== 0) this.#sessions.follow(epoch);
    }
    this.#logger.info({ role, leader, epoch, ready: this.#replica.ready }, 'role');
    this.#desk.turned();
    this.#reception.turned();
    this.#forwarder.turned();
    this.#relay.turned();
    this.#service.look();
  }

  // --------------------------------------------------------------------------------- reads

  read(caller: Caller, request: ReadRequest): ReadAnswer {
    return this.#unserved(caller) ?? read(this.#state, request, caller.identities, this.limits);
  }

  inspect(caller: Caller, request: InspectRequest): InspectAnswer {
    return this.#unserved(caller) ?? inspect(this.#state, request, caller, this.limits);
  }

  explain(caller: Caller, request: ExplainRequest): ExplainAnswer {
    return this.#unserved(caller) ?? this.#explainer.explain(caller, request);
  }

  /** Why a caller is not answered at once; whoever is shows by its question that it lives. */
  #unserved(caller: Caller): Refused | undefined {
    const refusal = this.#service.refusal(caller);
    if (refusal !== undefined) return { ok: false, refusal };
    if (caller.session !== '') this.#sessions.touch(caller.session);
    return undefined;
  }

  waitForZxid(zxid: Zxid, timeoutMs: number, done: (refused: Refused | undefined) => void): void {
    if (zxid <= this.#state.lastZxid) done(this.#freshness.epochs.refusal(zxid));
    else this.#freshness.wait(zxid, timeoutMs, done);
  }

  // --------------------------------------------------------------------------------- watches

  watch(subscriber: Subscriber, options: WatchOptions): WatchAnswer {
    if (this.#service.catchingUp) return { ok: false, refusal: CATCHING_UP };
    return this.#hub.watch(subscriber, options);
  }

  rewatch(...asked: Parameters<Coordinator['rewatch']>): void {
    if (!this.#service.catchingUp) void this.#rewatch.run(...asked);
    else asked[3]({ ok: false, refusal: CATCHING_UP });
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

  onAclChange(_caller: Caller, path: string, listener: () => void): () => void {
    return this.#aclListeners.add(path, listener);
  }

  // --------------------------------------------------------------------------------- sessions

  openSession(...opening: Parameters<Coordinator['openSession']>): void {
    const write: SessionOpeningParts['write'] = (request, done, name) =>
      this.write({ ...SYSTEM_CALLER }, request, done, name);
    openSession({ write, sessions: this.#sessions, clock: this.#clock }, ...opening);
  }

  authenticate(token: string, renews = true, known = false): SessionProof {
    if (this.#service.catchingUp) return { ok: false, refusal: CATCHING_UP };
    return this.#sessions.authenticate(token, renews, known);
  }

  touch(session: SessionId): void {
    this.#sessions.touch(session);
  }

  sessionInfo(session: SessionId): SessionInfo | undefined {
    return this.#sessions.info(session);
  }

  attach(session: SessionId, attachment: SessionAttachment): void {
    this.#sessions.attach(session, attachment);
    this.#desk.attached(session);
  }

  detach(session: SessionId, attachment: SessionAttachment): void {
    this.#sessions.detach(session, attachment);
  }

  takeConnection(): boolean {
    if (this.#connections >= this.limits.connections) return false;
    this.#connections += 1;
    return true;
  }

  releaseConnection(): void {
    this.#connections -= 1;
  }

  readOnly(): ReadOnlyService | undefined {
    return this.#service.readOnly;
  }

  status(): MemberStatus {
    return {
      ...this.#health.report(),
      ...{ znodes: this.#state.tree.size, sessions: this.#state.sessions.size },
      ...{ watches: this.#hub.watchCount, readOnly: this.#service.readOnly !== undefined },
      connections: this.#connections,
      ...this.#quotaWatch.counts(this.#primary.quotaRefusals),
      quorum: quorumSize(this.#replica.members.voters.length),
    };
  }

  ensemble(): EnsembleStatus {
    return this.#health.ensemble(this.#relay.reports());
  }

  metrics(): MemberMetrics {
    const [replica, desk, health] = [this.#replica, this.#desk, this.#health];
    return {
      ...{ suspect: replica.suspect, disagrees: health.agreement.disagreement !== undefined },
      ...health.meters.counts,
      ...{ outstanding: this.#requests.length, forwarded: this.#forwarder.forwarded },
      ...{ received: this.#reception.received, snapshotsSent: desk.snapshotsSent },
      ...{ learners: desk.learners(), peers: desk.peers(), storage: this.#storage.stats() },
    };
  }

  takeDurations(): MemberDurations {
    return this.#health.meters.takeDurations();
  }
}
