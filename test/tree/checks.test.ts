/**
 * The order in which an operation's conditions are checked: of two that fail, the first decides.
 * Each test walks down the list and mends one thing at a time.
 */
import t from 'tap';
import type { Acl, CreateMode } from '../../storage/tree/types.ts';
import { create, data, Leader, remove, set, world, zxid } from './support.ts';

t.test('create', async (t) => {
  const leader = new Leader({ dataBytes: 10 });
  const session = leader.openSession();
  leader.create('/locked', { acl: world('r') });
  leader.do(create('/e', { mode: 'ephemeral' }), session);

  const wrong = {
    mode: 'nonsense' as CreateMode,
    ttlMs: 0,
    data: data('more than ten bytes'),
    acl: [] as Acl,
  };
  t.equal(leader.code(create('/no/where/', wrong), 'gone'), 'BadArguments', 'mode');
  const ttl = { ...wrong, mode: 'persistent_ttl' } as const;
  t.equal(leader.code(create('/no/where/', ttl), 'gone'), 'BadArguments', 'ttlMs');
  const large = { ...ttl, ttlMs: 1 };
  t.equal(leader.code(create('/no/where/', large), 'gone'), 'TooLarge', 'data');
  const small = { ...large, data: data('') };
  t.equal(leader.code(create('/no/where/', small), 'gone'), 'SessionExpired', 'session');
  t.equal(leader.code(create('/no/where/', small), session), 'BadArguments', 'path');
  t.equal(leader.code(create('/no/where', small), session), 'InvalidACL', 'ACL before parent');
  const valid = { ...small, acl: world('cdrwa') };
  t.same(
    leader.refused(create('/no/where', valid), session),
    { code: 'NoNode', path: '/no' },
    'the parent is missing',
  );
  t.equal(leader.code(create('/locked/x', valid)), 'NoAuth', 'CREATE on the parent');
  t.equal(leader.code(create('/locked', valid)), 'NodeExists');
  t.equal(leader.code(create('/e/below', valid), session), 'NoChildrenForEphemerals');
  t.ok(leader.do(create('/fine', valid), session));
});

t.test('create: NoAuth hides NodeExists', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  leader.create('/a/b');
  leader.do({ op: 'setAcl', path: '/a', acl: world('drwa') });
  t.equal(leader.code(create('/a/b')), 'NoAuth');
  t.equal(leader.code(create('/a/new')), 'NoAuth');
});

t.test('create: the root exists, a sequential child of it gets a number', async (t) => {
  const leader = new Leader();
  t.same(leader.refused(create('/')), { code: 'NodeExists', path: '/' });
  t.equal(leader.create('/', { mode: 'persistent_sequential' }), '/0000000001');
});

t.test('create: the TTL', async (t) => {
  const leader = new Leader();
  const ttl = (mode: CreateMode, ttlMs?: number) =>
    create('/t', ttlMs === undefined ? { mode } : { mode, ttlMs });
  for (const ttlMs of [0, -1, 1.5, Number.NaN, 2 ** 40, undefined]) {
    t.equal(leader.code(ttl('persistent_ttl', ttlMs)), 'BadArguments', `${ttlMs}`);
  }
  for (const mode of ['persistent', 'container', 'persistent_sequential'] as const) {
    t.equal(leader.code(ttl(mode, 1000)), 'BadArguments', `${mode} takes no TTL`);
  }
  t.ok(leader.do(ttl('persistent_ttl', 2 ** 40 - 1)));
  t.ok(leader.do(ttl('persistent_sequential_ttl', 1)));
});

t.test('create: an ephemeral needs a session', async (t) => {
  const leader = new Leader();
  t.equal(leader.code(create('/e', { mode: 'ephemeral' })), 'BadArguments');
  t.equal(leader.code(create('/e', { mode: 'ephemeral_sequential' })), 'BadArguments');
});

t.test('create: the prefix of a sequential name may end with a slash or dots', async (t) => {
  const leader = new Leader();
  leader.create('/q');
  const sequential = { mode: 'persistent_sequential' } as const;
  t.equal(leader.create('/q/', sequential), '/q/0000000000');
  t.equal(leader.create('/q/.', sequential), '/q/.0000000001');
  t.equal(leader.create('/q/..', sequential), '/q/..0000000002');
  for (const prefix of ['/q//', '/q/./', '/q/../', 'q', '', '/q/\u0000']) {
    t.equal(leader.code(create(prefix, sequential)), 'BadArguments', JSON.stringify(prefix));
  }
  t.equal(leader.code(create('/q/')), 'BadArguments', 'only a sequential one');
});

t.test('set', async (t) => {
  const leader = new Leader({ dataBytes: 10 });
  const session = leader.openSession();
  const condition = { version: 7 };
  leader.create('/locked', { acl: world('cdra') });
  leader.create('/a');
  t.equal(leader.code(set('/a/', 'more than ten bytes'), 'gone'), 'TooLarge', 'data');
  t.equal(leader.code(set('/a/'), 'gone'), 'SessionExpired', 'session');
  t.equal(leader.code(set('/a/'), session), 'BadArguments', 'path');
  t.same(leader.refused(set('/no/where')), { code: 'NoNode', path: '/no/where' });
  t.equal(leader.code(set('/locked', '', { condition })), 'NoAuth', 'WRITE before version');
  t.same(leader.refused(set('/a', '', { condition })), {
    code: 'BadVersion',
    path: '/a',
    stat: leader.stat('/a'),
  });
  t.ok(leader.do(set('/a', '', { condition: { version: 0 } })));
});

t.test('delete', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  const condition = { version: 7 };
  leader.create('/p');
  leader.create('/p/a', { acl: world('r') });
  t.equal(leader.code(remove('/zookeeper'), 'gone'), 'SessionExpired', 'session');
  t.equal(leader.code(remove('/p/a/'), session), 'BadArguments', 'path');
  for (const path of ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']) {
    t.equal(leader.code(remove(path)), 'BadArguments', `${path} is special`);
  }
  t.same(
    leader.refused(remove('/no/where')),
    { code: 'NoNode', path: '/no/where' },
    'the parent is missing, and so is the znode',
  );
  leader.do({ op: 'setAcl', path: '/p', acl: world('crwa') });
  t.equal(leader.code(remove('/p/none')), 'NoAuth', 'DELETE on the parent comes before existence');
  leader.do({ op: 'setAcl', path: '/p', acl: world('da') });
  t.equal(leader.code(remove('/p/none')), 'NoNode');
  t.equal(leader.code(remove('/p', { condition })), 'BadVersion', 'before NotEmpty');
  t.same(leader.refused(remove('/p')), { code: 'NotEmpty', path: '/p' });
  t.ok(leader.do(remove('/p/a')), "the znode's own ACL does not matter");
});

t.test('setAcl', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/a', { acl: world('cdrw') });
  leader.create('/b');
  const setAcl = (path: string, acl: Acl, version = 7) =>
    ({ op: 'setAcl', path, acl, condition: { version } }) as const;
  t.equal(leader.code(setAcl('/a/', []), 'gone'), 'SessionExpired', 'session');
  t.equal(leader.code(setAcl('/a/', []), session), 'BadArguments', 'path');
  t.equal(leader.code(setAcl('/none', [])), 'InvalidACL', 'ACL before existence');
  t.equal(leader.code(setAcl('/none', world('r'))), 'NoNode');
  t.equal(leader.code(setAcl('/a', world('r'))), 'NoAuth', 'ADMIN before version');
  t.equal(leader.code(setAcl('/b', world('r'))), 'BadVersion');
  leader.do(set('/b'));
  t.ok(leader.do(setAcl('/b', world('r'), 0)), 'the version is that of the ACL, not of the data');
});

t.test('check', async (t) => {
  const leader = new Leader();
  leader.create('/a', { acl: world('w') });
  leader.create('/b');
  const check = (path: string, version?: number) =>
    ({
      op: 'transaction',
      ops: [{ op: 'check', path, ...(version === undefined ? {} : { condition: { version } }) }],
    }) as const;
  t.same(leader.refused(check('/a', 7), 'gone'), { code: 'SessionExpired' });
  t.match(leader.refused(check('a', 7)), { code: 'BadArguments', index: 0 });
  t.same(leader.refused(check('/none', 7)), { code: 'NoNode', path: '/none', index: 0 });
  t.match(leader.refused(check('/a', 7)), { code: 'NoAuth', path: '/a', index: 0 });
  t.match(leader.refused(check('/b', 7)), { code: 'BadVersion', path: '/b', index: 0 });
  t.equal(leader.prepare(check('/b', 0)).kind, 'dryRun');
  t.equal(leader.prepare(check('/b')).kind, 'dryRun', 'without a version: does it exist');
});

t.test('checkAbsent', async (t) => {
  const leader = new Leader();
  leader.create('/hidden', { acl: world('w') });
  leader.create('/a');
  const absent = (path: string) =>
    ({ op: 'transaction', ops: [{ op: 'checkAbsent', path }] }) as const;
  t.match(leader.refused(absent('a')), { code: 'BadArguments', index: 0 });
  t.match(leader.refused(absent('/hidden')), { code: 'NoAuth', index: 0 });
  t.same(leader.refused(absent('/a')), {
    code: 'NodeExists',
    path: '/a',
    stat: leader.stat('/a'),
    index: 0,
  });
  t.equal(leader.prepare(absent('/no/where')).kind, 'dryRun');
});

t.test('a znode of a session that is closing or unknown is not written for it', async (t) => {
  const leader = new Leader();
  const session = leader.openSession();
  leader.create('/a');
  leader.prepare({ op: 'closeSession', session, reason: 'closed' });
  for (const request of [create('/b'), set('/a'), remove('/a')]) {
    t.same(leader.refused(request, session), { code: 'SessionExpired' }, request.op);
  }
  t.same(leader.refused({ op: 'transaction', ops: [] }, session), { code: 'SessionExpired' });
  leader.applyNext();
  t.equal(leader.code(set('/a'), session), 'SessionExpired');
});

t.test('conditions', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const { mzxid } = leader.stat('/a');
  t.equal(leader.code(set('/a', '', { condition: { mzxid: zxid(77) } })), 'BadVersion');
  t.equal(leader.code(set('/a', '', { condition: { mzxid, version: 1 } })), 'BadVersion', 'all');
  t.ok(leader.do(set('/a', '', { condition: { mzxid, version: 0 } })));
  t.equal(leader.code(set('/a', '', { condition: { mzxid } })), 'BadVersion', 'it moved on');
  t.equal(leader.code(remove('/a', { condition: { mzxid } })), 'BadVersion');
  t.equal(leader.code(set('/no', '', { condition: { mustExist: true } })), 'NoNode');
  t.ok(leader.do(set('/a', '', { condition: { mustExist: true } })));
  t.same(leader.refused(set('/a', '', { condition: { mustNotExist: true } })), {
    code: 'NodeExists',
    path: '/a',
    stat: leader.stat('/a'),
  });
});

t.test('a re-created znode is told from the old one by mzxid, not by version', async (t) => {
  const leader = new Leader();
  leader.create('/a');
  const { mzxid } = leader.stat('/a');
  leader.do(remove('/a'));
  leader.create('/a');
  t.equal(leader.code(set('/a', '', { condition: { mzxid } })), 'BadVersion');
  t.ok(leader.do(set('/a', '', { condition: { version: 0 } })));
});

t.test('a refusal shows the stat only to those who may read it', async (t) => {
  const leader = new Leader();
  leader.create('/secret', { acl: world('w') });
  const condition = { version: 7 };
  t.same(leader.refused(set('/secret', '', { condition })), {
    code: 'BadVersion',
    path: '/secret',
  });
  t.same(leader.refused(remove('/secret', { condition })), {
    code: 'BadVersion',
    path: '/secret',
  });
});
