/**
 * A directory belongs to its ensemble: nobody decides alone on it, and strangers are not let in.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { newDirectory, startMember } from '../harness/member.ts';
import { startEnsemble } from './setup.ts';

t.setTimeout(120_000);

const told = (start: Promise<unknown>) =>
  start.then(
    () => 'it started',
    (error: Error) => error.message,
  );

const ensemble = await startEnsemble(t);

await t.test('a member of several does not start alone on its directory', async (t) => {
  const [first] = ensemble.members;
  if (first === undefined) throw new Error('an ensemble has members');
  const written = await fetch(`${first.url}/v1/znodes/x`, { method: 'PUT', body: 'x' });
  t.equal(written.status, 201);
  await first.stop();
  const { dataDir } = first;
  const message = await told(startMember({ dataDir, args: ['--id', String(first.id)] }));
  t.match(message, /exit code 78/);
  t.match(message, /belongs to a member of the ensemble of 1, 2, 3; start it with --member/);
  await first.start();
  await ensemble.whole();
  const read = await fetch(`${first.url}/v1/znodes/x`);
  t.equal(read.status, 200, 'and is none the worse for it');
});

await t.test('a member with another secret is not let in, and changes nothing', async (t) => {
  const [first, second] = ensemble.members;
  if (first === undefined || second === undefined) throw new Error('an ensemble has members');
  await second.stop();
  await ensemble.leader();
  const before = (await first.status())?.epoch;
  const directory = newDirectory();
  const secret = join(directory, 'secret');
  writeFileSync(secret, 'another secret, which is long enough too', { mode: 0o600 });
  const dataDir = join(directory, 'data');
  mkdirSync(dataDir);
  const at = second.args.indexOf('--cluster-secret-file');
  const args = [...second.args.slice(0, at), '--cluster-secret-file', secret];
  const stranger = await startMember({ dataDir, args: [...args, ...second.args.slice(at + 2)] });
  const writes: number[] = [];
  for (let n = 0; n < 30; n += 1) {
    const answer = await fetch(`${first.url}/v1/znodes/n-${n}`, { method: 'PUT', body: 'x' });
    writes.push(answer.status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  t.same([...new Set(writes)], [201], 'the others go on');
  const ready = await fetch(`${stranger.url}/readyz`);
  t.equal(ready.status, 503);
  const tree = await fetch(`${stranger.url}/v1/znodes/n-0`);
  t.equal(tree.status, 503, 'it learns nothing');
  t.match(stranger.output() + first.output, /WrongSecret|OtherCluster/, 'somebody says why');
  t.equal((await first.status())?.epoch, before, 'and nobody was elected');
  await stranger.stop();
});
