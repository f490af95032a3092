/**
 * Who a client is by its certificate, over HTTPS and over secure WebSockets alike: the subject of
 * one that was verified, in one form, and nobody at all otherwise. What an identity may do is in
 * `acl-table.cases.ts`.
 */
import { Authority, type Subject } from '../harness/certificates.ts';
import { codeOf, digestId, refusalOf, world } from './driver.ts';
import { authority, believing, SECURED } from './secured.ts';
import { overBoth, overWebSocket, withMember } from './specification.ts';

withMember(SECURED, believing);

const stranger = new Authority('an authority that nobody believes');

const ALICE: Subject = [
  ['C', 'DE'],
  ['O', 'Example'],
  ['CN', 'alice'],
];
const ALICE_ID = 'CN=alice,O=Example,C=DE';
const alice = { ...believing, ...authority.issue({ subject: ALICE, usage: ['client'] }) };
const bob = { ...believing, ...authority.issue({ subject: [['CN', 'bob']] }) };
const root = { ...believing, ...authority.issue({ subject: [['CN', 'root']] }) };

const HERE = { scheme: 'ip', id: '127.0.0.1' };
const x509 = (id: string) => ({ scheme: 'x509', id });
const grant = (id: string) => [{ perms: 'cdrwa', ...x509(id) }];
const AUTH = [{ perms: 'cdrwa', scheme: 'auth', id: '' }];

await overBoth({
  'who shows a certificate is its subject': async ({ t, client, connectWith }) => {
    t.strictSame(await client.whoami(), [HERE], 'without one nobody');
    t.strictSame(await (await connectWith(alice)).whoami(), [HERE, x509(ALICE_ID)]);
  },

  'a certificate that cannot be verified is that of nobody': async ({ t, connectWith, at }) => {
    const now = Date.now();
    const hour = 3_600_000;
    const wrong = {
      'of another authority': stranger.issue({ subject: ALICE }),
      'over since an hour': authority.issue({ subject: ALICE, until: new Date(now - hour) }),
      'good from the next hour on': authority.issue({ subject: ALICE, from: new Date(now + hour) }),
      'for servers alone': authority.issue({ subject: ALICE, usage: ['server'] }),
    };
    const owner = await connectWith(alice);
    await owner.create(at('x'), { acl: grant(ALICE_ID) });
    for (const [what, certificate] of Object.entries(wrong)) {
      const client = await connectWith({ ...believing, ...certificate });
      t.strictSame(await client.whoami(), [HERE], what);
      await client.sync();
      t.equal(await codeOf(client.get(at('x'))), 'NoAuth', what);
    }
  },

  'a subject is written in one way, whatever is in it': async ({ t, connectWith, at }) => {
    const subjects: readonly [Subject, string][] = [
      [[['CN', 'a, b=c;d']], String.raw`CN=a\, b=c\;d`],
      [
        [
          ['O', 'x'],
          [['CN', 'both'] as const, ['UID', '1'] as const],
        ],
        'CN=both+UID=1,O=x',
      ],
      [[['CN', ' # ']], String.raw`CN=\ #\ `],
      [[['CN', '#1']], String.raw`CN=\#1`],
      [[['CN', '"\\<+>']], String.raw`CN=\"\\\<\+\>`],
      [[['CN', 'two\nlines\0']], String.raw`CN=two\0Alines\00`],
      [
        [
          ['street', 'Weg 1'],
          ['CN', 'münchen ✓'],
        ],
        'CN=münchen ✓,STREET=Weg 1',
      ],
      [[['CN', 'x\nO=Example']], String.raw`CN=x\0AO=Example`],
      [[['CN', 'x + O=Example']], String.raw`CN=x \+ O=Example`],
    ];
    for (const [index, [subject, id]] of subjects.entries()) {
      const client = await connectWith({ ...believing, ...authority.issue({ subject }) });
      t.strictSame(await client.whoami(), [HERE, x509(id)], id);
      const path = at(`s${index}`);
      await client.create(path, { acl: AUTH });
      t.strictSame((await client.getAcl(path)).acl, grant(id), 'and may be stored');
    }
  },

  'what has no name, or one that is no text, is nobody': async ({ t, connectWith }) => {
    for (const subject of [[], [['CN', 'c1 \u0085']], [['CN', 'n'.repeat(1025)]]] as Subject[]) {
      const issued = authority.issue({ subject, hosts: ['alice.example'] });
      const client = await connectWith({ ...believing, ...issued });
      t.strictSame(await client.whoami(), [HERE], 'names of hosts make nobody');
    }
  },

  'auth stands for it, as for every user that is shown beside': async ({
    t,
    client,
    connectWith,
    at,
  }) => {
    const owner = await connectWith(alice);
    await owner.create(at('x'), { acl: AUTH, data: 'x' });
    t.strictSame((await owner.getAcl(at('x'))).acl, grant(ALICE_ID));
    await owner.authenticate('bob', 'secret');
    const user = { scheme: 'digest', id: digestId('bob', 'secret') };
    t.strictSame(await owner.whoami(), [HERE, x509(ALICE_ID), user]);
    const both = [...grant(ALICE_ID), { perms: 'cdrwa', ...user }];
    t.strictSame((await owner.setAcl(at('x'), AUTH)).acl, both);
    t.equal(await codeOf(client.get(at('x'))), 'NoAuth');
    t.equal(await codeOf((await connectWith(bob)).get(at('x'))), 'NoAuth');
    t.equal((await (await connectWith(alice)).get(at('x'))).data, 'x');
  },

  'an id that no certificate has is refused': async ({ t, client, at }) => {
    for (const id of [
      '',
      'alice',
      'CN=alice, O=Example',
      'CN=alice,',
      'CN= alice',
      'CN=alice ',
      'CN=#616c',
      'CN="alice"',
      String.raw`CN=a\lice`,
      String.raw`CN=alice\\ `,
      'CN=al\u0000ice',
      `CN=${'n'.repeat(1025)}`,
      '/CN=alice',
    ]) {
      const problem = await refusalOf(client.create(at('x'), { acl: grant(id) }));
      t.equal(problem.code, 'InvalidACL', id);
    }
    await client.create(at('x'), { acl: [...grant(ALICE_ID), ...world('r')] });
    t.strictSame((await client.getAcl(at('x'))).acl, [...grant(ALICE_ID), ...world('r')]);
  },

  'identities belong to the connection, not to the session': async ({
    t,
    client,
    connectWith,
    at,
  }) => {
    const owner = await connectWith(alice);
    await owner.create(at('x'), { acl: AUTH, mode: 'ephemeral' });
    await client.sync();
    t.equal(await codeOf(client.get(at('x'))), 'NoAuth');
  },

  'the subject that is super passes every check': async ({ t, client, connectWith, at }) => {
    await client.create(at('x'), { acl: grant('CN=nobody'), data: 'x' });
    const mighty = await connectWith(root);
    t.strictSame(await mighty.whoami(), [HERE, x509('CN=root'), { scheme: 'super', id: '' }]);
    await mighty.sync();
    t.equal((await mighty.get(at('x'))).data, 'x');
    await mighty.authenticate('bob', 'secret');
    t.equal((await mighty.whoami()).length, 4, 'each once');
    const namesake = await connectWith({
      ...believing,
      ...stranger.issue({ subject: [['CN', 'root']] }),
    });
    t.equal(await codeOf(namesake.get(at('x'))), 'NoAuth', 'and no namesake of it');
  },
});

await overWebSocket({
  'events are told to who may read': async ({ t, client, connectWith, at }) => {
    const [may, mayNot] = [await connectWith(alice), await connectWith(bob)];
    for (const watcher of [may, mayNot]) await watcher.addWatch(at(''), 'persistentRecursive');
    await client.create(at('x'), { acl: grant(ALICE_ID) });
    t.strictSame(await may.eventTexts(), [`nodeCreated ${at('x')}`]);
    t.strictSame(await mayNot.eventTexts(), []);
  },
});
