/** Transactions as text: what goes in comes out, in one line and the data after it. */
import t from 'tap';
import { decodeTransaction, encodeTransaction } from '../../storage/tree/codec.ts';
import type { Change, Stat, Transaction, ZnodeData } from '../../storage/tree/types.ts';
import { data, START_TIME, world, zxid } from './support.ts';

const STAT: Stat = {
  czxid: zxid(3),
  mzxid: zxid(9),
  pzxid: zxid(7),
  ctime: START_TIME,
  mtime: START_TIME + 5,
  version: 2,
  creates: 4,
  aversion: 1,
  numChildren: 3,
  dataLength: 5,
  mode: 'persistent',
  ephemeralOwner: '',
  ttlMs: 0,
};

function created(more: Partial<Extract<Change, { op: 'create' }>> = {}): Change {
  return {
    op: 'create',
    id: 12,
    path: '/a/b',
    parent: 5,
    parentCreates: 1,
    data: data('hello'),
    mode: 'persistent',
    ephemeralOwner: '',
    ttlMs: 0,
    acl: world('cdrwa'),
    ...more,
  };
}

function changed(data: ZnodeData, stat: Stat = STAT): Change {
  return { op: 'set', id: 12, path: '/a/b', data, stat };
}

function roundTrip(...changes: Change[]): Transaction {
  return decodeTransaction(encodeTransaction({ time: START_TIME + 9, changes }));
}

t.test('every kind of change', async (t) => {
  const session = '0000000300000001';
  const changes: Change[] = [
    created(),
    created({ mode: 'ephemeral', ephemeralOwner: session }),
    created({ mode: 'persistent_ttl', ttlMs: 2 ** 40 - 1 }),
    created({ mode: 'container', acl: [...world('r'), ...world('w')] }),
    changed(data('x')),
    changed(data(''), { ...STAT, mode: 'ephemeral', ephemeralOwner: session }),
    changed(data('y'), { ...STAT, mode: 'persistent_ttl', ttlMs: 77 }),
    changed(data('z'), { ...STAT, mode: 'container', czxid: zxid(0), pzxid: zxid(2 ** 32 - 1) }),
    { op: 'delete', id: 12, path: '/a/b', parent: 5 },
    { op: 'delete', id: 12, path: '/a/b', parent: 5, acl: world('w') },
    { op: 'delete', id: 12, path: '/a/b', parent: 5, parentAcl: world('d') },
    { op: 'delete', id: 12, path: '/a/b', parent: 5, acl: world('w'), parentAcl: world('d') },
    created({ parentAcl: world('c') }),
    created({ acl: world('w'), parentAcl: world('c') }),
    { ...changed(data('w')), acl: world('w') } as Change,
    { ...changed(data('w')), usage: { count: 0, bytes: 0 } } as Change,
    { ...changed(data('w')), acl: world('w'), usage: { count: 1, bytes: 2 ** 50 } } as Change,
    created({ usage: { count: 300_000, bytes: 7 } }),
    created({ acl: world('w'), parentAcl: world('c'), usage: { count: 2, bytes: 3 } }),
    { op: 'setAcl', id: 12, path: '/a/b', acl: world('r'), stat: STAT },
    { op: 'setAcl', id: 12, path: '/a/b', acl: world('cdrwa'), stat: STAT },
    { op: 'openSession', session, secretHash: 'ab'.repeat(32), timeoutMs: 4000 },
    { op: 'closeSession', session, reason: 'expired' },
    { op: 'closeSession', session, reason: 'closed' },
  ];
  for (const change of changes) t.same(roundTrip(change).changes, [change], change.op);
  t.same(roundTrip(...changes), { time: START_TIME + 9, changes });
});

t.test(
  'equal ACLs are one, in a text that numbers them and in one that repeats them',
  async (t) => {
    const acl = JSON.stringify([['w', 'world', 'anyone']]);
    const other = JSON.stringify([['d', 'world', 'anyone']]);
    const gone = (...acls: unknown[]) => `["d",12,"/a/b",5,${acls.join(',')}]`;
    const changes: Change[] = [
      { op: 'delete', id: 12, path: '/a/b', parent: 5, parentAcl: world('w') },
      { op: 'delete', id: 12, path: '/a/b', parent: 5, acl: world('d'), parentAcl: world('w') },
      { op: 'delete', id: 12, path: '/a/b', parent: 5, acl: world('d') },
    ];
    const numbered = `[1,[${gone(0, acl)},${gone(other, 1)},${gone(2, 0)}]]\n`;
    t.equal(encodeTransaction({ time: 1, changes }), numbered);
    const repeated = `[1,[${gone(0, acl)},${gone(other, acl)},${gone(other, 0)}]]\n`;
    for (const text of [numbered, repeated]) t.same(decodeTransaction(text), { time: 1, changes });
    t.throws(() => decodeTransaction(numbered.replace(',2,0]', ',3,0]')), 'a number of nothing');
  },
);

t.test('which change is the result of which operation', async (t) => {
  const transaction: Transaction = { time: 1, changes: [created()], resultAt: [-1, 0] };
  t.same(decodeTransaction(encodeTransaction(transaction)), transaction);
});

t.test('any data, any path', async (t) => {
  const texts = ['', '\n', '"\\', '\u0000', 'ü日😀', '\ufeffbom', 'x'.repeat(5000), '],[]]\n'];
  for (const text of texts) {
    const changes = [created({ data: data(text) }), changed(data(text)), created()];
    t.same(roundTrip(...changes).changes, changes, JSON.stringify(text.slice(0, 20)));
  }
  const base64: ZnodeData = { text: '/wD+', encoding: 'base64', length: 3 };
  t.same(roundTrip(changed(base64)).changes, [changed(base64)]);
  for (const path of ['/"', '/\\', '/ü日', '/\ufeff', '/]']) {
    t.same(roundTrip(created({ path })).changes, [created({ path })]);
  }
});

t.test('a text that nothing has written is refused', async (t) => {
  const good = encodeTransaction({ time: 1, changes: [changed(data('hello')), created()] });
  const bad = [
    '',
    '\n',
    '{}\n',
    '[1]\n',
    '[1,[]]\n',
    '[1,[["z",1,2]]]\n',
    '[1,[["d",1,"/a"]]]\n',
    '[1,[["d","1","/a",2]]]\n',
    '[1.5,[["d",1,"/a",2]]]\n',
    good.slice(0, -1),
    `${good}x`,
    good.replace('\n', ''),
    good.replace('"/a/b"', '7'),
  ];
  for (const text of bad) t.throws(() => decodeTransaction(text), text);
});

t.test('a small piece of a large transaction does not keep all of it', async (t) => {
  const large = changed(data('x'.repeat(100_000)));
  const small = changed(data('y'.repeat(100)));
  t.same(roundTrip(large, small).changes, [large, small]);
});
