/**
 * Scenario "configuration centre": a publisher writes, every instance reads at start and sees each
 * change without restart; one that was cut off misses none and ends with the latest.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { eventually, type Program, startProgram } from './programs.ts';

async function publish(t: Test, member: MemberProcess, key: string, value: string): Promise<void> {
  const env = { MEMBER: member.url };
  const code = await startProgram(t, 'config/publish.sh', [key, value], env).ended();
  t.equal(code, 0, `${key} is published as ${value}`);
}

/** What an instance has shown of one key. */
function shown(program: Program, key: string): string[] {
  const prefix = `${key}=`;
  return program
    .lines()
    .filter((line) => line.startsWith(prefix))
    .map((line) => line.slice(prefix.length));
}

for (const script of ['config/instance.sh', 'config/instance.ts']) {
  t.test(`${script} follows every change, through a restart of the member`, async (t) => {
    const first = await startMember();
    await publish(t, first, 'shop/colour', 'blue');
    await publish(t, first, 'shop/size', '42');

    const instance = startProgram(t, script, ['shop'], { MEMBER: first.url });
    await eventually('it has read what was there', () => instance.lines().length === 2);
    t.same(instance.lines().sort(), ['colour=blue', 'size=42']);

    await publish(t, first, 'shop/colour', 'red');
    await eventually('it has seen the change', () => shown(instance, 'colour').includes('red'));

    await first.kill('SIGKILL');
    const second = await startMember({ dataDir: first.dataDir, port: first.port });
    for (const value of ['green', 'black', 'white']) {
      await publish(t, second, 'shop/colour', value);
    }
    await fetch(`${second.url}/v1/znodes/config/shop/size`, { method: 'DELETE' });
    await publish(t, second, 'shop/weight', '7');
    await eventually('it has seen all', () => shown(instance, 'weight').length > 0);
    t.same(shown(instance, 'colour'), ['blue', 'red', 'green', 'black', 'white']);
    t.ok(instance.lines().includes('size removed'));
  });

  t.test(`${script}, started before there is anything, sees what comes`, async (t) => {
    const member = await startMember();
    const instance = startProgram(t, script, ['shop'], { MEMBER: member.url });
    await sleep(300);
    await publish(t, member, 'shop/colour', 'blue');
    await eventually('it has seen it', () => shown(instance, 'colour').length > 0);
    t.same(instance.lines(), ['colour=blue']);
  });

  t.test(`${script}, stopped while things change, sees each change on return`, async (t) => {
    const member = await startMember();
    await publish(t, member, 'shop/colour', 'c0');
    const instance = startProgram(t, script, ['shop'], { MEMBER: member.url });
    await eventually('it follows', () => shown(instance, 'colour').length === 1);
    instance.signal('SIGSTOP');
    for (const value of ['c1', 'c2', 'c3']) await publish(t, member, 'shop/colour', value);
    instance.signal('SIGCONT');
    await eventually('it has caught up', () => shown(instance, 'colour').includes('c3'));
    t.same(shown(instance, 'colour'), ['c0', 'c1', 'c2', 'c3']);
  });
}

t.test('latest.sh always ends with the latest value', async (t) => {
  const first = await startMember();
  const follower = startProgram(t, 'config/latest.sh', ['shop/colour'], { MEMBER: first.url });
  await publish(t, first, 'shop/colour', 'blue');
  await eventually('it shows it', () => shown(follower, 'shop/colour').includes('blue'));
  await first.kill('SIGKILL');
  const second = await startMember({ dataDir: first.dataDir, port: first.port });
  await publish(t, second, 'shop/colour', 'red');
  await eventually('it shows it', () => shown(follower, 'shop/colour').includes('red'));
  t.same(shown(follower, 'shop/colour'), ['blue', 'red']);
});

t.test('of two publishers at once none overwrites what it has not seen', async (t) => {
  const member = await startMember();
  await publish(t, member, 'shop/stock', '0');
  const env = { MEMBER: member.url };
  const publishers = Array.from({ length: 5 }, (_, i) =>
    startProgram(t, 'config/publish.sh', ['shop/stock', String(i)], env),
  );
  const codes = await Promise.all(publishers.map((publisher) => publisher.ended()));
  const accepted = codes.filter((code) => code === 0).length;
  const answer = await fetch(`${member.url}/v1/znodes/config/shop/stock`);
  const { stat } = (await answer.json()) as { stat: { version: number } };
  t.ok(accepted >= 1, 'somebody publishes');
  t.equal(stat.version, accepted, 'each that was accepted is a version of its own');
});
