/**
 * Every limit of a member is reached: at the limit all is well, one more gets the documented answer
 * with the limit's name and value, and the member goes on serving.
 */
import t, { type Test } from 'tap';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { startMember } from '../harness/member.ts';
import type { MemberProcess } from '../harness/process.ts';
import { COUNTS, OWN_COUNTS } from './count-cases.ts';
import { FLOWS, GRANTS } from './flow-cases.ts';
import { type LimitCase, type LimitCases, Scene } from './limit-case.ts';
import { SIZES } from './size-cases.ts';

t.setTimeout(120_000);

function flags(cases: LimitCases): string[] {
  return Object.entries(cases).flatMap(([name, { value }]) => ['--limit', `${name}=${value}`]);
}

async function tryCase(
  t: Test,
  name: string,
  limit: LimitCase,
  member: MemberProcess,
): Promise<void> {
  await t.test(name, async (t) => {
    const scene = new Scene(t, member);
    await limit.reach(scene, limit.value);
    const probe = await scene.http.send({ method: 'PUT', target: '/v1/znodes/probe', body: 'x' });
    t.ok(probe.status === 200 || probe.status === 201, 'the member goes on serving');
    t.equal((await scene.http.send({ target: '/readyz' })).status, 200);
  });
}

// Of these none is in the way of another: one member has them all.
for (const [title, cases] of [
  ['the size of requests', SIZES],
  ['what one client has', OWN_COUNTS],
  ['what a client is granted', GRANTS],
] as const) {
  await t.test(title, async (t) => {
    const member = await startMember({ args: flags(cases) });
    t.teardown(() => member.stop());
    for (const [name, limit] of Object.entries(cases)) await tryCase(t, name, limit, member);
  });
}

for (const [title, cases] of [
  ['how many there are', COUNTS],
  ['time, flow and history', FLOWS],
] as const) {
  await t.test(title, async (t) => {
    for (const [name, limit] of Object.entries(cases)) {
      const member = await startMember({ args: flags({ [name]: limit }) });
      await tryCase(t, name, limit, member);
      await member.stop();
    }
  });
}

await t.test('there is no limit that is not reached here', async (t) => {
  const reached = Object.keys({ ...SIZES, ...OWN_COUNTS, ...GRANTS, ...COUNTS, ...FLOWS });
  t.strictSame(reached.toSorted(), Object.keys(DEFAULT_LIMITS).toSorted());
});
