/**
 * Sets a damaged directory aside, so that a member of an ensemble can be given everything back by
 * the others. What takes its place is empty and knows that it is not new: its hard state is
 * suspect, in an epoch that is no earlier than any that the high-water mark tells of. Stopped at
 * any point and begun again, it never leaves a directory that could pass for a new one.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bytesOf, type DataFiles } from './directory.ts';
import { HighWaterFile, syncDirectory } from './high-water.ts';
import { firstMark, readableMark } from './recovery.ts';

/** Damaged databases that are kept, the newest ones: they are for people to look at. */
const KEPT = 2;

/** For a directory that the caller holds and has not open. Returns where everything went. */
export function setDamagedAside(files: DataFiles): string {
  const { directory, database, wal, highWater } = files;
  const numbers = damagedIn(files);
  const name = `${basename(database)}.damaged-${(numbers.at(-1) ?? 0) + 1}`;
  const mark = readableMark(files);
  const epoch = Math.max(mark?.epoch ?? 0, mark?.votedEpoch ?? 0);
  if (bytesOf(database) > 0 && bytesOf(highWater) > 0) {
    copyFileSync(highWater, join(directory, `${name}-high-water`));
  }
  // First, and whole or not at all: from here on an empty directory is known to be suspect.
  HighWaterFile.create(highWater, {
    ...firstMark(randomBytes(16).toString('hex')),
    votedEpoch: epoch,
    votedFor: epoch === mark?.votedEpoch ? mark.votedFor : 0,
    suspect: true,
  });
  if (bytesOf(database) > 0) renameSync(database, join(directory, name));
  if (bytesOf(wal) > 0) renameSync(wal, join(directory, `${name}-wal`));
  for (const path of [database, wal, `${database}-shm`]) rmSync(path, { force: true });
  for (const number of numbers.slice(0, Math.max(0, numbers.length - KEPT + 1))) {
    for (const path of filesOf(files, number)) rmSync(path, { force: true });
  }
  syncDirectory(directory);
  return name;
}

const DAMAGED = /\.damaged-(\d+)(-wal|-high-water)?$/;

/** Ascending. */
function damagedIn({ directory }: DataFiles): number[] {
  const numbers = new Set<number>();
  for (const name of readdirSync(directory)) {
    const number = DAMAGED.exec(name)?.[1];
    if (number !== undefined) numbers.add(Number(number));
  }
  return [...numbers].sort((a, b) => a - b);
}

function filesOf({ directory }: DataFiles, number: number): string[] {
  return readdirSync(directory)
    .filter((name) => DAMAGED.exec(name)?.[1] === String(number))
    .map((name) => join(directory, name));
}
