/**
 * What ZooKeeper has and this does not: whoever asks for it is refused, and told so, before
 * anything is done. Nothing of it is half there.
 */
import t from 'tap';
import { readConfig } from '../../server/config.ts';
import { startMember } from '../harness/member.ts';
import { sendRaw } from '../routes/member.ts';
import { HttpClient, problemOf } from './http-exchange.ts';
import { WsDriver } from './ws-driver.ts';

const member = await startMember();
const http = new HttpClient(member.port);
const socket = await WsDriver.connect(member.wsUrl);
t.teardown(() => {
  http.close();
  socket.disconnect();
});

/** What an operation of a WebSocket is refused with, and that the connection goes on. */
async function refused(op: string, more: object = {}): Promise<string> {
  const [answer, next] = await socket.pipeline([{ op, path: '/', ...more }, { op: 'whoami' }]);
  if (next?.error !== undefined) throw new Error(`${op} has an aftermath`);
  return `${answer?.error?.code}, ${answer?.error?.outcome}`;
}

/** What becomes of a request over HTTP. */
async function answered(method: string, target: string): Promise<string> {
  const answer = await http.send({ method, target });
  return `${answer.status} ${problemOf(answer).code}`;
}

const NO_SUCH_OPERATION = 'BadArguments, not-applied';

t.test('members are not changed while they run', async (t) => {
  t.equal(await refused('reconfig', { joining: 'server.2=127.0.0.1:1:2;3' }), NO_SUCH_OPERATION);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    t.equal(await answered(method, '/v1/ensemble'), '405 MethodNotAllowed', method);
  }
  const config = { method: 'PUT', target: '/v1/znodes/zookeeper/config', body: 'server.1=x' };
  t.equal(problemOf(await http.send(config)).code, 'NoAuth', 'not by its znode either');
});

t.test('the reaper’s delete and the client library’s question are no operations', async (t) => {
  for (const op of ['deleteContainer', 'checkWatches', 'check', 'multi', 'getConfig']) {
    t.equal(await refused(op), NO_SUCH_OPERATION, op);
  }
});

t.test('an ACL is not an operation of a transaction', async (t) => {
  const acl = [{ perms: 'r', scheme: 'world', id: 'anyone' }];
  const ops = [{ op: 'setAcl', path: '/', acl }];
  t.equal(await refused('transaction', { path: undefined, ops }), NO_SUCH_OPERATION);
});

t.test('there is no SASL, and there are no schemes of one’s own', async (t) => {
  for (const scheme of ['sasl', 'ensemble', 'kerberos']) {
    const acl = [{ perms: 'cdrwa', scheme, id: 'bob' }];
    t.equal(await refused('setAcl', { acl }), 'InvalidACL, not-applied', scheme);
    const credentials = { path: undefined, scheme, user: 'bob', password: 'x' };
    t.equal(await refused('auth', credentials), NO_SUCH_OPERATION, scheme);
  }
});

t.test('four-letter words and commands of an AdminServer are not answered', async (t) => {
  for (const word of ['ruok', 'stat', 'mntr', 'dump']) {
    const answer = await sendRaw(member.port, `${word}\r\n\r\n`);
    t.match(answer, /^HTTP\/1\.1 400 .*"code":"BadArguments"/s, word);
  }
  for (const command of ['ruok', 'snapshot', 'restore', 'shed', 'system_properties']) {
    t.equal(await answered('GET', `/commands/${command}`), '404 NotFound', command);
  }
});

/** By what it is there for, in the words of ZooKeeper, as a variable would say it. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'weights and groups of voters': ['WEIGHT', 'GROUP'],
  'a leader that serves no clients': ['LEADER_SERVES'],
  'times of the ensemble': ['TICK_TIME', 'INIT_LIMIT', 'SYNC_LIMIT'],
  'acknowledging what is not on a disk': ['FORCE_SYNC'],
  'leaving ACLs or quotas unchecked': ['SKIP_ACL', 'ENFORCE_QUOTA'],
  'asking for users of certain schemes': ['ENFORCE_AUTH_ENABLED', 'ENFORCE_AUTH_SCHEMES'],
  'local sessions': ['LOCAL_SESSIONS_ENABLED'],
  'an audit log': ['AUDIT_ENABLE'],
  'connections for each address': ['MAX_CLIENT_CNXNS'],
  'asking an authority about a certificate': ['SSL_OCSP'],
  'plain text and TLS on one port': ['CLIENT_PORT_UNIFICATION', 'PORT_UNIFICATION'],
  'ciphers, and passwords of keys': ['SSL_CIPHERSUITES', 'SSL_KEYSTORE_PASSWORD'],
};

t.test('a setting that is not there is refused at the start, not ignored', async (t) => {
  for (const [what, names] of Object.entries(SETTINGS)) {
    for (const name of names) {
      const variables = { [`PADDOCK_${name}`]: '1' };
      const message = `PADDOCK_${name} is not a setting`;
      t.throws(() => readConfig([], variables), { name: 'ConfigError', message }, what);
    }
  }
});
