/** Configuration: sources, precedence, and messages that say what to change. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { readConfig, usage } from '../../server/config.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';
import { Authority, writePem } from '../harness/certificates.ts';
import { endAll, startMember } from '../harness/process.ts';

t.teardown(endAll);

t.test('without anything it serves on loopback with the default limits', async (t) => {
  const config = readConfig([], {});
  t.same(config.listen, { host: '127.0.0.1', port: 7181 });
  t.equal(config.dataDir, resolve('./data'));
  t.same(config.limits, DEFAULT_LIMITS);
  t.equal(config.id, 1);
});

t.test('flags beat variables, variables beat the file', async (t) => {
  const file = join(t.testdir({}), 'paddock.yaml');
  writeFileSync(file, 'listen: 127.0.0.1:1\nid: 3\ndata-dir: /f\nlimit:\n  watches: 5\n');
  const env = { PADDOCK_CONFIG: file, PADDOCK_LISTEN: '127.0.0.1:2', PADDOCK_ID: '4' };
  const config = readConfig(['--listen', '127.0.0.1:3'], env);
  t.equal(config.listen.port, 3);
  t.equal(config.id, 4);
  t.equal(config.dataDir, '/f');
  t.equal(config.limits.watches, 5);
});

t.test('lists come as repeated flags, comma lists or YAML lists', async (t) => {
  const config = readConfig(['--allow-host', 'a.example', '--allow-host', 'b.example'], {
    PADDOCK_ALLOW_ORIGIN: 'https://a.example, https://b.example',
    PADDOCK_LIMIT: 'watches=5,waits=6',
  });
  t.same(config.allowedHosts, ['a.example', 'b.example']);
  t.same(config.allowedOrigins, ['https://a.example', 'https://b.example']);
  t.equal(config.limits.watches, 5);
  t.equal(config.limits.waits, 6);
});

t.test('an address that others reach needs TLS and certificates, or --insecure', async (t) => {
  const authority = new Authority();
  const issued = authority.issue({ subject: [['CN', 'x']], hosts: ['10.0.0.1'] });
  const secret = 's'.repeat(32);
  const { cert, key, ca, shared } = writePem({ ...issued, ca: authority.cert, shared: secret });
  const listen = (host: string) => ['--listen', `${host}:7181`];
  const tls = ['--tls-cert', cert, '--tls-key', key];
  const asking = [...tls, '--tls-client-ca', ca];
  const requiring = [...asking, '--tls-client-auth', 'require'];
  const peers = [
    ...['--peer-listen', '10.0.0.1:7281', '--member', '1=10.0.0.1:7281'],
    ...['--cluster-secret-file', shared],
  ];
  const peerTls = ['--peer-tls-cert', cert, '--peer-tls-key', key, '--peer-tls-ca', ca];

  const safe: readonly (readonly string[])[] = [
    [],
    listen('[::1]'),
    listen('localhost'),
    listen('127.9.9.9'),
    [...listen('0.0.0.0'), ...requiring],
    [...peers, ...peerTls],
    [...listen('0.0.0.0'), ...requiring, ...peers, ...peerTls],
  ];
  for (const args of safe) t.same(readConfig(args, {}).exposures, [], args.join(' '));

  const unsafe: readonly [readonly string[], RegExp][] = [
    [listen('0.0.0.0'), /^listen: 0\.0\.0\.0 can be .* --tls-cert and --tls-key/],
    [listen('[::]'), /^listen: :: can be reached/],
    [[...listen('a.example'), ...tls], /^listen: a\.example .* --tls-client-auth require/],
    [[...listen('10.0.0.1'), ...asking], /^listen: 10\.0\.0\.1 .* open to everybody/],
    [peers, /^peer-listen: 10\.0\.0\.1 .* --peer-tls-cert/],
    [[...peers, ...requiring], /^peer-listen: /],
    [[...listen('0.0.0.0'), ...peers], /^listen: .*; peer-listen: /],
  ];
  for (const [args, message] of unsafe) {
    t.throws(() => readConfig(args, {}), { name: 'ConfigError', message }, args.join(' '));
    t.throws(() => readConfig(args, {}), { message: /add --insecure if the network is trusted$/ });
    const told = readConfig([...args, '--insecure'], {}).exposures;
    t.match(told.join('; '), message, 'and is said all the same');
  }
});

t.test('the certificate of a member is for where the others know it to be', async (t) => {
  const authority = new Authority();
  const issued = authority.issue({ subject: [['CN', 'b.example']], hosts: ['a.example'] });
  const files = { ...issued, ca: authority.cert, shared: 's'.repeat(32) };
  const { cert, key, ca, shared } = writePem(files);
  const args = [
    ...['--peer-listen', '127.0.0.1:1', '--cluster-secret-file', shared],
    ...['--peer-tls-cert', cert, '--peer-tls-key', key, '--peer-tls-ca', ca],
  ];
  const config = readConfig([...args, '--member', '1=a.example:1'], {});
  t.ok(config.ensemble?.tls);
  for (const host of ['b.example', '127.0.0.1', 'x.a.example']) {
    const message = /peer-tls-cert: .* is not for /;
    t.throws(() => readConfig([...args, '--member', `1=${host}:1`], {}), { message }, host);
  }
  t.throws(() => readConfig(args.slice(4), {}), { message: /only a member of several has peers/ });
});

t.test('a member of an ensemble knows all members, itself, and the secret', async (t) => {
  const secret = join(t.testdir({}), 'secret');
  writeFileSync(secret, `${'s'.repeat(32)}\n`, { mode: 0o600 });
  const members = ['--member', '1=a.example:7281', '--member', '2=[::1]:7282'];
  const others = [...members, '--observer', '9=127.0.0.1:7289'];
  const whole = [...others, '--peer-listen', '127.0.0.1:7282', '--cluster-secret-file', secret];
  t.equal(readConfig([], {}).ensemble, undefined, 'alone unless told otherwise');
  t.same(readConfig(['--id', '2', ...whole], {}).ensemble, {
    members: { voters: [1, 2], observers: [9] },
    peers: [
      { id: 1, host: 'a.example', port: 7281 },
      { id: 2, host: '::1', port: 7282 },
      { id: 9, host: '127.0.0.1', port: 7289 },
    ],
    listen: { host: '127.0.0.1', port: 7282 },
    secret: 's'.repeat(32),
    tls: undefined,
  });
  const short = join(t.testdirName, 'short');
  writeFileSync(short, 'short', { mode: 0o640 });
  const open = join(t.testdirName, 'open');
  writeFileSync(open, 's'.repeat(32), { mode: 0o644 });
  const peers = ['--peer-listen', '127.0.0.1:7281', '--cluster-secret-file'];
  const mistakes: readonly [readonly string[], RegExp][] = [
    [['--id', '3', ...whole], /member: this member, 3, is not among those named/],
    [members, /peer-listen: a member of an ensemble needs it/],
    [[...members, '--peer-listen', '127.0.0.1:1'], /cluster-secret-file: a member of an ensemble/],
    [['--peer-listen', 'x', ...whole.slice(4, 4)], /cluster-secret-file/],
    [['--observer', '1=a:1', ...peers, secret], /member: name every voting member/],
    [[...members, '--member', '1=b.example:1', ...peers, secret], /member: 1 is named twice/],
    [
      ['--member', 'a.example:7281', ...peers, secret],
      /member: a.example:7281 is not id=host:port/,
    ],
    [['--member', '256=a:1', ...peers, secret], /member: 256 is not a whole number in 1..255/],
    [[...members, ...peers, short], /holds fewer than 32 characters/],
    [[...members, ...peers, open], /can be read by others than its owner.*chmod 600/],
    [[...members, ...peers, '/does/not/exist'], /cluster-secret-file: cannot read/],
  ];
  for (const [args, message] of mistakes) {
    t.throws(() => readConfig(args, {}), { name: 'ConfigError', message }, args.join(' '));
  }
});

const MISTAKES: readonly [readonly string[], RegExp][] = [
  [['--nonsense'], /nonsense/],
  [['positional'], /positional/],
  [['--listen', '7181'], /listen: 7181 is not host:port/],
  [['--listen', '127.0.0.1:70000'], /port: 70000 is not a whole number/],
  [['--id', '0'], /id: 0 is not a whole number in 1..255/],
  [['--limit', 'nope=1'], /limit: nope=1 is not name=value/],
  [['--limit', 'watches=-1'], /limit watches: -1/],
  [['--limit', 'sessionTimeoutMinMs=9000', '--limit', 'sessionTimeoutMaxMs=8000'], /is above/],
  [['--limit', 'sessionTimeoutMaxMs=86400001'], /sessionTimeoutMaxMs/],
  [['--limit', 'entryBytes=25165825'], /entryBytes is above/],
  [['--limit', 'bodyBytes=25165825'], /bodyBytes or frameBytes/],
  [['--limit', 'dataBytes=20000000'], /more than an entry can hold/],
  [['--limit', 'ephemeralsPerSession=20000'], /the end of a session/],
  [['--limit', 'waitSeconds=86401'], /waitSeconds is above 86400/],
  [['--limit', 'entryBytes=1000000'], /entryBytes=1000000 has no room for dataBytes=1048576/],
  [['--limit', 'dataBytes=13000000'], /bodyBytes=2097152 has no room for dataBytes=13000000/],
  [
    ['--limit', 'frameBytes=1048576'],
    /frameBytes=1048576 .* dataBytes=1048576.*: raise frameBytes/,
  ],
  [['--limit', 'transactionBytes=2000000'], /bodyBytes=2097152 .* transactionBytes=2000000/],
  [['--log-level', 'loud'], /log-level: loud is not one of/],
  [['--super-digest', 'root:password'], /super-digest: what is given is not user:base64/],
  [['--config', '/does/not/exist.yaml'], /config: cannot read/],
];

for (const [args, message] of MISTAKES) {
  t.test(`${args.join(' ')} is refused with a message`, async (t) => {
    t.throws(() => readConfig(args, {}), { name: 'ConfigError', message });
  });
}

t.test('limits that just have room for each other are taken', async (t) => {
  const taken = (limits: Readonly<Record<string, number>>) =>
    readConfig(
      Object.entries(limits).flatMap(([name, value]) => ['--limit', `${name}=${value}`]),
      {},
    );
  const small = { dataBytes: 900, transactionBytes: 900, pathBytes: 100 };
  // As base64 900 bytes are 1200.
  const room = { bodyBytes: 1556, frameBytes: 1556, entryBytes: 2192 };
  t.equal(taken({ ...small, ...room }).limits.entryBytes, 2192);
  for (const [name, value] of Object.entries(room)) {
    const message = new RegExp(`limit: ${name}=${value - 1} has no room for dataBytes=900`);
    t.throws(() => taken({ ...small, ...room, [name]: value - 1 }), { message });
  }
});

t.test('a member does not start on limits that contradict each other', async (t) => {
  const start = startMember({ args: ['--limit', 'entryBytes=20000'] });
  await t.rejects(start, {
    message: /exit code 78.*\n.*entryBytes=20000 has no room for dataBytes=1048576/,
  });
});

t.test('an unknown variable or key is a mistake, not ignored', async (t) => {
  t.throws(() => readConfig([], { PADDOCK_LISTN: 'x' }), { message: /PADDOCK_LISTN/ });
  const file = join(t.testdir({}), 'paddock.yaml');
  writeFileSync(file, 'lissten: 127.0.0.1:1\n');
  t.throws(() => readConfig(['--config', file], {}), { message: /lissten/ });
});

t.test('the help names every setting', async (t) => {
  for (const name of ['listen', 'data-dir', 'limit', 'insecure']) t.match(usage(), `--${name}`);
});
