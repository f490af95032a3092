/**
 * HTTPS and secure WebSockets, as an operator meets them: what is spoken, who is served, and how
 * certificates are renewed while clients are connected. Who a client is by its certificate is in
 * `test/conformance/x509.cases.ts`.
 */
import { chmodSync, writeFileSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import t from 'tap';
import { readConfig } from '../../server/config.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Authority, type Certificate, writePem } from '../harness/certificates.ts';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';

t.setTimeout(120_000);

const authority = new Authority();
const stranger = new Authority('another authority');
const believing = { ca: authority.cert };
const CLIENT = { subject: [['CN', 'alice']] } as const;

const forMember = (name: string, by = authority) =>
  by.issue({ subject: [['CN', name]], hosts: ['127.0.0.1'] });

async function started(args: readonly string[] = [], ca = authority.cert) {
  const files = writePem({ ...forMember('first'), ca });
  const own = ['--tls-cert', files.cert, '--tls-key', files.key, '--tls-client-ca', files.ca];
  return { member: await startMember({ args: [...own, ...args] }), files };
}

/** A connection on which the handshake is done. */
function opened(port: number, options: ConnectionOptions = believing): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ...options });
    socket.once('error', reject);
    socket.once('secureConnect', () => resolve(socket));
  });
}

/** What becomes of a request: its status, or how the connection failed. */
async function outcome(member: MemberProcess, tls: ConnectionOptions): Promise<string> {
  const client = new HttpClient(member.port, tls);
  const ended = client.send({ target: '/v1/whoami' }).then(
    ({ status }) => `${status}`,
    (error: NodeJS.ErrnoException) => `refused: ${error.code}`,
  );
  return ended.finally(() => client.close());
}

async function whoami(member: MemberProcess, tls: ConnectionOptions): Promise<string> {
  const client = new HttpClient(member.port, tls);
  return (await client.send({ target: '/v1/whoami' }).finally(() => client.close())).text;
}

async function shownBy({ port }: MemberProcess, ca = authority.cert): Promise<string> {
  const socket = await opened(port, { ca });
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => {
      // What follows from it comes as `close`.
    });
    socket.once('close', () => resolve());
    socket.resume();
  });
}

await t.test('clients that ask for nothing but TLS', async (t) => {
  const { member } = await started();
  const silent = connectPlain(member.port, '127.0.0.1');
  const givenUp = ended(silent);

  await t.test('TLS 1.2 and 1.3 are spoken, and nothing older', async (t) => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const only = { minVersion: version, maxVersion: version };
      t.equal(await outcome(member, { ...believing, ...only }), '200', version);
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
    t.match(await outcome(member, { ...believing, ...old }), /^refused: /);
  });

  await t.test('a client that does not believe the authority says nothing', async (t) => {
    t.match(await outcome(member, { ca: stranger.cert }), /^refused: /);
  });

  await t.test('plain HTTP is not answered there', async (t) => {
    const socket = connectPlain(member.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.write('GET /v1/whoami HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await ended(socket);
    t.notMatch(Buffer.concat(chunks).toString('latin1'), /HTTP|identities/);
    t.equal(await outcome(member, believing), '200', 'and nobody else is the worse for it');
  });

  await t.test('everything else is as it is without: streams, sockets, large data', async (t) => {
    const http = new HttpClient(member.port, believing);
    t.teardown(() => http.close());
    const body = Buffer.alloc(1_000_000, 0xfe);
    t.equal((await http.send({ method: 'PUT', target: '/v1/znodes/big', body })).status, 201);
    const headers = { accept: 'application/octet-stream' };
    const read = await http.send({ target: '/v1/znodes/big', headers });
    t.ok(read.body.equals(body));
    t.equal((await http.send({ target: '/v1/events?path=/' })).status, 200);
    t.match(member.url, /^https:/);
    const ws = await WsDriver.connect(member.wsUrl, {}, believing);
    t.teardown(() => ws.disconnect());
    const text = 'x'.repeat(500_000);
    const answers = await ws.pipeline(
      Array.from({ length: 8 }, (_, at) => ({ op: 'create', path: `/big-${at}`, data: text })),
    );
    t.ok(answers.every(({ error }) => error === undefined));
    t.equal((await ws.get('/big-7')).data, text);
  });

  await t.test('a handshake that does not come to its end is given up', async (t) => {
    await givenUp;
    t.equal(await outcome(member, believing), '200');
  });
});

await t.test('--tls-client-auth require: nobody without a certificate is served', async (t) => {
  const { member } = await started(['--tls-client-auth', 'require']);
  const alice = { ...believing, ...authority.issue(CLIENT) };
  t.equal(await outcome(member, alice), '200');
  t.match(await outcome(member, believing), /^refused: /, 'none');
  t.match(
    await outcome(member, { ...believing, ...stranger.issue(CLIENT) }),
    /^refused: /,
    'other',
  );
  const over = authority.issue({ ...CLIENT, until: new Date(Date.now() - 3_600_000) });
  t.match(await outcome(member, { ...believing, ...over }), /^refused: /, 'expired');
  await t.rejects(WsDriver.connect(member.wsUrl, {}, believing), 'nor over a WebSocket');
  const ws = await WsDriver.connect(member.wsUrl, {}, alice);
  t.match(await ws.whoami(), [{ scheme: 'ip' }, { scheme: 'x509', id: 'CN=alice' }]);
  ws.disconnect();
});

await t.test('SIGHUP: certificates are read again, and no connection is cut', async (t) => {
  const { member, files } = await started();
  const told = (text: string) => member.output().split(text).length - 1;
  const write = ({ cert, key }: Certificate) => {
    writeFileSync(files.cert, cert);
    writeFileSync(files.key, key);
  };
  const reloaded = async (line: string) => {
    const before = told(line);
    member.signal('SIGHUP');
    await eventually(line, () => told(line) > before);
  };
  const ws = await WsDriver.connect(member.wsUrl, {}, believing);
  t.teardown(() => ws.disconnect());
  t.equal(await shownBy(member), 'first');

  write(forMember('second'));
  await reloaded('certificates were renewed');
  t.equal(await shownBy(member), 'second');

  const broken = forMember('third');
  for (const [what, wrong] of Object.entries({
    'no certificate': { ...broken, cert: 'nonsense' },
    'the key of another': { ...broken, key: forMember('fourth').key },
    'half a key': { ...broken, key: broken.key.slice(0, 100) },
  })) {
    write(wrong);
    await reloaded('those before stay in use');
    t.equal(await shownBy(member), 'second', what);
  }

  write(forMember('fifth'));
  await reloaded('certificates were renewed');
  t.equal(await shownBy(member), 'fifth', 'and it can be made good');
  await ws.create('/still-here');
  t.equal(ws.socket.readyState, ws.socket.OPEN, 'the connection of before goes on');
  for (const line of broken.key.split('\n').slice(1, -2)) t.notMatch(member.output(), line);
});

await t.test('SIGHUP: who is believed no longer is nobody, also by what it proved', async (t) => {
  const { member, files } = await started();
  const alice = { ...believing, ...authority.issue(CLIENT) };
  t.match(await whoami(member, alice), /CN=alice/);

  // A ticket, to go on with what was proved.
  const first = await opened(member.port, alice);
  const session = await new Promise<Buffer>((resolve) => first.once('session', resolve));
  first.destroy();
  const resumed = await opened(member.port, { ...alice, session });
  t.equal(resumed.isSessionReused(), true, 'tickets are of use');
  resumed.destroy();

  writeFileSync(files.ca, stranger.cert);
  member.signal('SIGHUP');
  await eventually('renewed', () => member.output().includes('certificates were renewed'));
  t.notMatch(await whoami(member, alice), /CN=alice/);
  const again = await opened(member.port, { ...alice, session });
  t.equal(again.isSessionReused(), false, 'and of none any more');
  again.destroy();
  t.match(await whoami(member, { ...believing, ...stranger.issue(CLIENT) }), /CN=alice/);
});

await t.test('files that cannot be used are refused at the start, with what to do', async (t) => {
  const good = forMember('x');
  const { cert, key, ca } = writePem({ ...good, ca: authority.cert });
  const wrong = writePem({ empty: '', other: forMember('y').key, half: good.key.slice(0, 100) });
  const open = writePem({ key: good.key }).key;
  const both = ['--tls-cert', cert, '--tls-key', key];
  chmodSync(open, 0o644);
  const mistakes: readonly [readonly string[], RegExp][] = [
    [['--tls-cert', cert], /tls-key: TLS needs it/],
    [['--tls-key', key], /tls-cert: TLS needs it/],
    [['--tls-cert', '/nowhere', '--tls-key', key], /tls-cert: cannot read \/nowhere/],
    [['--tls-cert', wrong.empty, '--tls-key', key], /tls-cert: .* holds no certificate in PEM/],
    [['--tls-cert', cert, '--tls-key', wrong.half], /tls-key: .* holds no private key in PEM/],
    [['--tls-cert', cert, '--tls-key', wrong.other], /tls-key: .* is not the key of what/],
    [['--tls-cert', cert, '--tls-key', open], /tls-key: .* can be read by others.*chmod 600/],
    [[...both, '--tls-client-ca', wrong.empty], /tls-client-ca: .* holds no certificate/],
    [[...both, '--tls-client-auth', 'require'], /tls-client-auth: .* are needed: tls-client-ca/],
    [[...both, '--tls-client-ca', ca, '--tls-client-auth', 'maybe'], /maybe is not one of none/],
    [['--super-x509', 'root'], /super-x509: what is given is not the name of a certificate's/],
    [['--peer-tls-cert', cert, '--peer-tls-key', key], /peer-tls-ca: members show each other/],
  ];
  for (const [args, message] of mistakes) {
    t.throws(() => readConfig(args, {}), { name: 'ConfigError', message }, args.join(' '));
  }
  const told = await startMember({ args: ['--tls-cert', cert, '--tls-key', wrong.other] }).then(
    () => 'it started',
    (error: Error) => error.message,
  );
  t.match(told, /exit code 78/);
  t.match(told, /paddock: tls-key: .* is not the key/);
});
