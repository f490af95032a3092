/**
 * The seeded bugs: those of elections and votes first, then logs, commit, reads and
 * the rest; at last those of whole members and of what they promise.
 */
import { COMMIT_MUTANTS } from './commit.ts';
import { ELECTION_MUTANTS } from './elections.ts';
import { LOG_MUTANTS } from './logs.ts';
import { MEMBERS_MUTANTS } from './members.ts';
import type { Mutant } from './mutant.ts';
import { PROMISE_MUTANTS } from './promises.ts';
import { TRUST_MUTANTS } from './trust.ts';

export const MUTANTS: readonly Mutant[] = [
  ...ELECTION_MUTANTS,
  ...LOG_MUTANTS,
  ...COMMIT_MUTANTS,
  ...TRUST_MUTANTS,
  ...MEMBERS_MUTANTS,
  ...PROMISE_MUTANTS,
];
