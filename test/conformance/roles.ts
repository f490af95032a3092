/**
 * Runs the files of cases of this folder against an ensemble of three voters and an observer, with
 * the clients of the cases at the member of one role.
 *
 * Who leads may change while the cases run, on a machine that has too much to do: therefore it is
 * looked up again for each file. `node test/conformance/through-follower.test.ts quotas` runs those
 * files alone whose name contains the word.
 */
import t from 'tap';
import { startEnsemble } from '../ensemble/setup.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { digestId } from './driver.ts';
import { type Endpoint, runAt } from './specification.ts';

export type Role = 'the leader' | 'a follower' | 'an observer';

/** What cases ask for by `withMember`: all members have it. */
const ARGS = ['--super-digest', digestId('root', 'all mighty')];

/**
 * Files of cases. Where a file has tests beside them, with members of their own, these are given to
 * `withOwnMembers`: as tests of the root they would wait for the one that they are run in.
 */
const FILES = [
  ...['batch-reads', 'chroot', 'conditions', 'connection', 'consistency', 'counting'],
  ...['events', 'exactly-once', 'identity'],
  ...['modes', 'order-of-checks', 'paging', 'paths', 'quotas', 'random-operations', 'sequential'],
  ...['session-clients', 'sessions', 'stat', 'transactions', 'trigger-table', 'waiting'],
  ...['watch-order', 'watches', 'event-acl', 'set-watches', 'list-then-watch'],
  ...['acl-table', 'freshness', 'reaping', 'takeover'],
].filter((name) => process.argv.slice(2).every((word) => name.includes(word)));

/** All cases, on a machine that has too much to do, ms. */
const ALL_CASES_MS = 230_000;

export async function throughRole(role: Role): Promise<void> {
  t.setTimeout(ALL_CASES_MS);
  await t.test(`through ${role}`, { timeout: ALL_CASES_MS }, async (t) => {
    const ensemble = await startEnsemble(t, { voters: 3, observers: 1, args: ARGS });
    for (const name of FILES) {
      const leader = await ensemble.whole();
      const member = memberOf(ensemble, leader, role);
      const others = ensemble.others(member).map(endpointOf);
      runAt({
        t,
        name: `${name} `,
        leads: member === leader,
        members: [endpointOf(member), ...others],
      });
      await import(new URL(`${name}.test.ts`, import.meta.url).href);
    }
    const digests = await ensemble.digests();
    t.equal(new Set(digests).size, 1, 'afterwards all members hold the same');
  });
}

function endpointOf(member: EnsembleMember): Endpoint {
  const { url, wsUrl, port } = member;
  return { url, wsUrl, port, output: () => member.output };
}

function memberOf(ensemble: Ensemble, leader: EnsembleMember, role: Role): EnsembleMember {
  const found = {
    'the leader': () => leader,
    'a follower': () => ensemble.others(leader).find(({ votes }) => votes),
    'an observer': () => ensemble.members.find(({ votes }) => !votes),
  }[role]();
  if (found === undefined) throw new Error(`the ensemble has not got ${role}`);
  return found;
}
