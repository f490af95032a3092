/** Telling a torn tail from damage, on files that SQLite wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import t, { type Test } from 'tap';
import { scanWal, scanWalFile } from '../../storage/wal-scan.ts';

const PAGE_BYTES = 4096;
const FRAME_BYTES = 24 + PAGE_BYTES;

/** A log of `commits` transactions of one frame each (and some more for the first). */
function walOf(t: Test, commits: number, checkpointAt = -1): Buffer {
  const path = join(t.testdir(), 'x.db');
  const connection = new Database(path);
  connection.pragma(`page_size = ${PAGE_BYTES}`);
  connection.pragma('journal_mode = WAL');
  connection.pragma('wal_autocheckpoint = 0');
  connection.exec('CREATE TABLE x (a INTEGER PRIMARY KEY, b TEXT)');
  const insert = connection.prepare('INSERT OR REPLACE INTO x VALUES (1, ?)');
  for (let commit = 0; commit < commits; commit += 1) {
    if (commit === checkpointAt) connection.pragma('wal_checkpoint(RESTART)');
    insert.run(`value ${commit}`);
  }
  const bytes = readFileSync(`${path}-wal`);
  connection.close();
  return bytes;
}

function framesOf(file: Buffer): number {
  return (file.byteLength - 32) / FRAME_BYTES;
}

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

t.test('a whole log is intact to its end', async (t) => {
  const file = walOf(t, 20);
  const scan = scanWal(file);
  t.match(scan, { state: 'intact', committedFrames: framesOf(file), problem: '' });
  t.not(scan.salt1, 0);
});

t.test('a missing or empty file is empty', async (t) => {
  t.match(scanWalFile(join(t.testdir(), 'none')), { state: 'empty', bytes: 0 });
  t.match(scanWal(Buffer.alloc(0)), { state: 'empty' });
  t.match(scanWal(Buffer.alloc(100)), { state: 'empty', committedFrames: 0 });
});

t.test('a log cut anywhere is intact up to the last whole commit', async (t) => {
  const file = walOf(t, 10);
  for (let length = 32; length <= file.byteLength; length += 97) {
    const { state, committedFrames } = scanWal(file.subarray(0, length));
    t.equal(state, 'intact');
    const whole = Math.floor((length - 32) / FRAME_BYTES);
    // The first commit has several frames.
    t.ok(committedFrames === whole || (committedFrames === 0 && whole < framesOf(file) - 9));
  }
});

t.test('what an older generation left behind the end is not damage', async (t) => {
  const file = walOf(t, 30, 22);
  const { state, committedFrames } = scanWal(file);
  t.equal(state, 'intact');
  t.equal(committedFrames, 8);
  t.ok(framesOf(file) > 20);
  t.match(scanWal(flipped(file, file.byteLength - 50)), { state: 'intact', committedFrames: 8 });
});

t.test('any byte that changed before the last two commits is damage', async (t) => {
  const file = walOf(t, 12);
  const end = 32 + (framesOf(file) - 2) * FRAME_BYTES;
  for (let at = 0; at < end; at += 131)
    t.equal(scanWal(flipped(file, at)).state, 'damaged', `${at}`);
});

t.test('a changed byte in the last commit cannot be told from a torn tail', async (t) => {
  const file = walOf(t, 12);
  const scan = scanWal(flipped(file, file.byteLength - 100));
  t.match(scan, { state: 'intact', committedFrames: framesOf(file) - 1 });
});

t.test('a torn transaction whose commit frame reached the disk is a torn tail', async (t) => {
  const path = join(t.testdir(), 'x.db');
  const connection = new Database(path);
  connection.pragma(`page_size = ${PAGE_BYTES}`);
  connection.pragma('journal_mode = WAL');
  connection.exec('CREATE TABLE x (b TEXT)');
  const before = scanWalFile(`${path}-wal`).committedFrames;
  const insert = connection.prepare('INSERT INTO x VALUES (?)');
  connection.transaction(() => {
    for (let at = 0; at < 50; at += 1) insert.run('y'.repeat(1000));
  })();
  const file = readFileSync(`${path}-wal`);
  connection.close();
  const scan = scanWal(flipped(file, 32 + (before + 2) * FRAME_BYTES + 500));
  t.match(scan, { state: 'intact', committedFrames: before });
});
