/**
 * What was done under a key or an id is not done again because the member that a repeat comes to
 * has another setting of who is super, or none.
 */
import t from 'tap';
import { digestId } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { newDirectory, startMember } from '../harness/member.ts';

const USER = { user: 'root', password: 'all mighty' };
const IS_SUPER = ['--super-digest', digestId(USER.user, USER.password)];
const IDENTITY = {
  authorization: `Basic ${Buffer.from(`${USER.user}:${USER.password}`).toString('base64')}`,
};

const SEQUENTIAL = '?mode=persistent_sequential';
const KEYED = { ...IDENTITY, 'idempotency-key': 'as-secret-as-the-token-itself' };
const OPENING = { ...IDENTITY, 'idempotency-key': 'another-of-these-secret-keys' };

/** What one life of a member says to the same requests. */
async function tell(url: { port: number; wsUrl: string }, session: string | undefined) {
  const { http } = await HttpDriver.open(url.port);
  const identities = await http.send({ target: '/v1/whoami', headers: IDENTITY });
  const sent = { method: 'POST', headers: KEYED };
  const created = await http.send({ ...sent, target: `/v1/znodes/n-${SEQUENTIAL}` });
  const other = await http.send({ ...sent, target: `/v1/znodes/m-${SEQUENTIAL}` });
  const json = { timeoutMs: 60_000 };
  const opened = await http.send({
    ...{ method: 'POST', target: '/v1/sessions', headers: OPENING, json },
  });
  const going = session === undefined ? undefined : { session };
  const exactly = { exactlyOnce: true, timeoutMs: 60_000 };
  const socket = await WsDriver.connect(url.wsUrl, { ...exactly, ...going });
  const user = { scheme: 'digest', ...USER };
  const create = { op: 'create', path: '/i-', mode: 'persistent_sequential' };
  await socket.pipeline([{ id: 1_000_000_000, op: 'auth', ...user }]);
  const [numbered] = await socket.pipeline([{ id: 1_000_000_001, ...create }]);
  socket.disconnect();
  return {
    isSuper: identities.text.includes('"super"'),
    session: socket.token,
    answers: {
      ...{ status: created.status, path: created.json<{ path: string }>().path },
      ...{ another: other.status, token: opened.json<{ token: string }>().token },
      numbered: numbered?.result,
    },
    replayed: created.headers['idempotency-replayed'],
  };
}

await t.test('with the setting and without it a repeat has the first answer', async (t) => {
  const dataDir = newDirectory();
  let session: string | undefined;
  let first: unknown;
  for (const [life, args] of [[], IS_SUPER, []].entries()) {
    const member = await startMember({ dataDir, args });
    const told = await tell(member, session);
    t.equal(told.isSuper, args === IS_SUPER, `life ${life}: the setting is in force, or not`);
    first ??= told.answers;
    session = told.session;
    t.match(told.answers, { status: 201, another: 422, numbered: { path: String } });
    t.strictSame(told.answers, first, 'keys, the token of a session, and ids');
    t.equal(told.replayed, life === 0 ? undefined : 'true');
    await member.kill('SIGKILL');
  }
});
