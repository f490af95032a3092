/** Which ACLs may be stored, in which form, and what they permit. */
import t from 'tap';
import { internAcl, normaliseAcl, OPEN_ACL, permits } from '../../storage/tree/acl.ts';
import type { Acl } from '../../storage/tree/types.ts';
import { create, Leader, world } from './support.ts';

const LIMITS = { aclEntries: 3 };

t.test('an absent ACL is the open one', async (t) => {
  t.equal((normaliseAcl(undefined, LIMITS) as { acl: Acl }).acl, OPEN_ACL);
  t.equal((normaliseAcl(world('cdrwa'), LIMITS) as { acl: Acl }).acl, OPEN_ACL, 'shared');
});

t.test('the canonical form: letters in order, no duplicates', async (t) => {
  t.same(normaliseAcl(world('awrdc'), LIMITS), { acl: world('cdrwa') });
  t.same(normaliseAcl([...world('wr'), ...world('rw'), ...world('a')], LIMITS), {
    acl: [...world('rw'), ...world('a')],
  });
});

t.test('what cannot be stored', async (t) => {
  const invalid: [string, Acl][] = [
    ['empty', []],
    ['no permission', world('')],
    ['an unknown letter', world('rx')],
    ['another id of world', [{ perms: 'r', scheme: 'world', id: 'bob' }]],
    ['a scheme that is not known', [{ perms: 'r', scheme: 'digest', id: 'bob:x' }]],
    ['super', [{ perms: 'r', scheme: 'super', id: '' }]],
  ];
  for (const [what, acl] of invalid) {
    t.match(normaliseAcl(acl, LIMITS), { refusal: { code: 'InvalidACL', detail: String } }, what);
  }
  t.match(
    normaliseAcl([{ perms: 'r', scheme: 'ip', id: '::1' }], LIMITS),
    { refusal: { detail: /knows: world$/ } },
    'the detail says which schemes there are',
  );
});

t.test('so many entries at most', async (t) => {
  const entries = ['c', 'd', 'r', 'w'].flatMap((perms) => [...world(perms)]);
  t.same(normaliseAcl(entries, LIMITS), {
    refusal: { code: 'TooLarge', limit: { name: 'aclEntries', value: 3 } },
  });
  t.match(normaliseAcl(entries.slice(1), LIMITS), { acl: { length: 3 } });
});

t.test('an entry grants its letters and nothing else; entries add up', async (t) => {
  const granted = (acl: Acl) => [...'cdrwa'].filter((p) => permits(acl, p as 'c', [])).join('');
  t.equal(granted(OPEN_ACL), 'cdrwa');
  for (const perms of ['c', 'd', 'r', 'w', 'a', 'cr', 'dwa']) t.equal(granted(world(perms)), perms);
  t.equal(granted([...world('c'), ...world('w')]), 'cw');
  t.equal(granted([{ perms: 'cdrwa', scheme: 'nonsense', id: 'anyone' }]), '');
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
