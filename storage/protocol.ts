/**
 * What the two threads say to each other. Types only. Each request of the main thread has at most
 * one answer; entries travel as transferred buffers, which are handed back for reuse.
 */
import type { HardState } from '../raftlog/types.ts';
import type { EngineOptions, PackedPage, RecoveryPage, RecoverySummary } from './engine.ts';
import type { PackedEntries } from './packed-entries.ts';
import type { StageProgress } from './snapshot-stage.ts';
import type { AppliedMark, SnapshotRefusal, StorageRefusal, StorageStats } from './types.ts';

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
  /** Answered by `answer` or `refused` with the same id. */
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** Answered as `recover` is, or by `installRefused`. Nothing else is being loaded. */
  | { readonly kind: 'finishInstall' }
  /** Answered by `closed`, the last message. */
  | { readonly kind: 'close'; readonly applied: AppliedMark | undefined };

export type Question =
  | { readonly about: 'readLog'; readonly from: number; readonly maxBytes: number }
  | { readonly about: 'indexAfter'; readonly zxid: number }
  | { readonly about: 'openSnapshot'; readonly applied: AppliedMark | undefined }
  | { readonly about: 'readSnapshot'; readonly view: number; readonly chunk: number }
  | { readonly about: 'closeSnapshot'; readonly view: number }
  | { readonly about: 'beginInstall' }
  | { readonly about: 'stageChunk'; readonly chunk: Uint8Array }
  | { readonly about: 'abandonInstall' };

/** What each question is answered with. */
export interface Answers {
  readonly readLog: PackedPage;
  readonly indexAfter: number | undefined;
  readonly openSnapshot: { readonly id: number; readonly mark: AppliedMark };
  readonly readSnapshot: Uint8Array<ArrayBuffer> | undefined;
  readonly closeSnapshot: undefined;
  readonly beginInstall: undefined;
  readonly stageChunk: StageProgress;
  readonly abandonInstall: undefined;
}

export type StorageReply =
  | { readonly kind: 'page'; readonly page: RecoveryPage }
  | {
      readonly kind: 'recovered';
      readonly summary: RecoverySummary;
      readonly stats: StorageStats;
    }
  | { readonly kind: 'appended'; readonly buffer: ArrayBuffer; readonly stats: StorageStats }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answers[keyof Answers] }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly reason: SnapshotRefusal['reason'];
      readonly message: string;
    }
  | {
      readonly kind: 'installRefused';
      readonly reason: SnapshotRefusal['reason'];
      readonly message: string;
    }
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
