/** All cases of this folder, with the clients at a follower. */
import { throughRole } from './roles.ts';

await throughRole('a follower');
