/**
 * From what a client sends as JSON (an HTTP body, an operation of a transaction, a WebSocket
 * frame), already validated against the document, to what the tree takes. One place for both
 * transports, so that an operation means the same over either.
 */
import { parseZxid } from '../raftlog/zxid.ts';
import type { Limits } from '../server/limits.ts';
import type { Coordinator } from '../server/types.ts';
import type { ReadRequest } from '../storage/tree/reads.ts';
import type {
  Acl,
  Condition,
  CreateMode,
  CreateRequest,
  DeleteRequest,
  SessionId,
  SetAclRequest,
  SetRequest,
  TransactionOp,
  ZnodeData,
} from '../storage/tree/types.ts';
import { dataOfText, NO_DATA } from './data.ts';
import { badArguments, RequestError } from './errors.ts';
import { unproved, YoungSession } from './young-sessions.ts';

export interface DataParameters {
  readonly data?: string;
  readonly encoding?: 'utf8' | 'base64';
}

export interface ConditionParameters {
  /** -1 = any. */
  readonly version?: number;
  /** An entity tag without its quotes: `<mzxid>`, or the JSON form, of which the mzxid counts. */
  readonly etag?: string;
}

export interface CreateParameters extends DataParameters {
  readonly path: string;
  readonly mode?: CreateMode;
  readonly ttlMs?: number;
  readonly parents?: boolean;
  readonly acl?: Acl;
  /** The token of a former session. */
  readonly takeover?: string;
}

export interface SetParameters extends DataParameters, ConditionParameters {
  readonly path: string;
  readonly create?: boolean;
}

export interface DeleteParameters extends ConditionParameters {
  readonly path: string;
  readonly recursive?: boolean;
}

export interface SetAclParameters {
  readonly path: string;
  readonly acl: Acl;
  readonly version?: number;
}

export interface ChildrenParameters {
  readonly path: string;
  readonly limit?: number;
  readonly after?: string;
  readonly include?: readonly ('stat' | 'data')[];
}

export type TransactionOpParameters =
  | ({ readonly op: 'create' } & CreateParameters)
  | ({ readonly op: 'set' } & SetParameters)
  | ({ readonly op: 'delete' } & DeleteParameters)
  | ({ readonly op: 'check' } & ConditionParameters & { readonly path: string })
  | { readonly op: 'checkAbsent'; readonly path: string };

export type ReadParameters =
  | { readonly op: 'get' | 'exists' | 'getAcl'; readonly path: string }
  | ({ readonly op: 'children' } & ChildrenParameters);

export function dataOf(parameters: DataParameters, limits: Limits): ZnodeData {
  const { data } = parameters;
  if (data === undefined) return NO_DATA;
  return dataOfText(data, parameters.encoding ?? 'utf8', limits.dataBytes);
}

/** The session that a token proves; undefined when it proves none that is alive. */
export type Prove = (token: string) => SessionId | undefined;

/**
 * For `takeover`: showing the token of a former session is no sign of life of it. What was shown is
 * added to `shown`, whatever it proves: a repeat shows the same, and may prove nothing any more.
 * Throws `YoungSession` when that cannot be told yet; `known`: as in `Coordinator.authenticate`.
 */
export function proofBy(
  coordinator: Pick<Coordinator, 'authenticate'>,
  shown: string[] = [],
  known = false,
): Prove {
  return (token) => {
    shown.push(token);
    const answer = coordinator.authenticate(token, false, known);
    if (answer.ok) return answer.session;
    // This member cannot tell yet.
    if (answer.refusal.code === 'NotReady') throw unproved(answer);
    return undefined;
  };
}

export function createRequest(
  parameters: CreateParameters,
  limits: Limits,
  prove: Prove,
): CreateRequest {
  const { path, mode, ttlMs, parents, acl, takeover: token } = parameters;
  if (token !== undefined && mode !== 'ephemeral') {
    throw badArguments('only the mode ephemeral takes over a znode', path);
  }
  // From here on it is a session that was proved, and the token goes no further.
  const takeover = token === undefined ? undefined : prove(token);
  return {
    op: 'create',
    path,
    data: dataOf(parameters, limits),
    mode: mode ?? 'persistent',
    ...(ttlMs === undefined ? undefined : { ttlMs }),
    ...(parents === true ? { parents } : undefined),
    ...(acl === undefined ? undefined : { acl: wellFormedAcl(acl) }),
    ...(takeover === undefined ? undefined : { takeover }),
  };
}

export function setRequest(parameters: SetParameters, limits: Limits): SetRequest {
  const { path, create } = parameters;
  const condition = conditionOf(parameters);
  return {
    op: 'set',
    path,
    data: dataOf(parameters, limits),
    ...(condition === undefined ? undefined : { condition }),
    ...(create === true ? { create } : undefined),
  };
}

export function deleteRequest(parameters: DeleteParameters): DeleteRequest {
  const { path, recursive } = parameters;
  const condition = conditionOf(parameters);
  return {
    op: 'delete',
    path,
    ...(condition === undefined ? undefined : { condition }),
    ...(recursive === true ? { recursive } : undefined),
  };
}

export function setAclRequest(parameters: SetAclParameters): SetAclRequest {
  const { path, acl, version } = parameters;
  return {
    op: 'setAcl',
    path,
    acl: wellFormedAcl(acl),
    ...(version === undefined || version === -1 ? undefined : { condition: { version } }),
  };
}

/** Throws `RequestError` with the index of the operation that is malformed. */
export function transactionOps(
  ops: readonly TransactionOpParameters[],
  limits: Limits,
  prove: Prove,
): TransactionOp[] {
  checkCount(ops.length, limits);
  return ops.map((op, index) => {
    try {
      return transactionOp(op, limits, prove);
    } catch (error) {
      if (!(error instanceof RequestError) || error instanceof YoungSession) throw error;
      throw new RequestError({ ...error.refusal, path: op.path, index });
    }
  });
}

function transactionOp(
  parameters: TransactionOpParameters,
  limits: Limits,
  prove: Prove,
): TransactionOp {
  switch (parameters.op) {
    case 'create':
      return createRequest(parameters, limits, prove);
    case 'set':
      return setRequest(parameters, limits);
    case 'delete':
      return deleteRequest(parameters);
    case 'check': {
      const condition = conditionOf(parameters);
      const { op, path } = parameters;
      return condition === undefined ? { op, path } : { op, path, condition };
    }
    case 'checkAbsent':
      return { op: 'checkAbsent', path: parameters.path };
  }
}

export function readRequests(ops: readonly ReadParameters[], limits: Limits): ReadRequest[] {
  checkCount(ops.length, limits);
  return ops.map((op) => readRequest(op, limits));
}

export function readRequest(parameters: ReadParameters, limits: Limits): ReadRequest {
  if (parameters.op !== 'children') return { op: parameters.op, path: parameters.path };
  return childrenRequest(parameters, limits);
}

export function childrenRequest(
  parameters: ChildrenParameters,
  limits: Limits,
): ReadRequest & { readonly op: 'children' } {
  const { path, limit = limits.childrenPage, after, include = [] } = parameters;
  if (limit < 1) throw badArguments('limit is at least 1', path);
  return {
    op: 'children',
    path,
    limit: Math.min(limit, limits.childrenPage),
    maxBytes: limits.childrenPageBytes,
    includeStat: include.includes('stat'),
    includeData: include.includes('data'),
    ...(after === undefined ? undefined : { after }),
  };
}

function checkCount(count: number, { transactionOps }: Limits): void {
  if (count <= transactionOps) return;
  throw new RequestError({
    code: 'TooLarge',
    detail: `more than ${transactionOps} operations`,
    limit: { name: 'transactionOps', value: transactionOps },
  });
}

function conditionOf({ version, etag }: ConditionParameters): Condition | undefined {
  const anyVersion = version === undefined || version === -1;
  if (etag === undefined) return anyVersion ? undefined : { version };
  const mzxid = parseZxid(etag.replace(/^"(.*)"$/, '$1').slice(0, 16));
  if (mzxid === undefined) throw badArguments('etag is not one that this service gave out');
  return anyVersion ? { mzxid } : { mzxid, version };
}

/** Half a surrogate pair would become another character on disk: two ids would be one. */
function wellFormedAcl(acl: Acl): Acl {
  if (acl.some(({ id, scheme }) => !id.isWellFormed() || !scheme.isWellFormed())) {
    throw badArguments('an ACL holds half of a surrogate pair, which UTF-8 cannot say');
  }
  return acl;
}
