/**
 * The storage of a member, as its main thread sees it: hands work to the storage thread and calls
 * back. While one batch is being committed, what piles up here becomes the next one: one
 * transaction, one fsync, for all of it. Nothing here touches a file.
 */
import { Worker } from 'node:worker_threads';
import { assert, assertNever } from '../raftlog/assert.ts';
import type { HardState, LogIndex } from '../raftlog/types.ts';
import { ZXID_NONE } from '../raftlog/zxid.ts';
import type { RecoveryPage, RecoverySummary } from './engine.ts';
import { Inquiries } from './inquiries.ts';
import { EntryPacker, unpackEntries } from './packed-entries.ts';
import { PageReader } from './page-reader.ts';
import type { Answers, Question, StorageReply, StorageRequest, WorkerOptions } from './protocol.ts';
import { RemoteInstall, RemoteSnapshot } from './snapshot-client.ts';
import { SQLITE_DEFAULTS, type SqliteStorageOptions } from './sqlite-options.ts';
import {
  type AppendBatch,
  type AppliedMark,
  type LogPage,
  type Recovered,
  type SnapshotInstall,
  SnapshotRefusal,
  type SnapshotSource,
  type Storage,
  StorageRefusal,
  type StorageStats,
  type TablesSink,
} from './types.ts';

export type { SqliteStorageOptions } from './sqlite-options.ts';

/** A batch takes calls until it is this large, so that none waits for a commit without end. */
const BATCH_BYTES = 8 * 1024 * 1024;
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

interface Recovery {
  readonly reader: PageReader;
  readonly resolve: (recovered: Recovered) => void;
  readonly reject: (error: Error) => void;
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
  /** Nothing at or before it is ever replaced. */
  #appliedIndex = 0;
  readonly #inquiries = new Inquiries((request) => this.#send(request));
  #install: RemoteInstall | undefined;
  #closing: Promise<void> | undefined;
  #closed: (() => void) | undefined;

  constructor({ onFatal, ...options }: SqliteStorageOptions) {
    this.#onFatal = onFatal;
    const workerData: WorkerOptions = { ...SQLITE_DEFAULTS, ...options };
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
    const first = batch.entries[0]?.index ?? Number.POSITIVE_INFINITY;
    assert(first > this.#appliedIndex, 'what is applied is committed and cannot be replaced');
    this.#batches.push(batch);
    this.#callbacks.push(persisted);
    if (this.#committing === undefined) this.#sendBatch();
  }

  applied(mark: AppliedMark): void {
    // What comes while a snapshot takes the place of everything tells of what is gone.
    if (this.#recovery !== undefined) return;
    this.#mark = mark;
    this.#appliedIndex = mark.index;
    if (this.#markTimer !== undefined) return;
    this.#markTimer = setTimeout(() => this.#sendMark(), MARK_DELAY_MS);
    this.#markTimer.unref();
  }

  async readLog(from: LogIndex, maxBytes: number): Promise<LogPage> {
    const { block, ...page } = await this.#ask<'readLog'>({ about: 'readLog', from, maxBytes });
    return { entries: unpackEntries(block), ...page };
  }

  indexAfter(zxid: number): Promise<LogIndex | undefined> {
    return this.#ask<'indexAfter'>({ about: 'indexAfter', zxid });
  }

  async openSnapshot(): Promise<SnapshotSource> {
    const applied = this.#takeMark();
    const view = await this.#ask<'openSnapshot'>({ about: 'openSnapshot', applied });
    return new RemoteSnapshot(view, (question) => this.#ask(question));
  }

  install(): SnapshotInstall {
    this.#install?.supersede();
    this.#install = new RemoteInstall(
      (question) => this.#ask(question),
      (sink) => this.#finishInstall(sink),
    );
    return this.#install;
  }

  #finishInstall(sink: TablesSink): Promise<Recovered> {
    if (this.#state !== 'open') return Promise.reject(notOpen());
    assert(this.#recovery === undefined, 'one snapshot is finished at a time');
    return new Promise((resolve, reject) => {
      this.#recovery = { reader: new PageReader(sink), resolve, reject };
      this.#mark = undefined;
      // Behind everything that was handed in before.
      const nothing = { hardState: undefined, entries: [] };
      this.append(nothing, () => this.#send({ kind: 'finishInstall' }));
    });
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

  #ask<K extends keyof Answers>(question: Extract<Question, { about: K }>): Promise<Answers[K]> {
    if (this.#state !== 'open') return Promise.reject(notOpen());
    return this.#inquiries.ask<K>(question);
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
      case 'answer':
        this.#inquiries.answered(reply);
        return;
      case 'refused':
        this.#inquiries.refused(reply);
        return;
      case 'installRefused':
        this.#recovery?.reject(new SnapshotRefusal(reply.reason, reply.message));
        this.#recovery = undefined;
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

  #onRecovered(summary: RecoverySummary): void {
    const recovery = this.#recovery;
    assert(recovery !== undefined, 'a recovery ends once');
    this.#recovery = undefined;
    if (this.#state === 'recovering') this.#state = 'open';
    this.#appliedIndex = summary.tables.index;
    recovery.resolve({ ...summary, entries: recovery.reader.entries });
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
    const told = this.#state === 'new' || this.#state === 'recovering';
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
    this.#inquiries.end(error);
  }
}

function notOpen(): Error {
  return new Error('the storage is not open');
}

/** Errors do not keep their class between threads. */
function errorOf({ reason, message, stack }: Extract<StorageReply, { kind: 'failed' }>): Error {
  const error = reason === undefined ? new Error(message) : new StorageRefusal(reason, message);
  if (stack !== '') error.stack = stack;
  return error;
}
