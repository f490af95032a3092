/** Which ACLs may be stored, in which form, and what they permit. */
import t from 'tap';
import { internAcl, maskedAcl, normaliseAcl, OPEN_ACL, permits } from '../../storage/tree/acl.ts';
import type { Refusal } from '../../storage/tree/errors.ts';
import type { Acl, Identity, TransactionOp } from '../../storage/tree/types.ts';
import { create, Leader, world } from './support.ts';

const LIMITS = { aclEntries: 3 };
const digestOf = (user: string) => `${user}:${'A'.repeat(43)}=`;
const NOBODY: readonly Identity[] = [];

t.test('an absent ACL is the open one', async (t) => {
  t.equal((normaliseAcl(undefined, LIMITS, NOBODY) as { acl: Acl }).acl, OPEN_ACL);
  t.equal((normaliseAcl(world('cdrwa'), LIMITS, NOBODY) as { acl: Acl }).acl, OPEN_ACL, 'shared');
});

t.test('the canonical form: letters in order, no duplicates', async (t) => {
  t.same(normaliseAcl(world('awrdc'), LIMITS, NOBODY), { acl: world('cdrwa') });
  t.same(normaliseAcl([...world('wr'), ...world('rw'), ...world('a')], LIMITS, NOBODY), {
    acl: [...world('rw'), ...world('a')],
  });
});

t.test('what cannot be stored', async (t) => {
  const invalid: [string, Acl][] = [
    ['empty', []],
    ['no permission', world('')],
    ['an unknown letter', world('rx')],
    ['another id of world', [{ perms: 'r', scheme: 'world', id: 'bob' }]],
    ['a scheme that is not known', [{ perms: 'r', scheme: 'sasl', id: 'bob' }]],
    ['a user that is too long', [{ perms: 'r', scheme: 'digest', id: digestOf('u'.repeat(257)) }]],
    ['super', [{ perms: 'r', scheme: 'super', id: '' }]],
  ];
  for (const [what, acl] of invalid) {
    t.match(
      normaliseAcl(acl, LIMITS, NOBODY),
      { refusal: { code: 'InvalidACL', detail: String } },
      what,
    );
  }
  t.match(
    normaliseAcl([{ perms: 'r', scheme: 'sasl', id: 'bob' }], LIMITS, NOBODY),
    { refusal: { detail: /knows: world, digest, ip, x509, auth$/ } },
    'the detail says which schemes there are',
  );
});

t.test('so many entries at most', async (t) => {
  const entries = ['c', 'd', 'r', 'w'].flatMap((perms) => [...world(perms)]);
  t.same(normaliseAcl(entries, LIMITS, NOBODY), {
    refusal: { code: 'TooLarge', limit: { name: 'aclEntries', value: 3 } },
  });
  t.match(normaliseAcl(entries.slice(1), LIMITS, NOBODY), { acl: { length: 3 } });
});

t.test('an entry grants its letters and nothing else; entries add up', async (t) => {
  const granted = (acl: Acl) => [...'cdrwa'].filter((p) => permits(acl, p as 'c', [])).join('');
  t.equal(granted(OPEN_ACL), 'cdrwa');
  for (const perms of ['c', 'd', 'r', 'w', 'a', 'cr', 'dwa']) t.equal(granted(world(perms)), perms);
  t.equal(granted([...world('c'), ...world('w')]), 'cw');
  t.equal(granted([{ perms: 'cdrwa', scheme: 'nonsense', id: 'anyone' }]), '');
});

const BOB = `bob:${'b'.repeat(43)}=`;
const EVE = `eve:${'e'.repeat(43)}=`;
const digest = (id: string, perms = 'r') => ({ perms, scheme: 'digest', id });
const ip = (id: string, perms = 'r') => ({ perms, scheme: 'ip', id });

t.test('an id of digest is a name and a hash, never a password', async (t) => {
  for (const id of ['bob', 'bob:', 'bob:secret', ':', `:${'b'.repeat(43)}=`, `${BOB}:x`, 'bob:x']) {
    t.match(normaliseAcl([digest(id)], LIMITS, NOBODY), { refusal: { code: 'InvalidACL' } }, id);
  }
  t.same(normaliseAcl([digest(BOB)], LIMITS, NOBODY), { acl: [digest(BOB)] });
  const spelled = normaliseAcl([digest('bob:secret')], LIMITS, NOBODY) as { refusal: Refusal };
  t.notMatch(spelled.refusal.detail, /secret/, 'what was written is not repeated');
});

t.test('an id of ip is an address, or the first bits of one', async (t) => {
  for (const id of [
    '',
    'x',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.0/33',
    '10.0.0.0/',
    '/8',
  ]) {
    t.match(normaliseAcl([ip(id)], LIMITS, NOBODY), { refusal: { code: 'InvalidACL' } }, id);
  }
  for (const id of ['::1::', '1:2:3:4:5:6:7', '::/129', 'fe80::1%eth0', '::g', '::ffff:a00:1']) {
    t.match(normaliseAcl([ip(id)], LIMITS, NOBODY), { refusal: { code: 'InvalidACL' } }, id);
  }
  const may = (id: string, address: string) =>
    permits([ip(id)], 'r', [{ scheme: 'ip', id: address }]);
  for (const [range, inside, outside] of [
    ['10.1.2.3', ['10.1.2.3'], ['10.1.2.4', '::1', '']],
    ['10.1.0.0/16', ['10.1.0.0', '10.1.255.255'], ['10.2.0.0', '9.1.0.0']],
    ['10.1.2.3/8', ['10.200.0.1'], ['11.1.2.3']],
    ['192.168.0.128/25', ['192.168.0.128', '192.168.0.255'], ['192.168.0.127']],
    ['0.0.0.0/0', ['1.2.3.4'], ['::1']],
    ['::1', ['::1', '0:0:0:0:0:0:0:1'], ['::2', '0.0.0.1']],
    ['2001:db8::/32', ['2001:db8::1', '2001:DB8:ffff::'], ['2001:db9::1']],
    ['2001:db8:8000::/33', ['2001:db8:8000::1'], ['2001:db8:7fff::1']],
    ['::/0', ['fe80::1'], ['127.0.0.1']],
  ] as const) {
    for (const address of inside) t.ok(may(range, address), `${address} is in ${range}`);
    for (const address of outside) t.notOk(may(range, address), `${address} is not in ${range}`);
  }
});

t.test('an id of x509 is a name in the one form that it has', async (t) => {
  const x509 = (id: string) => ({ perms: 'r', scheme: 'x509', id });
  for (const id of [
    'CN=alice',
    'CN=alice,O=Example,C=DE',
    'UID=1+CN=alice,O=Example',
    '1.2.3.4=x,CN=',
    String.raw`CN=a\,b\+c\"d\\e\<\>\;`,
    String.raw`CN=\ x\ ,O=\#`,
    String.raw`CN=\00\0A`,
    'CN=ünï côdé ✓',
    'CN=a=b#c d',
  ]) {
    t.same(normaliseAcl([x509(id)], LIMITS, NOBODY), { acl: [x509(id)] }, id);
    t.ok(permits([x509(id)], 'r', [{ scheme: 'x509', id }]));
    t.notOk(permits([x509(id)], 'r', [{ scheme: 'digest', id }]), 'in its scheme');
    t.notOk(permits([x509(id)], 'r', [{ scheme: 'x509', id: `${id},O=More` }]));
  }
  for (const id of [
    '',
    '=',
    'alice',
    'CN',
    'CN=alice,',
    ',CN=alice',
    'CN=alice, O=Example',
    'CN =alice',
    'CN=alice;O=Example',
    'CN=alice\nO=Example',
    'CN=#616c696365',
    'CN= alice',
    'CN=alice ',
    String.raw`CN=alice\\ `,
    'CN=\\',
    String.raw`CN=\0a`,
    String.raw`CN=\a`,
    'CN=\ufffd',
    'CN=\ud800',
    'CN=\u0085',
    `CN=${'x'.repeat(1022)}`,
  ]) {
    t.match(normaliseAcl([x509(id)], LIMITS, NOBODY), { refusal: { code: 'InvalidACL' } }, id);
  }
  const auth = [{ perms: 'r', scheme: 'auth', id: '' }];
  t.same(normaliseAcl(auth, LIMITS, [x509('CN=alice')]), { acl: [x509('CN=alice')] });
});

t.test('auth stands for what the caller has proved, when it is stored', async (t) => {
  const auth = [{ perms: 'wr', scheme: 'auth', id: 'whatever' }];
  const address = { scheme: 'ip', id: '127.0.0.1' };
  const bob = { scheme: 'digest', id: BOB };
  const eve = { scheme: 'digest', id: EVE };
  t.match(normaliseAcl(auth, LIMITS, [address]), { refusal: { code: 'InvalidACL' } });
  const root = { scheme: 'super', id: '' };
  t.match(normaliseAcl(auth, LIMITS, [root]), { refusal: { code: 'InvalidACL' } }, 'nor super');
  t.same(normaliseAcl(auth, LIMITS, [address, bob, root, eve]), {
    acl: [digest(BOB, 'rw'), digest(EVE, 'rw')],
  });
  const both = [digest(BOB, 'rw'), ...auth];
  t.same(normaliseAcl(both, LIMITS, [bob]), { acl: [digest(BOB, 'rw')] }, 'each once');
  const many = [...world('c'), ...world('d'), ...auth];
  t.match(normaliseAcl(many, LIMITS, [bob, eve]), { refusal: { code: 'TooLarge' } });
});

t.test('who is meant by an entry', async (t) => {
  const bob = [{ scheme: 'digest', id: BOB }];
  t.ok(permits([digest(BOB)], 'r', bob));
  t.notOk(permits([digest(BOB)], 'w', bob), 'and for its letters alone');
  t.notOk(permits([digest(BOB)], 'r', [{ scheme: 'digest', id: EVE }]));
  t.notOk(permits([digest(BOB)], 'r', [{ scheme: 'ip', id: BOB }]), 'in its scheme');
  t.notOk(permits([digest(BOB)], 'r', NOBODY));
  t.ok(permits([digest(EVE), digest(BOB)], 'r', bob), 'any entry suffices');
  t.ok(permits([digest(BOB)], 'r', [{ scheme: 'digest', id: EVE }, ...bob]), 'any identity too');
  t.ok(permits([digest(BOB)], 'a', [{ scheme: 'super', id: '' }]), 'super passes every check');
});

t.test('hashes are shown to those alone who may change the ACL', async (t) => {
  t.same(maskedAcl([digest(BOB), ip('::1'), ...world('r')]), [
    digest('bob:x'),
    ip('::1'),
    ...world('r'),
  ]);
});

t.test('a dry run shows nothing that a read would not', async (t) => {
  const leader = new Leader();
  leader.create('/fenced', { acl: world('cdwa') });
  leader.create('/fenced/open');
  const dryRun = (op: TransactionOp) => {
    const prepared = leader.prepare({ op: 'transaction', ops: [op], dryRun: true });
    return prepared.kind === 'dryRun' ? prepared.results[0] : prepared;
  };
  const data = { text: 'x', encoding: 'utf8', length: 1 } as const;
  const noAuth = (path: string) => ({ refusal: { code: 'NoAuth', path, index: 0 } });
  t.match(dryRun({ op: 'set', path: '/fenced', data }), noAuth('/fenced'));
  t.match(dryRun({ op: 'set', path: '/fenced/open', data }), { stat: { version: 1 } });
  const sequential = create('/fenced/', { mode: 'persistent_sequential' });
  t.match(dryRun(sequential), noAuth('/fenced/'), 'the number counts the children');
  const below = create('/fenced/a/b/c', { parents: true });
  t.match(dryRun(below), noAuth('/fenced/a'), 'of an ephemeral there are none');
  t.match(dryRun({ op: 'delete', path: '/fenced' }), noAuth('/fenced'), 'if it has children');
  const all = { op: 'delete', path: '/', recursive: true } as const;
  t.match(dryRun(all), { refusal: { code: 'BadArguments' } });
  leader.create('/known');
  leader.create('/known/closed', { acl: world('d') });
  const known = { op: 'delete', path: '/known', recursive: true } as const;
  t.match(dryRun(known), noAuth('/known/closed'), 'nor has what is below another');
  const hidden = create('/c', { acl: world('w') });
  t.strictSame(dryRun(hidden), { op: 'create', path: '/c' });
  const own = create('/c/d/e', { parents: true, acl: world('cw') });
  t.strictSame(dryRun(own), { op: 'create', path: '/c/d/e' }, 'what it would create it knows');
  t.match(dryRun(create('/s-', { mode: 'persistent_sequential' })), { path: /^\/s-\d{10}$/ });
});

t.test('equal ACLs are one value', async (t) => {
  t.equal(internAcl(world('rw')), internAcl(world('rw')));
  t.not(internAcl(world('rw')), internAcl(world('r')));
});

t.test('an ACL is not inherited', async (t) => {
  const leader = new Leader();
  leader.create('/a', { acl: world('cr') });
  leader.create('/a/b');
  t.equal(leader.state.tree.get('/a/b')?.acl, OPEN_ACL);
  t.match(leader.refused(create('/c', { acl: [] })), { code: 'InvalidACL', path: '/c' });
});
