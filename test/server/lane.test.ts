/** FIFO of one connection: a read waits for the writes before it, and for nothing else. */
import t from 'tap';
import { Lane } from '../../server/lane.ts';

t.test('with nothing unfinished an operation runs at once', async (t) => {
  const lane = new Lane();
  let ran = false;
  lane.run(() => {
    ran = true;
  });
  t.ok(ran);
  t.ok(lane.idle);
});

t.test('what comes behind unfinished operations waits for exactly those', async (t) => {
  const lane = new Lane();
  const log: string[] = [];
  lane.start();
  lane.run(() => log.push('read after the first'));
  lane.start();
  lane.run(() => log.push('read after the second'));
  lane.run(() => log.push('another'));
  t.same(log, []);
  lane.finish();
  t.same(log, ['read after the first'], 'the second write does not hold it back');
  lane.finish();
  t.same(log, ['read after the first', 'read after the second', 'another']);
  t.ok(lane.idle);
});

t.test('an operation that waited may start another', async (t) => {
  const lane = new Lane();
  const log: string[] = [];
  lane.start();
  lane.run(() => {
    log.push('read');
    lane.start();
  });
  lane.run(() => log.push('next read'));
  lane.finish();
  t.same(log, ['read', 'next read'], 'that one was sent before the new operation started');
  lane.run(() => log.push('last'));
  t.equal(log.length, 2);
  lane.finish();
  t.equal(log.length, 3);
});

t.test('nothing runs for a connection that is gone', async (t) => {
  const lane = new Lane();
  lane.start();
  lane.run(() => t.fail('it must not run'));
  lane.clear();
  lane.finish();
  t.ok(lane.idle);
});
