/**
 * What members say to each other, over TLS: both sides show a certificate of their authority, for
 * the host that the member is known by, and whoever has no such one is not spoken to.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { join } from 'node:path';
import type { SecureContextOptions } from 'node:tls';
import t from 'tap';
import type { PeerTls } from '../../server/peers/types.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { Authority, type CertificateOptions, writePem } from '../harness/certificates.ts';
import { Ensemble } from '../harness/ensemble.ts';
import { newDirectory, startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';
import {
  connected,
  heartbeat,
  introduce,
  QUICK,
  startTransport,
  stopAll,
  type TestMember,
} from '../peers/transports.ts';

t.setTimeout(120_000);

const authority = new Authority();
const stranger = new Authority('another authority');
const HERE = { subject: [['CN', 'a member']], hosts: ['127.0.0.1'] } as const;

function shown(options: CertificateOptions = HERE, by = authority): PeerTls {
  const certificate: SecureContextOptions = { ...by.issue(options), ca: authority.cert };
  return {
    server: { ...certificate, requestCert: true, rejectUnauthorized: true },
    client: certificate,
  };
}

const start = (id: number, tls: PeerTls | undefined) =>
  startTransport(id, { limits: QUICK, ...(tls === undefined ? {} : { tls }) });

/** Two members that have told each other something, for otherwise they cannot have. */
async function speak(one: TestMember, other: TestMember): Promise<void> {
  await Promise.all([connected(one, 1), connected(other, 1)]);
  one.transport.send(other.id, heartbeat(1));
  await other.witness.until('a heartbeat', () => other.witness.messages.length > 0);
}

const BOTH_WAYS = [
  [1, 2],
  [2, 1],
] as const;

function reasonOf({ transport }: TestMember): string {
  return transport.status()[0]?.reason ?? '';
}

await t.test('two members with certificates for where they are speak to each other', async (t) => {
  const members = await Promise.all([start(1, shown()), start(2, shown())]);
  t.teardown(() => stopAll(members));
  introduce(members);
  await speak(...members);
  t.equal(members[0].transport.status()[0]?.connected, true);
});

await t.test('whoever shows the certificate of another is not let in', async (t) => {
  const elsewhere = { subject: [['CN', '127.0.0.1']], hosts: ['10.0.0.1', 'a.example'] } as const;
  // And what the one that is right writes down of it.
  const wrong: Readonly<Record<string, readonly [PeerTls | undefined, RegExp]>> = {
    'for another host': [shown(elsewhere), /WrongCertificate/],
    'for no host, though the subject is one': [
      shown({ subject: [['CN', '127.0.0.1']] }),
      /WrongCertificate/,
    ],
    'of another authority': [shown(HERE, stranger), /UNABLE_TO_VERIFY_LEAF_SIGNATURE/],
    'good until an hour ago': [
      shown({ ...HERE, until: new Date(Date.now() - 3_600_000) }),
      /CERT_HAS_EXPIRED/,
    ],
    'for servers alone': [shown({ ...HERE, usage: ['server'] }), /INVALID_PURPOSE/],
    'none: it speaks plainly': [undefined, /ERR_SSL_HTTP_REQUEST|EPROTO/],
  };
  await Promise.all(
    Object.entries(wrong).map(async ([what, [tls, reason]]) => {
      // The larger number opens the stream, the other one knocks: each as the stranger.
      for (const [right, strange] of BOTH_WAYS) {
        const members = await Promise.all([start(right, shown()), start(strange, tls)]);
        introduce(members);
        const [{ witness }, stranger] = members;
        const told = () => witness.lines.some(({ facts }) => reason.test(`${facts['reason']}`));
        await witness.until(`${what}, of ${strange}`, told);
        await stranger.witness.until(what, () => reasonOf(stranger) !== '');
        const counts = members.map(({ witness }) => witness.count('connected'));
        t.same(counts, [0, 0], `${what}: member ${strange}`);
        await stopAll(members);
      }
    }),
  );
});

await t.test(
  'certificates are renewed, streams go on, and new ones are made with them',
  async (t) => {
    const members = await Promise.all([start(1, shown()), start(2, shown())]);
    t.teardown(() => stopAll(members));
    introduce(members);
    await speak(...members);
    const other = stranger.issue(HERE);
    const renewed: SecureContextOptions = { ...other, ca: [stranger.cert] };
    const tls: PeerTls = {
      server: { ...renewed, requestCert: true, rejectUnauthorized: true },
      client: renewed,
    };
    for (const { transport } of members) transport.renewTls(tls);
    t.same(
      members.map(({ witness }) => witness.count('lost')),
      [0, 0],
    );
    const third = await start(3, tls);
    t.teardown(() => stopAll([third]));
    introduce([...members, third]);
    await connected(third, 2);
    t.same(
      members.map(({ witness }) => witness.count('lost')),
      [0, 0],
    );
  },
);

interface Signed {
  readonly by: Authority;
  readonly subject: string;
}

/** What a member is started with; to be called again to renew what is there. */
function filesOf({ by, subject }: Signed, directory?: string) {
  const issued = by.issue({ ...HERE, subject: [['CN', subject]] });
  return writePem({ ...issued, ca: by.cert, crl: by.revoke([]) }, directory);
}

await t.test('an ensemble over TLS elects, replicates, and survives a kill', async (t) => {
  const ensemble = await Ensemble.prepare({ observers: 1 });
  t.teardown(() => ensemble.end());
  const directories = new Map(ensemble.members.map(({ id }) => [id, newDirectory()]));
  const certify = (by: Authority) => {
    for (const { id } of ensemble.members) {
      filesOf({ by, subject: `member ${id}` }, directories.get(id));
    }
  };
  certify(authority);
  for (const member of ensemble.members) {
    const file = (name: string) => join(directories.get(member.id) ?? '', `${name}.pem`);
    member.args = [
      ...[...member.args, '--peer-tls-cert', file('cert')],
      ...['--peer-tls-key', file('key'), '--peer-tls-ca', file('ca')],
      ...['--peer-tls-crl', file('crl')],
    ];
  }
  const [, , , observer] = ensemble.members;
  const voters = ensemble.members.filter(({ votes }) => votes);
  await Promise.all(voters.map((member) => member.start()));
  const leader = await ensemble.whole();
  const [follower] = await ensemble.followers();
  const put = (at: { readonly url: string }, path: string) =>
    fetch(`${at.url}/v1/znodes/${path}`, { method: 'PUT', body: 'x' });
  const scrape = async (url: string) => await (await fetch(`${url}/metrics`)).text();
  t.equal((await put(follower, 'a')).status, 201);

  await t.test('nobody without a certificate is answered at its peer port', async (t) => {
    const challenge = { host: '127.0.0.1', port: follower.peerPort, path: '/peer/v1/challenge' };
    const outcome = (send: typeof request, tls: SecureContextOptions) =>
      new Promise<string>((resolve) => {
        send({ ...challenge, ...tls }, ({ statusCode }) => resolve(`${statusCode}`))
          .on('error', () => resolve('refused'))
          .end();
      });
    t.equal(await outcome(request, {}), 'refused', 'plain');
    t.equal(await outcome(requestOverTls, { ca: authority.cert }), 'refused', 'no certificate');
    const alien = { ca: authority.cert, ...stranger.issue(HERE) };
    t.equal(await outcome(requestOverTls, alien), 'refused', 'of another authority');
  });

  await t.test('who a client of one member is, they all know', async (t) => {
    const { cert, key, ca } = filesOf({ by: authority, subject: 'observer' });
    const { args = [], port = 0, dataDir = '' } = observer ?? {};
    const tls = ['--tls-cert', cert, '--tls-key', key, '--tls-client-ca', ca];
    await startMember({ port, dataDir, args: [...args, ...tls] });
    const alice = { ca: authority.cert, ...authority.issue({ subject: [['CN', 'alice']] }) };
    const client = await HttpDriver.open(port, 30_000, alice);
    t.teardown(() => client.disconnect());
    await client.create('/hers', { acl: [{ perms: 'cdrwa', scheme: 'auth', id: '' }] });
    t.same((await client.getAcl('/hers')).acl, [
      { perms: 'cdrwa', scheme: 'x509', id: 'CN=alice' },
    ]);
    const headers = { 'paddock-min-zxid': client.zxid };
    const others = await fetch(`${follower.url}/v1/znodes/hers`, { headers });
    t.equal(others.status, 403, 'to others it is hers');
  });

  await t.test('a member whose certificate is revoked is out, and the others go on', async (t) => {
    const cert = readFileSync(join(directories.get(follower.id) ?? '', 'cert.pem'), 'utf8');
    const others = voters.filter((member) => member !== follower);
    const connected = async (wanted: 0 | 1) => {
      const row = new RegExp(`^peer_connected\\{member="${follower.id}"\\} ${wanted}$`, 'm');
      const metrics = await Promise.all(others.map(async ({ url }) => await scrape(url)));
      return metrics.every((text) => row.test(text));
    };
    const revoke = (crl: string) => {
      for (const { id, pid } of others) {
        writePem({ crl }, directories.get(id));
        process.kill(pid, 'SIGHUP');
      }
    };
    revoke(authority.revoke([{ cert, key: '' }]));
    await eventually('it is cut off', () => connected(0));
    t.ok((await put(leader, 'without-it')).ok);
    const metrics = await scrape(follower.url);
    t.match(metrics, /^certificate_not_after_seconds\{listener="peers"\} \d+$/m);
    t.match(metrics, /^crl_next_update_seconds\{listener="peers"\} \d+$/m);
    revoke(authority.revoke([]));
    await eventually('it is let in again', () => connected(1));
  });

  await t.test('all certificates are replaced while it runs', async (t) => {
    certify(stranger);
    const told = ({ output }: { output: string }) => output.split('were renewed').length;
    const before = voters.map(told);
    for (const member of voters) process.kill(member.pid, 'SIGHUP');
    const renewed = () => voters.every((member, at) => told(member) > (before[at] ?? 0));
    await eventually('renewed', renewed);
    t.equal((await put(follower, 'b')).status, 201, 'streams go on');
    await leader.kill();
    await ensemble.leader();
    t.equal((await put(follower, 'c')).status, 201, 'and without the leader');
    // It has read the new ones alone, as the others have by now.
    await leader.start();
    await ensemble.whole();
    t.equal(new Set(await ensemble.digests()).size, 1);
  });
});
