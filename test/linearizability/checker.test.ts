/** The checker tells histories that a znode can have from those that it cannot, and soon. */
import t from 'tap';
import { isLinearizable, judgeRegister, type Outcome, type RegisterOperation } from './register.ts';

/** When it was called, and when it was answered; undefined: never. */
type Times = readonly [called: number, answered: number | undefined];

const DONE: Outcome = { kind: 'done' };
const NO_NODE: Outcome = { kind: 'noNode' };
const UNKNOWN: Outcome = { kind: 'unknown' };

function outcomeAt([, answered]: Times): Outcome {
  return answered === undefined ? UNKNOWN : DONE;
}

/** Reads what was written as `version value`; '' = there is no znode. */
function read(text: string, called: number, answered: number): RegisterOperation {
  const [version = '', value = ''] = text.split(' ');
  const shown = text === '' ? undefined : { version: Number(version), value };
  return { call: { kind: 'read', shown }, called, answered };
}

function set(value: string, ...times: Times): RegisterOperation {
  const [called, answered] = times;
  return { call: { kind: 'set', value, outcome: outcomeAt(times) }, called, answered };
}

function told(value: string, version: number, ...[called, answered]: Times): RegisterOperation {
  const outcome: Outcome = { kind: 'done', version };
  return { call: { kind: 'set', value, outcome }, called, answered };
}

function compareAndSet(
  expected: number,
  value: string,
  outcome: Outcome,
  ...[called, answered]: Times
): RegisterOperation {
  return { call: { kind: 'set', value, expected, outcome }, called, answered };
}

function remove(...times: Times): RegisterOperation {
  const [called, answered] = times;
  return { call: { kind: 'delete', outcome: outcomeAt(times) }, called, answered };
}

function removeAt(expected: number, outcome: Outcome, ...times: Times): RegisterOperation {
  const [called, answered] = times;
  return { call: { kind: 'delete', expected, outcome }, called, answered };
}

function is(version: number): Outcome {
  return { kind: 'badVersion', version };
}

const GOOD: Readonly<Record<string, readonly RegisterOperation[]>> = {
  nothing: [],
  'one after the other': [set('a', 1, 2), read('0 a', 3, 4), set('b', 5, 6), read('1 b', 7, 8)],
  'a read beside a write may show either': [set('a', 1, 10), read('', 2, 3), read('0 a', 4, 5)],
  'two writes at once, in the order that the reads tell': [
    set('a', 1, 10),
    set('b', 1, 10),
    read('0 b', 2, 3),
    read('1 a', 4, 5),
    read('1 a', 11, 12),
  ],
  'two writes at once, in the order that their versions tell': [
    told('a', 1, 1, 10),
    told('b', 0, 1, 10),
    read('1 a', 11, 12),
  ],
  'a write of which nothing is known, done late': [
    set('a', 1, undefined),
    read('', 2, 3),
    set('b', 4, 5),
    read('0 b', 6, 7),
    read('1 a', 8, 9),
  ],
  'a write of which nothing is known, never done': [set('a', 1, undefined), read('', 2, 3)],
  'two of which nothing is known, and a version tells that one was done': [
    set('a', 1, undefined),
    set('b', 1, undefined),
    told('c', 1, 2, 3),
    read('1 c', 4, 5),
  ],
  'deleted and created again': [
    set('a', 1, 2),
    remove(3, 4),
    read('', 5, 6),
    told('b', 0, 7, 8),
    read('0 b', 9, 10),
  ],
  'a delete of which nothing is known, done late': [
    set('a', 1, 2),
    remove(3, undefined),
    read('0 a', 4, 5),
    read('', 6, 7),
  ],
  'compared and set by one of two': [
    set('a', 1, 2),
    compareAndSet(0, 'b', DONE, 3, 10),
    compareAndSet(0, 'c', is(1), 3, 10),
    read('1 b', 11, 12),
  ],
  'refused for there is none, or for another version': [
    compareAndSet(0, 'a', NO_NODE, 1, 2),
    removeAt(0, NO_NODE, 3, 4),
    set('b', 5, 6),
    removeAt(3, is(0), 7, 8),
    removeAt(0, DONE, 9, 10),
  ],
};

const BAD: Readonly<Record<string, readonly RegisterOperation[]>> = {
  'an old value after the write was answered': [set('a', 1, 2), read('', 3, 4)],
  'an old value among new ones': [
    set('a', 1, 2),
    set('b', 3, 4),
    read('1 b', 5, 6),
    read('0 a', 7, 8),
    read('1 b', 9, 10),
  ],
  'a value before it was written': [read('0 a', 1, 2), set('a', 3, 4)],
  'a value that nobody wrote': [read('0 x', 1, 2)],
  'the right value under a version that it never had': [set('a', 1, 2), read('1 a', 3, 4)],
  'back to the old value while the write is under way': [
    set('a', 1, 10),
    read('0 a', 2, 3),
    read('', 4, 5),
  ],
  'two readers who disagree on the order of two writes': [
    set('a', 1, 2),
    set('b', 1, 2),
    read('0 a', 3, 4),
    read('1 b', 5, 6),
    read('0 a', 7, 8),
  ],
  'a lost update: both believe to have written the same version': [
    set('a', 1, 2),
    told('b', 1, 3, 10),
    told('c', 1, 3, 10),
  ],
  'both compared, both set': [
    set('a', 1, 2),
    compareAndSet(0, 'b', DONE, 3, 10),
    compareAndSet(0, 'c', DONE, 3, 10),
  ],
  'refused for a version that is long gone': [
    told('a', 0, 1, 2),
    told('b', 1, 3, 4),
    compareAndSet(1, 'c', is(0), 5, 6),
  ],
  'refused, for there was none, though there was': [set('a', 1, 2), removeAt(0, NO_NODE, 3, 4)],
  'a write of which nothing is known, done and undone': [
    set('a', 1, undefined),
    read('0 a', 2, 3),
    read('', 4, 5),
  ],
  'a write of which nothing is known, done twice': [
    set('a', 1, undefined),
    set('b', 1, undefined),
    told('c', 3, 2, 3),
  ],
  'deleted, and there again': [set('a', 1, 2), remove(3, 4), read('0 a', 5, 6)],
};

t.test('what a znode can do', async (t) => {
  for (const [name, history] of Object.entries(GOOD)) t.ok(isLinearizable(history), name);
});

t.test('what it cannot', async (t) => {
  for (const [name, history] of Object.entries(BAD)) t.notOk(isLinearizable(history), name);
});

/**
 * As an ensemble under faults makes them, and worse: in each round three writers and four readers
 * at once, and now and then something of which nothing is ever known.
 */
function long(rounds: number, unknown: number): RegisterOperation[] {
  const history: RegisterOperation[] = [];
  const every = Math.ceil(rounds / unknown);
  let version = -1;
  for (let round = 0; round < rounds; round += 1) {
    const at = round * 20;
    const lost = round % every === 0 ? round / every : undefined;
    if (lost !== undefined) {
      history.push(set(`lost ${round}`, at, undefined));
      if (lost % 3 === 1) history.push(remove(at, undefined));
      if (lost % 3 === 2) {
        history.push(compareAndSet(version, `${round}`, UNKNOWN, at, undefined));
      }
      // Half of them were done, as only the versions tell.
      if (lost % 2 === 0) version += 1;
    }
    for (let writer = 0; writer < 3; writer += 1) {
      version += 1;
      history.push(told(`${round}-${writer}`, version, at + 1, at + 9 + writer));
    }
    const shown = `${version} ${round}-2`;
    for (let reader = 0; reader < 4; reader += 1) history.push(read(shown, at + 3, at + 18));
  }
  return history;
}

t.test('a long history with many at once and much that is not known', async (t) => {
  const ROUNDS = 300;
  for (const unknown of [1, 12]) {
    const history = long(ROUNDS, unknown);
    const good = judgeRegister(history);
    const lost = history.filter(({ answered }) => answered === undefined).length;
    const what = `${history.length} operations, ${lost} of them not known`;
    t.ok(good.linearizable, what);
    t.ok(good.tries < 100 * history.length, `${good.tries} tries`);
    for (const [where, called] of Object.entries({ middle: 10 * ROUNDS, end: 20 * ROUNDS })) {
      const bad = judgeRegister([...history, read('2 0-2', called, called + 5)]);
      t.notOk(bad.linearizable, `and a stale read in the ${where}`);
      t.ok(bad.tries < 2000 * history.length, `${bad.tries} tries`);
    }
  }
});

t.test('writes that were read though they were never answered', async (t) => {
  const count = 8;
  const writes = Array.from({ length: count }, (_, n) => set(`v${n}`, 0, undefined));
  const reads = writes.map((_, n) => read(`${n} v${n}`, 10 * n + 1, 10 * n + 5));
  const good = judgeRegister([...writes, ...reads]);
  t.ok(good.linearizable);
  const bad = judgeRegister([...writes, ...reads, read('3 v3', 51, 52)]);
  t.notOk(bad.linearizable, 'what the reads tell leaves nothing to be guessed');
  t.ok(good.tries < 10_000 && bad.tries < 50_000, `${good.tries} and ${bad.tries} tries`);
});
