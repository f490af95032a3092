/**
 * What the two threads say to each other. Types only. Each request of the main thread has at most
 * one answer; entries travel as transferred buffers, which are handed back for reuse.
 */
import type { HardState } from '../raftlog/types.ts';
import type { EngineOptions, RecoveryPage, RecoverySummary } from './engine.ts';
import type { PackedEntries } from './packed-entries.ts';
import type { AppliedMark, StorageRefusal, StorageStats } from './types.ts';

/** Given to the thread when it starts. */
export type WorkerOptions = EngineOptions;

export type StorageRequest =
  /** Answered by pages, then `recovered`, or `failed`. */
  | { readonly kind: 'recover' }
  /** A page was taken: another one may be sent. */
  | { readonly kind: 'pageTaken' }
  /** Answered by `appended`. One at a time. */
  | {
      readonly kind: 'append';
      readonly block: PackedEntries;
      readonly hardState: HardState | undefined;
      readonly applied: AppliedMark | undefined;
    }
  /** No answer. */
  | { readonly kind: 'applied'; readonly mark: AppliedMark }
  /** Answered by `log`, in the order asked; likewise `indexAfter` by `index`. */
  | { readonly kind: 'readLog'; readonly from: number; readonly maxBytes: number }
  | { readonly kind: 'indexAfter'; readonly zxid: number }
  /** Answered by `closed`, the last message. */
  | { readonly kind: 'close'; readonly applied: AppliedMark | undefined };

export type StorageReply =
  | { readonly kind: 'page'; readonly page: RecoveryPage }
  | {
      readonly kind: 'recovered';
      readonly summary: RecoverySummary;
      readonly stats: StorageStats;
    }
  | { readonly kind: 'appended'; readonly buffer: ArrayBuffer; readonly stats: StorageStats }
  | { readonly kind: 'log'; readonly block: PackedEntries; readonly firstIndex: number }
  | { readonly kind: 'index'; readonly index: number | undefined }
  /** Unasked: something in it changed without an append. */
  | { readonly kind: 'stats'; readonly stats: StorageStats }
  | { readonly kind: 'closed' }
  /** The last message of a worker that cannot go on; a refusal keeps its reason. */
  | {
      readonly kind: 'failed';
      readonly reason: StorageRefusal['reason'] | undefined;
      readonly message: string;
      readonly stack: string;
    };
