/** All cases of this folder, with a member that is alone. */
import { alone } from './roles.ts';

await alone();
