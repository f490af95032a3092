/**
 * A log whose end was replaced, and then a kill or a power loss: what the high-water mark knew of
 * the end that is gone does not count as damage, and going back behind the replacement does.
 */
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { Engine, type EngineOptions } from '../../storage/engine.ts';
import { EntryPacker } from '../../storage/packed-entries.ts';
import { refusalOf } from '../../storage/refusal.ts';
import { run } from './ensemble-contract.ts';
import { ENGINE_OPTIONS, loadEngine } from './recovered.ts';
import { Workload } from './workload.ts';

/** Little history: the log is spread over several tables. */
const OPTIONS = { ...ENGINE_OPTIONS, historyEntries: 40, snapshotChunkBytes: 2000 };

function engineAt(directory: string, options: Partial<EngineOptions> = {}): Engine {
  return new Engine({ ...OPTIONS, directory, ...options });
}

function append(engine: Engine, entries: readonly Entry[]): void {
  const packer = new EntryPacker();
  for (const entry of entries) packer.add(entry);
  engine.append(packer.take(), undefined);
}

/** Directories as a kill leaves them, under a name each. */
function copies(t: Test): { readonly live: string; take(name: string): string } {
  const base = t.testdir();
  const live = join(base, 'live');
  const take = (name: string) => {
    const copy = join(base, name);
    cpSync(live, copy, { recursive: true });
    return copy;
  };
  return { live, take };
}

/** The copy of a directory with the high-water mark of another. */
function withMarkOf(directory: string, marked: string): string {
  const mixed = `${directory}-mixed`;
  cpSync(directory, mixed, { recursive: true });
  copyFileSync(join(marked, 'high-water'), join(mixed, 'high-water'));
  return mixed;
}

function entriesIn(directory: string): readonly Entry[] {
  const engine = engineAt(directory);
  try {
    return loadEngine(engine).entries;
  } finally {
    engine.abandon();
  }
}

function refusal(directory: string): string {
  const engine = engineAt(directory);
  try {
    loadEngine(engine);
    return 'nothing';
  } catch (error) {
    const { reason, message } = refusalOf(error, true);
    return `${reason}: ${message}`;
  } finally {
    engine.abandon();
  }
}

t.test('entries that were never committed give way, to fewer and of an older epoch', async (t) => {
  const { live, take } = copies(t);
  const engine = engineAt(live);
  loadEngine(engine);
  append(engine, run(1, 150, 1));
  append(engine, run(151, 160, 3));
  const before = take('before');
  append(engine, run(141, 142, 2));
  const after = take('after');
  append(engine, run(143, 150, 2));
  const later = take('later');
  engine.abandon();

  const kept = [...run(1, 140, 1), ...run(141, 142, 2)];
  t.strictSame(entriesIn(after), kept, 'after a kill');
  t.strictSame(entriesIn(withMarkOf(after, before)), kept, 'after a power loss');
  t.strictSame(entriesIn(withMarkOf(later, before)), [...run(1, 140, 1), ...run(141, 150, 2)]);
  t.match(
    refusal(withMarkOf(before, after)),
    /corrupt: .* the end of the log was replaced 1 times, and the database knows of 0/,
  );
});

t.test('replaced entries within one batch count as well', async (t) => {
  const { live, take } = copies(t);
  const engine = engineAt(live);
  loadEngine(engine);
  append(engine, run(1, 60, 1));
  const before = take('before');
  append(engine, [...run(61, 90, 2), ...run(70, 75, 3), ...run(50, 51, 4)]);
  const after = take('after');
  engine.abandon();
  const kept = [...run(1, 49, 1), ...run(50, 51, 4)];
  t.strictSame(entriesIn(withMarkOf(after, before)), kept);
  // From here on its mark tells of no frames any more: it is the count that finds it.
  t.strictSame(entriesIn(after), kept);
  t.match(refusal(withMarkOf(before, after)), /replaced 2 times, and the database knows of 0/);
});

function chunksOf(engine: Engine): Uint8Array[] {
  engine.prepareSnapshot();
  while (!engine.snapshotReady) engine.fold();
  const { id } = engine.openSnapshot();
  const chunks: Uint8Array[] = [];
  for (let chunk = engine.snapshotChunk(id, 0); chunk !== undefined; ) {
    chunks.push(chunk);
    chunk = engine.snapshotChunk(id, chunks.length);
  }
  engine.closeSnapshot(id);
  return chunks;
}

/** The chunks of a snapshot at entry `index` of a workload. */
function snapshotAt(directory: string, workload: Workload, index: number): Uint8Array[] {
  const engine = engineAt(directory);
  loadEngine(engine);
  append(engine, workload.slice(0, index));
  engine.applied(workload.markAt(index));
  const chunks = chunksOf(engine);
  engine.close();
  return chunks;
}

t.test('a snapshot takes the place of a longer log, or of a shorter one', async (t) => {
  const workload = new Workload(1);
  for (const [name, own] of [
    ['longer', [...run(1, 150, 1), ...run(151, 300, 3)]],
    ['shorter', run(1, 20, 1)],
  ] as const) {
    const { live, take } = copies(t);
    const chunks = snapshotAt(join(live, '..', `leader-${name}`), workload, 120);
    const engine = engineAt(live);
    loadEngine(engine);
    append(engine, own);
    const before = take(`before-${name}`);
    engine.beginInstall();
    for (const chunk of chunks) engine.stageChunk(chunk);
    const staged = take(`staged-${name}`);
    const pages = engine.finishInstall();
    while (pages.next().done !== true);
    const after = take(`after-${name}`);
    append(engine, workload.slice(120, 125));
    const later = take(`later-${name}`);
    engine.abandon();

    t.strictSame(entriesIn(staged), own, 'what is staged changes nothing');
    for (const directory of [after, withMarkOf(after, before), withMarkOf(later, before)]) {
      const again = engineAt(directory);
      const loaded = loadEngine(again);
      t.ok(loaded.proved);
      t.strictSame(loaded.tables, workload.markAt(120));
      t.strictSame(loaded.entries, workload.slice(120, loaded.lastIndex));
      append(again, workload.slice(loaded.lastIndex, 200));
      again.applied(workload.markAt(200));
      again.close();
      const last = loadEngine(engineAt(directory));
      t.equal(last.state.digest(), workload.markAt(200).digest, 'it goes on from there');
    }
    t.match(refusal(withMarkOf(before, after)), /the end of the log was replaced 1 times/);
  }
});
