/**
 * The one table from a refusal's code to an HTTP status, and problem details (RFC 9457) for both
 * HTTP and WebSocket. Nothing else in the project chooses a status for an error.
 *
 * A problem never shows internal text: a refusal's `detail` is written for clients, and whatever is
 * not a refusal becomes a bare 500 and a log line with the stack on the member (`failures.ts`).
 */
import { ERROR_CATALOGUE, type ErrorCode, type Refusal } from '../storage/tree/errors.ts';
import { type WireStat, wireStat } from './wire.ts';

/** The compiler asks for a row when the catalogue gains a code. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  BadArguments: 400,
  /** Of the addressed znode; 409 when it is a parent or a part of a transaction (`statusOf`). */
  NoNode: 404,
  /** 412 when `If-None-Match` asked for it to be absent (`statusOf`). */
  NodeExists: 409,
  BadVersion: 412,
  NotEmpty: 409,
  NoChildrenForEphemerals: 409,
  NoAuth: 403,
  AuthFailed: 401,
  InvalidACL: 400,
  SessionExpired: 410,
  RepeatMismatch: 422,
  /** Of a WebSocket only. */
  IdPassed: 409,
  NoWatch: 404,
  HistoryGone: 410,
  AheadOfEnsemble: 409,
  TooLarge: 413,
  LimitExceeded: 403,
  QuotaExceeded: 403,
  Throttled: 503,
  NotReady: 503,
  ReadOnly: 503,
  DiskFull: 503,
  OutcomeUnknown: 504,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  UnsupportedMediaType: 415,
  MisdirectedRequest: 421,
  OriginNotAllowed: 403,
  RequestTimeout: 408,
};

/**
 * A request that cannot be understood or taken as it stands. Thrown by whatever reads requests
 * (paths, queries, headers, bodies, frames) and turned into an answer by the one that called it;
 * never for what the tree decides, which is a value.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail ?? refusal.code);
    this.refusal = refusal;
  }
}

export function badArguments(detail: string, path?: string): RequestError {
  return new RequestError({
    code: 'BadArguments',
    detail,
    ...(path === undefined ? undefined : { path }),
  });
}

/** What a refusal looks like over the WebSocket; over HTTP `type` and `status` come with it. */
export interface WireError {
  readonly code: ErrorCode;
  readonly outcome: 'not-applied' | 'unknown';
  readonly title: string;
  readonly detail?: string;
  readonly path?: string;
  readonly index?: number;
  readonly stat?: WireStat;
  readonly limit?: { readonly name: string; readonly value: number };
  /** QuotaExceeded: whose quota it is. */
  readonly quota?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly oldestZxid?: string;
}

export interface Problem extends WireError {
  readonly type: string;
  readonly status: number;
  /** The last zxid applied by the member that answered. */
  readonly zxid: string;
}

export function wireError(refusal: Refusal): WireError {
  const { code, detail, path, index, stat, limit, quota, retryAfter, oldestZxid } = refusal;
  const { outcome, title } = ERROR_CATALOGUE[code];
  return {
    code,
    outcome,
    title,
    ...(detail === undefined ? undefined : { detail }),
    ...(path === undefined ? undefined : { path }),
    ...(index === undefined ? undefined : { index }),
    ...(stat === undefined ? undefined : { stat: wireStat(stat) }),
    ...(limit === undefined ? undefined : { limit }),
    ...(quota === undefined ? undefined : { quota }),
    ...(retryAfter === undefined ? undefined : { retryAfter }),
    ...(oldestZxid === undefined ? undefined : { oldestZxid }),
  };
}

/** What of a request its refusals' statuses depend on. */
export interface Addressed {
  /** The znode that the URL names; undefined for a transaction. */
  readonly path?: string | undefined;
  /** It came with `If-Match` or `If-None-Match`. */
  readonly conditional?: boolean;
}

/**
 * The status of a refusal: the table's, but 409 for a znode that is missing and is not the
 * addressed one, and 412 for what an `If-*` header of the request asked for.
 */
export function statusOf(refusal: Refusal, { path, conditional }: Addressed): number {
  const { code } = refusal;
  if (code === 'NoNode') {
    if (refusal.path !== path) return 409;
    return conditional === true ? 412 : 404;
  }
  if (code === 'NodeExists' && conditional === true) return 412;
  return HTTP_STATUS[code];
}

/** The body of a problem document. `zxid` is the text of the last zxid applied here. */
export function problemOf(refusal: Refusal, status: number, zxid: string): Problem {
  return { type: PROBLEM_TYPES[refusal.code], status, ...wireError(refusal), zxid };
}

/** `about:blank` would say that there is nothing beyond the status; these name the code. */
const PROBLEM_TYPES = Object.fromEntries(
  Object.keys(ERROR_CATALOGUE).map((code) => [code, `urn:paddock:problem:${code}`]),
) as Readonly<Record<ErrorCode, string>>;
