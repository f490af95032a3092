/**
 * What a member and its leader say to each other beside the log: requests of clients and verdicts
 * on them, signs of life of sessions, and who speaks for a session. It travels as JSON in the lane
 * of the transport, in order, and is lost with its stream.
 */
import type { LogIndex, MemberId } from '../raftlog/types.ts';
import type { Zxid } from '../raftlog/zxid.ts';
import type { RequestName, SessionId, WriteRequest } from '../storage/tree/types.ts';
import type { Milestone } from './agreement.ts';
import type { Verdict } from './primary.ts';
import type { Caller } from './types.ts';

export type ForwardedRequest =
  | {
      readonly kind: 'write';
      readonly caller: Caller;
      readonly request: WriteRequest;
      readonly name?: RequestName | undefined;
    }
  /** Answered by the verdict `confirming`, and by `confirmed` once a quorum has. */
  | { readonly kind: 'sync'; readonly id: number };

/** To the leader. */
export type Forwarded =
  | {
      readonly kind: 'requests';
      /** Of the sender: a generation of which one batch was refused is refused as a whole. */
      readonly generation: number;
      /** Of the leader that they are sent to: it judges them in no other. */
      readonly epoch: number;
      readonly requests: readonly ForwardedRequest[];
    }
  | {
      readonly kind: 'signs';
      readonly round: number;
      readonly sessions: readonly SessionId[];
      /** How long ago each of them showed life, ms, rounded down; absent: a moment ago. */
      readonly ages?: readonly number[];
      readonly report: MemberReport;
    }
  /** A connection of the sender speaks for the session, for `ms` now. */
  | { readonly kind: 'attached'; readonly session: SessionId; readonly ms: number };

/** From the leader. */
export type ForwardReply =
  /** One for each request, in order; of the generation that the requests were of. */
  | {
      readonly kind: 'verdicts';
      readonly generation: number;
      readonly verdicts: readonly ForwardedVerdict[];
      /** Those of them that change nothing hold when this is `upheld`; absent: they hold. */
      readonly decision?: number;
    }
  /** A quorum has confirmed the leader since it judged so. */
  | { readonly kind: 'upheld'; readonly generation: number; readonly decision: number }
  /** It may have been a leader of the past: what it judged so may have been so no more. */
  | { readonly kind: 'overruled'; readonly generation: number; readonly decision: number }
  /** None of this generation that is without a verdict was taken, or will be. */
  | { readonly kind: 'refused'; readonly generation: number }
  | { readonly kind: 'confirmed'; readonly id: number; readonly index: LogIndex }
  /** Leads no more: the sync with this id must be asked again, of whoever does. */
  | { readonly kind: 'unconfirmed'; readonly id: number }
  | {
      readonly kind: 'signs';
      readonly round: number;
      readonly reports: readonly AgedReport[];
      /** Members whose stream to the leader has ended; absent: none. */
      readonly away?: readonly MemberId[];
      /** For how long the leader has judged sessions, ms: all had their full time when it began. */
      readonly judgedMs?: number;
      /**
       * How long ago the last round of heartbeats began by which a quorum has confirmed the leader,
       * ms; absent: none has yet.
       */
      readonly confirmedMs?: number;
      /** Sessions of this round for which their sign of life came too late; absent: none. */
      readonly ending?: readonly SessionId[];
    }
  /** Another member speaks for the session, for `ms` now. */
  | { readonly kind: 'moved'; readonly session: SessionId; readonly ms: number }
  /** The sender of `attached` does, and the others are told. */
  | { readonly kind: 'speaks'; readonly session: SessionId };

export type ForwardedVerdict = Verdict | { readonly kind: 'confirming' };

/** What a member says of itself. */
export interface MemberReport {
  readonly id: MemberId;
  readonly role: 'looking' | 'following' | 'leading' | 'observing';
  readonly epoch: number;
  readonly zxid: Zxid;
  /** Of the last log entry applied. */
  readonly index: LogIndex;
  readonly digest: string;
  /** An earlier entry at which others that are busy can compare their tree with this one. */
  readonly milestone?: Milestone;
  readonly ready: boolean;
  /** Why it is not. */
  readonly reason?: string;
  readonly version: string;
  readonly uptimeSeconds: number;
}

export interface AgedReport {
  readonly report: MemberReport;
  /** Milliseconds since the member said so. */
  readonly age: number;
}

/**
 * Bytes of one request or of one verdict, at most: well below what the transport takes as one frame
 * (`frameBytes` of server/peers/types.ts).
 */
export const LANE_ITEM_BYTES = 24 * 1024 * 1024;
/** Bytes of requests or verdicts that travel in one message, about. */
export const LANE_BATCH_BYTES = 1024 * 1024;

export function encodeLane(message: Forwarded | ForwardReply): string {
  return JSON.stringify(message);
}

/** `items` are requests that are JSON already. */
export function encodeRequests(
  generation: number,
  epoch: number,
  items: readonly string[],
): string {
  return `{"kind":"requests","generation":${generation},"epoch":${epoch},"requests":[${items}]}`;
}

/** Whether a request or a verdict, as JSON, is more than travels in one piece. */
export function isTooLong(item: string): boolean {
  // A unit of text has three bytes at most.
  return 3 * item.length > LANE_ITEM_BYTES && Buffer.byteLength(item) > LANE_ITEM_BYTES;
}

/** Peers have proved themselves and run the same protocol: what they send is what they say. */
export function decodeForwarded(payload: string | Uint8Array): Forwarded {
  return JSON.parse(textOf(payload)) as Forwarded;
}

export function decodeReply(payload: string | Uint8Array): ForwardReply {
  return JSON.parse(textOf(payload)) as ForwardReply;
}

function textOf(payload: string | Uint8Array): string {
  return typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');
}
