/**
 * Barriers that wait in thousands, as after a leader was lost: each is looked at when something
 * that it waits for has come about, and not whenever anything has. Looks are counted, not time.
 * And whatever happens in whatever order, they are answered as if all were looked at each time.
 */
import t from 'tap';
import type { Place } from '../../server/barriers.ts';
import { NOWHERE, PendingRequests } from '../../server/pending.ts';
import { Random } from '../sim/random.ts';

const BARRIERS = 20_000;
const REQUESTS = 50_000;

/** Counts how often its index, its order and its deadline are looked at. */
class Counted {
  static looks = 0;
  given: number | undefined;
  readonly epoch = 0;
  readonly #order: unknown;
  readonly #deadline: number;
  readonly #told: (how: 'answered' | 'given up') => void;

  constructor(
    order: unknown,
    told: (how: 'answered' | 'given up') => void,
    index?: number,
    deadline = Number.POSITIVE_INFINITY,
  ) {
    this.given = index;
    this.#order = order;
    this.#deadline = deadline;
    this.#told = told;
  }

  get index(): number | undefined {
    Counted.looks += 1;
    return this.given;
  }

  get order(): unknown {
    Counted.looks += 1;
    return this.#order;
  }

  get deadline(): number {
    Counted.looks += 1;
    return this.#deadline;
  }

  answer(): void {
    this.#told('answered');
  }

  expire(): void {
    this.#told('given up');
  }
}

function looksOf(work: () => void): number {
  Counted.looks = 0;
  work();
  return Counted.looks;
}

const none = () => undefined;

/** `BARRIERS` of them, of an order each or of one for all; how many were answered. */
function herd(orderOf: (n: number) => unknown, deadline?: number) {
  const pending = new PendingRequests();
  const answers: number[] = [];
  const barriers = Array.from({ length: BARRIERS }, (_, n) => {
    return new Counted(orderOf(n), () => answers.push(n), undefined, deadline);
  });
  const push = () => {
    for (const barrier of barriers) pending.pushBarrier(barrier, NOWHERE);
  };
  const confirm = (barrier: Counted, index: number, applied: number) => {
    barrier.given = index;
    pending.confirmed(barrier);
    pending.release({ index: applied, epoch: 0 });
    pending.releaseBarriers({ index: applied, epoch: 0 });
  };
  return { pending, answers, barriers, push, confirm };
}

const inTheirOrder = (answers: readonly number[]) => answers.every((n, at) => n === at);

for (const [who, orderOf] of [
  ['of as many callers', (n: number) => `session ${n}`],
  ['of one caller', () => 'session'],
] as const) {
  t.test(`each of many barriers ${who} is confirmed by itself`, async (t) => {
    const { pending, answers, barriers, push, confirm } = herd(orderOf);
    const looks = looksOf(() => {
      push();
      for (const barrier of barriers) confirm(barrier, 1, 1);
    });
    t.equal(answers.length, BARRIERS);
    t.ok(inTheirOrder(answers));
    t.equal(pending.length, 0);
    t.ok(looks <= 6 * BARRIERS, `${looks} looks`);
  });

  t.test(`many barriers ${who}, confirmed last to first, wait for the log`, async (t) => {
    const { pending, answers, barriers, push, confirm } = herd(orderOf);
    const looks = looksOf(() => {
      push();
      for (let n = BARRIERS - 1; n >= 0; n -= 1) confirm(barriers[n] as Counted, n + 1, 0);
      t.same(answers, []);
      for (let index = 1; index <= BARRIERS; index += 1) {
        pending.releaseBarriers({ index, epoch: 0 });
      }
    });
    t.equal(answers.length, BARRIERS);
    t.ok(inTheirOrder(answers));
    t.ok(looks <= 6 * BARRIERS, `${looks} looks`);
  });
}

t.test('what comes too late is given up at once, with what nobody has confirmed', async (t) => {
  const { pending, answers, barriers, push, confirm } = herd((n) => n % 100, 5);
  push();
  const applied = { index: 0, epoch: 0 };
  for (const barrier of barriers.slice(0, 5000)) confirm(barrier, 7, 0);
  pending.expire(4, applied);
  t.same(answers, []);
  const looks = looksOf(() => pending.expire(5, applied));
  t.equal(answers.length, BARRIERS);
  t.ok(inTheirOrder(answers));
  t.ok(looks <= 4 * BARRIERS, `${looks} looks`);
  for (const barrier of barriers) confirm(barrier, 7, 7);
  t.equal(answers.length, BARRIERS, 'what was given up is not answered again');
  t.equal(pending.length, 0);
});

t.test('many barriers behind many requests find their places', async (t) => {
  const pending = new PendingRequests();
  const answers: number[] = [];
  let isRight = true;
  const looks = looksOf(() => {
    for (let n = 0; n < REQUESTS; n += 1) pending.push(new Counted(`session ${n}`, none, n + 1));
    for (let n = 0; n < BARRIERS; n += 1) {
      const order = `session ${n}`;
      pending.pushBarrier(new Counted(order, () => answers.push(n), 0), pending.lastOf(order));
      isRight &&= pending.lastOf('who has sent nothing') === NOWHERE;
    }
  });
  t.ok(isRight);
  t.ok(looks <= 2 * REQUESTS + 4 * BARRIERS, `${looks} looks at orders to find the places`);
  const answering = looksOf(() => {
    for (let index = 1; index <= REQUESTS; index += 1) {
      pending.release({ index, epoch: 0 });
      pending.releaseBarriers({ index, epoch: 0 });
      isRight &&= answers.length === Math.min(index, BARRIERS);
    }
  });
  t.ok(isRight, 'each at once when its request is');
  t.ok(inTheirOrder(answers));
  t.ok(answering <= 3 * REQUESTS + 4 * BARRIERS, `${answering} looks to answer them`);
});

t.test('requests alone are not looked at for places', async (t) => {
  const pending = new PendingRequests();
  const looks = looksOf(() => {
    for (let n = 0; n < REQUESTS; n += 1) pending.push(new Counted('session', none, n + 1));
  });
  t.equal(looks, 0);
});

t.test('an answer that fails leaves the others their turn', async (t) => {
  const pending = new PendingRequests();
  const told: string[] = [];
  const fail = () => {
    throw new Error('this answer fails');
  };
  pending.push(new Counted('a', fail, 1));
  pending.push(new Counted('b', () => told.push('request'), 1));
  t.throws(() => pending.release({ index: 1, epoch: 0 }), /this answer fails/);
  pending.release({ index: 1, epoch: 0 });
  pending.pushBarrier(new Counted('a', fail, 1), NOWHERE);
  t.throws(() => pending.releaseBarriers({ index: 1, epoch: 0 }), /this answer fails/);
  pending.pushBarrier(new Counted('b', () => told.push('barrier'), 1), NOWHERE);
  pending.releaseBarriers({ index: 1, epoch: 0 });
  t.same(told, ['request', 'barrier']);
});

interface Told {
  readonly name: string;
  readonly order: unknown;
  readonly behind: Place;
  readonly barrier: Counted;
}

/** The rule, looked for in all of them: whose turn it is, in their order. */
function turns(barriers: readonly Told[], isOver: (place: Place) => boolean, holds: Holds) {
  const unanswered = new Set<unknown>();
  return barriers.filter(({ order, behind, barrier }) => {
    if (holds(barrier) && isOver(behind) && !unanswered.has(order)) return true;
    unanswered.add(order);
    return false;
  });
}

type Holds = (barrier: Counted) => boolean;

interface Outcome {
  readonly is: readonly string[];
  readonly expected: readonly string[];
}

/** Requests and barriers of a few callers, confirmed, applied and late at random. */
function randomly(seed: number): () => Outcome | undefined {
  const random = new Random(seed);
  const pending = new PendingRequests();
  const requests: { readonly order: unknown; readonly one: Counted; isOver: boolean }[] = [];
  let barriers: Told[] = [];
  let told: string[] = [];
  let applied = 0;
  let now = 0;
  let count = 0;
  const upTo = (n: number) => random.below(n);
  const through = () => ({ index: applied, epoch: 0 });
  /** What was told of barriers, beside what ought to be. */
  const compare = (how: string, holds: Holds): Outcome => {
    const expected = turns(barriers, (place) => pending.isOver(place), holds);
    barriers = barriers.filter((barrier) => !expected.includes(barrier));
    const is = told;
    told = [];
    return { is, expected: expected.map(({ name }) => `${name} ${how}`) };
  };
  const ask = (): Outcome => {
    count += 1;
    const [name, order, deadline] = [`barrier ${count}`, upTo(4), now + upTo(8)];
    const known = upTo(2) === 0 ? applied + upTo(4) : undefined;
    const barrier = new Counted(order, (how) => told.push(`${name} ${how}`), known, deadline);
    const behind = pending.lastOf(order);
    barriers.push({ name, order, behind, barrier });
    pending.pushBarrier(barrier, behind);
    const last = requests.findLastIndex((one) => one.order === order && !one.isOver);
    return { is: [`${name} behind ${behind}`], expected: [`${name} behind ${last}`] };
  };
  const request = (): undefined => {
    const known = upTo(2) === 0 ? applied + upTo(4) : undefined;
    const order = upTo(4);
    const isOver = () => {
      taken.isOver = true;
    };
    const one = new Counted(order, isOver, known, now + upTo(12));
    const taken = { order, one, isOver: false };
    requests.push(taken);
    pending.push(one);
  };
  const confirm = (): undefined => {
    const { barrier } = barriers[upTo(barriers.length)] ?? {};
    if (barrier === undefined || barrier.given !== undefined) return;
    barrier.given = applied + upTo(4);
    pending.confirmed(barrier);
  };
  const judge = (): undefined => {
    const one = requests[upTo(requests.length)]?.one;
    if (one !== undefined) one.given ??= applied + upTo(4);
  };
  const release = () => {
    applied += upTo(3);
    pending.release(through());
    pending.releaseBarriers(through());
    return compare('answered', ({ given }) => given !== undefined && given <= applied);
  };
  const expire = () => {
    now += upTo(4);
    pending.expire(now, through());
    const result = compare('given up', ({ deadline }) => deadline <= now);
    pending.expireBehind(now, 12);
    return result;
  };
  return () => [ask, request, confirm, judge, release, expire][upTo(6)]?.();
}

t.test('whatever happens, those have their turn that have it by the rule', async (t) => {
  let seen = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const step = randomly(seed);
    for (let n = 0; n < 150; n += 1) {
      const result = step();
      if (result === undefined) continue;
      seen += result.expected.length;
      if (`${result.is}` !== `${result.expected}`)
        t.same(result.is, result.expected, `seed ${seed}`);
    }
  }
  t.ok(seen > 10_000, `${seen} places and turns were compared`);
});
