/** Repeated requests: what is a repeat, what it is answered, and how long that is known. */
import t from 'tap';
import { ZXID_NONE } from '../../raftlog/zxid.ts';
import { OPERATION_UNITS } from '../../storage/tree/answer-text.ts';
import {
  answersRows,
  loadAnswers,
  loadPosition,
  loadSessions,
  sessionRow,
} from '../../storage/tree/image.ts';
import { KEY_LIFE_MS } from '../../storage/tree/repeats.ts';
import { KEPT_OPERATIONS } from '../../storage/tree/session-answers.ts';
import { ReplicatedState } from '../../storage/tree/state.ts';
import type { IdName, KeyName, WriteRequest } from '../../storage/tree/types.ts';
import { create, data, keptResults, Leader, overTheWire, remove, set, world } from './support.ts';

function key(name: string, fingerprint = 'f'): KeyName {
  return { key: name, fingerprint };
}

function frame(id: number, fingerprint = 'f'): IdName {
  return { id, fingerprint };
}

const QUEUE = create('/q-', { mode: 'persistent_sequential', data: data('x') });

t.test('a repeat with the same key has the first answer and makes nothing', async (t) => {
  const leader = new Leader();
  const requests: [string, WriteRequest][] = [
    ['create', create('/a')],
    ['sequential', QUEUE],
    ['with parents', create('/p/p/p', { parents: true, acl: world('cdrwa') })],
    ['set', set('/a', 'ü"\n')],
    ['set that creates', set('/new', 'x', { create: true })],
    ['setAcl', { op: 'setAcl', path: '/a', acl: world('cdrw') }],
    ['recursive', remove('/p', { recursive: true })],
    ['delete', remove('/new')],
    [
      'transaction',
      {
        op: 'transaction',
        ops: [
          { op: 'check', path: '/a' },
          QUEUE,
          set('/a', 'y'),
          create('/t/t', { parents: true }),
        ],
      },
    ],
    ['session', { op: 'openSession', secretHash: 'ab', timeoutMs: 1000, salt: 'pinch' }],
  ];
  for (const [name, request] of requests) {
    const { zxid, results } = leader.do(request, '', key(name));
    const digest = leader.state.digest();
    t.same(leader.prepare(request, '', key(name)), { kind: 'repeated' }, name);
    t.same(keptResults(leader.state, request, key(name)), { zxid, results }, name);
    t.equal(leader.state.digest(), digest);
  }
  t.same(leader.children('/').filter((child) => child.includes('q-')).length, 2);
});

t.test('a repeat of what is outstanding is one, too', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  t.equal(leader.prepare(QUEUE, '', key('k')).kind, 'transaction');
  t.equal(leader.prepare(QUEUE, session, frame(1)).kind, 'transaction');
  t.equal(leader.prepare(QUEUE, session, frame(2)).kind, 'transaction');
  t.equal(leader.prepare(QUEUE, '', key('k')).kind, 'repeated');
  t.equal(leader.prepare(QUEUE, session, frame(1)).kind, 'repeated');
  t.equal(leader.code(set('/other'), session, frame(1, 'other')), 'RepeatMismatch');
  t.equal(leader.code(QUEUE, '', key('k', 'other')), 'RepeatMismatch');
  while (leader.outstanding.length > 0) leader.applyNext();
  t.equal(leader.prepare(QUEUE, session, frame(2)).kind, 'repeated');
  t.equal(leader.children('/').length, 4);
});

t.test('what was outstanding with a leader that is none any more was never there', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.prepare(QUEUE, '', key('k'));
  leader.prepare(QUEUE, session, frame(7));
  leader.preparer.reset();
  leader.outstanding.length = 0;
  t.equal(leader.prepare(QUEUE, '', key('k')).kind, 'transaction');
  t.equal(leader.prepare(QUEUE, session, frame(7)).kind, 'transaction');
});

t.test('the same key for another request, or of another caller, is told so', async (t) => {
  const leader = new Leader();
  leader.do(create('/a'), '', key('k'));
  t.equal(leader.code(create('/b'), '', key('k', 'of /b')), 'RepeatMismatch');
  t.notOk(leader.has('/b'));
});

t.test('a refusal is judged again', async (t) => {
  const leader = new Leader();
  t.equal(leader.code(create('/a/b'), '', key('k')), 'NoNode');
  leader.create('/a');
  leader.do(create('/a/b'), '', key('k'));
  t.equal(leader.prepare(create('/a/b'), '', key('k')).kind, 'repeated', 'and not NodeExists');
  leader.do(remove('/a/b'));
  t.equal(leader.prepare(create('/a/b'), '', key('k')).kind, 'repeated', 'nor made once more');
});

t.test('a key lives ten minutes of the time in the log, and goes with a later one', async (t) => {
  const leader = new Leader();
  leader.do(create('/a'), '', key('first'));
  leader.time += KEY_LIFE_MS - 1;
  t.equal(leader.prepare(create('/a'), '', key('first')).kind, 'repeated');
  leader.time += 1;
  t.equal(leader.code(create('/a'), '', key('first')), 'NodeExists', 'it is over');
  leader.do(create('/b'), '', key('second'));
  t.equal(leader.state.answers.keys, 1);
  leader.time += KEY_LIFE_MS;
  leader.do(remove('/b'), '', key('second', 'another'));
  t.equal(leader.state.answers.keys, 1, 'the key can be used again');
});

t.test('a clock that went back forgets nothing too early', async (t) => {
  const leader = new Leader();
  leader.time += 2 * KEY_LIFE_MS;
  leader.do(create('/a'), '', key('a'));
  leader.time -= 2 * KEY_LIFE_MS;
  leader.do(create('/b'), '', key('b'));
  leader.time += KEY_LIFE_MS;
  leader.do(create('/c'), '', key('c'));
  t.equal(leader.prepare(create('/a'), '', key('a')).kind, 'repeated');
  t.equal(leader.prepare(create('/b'), '', key('b')).kind, 'repeated', 'behind one that is young');
});

t.test('nor does a new leader whose clock is ahead', async (t) => {
  const leader = new Leader();
  leader.do(create('/a-', { mode: 'persistent_sequential' }), '', key('a'));
  leader.time += 2 * KEY_LIFE_MS;
  leader.ledMs = KEY_LIFE_MS - 1;
  const again = () =>
    leader.prepare(create('/a-', { mode: 'persistent_sequential' }), '', key('a')).kind;
  t.equal(again(), 'repeated', 'by its clock the key is old, but it may have been used just now');
  leader.ledMs = KEY_LIFE_MS;
  t.equal(again(), 'transaction');
});

t.test('keys beyond the limit are refused until there is room', async (t) => {
  const leader = new Leader({ idempotencyKeys: 3 });
  for (const name of ['a', 'b']) leader.do(create(`/${name}`), '', key(name));
  leader.prepare(create('/c'), '', key('c'));
  const refusal = leader.refused(create('/d'), '', key('d'));
  t.same([refusal.code, refusal.limit], ['Throttled', { name: 'idempotencyKeys', value: 3 }]);
  t.equal(leader.prepare(create('/a'), '', key('a')).kind, 'repeated', 'repeats need no room');
  leader.applyNext();
  leader.do(create('/d'));
  leader.time += KEY_LIFE_MS;
  leader.do(create('/e'), '', key('e'));
  t.equal(leader.state.answers.keys, 1);
  const small = new Leader({ idempotencyBytes: 60 });
  for (const name of ['a', 'b']) small.do(create(`/${name}`), '', key(name));
  t.match(small.refused(create('/c'), '', key('c')).limit, { name: 'idempotencyBytes' });
});

t.test('ids grow within a session, and each session has its own', async (t) => {
  const leader = new Leader();
  const one = leader.openSession();
  const other = leader.openSession();
  leader.do(create('/a'), one, frame(5));
  leader.do(create('/b'), other, frame(5));
  leader.do(set('/a'), one, frame(6));
  t.equal(leader.prepare(create('/a'), one, frame(5)).kind, 'repeated');
  t.equal(leader.prepare(create('/b'), other, frame(5)).kind, 'repeated');
  const other5 = frame(5, 'other');
  t.equal(leader.code(create('/a'), one, other5), 'RepeatMismatch', 'whatever it looks like');
  t.equal(leader.prepare(create('/a'), one, frame(7, 'f')).kind, 'refused', 'a new one');
});

t.test('an id that was passed without a change cannot change anything any more', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/a');
  t.equal(leader.code(create('/a'), session, frame(3)), 'NodeExists');
  t.equal(leader.code(create('/a'), session, frame(3)), 'NodeExists', 'judged again');
  leader.do(set('/a'), session, frame(4));
  t.equal(leader.code(create('/a'), session, frame(3)), 'NodeExists', 'told again');
  leader.do(remove('/a'));
  t.equal(
    leader.code(create('/a'), session, frame(3)),
    'IdPassed',
    'but never done behind a later one',
  );
  t.notOk(leader.has('/a'));
});

t.test('a session keeps its last answers', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/a');
  const first = 10;
  const end = first + KEPT_OPERATIONS;
  for (let id = first; id <= end; id += 1) leader.do(set('/a', `${id}`), session, frame(id));
  const answers = leader.state.answers.ofSession(session);
  t.equal(answers?.size, KEPT_OPERATIONS);
  const oldest = set('/a', `${first + 1}`);
  t.equal(leader.prepare(oldest, session, frame(first + 1)).kind, 'repeated');
  t.equal(
    keptResults(leader.state, oldest, frame(first + 1), session)?.results[0]?.stat?.version,
    2,
  );
  t.equal(
    leader.code(set('/a', '10'), session, frame(first)),
    'OutcomeUnknown',
    'it may have been applied',
  );
  t.equal(leader.code(remove('/none'), session, frame(3)), 'OutcomeUnknown');
  const many = { op: 'transaction', ops: Array(999).fill(set('/a')) } as const;
  leader.do(many, session, frame(end + 1));
  t.equal(answers?.size, 2, 'each operation of a transaction counts');
  t.equal(keptResults(leader.state, many, frame(end + 1), session)?.results.length, 999);
  leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.equal(leader.state.answers.ofSession(session), undefined, 'and they go with it');
});

t.test('a long answer counts as several operations, and the newest is always kept', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  const long = `/${'l'.repeat(200)}`.repeat(5);
  leader.create('/a');
  leader.do(create(long, { parents: true }));
  const kept = () => [...(leader.state.answers.ofSession(session)?.items() ?? [])];
  let id = 0;
  const write = (request: WriteRequest, times = 1) => {
    for (let n = 0; n < times; n += 1) {
      id += 1;
      leader.do(request, session, frame(id));
    }
  };
  write(set(long), KEPT_OPERATIONS / 2);
  t.equal(kept().length, KEPT_OPERATIONS / 5);
  const units = kept().reduce((sum, { text }) => sum + text.length, 0);
  t.ok(units <= KEPT_OPERATIONS * OPERATION_UNITS, `${units} units`);
  const oldest = id - KEPT_OPERATIONS / 5 + 1;
  t.equal(leader.prepare(set(long), session, frame(oldest)).kind, 'repeated');
  t.equal(leader.code(set(long), session, frame(oldest - 1)), 'OutcomeUnknown');

  const loaded = new ReplicatedState();
  const sessions = [...leader.state.sessions.entries()].map(([, each]) => sessionRow(each));
  loadSessions(loaded, sessions);
  loadAnswers(loaded, answersRows(leader.state.answers));
  t.same([...(loaded.answers.ofSession(session)?.items() ?? [])], kept(), 'the same from rows');

  const longest: WriteRequest = { op: 'transaction', ops: Array(999).fill(set(long)) };
  write(longest);
  t.equal(kept().length, 1, 'whatever it counts as');
  t.equal(keptResults(leader.state, longest, frame(id), session)?.results.length, 999);
  write(set('/a'), 3);
  t.equal(kept().length, 3);
  t.equal(leader.code(longest, session, frame(id - 3)), 'OutcomeUnknown');
});

t.test('the answers survive as rows, and count in the digest', async (t) => {
  const leader = new Leader();
  const position = { zxid: ZXID_NONE, lastTime: leader.time };
  loadPosition(leader.state, position);
  const empty = leader.state.digest();
  const session = leader.openSession();
  const opened = leader.state.digest();
  leader.do(create('/a'), session, frame(1));
  leader.do(remove('/a'), session, frame(2));
  leader.do(create('/b'), '', key('k'));
  const rows = answersRows(leader.state.answers);
  const sessions = [...leader.state.sessions.entries()].map(([, each]) => sessionRow(each));
  const digestOf = (some: typeof rows) => {
    const state = new ReplicatedState();
    loadPosition(state, position);
    loadSessions(state, sessions);
    loadAnswers(state, some);
    return state.digest();
  };
  t.equal(digestOf([]), opened);
  const all = digestOf(rows);
  for (const row of rows) t.not(digestOf(rows.filter((each) => each !== row)), all);
  const damaged = rows.map((row) =>
    row.with(5, row[5].replace('/b', '/c')),
  ) as unknown as typeof rows;
  t.not(digestOf(damaged), all);
  const loaded = new ReplicatedState();
  loadSessions(loaded, sessions);
  loadAnswers(loaded, rows);
  t.same(answersRows(loaded.answers), rows);
  t.throws(() => loadAnswers(new ReplicatedState(), rows), { name: 'DamagedRows' });
  leader.do(remove('/b'));
  leader.do({ op: 'closeSession', session, reason: 'closed' });
  t.not(leader.state.digest(), empty);
});

t.test('names in the log', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  const names = [frame(7), frame(8, 'ü"'), key('k"\n', 'ü'), key('other')];
  for (const [at, name] of names.entries()) {
    const request: WriteRequest = at % 2 === 0 ? QUEUE : { op: 'transaction', ops: [QUEUE] };
    const prepared = leader.prepare(request, session, name);
    if (prepared.kind !== 'transaction') throw new Error(prepared.kind);
    t.ok(prepared.transaction.name);
    t.same(overTheWire(prepared.transaction), prepared.transaction);
  }
});
