/** All cases of this folder, with the clients at an observer. */
import { throughRole } from './roles.ts';

await throughRole('an observer');
