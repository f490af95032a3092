/** What a client and a member say to each other on a connection. */
import type { Zxid } from '../../../raftlog/zxid.ts';
import type {
  RequestName,
  RewatchRequest,
  WatchOptions,
  WriteAnswer,
} from '../../../server/types.ts';
import type { Refusal } from '../../../storage/tree/errors.ts';
import type { ReadRequest } from '../../../storage/tree/reads.ts';
import type { WriteRequest } from '../../../storage/tree/types.ts';
import type { Shown } from './invariants/reads.ts';

export type Request =
  | {
      readonly op: 'connect';
      readonly token: string | undefined;
      readonly timeoutMs: number;
      readonly seen: Zxid;
    }
  | { readonly op: 'write'; readonly request: WriteRequest; readonly name?: RequestName }
  | {
      readonly op: 'read';
      readonly request: ReadRequest;
      readonly watch: boolean;
      /** Linearizable: a quorum confirms it. */
      readonly confirmed: boolean;
    }
  | { readonly op: 'sync' }
  | { readonly op: 'watch'; readonly options: WatchOptions }
  /** One-shot watches of a former connection. */
  | { readonly op: 'rewatch'; readonly request: RewatchRequest }
  | { readonly op: 'heartbeat' }
  /** For one that has no session: nothing older than this is to be shown. */
  | { readonly op: 'fresh'; readonly seen: Zxid };

export type Answer =
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly zxid: Zxid }
  | { readonly kind: 'written'; readonly answer: WriteAnswer; readonly zxid: Zxid }
  | {
      readonly kind: 'connected';
      readonly session: string;
      readonly token: string;
      readonly timeoutMs: number;
      /** What a new session was promised, and when. */
      readonly promised?: { readonly at: number; readonly remaining: number };
      readonly zxid: Zxid;
    }
  | {
      readonly kind: 'shown';
      readonly shown: Shown;
      readonly watch: number | undefined;
      readonly zxid: Zxid;
    }
  | { readonly kind: 'watching'; readonly watch: number; readonly zxid: Zxid }
  | {
      readonly kind: 'rewatching';
      readonly data: readonly number[];
      readonly child: readonly number[];
      readonly zxid: Zxid;
    }
  | { readonly kind: 'synced'; readonly zxid: Zxid }
  | {
      readonly kind: 'alive';
      readonly at: number;
      readonly remaining: number;
      readonly zxid: Zxid;
    };
