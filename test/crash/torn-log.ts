/**
 * What two test files run: the same as a kill, and then the database's write-ahead log is cut at
 * a random byte: the member comes up with everything that was acknowledged, or it does not come up
 * and says why. It never comes up with less.
 */
import { cpSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { sleep } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { type MemberProcess, newDirectory, startMember } from '../harness/member.ts';
import { between, randomFrom, SEED } from './random.ts';
import { verifyAll, Workload } from './workload.ts';

/** Of each of the two files. */
const CYCLES = 25;
/** The kill comes when a random number of writes is acknowledged, up to this one. */
const MOST_ACKED = 600;

/** Where a log of so many bytes is cut, by turns: each kind of place has its own kind of damage. */
const PLACES: readonly ((random: () => number, size: number) => number)[] = [
  // The whole log: then nothing is missing, and nothing may be refused.
  (_, size) => size,
  // In the log's own header.
  (random) => between(random, 0, 32),
  // Among the newest writes.
  (random, size) => between(random, Math.max(33, size - 5000), size - 1),
  (random, size) => between(random, 33, size - 1),
];

function logOf(directory: string): string {
  const name = readdirSync(directory).find((file) => file.endsWith('.db-wal'));
  if (name === undefined) throw new Error('the member left no write-ahead log');
  return join(directory, name);
}

/** A copy of the directory whose log ends after `bytes`. */
function cutCopy(directory: string, bytes: number): string {
  const copy = newDirectory();
  cpSync(directory, copy, { recursive: true });
  truncateSync(logOf(copy), bytes);
  return copy;
}

type Outcome = { readonly member: MemberProcess } | { readonly refusal: string };

function tryStart(dataDir: string): Promise<Outcome> {
  return startMember({ dataDir }).then(
    (member) => ({ member }),
    (error: Error) => ({ refusal: error.message }),
  );
}

function checkRefusal(t: Test, refusal: string, what: string): void {
  t.match(refusal, /exit code 65\b/, `${what}: refused as damaged data`);
  t.match(refusal, /paddock: \S+ is damaged: .+/, 'it says what is wrong');
  t.match(refusal, /backup|accept-loss/, 'and what can be done');
  t.notMatch(refusal, /\n\s+at \S+/, 'in words, not with a stack');
}

/**
 * Kills a member and cuts its log again and again; `first` is the number of the first cycle. Who
 * came up goes on, its log cut or not; beside a copy that was refused the original goes on.
 */
export async function cutLogs(t: Test, first: number): Promise<void> {
  const random = randomFrom(SEED + first);
  const workloads: Workload[] = [];
  let member = await startMember();
  let refused = 0;
  let recovered = 0;
  let whole = 0;

  for (let cycle = first; cycle < first + CYCLES; cycle += 1) {
    const workload = new Workload(`/cycle-${cycle}`);
    workloads.push(workload);
    await workload.start(member.wsUrl);
    await workload.acknowledged(between(random, 0, MOST_ACKED));
    await sleep(between(random, 0, 10));
    await member.kill('SIGKILL');
    await workload.ended();

    const { dataDir } = member;
    const size = statSync(logOf(dataDir)).size;
    const cut = PLACES[cycle % PLACES.length]?.(random, size) ?? size;
    if (cut === size) whole += 1;
    const copy = cutCopy(dataDir, cut);
    const outcome = await tryStart(copy);
    const what = `cycle ${cycle}: ${cut} of ${size} bytes`;
    if ('refusal' in outcome) {
      refused += 1;
      t.not(cut, size, `${what}: a log that is whole is not refused`);
      checkRefusal(t, outcome.refusal, what);
      rmSync(copy, { recursive: true });
      member = await startMember({ dataDir });
      continue;
    }
    recovered += 1;
    member = outcome.member;
    rmSync(dataDir, { recursive: true });
    const client = await WsDriver.connect(member.wsUrl);
    t.strictSame(await workload.verify(client), [], `${what}: everything is there`);
    client.disconnect();
  }
  const findings = await verifyAll(workloads, member.wsUrl);
  t.strictSame(findings, [], 'and in the end everything is still there');
  await member.kill();
  t.comment(`${recovered} recovered, ${refused} refused`);
  t.ok(recovered >= whole, 'the logs that were whole');
  t.ok(refused > 0, 'some cut took something away');
}
