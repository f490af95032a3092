/**
 * `/metrics` says how the ensemble is, and docs/OPERATING.md has a row for each metric and for
 * nothing else: on a member alone, on a leader and on a follower.
 */
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import type { EnsembleMember } from '../harness/ensemble.ts';
import { startMember } from '../harness/member.ts';
import { startEnsemble } from './setup.ts';

t.setTimeout(120_000);

/** `name type` of every row of the tables of metrics. */
function documented(): string[] {
  const text = readFileSync(new URL('../../docs/OPERATING.md', import.meta.url), 'utf8');
  const rows = text.matchAll(/^\| `(\w+)` \| (gauge|counter|histogram) \| \S/gm);
  return [...rows].map(([, name, type]) => `${name} ${type}`).sort();
}

async function scrape(url: string): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text();
}

function shown(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
}

/** The sample, `name` or `name{labels}` as it is written; NaN when there is none. */
function sample(text: string, name: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

const of = async ({ url }: EnsembleMember) => {
  const text = await scrape(url);
  return (name: string) => sample(text, name);
};

async function write(member: EnsembleMember, path: string): Promise<void> {
  const answer = await fetch(`${member.url}/v1/znodes/${path}`, { method: 'PUT', body: 'x' });
  if (answer.status !== 201) throw new Error(`the write was answered ${answer.status}`);
}

function agree(t: Test, text: string, who: string): void {
  t.same(shown(text).sort(), documented(), `${who}: what is documented and what is shown`);
  t.notMatch(text, /^\w+(\{.*\})? undefined$/m, 'each sample is a number');
}

t.test('of a member alone', async (t) => {
  const member = await startMember();
  const before = await scrape(member.url);
  agree(t, before, 'alone');
  await fetch(`${member.url}/v1/znodes/a`, { method: 'PUT', body: 'x' });
  const after = await scrape(member.url);
  const grew = (name: string) => sample(after, name) - sample(before, name);
  t.equal(sample(after, 'server_state{state="leading"}'), 1);
  t.equal(sample(after, 'server_state{state="looking"}'), 0);
  t.equal(sample(after, 'election_time_count'), 1, 'its own election');
  t.equal(sample(after, 'quorum_size'), 1);
  t.equal(sample(after, 'learners'), 0);
  t.equal(grew('proposal_count'), 1);
  t.equal(grew('commit_count'), 1);
  t.equal(grew('quorum_ack_latency_count'), 1);
  t.ok(grew('fsync_count') >= 1);
  t.equal(sample(after, 'outstanding_requests'), 0);
  const again = await scrape(member.url);
  t.equal(sample(again, 'quorum_ack_latency_count'), 1, 'what was counted stays counted');
});

t.test('of members of an ensemble', async (t) => {
  const ensemble = await startEnsemble(t, { observers: 1 });
  const leader = await ensemble.whole();
  const [follower] = await ensemble.followers();
  agree(t, await scrape(leader.url), 'leader');
  agree(t, await scrape(follower.url), 'follower');

  await t.test('who leads, and who keeps up with it', async (t) => {
    const counts = ['learners', 'synced_followers', 'synced_observers'];
    const lags = ensemble.members.map(({ id }) => `member_lag{member="${id}"}`);
    await ensemble.until('the leader has heard of all, and all keep up', async () => {
      const at = await of(leader);
      return counts.map(at).join() === '3,2,1' && lags.map(at).every((lag) => lag === 0);
    });
    const [atLeader, atFollower] = [await of(leader), await of(follower)];
    t.equal(atLeader('server_state{state="leading"}'), 1);
    t.equal(atFollower('server_state{state="following"}'), 1);
    t.equal(atLeader('current_epoch'), atFollower('current_epoch'));
    t.same(counts.map(atFollower), [0, 0, 0], 'who follows has none that follow it');
    for (const { id } of ensemble.others(leader)) {
      t.equal(atLeader(`peer_connected{member="${id}"}`), 1);
      t.equal(atLeader(`peer_streams{member="${id}"}`), 1);
      t.ok(atLeader(`peer_sent_bytes{member="${id}"}`) > 0);
    }
    t.equal(atLeader('suspect'), 0, 'it has earned its trust');
  });

  await t.test('requests that are forwarded, proposed and committed', async (t) => {
    const before = { leader: await of(leader), follower: await of(follower) };
    await write(follower, 'by-a-follower');
    const after = { leader: await of(leader), follower: await of(follower) };
    const grew = (who: 'leader' | 'follower', name: string) => after[who](name) - before[who](name);
    t.equal(grew('follower', 'requests_forwarded'), 1);
    t.equal(grew('leader', 'requests_received'), 1);
    t.equal(grew('leader', 'proposal_count'), 1);
    t.equal(grew('follower', 'proposal_count'), 0);
    t.equal(grew('follower', 'commit_count'), 1);
    t.equal(grew('leader', 'quorum_ack_latency_count'), 1);
    t.equal(grew('follower', 'quorum_ack_latency_count'), 0);
  });

  await t.test('a leader that is lost', async (t) => {
    const before = await of(follower);
    await leader.kill();
    await ensemble.whole();
    const after = await of(follower);
    t.ok(after('current_epoch') > before('current_epoch'));
    t.ok(after('looking_count') > before('looking_count'));
    t.ok(after('leader_changes') > before('leader_changes'));
    t.ok(after('election_time_count') > before('election_time_count'));
    t.equal(after(`peer_connected{member="${leader.id}"}`), 0);
  });

  await t.test('a member that comes back with an empty disk', async (t) => {
    const away = follower;
    await away.kill();
    leader.loseDisk();
    await leader.start();
    const suspects = async () => (await of(leader))('suspect');
    t.equal(await suspects(), 1, 'it may have forgotten, and a voter that could tell is away');
    await away.start();
    await ensemble.until('it is suspect no more', async () => (await suspects()) === 0);
    await ensemble.whole();
  });
});
