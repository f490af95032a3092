/**
 * Answers go out in the order in which the requests came, each when what it rests on is applied.
 */
import t from 'tap';
import { PendingRequests } from '../../server/pending.ts';

t.test('a request waits for the index it rests on, and for those before it', async (t) => {
  const pending = new PendingRequests();
  const answered: string[] = [];
  const push = (name: string, index: number, confirmed = true) => {
    const request = { index, confirmed, answer: () => void answered.push(name) };
    pending.push(request);
    return request;
  };
  push('write 1', 1);
  push('refusal that rests on 1', 1);
  push('write 2', 2);
  const sync = push('sync', 2, false);
  push('write 3', 3);
  pending.release(0);
  t.same(answered, []);
  pending.release(1);
  t.same(answered, ['write 1', 'refusal that rests on 1']);
  pending.release(3);
  t.same(answered.slice(2), ['write 2'], 'an unconfirmed sync holds back what comes behind it');
  sync.confirmed = true;
  pending.release(3);
  t.same(answered.slice(3), ['sync', 'write 3']);
  t.equal(pending.length, 0);
});

t.test('an answer may bring the next request', async (t) => {
  const pending = new PendingRequests();
  let second = false;
  pending.push({
    index: 1,
    confirmed: true,
    answer: () =>
      pending.push({
        index: 1,
        confirmed: true,
        answer: () => {
          second = true;
        },
      }),
  });
  pending.release(1);
  t.ok(second);
  t.equal(pending.length, 0);
});

t.test('holds through many requests', async (t) => {
  const pending = new PendingRequests();
  let last = 0;
  let ordered = true;
  for (let index = 1; index <= 10_000; index += 1) {
    pending.push({
      index,
      confirmed: true,
      answer: () => {
        ordered &&= last === index - 1;
        last = index;
      },
    });
  }
  for (let index = 1; index <= 10_000; index += 7) pending.release(index);
  pending.release(10_000);
  t.ok(ordered);
  t.equal(last, 10_000);
  t.equal(pending.length, 0);
});
