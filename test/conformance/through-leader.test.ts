/** All cases of this folder, with the clients at the leader. */
import { throughRole } from './roles.ts';

await throughRole('the leader');
