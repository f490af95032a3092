/**
 * The storage thread: takes requests one at a time, answers, and folds in between. Started by
 * sqlite-storage.ts only. It holds no state of its own beyond what it has promised to do next.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert, assertNever } from '../raftlog/assert.ts';
import { Engine, type RecoveryPage, type RecoverySummary } from './engine.ts';
import type { Answers, Question, StorageReply, StorageRequest, WorkerOptions } from './protocol.ts';
import { refusalOf } from './refusal.ts';
import { SnapshotRefusal } from './types.ts';

/** Pages that may be under way to the main thread: it parses one while the next is read here. */
const PAGES_AHEAD = 3;
const HOUSEKEEPING_MS = 250;

class StorageWorker {
  readonly #engine: Engine;
  readonly #port: NonNullable<typeof parentPort>;
  readonly #housekeeping: NodeJS.Timeout;
  #pages: Generator<RecoveryPage, RecoverySummary, undefined> | undefined;
  #pagesAllowed = PAGES_AHEAD;
  /** Questions for a snapshot that wait until the tables are near what is applied. */
  #snapshotsWanted: number[] = [];
  #foldPlanned = false;
  #lastStats = '';
  #ended = false;

  constructor(port: NonNullable<typeof parentPort>, options: WorkerOptions) {
    this.#port = port;
    this.#engine = new Engine(options);
    port.on('message', (request: StorageRequest) => this.#guard(() => this.#handle(request)));
    this.#housekeeping = setInterval(() => this.#guard(() => this.#housekeep()), HOUSEKEEPING_MS);
  }

  #handle(request: StorageRequest): void {
    const engine = this.#engine;
    switch (request.kind) {
      case 'recover':
        this.#beginPages(engine.recover());
        return;
      case 'finishInstall':
        try {
          this.#beginPages(engine.finishInstall());
        } catch (error) {
          if (!(error instanceof SnapshotRefusal)) throw error;
          this.#pages = undefined;
          this.#send({ kind: 'installRefused', reason: error.reason, message: error.message });
        }
        return;
      case 'pageTaken':
        this.#pagesAllowed += 1;
        this.#sendPages();
        return;
      case 'append': {
        if (request.applied !== undefined) engine.applied(request.applied);
        engine.append(request.block, request.hardState);
        const { buffer } = request.block;
        this.#send({ kind: 'appended', buffer, stats: engine.stats() }, [buffer]);
        engine.afterAppend();
        this.#planFold();
        return;
      }
      case 'applied':
        engine.applied(request.mark);
        this.#planFold();
        return;
      case 'ask':
        this.#answering(request.id, () => this.#answer(request.id, request.question));
        return;
      case 'close':
        if (request.applied !== undefined) engine.applied(request.applied);
        engine.close();
        this.#end({ kind: 'closed' });
        return;
      default:
        assertNever(request);
    }
  }

  /** A snapshot that cannot be is no end of the storage. */
  #answering(id: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SnapshotRefusal)) throw error;
      this.#send({ kind: 'refused', id, reason: error.reason, message: error.message });
    }
  }

  #answer(id: number, question: Question): void {
    const engine = this.#engine;
    const tell = <K extends keyof Answers>(answer: Answers[K], ...transferred: ArrayBuffer[]) =>
      this.#send({ kind: 'answer', id, answer }, transferred);
    switch (question.about) {
      case 'readLog': {
        const page = engine.readLog(question.from, question.maxBytes);
        tell<'readLog'>(page, page.block.buffer);
        return;
      }
      case 'indexAfter':
        tell<'indexAfter'>(engine.indexAfter(question.zxid));
        return;
      case 'openSnapshot':
        if (question.applied !== undefined) engine.applied(question.applied);
        engine.prepareSnapshot();
        this.#snapshotsWanted.push(id);
        this.#openSnapshots();
        this.#planFold();
        return;
      case 'readSnapshot': {
        const chunk = engine.snapshotChunk(question.view, question.chunk);
        tell<'readSnapshot'>(chunk, ...(chunk === undefined ? [] : [chunk.buffer]));
        return;
      }
      case 'closeSnapshot':
        engine.closeSnapshot(question.view);
        tell<'closeSnapshot'>(undefined);
        this.#planFold();
        return;
      case 'beginInstall':
        engine.beginInstall();
        tell<'beginInstall'>(undefined);
        return;
      case 'stageChunk':
        tell<'stageChunk'>(engine.stageChunk(question.chunk));
        return;
      case 'abandonInstall':
        engine.abandonInstall();
        tell<'abandonInstall'>(undefined);
        return;
      default:
        assertNever(question);
    }
  }

  #openSnapshots(): void {
    if (this.#snapshotsWanted.length === 0 || !this.#engine.snapshotReady) return;
    for (const id of this.#snapshotsWanted.splice(0)) {
      this.#answering(id, () => {
        this.#send({ kind: 'answer', id, answer: this.#engine.openSnapshot() });
      });
    }
  }

  #beginPages(pages: Generator<RecoveryPage, RecoverySummary, undefined>): void {
    this.#pages = pages;
    this.#pagesAllowed = PAGES_AHEAD;
    this.#sendPages();
  }

  #sendPages(): void {
    while (this.#pages !== undefined && this.#pagesAllowed > 0) {
      const { done, value } = this.#pages.next();
      if (done === true) {
        this.#pages = undefined;
        this.#send({ kind: 'recovered', summary: value, stats: this.#engine.stats() });
        return;
      }
      this.#pagesAllowed -= 1;
      const transferred = value.table === 'log' ? [value.block.buffer] : [];
      this.#send({ kind: 'page', page: value }, transferred);
    }
  }

  /** One step per turn of the event loop, so that requests which wait go first. */
  #planFold(): void {
    if (this.#foldPlanned || this.#ended || !this.#engine.foldDue) return;
    this.#foldPlanned = true;
    setImmediate(() => {
      this.#foldPlanned = false;
      this.#guard(() => {
        if (this.#engine.foldDue) this.#engine.fold();
        this.#openSnapshots();
        this.#planFold();
      });
    });
  }

  #housekeep(): void {
    if (this.#pages !== undefined || !this.#engine.isOpen) return;
    this.#engine.housekeep();
    this.#openSnapshots();
    this.#planFold();
    const stats = this.#engine.stats();
    const text = JSON.stringify(stats);
    if (text !== this.#lastStats) this.#send({ kind: 'stats', stats });
    this.#lastStats = text;
  }

  /** Runs `work`; whatever it throws is the end of this storage. */
  #guard(work: () => void): void {
    if (this.#ended) return;
    try {
      work();
    } catch (error) {
      const reading = this.#pages !== undefined || !this.#engine.isOpen;
      const { reason, message, stack } = refusalOf(error, reading);
      this.#letGo();
      this.#end({ kind: 'failed', reason, message, stack: stack ?? '' });
    }
  }

  #letGo(): void {
    try {
      this.#engine.abandon();
    } catch {
      // The disk has failed already: that is what gets reported.
    }
  }

  #send(reply: StorageReply, transferred: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(reply, transferred);
  }

  #end(reply: StorageReply): void {
    this.#ended = true;
    clearInterval(this.#housekeeping);
    this.#send(reply);
    this.#port.close();
  }
}

assert(parentPort !== null, 'the storage worker runs in a thread of its own');
new StorageWorker(parentPort, workerData as WorkerOptions);
