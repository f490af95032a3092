/**
 * Damaged directories: whatever happened to the files of a member that stopped or was killed, it
 * either comes up with everything that it acknowledged, or refuses and says why. Never with less.
 */
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Engine } from '../../storage/engine.ts';
import { type HighWater, HighWaterFile, readHighWater } from '../../storage/high-water.ts';
import { EntryPacker } from '../../storage/packed-entries.ts';
import { refusalOf } from '../../storage/refusal.ts';
import { StorageRefusal } from '../../storage/types.ts';
import { scanWalFile } from '../../storage/wal-scan.ts';
import { ENGINE_OPTIONS, type Loaded, loadEngine } from './recovered.ts';
import { Draw, HARD_STATE, Workload } from './workload.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  historyEntries: 60,
  foldEntries: 40,
  checkpointBytes: 256 * 1024,
};

/** A directory as it was at one moment, and what had been acknowledged by then. */
interface Snapshot {
  readonly name: string;
  readonly directory: string;
  readonly acked: number;
}

/** Writes on, from wherever the engine is, in small batches; `after` looks at each step. */
class Writer {
  readonly #packer = new EntryPacker();
  readonly #draw: Draw;
  readonly engine: Engine;
  readonly workload: Workload;
  last: number;

  constructor(engine: Engine, workload: Workload, last: number) {
    this.engine = engine;
    this.workload = workload;
    this.last = last;
    this.#draw = new Draw(last);
  }

  append(): void {
    const end = this.last + 1 + this.#draw.below(5);
    for (const entry of this.workload.slice(this.last, end)) this.#packer.add(entry);
    this.engine.append(this.#packer.take(), this.last === 0 ? HARD_STATE : undefined);
    this.last = end;
    this.engine.applied(this.workload.markAt(end));
  }

  upkeep(): void {
    this.engine.afterAppend();
    for (let step = 0; step < 3 && this.engine.foldDue; step += 1) this.engine.fold();
  }
}

/** The directories that a kill would have left at telling moments, and one of an orderly end. */
function snapshots(t: Test, workload: Workload): Snapshot[] {
  const base = t.testdir();
  const directory = join(base, 'live');
  const engine = new Engine({ ...OPTIONS, directory });
  loadEngine(engine);
  const writer = new Writer(engine, workload, 0);
  const taken: Snapshot[] = [];
  const take = (name: string) => {
    const copy = join(base, name);
    cpSync(directory, copy, { recursive: true });
    taken.push({ name, directory: copy, acked: writer.last });
  };
  for (let step = 0; step < 3; step += 1) writer.append();
  take('just begun');
  while (writer.last < 400) {
    writer.append();
    writer.upkeep();
  }
  const database = () => readFileSync(join(directory, 'paddock.db'));
  for (let before = database(); before.equals(database()); ) {
    writer.append();
    engine.afterAppend();
  }
  take('after a checkpoint');
  // The log begins anew now, with old frames behind the new ones.
  for (let step = 0; step < 6; step += 1) writer.append();
  take('in the middle');
  while (engine.foldDue) engine.fold();
  take('after folding');
  for (let step = 0; step < 3; step += 1) writer.append();
  take('after folding and more');
  engine.close();
  take('closed');
  return taken;
}

type Outcome = 'recovered' | 'refused';

/** Loads as a member does and compares with all that was acknowledged. `silent` must never be. */
function outcomeOf(
  directory: string,
  workload: Workload,
  acked: number,
  onRefusal: (refusal: StorageRefusal) => void = () => {},
): Outcome | 'silent' {
  const engine = new Engine({ ...OPTIONS, directory });
  try {
    const loaded = loadEngine(engine);
    if (!loaded.proved) return 'refused';
    if (!isComplete(loaded, workload, acked)) return 'silent';
    // It can be lived with, too: what is written next does not run into what the damage left.
    const writer = new Writer(engine, workload, acked);
    for (let step = 0; step < 10; step += 1) {
      writer.append();
      writer.upkeep();
    }
    engine.close();
    const again = loadEngine(new Engine({ ...OPTIONS, directory }));
    return again.proved && isComplete(again, workload, writer.last) ? 'recovered' : 'silent';
  } catch (error) {
    const refusal = refusalOf(error, true);
    if (!(refusal instanceof StorageRefusal)) throw error;
    if (!/backup|run the version|check the volume/.test(refusal.message)) throw refusal;
    onRefusal(refusal);
    return 'refused';
  } finally {
    engine.abandon();
  }
}

function isComplete(loaded: Loaded, workload: Workload, acked: number): boolean {
  const { lastIndex, tables, entries, hardState, state } = loaded;
  const expected = workload.slice(tables.index, acked);
  return (
    lastIndex === acked &&
    state.digest() === workload.markAt(acked).digest &&
    JSON.stringify(entries) === JSON.stringify(expected) &&
    hardState.epoch === HARD_STATE.epoch &&
    hardState.votedFor === HARD_STATE.votedFor
  );
}

t.test('damaged directories', async (t) => {
  const workload = new Workload(1, 300);
  const all = snapshots(t, workload);
  const named = (name: string): Snapshot => {
    const found = all.find((snapshot) => snapshot.name === name);
    if (found === undefined) throw new Error(`there is no snapshot "${name}"`);
    return found;
  };
  const scratch = join(t.testdirName, 'scratch');
  const draw = new Draw(1);

  /** Copies a snapshot, damages the copy, and looks what comes of it. */
  const tryOut = (
    snapshot: Snapshot,
    damage: (directory: string) => void,
    onRefusal?: (refusal: StorageRefusal) => void,
  ): Outcome | 'silent' => {
    rmSync(scratch, { recursive: true, force: true });
    cpSync(snapshot.directory, scratch, { recursive: true });
    damage(scratch);
    return outcomeOf(scratch, workload, snapshot.acked, onRefusal);
  };
  const sizeOf = (snapshot: Snapshot, file: string) => {
    return statSync(join(snapshot.directory, file), { throwIfNoEntry: false })?.size ?? 0;
  };
  const flip = (file: string, at: number) => (directory: string) => {
    const path = join(directory, file);
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
    writeFileSync(path, bytes);
  };
  /**
   * Tells how many damages of a kind came out, and insists on the one thing that may not happen.
   */
  const judge = (t: Test, name: string, outcomes: readonly (Outcome | 'silent')[]) => {
    const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
    t.comment(`${name}: ${count('recovered')} recovered, ${count('refused')} refused`);
    t.equal(count('silent'), 0, `${name}: never less than was acknowledged`);
  };

  t.test('without damage every one of them is whole', async (t) => {
    for (const snapshot of all)
      t.equal(
        tryOut(snapshot, () => {}),
        'recovered',
        snapshot.name,
      );
  });

  t.test('the write-ahead log cut at any byte', async (t) => {
    for (const snapshot of all) {
      const size = sizeOf(snapshot, 'paddock.db-wal');
      if (size === 0) continue;
      const lengths = [0, 1, 31, 32, 33, size - 1];
      for (let cut = 0; cut < 12; cut += 1) lengths.push(draw.below(size));
      const outcomes = lengths.map((length) =>
        tryOut(snapshot, (directory) => truncateSync(join(directory, 'paddock.db-wal'), length)),
      );
      judge(t, `cut ${snapshot.name}`, outcomes);
    }
  });

  t.test('behind its last commit the write-ahead log may be cut', async (t) => {
    const snapshot = named('in the middle');
    const path = join(snapshot.directory, 'paddock.db-wal');
    const { committedFrames, bytes } = scanWalFile(path);
    const end = 32 + committedFrames * (24 + 8192);
    t.ok(bytes > end, 'frames of the generation before lie there');
    for (const length of [end, end + 1, end + 5000]) {
      t.equal(
        tryOut(snapshot, (directory) => truncateSync(join(directory, 'paddock.db-wal'), length)),
        'recovered',
      );
    }
  });

  t.test('a bit that flipped, anywhere', async (t) => {
    for (const [file, flips] of [
      ['paddock.db-wal', 10],
      ['paddock.db', 15],
      ['high-water', 6],
    ] as const) {
      for (const snapshot of all) {
        const size = sizeOf(snapshot, file);
        if (size === 0) continue;
        const outcomes = Array.from({ length: flips }, () =>
          tryOut(snapshot, flip(file, draw.below(size))),
        );
        judge(t, `${file} ${snapshot.name}`, outcomes);
      }
    }
  });

  t.test('a bit that flipped in the headers of the database', async (t) => {
    const snapshot = named('closed');
    const outcomes: (Outcome | 'silent')[] = [];
    for (let at = 0; at < 108; at += 5) outcomes.push(tryOut(snapshot, flip('paddock.db', at)));
    judge(t, 'headers', outcomes);
  });

  t.test('a page that became zeros, or another page', async (t) => {
    for (const snapshot of all) {
      const pages = sizeOf(snapshot, 'paddock.db') / 8192;
      const outcomes = Array.from({ length: 6 }, (_, turn) =>
        tryOut(snapshot, (directory) => {
          const path = join(directory, 'paddock.db');
          const bytes = readFileSync(path);
          const at = draw.below(pages) * 8192;
          const from = draw.below(pages) * 8192;
          if (turn % 2 === 0) bytes.fill(0, at, at + 8192);
          else bytes.copyWithin(at, from, from + 8192);
          writeFileSync(path, bytes);
        }),
      );
      judge(t, `pages ${snapshot.name}`, outcomes);
    }
  });

  t.test('each damage is told for what it is', async (t) => {
    const told = (snapshot: Snapshot, damage: (directory: string) => void): string => {
      let message = 'nothing';
      tryOut(snapshot, damage, (refusal) => {
        message = refusal.message;
      });
      return message;
    };
    const overwrite = (file: string, change: (bytes: Buffer) => void) => (directory: string) => {
      const bytes = readFileSync(join(directory, file));
      change(bytes);
      writeFileSync(join(directory, file), bytes);
    };
    const mark = (change: Partial<HighWater>) => (directory: string) => {
      const path = join(directory, 'high-water');
      const now = readHighWater(path);
      const file = HighWaterFile.open(path);
      file.sync({ ...(now as HighWater), ...change });
      file.close();
    };
    const middle = named('in the middle');
    const closed = named('closed');
    const frame = (number: number) => 32 + (number - 1) * (24 + 8192);
    t.match(
      told(
        middle,
        overwrite('paddock.db-wal', (bytes) => bytes.writeUInt8(7, frame(3) + 1000)),
      ),
      /paddock\.db-wal: frame 3 is damaged, and \d+ commits lie behind it/,
    );
    const cut = (directory: string) => truncateSync(join(directory, 'paddock.db-wal'), frame(5));
    t.match(told(middle, cut), /was cut or damaged: \d of \d+ committed frames are left/);
    const gone = (file: string) => (directory: string) => rmSync(join(directory, file));
    t.match(told(middle, gone('paddock.db')), /paddock\.db is missing or empty/);
    t.match(told(middle, gone('high-water')), /the high-water file is missing/);
    t.match(told(middle, gone('paddock.db-wal')), /the log ends at entry \d+ of epoch 1, but/);
    t.match(
      told(closed, mark({ index: closed.acked + 1 })),
      /but entry \d+ of epoch 1 was written/,
    );
    t.match(told(closed, mark({ epoch: 2 })), /of epoch 2 was written/);
    t.match(told(closed, mark({ votedEpoch: 2 })), /the vote of epoch 2 is lost/);
    t.match(told(closed, mark({ votedFor: 2 })), /the vote of epoch 1 is lost/);
    t.match(told(closed, mark({ foldedIndex: closed.acked + 1 })), /the tables are at entry/);
    t.match(told(closed, mark({ directoryId: '0'.repeat(32) })), /another data directory/);
    const freePageInUse = overwrite('paddock.db', (bytes) => {
      bytes.writeUInt32BE(3, 32);
      bytes.writeUInt32BE(1, 36);
    });
    t.match(told(closed, freePageInUse), /SQLite finds the database damaged/);
    const rowOf = (text: string) =>
      overwrite('paddock.db', (bytes) => {
        const at = bytes.lastIndexOf(text);
        t.ok(at > 0, `${text} is found`);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
      });
    t.match(told(closed, rowOf('{"epoch":1,"votedFor"')), /the row "hardState" .* is damaged/);
    // As the log has it: in the answers that are kept the quotes are escaped.
    const logged = workload.slice(closed.acked - 1, closed.acked)[0]?.payload.slice(0, 30) ?? '';
    t.match(told(closed, rowOf(logged)), /entry \d+ of the log .*its checksum is wrong/);
    t.match(
      told(closed, rowOf('CREATE TABLE sessions')),
      /malformed|schema of the database is not/,
    );
  });

  t.test('files that are gone', async (t) => {
    for (const snapshot of all) {
      for (const file of readdirSync(snapshot.directory)) {
        const outcome = tryOut(snapshot, (directory) => rmSync(join(directory, file)));
        t.not(outcome, 'silent', `${snapshot.name} without ${file}`);
        if (file === 'paddock.db' || file === 'high-water') t.equal(outcome, 'refused', file);
        if (file === 'lock.db' || file === 'paddock.db-shm') t.equal(outcome, 'recovered', file);
      }
    }
  });

  t.test('an older high-water file does no harm', async (t) => {
    const [oldest, ...others] = all;
    for (const snapshot of others) {
      const outcome = tryOut(snapshot, (directory) =>
        copyFileSync(join(oldest?.directory ?? '', 'high-water'), join(directory, 'high-water')),
      );
      t.equal(outcome, 'recovered', snapshot.name);
    }
  });

  t.test('a database that goes back in time behind its mark is refused', async (t) => {
    const newest = named('closed');
    for (const snapshot of all.slice(0, -1)) {
      const outcome = tryOut(snapshot, (directory) =>
        copyFileSync(join(newest.directory, 'high-water'), join(directory, 'high-water')),
      );
      t.equal(outcome, 'refused', snapshot.name);
    }
  });

  t.test('an operator may decide to go on with what is left', async (t) => {
    const snapshot = named('in the middle');
    const cut = (directory: string) => {
      const path = join(directory, 'paddock.db-wal');
      truncateSync(path, 32 + 4 * (24 + 8192));
    };
    t.equal(tryOut(snapshot, cut), 'refused');
    tryOut(snapshot, (directory) => {
      cut(directory);
      writeFileSync(join(directory, 'accept-loss'), '');
    });
    t.notOk(existsSync(join(scratch, 'accept-loss')), 'the decision is used up');
    const engine = new Engine({ ...OPTIONS, directory: scratch });
    const { lastIndex, state, proved } = loadEngine(engine);
    engine.abandon();
    t.ok(proved);
    t.ok(
      lastIndex > 300 && lastIndex < snapshot.acked,
      `${lastIndex} of ${snapshot.acked} are left`,
    );
    t.equal(state.digest(), workload.markAt(lastIndex).digest, 'and they are what they were');
  });

  t.test('and with a high-water file made anew', async (t) => {
    for (const snapshot of all) {
      const outcome = tryOut(snapshot, (directory) => {
        rmSync(join(directory, 'high-water'));
        writeFileSync(join(directory, 'accept-loss'), '');
      });
      t.equal(outcome, 'recovered', snapshot.name);
    }
  });
});
