/**
 * What the routes see of a member: everything HTTP and WebSocket handlers may ask for, and nothing
 * of how it is done. `server/coordinator.ts` implements `Coordinator`.
 */
import type { Zxid } from '../raftlog/zxid.ts';
import type { Refusal } from '../storage/tree/errors.ts';
import type { InspectAnswer, InspectRequest } from '../storage/tree/inspect.ts';
import type { ReadAnswer, ReadRequest } from '../storage/tree/reads.ts';
import type {
  Identity,
  KeyName,
  OpResult,
  RequestName,
  SessionId,
  TreeEvent,
  WatchKind,
  WriteRequest,
  ZnodePath,
} from '../storage/tree/types.ts';
import type { StorageStats } from '../storage/types.ts';
import type { ExplainAnswer, ExplainRequest } from './explain.ts';
import type { MemberReport } from './lane-messages.ts';
import type { Limits } from './limits.ts';
import type { PeerStatus } from './peers/types.ts';

/** On whose behalf a request runs. One per WebSocket connection, or one per HTTP request. */
export interface Caller {
  /** The session that the request speaks for, '' = none: it owns the ephemerals it creates. */
  readonly session: SessionId | '';
  readonly identities: readonly Identity[];
  /**
   * The znode whose subtree is the whole tree to this caller, which need not exist; never the root.
   * Paths in its requests, answers and events are seen from there.
   */
  readonly chroot?: ZnodePath;
  /** It takes answers from a member that has no leader, of a state that may be old. */
  readonly readOnly?: boolean;
}

/** How a member serves that has had no leader for too long: reads, for those who allow that. */
export interface ReadOnlyService {
  /**
   * Milliseconds since it was told last by a leader that had a quorum; absent: never since it
   * started.
   */
  readonly ageMs?: number;
}

export type WriteAnswer =
  | {
      readonly ok: true;
      /** Of the transaction; of the last one applied for a dry run. */
      readonly zxid: Zxid;
      /** One result per operation: a single one unless the request was a transaction. */
      readonly results: readonly OpResult[];
      /** The request was a repeat: this is the answer to its first attempt. */
      readonly replayed?: true;
    }
  | { readonly ok: false; readonly zxid: Zxid; readonly refusal: Refusal };

export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

export type SessionProof =
  | { readonly ok: true; readonly session: SessionId }
  /**
   * `ended`: the session that the token would be of, if there is none by its id any more. `young`:
   * whether there is one is not known here yet.
   */
  | (Refused & { readonly ended?: SessionId; readonly young?: true });

export type WriteDone = (answer: WriteAnswer) => void;

export type { RequestName };

/** One event for one subscriber, with every watch of that subscriber which it answers. */
export interface Delivery {
  readonly event: TreeEvent;
  readonly watches: readonly number[];
  /** Some of these watches asked for the stat / the data with the event. */
  readonly includeStat: boolean;
  readonly includeData: boolean;
  /** All events of the transaction, as they are outside of any chroot, and the event's place. */
  readonly events: readonly TreeEvent[];
  readonly place: number;
}

/** A WebSocket connection, an event stream, an HTTP request that waits. */
export type Via = 'webSocket' | 'eventStream' | 'wait';

/** Whoever receives events: a WebSocket connection, an SSE stream, a waiting HTTP request. */
export interface Subscriber {
  readonly caller: Caller;
  /** What it is to those who ask who watches. */
  readonly via: Via;
  /**
   * All deliveries of one transaction, in ZooKeeper's order. Called when the transaction has been
   * applied and before any answer that could show it. Must not throw and must not wait.
   */
  deliver(deliveries: readonly Delivery[], zxid: Zxid): void;
  /** A watch with `since` could not go on: the history is gone. The watch has been removed. */
  resync(watch: number, oldest: Zxid): void;
  /**
   * A watch with `since` has delivered everything that was there when it was left, and is live from
   * now on. Only then may its subscriber be told that it has come as far as `Coordinator.zxid`.
   */
  caughtUp?(watch: number): void;
  /**
   * Settles when the subscriber can take more of a replay; undefined when it can at once. One that
   * does not have this takes whatever comes.
   */
  room?(): Promise<void> | undefined;
}

export interface WatchOptions {
  readonly kind: WatchKind;
  readonly path: string;
  readonly includeStat?: boolean;
  readonly includeData?: boolean;
  /** Persistent kinds only: first deliver every event after this zxid, then go on live. */
  readonly since?: Zxid;
  /**
   * The mark (`storage/tree/event-marks.ts`) of the last event of the transaction `since` that the subscriber
   * has, when there may be more of them: what is behind that one comes. Absent: it has them all.
   */
  readonly sinceMark?: number;
}

export type WatchAnswer = { readonly ok: true; readonly watch: number } | Refused;

/** One-shot watches that a client had on a connection that it lost. */
export interface RewatchRequest {
  /** How far the client had come: everything through this has reached it. */
  readonly since: Zxid;
  /** Paths watched by get or exists, each once. */
  readonly data: readonly string[];
  /** Paths watched by children, each once. */
  readonly child: readonly string[];
}

/** The numbers of the watches, in the order of the paths. */
export type RewatchAnswer =
  | {
      readonly ok: true;
      /** Everything through this has reached the subscriber when the answer has. */
      readonly zxid: Zxid;
      readonly data: readonly number[];
      readonly child: readonly number[];
    }
  | Refused;

/** A session's connection on this member; the coordinator tells it what happens to the session. */
export interface SessionAttachment {
  /**
   * The session has ended (closed or expired, by whomever). Called once the transaction is applied.
   */
  ended(reason: 'closed' | 'expired'): void;
  /** Another connection speaks for the session from now on. */
  moved(): void;
  /** The connection, which has the session's watches. */
  readonly subscriber: Subscriber;
}

export interface SessionInfo {
  readonly session: SessionId;
  readonly timeoutMs: number;
  /** Milliseconds until it would expire without a further sign of life, on the safe side. */
  readonly expiresInMs: number;
  readonly ephemerals: number;
  /** The largest id under which a request of it was applied; 0 = none. */
  readonly lastId: number;
}

export type OpenSessionAnswer =
  | {
      readonly ok: true;
      readonly zxid: Zxid;
      readonly session: SessionId;
      /** Secret: shown to the client once, never logged. */
      readonly token: string;
      readonly timeoutMs: number;
      readonly expiresInMs: number;
      /** As in `WriteAnswer`. */
      readonly replayed?: true;
    }
  | { readonly ok: false; readonly zxid: Zxid; readonly refusal: Refusal };

/** The opening of a session that may be repeated. */
export interface RepeatableOpening {
  readonly name: KeyName;
  /** The idempotency key itself, of which nothing but a hash is kept: the token is made of it. */
  readonly key: string;
}

export interface MemberStatus {
  readonly id: number;
  readonly role: 'looking' | 'following' | 'leading' | 'observing';
  readonly epoch: number;
  readonly zxid: Zxid;
  readonly digest: string;
  readonly ready: boolean;
  /** Why not, when not ready. */
  readonly reason?: string;
  /** It has had no leader for too long, and answers reads to those who allow that. */
  readonly readOnly: boolean;
  readonly znodes: number;
  readonly sessions: number;
  readonly watches: number;
  /** Quotas that are set. */
  readonly quotas: number;
  /** Quotas of which more is used than a soft limit says. */
  readonly quotasOver: number;
  /** Writes that a quota left no room for, of those that this member judged as the leader. */
  readonly quotaRefusals: number;
  /** Members whose agreement commits. */
  readonly quorum: number;
  /** WebSocket connections and event streams open now. */
  readonly connections: number;
  readonly uptimeSeconds: number;
}

/** One member, as the answering one sees it. */
export interface EnsembleMember {
  readonly id: number;
  readonly votes: boolean;
  /** Undefined when nothing was heard of it lately. */
  readonly report: MemberReport | undefined;
  /** Undefined when it led as it was heard of last, and another one leads by now, or nobody. */
  readonly role: MemberReport['role'] | undefined;
  /** Log entries that the leader had applied and it had not, when both are known. */
  readonly lag: number | undefined;
}

export interface EnsembleStatus {
  /** 0 = none is known. */
  readonly leader: number;
  /** In the order of their ids. */
  readonly members: readonly EnsembleMember[];
}

/** How far a member has come, as its leader knows it. */
export interface LearnerStatus {
  readonly id: number;
  readonly votes: boolean;
  /** Its stream stands, and it is sent what is proposed as it is proposed. */
  readonly synced: boolean;
}

/** For operators, beyond `MemberStatus`. Counts are since this process started. */
export interface MemberMetrics {
  /** Its disk is new or was damaged: it does not count for a quorum until it has been repaired. */
  readonly suspect: boolean;
  /** Its tree is not that of its leader. */
  readonly disagrees: boolean;
  /** Times that it began to look for a leader, and that it found another one than before. */
  readonly looked: number;
  readonly leaderChanges: number;
  readonly proposals: number;
  /** Log entries that were committed and applied here. */
  readonly commits: number;
  /** Requests of its clients that change something or wait for the log, and have no answer yet. */
  readonly outstanding: number;
  /** Requests that were forwarded to the leader, and that others forwarded to this one. */
  readonly forwarded: number;
  readonly received: number;
  readonly snapshotsSent: number;
  readonly snapshotsReceived: number;
  /** The other members that are connected; empty when this one does not lead. */
  readonly learners: readonly LearnerStatus[];
  readonly peers: readonly PeerStatus[];
  readonly storage: StorageStats;
}

/** Until when what a listener shows, and goes by, is good; ms since 1970. */
export interface CertificateTimes {
  readonly listener: 'clients' | 'peers';
  /** Of its certificate. */
  readonly notAfterMs: number;
  /** When the first of its lists of revoked certificates is to be replaced; undefined: never. */
  readonly nextUpdateMs: number | undefined;
}

/** How long things took, ms: those that ended since this was asked last, the latest of many. */
export interface MemberDurations {
  /** From looking for a leader to having one. */
  readonly elections: readonly number[];
  /** From a proposal to its being committed and applied here; a sample of them. */
  readonly quorum: readonly number[];
}

/**
 * The member's service. Callbacks rather than promises on what is hot; each is called exactly once,
 * never within the call that took it unless said so.
 */
export interface Coordinator {
  readonly limits: Limits;
  /** The last zxid applied by this member. */
  zxid(): Zxid;
  /**
   * Proposes a change. Answers come in the order of the calls, over all callers; only a refusal of
   * what no leader has taken in time, and barriers, come before those of other callers. A refusal
   * comes when everything that it rests on has been applied. Events of the change come before its
   * answer.
   * `done` may be called within this call only for a refusal that rests on nothing pending.
   * A request with a `name` is applied once, however often it comes: each repeat has the first
   * answer. A number is the id of a frame of the caller's session.
   */
  write(
    caller: Caller,
    request: WriteRequest,
    done: (answer: WriteAnswer) => void,
    name?: RequestName,
  ): void;
  /**
   * Reads the state applied by this member, at once. NotReady while it is in read-only service and
   * the caller does not allow that. (A watch says nothing but what comes: it is taken.)
   */
  read(caller: Caller, request: ReadRequest): ReadAnswer;
  /** Like `read`: what is known of a subtree or a session beside the znodes themselves. */
  inspect(caller: Caller, request: InspectRequest): InspectAnswer;
  /**
   * What a session has, and who watches a znode: for those who are to find out why something is
   * there, or who would notice. Watches are those of this member alone.
   */
  explain(caller: Caller, request: ExplainRequest): ExplainAnswer;
  /**
   * Calls back when everything that anybody was told, before this call, to be done is applied here,
   * confirmed by a quorum. The answer comes behind those to what the session of `caller` has asked
   * for before; requests of others, which may hang, hold it up in nothing.
   */
  sync(done: (answer: { ok: true; zxid: Zxid } | Refused) => void, caller?: Caller): void;
  /**
   * Calls back when a read of this member is linearizable: it shows everything that anybody was
   * told, before this call, to be done. As `sync`, but shared by all who ask in one turn; the read
   * belongs into the call back.
   */
  confirmRead(done: (refused: Refused | undefined) => void, caller?: Caller): void;
  /**
   * Waits until this member has applied `zxid`, at most `timeoutMs`; answers NotReady when it has
   * not by then. Calls back within the call when that is so already.
   */
  waitForZxid(zxid: Zxid, timeoutMs: number, done: (refused: Refused | undefined) => void): void;

  /** Leaves a watch; for one-shot kinds the caller has just read the znode in the same turn. */
  watch(subscriber: Subscriber, options: WatchOptions): WatchAnswer;
  /**
   * Leaves one-shot watches again: what fires them since `request.since` is delivered at once,
   * right after `done`, the others are armed. `done` is never called once `isWanted` says no. This member
   * must have come to `since`.
   */
  rewatch(
    subscriber: Subscriber,
    request: RewatchRequest,
    isWanted: () => boolean,
    done: (answer: RewatchAnswer) => void,
  ): void;
  /** The numbers removed; empty when there was no such watch. */
  unwatch(subscriber: Subscriber, watch: number): readonly number[];
  unwatchPath(subscriber: Subscriber, path: string, kind: WatchKind | 'any'): readonly number[];
  /** Forgets all watches of a subscriber whose connection ended. */
  dropSubscriber(subscriber: Subscriber): void;
  /**
   * Calls back after each change of the ACL of `path`, which is no event to any watch; gives back
   * how to end that. The listener must not throw and must not wait.
   */
  onAclChange(caller: Caller, path: string, listener: () => void): () => void;

  /**
   * Clamps the timeout, opens a session by a transaction and makes its secret. Of a repeatable
   * opening each repeat is answered with the same session and the same token.
   */
  openSession(
    timeoutMs: number,
    done: (answer: OpenSessionAnswer) => void,
    repeatable?: RepeatableOpening,
  ): void;
  /**
   * The session that `token` proves, renewing it unless told otherwise; SessionExpired when it has
   * ended or is wrong. NotReady and `young` when this member may not have heard of it yet: then
   * `whenKnown` (young-sessions.ts) is waited for and it is shown again, `known` this time.
   */
  authenticate(token: string, renews?: boolean, known?: boolean): SessionProof;
  /** A sign of life of the session. */
  touch(session: SessionId): void;
  sessionInfo(session: SessionId): SessionInfo | undefined;
  /** The connection that speaks for the session from now on; a former one is told `moved`. */
  attach(session: SessionId, attachment: SessionAttachment): void;
  detach(session: SessionId, attachment: SessionAttachment): void;

  /**
   * Counts a WebSocket connection or an event stream against `limits.connections`; false when that
   * is reached. Who got true calls `releaseConnection` once when it ends.
   */
  takeConnection(): boolean;
  releaseConnection(): void;

  /** Undefined while this member serves without reserve, or not at all. */
  readOnly(): ReadOnlyService | undefined;
  status(): MemberStatus;
  ensemble(): EnsembleStatus;
  metrics(): MemberMetrics;
  takeDurations(): MemberDurations;
}
