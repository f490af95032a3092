/**
 * Every way in which a request can be refused: one table, one code each. A refusal is a value and
 * never an exception; `routes/errors.ts` maps each code to an HTTP status.
 */
import type { Stat } from './types.ts';

/**
 * `outcome` says what is known of the request: `not-applied` (nothing changed, safe to repeat) or
 * `unknown` (it may have been applied). `title` is the fixed, human sentence of the problem
 * details.
 */
export const ERROR_CATALOGUE = {
  BadArguments: { outcome: 'not-applied', title: 'The request is malformed' },
  NoNode: { outcome: 'not-applied', title: 'The znode does not exist' },
  NodeExists: { outcome: 'not-applied', title: 'The znode exists already' },
  BadVersion: { outcome: 'not-applied', title: 'The znode is at another version' },
  NotEmpty: { outcome: 'not-applied', title: 'The znode has children' },
  NoChildrenForEphemerals: {
    outcome: 'not-applied',
    title: 'An ephemeral znode cannot have children',
  },
  NoAuth: { outcome: 'not-applied', title: 'The caller lacks the permission' },
  AuthFailed: { outcome: 'not-applied', title: 'The credentials cannot be used' },
  InvalidACL: { outcome: 'not-applied', title: 'The ACL is not valid' },
  SessionExpired: { outcome: 'not-applied', title: 'The session has ended' },
  RepeatMismatch: {
    outcome: 'not-applied',
    title: 'The key or id was used for another request',
  },
  IdPassed: {
    outcome: 'not-applied',
    title: 'A later request of the session has been applied',
  },
  NoWatch: { outcome: 'not-applied', title: 'There is no such watch' },
  HistoryGone: { outcome: 'not-applied', title: 'The history kept does not reach back that far' },
  AheadOfEnsemble: {
    outcome: 'not-applied',
    title: 'The client has seen more than the ensemble has ever had',
  },
  TooLarge: { outcome: 'not-applied', title: 'The request is larger than the limit' },
  LimitExceeded: { outcome: 'not-applied', title: 'A limit of this member is reached' },
  QuotaExceeded: { outcome: 'not-applied', title: 'A quota leaves no room for this' },
  Throttled: { outcome: 'not-applied', title: 'The member is overloaded, try again later' },
  NotReady: { outcome: 'not-applied', title: 'The member cannot serve yet' },
  ReadOnly: { outcome: 'not-applied', title: 'The member serves reads only at present' },
  DiskFull: { outcome: 'not-applied', title: 'The disk is almost full, writes are refused' },
  OutcomeUnknown: { outcome: 'unknown', title: 'The request may have been applied' },
  NotFound: { outcome: 'not-applied', title: 'There is no such resource' },
  MethodNotAllowed: { outcome: 'not-applied', title: 'The resource does not have this method' },
  NotAcceptable: { outcome: 'not-applied', title: 'No representation matches Accept' },
  UnsupportedMediaType: { outcome: 'not-applied', title: 'The content type is not supported' },
  MisdirectedRequest: { outcome: 'not-applied', title: 'This member does not serve that host' },
  OriginNotAllowed: {
    outcome: 'not-applied',
    title: 'Pages of this origin may not use the member',
  },
  RequestTimeout: { outcome: 'not-applied', title: 'The request did not arrive in time' },
} as const satisfies Record<string, { outcome: 'not-applied' | 'unknown'; title: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/**
 * Why a request was refused: what becomes a problem document over HTTP and `error` over WebSocket.
 */
export interface Refusal {
  readonly code: ErrorCode;
  /** One sentence on this occurrence, never with a secret or a znode's data in it. */
  readonly detail?: string;
  /** The znode concerned: the addressed one, or the missing parent. */
  readonly path?: string;
  /** The index of the operation that failed, in a transaction. */
  readonly index?: number;
  /** The znode as it is, when a condition failed. */
  readonly stat?: Stat;
  /** The limit that was reached, in the unit its name tells. */
  readonly limit?: { readonly name: string; readonly value: number };
  /** QuotaExceeded: the path whose quota it is. */
  readonly quota?: string;
  /** Seconds after which a repeat makes sense. */
  readonly retryAfter?: number;
  /** HistoryGone: the oldest zxid (16 hex digits) that events can still be resumed from. */
  readonly oldestZxid?: string;
}
