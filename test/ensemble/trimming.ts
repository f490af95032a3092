/** Makes a leader's log begin late: who comes back then needs a snapshot. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import type { WsDriver } from '../conformance/ws-driver.ts';
import type { EnsembleMember } from '../harness/ensemble.ts';

/** For each member: little is kept of the past, on disk, and for events in memory. */
export const SHORT_PAST = ['--limit', 'historyEntries=64', '--limit', 'historyBytes=1000'];

/** What a member logs that has come back by a snapshot. */
export const BY_SNAPSHOT = '"msg":"went on from a snapshot"';

/** Folding, and with it trimming, waits for a second without a write. */
const QUIET_MS = 2000;
/** Between two looks, of which each reads the log, ms. */
const LOOK_MS = 250;

/** More than the 8 MiB of its log that a leader keeps in memory. */
const BIG = 'x'.repeat(512 * 1024);
const BIG_WRITES = 20;

/** Whether events since `zxid` cannot be had from the member's log any more. */
async function isTrimmed({ port }: EnsembleMember, path: string, zxid: string): Promise<boolean> {
  try {
    (await EventStream.open(port, { path, since: zxid })).close();
    return false;
  } catch (error) {
    return error instanceof Refused && error.problem.code === 'HistoryGone';
  }
}

/** Writes to `path`, until the log of `member` begins behind `zxid`. `client` is one of its own. */
export async function untilTrimmed(
  member: EnsembleMember,
  client: WsDriver,
  path: string,
  zxid: string,
): Promise<void> {
  const small = Array.from({ length: 100 }, () => ({ op: 'set', path, data: 'small' }));
  for (let trimmed = false; !trimmed; ) {
    await client.pipeline(small);
    const quietUntil = performance.now() + QUIET_MS;
    while (!trimmed && performance.now() < quietUntil) {
      trimmed = await isTrimmed(member, path, zxid);
      await sleep(LOOK_MS);
    }
  }
}

/** So much is written to `path` that the leader's log begins after what there was before. */
export async function writeMuch(
  leader: EnsembleMember,
  client: WsDriver,
  path: string,
): Promise<void> {
  const before = client.zxid;
  for (let write = 0; write < BIG_WRITES; write += 1) await client.set(path, BIG);
  await untilTrimmed(leader, client, path, before);
}
