/**
 * ACLs near all that a log entry holds, in one request: on the znodes themselves, and on parents,
 * whose ACLs go with each child that comes or goes. Each counts once, and one more is refused.
 */
import t, { type Test } from 'tap';
import type { AclEntry } from '../conformance/driver.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { startMember } from '../harness/member.ts';
import type { MemberProcess } from '../harness/process.ts';

/** So many of the ACLs below have room in an entry, and no more. */
const PARENTS = 32;
const ENTRY_BYTES = 2_000_000;

/** About 61,000 bytes in the log, no two alike; everybody may do everything. */
function largeAcl(of: number): readonly AclEntry[] {
  const subjects = Array.from({ length: 62 }, (_, n) => ({
    ...{ perms: 'r', scheme: 'x509' },
    id: `CN=${of}-${n}-${'x'.repeat(960)}`,
  }));
  return [...subjects, { perms: 'cdrwa', scheme: 'world', id: 'anyone' }];
}

const nth = (count: number) => Array.from({ length: count }, (_, n) => n);

class Client {
  readonly http: HttpClient;

  constructor(t: Test, member: MemberProcess) {
    this.http = new HttpClient(member.port);
    t.teardown(() => this.http.close());
  }

  /** Status and body of a transaction. */
  async transact(ops: readonly object[], headers = {}): Promise<[number, unknown]> {
    const target = '/v1/transactions';
    const answer = await this.http.send({ method: 'POST', target, json: { ops }, headers });
    return [answer.status, JSON.parse(answer.text)];
  }

  async get(target: string): Promise<unknown> {
    return JSON.parse((await this.http.send({ target })).text);
  }

  async children(path: string): Promise<number> {
    const { stat } = (await this.get(`/v1/znodes${path}`)) as { stat: { numChildren: number } };
    return stat.numChildren;
  }
}

const TOO_LARGE = [413, { code: 'TooLarge', limit: { name: 'entryBytes', value: ENTRY_BYTES } }];

t.test('ACLs of almost two megabytes in one request', async (t) => {
  const args = ['--limit', `entryBytes=${ENTRY_BYTES}`];
  const member = await startMember({ args });
  const client = new Client(t, member);
  const parents = (count: number, root: string) => [
    { op: 'create', path: root },
    ...nth(count).map((n) => ({ op: 'create', path: `${root}/${n}`, acl: largeAcl(n) })),
  ];

  await t.test('of znodes that are created', async (t) => {
    t.match(await client.transact(parents(PARENTS + 1, '/a')), TOO_LARGE);
    t.equal((await client.http.send({ target: '/v1/znodes/a' })).status, 404, 'nothing is there');
    t.equal((await client.transact(parents(PARENTS, '/a')))[0], 200);
    t.match(await client.get(`/v1/acls/a/${PARENTS - 1}`), { acl: largeAcl(PARENTS - 1) });
  });

  await t.test('of parents of what is created', async (t) => {
    const below = (name: string) =>
      nth(PARENTS).map((n) => ({ op: 'create', path: `/a/${n}/${name}` }));
    t.equal((await client.transact(below('x')))[0], 200);
    // Each parent counts once, however many children it gets.
    const many = ['y', 'z'].flatMap(below);
    t.equal((await client.transact(many))[0], 200);
    const more = { op: 'create', path: '/b', acl: largeAcl(PARENTS) };
    t.match(await client.transact([...many, more]), [409, { code: 'NodeExists', index: 0 }]);
    t.match(await client.transact([...below('w'), more]), TOO_LARGE);
    t.equal(await client.children('/a/0'), 3, 'nothing of that was created');
  });

  await t.test('of parents of ephemerals, as their session ends', async (t) => {
    const opened = await client.http.send({ method: 'POST', target: '/v1/sessions', json: {} });
    const { sessionId, token } = JSON.parse(opened.text) as { sessionId: string; token: string };
    const headers = { 'paddock-session': token };
    const acl = largeAcl(PARENTS);
    for (const share of [nth(PARENTS - 1), [PARENTS - 1]]) {
      const ephemeral = { op: 'create', mode: 'ephemeral' };
      const ops: object[] = share.map((n) => ({ ...ephemeral, path: `/a/${n}/e` }));
      // All of them and one more ACL are more than an entry holds: the end is not refused for that.
      if (share.length === 1) ops.push({ ...ephemeral, path: '/e', acl });
      t.equal((await client.transact(ops, headers))[0], 200);
    }
    const target = `/v1/sessions/${sessionId}`;
    t.equal((await client.http.send({ method: 'DELETE', target, headers })).status, 204);
    t.equal(await client.children('/a/0'), 3, 'the ephemerals are gone');
    t.equal((await client.http.send({ target: '/v1/znodes/e' })).status, 404);
  });

  await member.kill();
  const again = await startMember({ dataDir: member.dataDir, args });
  t.teardown(() => again.stop());
  const successor = new Client(t, again);

  await t.test('of what is deleted with all that is below it, after a restart', async (t) => {
    for (const n of [0, PARENTS - 1]) {
      t.match(await successor.get(`/v1/acls/a/${n}`), { acl: largeAcl(n) });
    }
    const target = '/v1/znodes/a?recursive=true';
    const more = { op: 'create', path: '/a/more', acl: largeAcl(PARENTS) };
    t.equal((await successor.transact([more]))[0], 200);
    const refused = await successor.http.send({ method: 'DELETE', target });
    t.match([refused.status, JSON.parse(refused.text)], TOO_LARGE);
    t.equal((await successor.transact([{ op: 'delete', path: '/a/more' }]))[0], 200);
    t.equal((await successor.http.send({ method: 'DELETE', target })).status, 204);
    t.equal((await successor.http.send({ target: '/v1/znodes/a' })).status, 404);
  });
});
