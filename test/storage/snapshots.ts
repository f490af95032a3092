/** Snapshots carried by hand from one storage to another. */
import type { Entry } from '../../raftlog/types.ts';
import { loadAnswers, loadPosition, loadSessions, loadZnodes } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type {
  Recovered,
  SnapshotInstall,
  SnapshotSource,
  Storage,
  TablesSink,
} from '../../storage/types.ts';

export const IGNORE: TablesSink = { znodes() {}, sessions() {}, answers() {} };

export function appended(storage: Storage, entries: readonly Entry[]): Promise<void> {
  return new Promise((resolve) => storage.append({ hardState: undefined, entries }, resolve));
}

/** All chunks, in order. */
export async function chunksOf(source: SnapshotSource): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = await source.read(chunks.length);
    if (chunk === undefined) return chunks;
    chunks.push(chunk);
  }
}

/** Opens a snapshot, reads all of it and closes it. */
export async function snapshotOf(storage: Storage): Promise<Uint8Array[]> {
  const source = await storage.openSnapshot();
  const chunks = await chunksOf(source);
  source.close();
  return chunks;
}

export async function staged(storage: Storage, chunks: readonly Uint8Array[]) {
  const install: SnapshotInstall = storage.install();
  for (const chunk of chunks) await install.add(chunk);
  return install;
}

export interface Restored {
  readonly recovered: Recovered;
  readonly state: ReplicatedState;
}

/** Finishes an install into a tree. */
export async function finished(install: SnapshotInstall): Promise<Restored> {
  const state = new ReplicatedState();
  const recovered = await install.finish({
    sessions: (rows) => loadSessions(state, rows),
    answers: (rows) => loadAnswers(state, rows),
    znodes: (rows) => loadZnodes(state, rows),
  });
  loadPosition(state, recovered.tables);
  return { recovered, state };
}

export async function restored(storage: Storage, chunks: readonly Uint8Array[]): Promise<Restored> {
  return finished(await staged(storage, chunks));
}
