/** Loaded by a member before anything else: it runs with the bug that `SEEDED_BUG` names. */
import { MUTANTS } from '../mutants/list.ts';
import { load } from '../mutants/mutant.ts';

const mutant = MUTANTS.find(({ name }) => name === process.env['SEEDED_BUG']);
if (mutant === undefined) throw new Error('there is no such bug');
load(mutant);
