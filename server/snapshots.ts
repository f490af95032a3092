/**
 * A snapshot of the leader's tables comes to this member: chunk by chunk into staging tables on the
 * disk while everything else goes on, and then into force in one step.
 */
import type { MemberId } from '../raftlog/types.ts';
import { formatZxid } from '../raftlog/zxid.ts';
import { loadAnswers, loadPosition, loadSessions, loadZnodes } from '../storage/tree/image.ts';
import { ReplicatedState } from '../storage/tree/state.ts';
import {
  type AppliedMark,
  type SnapshotInstall,
  SnapshotRefusal,
  type Storage,
  StorageRefusal,
} from '../storage/types.ts';
import { type PeerTransport, SnapshotFailure } from './peers/types.ts';

/** Brings snapshots of leaders that are far ahead. */
export interface Snapshots {
  /** Fetches one, beside everything else; undefined when that failed and may be tried again. */
  fetch(from: MemberId): Promise<FetchedSnapshot | undefined>;
}

/** A snapshot that is on this member's disk, whole, and not in force yet. */
export interface FetchedSnapshot {
  readonly mark: AppliedMark;
  /**
   * Puts it in force, on the disk and then in `state`; false when it is not what it says it is, and
   * nothing has changed. Rejects when the storage has failed.
   */
  install(state: ReplicatedState): Promise<boolean>;
  abandon(): void;
}

export interface SnapshotLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

export class PeerSnapshots implements Snapshots {
  readonly #storage: Storage;
  readonly #fetch: PeerTransport['fetchSnapshot'];
  readonly #log: SnapshotLog;

  constructor(storage: Storage, fetch: PeerTransport['fetchSnapshot'], log: SnapshotLog) {
    this.#storage = storage;
    this.#fetch = fetch;
    this.#log = log;
  }

  async fetch(from: MemberId): Promise<FetchedSnapshot | undefined> {
    const install = this.#storage.install();
    try {
      let mark: AppliedMark | undefined;
      await this.#fetch(from, {
        onMeta: (meta) => {
          mark = meta.mark;
          const zxid = formatZxid(meta.mark.zxid);
          this.#log.info({ from, zxid }, 'receiving a snapshot');
        },
        onChunk: (bytes) => install.add(bytes),
      });
      if (mark === undefined || !install.complete) throw new SnapshotFailure('gone', 'incomplete');
      return new StagedSnapshot(mark, install, this.#log);
    } catch (error) {
      await install.abandon().catch(() => undefined);
      if (!(error instanceof SnapshotFailure || error instanceof SnapshotRefusal)) throw error;
      this.#log.warn({ from, reason: error.message }, 'the snapshot did not arrive');
      return undefined;
    }
  }
}

class StagedSnapshot implements FetchedSnapshot {
  readonly mark: AppliedMark;
  readonly #install: SnapshotInstall;
  readonly #log: SnapshotLog;

  constructor(mark: AppliedMark, install: SnapshotInstall, log: SnapshotLog) {
    this.mark = mark;
    this.#install = install;
    this.#log = log;
  }

  async install(state: ReplicatedState): Promise<boolean> {
    const loaded = new ReplicatedState();
    try {
      await this.#install.finish({
        sessions: (rows) => loadSessions(loaded, rows),
        answers: (rows) => loadAnswers(loaded, rows),
        znodes: (rows) => loadZnodes(loaded, rows),
      });
    } catch (error) {
      // The member that it came from is damaged, or this one has no room: to be asked for again.
      if (!(error instanceof SnapshotRefusal)) throw error;
      this.#log.warn({ reason: error.message }, 'the snapshot cannot be put in force');
      this.abandon();
      return false;
    }
    loadPosition(loaded, this.mark);
    if (loaded.digest() !== this.mark.digest) {
      throw new StorageRefusal(
        'corrupt',
        'a snapshot was installed that is not what its mark says',
      );
    }
    state.become(loaded);
    const zxid = formatZxid(this.mark.zxid);
    this.#log.info({ zxid, znodes: state.tree.size }, 'went on from a snapshot');
    return true;
  }

  abandon(): void {
    void this.#install.abandon().catch(() => undefined);
  }
}
