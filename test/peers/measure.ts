/**
 * Measures the transport between two processes, outside `npm test`:
 *
 *     node test/peers/measure.ts
 *
 * One process sends appends of 1 KiB entries and counts the acknowledgements, as a leader does,
 * with a bounded number under way; the other acknowledges. Figures are per entry and include both
 * what is encoded and decoded and what HTTP and the sockets cost.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Message } from '../../raftlog/messages.ts';
import type { PeerAddress } from '../../server/peers/types.ts';
import {
  appendOf,
  connected,
  entriesOf,
  heartbeat,
  startTransport,
  type TestMember,
} from './transports.ts';

interface Case {
  readonly name: string;
  readonly entries: number;
  readonly payloadBytes: number;
  readonly window: number;
}

const CASES: readonly Case[] = [
  { name: '1 entry of 1 KiB an append, 1 under way', entries: 1, payloadBytes: 1024, window: 1 },
  { name: '1 entry of 1 KiB an append, 64 under way', entries: 1, payloadBytes: 1024, window: 64 },
  { name: '10 entries of 1 KiB, 4 under way', entries: 10, payloadBytes: 1024, window: 4 },
  { name: '64 entries of 1 KiB, 8 under way', entries: 64, payloadBytes: 1024, window: 8 },
  { name: '256 entries of 1 KiB, 16 under way', entries: 256, payloadBytes: 1024, window: 16 },
  { name: '100 entries of 100 B, 8 under way', entries: 100, payloadBytes: 100, window: 8 },
];
const SECONDS = 3;

interface CpuReply {
  readonly cpuMicros: number;
}

/** What acknowledges: its process. */
async function follower(): Promise<void> {
  const member = await startTransport(2);
  const { transport, witness } = member;
  witness.message = (from, message) => {
    if (message.kind === 'append') {
      const index = message.previous.index + message.entries.length;
      transport.send(from, { kind: 'appended', epoch: 1, index, suspect: false });
    } else if (message.kind === 'heartbeat') {
      transport.send(from, { kind: 'heartbeatReply', epoch: 1, round: message.round, matched: 0 });
    }
  };
  process.on('message', (leader: PeerAddress | 'cpu') => {
    if (leader === 'cpu') process.send?.({ cpuMicros: cpuMicros() } satisfies CpuReply);
    else transport.setPeers([leader, member.address]);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(member.address);
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => {
    child.once('message', (value) => resolve(value as T));
  });
}

function cpuOf(child: ChildProcess): Promise<CpuReply> {
  child.send('cpu');
  return told<CpuReply>(child);
}

async function measure(leader: TestMember, child: ChildProcess, test: Case): Promise<void> {
  const payload = 'x'.repeat(test.payloadBytes);
  const { transport, witness } = leader;
  let index = 1;
  let acked = 0;
  let over = false;
  const next = () => {
    transport.send(2, appendOf(entriesOf(index, test.entries, payload)));
    index += test.entries;
  };
  const ended = new Promise<void>((resolve) => {
    witness.message = (_, message: Message) => {
      if (message.kind !== 'appended') return;
      acked += 1;
      if (!over) next();
      else if (message.index === index - 1) resolve();
    };
  });
  const before = (await cpuOf(child)).cpuMicros;
  const ownBefore = cpuMicros();
  const since = performance.now();
  for (let count = 0; count < test.window; count += 1) next();
  setTimeout(() => {
    over = true;
  }, SECONDS * 1000);
  await ended;
  const seconds = (performance.now() - since) / 1000;
  const own = cpuMicros() - ownBefore;
  const others = (await cpuOf(child)).cpuMicros - before;
  const entries = acked * test.entries;
  const figures = [
    `${Math.round(acked / seconds)} appends/s`,
    `${Math.round(entries / seconds)} entries/s`,
    `${((entries * test.payloadBytes) / seconds / 1e6).toFixed(0)} MB/s`,
    `${((1000 * seconds * test.window) / acked).toFixed(3)} ms each`,
    `${(own / entries).toFixed(2)} us CPU an entry here, ${(others / entries).toFixed(2)} there`,
  ];
  console.log(`${test.name}: ${figures.join(', ')}`);
}

async function messages(leader: TestMember, child: ChildProcess): Promise<void> {
  const { transport, witness } = leader;
  const before = (await cpuOf(child)).cpuMicros;
  const ownBefore = cpuMicros();
  const since = performance.now();
  let replies = 0;
  let round = 0;
  let over = false;
  await new Promise<void>((resolve) => {
    witness.message = () => {
      replies += 1;
      if (!over) transport.send(2, heartbeat(++round));
      else if (replies === round) resolve();
    };
    for (let count = 0; count < 100; count += 1) transport.send(2, heartbeat(++round));
    setTimeout(() => {
      over = true;
    }, SECONDS * 1000);
  });
  const seconds = (performance.now() - since) / 1000;
  const here = (cpuMicros() - ownBefore) / replies;
  const there = ((await cpuOf(child)).cpuMicros - before) / replies;
  const rate = Math.round(replies / seconds);
  console.log(
    `heartbeats, 100 under way: ${rate} round trips/s, ${here.toFixed(2)} us CPU here, ${there.toFixed(2)} there`,
  );
}

async function main(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['follower']);
  const other = await told<PeerAddress>(child);
  const leader = await startTransport(1);
  child.send(leader.address);
  leader.transport.setPeers([leader.address, other]);
  await connected(leader, 1);
  await messages(leader, child);
  for (const test of CASES) await measure(leader, child, test);
  child.disconnect();
  await leader.transport.stop();
}

if (process.argv[2] === 'follower') await follower();
else await main();
