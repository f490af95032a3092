/** Real processes that are killed or stopped: the others hear of it at once, and once. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { PeerAddress } from '../../server/peers/types.ts';
import { connected, QUICK, startTransport, stopAll, type TestMember } from './transports.ts';

const PROGRAM = fileURLToPath(new URL('./member-process.ts', import.meta.url));

/** Asserted: the machine may be busy. What it takes is said in a comment. */
const SOON_MS = 1000;

interface OtherProcess {
  readonly child: ChildProcess;
  readonly address: PeerAddress;
  readonly told: { readonly kind: string; readonly from: number }[];
}

async function startProcess(id: number, ...args: string[]): Promise<OtherProcess> {
  const child = fork(PROGRAM, [String(id), ...args], { execArgv: ['--no-warnings'] });
  const address = await new Promise<PeerAddress>((resolve) => {
    child.once('message', (value) => resolve(value as PeerAddress));
  });
  const told: OtherProcess['told'] = [];
  child.on('message', (value) => told.push(value as OtherProcess['told'][number]));
  return { child, address, told };
}

/** Milliseconds from a signal to the word that the member is lost. */
async function noticed(member: TestMember, { child, address }: OtherProcess): Promise<number> {
  const lost = () =>
    member.witness.told.filter(({ kind, from }) => kind === 'lost' && from === address.id).length;
  const before = lost();
  const since = performance.now();
  child.kill('SIGKILL');
  await member.witness.until('lost', () => lost() > before);
  return performance.now() - since;
}

for (const [how, ...args] of [['idle'], ['in the middle of sending', 'flood']]) {
  t.test(`a process that is killed is lost at once: ${how}`, async (t) => {
    const two = await startTransport(2, { limits: QUICK });
    const times: number[] = [];
    for (const id of [1, 3, 1, 3, 1, 3]) {
      const other = await startProcess(id, ...args);
      const addresses = [two.address, other.address];
      two.transport.setPeers(addresses);
      other.child.send(addresses);
      const count = two.witness.count('connected');
      await two.witness.until('connected', () => two.witness.count('connected') > count);
      if (args.length > 0) {
        await two.witness.until('appends', () => two.witness.count('message') > 20);
      }
      const ms = await noticed(two, other);
      times.push(ms);
      t.ok(ms < SOON_MS, `member ${id}`);
      t.equal(two.witness.told.at(-1)?.kind, 'lost', 'nothing comes after it');
      two.witness.told.length = 0;
    }
    t.comment(`noticed after ${times.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    await stopAll([two]);
  });
}

t.test('a process that is started again in place of a killed one is connected', async (t) => {
  const two = await startTransport(2, { limits: QUICK });
  const incarnations = new Set<string>();
  for (let times = 1; times <= 3; times += 1) {
    const other = await startProcess(1);
    const addresses = [two.address, other.address];
    two.transport.setPeers(addresses);
    other.child.send(addresses);
    await two.witness.until('connected', () => two.witness.count('connected') === times);
    incarnations.add(two.transport.status()[0]?.incarnation ?? '');
    await noticed(two, other);
  }
  t.equal(incarnations.size, 3);
  t.equal(two.witness.count('lost'), 3);
  await stopAll([two]);
});

t.test('a process that is stopped is given up, and is connected when it goes on', async (t) => {
  const two = await startTransport(2, { limits: QUICK });
  const [one, three] = [await startProcess(1), await startProcess(3)];
  const addresses = [one.address, two.address, three.address];
  two.transport.setPeers(addresses);
  for (const { child } of [one, three]) child.send(addresses);
  await connected(two, 2);
  for (const { child } of [one, three]) child.kill('SIGSTOP');
  await two.witness.until('both lost', () => two.witness.count('lost') === 2);
  t.notOk(two.transport.forward(1, 'x'));
  for (const { child } of [one, three]) child.kill('SIGCONT');
  await connected(two, 2);
  t.equal(two.witness.count('connected'), 4);
  for (const { child } of [one, three]) child.kill('SIGKILL');
  await stopAll([two]);
});
