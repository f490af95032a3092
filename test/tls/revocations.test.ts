/**
 * Certificates that are good no more before their time is over: whoever shows one is nobody, or not
 * served, and connections on which one was shown are cut when the lists are read again. Also how
 * long a certificate and a list are good, as a monitor sees it.
 */
import { writeFileSync } from 'node:fs';
import { connect, type TLSSocket } from 'node:tls';
import t from 'tap';
import { readConfig } from '../../server/config.ts';
import type { PeerTls } from '../../server/peers/types.ts';
import { parseRevocationLists, type RevocationList } from '../../server/revocations.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { Authority, type Certificate, writePem } from '../harness/certificates.ts';
import { type MemberProcess, startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';
import { connected, introduce, QUICK, startTransport, stopAll } from '../peers/transports.ts';

t.setTimeout(120_000);

const authority = new Authority();
const stranger = new Authority('another authority');
const believing = { ca: authority.cert };
const HOST = { subject: [['CN', 'a member']], hosts: ['127.0.0.1'] } as const;
const issue = (name: string, by = authority) => by.issue({ subject: [['CN', name]] });
const revokedBy = (...certificates: Certificate[]) => authority.revoke(certificates);

async function started(crl: string, args: readonly string[] = []) {
  const files = writePem({ ...authority.issue(HOST), ca: authority.cert, crl });
  const own = ['--tls-cert', files.cert, '--tls-key', files.key, '--tls-client-ca', files.ca];
  const member = await startMember({ args: [...own, '--tls-client-crl', files.crl, ...args] });
  const reload = async (text: string, line: string) => {
    const told = () => member.output().split(line).length;
    const before = told();
    writeFileSync(files.crl, text);
    member.signal('SIGHUP');
    await eventually(line, () => told() > before);
  };
  return { member, reload };
}

/** Who the member takes one for, or that it does not speak to one. */
async function whoami(member: MemberProcess, shown: Certificate): Promise<string> {
  const client = new HttpClient(member.port, { ...believing, ...shown });
  const answer = client.send({ target: '/v1/whoami' }).then(
    ({ text }) => text,
    (error: NodeJS.ErrnoException) => `refused: ${error.code}`,
  );
  return answer.finally(() => client.close());
}

/** A connection on which the handshake is done, and on which nothing is asked yet. */
async function opened(port: number, shown: Certificate): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', ...believing, ...shown });
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('session', resolve);
  });
  return socket;
}

await t.test('a certificate on the list of its authority is that of nobody', async (t) => {
  const [alice, bob] = [issue('alice'), issue('bob')];
  const { member, reload } = await started(revokedBy(bob));
  t.match(await whoami(member, alice), /CN=alice/);
  t.notMatch(await whoami(member, bob), /CN=bob|refused/, 'served as nobody');

  await t.test('read again: what is on it now is cut, the others go on', async (t) => {
    const hers = await WsDriver.connect(member.wsUrl, {}, { ...believing, ...alice });
    const his = await WsDriver.connect(member.wsUrl, {}, { ...believing, ...bob });
    const without = await WsDriver.connect(member.wsUrl, {}, believing);
    t.teardown(() => [his, without].map((each) => each.disconnect()));
    const idle = await opened(member.port, alice);
    const ended = [hers.socket, idle].map(
      (each) => new Promise((resolve) => each.once('close', resolve)),
    );
    idle.resume();
    await reload(revokedBy(alice), 'certificates were renewed');
    await Promise.all(ended);
    t.match(member.output(), /"connections":2,"msg":"cut: their certificates are revoked"/);
    await his.create('/his');
    await without.create('/nobodys');
    t.notMatch(await whoami(member, alice), /CN=alice/);
    t.match(await whoami(member, bob), /CN=bob/, 'and who is on it no more is who he was');
  });

  await t.test('a file that cannot be used changes nothing', async (t) => {
    const list = revokedBy(alice);
    const wrong = [
      '',
      list.slice(0, 200),
      list.replace('-----\nM', '-----\nA'),
      stranger.revoke([issue('x', stranger)]),
    ];
    for (const text of wrong) {
      await reload(text, 'those before stay in use');
      t.notMatch(await whoami(member, alice), /CN=alice/);
      t.match(await whoami(member, bob), /CN=bob/);
    }
  });

  await t.test('a list that is over is a warning, and nobody is believed by then', async (t) => {
    const over = authority.revoke([alice], new Date(Date.now() - 3_600_000));
    await reload(over, 'revocations: renew them');
    t.notMatch(await whoami(member, bob), /CN=bob|refused/);
    await reload(revokedBy(alice), 'certificates were renewed');
    t.match(await whoami(member, bob), /CN=bob/);
  });
});

await t.test('--tls-client-auth require: who is on a list is not served', async (t) => {
  const [alice, bob] = [issue('alice'), issue('bob')];
  const { member } = await started(revokedBy(bob), ['--tls-client-auth', 'require']);
  t.match(await whoami(member, alice), /CN=alice/);
  t.match(await whoami(member, bob), /^refused: /);
  await t.rejects(WsDriver.connect(member.wsUrl, {}, { ...believing, ...bob }));

  await t.test('until when what it goes by is good is in the metrics', async (t) => {
    const client = new HttpClient(member.port, { ...believing, ...alice });
    t.teardown(() => client.close());
    const { text } = await client.send({ target: '/metrics' });
    const seconds = (name: string) => {
      const [, value] =
        new RegExp(`^${name}\\{listener="clients"\\} (\\d+)$`, 'm').exec(text) ?? [];
      return Number(value) - Date.now() / 1000;
    };
    // Both are of yesterday, for two days.
    for (const name of ['certificate_not_after_seconds', 'crl_next_update_seconds']) {
      t.ok(seconds(name) > 86_300 && seconds(name) < 86_401, name);
    }
    t.notMatch(text, /listener="peers"/, 'there is no such listener');
  });
});

await t.test('a member whose certificate is on a list is not let in, and is cut', async (t) => {
  const [first, second] = [authority.issue(HOST), authority.issue(HOST)];
  const tlsOf = (own: Certificate, crl: string): PeerTls => {
    const context = { ...own, ca: authority.cert, crl };
    const revoked: readonly RevocationList[] = parseRevocationLists(crl);
    return {
      server: { ...context, requestCert: true, rejectUnauthorized: true },
      client: context,
      revoked,
    };
  };
  const [nobody, theSecond] = [revokedBy(), revokedBy(second)];
  // Of two members the one with the larger number opens the stream: each is the one on the list.
  for (const [right, wrong] of [[1, 2] as const, [2, 1] as const]) {
    const members = await Promise.all([
      startTransport(right, { limits: QUICK, tls: tlsOf(first, nobody) }),
      startTransport(wrong, { limits: QUICK, tls: tlsOf(second, nobody) }),
    ]);
    introduce(members);
    await Promise.all(members.map((member) => connected(member, 1)));
    const [{ transport, witness }] = members;
    transport.renewTls(tlsOf(first, nobody));
    t.equal(witness.count('lost'), 0, 'as long as it is not on it the stream goes on');
    transport.renewTls(tlsOf(first, theSecond));
    await witness.until('the stream is cut', () => witness.count('lost') === 1);
    const refused = () => witness.lines.some(({ facts }) => facts['reason'] === 'CERT_REVOKED');
    await witness.until('and not made again', refused);
    t.equal(witness.count('connected'), 1, `member ${wrong} stays out`);
    await stopAll(members);
  }
});

await t.test('files that cannot be used are refused at the start, with what to do', async (t) => {
  const { cert, key, ca } = writePem({ ...authority.issue(HOST), ca: authority.cert });
  const both = writePem({ ca: authority.cert + stranger.cert }).ca;
  const lists = writePem({ good: revokedBy(), empty: '', half: revokedBy().slice(0, 99) });
  const mine = ['--tls-cert', cert, '--tls-key', key];
  const mistakes: readonly [readonly string[], RegExp][] = [
    [[...mine, '--tls-client-crl', lists.good], /tls-client-crl: the authorities .* tls-client-ca/],
    [
      [...mine, '--tls-client-ca', ca, '--tls-client-crl', lists.empty],
      /tls-client-crl: .* no list/,
    ],
    [
      [...mine, '--tls-client-ca', ca, '--tls-client-crl', lists.half],
      /tls-client-crl: .* no list/,
    ],
    [
      [...mine, '--tls-client-ca', both, '--tls-client-crl', lists.good],
      /tls-client-crl: .* holds no list of CN=another authority/,
    ],
    [['--peer-tls-crl', lists.good], /peer-tls-cert: TLS needs it/],
  ];
  for (const [args, message] of mistakes) {
    t.throws(() => readConfig(args, {}), { name: 'ConfigError', message }, args.join(' '));
  }
  const all = [...mine, '--tls-client-ca', both, '--tls-client-crl'];
  const { crl } = writePem({ crl: revokedBy() + stranger.revoke([]) });
  t.doesNotThrow(() => readConfig([...all, crl], {}), 'one list for each authority');
});
