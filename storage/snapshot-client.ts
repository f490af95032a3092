/** Snapshots as the main thread sees them: the work is done by the storage thread. */
import type { Ask } from './inquiries.ts';
import {
  type AppliedMark,
  type Recovered,
  type SnapshotInstall,
  SnapshotRefusal,
  type SnapshotSource,
  type TablesSink,
} from './types.ts';

export class RemoteSnapshot implements SnapshotSource {
  readonly mark: AppliedMark;
  readonly #view: number;
  readonly #ask: Ask;

  constructor(view: { readonly id: number; readonly mark: AppliedMark }, ask: Ask) {
    this.mark = view.mark;
    this.#view = view.id;
    this.#ask = ask;
  }

  read(chunk: number): Promise<Uint8Array | undefined> {
    return this.#ask<'readSnapshot'>({ about: 'readSnapshot', view: this.#view, chunk });
  }

  close(): void {
    // When the storage has ended the view has, too.
    this.#ask<'closeSnapshot'>({ about: 'closeSnapshot', view: this.#view }).catch(() => {});
  }
}

export class RemoteInstall implements SnapshotInstall {
  next = 0;
  mark: AppliedMark | undefined;
  complete = false;
  readonly #ask: Ask;
  readonly #finish: (sink: TablesSink) => Promise<Recovered>;
  #isOver = false;

  constructor(ask: Ask, finish: (sink: TablesSink) => Promise<Recovered>) {
    this.#ask = ask;
    this.#finish = finish;
    // A storage that has ended says so to `add`.
    this.#ask<'beginInstall'>({ about: 'beginInstall' }).catch(() => {});
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#insist();
    const progress = await this.#ask<'stageChunk'>({ about: 'stageChunk', chunk });
    this.next = progress.next;
    this.mark = progress.mark;
    this.complete = progress.complete;
  }

  async finish(sink: TablesSink): Promise<Recovered> {
    this.#insist();
    const recovered = await this.#finish(sink);
    this.#isOver = true;
    return recovered;
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#ask<'abandonInstall'>({ about: 'abandonInstall' });
  }

  /** Another one has taken the place of this one. */
  supersede(): void {
    this.#isOver = true;
  }

  #insist(): void {
    if (!this.#isOver) return;
    throw new SnapshotRefusal('abandoned', 'this snapshot is not being received any more');
  }
}
