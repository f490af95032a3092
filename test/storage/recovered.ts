/** What a directory gives back: loaded and proved as a member does it, without a thread. */
import type { Entry, HardState } from '../../raftlog/types.ts';
import { Engine, type EngineOptions } from '../../storage/engine.ts';
import { PageReader } from '../../storage/page-reader.ts';
import { applyEpochMarker, applyTransaction } from '../../storage/tree/apply.ts';
import { decodeTransaction } from '../../storage/tree/codec.ts';
import { loadAnswers, loadPosition, loadSessions, loadZnodes } from '../../storage/tree/image.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { AppliedMark, Recovered, Storage } from '../../storage/types.ts';

export interface Loaded {
  readonly hardState: HardState;
  readonly tables: AppliedMark;
  readonly entries: readonly Entry[];
  readonly firstIndex: number;
  readonly fresh: boolean;
  /** Tables and entries together. */
  readonly state: ReplicatedState;
  readonly lastIndex: number;
  /** Whether the tables alone had the digest that was stored with them. */
  readonly proved: boolean;
}

export const ENGINE_OPTIONS = {
  memberId: 0,
  historyEntries: 1000,
  historyBytes: 2 ** 30,
  foldEntries: 20_000,
  foldBytes: 2 ** 25,
  foldIdleMs: 1000,
  checkpointBytes: 4 * 1024 * 1024,
  setAside: 'never',
  snapshotChunkBytes: 1024 * 1024,
  snapshotWalBytes: 2 ** 29,
  snapshotIdleMs: 30_000,
} as const satisfies Omit<EngineOptions, 'directory'>;

/** Recovers an engine into a tree. Throws what the engine refuses with. */
export function loadEngine(engine: Engine): Loaded {
  const state = new ReplicatedState();
  const reader = new PageReader({
    sessions: (rows) => loadSessions(state, rows),
    answers: (rows) => loadAnswers(state, rows),
    znodes: (rows) => loadZnodes(state, rows),
  });
  const pages = engine.recover();
  let next = pages.next();
  for (; next.done !== true; next = pages.next()) reader.take(next.value);
  return replay(state, { ...next.value, entries: reader.entries });
}

/** Opens `directory`, loads it and lets go of it without writing. */
export function loadDirectory(directory: string): Loaded {
  const engine = new Engine({ ...ENGINE_OPTIONS, directory });
  try {
    return loadEngine(engine);
  } finally {
    engine.abandon();
  }
}

/** Recovers a storage into a tree. */
export async function loadStorage(storage: Storage): Promise<Loaded> {
  const state = new ReplicatedState();
  const recovered = await storage.recover({
    sessions: (rows) => loadSessions(state, rows),
    answers: (rows) => loadAnswers(state, rows),
    znodes: (rows) => loadZnodes(state, rows),
  });
  return replay(state, recovered);
}

function replay(state: ReplicatedState, recovered: Recovered): Loaded {
  const { tables, entries } = recovered;
  loadPosition(state, tables);
  const proved = tables.index === 0 || state.digest() === tables.digest;
  for (const { zxid, type, payload } of entries) {
    if (!proved) break;
    if (type === 'transaction') applyTransaction(state, zxid, decodeTransaction(payload));
    else applyEpochMarker(state, zxid);
  }
  const lastIndex = entries.at(-1)?.index ?? tables.index;
  return { ...recovered, state, lastIndex, proved };
}

/** Everything that a storage gives back, as plain values; closes it. */
export async function contentOf(storage: Storage): Promise<unknown> {
  const znodes: unknown[] = [];
  const sessions: unknown[] = [];
  const answers: unknown[] = [];
  const recovered = await storage.recover({
    znodes: (rows) => znodes.push(...rows),
    sessions: (rows) => sessions.push(...rows),
    answers: (rows) => answers.push(...rows),
  });
  const { hardState, tables, entries, firstIndex } = recovered;
  const history = await storage.readLog(firstIndex, 1e9);
  await storage.close();
  const content = { hardState, tables, entries, firstIndex };
  // As the JSON that such a content is compared with: without what is undefined.
  return JSON.parse(
    JSON.stringify({ ...content, history: history.entries, sessions, znodes, answers }),
  ) as unknown;
}
