/**
 * Members whose clocks differ by hours: time goes on in `ctime` and `mtime` whoever leads, after
 * kills and restarts, and TTLs are over no later for it.
 */
import t from 'tap';
import { clockShifted } from '../harness/clocks.ts';
import { Ensemble, type EnsembleMember } from '../harness/ensemble.ts';
import { newDirectory, startMember } from '../harness/member.ts';

t.setTimeout(120_000);

const HOUR = 3_600_000;

interface Stat {
  readonly ctime: number;
  readonly mtime: number;
}

async function put(url: string, path: string): Promise<Stat> {
  const answer = await fetch(`${url}/v1/znodes/${path}`, { method: 'PUT', body: 'x' });
  if (!answer.ok) throw new Error(`the write was answered ${answer.status}`);
  return ((await answer.json()) as { stat: Stat }).stat;
}

t.test('the next leader has an earlier clock', async (t) => {
  const ensemble = await Ensemble.prepare();
  t.teardown(() => ensemble.end());
  const shifts = [-HOUR, 0, HOUR];
  for (const [at, member] of ensemble.members.entries()) {
    member.env = clockShifted(shifts[at] ?? 0);
  }
  await Promise.all(ensemble.members.map((member) => member.start()));
  const times: number[] = [];
  const leaders: EnsembleMember[] = [];
  // Of three changes between three clocks one at least is to an earlier one.
  for (let round = 0; round < 4; round += 1) {
    const leader = await ensemble.whole();
    leaders.push(leader);
    const { ctime } = await put(leader.url, `n${round}`);
    times.push(ctime, (await put(leader.url, `n${round}`)).mtime);
    await leader.kill();
    await ensemble.whole();
    await leader.start();
  }
  t.ok(
    leaders.some((leader, at) => leader.id < (leaders[at - 1]?.id ?? 0)),
    `a leader with an earlier clock than the one before: ${leaders.map(({ id }) => id)}`,
  );
  t.same(
    times,
    times.toSorted((a, b) => a - b),
    'time goes on',
  );
});

t.test('the last that was stamped is gone when a member comes back', async (t) => {
  const dataDir = newDirectory();
  const ahead = await startMember({ dataDir, env: clockShifted(HOUR) });
  const { ctime } = await put(ahead.url, 'a');
  const target = `${ahead.url}/v1/znodes/a`;
  t.equal((await fetch(target, { method: 'DELETE' })).status, 204);
  await ahead.stop();
  for (const shift of [0, -HOUR]) {
    const again = await startMember({ dataDir, env: clockShifted(shift) });
    t.match(
      again.output(),
      /"znodes":4,"replayed":0/,
      'of tables alone, in which nothing has a time',
    );
    const after = await put(again.url, 'b');
    t.ok(after.ctime >= ctime, `${after.ctime} is stamped after ${ctime}`);
    t.equal((await fetch(`${again.url}/v1/znodes/b`, { method: 'DELETE' })).status, 204);
    await again.stop();
  }
});

t.test('a member comes back with an earlier clock', async (t) => {
  const dataDir = newDirectory();
  const ahead = await startMember({ dataDir, env: clockShifted(HOUR) });
  const before = await put(ahead.url, 'a');
  await ahead.stop();
  const again = await startMember({ dataDir, env: clockShifted(0) });
  const after = await put(again.url, 'b');
  t.ok(after.ctime >= before.mtime, 'what its tables show was before');
  const set = await put(again.url, 'a');
  t.ok(set.mtime >= after.ctime);
  await again.kill();
  const third = await startMember({ dataDir, env: clockShifted(-HOUR) });
  t.ok((await put(third.url, 'c')).ctime >= set.mtime, 'and what is in its log');

  const begun = performance.now();
  const target = `${third.url}/v1/znodes/short-lived?mode=persistent_ttl&ttlMs=500`;
  t.equal((await fetch(target, { method: 'POST', body: 'x' })).status, 201);
  const find = async () => (await fetch(`${third.url}/v1/znodes/short-lived`)).status;
  t.equal(await find(), 200);
  while ((await find()) === 200) {
    if (performance.now() - begun > 20_000) throw new Error('it is there for ever');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  t.ok(performance.now() - begun >= 500, 'a TTL is over when it is over, by a clock that is ahead');
});
