/**
 * The storage of a member, as its main thread sees it: hands work to the storage thread and calls
 * back. While one batch is being committed, what piles up here becomes the next one: one
 * transaction, one fsync, for all of it. Nothing here touches a file.
 */
import { Worker } from 'node:worker_threads';
import { assert, assertNever } from '../raftlog/assert.ts';
import type { HardState, LogIndex, MemberId } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import type { RecoveryPage, RecoverySummary } from './engine.ts';
import { EntryPacker, unpackEntries } from './packed-entries.ts';
import { PageReader } from './page-reader.ts';
import type { StorageReply, StorageRequest, WorkerOptions } from './protocol.ts';
import {
  type AppendBatch,
  type AppliedMark,
  type LogPage,
  type Recovered,
  type Storage,
  StorageRefusal,
  type StorageStats,
  type TablesSink,
} from './types.ts';

export interface SqliteStorageOptions {
  /** Made when it is missing. One member, one process at a time. */
  readonly directory: string;
  /** When given, a directory that belongs to another member is refused. */
  readonly memberId?: MemberId;
  /** Log entries kept behind the tables. */
  readonly historyEntries: number;
  /** Bytes of log kept behind the tables, whatever `historyEntries` says; default 1 GiB. */
  readonly historyBytes?: number;
  /** Folding waits for quiet until this many entries (20,000) or bytes (32 MiB) are unfolded. */
  readonly foldEntries?: number;
  readonly foldBytes?: number;
  /** Quiet after this many milliseconds without an append; default 1000. */
  readonly foldIdleMs?: number;
  /** SQLite's write-ahead log is copied to the database at this size; default 4 MiB. */
  readonly checkpointBytes?: number;
  /**
   * The disk failed, or the storage thread died. Called at most once; nothing that was not
   * acknowledged by then ever will be. The member must stop.
   */
  readonly onFatal: (error: Error) => void;
}

const MIB = 1024 * 1024;
const DEFAULTS = {
  memberId: 0,
  historyBytes: 1024 * MIB,
  foldEntries: 20_000,
  foldBytes: 32 * MIB,
  foldIdleMs: 1000,
  /** A checkpoint of this takes about 5 ms; twice as much saves a few percent and takes 10. */
  checkpointBytes: 4 * MIB,
} as const;

/** A batch takes calls until it is this large, so that none waits for a commit without end. */
const BATCH_BYTES = 8 * MIB;
/** A mark that no append took along is sent after this time. */
const MARK_DELAY_MS = 100;

const NO_STATS: StorageStats = {
  fsyncs: 0,
  lastFsyncMs: 0,
  foldedIndex: 0,
  firstIndex: 0,
  oldestZxid: ZXID_NONE,
  diskBytes: 0,
  freeBytes: undefined,
};

export function openSqliteStorage(options: SqliteStorageOptions): Storage {
  return new SqliteStorage(options);
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

interface Recovery extends Waiting<Recovered> {
  readonly reader: PageReader;
}

class SqliteStorage implements Storage {
  readonly #worker: Worker;
  readonly #onFatal: (error: Error) => void;
  readonly #packer = new EntryPacker();
  #state: 'new' | 'recovering' | 'open' | 'closing' | 'ended' = 'new';
  #recovery: Recovery | undefined;
  #failure: Error | undefined;
  #stats = NO_STATS;

  /** Callbacks of the batch that is being committed, undefined when none is. */
  #committing: (() => void)[] | undefined;
  /** Calls that wait for it to end, in order. */
  #batches: AppendBatch[] = [];
  #callbacks: (() => void)[] = [];
  /** The newest mark that the worker has not been told; the next append takes it along. */
  #mark: AppliedMark | undefined;
  #markTimer: NodeJS.Timeout | undefined;
  /** Answers come in the order of the questions. */
  readonly #logReads: Waiting<LogPage>[] = [];
  readonly #indexReads: Waiting<LogIndex | undefined>[] = [];
  #closing: Promise<void> | undefined;
  #closed: (() => void) | undefined;

  constructor({ onFatal, ...options }: SqliteStorageOptions) {
    this.#onFatal = onFatal;
    const workerData: WorkerOptions = { ...DEFAULTS, ...options };
    // The published package holds JavaScript, the repository TypeScript.
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
      workerData,
      // Whatever the process preloads is meant for its main thread.
      execArgv: [],
    });
    this.#worker.on('message', (reply: StorageReply) => this.#onReply(reply));
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', () => this.#fail(new Error('the storage thread ended by itself')));
  }

  recover(sink: TablesSink): Promise<Recovered> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    assert(this.#state === 'new', 'a storage is recovered once, first of all');
    this.#state = 'recovering';
    return new Promise((resolve, reject) => {
      this.#recovery = { reader: new PageReader(sink), resolve, reject };
      this.#send({ kind: 'recover' });
    });
  }

  append(batch: AppendBatch, persisted: () => void): void {
    if (this.#state === 'ended' || this.#state === 'closing') return;
    assert(this.#state === 'open', 'a storage is recovered before it is appended to');
    this.#batches.push(batch);
    this.#callbacks.push(persisted);
    if (this.#committing === undefined) this.#sendBatch();
  }

  applied(mark: AppliedMark): void {
    this.#mark = mark;
    if (this.#markTimer !== undefined) return;
    this.#markTimer = setTimeout(() => this.#sendMark(), MARK_DELAY_MS);
    this.#markTimer.unref();
  }

  readLog(from: LogIndex, maxBytes: number): Promise<LogPage> {
    return this.#ask(this.#logReads, { kind: 'readLog', from, maxBytes });
  }

  indexAfter(zxid: number): Promise<LogIndex | undefined> {
    return this.#ask(this.#indexReads, { kind: 'indexAfter', zxid });
  }

  stats(): StorageStats {
    return this.#stats;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const wasOpen = this.#state === 'open';
    if (this.#state !== 'ended') this.#state = 'closing';
    if (wasOpen) {
      await new Promise<void>((resolve) => {
        this.#closed = resolve;
        this.#closeWhenIdle();
      });
    }
    this.#end(new Error('the storage was closed'));
    await this.#worker.terminate();
  }

  /** Everything handed in before is committed and called back first. */
  #closeWhenIdle(): void {
    if (this.#committing !== undefined) return;
    this.#send({ kind: 'close', applied: this.#takeMark() });
  }

  #send(request: StorageRequest, transferred: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transferred);
  }

  #sendBatch(): void {
    let hardState: HardState | undefined;
    let count = 0;
    for (const batch of this.#batches) {
      for (const entry of batch.entries) this.#packer.add(entry);
      hardState = batch.hardState ?? hardState;
      count += 1;
      if (this.#packer.used >= BATCH_BYTES) break;
    }
    this.#committing = this.#callbacks.splice(0, count);
    this.#batches.splice(0, count);
    const block = this.#packer.take();
    this.#send({ kind: 'append', block, hardState, applied: this.#takeMark() }, [block.buffer]);
  }

  #takeMark(): AppliedMark | undefined {
    const mark = this.#mark;
    this.#mark = undefined;
    return mark;
  }

  #sendMark(): void {
    this.#markTimer = undefined;
    const mark = this.#takeMark();
    if (mark !== undefined && this.#state === 'open') this.#send({ kind: 'applied', mark });
  }

  #ask<T>(queue: Waiting<T>[], request: StorageRequest): Promise<T> {
    if (this.#state !== 'open') return Promise.reject(new Error('the storage is not open'));
    return new Promise((resolve, reject) => {
      queue.push({ resolve, reject });
      this.#send(request);
    });
  }

  #onReply(reply: StorageReply): void {
    if (this.#state === 'ended') return;
    switch (reply.kind) {
      case 'page':
        this.#onPage(reply.page);
        return;
      case 'recovered':
        this.#stats = reply.stats;
        this.#onRecovered(reply.summary);
        return;
      case 'appended':
        this.#stats = reply.stats;
        this.#packer.giveBack(reply.buffer);
        this.#onAppended();
        return;
      case 'log': {
        const entries = unpackEntries(reply.block);
        this.#logReads.shift()?.resolve({ entries, firstIndex: reply.firstIndex });
        return;
      }
      case 'index':
        this.#indexReads.shift()?.resolve(reply.index);
        return;
      case 'stats':
        this.#stats = reply.stats;
        return;
      case 'closed':
        // At once: the thread's exit may be reported in this very turn, and is not a failure now.
        this.#end(new Error('the storage was closed'));
        this.#closed?.();
        return;
      case 'failed':
        this.#fail(errorOf(reply));
        return;
      default:
        assertNever(reply);
    }
  }

  #onPage(page: RecoveryPage): void {
    const recovery = this.#recovery;
    assert(recovery !== undefined, 'pages come while a recovery is under way');
    this.#send({ kind: 'pageTaken' });
    try {
      recovery.reader.take(page);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #onRecovered({ hardState, tables, firstIndex }: RecoverySummary): void {
    const recovery = this.#recovery;
    assert(recovery !== undefined, 'a recovery ends once');
    this.#recovery = undefined;
    if (this.#state === 'recovering') this.#state = 'open';
    recovery.resolve({ hardState, tables, entries: recovery.reader.entries, firstIndex });
  }

  #onAppended(): void {
    const done = this.#committing;
    assert(done !== undefined, 'only what was sent is acknowledged');
    this.#committing = undefined;
    // The next batch is on its way before anybody is told: the disk does not wait for callbacks.
    if (this.#batches.length > 0) this.#sendBatch();
    else if (this.#closed !== undefined) this.#closeWhenIdle();
    for (const persisted of done) persisted();
  }

  /** The end, and not by our will: whoever waits for something learns why. */
  #fail(error: Error): void {
    if (this.#state === 'ended') return;
    // Whoever waits for the recovery, or is about to, learns it from there.
    const told = this.#state === 'new' || this.#recovery !== undefined;
    this.#failure = error;
    this.#end(error);
    this.#closed?.();
    void this.#worker.terminate();
    if (!told) this.#onFatal(error);
  }

  #end(error: Error): void {
    this.#state = 'ended';
    clearTimeout(this.#markTimer);
    this.#committing = undefined;
    this.#batches = [];
    this.#callbacks = [];
    this.#recovery?.reject(error);
    this.#recovery = undefined;
    for (const waiting of [...this.#logReads.splice(0), ...this.#indexReads.splice(0)]) {
      waiting.reject(error);
    }
  }
}

/** Errors do not keep their class between threads. */
function errorOf({ reason, message, stack }: Extract<StorageReply, { kind: 'failed' }>): Error {
  const error = reason === undefined ? new Error(message) : new StorageRefusal(reason, message);
  if (stack !== '') error.stack = stack;
  return error;
}
