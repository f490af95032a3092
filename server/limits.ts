/**
 * Every limit of a member, in one place: name, default, what it bounds. Each can be set by the
 * configuration (`--limit name=value`), is documented in docs/LIMITS.md, and is reached by a test
 * that sees its typed error.
 */

export interface Limits {
  /** Bytes of a znode's data, decoded. */
  readonly dataBytes: number;
  /** Bytes of an HTTP body on routes that carry data (JSON form: escapes and base64 included). */
  readonly bodyBytes: number;
  /** Bytes of an HTTP body on every other route. */
  readonly smallBodyBytes: number;
  /** Bytes of a WebSocket message, a whole array frame included. */
  readonly frameBytes: number;
  /** Requests in one WebSocket array frame. */
  readonly frameRequests: number;
  /** UTF-8 bytes of a znode path. */
  readonly pathBytes: number;
  /** UTF-8 bytes of one name in a path. */
  readonly nameBytes: number;
  /** Names in a path. */
  readonly pathDepth: number;
  /** Nesting of arrays and objects in a JSON text. */
  readonly jsonDepth: number;
  /** Children in one page of a listing. */
  readonly childrenPage: number;
  /** Bytes of data in one page of a listing that includes data; the page is cut short at it. */
  readonly childrenPageBytes: number;
  /** Bytes of data in the answer to a batch of reads, all of them together. */
  readonly batchReadBytes: number;
  /** Operations in a transaction or a batch of reads. */
  readonly transactionOps: number;
  /** Bytes of data in a transaction, all operations together. */
  readonly transactionBytes: number;
  /** Bytes of everything that one request changes, parents and descendants included. */
  readonly entryBytes: number;
  /** Znodes that one recursive delete removes, and that one session may own as ephemerals. */
  readonly recursiveDelete: number;
  readonly ephemeralsPerSession: number;
  /** Entries in an ACL. */
  readonly aclEntries: number;
  /** Identities of a WebSocket connection, its address included. */
  readonly identitiesPerConnection: number;
  /**
   * Requests of one connection that are not answered yet, each operation of a transaction counted;
   * on a WebSocket not more than `frameBytes` of them either. Its socket is not read beyond.
   */
  readonly inFlightPerConnection: number;
  /** Writes of all callers that are not committed yet; beyond, writes are refused as Throttled. */
  readonly inFlightWrites: number;
  /**
   * Bytes waiting to be sent to one connection; a consumer that lets more pile up is closed. On a
   * WebSocket no request is begun, and no past event sent, while a quarter of it waits.
   */
  readonly outboxBytes: number;
  readonly watchesPerConnection: number;
  readonly watches: number;
  readonly sessions: number;
  /** Ephemerals, watches or watchers in an answer that explains; it says how many there are. */
  readonly explainedEntries: number;
  /**
   * Idempotency keys of the last ten minutes; beyond, requests with a new one are refused as
   * Throttled. The same for the bytes of the answers that are kept to them. One caller has no more
   * of either than is left for all others.
   */
  readonly idempotencyKeys: number;
  readonly idempotencyBytes: number;
  /**
   * Bytes of the answers that are kept under `exactlyOnce`, of all sessions together. One session
   * keeps no more than is left for all others; a write whose answer is more is refused as
   * Throttled.
   */
  readonly exactlyOnceBytes: number;
  /** WebSocket connections and event streams. */
  readonly connections: number;
  /** HTTP requests that wait for a change (`Prefer: wait`) at one time. */
  readonly waits: number;
  /** Longest `Prefer: wait`, seconds. */
  readonly waitSeconds: number;
  /** Session timeout range, ms. */
  readonly sessionTimeoutMinMs: number;
  readonly sessionTimeoutMaxMs: number;
  /** A WebSocket that has not sent a valid `connect` by then is closed, ms. */
  readonly connectWithinMs: number;
  /** Log entries kept in memory for `since`, bytes; older ones are read from the log on disk. */
  readonly historyBytes: number;
  /** Log entries kept behind the tables for `since` and for members that were away. */
  readonly historyEntries: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_LIMITS: Limits = {
  dataBytes: MIB,
  bodyBytes: 2 * MIB,
  smallBodyBytes: 64 * KIB,
  frameBytes: 2 * MIB,
  frameRequests: 1000,
  pathBytes: 1024,
  nameBytes: 255,
  pathDepth: 64,
  jsonDepth: 32,
  childrenPage: 1000,
  childrenPageBytes: 4 * MIB,
  batchReadBytes: 4 * MIB,
  transactionOps: 1000,
  transactionBytes: MIB,
  entryBytes: 16 * MIB,
  recursiveDelete: 10_000,
  ephemeralsPerSession: 10_000,
  aclEntries: 64,
  identitiesPerConnection: 32,
  inFlightPerConnection: 1000,
  inFlightWrites: 50_000,
  outboxBytes: 16 * MIB,
  watchesPerConnection: 10_000,
  watches: 1_000_000,
  sessions: 100_000,
  explainedEntries: 1000,
  idempotencyKeys: 300_000,
  idempotencyBytes: 64 * MIB,
  exactlyOnceBytes: 256 * MIB,
  connections: 20_000,
  waits: 10_000,
  waitSeconds: 60,
  sessionTimeoutMinMs: 1000,
  sessionTimeoutMaxMs: 120_000,
  connectWithinMs: 10_000,
  historyBytes: 64 * MIB,
  historyEntries: 100_000,
};
