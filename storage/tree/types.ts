/**
 * The words of the replicated state: znode attributes, requests, and the transactions that requests
 * are resolved into. Values only; nothing here does anything.
 */
import type { Zxid } from '../../raftlog/zxid.ts';
import type { QuotaLimits, Usage } from './quota.ts';

/** A canonical, valid znode path (`isValidPath`). */
export type ZnodePath = string;

/** 16 lower-case hex digits: the zxid of the transaction that opened the session. Not secret. */
export type SessionId = string;

/**
 * Internal number of a znode, the key of its row on disk: greater, when given, than that of every
 * znode alive, so that rows in the order of their numbers have parents before children.
 */
export type ZnodeId = number;

/** All seven create modes of ZooKeeper, as the wire spells them. */
export const CREATE_MODES = [
  'persistent',
  'persistent_sequential',
  'ephemeral',
  'ephemeral_sequential',
  'container',
  'persistent_ttl',
  'persistent_sequential_ttl',
] as const;
export type CreateMode = (typeof CREATE_MODES)[number];

/** What a znode is once it exists: the create mode without "sequential", which only names it. */
export type ZnodeMode = 'persistent' | 'ephemeral' | 'container' | 'persistent_ttl';

/**
 * A znode's data in the form in which it travels: text when the bytes are valid UTF-8, canonical
 * base64 otherwise. `length` counts bytes. Whoever makes one guarantees that the three agree; there
 * is exactly one form for given bytes, so equal bytes are equal here.
 */
export interface ZnodeData {
  readonly text: string;
  readonly encoding: 'utf8' | 'base64';
  readonly length: number;
}

/**
 * The attributes of a znode. Immutable: a change makes a new one, so one taken for an answer, an
 * event or the log never moves. Times are milliseconds since 1970 of the leader's clock.
 * The visible cversion is `2 * creates - numChildren` (`cversionOf`).
 */
export interface Stat {
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  /** Children ever created here; names sequential children and is never lowered. */
  readonly creates: number;
  readonly aversion: number;
  readonly numChildren: number;
  readonly dataLength: number;
  readonly mode: ZnodeMode;
  /** The owning session of an ephemeral znode, else ''. */
  readonly ephemeralOwner: SessionId | '';
  /** Milliseconds of a TTL znode, else 0. */
  readonly ttlMs: number;
}

/** Permission letters in the order of "cdrwa": create, delete, read, write, admin. */
export interface AclEntry {
  readonly perms: string;
  readonly scheme: string;
  readonly id: string;
}
export type Acl = readonly AclEntry[];

/**
 * Who a caller is. Every connection has `{scheme: 'ip', id: <address>}`; more come with
 * authentication.
 */
export interface Identity {
  readonly scheme: string;
  readonly id: string;
}

/**
 * What must hold of the addressed znode, besides what the operation itself asks for. All given
 * parts must hold. Absent = any.
 */
export interface Condition {
  /** ZooKeeper's form: the data version (for `setAcl` the ACL version). */
  readonly version?: number;
  /** The ETag's form: the mzxid, which also tells a re-created znode from the old one. */
  readonly mzxid?: Zxid;
  /** The same for an ACL, whose `version` it goes with: which znode it is the ACL of. */
  readonly czxid?: Zxid;
  /** `If-Match: *` on an operation that would otherwise create. */
  readonly mustExist?: boolean;
  /** `If-None-Match: *` on an operation that would otherwise overwrite. */
  readonly mustNotExist?: boolean;
}

// ---------------------------------------------------------------------------------------------
// Requests: what a client asks for. `prepare` turns one into a transaction or a refusal.

export interface CreateRequest {
  readonly op: 'create';
  /** For a sequential mode a prefix, which alone may end with a slash. */
  readonly path: string;
  readonly data: ZnodeData;
  readonly mode: CreateMode;
  /** Present exactly for the TTL modes: 1 .. 2^40-1. */
  readonly ttlMs?: number;
  /** Create missing ancestors too, as persistent znodes with the same ACL. */
  readonly parents?: boolean;
  /** Absent = open to the world. */
  readonly acl?: Acl;
  /**
   * Mode ephemeral only: a session that the caller has proved to be its own. A znode that this one
   * owns is no obstacle, and is deleted by the same transaction.
   */
  readonly takeover?: SessionId;
}

export interface SetRequest {
  readonly op: 'set';
  readonly path: string;
  readonly data: ZnodeData;
  readonly condition?: Condition;
  /** Create the znode (persistent, open ACL) when it is missing. */
  readonly create?: boolean;
}

export interface DeleteRequest {
  readonly op: 'delete';
  readonly path: string;
  readonly condition?: Condition;
  /** Delete all descendants too, atomically, up to `PrepareLimits.recursiveDelete` znodes. */
  readonly recursive?: boolean;
}

export interface SetAclRequest {
  readonly op: 'setAcl';
  readonly path: string;
  readonly acl: Acl;
  readonly condition?: Condition;
}

export interface CheckRequest {
  readonly op: 'check';
  readonly path: string;
  readonly condition?: Condition;
}

export interface CheckAbsentRequest {
  readonly op: 'checkAbsent';
  readonly path: string;
}

export type TransactionOp =
  | CreateRequest
  | SetRequest
  | DeleteRequest
  | CheckRequest
  | CheckAbsentRequest;

/** All or nothing, under one zxid; each operation sees the ones before it. */
export interface TransactionRequest {
  readonly op: 'transaction';
  readonly ops: readonly TransactionOp[];
  /** Answer what would happen and change nothing. */
  readonly dryRun?: boolean;
}

export interface OpenSessionRequest {
  readonly op: 'openSession';
  /** SHA-256 of the secret part of the token, hex: the secret itself is never replicated. */
  readonly secretHash: string;
  readonly timeoutMs: number;
  /** With an idempotency key: what the secret was made of, together with the key. */
  readonly salt?: string;
}

export interface CloseSessionRequest {
  readonly op: 'closeSession';
  readonly session: SessionId;
  readonly reason: 'closed' | 'expired';
}

/**
 * The leader's own request to remove a container or TTL znode whose time has come; re-checked when
 * prepared.
 */
export interface ReapRequest {
  readonly op: 'reap';
  readonly path: string;
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
}

/** Sets the quota of `path`, or removes it when `limits` is absent. */
export interface SetQuotaRequest {
  readonly op: 'setQuota';
  readonly path: string;
  readonly limits?: QuotaLimits;
}

/** The leader's own request to write down who the members are. */
export interface SetConfigRequest {
  readonly op: 'setConfig';
  /** One for each member, in ZooKeeper's form. */
  readonly lines: readonly string[];
}

export type WriteRequest =
  | CreateRequest
  | SetRequest
  | DeleteRequest
  | SetAclRequest
  | SetQuotaRequest
  | SetConfigRequest
  | TransactionRequest
  | OpenSessionRequest
  | CloseSessionRequest
  | ReapRequest;

/** A name that the client chose, over HTTP. Neither text tells what it was made of. */
export interface KeyName {
  /** A hash of the idempotency key. */
  readonly key: string;
  /** A hash of everything that the request asks for, and of who asks. */
  readonly fingerprint: string;
  /**
   * Hashes of whom the key is counted for: first of who asks, then of the address, if who asks
   * there can be as many as they like. Absent: for nobody.
   */
  readonly holders?: readonly string[];
}

/** The id of a frame, which grows within the caller's session. */
export interface IdName {
  readonly id: number;
  /** A hash of everything that the request asks for. */
  readonly fingerprint: string;
}

/** By which a repeat is recognised. */
export type RequestName = KeyName | IdName;

// ---------------------------------------------------------------------------------------------
// Transactions: what is logged. Every result in them is absolute, so applying is never a decision.

/** Where a quota is new, `usage` is what is used of it by then, so that it is counted once. */
export interface CreateChange {
  readonly op: 'create';
  readonly id: ZnodeId;
  /** Final path, with the sequence suffix. */
  readonly path: ZnodePath;
  readonly parent: ZnodeId;
  /** The parent's `creates` after this change. */
  readonly parentCreates: number;
  readonly data: ZnodeData;
  readonly mode: ZnodeMode;
  readonly ephemeralOwner: SessionId | '';
  readonly ttlMs: number;
  readonly acl: Acl;
  /** That of the parent, which decides who is told; absent when it is the open one. */
  readonly parentAcl?: Acl;
  readonly usage?: Usage;
}

export interface SetChange {
  readonly op: 'set';
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  readonly data: ZnodeData;
  /** The complete attributes after this change. */
  readonly stat: Stat;
  /** That of the znode, which decides who is told; absent when it is the open one. */
  readonly acl?: Acl;
  readonly usage?: Usage;
}

export interface DeleteChange {
  readonly op: 'delete';
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  readonly parent: ZnodeId;
  /** Those of the znode and its parent, which decide who is told; absent when open. */
  readonly acl?: Acl;
  readonly parentAcl?: Acl;
}

export interface SetAclChange {
  readonly op: 'setAcl';
  readonly id: ZnodeId;
  readonly path: ZnodePath;
  readonly acl: Acl;
  /** The complete attributes after this change. */
  readonly stat: Stat;
}

export interface OpenSessionChange {
  readonly op: 'openSession';
  readonly session: SessionId;
  readonly secretHash: string;
  readonly timeoutMs: number;
  /** As in the request. */
  readonly salt?: string;
}

/** Follows the deletes of the session's ephemerals (in path order) within the same transaction. */
export interface CloseSessionChange {
  readonly op: 'closeSession';
  readonly session: SessionId;
  readonly reason: 'closed' | 'expired';
}

export type Change =
  | CreateChange
  | SetChange
  | DeleteChange
  | SetAclChange
  | OpenSessionChange
  | CloseSessionChange;

/** A key in the log, and the answers to keys that are forgotten from here on. */
export interface LoggedKey extends KeyName {
  /** Those to transactions up to this zxid; 0 = none. */
  readonly forgets: number;
}

export interface LoggedId extends IdName {
  readonly session: SessionId;
  /** The id in the log before this one, of the same session; 0 = none. */
  readonly previous: number;
  /** The session's answers to ids up to this one are forgotten from here on; absent: none. */
  readonly forgets?: number;
}

export type LoggedName = LoggedKey | LoggedId;

export interface Transaction {
  /**
   * The leader's clock when it prepared this, ms since 1970: ctime and mtime of what it changes.
   */
  readonly time: number;
  readonly changes: readonly Change[];
  /**
   * For a `transaction` request: for each of its operations the index in `changes` of the change
   * that is its result, or -1 for a check. Absent otherwise: the result is then the last change.
   */
  readonly resultAt?: readonly number[];
  /** The request that it came of, if that can be repeated. */
  readonly name?: LoggedName;
}

// ---------------------------------------------------------------------------------------------
// Results

/** What one operation of a request came to. Checks and deletes have neither path nor stat. */
export interface OpResult {
  readonly op: Change['op'] | 'check' | 'checkAbsent';
  readonly path?: ZnodePath;
  readonly stat?: Stat;
  /** The ACL as it is stored, for `setAcl`. */
  readonly acl?: Acl;
  /** The id, for `openSession`. */
  readonly session?: SessionId;
  /** For `openSession`, as in the request. */
  readonly salt?: string;
}

// ---------------------------------------------------------------------------------------------
// Events and watches

export type EventType = 'nodeCreated' | 'nodeDeleted' | 'nodeDataChanged' | 'nodeChildrenChanged';

/** One consequence of a transaction, before anyone asks who watches. */
export interface TreeEvent {
  readonly type: EventType;
  readonly path: ZnodePath;
  readonly zxid: Zxid;
  /** nodeCreated and nodeDataChanged: the value that this change wrote. */
  readonly stat?: Stat;
  readonly data?: ZnodeData;
  /** Of the znode at `path` when it happened: who has READ in it is told. Absent: everybody. */
  readonly acl?: Acl;
}

/**
 * - `data`: one shot, left by get or exists; `exists` is the same entry left on a missing znode.
 * - `child`: one shot, left by children.
 * - `persistent`, `persistentRecursive`: until removed.
 */
export type WatchKind = 'data' | 'child' | 'persistent' | 'persistentRecursive';
