/** What one request changes is bounded by the room that it takes in the log. */
import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { encodeTransaction } from '../../storage/tree/codec.ts';
import { bytesOfEntry, roughBytesOf } from '../../storage/tree/entry-size.ts';
import type { Acl, Change, Stat, Transaction } from '../../storage/tree/types.ts';
import { create, data, Leader, overTheWire, remove, set } from './support.ts';

const DEEP = `/${'d'.repeat(60)}`.repeat(16);

/** About `entries` KiB, and different for each `name`; everybody may do everything. */
function largeAcl(entries: number, name = ''): Acl {
  const subjects = Array.from({ length: entries }, (_, n) => ({
    ...{ perms: 'r', scheme: 'x509' },
    id: `CN=${name}-${n}-${'x'.repeat(980)}`,
  }));
  return [...subjects, { perms: 'cdrwa', scheme: 'world', id: 'anyone' }];
}

/** A session that owns `count` ephemerals below `/p`, each created by itself. */
function withEphemerals(leader: Leader, count: number, aclOf: (n: number) => Acl) {
  const session = leader.openSession();
  for (let n = 0; n < count; n += 1) {
    leader.create(`/p/${n}`, { mode: 'ephemeral', acl: aclOf(n) });
  }
  return { op: 'closeSession', session, reason: 'expired' } as const;
}

function prepared(leader: Leader, request: Parameters<Leader['prepare']>[0]): Transaction {
  const outcome = leader.prepare(request);
  if (outcome.kind !== 'transaction') throw new Error(JSON.stringify(outcome).slice(0, 500));
  return outcome.transaction;
}

function bytesOf(transaction: Transaction): number {
  return Buffer.byteLength(encodeTransaction(transaction));
}

function deepCreate(n: number) {
  return create(`/${n}${DEEP}`, { parents: true });
}

t.test('a change is never larger than what is counted for it', async (t) => {
  const leader = new Leader();
  const acl: Acl = [
    { perms: 'cdrwa', scheme: 'ip', id: '127.0.0.1' },
    { perms: 'r', scheme: 'digest', id: `user:${'x'.repeat(43)}=` },
    { perms: 'r', scheme: 'world', id: 'anyone' },
  ];
  const bytes = { text: '/w8B', encoding: 'base64', length: 3 } as const;
  const requests = [
    create('/a', { data: data('ä\u0001"\n') }),
    create('/a/"quoted\\', { data: bytes, acl }),
    create('/a/ümläüt€', { mode: 'persistent_ttl', ttlMs: 1_099_511_627_775 }),
    set('/a', 'x'.repeat(1000)),
    remove('/a/"quoted\\'),
    { op: 'setAcl', path: '/a', acl } as const,
  ];
  for (const request of requests) {
    const prepared = leader.prepare(request);
    if (prepared.kind !== 'transaction') throw new Error(JSON.stringify(prepared));
    const { transaction } = prepared;
    const counted = bytesOfEntry(transaction);
    const encoded = Buffer.byteLength(encodeTransaction(transaction));
    t.ok(encoded <= counted, `${request.op}: ${encoded} of ${counted}`);
    leader.applyNext();
  }
});

t.test('parents that are created count', async (t) => {
  const leader = new Leader({ entryBytes: 50_000 });
  leader.do(deepCreate(0));
  const ops = [1, 2, 3, 4, 5, 6].map(deepCreate);
  const prepared = leader.prepare({ op: 'transaction', ops });
  t.match(prepared, {
    kind: 'refused',
    refusal: { code: 'TooLarge', limit: { name: 'entryBytes', value: 50_000 }, index: 3 },
  });
  leader.do({ op: 'transaction', ops: ops.slice(0, 3) });
  t.equal(leader.state.tree.get('/4'), undefined, 'nothing of what was refused is there');
});

t.test('descendants that are deleted count, and a session ends whatever it owns', async (t) => {
  const leader = new Leader({ entryBytes: 20_000 });
  const session = leader.do({ op: 'openSession', secretHash: '', timeoutMs: 1000 }).results[0]
    ?.session;
  if (session === undefined) throw new Error('a session was opened');
  leader.do(create('/many'));
  for (let n = 0; n < 80; n += 1) {
    leader.do(create(`/many/${n}`, { mode: 'ephemeral' }), session);
  }
  const all = remove('/many', { recursive: true });
  t.match(leader.prepare(all), {
    kind: 'refused',
    refusal: { code: 'TooLarge', limit: { name: 'entryBytes' } },
  });
  leader.do({ op: 'closeSession', session, reason: 'expired' });
  t.equal(leader.state.tree.get('/many')?.stat.numChildren, 0);
  leader.do(all);
});

t.test('an ACL that many changes name is written and counted once', async (t) => {
  const leader = new Leader();
  leader.create('/p', { acl: largeAcl(61) });
  const ops = Array.from({ length: 900 }, () => set('/p'));
  const sets = prepared(leader, { op: 'transaction', ops });
  t.ok(bytesOf(sets) < 400_000, `900 sets: ${bytesOf(sets)}`);
  t.same(overTheWire(sets), sets);
  leader.applyNext();
  const end = withEphemerals(leader, 300, () => largeAcl(61));
  const closing = prepared(leader, end);
  t.ok(bytesOf(closing) < 200_000, `the end of a session: ${bytesOf(closing)}`);
  t.same(overTheWire(closing), closing, 'with everything that says who is told');
});

t.test('different ACLs of what goes count', async (t) => {
  const leader = new Leader({ entryBytes: 500_000 });
  leader.create('/p');
  for (let n = 0; n < 20; n += 1) leader.create(`/p/${n}`, { acl: largeAcl(60, `of-${n}`) });
  t.match(leader.refused(remove('/p', { recursive: true })), {
    code: 'TooLarge',
    limit: { name: 'entryBytes', value: 500_000 },
  });
  t.equal(leader.children('/p').length, 20);
});

t.test('a single change is counted too, with what is written of its parent', async (t) => {
  const leader = new Leader({ entryBytes: 100_000 });
  leader.create('/p', { acl: largeAcl(60) });
  const sixty = create('/p/x', { acl: largeAcl(60, 'other') });
  t.match(leader.refused(sixty), { code: 'TooLarge', limit: { name: 'entryBytes' } });
  leader.create('/p/x', { acl: largeAcl(60) });
  t.match(leader.refused(set('/p/x', 'x'.repeat(60_000))), { code: 'TooLarge' });
  t.match(leader.refused(create('/q', { data: data('x'.repeat(100_000)) })), { code: 'TooLarge' });
  t.match(leader.refused({ op: 'setAcl', path: '/p', acl: largeAcl(64, 'y'.repeat(700)) }), {
    code: 'TooLarge',
  });
  leader.do(set('/p/x'));
});

t.test('where there is no room for ACLs, the end of a session is told to fewer', async (t) => {
  const entryBytes = 200_000;
  const leader = new Leader({ entryBytes });
  leader.create('/p', { acl: largeAcl(61) });
  const closing = prepared(
    leader,
    withEphemerals(leader, 30, (n) => largeAcl(60, `of-${n}`)),
  );
  t.ok(bytesOf(closing) <= entryBytes, `${bytesOf(closing)}`);
  const { events } = leader.applyNext();
  t.same(leader.children('/p'), [], 'the session has ended');
  const told = (type: string, scheme: string) =>
    events.filter((e) => e.type === type && e.acl?.some((entry) => entry.scheme === scheme)).length;
  t.equal(told('nodeDeleted', 'world'), 0);
  t.equal(told('nodeDeleted', 'super'), 30, 'only who may do everything hears of these');
  t.equal(told('nodeChildrenChanged', 'world'), 30, 'the parent has its own ACL');
});

t.test('not even for that of the parent; and who is open to all is told of to all', async (t) => {
  const leader = new Leader({ entryBytes: 100_000 });
  leader.create('/p');
  const { session } = withEphemerals(leader, 1, (n) => largeAcl(2, `of-${n}`));
  for (const parent of ['/q', '/r']) {
    leader.create(parent, { acl: largeAcl(60, parent) });
    leader.create(`${parent}/x`, { mode: 'ephemeral' });
  }
  const closing = prepared(leader, { op: 'closeSession', session, reason: 'closed' });
  t.ok(bytesOf(closing) < 2000);
  const { events } = leader.applyNext();
  const schemes = events.map(({ type, path, acl }) => `${type} ${path} ${acl?.[0]?.scheme}`);
  t.same(schemes, [
    'nodeDeleted /p/0 super',
    'nodeChildrenChanged /p undefined',
    'nodeDeleted /q/x undefined',
    'nodeChildrenChanged /q super',
    'nodeDeleted /r/x undefined',
    'nodeChildrenChanged /r super',
  ]);
});

t.test('any transaction is as small as counted, and comes back from its text', async () => {
  const id = fc.constantFrom('u', 'ü"\\', '\u0001', 'z'.repeat(300));
  const entry = fc.record({ perms: fc.constantFrom('r', 'cdrwa'), scheme: fc.constant('ip'), id });
  const acl = fc.array(entry, { minLength: 1, maxLength: 3 });
  const path = fc.constantFrom('/a', '/"\\"\\', '/ü€', `/${'p'.repeat(200)}`);
  const text = fc.constantFrom('', 'x', 'ü\n"\u0001', 'y'.repeat(300)).map(data);
  const largest = Number.MAX_SAFE_INTEGER;
  const stat = {
    ...{ czxid: 1, mzxid: 2 ** 52, pzxid: 1, ctime: 0, mtime: 0, version: largest },
    ...{ creates: 2 ** 40, aversion: 2 ** 40, numChildren: 2 ** 30, dataLength: 2 ** 20 },
    ...{ mode: 'persistent_ttl', ephemeralOwner: '', ttlMs: 2 ** 40 - 1 },
  } as unknown as Stat;
  const numbers = { id: largest, parent: largest };
  const usage = fc.constantFrom({ count: 0, bytes: 0 }, { count: largest, bytes: largest });
  const own = fc.record({ path, acl, usage }, { requiredKeys: ['path'] });
  const both = fc.record({ path, acl, parentAcl: acl }, { requiredKeys: ['path'] });
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.tuple(own, text).map(([o, d]) => ({ op: 'set' as const, id: largest, data: d, stat, ...o })),
    both.map((o) => ({ op: 'delete' as const, ...numbers, ...o })),
    fc.tuple(path, acl).map(([at, own]) => {
      return { op: 'setAcl' as const, id: largest, path: at, acl: own, stat };
    }),
    fc.tuple(both, text, acl, fc.option(usage)).map(([o, d, own, used]) => ({
      ...{ op: 'create' as const, ...numbers, parentCreates: largest, data: d },
      ...(used === null ? undefined : { usage: used }),
      ...{ mode: 'ephemeral' as const, ephemeralOwner: '0'.repeat(16), ttlMs: 0, acl: own, ...o },
    })),
  );
  const changes = fc.array(change, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(changes, fc.boolean(), (changes, isOne) => {
      const resultAt = isOne ? undefined : { resultAt: [...changes.keys(), -1, -1] };
      const transaction = { time: 1_700_000_000_000, changes, ...resultAt };
      const text = encodeTransaction(transaction);
      ok(Buffer.byteLength(text) <= bytesOfEntry(transaction), 'counted');
      for (const change of changes) {
        ok(bytesOf({ time: transaction.time, changes: [change] }) <= roughBytesOf(change), 'alone');
      }
      const read = overTheWire(transaction);
      ok(JSON.stringify(read) === JSON.stringify(overTheWire(read)));
      ok(encodeTransaction(read) === text, 'and whoever writes it again writes the same');
    }),
    { numRuns: 300 },
  );
});
