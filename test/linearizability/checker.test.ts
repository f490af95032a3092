/** The checker tells histories that a register can have from those that it cannot. */
import t from 'tap';
import { isLinearizable, type Operation } from './checker.ts';

type Line = readonly [
  kind: 'read' | 'write',
  value: string,
  called: number,
  answered: number | undefined,
];

function judged(...lines: readonly Line[]): boolean {
  const history = lines.map(
    ([kind, value, called, answered]): Operation => ({ kind, value, called, answered }),
  );
  return isLinearizable(history, '');
}

const GOOD: Readonly<Record<string, readonly Line[]>> = {
  nothing: [],
  'one after the other': [
    ['write', 'a', 1, 2],
    ['read', 'a', 3, 4],
    ['write', 'b', 5, 6],
    ['read', 'b', 7, 8],
  ],
  'a read beside a write may show either': [
    ['write', 'a', 1, 10],
    ['read', '', 2, 3],
    ['read', 'a', 4, 5],
  ],
  'two writes at once, in the order that the reads tell': [
    ['write', 'a', 1, 10],
    ['write', 'b', 1, 10],
    ['read', 'b', 2, 3],
    ['read', 'a', 4, 5],
    ['read', 'a', 11, 12],
  ],
  'a write of which nothing is known, done late': [
    ['write', 'a', 1, undefined],
    ['read', '', 2, 3],
    ['write', 'b', 4, 5],
    ['read', 'b', 6, 7],
    ['read', 'a', 8, 9],
  ],
  'a write of which nothing is known, never done': [
    ['write', 'a', 1, undefined],
    ['read', '', 2, 3],
  ],
};

const BAD: Readonly<Record<string, readonly Line[]>> = {
  'an old value after the write was answered': [
    ['write', 'a', 1, 2],
    ['read', '', 3, 4],
  ],
  'a value before it was written': [
    ['read', 'a', 1, 2],
    ['write', 'a', 3, 4],
  ],
  'a value that nobody wrote': [['read', 'x', 1, 2]],
  'back to the old value while the write is under way': [
    ['write', 'a', 1, 10],
    ['read', 'a', 2, 3],
    ['read', '', 4, 5],
  ],
  'two readers who disagree on the order of two writes': [
    ['write', 'a', 1, 2],
    ['write', 'b', 1, 2],
    ['read', 'a', 3, 4],
    ['read', 'b', 5, 6],
    ['read', 'a', 7, 8],
  ],
  'a write of which nothing is known, done and undone': [
    ['write', 'a', 1, undefined],
    ['read', 'a', 2, 3],
    ['read', '', 4, 5],
  ],
};

t.test('what a register can do', async (t) => {
  for (const [name, lines] of Object.entries(GOOD)) t.ok(judged(...lines), name);
});

t.test('what it cannot', async (t) => {
  for (const [name, lines] of Object.entries(BAD)) t.notOk(judged(...lines), name);
});

t.test('a long history with many at once, and the same with one stale read', async (t) => {
  const lines: Line[] = [];
  for (let round = 0; round < 300; round += 1) {
    const at = round * 10;
    lines.push(['write', `${round}`, at, at + 9]);
    for (let reader = 0; reader < 4; reader += 1) lines.push(['read', `${round}`, at + 3, at + 12]);
    if (round % 50 === 0) lines.push(['write', `lost ${round}`, at, undefined]);
  }
  t.ok(judged(...lines));
  t.notOk(judged(...lines, ['read', '100', 2000, 2005]));
});
