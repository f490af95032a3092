/** The text of a reply has everything that the reply has, and is what the document says. */
import t from 'tap';
import { zxidOf } from '../../raftlog/zxid.ts';
import { problemOf, wireError } from '../../routes/errors.ts';
import {
  answerFrame,
  refusalFrame,
  serialiseAcl,
  serialiseBatchRead,
  serialiseChildren,
  serialiseError,
  serialiseEvent,
  serialiseEventFrame,
  serialiseExists,
  serialiseGet,
  serialiseProblem,
  serialiseStat,
  serialiseTransaction,
  serialiseWrite,
} from '../../routes/serialisers.ts';
import { wireOpResult, wireStat, wireWrite } from '../../routes/wire.ts';
import { ERROR_CATALOGUE, type ErrorCode, type Refusal } from '../../storage/tree/errors.ts';
import type { Stat, ZnodeMode } from '../../storage/tree/types.ts';
import { problemsWithNamed } from './strict-schemas.ts';

const zxid = '0000000300000a1c';

function stat(mode: ZnodeMode): Stat {
  return {
    czxid: zxidOf(3, 1),
    mzxid: zxidOf(3, 2),
    pzxid: zxidOf(3, 3),
    ctime: 1_767_225_600_000,
    mtime: 1_767_225_601_250,
    version: 2 ** 53 - 1,
    creates: 7,
    aversion: 1,
    numChildren: 4,
    dataLength: 2 ** 20,
    mode,
    ephemeralOwner: mode === 'ephemeral' ? zxid : '',
    ttlMs: mode === 'persistent_ttl' ? 60_000 : 0,
  };
}

const stats = (['persistent', 'ephemeral', 'container', 'persistent_ttl'] as const).map((mode) =>
  wireStat(stat(mode)),
);
const someStat = wireStat(stat('persistent'));

/** Text that JSON has to escape, and text that it does not. */
const texts = [
  '',
  'hello',
  '"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028',
  'žluť 馬 🐴',
  'x'.repeat(5000),
];

/** Nothing is lost, nothing is added, and it is what the named schema says. */
function agree<T>(name: string, serialise: (value: T) => string, values: readonly T[]): void {
  t.test(`the text of a ${name} is the value, and the schema's`, async (t) => {
    for (const [at, value] of values.entries()) {
      const parsed: unknown = JSON.parse(serialise(value));
      t.same(parsed, JSON.parse(JSON.stringify(value)));
      t.equal(problemsWithNamed(name, parsed), '', `value ${at}`);
    }
  });
}

agree('Stat', serialiseStat, stats);

agree(
  'GetResult',
  serialiseGet,
  texts.flatMap((data) => [
    { path: `/${data}`, data, encoding: 'utf8' as const, stat: someStat },
    { path: '/a', data: 'aGVsbG//', encoding: 'base64' as const, stat: someStat, watch: 0 },
  ]),
);

agree('ExistsResult', serialiseExists, [
  { exists: false },
  { exists: false, watch: 3 },
  { exists: true, stat: someStat },
]);

agree(
  'WriteResult',
  serialiseWrite,
  texts.map((path) => wireWrite(path, stat('ephemeral'))),
);

agree('ChildrenResult', serialiseChildren, [
  { path: '/', stat: someStat, children: [] },
  {
    path: '/',
    stat: someStat,
    children: [
      { name: 'a' },
      { name: 'b', stat: someStat },
      { name: 'c', data: 'x', encoding: 'utf8' as const },
      { name: 'd', stat: someStat, data: '', encoding: 'utf8' as const },
    ],
    next: 'd',
    watch: 9,
  },
]);

agree('AclResult', serialiseAcl, [
  { path: '/', acl: [{ perms: 'cdrwa', scheme: 'world', id: 'anyone' }], stat: someStat },
]);

agree('TransactionResult', serialiseTransaction, [
  { results: [] },
  {
    results: [
      { op: 'check' as const },
      { op: 'delete' as const },
      { op: 'create' as const, path: '/a', stat: someStat },
    ],
  },
]);

agree('BatchReadResult', serialiseBatchRead, [
  {
    results: [
      { exists: false },
      { path: '/a', data: 'x', encoding: 'utf8' as const, stat: someStat },
      { path: '/', stat: someStat, children: [{ name: 'a' }], next: 'a' },
      { path: '/', stat: someStat, acl: [{ perms: 'r', scheme: 'world', id: 'anyone' }] },
      { error: wireError({ code: 'NoNode', path: '/b' }) },
    ],
  },
]);

const event = { event: 'nodeDataChanged', path: '/a', zxid } as const;

agree('TreeEvent', serialiseEvent, [
  event,
  { ...event, stat: someStat, data: 'x', encoding: 'utf8' as const },
]);

agree('EventFrame', serialiseEventFrame, [
  { ...event, watches: [0, 12] },
  { ...event, watches: [1], stat: someStat, data: 'eA==', encoding: 'base64' as const },
]);

const refusals: readonly Refusal[] = [
  ...(Object.keys(ERROR_CATALOGUE) as ErrorCode[]).map((code) => ({ code })),
  {
    code: 'TooLarge',
    detail: 'the "data" is too large',
    path: '/a',
    index: 3,
    stat: stat('persistent_ttl'),
    limit: { name: 'dataBytes', value: 2 ** 20 },
    retryAfter: 1,
    oldestZxid: zxid,
  },
];

agree(
  'Problem',
  serialiseProblem,
  refusals.map((refusal) => problemOf(refusal, 400, zxid)),
);

agree('OperationError', serialiseError, refusals.map(wireError));

t.test('a result of each kind of operation is one of the document', async (t) => {
  for (const op of ['check', 'checkAbsent', 'delete'] as const) {
    t.equal(problemsWithNamed('TransactionOpResult', wireOpResult({ op })), '', op);
  }
  for (const op of ['create', 'set'] as const) {
    const result = wireOpResult({ op, path: '/a', stat: stat('container') });
    t.equal(problemsWithNamed('TransactionOpResult', result), '', op);
  }
});

t.test('an answer frame holds the text of its result or error as it is', async (t) => {
  const answered: unknown = JSON.parse(answerFrame(7, zxid, serialiseExists({ exists: false })));
  t.same(answered, { id: 7, zxid, result: { exists: false } });
  t.equal(problemsWithNamed('AnswerFrame', answered), '');
  const error = wireError({ code: 'NoNode', path: '/a' });
  const refused: unknown = JSON.parse(refusalFrame(7, zxid, serialiseError(error)));
  t.same(refused, { id: 7, zxid, error });
  t.equal(problemsWithNamed('AnswerFrame', refused), '');
});
