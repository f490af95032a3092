/**
 * Answers go out in the order in which the requests came, each when what it rests on is applied.
 */
import t from 'tap';
import { type AppliedThrough, PendingRequests } from '../../server/pending.ts';

/** Neither of them is of interest most of the time. */
const waiting = { epoch: 0, deadline: Number.POSITIVE_INFINITY, expire: () => undefined };

function through(index: number, epoch = 0): AppliedThrough {
  return { index, epoch };
}

t.test('a request waits for the index it rests on, and for those before it', async (t) => {
  const pending = new PendingRequests();
  const answered: string[] = [];
  const push = (name: string, index: number | undefined) => {
    const request = { ...waiting, index, answer: () => void answered.push(name) };
    pending.push(request);
    return request;
  };
  push('write 1', 1);
  push('refusal that rests on 1', 1);
  push('write 2', 2);
  const sync = push('sync', undefined);
  push('write 3', 3);
  pending.release(through(0));
  t.same(answered, []);
  pending.release(through(1));
  t.same(answered, ['write 1', 'refusal that rests on 1']);
  pending.release(through(3));
  t.same(answered.slice(2), ['write 2'], 'what nobody has judged holds back what comes behind it');
  sync.index = 2;
  pending.release(through(3));
  t.same(answered.slice(3), ['sync', 'write 3']);
  t.equal(pending.length, 0);
});

t.test('what a leader of the past had and the log never gets is not waited for', async (t) => {
  const pending = new PendingRequests();
  const answered: string[] = [];
  const push = (name: string, index: number, epoch: number) =>
    pending.push({ ...waiting, index, epoch, answer: () => void answered.push(name) });
  push('of the past', 900, 1);
  push('of now', 8, 2);
  push('of the past, too', 901, 1);
  pending.release(through(7, 1));
  t.same(answered, []);
  pending.release(through(7, 2));
  t.same(answered, ['of the past'], 'the log has gone on without it');
  pending.release(through(8, 2));
  t.same(answered.slice(1), ['of now', 'of the past, too']);
});

t.test('an answer may bring the next request', async (t) => {
  const pending = new PendingRequests();
  let second = false;
  pending.push({
    ...waiting,
    index: 1,
    answer: () =>
      pending.push({
        ...waiting,
        index: 1,
        answer: () => {
          second = true;
        },
      }),
  });
  pending.release(through(1));
  t.ok(second);
  t.equal(pending.length, 0);
});

t.test('holds through many requests', async (t) => {
  const pending = new PendingRequests();
  let last = 0;
  let ordered = true;
  for (let index = 1; index <= 10_000; index += 1) {
    pending.push({
      ...waiting,
      index,
      answer: () => {
        ordered &&= last === index - 1;
        last = index;
      },
    });
  }
  for (let index = 1; index <= 10_000; index += 7) pending.release(through(index));
  pending.release(through(10_000));
  t.ok(ordered);
  t.equal(last, 10_000);
  t.equal(pending.length, 0);
});

t.test('an answer that comes while another one is given waits for its turn', async (t) => {
  const pending = new PendingRequests();
  const answered: string[] = [];
  const push = (name: string, before: () => void = () => undefined) =>
    pending.push({
      ...waiting,
      index: 1,
      answer: () => {
        before();
        answered.push(name);
      },
    });
  push('first', () => pending.release(through(1)));
  push('second');
  pending.release(through(1));
  t.same(answered, ['first', 'second']);
});

t.test('what has waited for too long is given up, in order', async (t) => {
  const pending = new PendingRequests();
  const expired: number[] = [];
  for (const deadline of [10, 20, 30]) {
    pending.push({
      ...{ index: undefined, epoch: 0, deadline },
      answer: () => t.fail('nobody has judged it'),
      expire: () => void expired.push(deadline),
    });
  }
  pending.expire(9, through(0));
  t.same(expired, []);
  pending.expire(20, through(0));
  t.same(expired, [10, 20]);
  t.equal(pending.length, 1);
});

t.test('what is decided is answered as soon as what held it up is given up', async (t) => {
  const pending = new PendingRequests();
  const told: string[] = [];
  pending.push({
    ...{ index: undefined, epoch: 0, deadline: 10 },
    answer: () => t.fail('nobody has judged it'),
    expire: () => void told.push('given up'),
  });
  pending.push({
    ...{ index: 1, epoch: 0, deadline: 10 },
    answer: () => void told.push('answered'),
    expire: () => t.fail('it was decided'),
  });
  pending.expire(20, through(1));
  t.same(told, ['given up', 'answered']);
});

t.test('what is late does not wait for what may be later, but of its own caller', async (t) => {
  const pending = new PendingRequests();
  const told: string[] = [];
  const push = (name: string, order: string | undefined, deadline: number) => {
    const tell = (how: string) => () => void told.push(`${name} ${how}`);
    const request = { index: undefined as number | undefined, epoch: 0, deadline, order };
    pending.push(Object.assign(request, { answer: tell('answered'), expire: tell('given up') }));
    return request;
  };
  const first = push('first', 'a', 15);
  push('of the same caller', 'a', 5);
  push('late', 'b', 5);
  push('the next of that one', 'b', 6);
  push('of nobody that is known', undefined, 5);
  push('not late', 'c', 20);
  pending.expire(6, through(0));
  t.same(told, [], 'the first is not late');
  pending.expireBehind(4, 10);
  t.same(told, []);
  pending.expireBehind(6, 10);
  t.same(told, ['late given up', 'the next of that one given up']);
  t.equal(pending.length, 4);
  first.index = 1;
  pending.release(through(1));
  t.same(told.slice(2), ['first answered'], 'the order goes on');
  pending.expire(6, through(1));
  t.same(told.slice(3), ['of the same caller given up', 'of nobody that is known given up']);
  t.equal(pending.length, 1, 'who was given up is not counted');
});

/** A queue of writes and barriers, by the order that they keep. */
function mixed() {
  const pending = new PendingRequests();
  const told: string[] = [];
  const make = (name: string, order: unknown, index: number | undefined, deadline: number) => ({
    ...{ index, order, epoch: 0, deadline },
    answer: () => void told.push(name),
    expire: () => void told.push(`${name} given up`),
  });
  return {
    ...{ pending, told },
    write: (name: string, order: unknown, index?: number) => {
      const request = make(name, order, index, 15);
      pending.push(request);
      return request;
    },
    barrier: (name: string, order: unknown, index?: number) => {
      const request = make(name, order, index, 5);
      pending.pushBarrier(request, pending.lastOf(order));
      return request;
    },
    release: (index: number) => {
      pending.release(through(index));
      pending.releaseBarriers(through(index));
    },
  };
}

t.test('a barrier waits for the writes of its own caller, and for nobody else', async (t) => {
  const { pending, told, write, barrier, release } = mixed();
  const hangs = write('write of a', 'a');
  barrier('barrier of a', 'a', 1);
  barrier('barrier of b', 'b', 1);
  barrier('later barrier of b', 'b', 3);
  const unconfirmed = barrier('unconfirmed barrier of c', 'c');
  barrier('later barrier of c', 'c', 1);
  t.equal(pending.length, 6);
  release(0);
  t.same(told, []);
  release(1);
  t.same(told, ['barrier of b']);
  release(3);
  t.same(told.splice(0), ['barrier of b', 'later barrier of b']);
  unconfirmed.index = 4;
  pending.confirmed(unconfirmed);
  release(4);
  t.same(told.splice(0), ['unconfirmed barrier of c', 'later barrier of c'], 'in their order');
  hangs.index = 2;
  release(4);
  t.same(told, ['write of a', 'barrier of a']);
  t.equal(pending.length, 0);
});

t.test('a barrier that comes too late is given up, whatever hangs of others', async (t) => {
  const { pending, told, write, barrier } = mixed();
  write('write of a', 'a');
  barrier('barrier of a', 'a');
  barrier('barrier of b', 'b');
  pending.expire(4, through(0));
  t.same(told, []);
  pending.expire(5, through(0));
  t.same(told.splice(0), ['barrier of b given up']);
  pending.expire(15, through(0));
  t.same(told, ['write of a given up', 'barrier of a given up'], 'its own come first');
});

t.test('a place in the queue holds when what was before it is cut off', async (t) => {
  const { pending, told, write, release } = mixed();
  for (let index = 1; index <= 3000; index += 1) write(`write ${index}`, 'a', index);
  const place = pending.lastOf('a');
  t.notOk(pending.isOver(place));
  release(2999);
  t.notOk(pending.isOver(place));
  release(3000);
  t.ok(pending.isOver(place));
  t.ok(pending.isOver(pending.lastOf('nobody')));
  write('write 3001', 'a', 3001);
  t.ok(pending.isOver(place));
  t.notOk(pending.isOver(pending.lastOf('a')));
  t.equal(told.length, 3000);
});
