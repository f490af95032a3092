/**
 * The one table from a refusal's code to an HTTP status, and problem details (RFC 9457) for both
 * HTTP and WebSocket. Nothing else in the project chooses a status for an error.
 *
 * A problem never shows internal text: a refusal's `detail` is written for clients, and whatever is
 * not a refusal becomes a bare 500 here and a log line with the stack on the member.
 */

import type { Zxid } from '../raftlog/zxid.ts';
import { ERROR_CATALOGUE, type ErrorCode, type Refusal } from '../storage/tree/errors.ts';
import { type WireStat, wireStat, zxidText } from './wire.ts';

/** The compiler asks for a row when the catalogue gains a code. */
export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  BadArguments: 400,
  /** Of the addressed znode; 409 when it is a parent that is missing (`statusOf`). */
  NoNode: 404,
  NodeExists: 409,
  /** 412 whenever an `If-*` header or `version` failed. */
  BadVersion: 412,
  NotEmpty: 409,
  NoChildrenForEphemerals: 409,
  NoAuth: 403,
  InvalidACL: 400,
  SessionExpired: 410,
  SessionMoved: 409,
  NoWatch: 404,
  HistoryGone: 410,
  TooLarge: 413,
  LimitExceeded: 403,
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
  const { code, detail, path, index, stat, limit, retryAfter, oldestZxid } = refusal;
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
    ...(retryAfter === undefined ? undefined : { retryAfter }),
    ...(oldestZxid === undefined ? undefined : { oldestZxid }),
  };
}
