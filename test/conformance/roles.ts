/**
 * Runs every file of cases of this folder against an ensemble of three voters and an observer, with
 * the clients of the cases at the member of one role.
 *
 * Who leads may change while the cases run, on a machine that has too much to do: therefore it is
 * looked up again for each file.
 */
import { readdirSync } from 'node:fs';
import t from 'tap';
import { startEnsemble } from '../ensemble/setup.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { runAt } from './specification.ts';

export type Role = 'the leader' | 'a follower' | 'an observer';

/** Files that run others, or need a fault that is theirs alone. */
const NOT_OF_ROLES = /^through-/;

const FILES = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.test.ts') && !NOT_OF_ROLES.test(file))
  .sort();

/** All cases, on a machine that has too much to do, ms. */
const ALL_CASES_MS = 230_000;

export async function throughRole(role: Role): Promise<void> {
  t.setTimeout(ALL_CASES_MS);
  await t.test(`through ${role}`, { timeout: ALL_CASES_MS }, async (t) => {
    const ensemble = await startEnsemble(t, { voters: 3, observers: 1 });
    for (const file of FILES) {
      const leader = await ensemble.whole();
      const member = memberOf(ensemble, leader, role);
      const name = `${file.replace('.test.ts', '')} `;
      runAt({ t, name, members: [member, ...ensemble.others(member)] });
      await import(new URL(file, import.meta.url).href);
    }
    const digests = await ensemble.digests();
    t.equal(new Set(digests).size, 1, 'afterwards all members hold the same');
  });
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
