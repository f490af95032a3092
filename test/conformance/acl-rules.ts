/**
 * What each operation needs: one rule for each operation of the WebSocket, of a transaction, of a
 * batch, and for each operation of HTTP. `acl-table.cases.ts` holds this against the documents, so
 * that a new one without a rule fails, and tries those that a permission decides.
 */

export type Permission = 'c' | 'd' | 'r' | 'w' | 'a';

export type Rule =
  /** Any one of these permissions, on the znode that is named or on its parent. */
  | { readonly needs: readonly Permission[]; readonly on: 'znode' | 'parent' }
  /** The permissions of what it consists of, each. */
  | { readonly each: string }
  /** No permission on the znode that it names, and why not. */
  | { readonly none: string };

const reading: Rule = { needs: ['r'], on: 'znode' };

/** By the name of the operation over WebSocket. */
export const RULES = {
  create: { needs: ['c'], on: 'parent' },
  set: { needs: ['w'], on: 'znode' },
  delete: { needs: ['d'], on: 'parent' },
  get: reading,
  exists: reading,
  children: reading,
  descendants: reading,
  check: reading,
  checkAbsent: reading,
  getAcl: { needs: ['r', 'a'], on: 'znode' },
  setAcl: { needs: ['a'], on: 'znode' },
  watchers: { needs: ['a'], on: 'znode' },
  getQuota: { none: 'READ on what it covers, and on the limits below /zookeeper/quota, decides' },
  // Besides what the ACLs of the znodes below /zookeeper/quota ask for, if those are closed.
  setQuota: { needs: ['a'], on: 'znode' },
  removeQuota: { needs: ['a'], on: 'znode' },
  transaction: { each: 'of its operations, in their order' },
  read: { each: 'of its reads, by itself' },
  addWatch: { none: 'it says nothing: READ is asked for when there is an event to tell' },
  setWatches: { none: 'as addWatch; what was missed is told to who has READ' },
  removeWatch: { none: "a connection's own" },
  ephemerals: { none: "a session's own: whoever shows its token may know what it owns" },
  explainSession: { none: "a session's own, and any other one's for super alone" },
  connect: { none: 'the token proves the session; a new one owns nothing' },
  close: { none: 'the token has proved the session' },
  auth: { none: 'anybody may say who they are' },
  whoami: { none: 'what the caller has shown itself' },
  sync: { none: 'it tells how far the member is' },
  ping: { none: 'it tells nothing' },
} as const satisfies Readonly<Record<string, Rule>>;

export type Ruled = keyof typeof RULES;

const OPERATING = { none: 'for those who look after members: it names no znode and no identity' };
const DOCUMENT = { none: 'the same for everybody' };

/** By the operationId of HTTP: the operation that it is, or a rule of its own. */
export const HTTP_RULES: Readonly<Record<string, Ruled | Rule>> = {
  getZnode: 'get',
  getZnodeAt: 'get',
  headZnode: 'exists',
  headZnodeAt: 'exists',
  setZnode: 'set',
  setZnodeAt: 'set',
  createZnode: 'create',
  createZnodeAt: 'create',
  deleteZnode: 'delete',
  deleteZnodeAt: 'delete',
  listChildren: 'children',
  listChildrenAt: 'children',
  countDescendants: 'descendants',
  countDescendantsAt: 'descendants',
  getAcl: 'getAcl',
  getAclAt: 'getAcl',
  setAcl: 'setAcl',
  setAclAt: 'setAcl',
  getQuota: 'getQuota',
  getQuotaAt: 'getQuota',
  setQuota: 'setQuota',
  setQuotaAt: 'setQuota',
  removeQuota: 'removeQuota',
  removeQuotaAt: 'removeQuota',
  listWatchers: 'watchers',
  listWatchersAt: 'watchers',
  explainSession: 'explainSession',
  transact: 'transaction',
  batchRead: 'read',
  sync: 'sync',
  whoami: 'whoami',
  openSession: 'connect',
  getSession: { none: 'whoever shows its token' },
  heartbeatSession: { none: 'whoever shows its token' },
  closeSession: 'close',
  listEphemerals: 'ephemerals',
  streamEvents: 'addWatch',
  openWebSocket: { none: 'a connection does nothing; its operations have their rules' },
  getEnsemble: OPERATING,
  getLiveness: OPERATING,
  getReadiness: OPERATING,
  getMetrics: OPERATING,
  getOpenapi: DOCUMENT,
  getAsyncapi: DOCUMENT,
  getDocs: DOCUMENT,
};
