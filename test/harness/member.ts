/**
 * A real member for a test: on a port and a data directory of its own, ended with the test file
 * whatever becomes of it.
 */
import t from 'tap';
import { endAll } from './process.ts';

export {
  type MemberOptions,
  type MemberProcess,
  newDirectory,
  startMember,
} from './process.ts';

t.teardown(endAll);
