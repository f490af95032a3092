/**
 * What every `Storage` keeps to when it gives its tables to another member, or takes another's.
 * Run against SQLite and against its in-memory twin.
 */
import t, { type Test } from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import type { Storage } from '../../storage/types.ts';
import type { OpenOptions, Place } from './contract.ts';
import { entryOf, run } from './ensemble-contract.ts';
import { loadStorage } from './recovered.ts';
import {
  appended,
  chunksOf,
  finished,
  IGNORE,
  type Restored,
  restored,
  snapshotOf,
  staged,
} from './snapshots.ts';
import { Draw, Workload } from './workload.ts';

/** So small that a workload makes many chunks. */
const SMALL: OpenOptions = { snapshotChunkBytes: 2000 };

/** A storage that has written and applied a workload through `index`. */
async function leaderAt(
  place: Place,
  workload: Workload,
  index: number,
  options: OpenOptions = SMALL,
): Promise<Storage> {
  const storage = place(options);
  await storage.recover(IGNORE);
  await appended(storage, workload.slice(0, index));
  storage.applied(workload.markAt(index));
  return storage;
}

async function chunksAt(place: Place, workload: Workload, index: number): Promise<Uint8Array[]> {
  const leader = await leaderAt(place, workload, index);
  const chunks = await snapshotOf(leader);
  await leader.close();
  return chunks;
}

function isAt(t: Test, { recovered, state }: Restored, workload: Workload, index: number): void {
  t.strictSame(recovered.tables, workload.markAt(index));
  const { digest, lastTime } = workload.markAt(index);
  t.equal(state.digest(), digest, 'the tree is the one of the mark');
  t.equal(state.lastTime, lastTime);
  t.strictSame([recovered.entries, recovered.firstIndex, recovered.fresh], [[], 0, false]);
}

/** What a place holds after all, once it is opened again. */
async function holds(t: Test, place: Place, workload: Workload, index: number): Promise<void> {
  const storage = place();
  const loaded = await loadStorage(storage);
  await storage.close();
  t.ok(loaded.proved);
  t.equal(loaded.lastIndex, index);
  t.equal(loaded.state.digest(), workload.markAt(index).digest);
}

export function snapshotContract(name: string, newPlace: (t: Test) => Place): void {
  t.test(`${name}: snapshots`, async (t) => {
    t.test('a new member takes one and goes on with the log behind it', async (t) => {
      const workload = new Workload(1);
      const leader = await leaderAt(newPlace(t), workload, 500);
      const place = newPlace(t);
      const member = place();
      await member.recover(IGNORE);
      const source = await leader.openSnapshot();
      t.strictSame(source.mark, workload.markAt(500), 'it is folded to what is applied');
      const chunks = await chunksOf(source);
      t.ok(chunks.length > 10, `${chunks.length} chunks`);
      const install = await staged(member, chunks);
      t.strictSame([install.next, install.complete], [chunks.length, true]);
      t.strictSame(install.mark, workload.markAt(500));
      isAt(t, await finished(install), workload, 500);
      t.equal(member.stats().foldedIndex, 500);
      t.equal(await member.indexAfter(zxidOf(1, 3)), undefined, 'history begins with it');

      await appended(leader, workload.slice(500, 560));
      const page = await leader.readLog(source.mark.index + 1, 1e9);
      t.strictSame(page.previous?.index, 500);
      await appended(member, page.entries);
      member.applied(workload.markAt(550));
      source.close();
      await member.close();
      await leader.close();
      await holds(t, place, workload, 560);
    });

    t.test('what is written meanwhile is not in it, and its log is kept', async (t) => {
      const workload = new Workload(2);
      const options = { ...SMALL, historyEntries: 0, foldEntries: 10 };
      const leader = await leaderAt(newPlace(t), workload, 200, options);
      const source = await leader.openSnapshot();
      const chunks: Uint8Array[] = [];
      for (let index = 200; ; ) {
        const chunk = await source.read(chunks.length);
        if (chunk === undefined) break;
        chunks.push(chunk);
        await appended(leader, workload.slice(index, index + 20));
        index += 20;
        leader.applied(workload.markAt(index));
      }
      const { last } = workload;
      const other = await leader.openSnapshot();
      t.equal(other.mark.index, last, 'folding went on');
      const { entries } = await leader.readLog(201, 1e9);
      t.strictSame(entries, workload.slice(200, last), 'and trimming did not');
      const place = newPlace(t);
      const member = place();
      await member.recover(IGNORE);
      isAt(t, await restored(member, chunks), workload, 200);
      await appended(member, entries);
      await member.close();
      await holds(t, place, workload, last);
      source.close();
      other.close();
      await leader.close();
    });

    t.test('when it is closed the log is trimmed as ever', async (t) => {
      const workload = new Workload(3);
      const place = newPlace(t);
      const options = { ...SMALL, historyEntries: 0, foldEntries: 10 };
      const leader = await leaderAt(place, workload, 100, options);
      const source = await leader.openSnapshot();
      await appended(leader, workload.slice(100, 300));
      leader.applied(workload.markAt(300));
      t.equal((await leader.openSnapshot()).mark.index, 300);
      t.equal((await leader.readLog(101, 1)).entries.length, 1);
      source.close();
      await leader.close();
      const after = place(options);
      t.equal((await after.recover(IGNORE)).firstIndex, 0, 'nothing is kept');
      await after.close();
    });

    t.test('any chunk can be had again, and one too many is none', async (t) => {
      const workload = new Workload(4);
      const leader = await leaderAt(newPlace(t), workload, 300);
      const source = await leader.openSnapshot();
      const refused = { name: 'SnapshotRefusal', reason: 'out-of-order' };
      await t.rejects(source.read(2), refused, 'nobody knows yet where it begins');
      const chunks = await chunksOf(source);
      await appended(leader, workload.slice(300, 400));
      leader.applied(workload.markAt(400));
      const draw = new Draw(4);
      for (let turn = 0; turn < 10; turn += 1) {
        const chunk = draw.below(chunks.length);
        t.strictSame(await source.read(chunk), chunks[chunk]);
      }
      t.equal(await source.read(chunks.length), undefined);
      t.equal(await source.read(chunks.length), undefined);
      source.close();
      source.close();
      const expired = { name: 'SnapshotRefusal', reason: 'expired' };
      await t.rejects(source.read(0), expired);
      await leader.close();
    });

    t.test('an interrupted one goes on with the chunk that is wanted', async (t) => {
      const workload = new Workload(5);
      const chunks = await chunksAt(newPlace(t), workload, 300);
      const place = newPlace(t);
      const member = place();
      await member.recover(IGNORE);
      const install = member.install();
      const draw = new Draw(5);
      while (!install.complete) {
        const wanted = install.next;
        for (const chunk of chunks.slice(Math.max(0, wanted - draw.below(3)), wanted + 2)) {
          await install.add(chunk);
        }
        t.equal(install.next, Math.min(chunks.length, wanted + 2), 'old ones change nothing');
      }
      const order = { name: 'SnapshotRefusal', reason: 'out-of-order' };
      isAt(t, await finished(install), workload, 300);
      const second = member.install();
      await t.rejects(second.add(chunks[1] as Uint8Array), { ...order, message: /0 was wanted/ });
      await second.add(chunks[0] as Uint8Array);
      await t.rejects(second.add(chunks[2] as Uint8Array), { ...order, message: /1 was wanted/ });
      await second.abandon();
      await member.close();
      await holds(t, place, workload, 300);
    });

    t.test('a damaged chunk is refused, and the right one taken after all', async (t) => {
      const workload = new Workload(6);
      const chunks = await chunksAt(newPlace(t), workload, 200);
      const member = newPlace(t)();
      await member.recover(IGNORE);
      const install = member.install();
      const draw = new Draw(6);
      for (const chunk of chunks) {
        for (let turn = 0; turn < 3; turn += 1) {
          const bytes = Uint8Array.from(chunk);
          const at = turn === 0 ? draw.below(32) : draw.below(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << draw.below(8));
          await t.rejects(install.add(bytes), { name: 'SnapshotRefusal' }, `byte ${at}`);
        }
        await t.rejects(install.add(chunk.subarray(0, draw.below(chunk.length))), {
          name: 'SnapshotRefusal',
          reason: 'damaged',
        });
        await install.add(chunk);
      }
      isAt(t, await finished(install), workload, 200);
      await member.close();
    });

    t.test('chunks of two snapshots are not mixed', async (t) => {
      const workload = new Workload(7);
      const leader = await leaderAt(newPlace(t), workload, 200);
      const first = await snapshotOf(leader);
      await appended(leader, workload.slice(200, 210));
      leader.applied(workload.markAt(210));
      const second = await snapshotOf(leader);
      const member = newPlace(t)();
      await member.recover(IGNORE);
      const install = member.install();
      await install.add(first[0] as Uint8Array);
      await t.rejects(install.add(second[1] as Uint8Array), {
        name: 'SnapshotRefusal',
        reason: 'other-snapshot',
      });
      for (const chunk of first) await install.add(chunk);
      isAt(t, await finished(install), workload, 200);
      await member.close();
      await leader.close();
    });

    t.test('one that is not complete, or not true, replaces nothing', async (t) => {
      const workload = new Workload(8);
      const own = new Workload(80);
      const place = newPlace(t);
      const member = await leaderAt(place, own, 50);
      for (const wrong of [{ digest: '0123456789abcdef' }, { lastTime: 1 }]) {
        const leader = newPlace(t)(SMALL);
        await leader.recover(IGNORE);
        await appended(leader, workload.slice(0, 300));
        leader.applied({ ...workload.markAt(300), ...wrong });
        const chunks = await snapshotOf(leader);
        await leader.close();
        const install = await staged(member, chunks.slice(0, -1));
        await t.rejects(install.finish(IGNORE), { message: /not complete: chunk \d+ is wanted/ });
        await install.add(chunks.at(-1) as Uint8Array);
        await t.rejects(install.finish(IGNORE), { reason: 'damaged', message: /digest/ });
      }
      await appended(member, own.slice(50, 60));
      member.applied(own.markAt(60));
      await member.close();
      await holds(t, place, own, 60);
    });

    t.test('an abandoned one leaves nothing, and another may begin', async (t) => {
      const workload = new Workload(9);
      const chunks = await chunksAt(newPlace(t), workload, 200);
      const own = new Workload(90);
      const place = newPlace(t);
      const member = await leaderAt(place, own, 50);
      const abandoned = { name: 'SnapshotRefusal', reason: 'abandoned' };
      const first = await staged(member, chunks.slice(0, 5));
      const second = member.install();
      await t.rejects(first.add(chunks[5] as Uint8Array), abandoned);
      await first.abandon();
      for (const chunk of chunks.slice(0, 7)) await second.add(chunk);
      await second.abandon();
      await second.abandon();
      await t.rejects(second.add(chunks[7] as Uint8Array), abandoned);
      await t.rejects(second.finish(IGNORE), abandoned);
      await appended(member, own.slice(50, 60));
      await member.close();
      await holds(t, place, own, 60);
      const again = place();
      await again.recover(IGNORE);
      isAt(t, await restored(again, chunks), workload, 200);
      await again.close();
      await holds(t, place, workload, 200);
    });

    t.test('the hard state stays, be it suspect; the log goes, be it longer', async (t) => {
      const workload = new Workload(10);
      const chunks = await chunksAt(newPlace(t), workload, 100);
      const hardState = { epoch: 9, votedFor: 3, suspect: true };
      for (const own of [run(1, 20, 1), [...run(1, 150, 1), ...run(151, 400, 8)]]) {
        const place = newPlace(t);
        const member = place({ historyEntries: 40 });
        await member.recover(IGNORE);
        member.append({ hardState, entries: own }, () => {});
        const { recovered } = await restored(member, chunks);
        t.strictSame(recovered.hardState, hardState);
        await appended(member, workload.slice(100, 110));
        await member.close();
        const after = place();
        const loaded = await after.recover(IGNORE);
        t.strictSame(loaded.hardState, hardState);
        t.strictSame(loaded.tables, workload.markAt(100));
        t.strictSame(loaded.entries, workload.slice(100, 110));
        await after.close();
      }
    });

    t.test('what is under way while it is finished is done before, or not at all', async (t) => {
      const workload = new Workload(11);
      const chunks = await chunksAt(newPlace(t), workload, 100);
      const own = new Workload(110);
      const place = newPlace(t);
      const member = await leaderAt(place, own, 400);
      const install = await staged(member, chunks);
      const order: string[] = [];
      const tell = (what: string) => () => order.push(what);
      member.append({ hardState: undefined, entries: [entryOf(401, 1)] }, tell('entry'));
      member.append({ hardState: undefined, entries: [entryOf(402, 1)] }, tell('entry'));
      const finishing = finished(install).then((done) => {
        order.push('finished');
        return done;
      });
      member.applied(own.markAt(400));
      member.append({ hardState: { epoch: 6, votedFor: 2 }, entries: [] }, tell('vote'));
      isAt(t, await finishing, workload, 100);
      t.strictSame(order.slice().sort(), ['entry', 'entry', 'finished', 'vote']);
      t.strictSame(order.slice(0, 2), ['entry', 'entry']);
      await appended(member, workload.slice(100, 450));
      await member.close();
      const after = place();
      const loaded = await loadStorage(after);
      t.equal(loaded.tables.index, 100, 'the mark of what is gone was not folded to');
      t.equal(loaded.state.digest(), workload.markAt(450).digest);
      t.strictSame(loaded.hardState, { epoch: 6, votedFor: 2 });
      await after.close();
    });

    t.test('a member that has nothing gives a snapshot of nothing', async (t) => {
      const leader = newPlace(t)();
      await leader.recover(IGNORE);
      const chunks = await snapshotOf(leader);
      const workload = new Workload(12);
      const place = newPlace(t);
      const member = await leaderAt(place, workload, 50);
      const { recovered } = await restored(member, chunks);
      t.strictSame(recovered.tables, {
        ...{ index: 0, epoch: 0, zxid: 0, digest: '', lastTime: 0, members: undefined },
      });
      await appended(member, workload.slice(0, 70));
      await member.close();
      await leader.close();
      await holds(t, place, workload, 70);
    });

    t.test('nothing is answered after the end', async (t) => {
      const workload = new Workload(13);
      const leader = await leaderAt(newPlace(t), workload, 100);
      const source = await leader.openSnapshot();
      const [head] = await chunksOf(source);
      const install = leader.install();
      await install.add(head as Uint8Array);
      await leader.close();
      await t.rejects(source.read(0));
      await t.rejects(leader.openSnapshot());
      await t.rejects(install.add(head as Uint8Array));
      await t.rejects(install.finish(IGNORE));
      t.doesNotThrow(() => source.close());
    });
  });
}
