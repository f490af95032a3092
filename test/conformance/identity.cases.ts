/**
 * Who a caller is, and how ACLs name it: the schemes world, digest, ip, auth and super, the same
 * over HTTP and over WebSocket. What an identity may do is in `acl-table.cases.ts`.
 */
import { codeOf, digestId, refusalOf, userAcl, world } from './driver.ts';
import { basic } from './http-driver.ts';
import { overBoth, overHttp, overWebSocket, withMember } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

withMember(['--super-digest', digestId('root', 'all mighty')]);

const HERE = { scheme: 'ip', id: '127.0.0.1' };
const digest = (user: string, password: string) => ({
  scheme: 'digest',
  id: digestId(user, password),
});
const ip = (id: string) => [{ perms: 'cdrwa', scheme: 'ip', id }];
const AUTH = [{ perms: 'cdrwa', scheme: 'auth', id: '' }];

await overBoth({
  'everybody has an address; a user is who it says, with any password': async ({ t, client }) => {
    t.strictSame(await client.whoami(), [HERE]);
    await client.authenticate('bob', 'secret');
    t.strictSame(await client.whoami(), [HERE, digest('bob', 'secret')]);
  },

  'another password is another identity': async ({ t, client, connect, at }) => {
    await client.create(at('x'), { acl: userAcl('cdrwa', 'bob', 'secret'), data: 'x' });
    t.equal(await codeOf(client.get(at('x'))), 'NoAuth');
    const other = await connect();
    await other.authenticate('bob', 'Secret');
    t.equal(await codeOf(other.get(at('x'))), 'NoAuth');
    await client.authenticate('bob', 'secret');
    t.equal((await client.get(at('x'))).data, 'x');
  },

  'a password may hold colons and any characters, and be empty': async ({ t, client, connect }) => {
    for (const password of ['a:b', '', 'pässwörd ✓', ' ']) {
      const one = await connect();
      await one.authenticate('bob', password);
      t.strictSame(await one.whoami(), [HERE, digest('bob', password)], `"${password}"`);
    }
    t.strictSame(await client.whoami(), [HERE], 'of that client alone');
  },

  'auth is stored as who has written it': async ({ t, client, at }) => {
    const problem = await refusalOf(client.create(at('x'), { acl: AUTH }));
    t.equal(problem.code, 'InvalidACL', 'an address is no proof');
    await client.authenticate('bob', 'secret');
    await client.create(at('x'), { acl: AUTH });
    t.strictSame((await client.getAcl(at('x'))).acl, userAcl('cdrwa', 'bob', 'secret'));
    const mixed = [...world('r'), { perms: 'a', scheme: 'auth', id: 'ignored' }];
    const stored = [...world('r'), ...userAcl('a', 'bob', 'secret')];
    t.strictSame((await client.setAcl(at('x'), mixed)).acl, stored);
  },

  'auth is expanded in a transaction too, and for parents': async ({ t, client, at }) => {
    await client.authenticate('bob', 'secret');
    await client.transaction([{ op: 'create', path: at('x'), acl: AUTH }]);
    t.strictSame((await client.getAcl(at('x'))).acl, userAcl('cdrwa', 'bob', 'secret'));
    await client.create(at('a/b'), { parents: true, acl: AUTH });
    t.strictSame((await client.getAcl(at('a'))).acl, userAcl('cdrwa', 'bob', 'secret'));
  },

  'an address or a range of them': async ({ t, client, at }) => {
    for (const range of ['127.0.0.1', '127.0.0.0/8', '127.0.0.1/32', '0.0.0.0/0']) {
      const path = at(range.replace('/', '-'));
      await client.create(path, { acl: ip(range) });
      t.ok(await client.exists(path), range);
    }
    for (const range of ['127.0.0.2', '10.0.0.0/8', '::1', '::/0']) {
      const path = at(range.replace('/', '-'));
      await client.create(path, { acl: ip(range) });
      t.equal(await codeOf(client.exists(path)), 'NoAuth', range);
    }
    for (const range of ['localhost', '127.0.0.1/33', '127.0.0', '', '::ffff:127.0.0.1']) {
      t.equal(await codeOf(client.create(at('x'), { acl: ip(range) })), 'InvalidACL', range);
    }
  },

  'an id that nobody could have is refused, and not repeated': async ({ t, client, at }) => {
    const acl = [{ perms: 'r', scheme: 'digest', id: 'bob:hunter2' }];
    const problem = await refusalOf(client.create(at('x'), { acl }));
    t.equal(problem.code, 'InvalidACL');
    t.notMatch(JSON.stringify(problem), /hunter2/);
    const sasl = [{ perms: 'r', scheme: 'sasl', id: 'bob' }];
    t.equal(await codeOf(client.setAcl(at(''), sasl)), 'InvalidACL');
  },

  'hashes are shown to those alone who may change them': async ({ t, client, at }) => {
    const acl = [...userAcl('rw', 'bob', 'secret'), ...userAcl('a', 'eve', 'pw'), ...world('r')];
    await client.create(at('x'), { acl });
    const masked = acl.map((entry) => ({ ...entry, id: entry.id.replace(/:.*/, ':x') }));
    t.strictSame((await client.getAcl(at('x'))).acl, masked);
    const [batch] = await client.read([{ op: 'getAcl', path: at('x') }]);
    t.strictSame(batch?.['acl'], masked, 'in a batch too');
    await client.authenticate('eve', 'pw');
    t.strictSame((await client.getAcl(at('x'))).acl, acl);
  },

  'super passes every check': async ({ t, client, connect, at }) => {
    const root = await connect();
    await root.authenticate('root', 'all mighty');
    t.strictSame(await root.whoami(), [
      HERE,
      digest('root', 'all mighty'),
      { scheme: 'super', id: '' },
    ]);
    await client.create(at('x'), { acl: userAcl('r', 'nobody', 'x'), data: 'x' });
    await root.sync();
    t.equal((await root.get(at('x'))).data, 'x');
    t.equal((await root.set(at('x'), 'y')).stat.version, 1);
    t.strictSame((await root.setAcl(at('x'), world('r'))).acl, world('r'));
    await root.create(at('x/y'));
    await root.delete(at('x'), { recursive: true });
    await client.authenticate('root', 'all mightY');
    t.strictSame(await client.whoami(), [HERE, digest('root', 'all mightY')], 'or is nobody');
    const impostor = [{ perms: 'r', scheme: 'super', id: '' }];
    t.equal(await codeOf(client.create(at('z'), { acl: impostor })), 'InvalidACL');
  },

  'identities belong to the client, not to its session': async ({ t, client, connect, at }) => {
    await client.authenticate('bob', 'secret');
    await client.create(at('x'), { acl: AUTH, mode: 'ephemeral' });
    t.equal(await codeOf((await connect()).get(at('x'))), 'NoAuth');
  },
});

await overHttp({
  'Authorization that is not Basic user:password is 401, with how': async ({ t, client }) => {
    for (const authorization of [
      'Bearer abc',
      'Basic',
      'Basic !!!',
      `Basic ${Buffer.from('bob').toString('base64')}`,
      `Basic ${Buffer.from(':secret').toString('base64')}`,
      `Basic ${Buffer.from('bob:se\u0001cret').toString('base64')}`,
      `Basic ${Buffer.from([0x62, 0x3a, 0xff]).toString('base64')}`,
      `${basic('bob', 'secret')}, ${basic('eve', 'pw')}`,
      basic('b'.repeat(257), 'x'),
      basic('b', 'x'.repeat(1025)),
    ]) {
      for (const target of ['/v1/whoami', '/v1/znodes', '/livez', '/v1/ws']) {
        const answer = await client.send({ target, headers: { authorization } });
        t.equal(answer.status, 401, `${authorization.slice(0, 40)} ${target}`);
        t.match(answer.json(), { code: 'AuthFailed', outcome: 'not-applied' });
        t.equal(answer.headers['www-authenticate'], 'Basic realm="paddock", charset="UTF-8"');
        t.notMatch(answer.text, /secret|x{20}/, 'what was shown is not repeated');
      }
    }
  },

  'a scheme in any case': async ({ t, client }) => {
    const authorization = basic('bob', 'secret').replace('Basic ', 'bAsIc  ');
    const answer = await client.send({ target: '/v1/whoami', headers: { authorization } });
    t.match(answer.json(), { identities: [HERE, digest('bob', 'secret')] });
  },

  'an address that somebody claims to forward is nobody': async ({ t, client, at }) => {
    await client.create(at('x'), { acl: ip('10.9.8.7') });
    const headers = { 'x-forwarded-for': '10.9.8.7', forwarded: 'for=10.9.8.7' };
    const answer = await client.send({ target: `/v1/znodes${at('x')}`, headers });
    t.equal(answer.status, 403);
    t.match((await client.send({ target: '/v1/whoami', headers })).json(), { identities: [HERE] });
  },

  'credentials in the URL are a malformed request': async ({ t, client }) => {
    const answer = await client.send({ target: '/v1/whoami?user=bob&password=secret' });
    t.equal(answer.status, 400);
    t.notMatch(answer.text, /secret/);
  },
});

await overWebSocket({
  'a connection can be several users, each once': async ({ t, client }) => {
    await client.authenticate('bob', 'secret');
    await client.authenticate('eve', 'pw');
    await client.authenticate('bob', 'secret');
    t.strictSame(await client.whoami(), [HERE, digest('bob', 'secret'), digest('eve', 'pw')]);
  },

  'an identity counts for what is sent behind it, and for nothing before': async ({
    t,
    client,
    at,
  }) => {
    const acl = userAcl('rw', 'bob', 'secret');
    await client.create(at('x'), { acl });
    const path = at('x');
    const answers = await client.pipeline([
      { op: 'create', path: at('y') },
      { op: 'get', path },
      { op: 'set', path, data: 'x' },
      { op: 'auth', scheme: 'digest', user: 'bob', password: 'secret' },
      { op: 'set', path, data: 'y' },
      { op: 'get', path },
    ]);
    const codes = answers.map(({ error }) => error?.code ?? 'ok');
    t.strictSame(codes, ['ok', 'NoAuth', 'NoAuth', 'ok', 'ok', 'ok']);
  },

  'connect may say who it is, and so may the handshake': async ({ t, member, client, connect }) => {
    const auth = [
      { scheme: 'digest', user: 'bob', password: 'secret' },
      { scheme: 'digest', user: 'eve', password: 'pw' },
    ];
    const both = [HERE, digest('bob', 'secret'), digest('eve', 'pw')];
    t.strictSame(await (await connect({ auth })).whoami(), both);
    const headers = { authorization: basic('bob', 'secret') };
    const browserless = await WsDriver.open(member.wsUrl, headers);
    t.teardown(() => browserless.disconnect());
    await browserless.begin({ auth: auth.slice(1) });
    t.strictSame(await browserless.whoami(), both);
    t.strictSame(await client.whoami(), [HERE]);
  },

  'a session that goes on elsewhere has to say again who it is': async ({ t, client, connect }) => {
    await client.authenticate('bob', 'secret');
    const next = await connect({ session: client.token, lastZxid: client.zxid });
    t.equal(next.resumed, true);
    t.strictSame(await next.whoami(), [HERE]);
  },

  'credentials that mean nothing are refused, and the connection goes on': async ({
    t,
    member,
    client,
  }) => {
    const unusable = [
      { scheme: 'digest', user: 'a:b', password: 'secret' },
      { scheme: 'digest', user: '', password: 'secret' },
      { scheme: 'digest', user: 'bob', password: 'se\u0000cret' },
      { scheme: 'digest', user: 'bob', password: 'secret \ud800' },
      { scheme: 'digest', user: 'b'.repeat(257), password: 'secret' },
    ];
    const noFrames = [
      { scheme: 'digest', user: 'bob' },
      { scheme: 'ip', user: 'bob', password: 'secret' },
      { scheme: 'super', user: '', password: 'secret' },
    ];
    for (const wrong of [...unusable, ...noFrames]) {
      const problem = await refusalOf(client.request({ op: 'auth', ...wrong }));
      const isFrame = unusable.some((each) => each === wrong);
      t.equal(problem.code, isFrame ? 'AuthFailed' : 'BadArguments', JSON.stringify(wrong));
      t.notMatch(JSON.stringify(problem), /secret/);
    }
    t.strictSame(await client.whoami(), [HERE]);
    const late = await WsDriver.open(member.wsUrl);
    t.teardown(() => late.disconnect());
    const auth = [{ scheme: 'digest', user: 'a:b', password: 'secret' }];
    t.equal(await codeOf(late.begin({ auth })), 'AuthFailed');
    t.ok(await late.begin({}), 'it may be tried again');
  },

  'no secret is in what the member prints': async ({ t, member, client }) => {
    await client.authenticate('bob', 'canary-4711');
    await client.sync();
    t.notMatch(member.output(), /canary-4711|all mighty|secret/);
  },
});
