/** The high-water mark: the newest whole slot counts, whatever happened to the others. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type HighWater, HighWaterFile, readHighWater } from '../../storage/high-water.ts';

const MARK: HighWater = {
  directoryId: '0123456789abcdef0123456789abcdef',
  clean: false,
  index: 0,
  epoch: 2,
  zxid: 2 ** 33,
  votedEpoch: 2,
  votedFor: 1,
  foldedIndex: 3,
  walSalt1: 0xfedcba98,
  walSalt2: 7,
  walFrames: 11,
  rewrites: 4,
  suspect: true,
};

function newFile(t: Test): { path: string; file: HighWaterFile } {
  const path = join(t.testdir(), 'high-water');
  HighWaterFile.create(path, MARK);
  const file = HighWaterFile.open(path);
  t.teardown(() => file.close());
  return { path, file };
}

function damage(path: string, slot: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(slot * 4096 + 30) ^ 1, slot * 4096 + 30);
  writeFileSync(path, bytes);
}

t.test('a mark comes back as it was written', async (t) => {
  const { path, file } = newFile(t);
  t.strictSame(readHighWater(path), MARK);
  const next = { ...MARK, index: 2 ** 40, clean: true };
  file.note(next);
  t.strictSame(readHighWater(path), next);
  file.sync({ ...next, index: 5 });
  t.equal(readHighWater(path)?.index, 5, 'the newest counts, not the highest');
});

t.test('a missing file is told from a damaged one', async (t) => {
  const { path, file } = newFile(t);
  t.equal(readHighWater(`${path}-none`), undefined);
  file.sync({ ...MARK, index: 1 });
  file.note({ ...MARK, index: 2 });
  for (const slot of [0, 1, 2]) damage(path, slot);
  t.throws(() => readHighWater(path), { reason: 'corrupt', message: /no mark in it is whole/ });
  writeFileSync(path, '');
  t.throws(() => readHighWater(path), { reason: 'corrupt', message: /damaged/ });
});

t.test('a torn note leaves the synced mark before it', async (t) => {
  const { path, file } = newFile(t);
  file.sync({ ...MARK, index: 10 });
  file.note({ ...MARK, index: 11 });
  damage(path, 2);
  t.equal(readHighWater(path)?.index, 10);
});

t.test('a torn sync leaves the one before it', async (t) => {
  const { path, file } = newFile(t);
  file.sync({ ...MARK, index: 10 });
  file.sync({ ...MARK, index: 20 });
  const found = [0, 1].map((slot) => {
    const copy = `${path}-copy`;
    copyFileSync(path, copy);
    damage(copy, slot);
    return readHighWater(copy)?.index;
  });
  t.strictSame(found.sort(), [10, 20]);
});

t.test('after a restart it goes on above what is there', async (t) => {
  const { path, file } = newFile(t);
  file.note({ ...MARK, index: 7 });
  const again = HighWaterFile.open(path);
  again.sync({ ...MARK, index: 8 });
  again.close();
  t.equal(readHighWater(path)?.index, 8);
});
