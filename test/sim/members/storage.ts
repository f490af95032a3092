/**
 * The in-memory twin of the storage of production, in the time of the simulation: what is read
 * takes a while, and nothing that a former process has asked for is answered to anybody.
 */
import type { LogIndex } from '../../../raftlog/types.ts';
import type { MemoryStorage } from '../../../storage/memory-storage.ts';
import type {
  AppendBatch,
  AppliedMark,
  LogPage,
  Recovered,
  SnapshotInstall,
  SnapshotSource,
  Storage,
  StorageStats,
  TablesSink,
} from '../../../storage/types.ts';

/** The process that the storage is of. */
export interface StorageOwner {
  /** What `work` comes to, after a while; never, when the process has ended meanwhile. */
  reading<T>(work: () => Promise<T>): Promise<T>;
  /** What `promise` comes to; never, when the process has ended meanwhile. */
  whileAlive<T>(promise: Promise<T>): Promise<T>;
  /** Whether the snapshots that are open have become too dear now. */
  isTooDear(): boolean;
  /** This is handed to the disk now. */
  appending(batch: AppendBatch): void;
  /** This is durable now. */
  durable(batch: AppendBatch): void;
  /** Everything through this is on the disk and in force. */
  installed(mark: AppliedMark): void;
}

export class SimStorage implements Storage {
  readonly #storage: MemoryStorage;
  readonly #owner: StorageOwner;

  constructor(storage: MemoryStorage, owner: StorageOwner) {
    this.#storage = storage;
    this.#owner = owner;
  }

  recover(sink: TablesSink): Promise<Recovered> {
    return this.#owner.whileAlive(this.#storage.recover(sink));
  }

  append(batch: AppendBatch, persisted: () => void): void {
    this.#owner.appending(batch);
    this.#storage.append(batch, () => {
      this.#owner.durable(batch);
      persisted();
    });
  }

  applied(mark: AppliedMark): void {
    this.#storage.applied(mark);
  }

  readLog(from: LogIndex, maxBytes: number): Promise<LogPage> {
    return this.#owner.reading(() => this.#storage.readLog(from, maxBytes));
  }

  indexAfter(zxid: number): Promise<LogIndex | undefined> {
    return this.#owner.reading(() => this.#storage.indexAfter(zxid));
  }

  async openSnapshot(): Promise<SnapshotSource> {
    const source = await this.#owner.reading(() => this.#storage.openSnapshot());
    return {
      mark: source.mark,
      read: (chunk) =>
        this.#owner.reading(() => {
          if (this.#owner.isTooDear()) this.#storage.expireSnapshots();
          return source.read(chunk);
        }),
      close: () => source.close(),
    };
  }

  install(): SnapshotInstall {
    const install = this.#storage.install();
    const owner = this.#owner;
    return {
      get next() {
        return install.next;
      },
      get mark() {
        return install.mark;
      },
      get complete() {
        return install.complete;
      },
      add: (chunk) => owner.reading(() => install.add(chunk)),
      async finish(sink) {
        const recovered = await owner.whileAlive(install.finish(sink));
        if (install.mark !== undefined) owner.installed(install.mark);
        return recovered;
      },
      abandon: () => owner.whileAlive(install.abandon()),
    };
  }

  stats(): StorageStats {
    return this.#storage.stats();
  }

  close(): Promise<void> {
    return this.#owner.whileAlive(this.#storage.close());
  }
}
