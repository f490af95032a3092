/** The runner counts what was tested, ends what hangs, and does not call nothing a success. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { run } from '../../scripts/processes.ts';
import { tapResults } from '../../scripts/tap-results.ts';

const OUTPUT = `TAP version 14
# Subtest: outer
    ok 1 - first
    # Subtest: inner
        ok 1 - second
        not ok 2 - third
          ---
          at:
            fileName: test/x.test.ts
            lineNumber: 7
          diff: |
            -1
            +2
          ...
        1..2
        # failed 1 of 2 tests
    not ok 2 - inner
    ok 3 - later # SKIP there is no such thing here
    1..3
    # failed 1 of 3 tests
not ok 1 - outer
ok 2 - last
1..2
# failed 1 of 2 tests
`;

t.test('assertions are counted, at every depth, and subtests are not', async (t) => {
  const { passed, skipped, failures } = tapResults(OUTPUT);
  t.equal(passed, 3);
  t.equal(skipped, 1);
  t.equal(failures.length, 1);
  t.match(failures[0], /outer > inner > third\s+at test\/x\.test\.ts:7\s+diff: -1\s+\+2/);
});

t.test('a file that ends before its plan is fulfilled has failed', async (t) => {
  t.equal(tapResults('TAP version 14\nok 1 - one\n1..2\n').failures.length, 1);
  t.equal(
    tapResults('TAP version 14\nok 1 - one\nBail out! the disk is gone\n').failures.length,
    1,
  );
});

t.test('a process that hangs is killed, with what it has started', async (t) => {
  const child = 'sleep 60 & echo $!; wait';
  const ended = await run(['bash', '-c', child], 500);
  t.ok(ended.timedOut);
  t.not(ended.code, 0);
  const pid = ended.stdout.trim();
  t.match(pid, /^\d+$/);
  for (let tries = 0; existsSync(`/proc/${pid}`) && tries < 100; tries += 1) await sleep(20);
  t.notOk(existsSync(`/proc/${pid}`), 'nothing is left behind');
});

t.test('a program that cannot be started has failed', async (t) => {
  const ended = await run(['no-such-program'], 5000);
  t.not(ended.code, 0);
  t.match(ended.stderr, /no-such-program/);
});

t.test('a run in which nothing was tested has failed', async (t) => {
  const ended = await run([process.execPath, 'scripts/run-tests.ts', 'no-such-test'], 20_000);
  t.equal(ended.code, 1);
  t.equal(ended.stdout, '0 passed, 0 failed\n');
});
