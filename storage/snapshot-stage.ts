/**
 * A snapshot that is coming in: chunk after chunk into the tables that are not in use, each in one
 * transaction. Nothing that is in use is touched.
 */
import { crc32 } from 'node:zlib';
import { type Accepted, SnapshotIntake } from './snapshot-intake.ts';
import type { TreeTables } from './tree-tables.ts';
import { type AppliedMark, SnapshotRefusal } from './types.ts';

/** What the other thread is told of it. */
export interface StageProgress {
  readonly next: number;
  readonly mark: AppliedMark | undefined;
  readonly complete: boolean;
}

export class SnapshotStage {
  readonly #tables: TreeTables;
  readonly #commit: (work: () => void) => void;
  readonly #intake = new SnapshotIntake(crc32);
  /** A chunk that was whole made no sense: nothing that comes after it can mend that. */
  #isSpoilt = false;

  /** `tables` must be empty. */
  constructor(tables: TreeTables, commit: (work: () => void) => void) {
    this.#tables = tables;
    this.#commit = commit;
  }

  get progress(): StageProgress {
    const { next, mark, complete } = this.#intake;
    return { next, mark, complete };
  }

  /** Throws `SnapshotRefusal`; any other error is one of the disk. */
  add(bytes: Uint8Array): void {
    if (this.#isSpoilt) throw spoilt('an earlier chunk was none');
    try {
      const accepted = this.#intake.accept(bytes);
      if (accepted !== undefined) this.#stage(accepted);
    } catch (error) {
      if (error instanceof SnapshotRefusal || isOfDisk(error)) throw error;
      this.#isSpoilt = true;
      throw spoilt((error as Error).message);
    }
  }

  /** The mark of a snapshot that is whole. Throws `SnapshotRefusal`. */
  proved(): AppliedMark {
    return this.#intake.proved();
  }

  #stage(accepted: Accepted): void {
    const { sessions, znodes, answers } = accepted;
    if (sessions.length + znodes.length + answers.length > 0) {
      this.#commit(() => {
        for (const row of sessions) this.#tables.putSession(row);
        for (const row of znodes) this.#tables.putZnode(row);
        for (const row of answers) this.#tables.putAnswers(row);
      });
    }
    this.#intake.staged(accepted);
  }
}

function spoilt(why: string): SnapshotRefusal {
  return new SnapshotRefusal('damaged', `the snapshot cannot be used: ${why}`);
}

/** Not of the rows, which do not fit the tables when they are no rows of a tree. */
function isOfDisk(error: unknown): boolean {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  if (typeof errno === 'number') return true;
  return String(code).startsWith('SQLITE_') && !String(code).startsWith('SQLITE_CONSTRAINT');
}
