/** What every `Storage` keeps to. Run against SQLite and against its in-memory twin. */
import t, { type Test } from 'tap';
import type { Entry } from '../../raftlog/types.ts';
import { epochOf, type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { applyEpochMarker, applyTransaction } from '../../storage/tree/apply.ts';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { Change } from '../../storage/tree/types.ts';
import type { Storage, TablesSink } from '../../storage/types.ts';
import { type Loaded, loadStorage } from './recovered.ts';
import { Draw, HARD_STATE, Workload } from './workload.ts';

export interface OpenOptions {
  readonly historyEntries?: number;
  readonly foldEntries?: number;
  readonly snapshotChunkBytes?: number;
}

/** One durable place that can be opened again and again. */
export type Place = (options?: OpenOptions) => Storage;

const IGNORE: TablesSink = { znodes() {}, sessions() {}, answers() {} };

function appended(storage: Storage, entries: readonly Entry[]): Promise<void> {
  return new Promise((resolve) => storage.append({ hardState: undefined, entries }, resolve));
}

function marker(index: number, epoch: number): Entry {
  return { index, epoch, zxid: zxidOf(epoch, index), type: 'epoch', payload: '' };
}

async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; !condition(); wait += 1) {
    if (wait > 1000) throw new Error('waited for too long');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function reopened(place: Place, options?: OpenOptions): Promise<Loaded> {
  const storage = place(options);
  const loaded = await loadStorage(storage);
  await storage.close();
  return loaded;
}

function matches(t: Test, loaded: Loaded, workload: Workload, index: number): void {
  t.ok(loaded.proved, 'the tables have the digest that was stored with them');
  t.equal(loaded.lastIndex, index, 'nothing is missing and nothing is too much');
  const from = loaded.tables.index;
  t.strictSame(loaded.entries, workload.slice(from, index), 'the entries are the ones appended');
  if (from > 0) t.strictSame(loaded.tables, workload.markAt(from));
  const { digest, lastTime } = workload.markAt(index);
  t.equal(loaded.state.digest(), digest, 'the tree is the same');
  t.equal(loaded.state.lastTime, lastTime, 'so is the time of the last transaction');
}

export function storageContract(name: string, newPlace: (t: Test) => Place): void {
  t.test(name, async (t) => {
    t.test('a new place holds the initial znodes and nothing else', async (t) => {
      const storage = newPlace(t)();
      const ids: number[] = [];
      const recovered = await storage.recover({
        znodes: (rows) => ids.push(...rows.map(([id]) => id)),
        sessions: () => t.fail('there are no sessions'),
        answers: () => t.fail('there are no answers'),
      });
      t.strictSame(ids, [1, 2, 3, 4]);
      t.strictSame(recovered, {
        hardState: { epoch: 0, votedFor: 0 },
        tables: { index: 0, epoch: 0, zxid: 0, digest: '', lastTime: 0, members: undefined },
        entries: [],
        firstIndex: 0,
        epochs: [],
        fresh: true,
        setAside: undefined,
      });
      await storage.close();
    });

    t.test('what was appended comes back, hard state included', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(1);
      const storage = place();
      await storage.recover(IGNORE);
      await new Promise<void>((resolve) => {
        storage.append({ hardState: HARD_STATE, entries: workload.slice(0, 1) }, () => {});
        storage.append({ hardState: undefined, entries: workload.slice(1, 50) }, resolve);
      });
      await storage.close();
      const loaded = await reopened(place);
      t.strictSame(loaded.hardState, HARD_STATE);
      matches(t, loaded, workload, 50);
      t.equal(loaded.firstIndex, 1);
    });

    t.test('when the last transaction was stays, also when nothing is left of it', async (t) => {
      const place = newPlace(t);
      const storage = place();
      await storage.recover(IGNORE);
      const session = '0000000100000002';
      const changes: Change[] = [
        { op: 'openSession', session, secretHash: 'ab', timeoutMs: 1000 },
        { op: 'closeSession', session, reason: 'closed' },
      ];
      const state = new ReplicatedState();
      const entries = changes.map((change, at): Entry => {
        const zxid = zxidOf(1, at + 1);
        const transaction = { time: 5000 + at, changes: [change] };
        applyTransaction(state, zxid, transaction);
        const payload = encodeTransaction(transaction);
        return { index: at + 1, epoch: 1, zxid, type: 'transaction', payload };
      });
      await appended(storage, [...entries, marker(3, 2)]);
      applyEpochMarker(state, zxidOf(2, 3));
      const at = { index: 3, epoch: 2, zxid: state.lastZxid };
      const { lastTime } = state;
      storage.applied({ ...at, digest: state.digest(), lastTime, members: undefined });
      await storage.close();
      const loaded = await reopened(place);
      t.strictSame([loaded.proved, loaded.entries, loaded.state.sessions.size], [true, [], 0]);
      t.equal(loaded.state.lastTime, 5001);
    });

    t.test('hard state alone is durable too', async (t) => {
      const place = newPlace(t);
      const storage = place();
      await storage.recover(IGNORE);
      await new Promise<void>((resolve) =>
        storage.append({ hardState: { epoch: 7, votedFor: 3 }, entries: [] }, resolve),
      );
      await storage.close();
      t.strictSame((await reopened(place)).hardState, { epoch: 7, votedFor: 3 });
    });

    t.test('calls are called back once each, in order, and share fsyncs', async (t) => {
      const storage = newPlace(t)();
      await storage.recover(IGNORE);
      const calls = 500;
      const before = storage.stats().fsyncs;
      const order: number[] = [];
      let inCall = true;
      await new Promise<void>((resolve) => {
        for (let index = 1; index <= calls; index += 1) {
          storage.append({ hardState: undefined, entries: [marker(index, 1)] }, () => {
            order.push(inCall ? Number.NaN : index);
            if (index === calls) resolve();
          });
        }
        inCall = false;
      });
      t.strictSame(
        order,
        Array.from({ length: calls }, (_, at) => at + 1),
        'in order, and none within the call that asked',
      );
      const fsyncs = storage.stats().fsyncs - before;
      t.ok(fsyncs >= 1 && fsyncs <= 10, `${calls} calls took ${fsyncs} fsyncs`);
      await storage.close();
    });

    t.test('what is called back can be read', async (t) => {
      const storage = newPlace(t)();
      await storage.recover(IGNORE);
      await appended(storage, [marker(1, 1), marker(2, 1)]);
      t.strictSame((await storage.readLog(1, 1e6)).entries, [marker(1, 1), marker(2, 1)]);
      await storage.close();
    });

    t.test('an entry replaces the one at its index and all after it', async (t) => {
      const place = newPlace(t);
      const storage = place();
      await storage.recover(IGNORE);
      await appended(
        storage,
        [1, 2, 3, 4, 5].map((index) => marker(index, 1)),
      );
      // Both in one batch: the second call replaces what the first one has just added.
      await Promise.all([
        appended(storage, [marker(4, 2), marker(5, 2), marker(6, 2)]),
        appended(storage, [marker(5, 3)]),
      ]);
      const expected = [marker(1, 1), marker(2, 1), marker(3, 1), marker(4, 2), marker(5, 3)];
      t.strictSame((await storage.readLog(1, 1e6)).entries, expected);
      await appended(storage, [marker(6, 3)]);
      await storage.close();
      const after = place();
      t.strictSame((await after.recover(IGNORE)).entries, [...expected, marker(6, 3)]);
      await after.close();
    });

    t.test('closing folds up to the last mark, and not beyond it', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(2);
      const storage = place();
      await storage.recover(IGNORE);
      await appended(storage, workload.slice(0, 300));
      storage.applied(workload.markAt(100));
      storage.applied(workload.markAt(260));
      await storage.close();
      const loaded = await reopened(place);
      t.equal(loaded.tables.index, 260);
      matches(t, loaded, workload, 300);
    });

    t.test('too much unfolded log is folded while appends go on', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(3);
      const storage = place({ foldEntries: 50 });
      await storage.recover(IGNORE);
      for (let index = 0; index < 400; index += 20) {
        await appended(storage, workload.slice(index, index + 20));
        storage.applied(workload.markAt(index + 20));
      }
      await until(() => storage.stats().foldedIndex >= 350);
      await storage.close();
      matches(t, await reopened(place), workload, 400);
    });

    t.test('sessions come before znodes, parents before children', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(4);
      const storage = place();
      await storage.recover(IGNORE);
      await appended(storage, workload.slice(0, 600));
      storage.applied(workload.markAt(600));
      await storage.close();
      const seen = new Set<string>(['/']);
      let znodes = 0;
      let sessions = 0;
      const after = place();
      await after.recover({
        answers: () => t.ok(sessions > 0 && znodes > 0, 'answers come last'),
        sessions: (rows) => {
          t.equal(znodes, 0);
          sessions += rows.length;
        },
        znodes: (rows) => {
          for (const [id, path] of rows) {
            const parent = path.slice(0, path.lastIndexOf('/')) || '/';
            if (!seen.has(parent)) t.fail(`${path} (${id}) comes before its parent`);
            seen.add(path);
          }
          znodes += rows.length;
        },
      });
      t.ok(sessions > 0);
      t.equal(znodes, workload.state.tree.size);
      await after.close();
    });

    t.test('history is kept behind the tables as long as asked, and hardly longer', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(5);
      const storage = place({ historyEntries: 200, foldEntries: 20 });
      await storage.recover(IGNORE);
      for (let index = 0; index < 600; index += 20) {
        await appended(storage, workload.slice(index, index + 20));
        if (index < 200) t.equal(storage.stats().oldestZxid, 0, 'nothing was trimmed yet');
        storage.applied(workload.markAt(index + 10));
        await until(() => storage.stats().foldedIndex >= index - 40);
      }
      await storage.close();

      const after = place({ historyEntries: 200 });
      const recovered = await after.recover(IGNORE);
      const { firstIndex } = recovered;
      t.ok(firstIndex > 330 && firstIndex <= 391, `entry ${firstIndex} is the oldest one`);
      t.strictSame(recovered.entries, workload.slice(590, 600));
      const page = await after.readLog(firstIndex, 1e6);
      t.strictSame(page.entries, workload.slice(firstIndex - 1, 600));
      t.equal(page.firstIndex, firstIndex);
      t.strictSame(await after.readLog(firstIndex - 1, 1e6), {
        entries: [],
        firstIndex,
        previous: undefined,
      });
      t.equal(after.stats().firstIndex, firstIndex);
      t.equal(after.stats().oldestZxid, workload.markAt(firstIndex).zxid);
      const zxid = (index: number) => workload.markAt(index).zxid;
      t.equal(await after.indexAfter(zxid(firstIndex - 2)), undefined, 'the next one is gone');
      t.equal(await after.indexAfter(zxid(firstIndex - 1)), firstIndex);
      t.equal(await after.indexAfter(after.stats().oldestZxid), firstIndex + 1);
      t.equal(await after.indexAfter(zxid(500)), 501);
      await after.close();
    });

    t.test('with no history at all the log goes on where it was', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(6);
      const storage = place({ historyEntries: 0 });
      await storage.recover(IGNORE);
      await appended(storage, workload.slice(0, 30));
      storage.applied(workload.markAt(30));
      await storage.close();
      const after = place({ historyEntries: 0 });
      const recovered = await after.recover(IGNORE);
      t.strictSame([recovered.firstIndex, recovered.entries.length], [0, 0]);
      await appended(after, workload.slice(30, 40));
      t.strictSame((await after.readLog(31, 1e6)).entries, workload.slice(30, 40));
      await after.close();
      matches(t, await reopened(place), workload, 40);
    });

    t.test('a page of the log is bounded by bytes and never empty before the end', async (t) => {
      const storage = newPlace(t)();
      const workload = new Workload(7, 1000);
      await storage.recover(IGNORE);
      await appended(storage, workload.slice(0, 200));
      const read: Entry[] = [];
      let pages = 0;
      for (let from = 1; from <= 200; pages += 1) {
        const { entries } = await storage.readLog(from, 5000);
        t.ok(entries.length > 0);
        read.push(...entries);
        from += entries.length;
      }
      t.ok(pages > 5);
      t.strictSame(read, workload.slice(0, 200));
      t.strictSame((await storage.readLog(3, 1)).entries, workload.slice(2, 3));
      t.strictSame((await storage.readLog(201, 5000)).entries, []);
      await storage.close();
    });

    t.test('where epochs begin is known again', async (t) => {
      const place = newPlace(t);
      const at = (index: number, zxid: Zxid) => ({ ...marker(index, epochOf(zxid)), zxid });
      const storage = place();
      t.strictSame((await storage.recover(IGNORE)).epochs, []);
      const zxids = [zxidOf(1, 0), zxidOf(1, 1), zxidOf(4, 0), zxidOf(4, 1), zxidOf(5, 0)];
      await appended(
        storage,
        zxids.map((zxid, before) => at(before + 1, zxid)),
      );
      await storage.close();

      const after = place();
      const { epochs } = await after.recover(IGNORE);
      const second = { zxid: zxidOf(4, 0), after: zxidOf(1, 1) };
      const third = { zxid: zxidOf(5, 0), after: zxidOf(4, 1) };
      t.strictSame(epochs, [second, third], 'the first one ends nothing');
      // Another leader's entries take the place of those.
      await appended(after, [at(4, zxidOf(6, 0))]);
      await after.close();

      const again = place();
      const other = { zxid: zxidOf(6, 0), after: zxidOf(4, 0) };
      t.strictSame((await again.recover(IGNORE)).epochs, [second, other]);
      await again.close();
    });

    t.test('the index after a zxid', async (t) => {
      const storage = newPlace(t)();
      await storage.recover(IGNORE);
      t.equal(await storage.indexAfter(0), 1, 'in an empty log: the next one');
      const zxids = [zxidOf(1, 0), zxidOf(1, 1), zxidOf(2, 0), zxidOf(2, 5)];
      await appended(
        storage,
        zxids.map((zxid, at) => ({ ...marker(at + 1, zxid >= zxidOf(2, 0) ? 2 : 1), zxid })),
      );
      const after = (zxid: Zxid) => storage.indexAfter(zxid);
      t.equal(await storage.indexAfter(0), 1);
      t.equal(await after(zxidOf(1, 0)), 2);
      t.equal(await after(zxidOf(1, 99)), 3);
      t.equal(await after(zxidOf(2, 4)), 4);
      t.equal(await after(zxidOf(2, 5)), 5, 'nothing yet: the next one');
      await storage.close();
    });

    t.test('one place has one storage at a time', async (t) => {
      const place = newPlace(t);
      const storage = place();
      await storage.recover(IGNORE);
      const second = place();
      await t.rejects(second.recover(IGNORE), { name: 'StorageRefusal', reason: 'locked' });
      await second.close();
      await appended(storage, [marker(1, 1)]);
      await storage.close();
      t.equal((await reopened(place)).entries.length, 1);
    });

    t.test('after close nothing is acknowledged, and closing again is nothing', async (t) => {
      const place = newPlace(t);
      const storage = place();
      await storage.recover(IGNORE);
      const acknowledged: number[] = [];
      storage.append({ hardState: undefined, entries: [marker(1, 1)] }, () => acknowledged.push(1));
      const closed = storage.close();
      storage.append({ hardState: undefined, entries: [marker(2, 1)] }, () => acknowledged.push(2));
      await closed;
      await storage.close();
      storage.append({ hardState: undefined, entries: [marker(2, 1)] }, () => acknowledged.push(3));
      await new Promise((resolve) => setTimeout(resolve, 20));
      t.strictSame(acknowledged, [1], 'what was handed in before is finished');
      t.equal((await reopened(place)).entries.length, 1);
    });

    t.test('any history survives any cutting up into runs, batches and marks', async (t) => {
      for (let seed = 10; seed < 12; seed += 1) {
        const draw = new Draw(seed);
        const place = newPlace(t);
        const workload = new Workload(seed);
        let last = 0;
        for (let run = 0; run < 4; run += 1) {
          const options = {
            historyEntries: draw.of([0, 30, 200]),
            foldEntries: draw.of([10, 500]),
          };
          const storage = place(options);
          const loaded = await loadStorage(storage);
          if (last > 0) matches(t, loaded, workload, last);
          const end = last + draw.below(200);
          while (last < end) {
            const next = Math.min(end, last + 1 + draw.below(30));
            await appended(storage, workload.slice(last, next));
            last = next;
            if (draw.below(3) > 0)
              storage.applied(workload.markAt(Math.max(1, last - draw.below(2))));
          }
          await storage.close();
        }
        matches(t, await reopened(place), workload, last);
      }
    });
  });
}
