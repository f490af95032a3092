/** Half of the cycles; the other half is in torn-log-more.test.ts. */
import t from 'tap';
import { SEED } from './random.ts';
import { cutLogs } from './torn-log.ts';

t.setTimeout(240_000);

await t.test(`kill -9, then the log cut at a random byte (seed ${SEED})`, (t) => cutLogs(t, 0));
