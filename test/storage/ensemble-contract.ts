/**
 * What every `Storage` keeps to as the disk of a member among others: a log whose end may be
 * replaced, members, a suspect hard state. Run against SQLite and against its in-memory twin.
 */
import t, { type Test } from 'tap';
import { encodeMembers } from '../../raftlog/membership.ts';
import type { Entry, HardState } from '../../raftlog/types.ts';
import { zxidOf } from '../../raftlog/zxid.ts';
import type { Storage } from '../../storage/types.ts';
import type { OpenOptions, Place } from './contract.ts';
import { loadStorage } from './recovered.ts';
import { appended, IGNORE } from './snapshots.ts';
import { Draw, Workload } from './workload.ts';

/** An entry that changes nothing. */
export function entryOf(index: number, epoch: number): Entry {
  return { index, epoch, zxid: zxidOf(epoch, index), type: 'epoch', payload: '' };
}

export function run(from: number, through: number, epoch: number): Entry[] {
  return Array.from({ length: through - from + 1 }, (_, at) => entryOf(from + at, epoch));
}

function hardened(storage: Storage, hardState: HardState): Promise<void> {
  return new Promise((resolve) => storage.append({ hardState, entries: [] }, resolve));
}

async function entriesOf(place: Place, options?: OpenOptions): Promise<readonly Entry[]> {
  const storage = place(options);
  await storage.recover(IGNORE);
  const { entries } = await storage.readLog(1, 1e9);
  await storage.close();
  return entries;
}

export function ensembleContract(name: string, newPlace: (t: Test) => Place): void {
  t.test(`${name} of a member among others`, async (t) => {
    t.test('an entry of type members comes back as it was', async (t) => {
      const place = newPlace(t);
      const payload = encodeMembers({ voters: [1, 2], observers: [7] });
      const entry: Entry = { ...entryOf(1, 1), type: 'members', payload };
      const storage = place();
      await storage.recover(IGNORE);
      await appended(storage, [entry]);
      t.strictSame((await storage.readLog(1, 1e6)).entries, [entry]);
      await storage.close();
      t.strictSame(await entriesOf(place), [entry]);
    });

    t.test('a suspect hard state stays suspect until it is told otherwise', async (t) => {
      const place = newPlace(t);
      const states: HardState[] = [
        { epoch: 0, votedFor: 0, suspect: true },
        { epoch: 4, votedFor: 2, suspect: true },
        { epoch: 4, votedFor: 2 },
        { epoch: 5, votedFor: 0, suspect: false },
      ];
      for (const hardState of states) {
        const storage = place();
        await storage.recover(IGNORE);
        await hardened(storage, hardState);
        await storage.close();
        const after = place();
        const recovered = await after.recover(IGNORE);
        t.strictSame(recovered.hardState, hardState);
        t.equal(recovered.fresh, false, 'a vote, or a suspicion, was stored');
        await after.close();
      }
    });

    t.test('a place is fresh until something is stored, whatever was opened before', async (t) => {
      const place = newPlace(t);
      for (const start of ['first', 'second']) {
        const storage = place();
        t.equal((await storage.recover(IGNORE)).fresh, true, start);
        await storage.close();
      }
      const storage = place();
      await storage.recover(IGNORE);
      await appended(storage, [entryOf(1, 1)]);
      await storage.close();
      const after = place();
      t.equal((await after.recover(IGNORE)).fresh, false);
      await after.close();
    });

    t.test(
      'members are stored with the tables, and are those of the last mark folded',
      async (t) => {
        const place = newPlace(t);
        const workload = new Workload(1);
        const storage = place();
        t.equal((await storage.recover(IGNORE)).tables.members, undefined);
        await appended(storage, workload.slice(0, 200));
        storage.applied({ ...workload.markAt(100), members: undefined });
        await storage.close();
        const second = place();
        t.equal((await second.recover(IGNORE)).tables.members, undefined);
        const members = { voters: [1], observers: [] };
        second.applied({ ...workload.markAt(150), members });
        await second.close();
        const third = place();
        t.strictSame((await third.recover(IGNORE)).tables, { ...workload.markAt(150), members });
        await third.close();
      },
    );

    t.test('what comes before a page of the log', async (t) => {
      const place = newPlace(t);
      const storage = place({ historyEntries: 20, foldEntries: 10 });
      await storage.recover(IGNORE);
      const zero = { index: 0, epoch: 0, zxid: 0 };
      t.strictSame((await storage.readLog(1, 1e6)).previous, zero, 'of an empty log');
      t.equal((await storage.readLog(2, 1e6)).previous, undefined);
      await appended(storage, [...run(1, 50, 1), ...run(51, 100, 3)]);
      const at = (index: number, epoch: number) => ({ index, epoch, zxid: zxidOf(epoch, index) });
      t.strictSame((await storage.readLog(1, 1)).previous, zero);
      t.strictSame((await storage.readLog(51, 1)).previous, at(50, 1));
      t.strictSame((await storage.readLog(52, 1)).previous, at(51, 3));
      t.strictSame((await storage.readLog(101, 1)).previous, at(100, 3), 'behind the last one');
      t.equal((await storage.readLog(102, 1)).previous, undefined);
      storage.applied({ ...at(100, 3), digest: 'x', lastTime: 0, members: undefined } as never);
      await storage.close();
      const after = place({ historyEntries: 20 });
      const { firstIndex } = await after.recover(IGNORE);
      t.ok(firstIndex > 1);
      const { epoch } = entryOf(firstIndex - 1, firstIndex - 1 > 50 ? 3 : 1);
      t.strictSame((await after.readLog(firstIndex, 1)).previous, at(firstIndex - 1, epoch));
      t.equal((await after.readLog(firstIndex - 1, 1)).previous, undefined, 'it is gone');
      await after.close();
    });

    t.test('another leader’s entries replace those that were never committed', async (t) => {
      const place = newPlace(t);
      // Little history: the log is spread over several tables.
      const options = { historyEntries: 40 };
      const storage = place(options);
      await storage.recover(IGNORE);
      await appended(storage, run(1, 300, 1));
      await appended(storage, run(70, 71, 2));
      t.strictSame((await storage.readLog(1, 1e9)).entries, [...run(1, 69, 1), ...run(70, 71, 2)]);
      await storage.close();
      t.strictSame(await entriesOf(place, options), [...run(1, 69, 1), ...run(70, 71, 2)]);

      const again = place(options);
      await again.recover(IGNORE);
      await appended(again, run(72, 200, 2));
      // The new leader begins with what an older one had: the last epoch of the log falls.
      await appended(again, run(60, 90, 1));
      await again.close();
      const after = place(options);
      const loaded = await after.recover(IGNORE);
      t.strictSame(loaded.entries, run(1, 90, 1));
      await appended(after, run(1, 3, 5));
      t.equal(await after.indexAfter(zxidOf(1, 60)), 1, 'all of it was replaced');
      await after.close();
      t.strictSame(await entriesOf(place, options), run(1, 3, 5));
    });

    t.test('what is applied is never replaced, folded or not', async (t) => {
      const place = newPlace(t);
      const workload = new Workload(2);
      const storage = place();
      await storage.recover(IGNORE);
      await appended(storage, workload.slice(0, 100));
      storage.applied(workload.markAt(80));
      for (const index of [1, 79, 80]) {
        const batch = { hardState: undefined, entries: [entryOf(index, 2)] };
        t.throws(() => storage.append(batch, () => {}), /applied is committed/);
      }
      await appended(storage, [entryOf(81, 2)]);
      await storage.close();
      const after = place();
      const { tables, entries } = await after.recover(IGNORE);
      t.strictSame(tables, workload.markAt(80));
      t.strictSame(entries, [entryOf(81, 2)]);
      const batch = { hardState: undefined, entries: [entryOf(80, 2)] };
      t.throws(() => after.append(batch, () => {}), /applied is committed/);
      await after.close();
    });

    t.test('folding and trimming go on over a log whose end was replaced', async (t) => {
      const place = newPlace(t);
      const options = { historyEntries: 60, foldEntries: 20 };
      const workload = new Workload(3);
      const storage = place(options);
      await storage.recover(IGNORE);
      for (let index = 0; index < 600; index += 20) {
        const entries = workload.slice(index, index + 20);
        const wrong = entries.map((entry) => ({ ...entry, payload: 'x' }));
        await appended(storage, [...wrong, ...run(index + 21, index + 50, 1)]);
        await appended(storage, entries);
        storage.applied(workload.markAt(index + 20));
      }
      await storage.close();
      const after = place(options);
      const loaded = await loadStorage(after);
      t.ok(loaded.proved);
      t.equal(loaded.state.digest(), workload.markAt(600).digest);
      t.strictSame(
        (await after.readLog(loaded.firstIndex, 1e9)).entries,
        workload.slice(loaded.firstIndex - 1, 600),
      );
      await after.close();
    });

    t.test('any order of appends and replacements gives what a plain list gives', async (t) => {
      for (let seed = 1; seed <= 3; seed += 1) {
        const draw = new Draw(seed);
        const place = newPlace(t);
        const options = { historyEntries: draw.of([0, 50, 1000]) };
        const plain: Entry[] = [];
        let epoch = 1;
        for (let start = 0; start < 4; start += 1) {
          const storage = place(options);
          t.strictSame((await storage.recover(IGNORE)).entries, plain);
          const piledUp: Promise<void>[] = [];
          for (let step = 0; step < 25; step += 1) {
            if (draw.below(2) === 0) epoch += 1;
            const from = 1 + Math.max(0, plain.length - draw.of([0, 0, 1, 5, 40, 200]));
            const entries = run(from, from + draw.of([0, 3, 30]), epoch);
            plain.splice(from - 1, plain.length, ...entries);
            piledUp.push(appended(storage, entries));
            if (draw.below(3) === 0) await Promise.all(piledUp.splice(0));
          }
          await Promise.all(piledUp);
          t.strictSame((await storage.readLog(1, 1e9)).entries, plain);
          await storage.close();
        }
      }
    });
  });
}
