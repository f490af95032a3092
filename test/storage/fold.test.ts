/** Folding: the fewest row changes with the same effect. */
import t from 'tap';
import { type Zxid, zxidOf } from '../../raftlog/zxid.ts';
import { Fold } from '../../storage/fold.ts';
import { OPEN_ACL, READ_ONLY_ACL } from '../../storage/tree/acl.ts';
import type { Change, CreateChange, SetChange, Stat } from '../../storage/tree/types.ts';
import { utf8 } from './workload.ts';

const NONE = {
  deleted: [],
  created: [],
  updated: [],
  closedSessions: [],
  openedSessions: [],
  answers: [],
};
const TIME = 1_700_000_000_000;
const UNCHANGED = {
  pzxid: null,
  creates: null,
  mzxid: null,
  mtime: null,
  version: null,
  text: null,
  encoding: null,
  aversion: null,
  acl: null,
};

function zxid(counter: number): Zxid {
  return zxidOf(1, counter);
}

function create(id: number, parent: number, parentCreates: number): CreateChange {
  const rest = { mode: 'persistent', ephemeralOwner: '', ttlMs: 0, acl: OPEN_ACL } as const;
  return { op: 'create', id, path: `/n${id}`, parent, parentCreates, data: utf8('first'), ...rest };
}

function stat(counter: number, changes: Partial<Stat>): Stat {
  return {
    czxid: zxid(0),
    mzxid: zxid(counter),
    pzxid: zxid(0),
    ctime: TIME,
    mtime: TIME + counter,
    version: 0,
    creates: 0,
    aversion: 0,
    numChildren: 0,
    dataLength: 0,
    mode: 'persistent',
    ephemeralOwner: '',
    ttlMs: 0,
    ...changes,
  };
}

function set(id: number, counter: number, version: number, text: string): SetChange {
  const path = `/n${id}`;
  return { op: 'set', id, path, data: utf8(text), stat: stat(counter, { version }) };
}

/** Each argument is one transaction; they get the zxids 1, 2, ... */
function folded(...transactions: readonly (readonly Change[])[]) {
  const fold = new Fold();
  transactions.forEach((changes, at) => {
    fold.add(zxid(at + 1), { time: TIME + at + 1, changes });
  });
  const { updated, ...rest } = fold.changes();
  // Only what an update says: how it is kept in between is the fold's own affair.
  const told = updated.map((update) =>
    Object.fromEntries(
      Object.keys({ id: 0, ...UNCHANGED }).map((key) => [key, Reflect.get(update, key)]),
    ),
  );
  return { ...rest, updated: told };
}

function row(id: number, counter: number, changes: Record<number, unknown> = {}) {
  const time = TIME + counter;
  const at = zxid(counter);
  const values = [id, `/n${id}`, at, at, at, time, time, 0, 0, 0, 'persistent', '', 0, OPEN_ACL];
  const whole = [...values, 'first', 'utf8'];
  for (const [column, value] of Object.entries(changes)) whole[Number(column)] = value as never;
  return whole;
}

t.test('a create is a row, and a touch of the parent', async (t) => {
  t.strictSame(folded([create(5, 1, 2)]), {
    ...NONE,
    created: [row(5, 1)],
    updated: [{ id: 1, ...UNCHANGED, pzxid: zxid(1), creates: 2 }],
  });
});

t.test('of many sets of a znode the last one is written', async (t) => {
  t.strictSame(folded([set(9, 1, 1, 'a')], [set(9, 2, 2, 'b')], [set(9, 3, 3, 'c')]), {
    ...NONE,
    updated: [
      {
        id: 9,
        ...UNCHANGED,
        mzxid: zxid(3),
        mtime: TIME + 3,
        version: 3,
        text: 'c',
        encoding: 'utf8',
      },
    ],
  });
});

t.test('a create and its sets are one row', async (t) => {
  const acl: Change = {
    op: 'setAcl',
    id: 5,
    path: '/n5',
    acl: READ_ONLY_ACL,
    stat: stat(3, { aversion: 1 }),
  };
  const { created } = folded([create(5, 1, 2)], [set(5, 2, 1, 'then')], [acl]);
  t.strictSame(created, [
    row(5, 1, { 3: zxid(2), 6: TIME + 2, 7: 1, 9: 1, 13: READ_ONLY_ACL, 14: 'then' }),
  ]);
});

t.test('what was created and deleted leaves its trace on the parent only', async (t) => {
  const gone: Change = { op: 'delete', id: 5, path: '/n5', parent: 1 };
  t.strictSame(folded([create(5, 1, 2)], [set(5, 2, 1, 'x')], [gone]), {
    ...NONE,
    updated: [{ id: 1, ...UNCHANGED, pzxid: zxid(3), creates: 2 }],
  });
});

t.test('a whole subtree that came and went leaves its trace at the top', async (t) => {
  const changes = folded(
    [create(5, 1, 2)],
    [create(6, 5, 1)],
    [
      { op: 'delete', id: 6, path: '/n5/n6', parent: 5 },
      { op: 'delete', id: 5, path: '/n5', parent: 1 },
    ],
  );
  t.strictSame(changes, {
    ...NONE,
    updated: [{ id: 1, ...UNCHANGED, pzxid: zxid(3), creates: 2 }],
  });
});

t.test('a delete overrules every change of the row before it', async (t) => {
  const gone: Change = { op: 'delete', id: 9, path: '/n9', parent: 2 };
  t.strictSame(folded([set(9, 1, 1, 'x')], [gone]), {
    ...NONE,
    deleted: [9],
    updated: [{ id: 2, ...UNCHANGED, pzxid: zxid(2) }],
  });
});

t.test('the children that a deleted parent lost do not bring it back', async (t) => {
  const changes = folded([
    { op: 'delete', id: 9, path: '/n9', parent: 2 },
    { op: 'delete', id: 10, path: '/n9/n10', parent: 9 },
  ]);
  t.strictSame(changes.deleted, [9, 10]);
  t.strictSame(
    changes.updated.map(({ id }) => id),
    [2],
  );
});

t.test('many children touch their parent once', async (t) => {
  const children = Array.from({ length: 50 }, (_, at) => [create(5 + at, 3, 1 + at)]);
  const { created, updated } = folded(...children);
  t.equal(created.length, 50);
  t.strictSame(updated, [{ id: 3, ...UNCHANGED, pzxid: zxid(50), creates: 50 }]);
});

t.test('a parent created in the same fold is written with its counters', async (t) => {
  const { created, updated } = folded([create(5, 1, 2), create(6, 5, 1)], [create(7, 5, 2)]);
  t.strictSame(created, [row(5, 1, { 4: zxid(2), 8: 2 }), row(6, 1), row(7, 2)]);
  t.strictSame(
    updated.map(({ id }) => id),
    [1],
  );
});

t.test('a number that is used again replaces the row of the former znode', async (t) => {
  const gone = (id: number): Change => ({ op: 'delete', id, path: `/n${id}`, parent: 1 });
  const again = folded([gone(5)], [create(5, 1, 3)]);
  t.strictSame([again.deleted, again.created], [[], [row(5, 2)]]);
  const twice = folded([gone(5)], [create(5, 1, 3)], [gone(5)]);
  t.strictSame([twice.deleted, twice.created], [[5], []], 'the row of the former one must go');
  const anew = folded([create(5, 1, 3)], [gone(5)], [create(5, 1, 4), create(6, 5, 1)]);
  t.strictSame(anew.created, [row(5, 3, { 8: 1 }), row(6, 3)]);
});

t.test('rows come in the order of their numbers', async (t) => {
  const { created } = folded([create(8, 1, 2)], [create(6, 1, 3)], [create(7, 1, 4)]);
  t.strictSame(
    created.map(([id]) => id),
    [6, 7, 8],
  );
});

t.test(
  'sessions: opened ones are rows, ended ones are gone, both is at most a delete',
  async (t) => {
    const session = (counter: number) => counter.toString(16).padStart(16, '0');
    const opened = (counter: number): Change => ({
      op: 'openSession',
      session: session(counter),
      secretHash: 'h',
      timeoutMs: 1000,
    });
    const closed = (counter: number): Change => ({
      op: 'closeSession',
      session: session(counter),
      reason: 'closed',
    });
    t.strictSame(folded([opened(1)], [opened(2)], [closed(1)], [closed(7)]), {
      ...NONE,
      openedSessions: [[session(2), 'h', 1000]],
      closedSessions: [session(1), session(7)],
    });
  },
);
