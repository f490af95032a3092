/**
 * A member that has had no leader for too long is in read-only service: it answers reads to those
 * who allow that and says how old what it has may be, refuses the rest without delay, and is itself
 * again when it has caught up. A session that it serves meanwhile stays what it is.
 */
import t, { type Test } from 'tap';
import { READ_ONLY_AFTER_MS } from '../../server/service.ts';
import { refusalOf } from '../conformance/driver.ts';
import { type HttpAnswer, HttpClient, problemOf } from '../conformance/http-exchange.ts';
import { type ConnectOptions, type Message, WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { clientOf, SLACK_MS, startEnsemble } from './setup.ts';

t.setTimeout(120_000);

const ALLOWED = { 'paddock-read-only': 'true' };
const NO_SESSION = '0000000000000000';
const GET = { op: 'get', path: '/kept' };

/** A notice to the connection itself, as it travels. */
type Notice = Message & { state?: string; sessionId?: string; token?: string };

async function connected(t: Test, member: EnsembleMember, options: ConnectOptions) {
  const client = await WsDriver.connect(member.wsUrl, options);
  t.teardown(() => client.disconnect());
  return client;
}

/** Waits until the member has noticed; its first answer of that kind. */
async function readOnlyService(ensemble: Ensemble, http: HttpClient): Promise<HttpAnswer> {
  let answer: HttpAnswer | undefined;
  await ensemble.until('it is in read-only service', async () => {
    answer = await http.send({ target: '/v1/znodes/kept', headers: ALLOWED });
    return answer.headers['paddock-read-only'] === 'true';
  });
  return answer as HttpAnswer;
}

/** Every read over HTTP, as a target. */
const READS = [
  '/v1/znodes/kept',
  '/v1/children/',
  '/v1/acls/kept',
  '/v1/descendants/kept',
  '/v1/znodes/kept?until=exists',
];

await t.test('a follower that is cut off', async (t) => {
  const ensemble = await startEnsemble(t);
  const [alone] = await ensemble.followers();
  const others = ensemble.others(alone);
  const http = new HttpClient(alone.port);
  t.teardown(() => http.close());
  const plain = await clientOf(t, alone, 60_000);
  await plain.create('/kept', { data: 'before' });
  const allows = await connected(t, alone, { timeoutMs: 60_000, readOnly: true });
  const asked = allows.arrived[0]?.result;
  t.match(asked, { readOnly: false, resumed: false }, 'with a leader it is a session like any');
  await allows.create('/kept-by-session', { mode: 'ephemeral' });
  const watch = await allows.addWatch('/kept', 'persistent');
  const seen = allows.zxid;
  const quiet = await http.send({ target: '/v1/znodes/kept', headers: ALLOWED });
  t.equal(quiet.headers['paddock-read-only'], undefined, 'and what it answers bears no mark');
  t.equal(quiet.headers['paddock-age'], undefined);
  for (const other of others) other.pause();

  await t.test('over HTTP', async (t) => {
    const first = await readOnlyService(ensemble, http);
    t.equal(first.json()['data'], 'before');
    t.equal(first.headers['paddock-zxid'], seen);
    const age = Number(first.headers['paddock-age']);
    t.ok(age >= READ_ONLY_AFTER_MS, `${age} ms old, and no less`);
    for (const target of READS) {
      const refused = await http.send({ target });
      t.same([refused.status, problemOf(refused).code], [503, 'NotReady'], target);
      t.equal(refused.headers['paddock-read-only'], 'true', 'the refusal says why');
      const shown = await http.send({ target, headers: ALLOWED });
      t.same([shown.status, shown.headers['paddock-read-only']], [200, 'true'], 'and allowed');
    }
    const later = await http.send({ target: '/v1/znodes/none', headers: ALLOWED });
    t.equal(later.status, 404, 'absence, too');
    t.ok(Number(later.headers['paddock-age']) >= age, 'it grows');
    const batch = { method: 'POST', target: '/v1/batch-reads', json: { ops: [GET] } };
    t.equal((await http.send({ ...batch, headers: ALLOWED })).status, 200);
    t.equal(problemOf(await http.send(batch)).code, 'NotReady', 'a batch as a whole');
    t.match((await http.send({ target: '/metrics' })).text, /^read_only 1$/m, 'operators see it');
  });

  const confirmed = '/v1/znodes/kept?consistency=linearizable';
  const linearizable = http.send({ target: confirmed, headers: ALLOWED });

  await t.test('what needs a leader is refused without delay', async (t) => {
    const began = performance.now();
    const put = { method: 'PUT', target: '/v1/znodes/refused', json: { data: 'x' } };
    const refused = await http.send({ ...put, headers: ALLOWED });
    t.match(problemOf(refused), { code: 'ReadOnly', outcome: 'not-applied' });
    t.equal(refused.status, 503);
    for (const attempt of [allows.create('/refused'), allows.sync(), allows.closeSession()]) {
      t.equal((await refusalOf(attempt)).code, 'ReadOnly');
    }
    const ms = performance.now() - began;
    t.ok(ms < SLACK_MS, `${Math.round(ms)} ms: nobody waits for a leader`);
    const beyond = { ...ALLOWED, 'paddock-min-zxid': '000fffff00000000', prefer: 'wait=1' };
    t.equal((await http.send({ target: '/v1/znodes/kept', headers: beyond })).status, 503);
  });

  await t.test('a connection that allows it is told, and reads', async (t) => {
    const notice = await allows.until(({ event }) => event === 'session');
    const { sessionId } = allows;
    t.match(notice, { state: 'connectedReadOnly', sessionId, ageMs: Number });
    const answer = await allows.request({ op: 'get', path: '/kept' });
    t.match(answer, { readOnly: true, zxid: seen, result: { data: 'before' } });
    t.ok((answer.ageMs ?? 0) >= READ_ONLY_AFTER_MS);
    t.equal((await refusalOf(plain.get('/kept'))).code, 'NotReady', 'another one is not');
    t.notOk(plain.arrived.some(({ event }) => event === 'session'));
  });

  let late: WsDriver | undefined;
  await t.test('who connects now', async (t) => {
    const refused = WsDriver.connect(alone.wsUrl, { session: plain.token });
    t.equal((await refusalOf(refused)).code, 'NotReady', 'must allow it');
    const back = await connected(t, alone, { session: plain.token, readOnly: true });
    const { sessionId } = plain;
    t.match(back.arrived[0]?.result, { sessionId, resumed: true, readOnly: true });
    t.equal((await back.get('/kept')).data, 'before', 'a session that is shown stays what it is');

    late = await WsDriver.connect(alone.wsUrl, { timeoutMs: 60_000, readOnly: true });
    const { result } = late.arrived[0] ?? {};
    t.match(result, { sessionId: NO_SESSION, resumed: false, readOnly: true });
    t.equal(result?.['token'], undefined, 'a new session cannot be opened: there is none');
    t.equal((await late.get('/kept')).data, 'before');
    for (const attempt of [late.create('/refused'), late.transaction([])]) {
      t.equal((await refusalOf(attempt)).code, 'ReadOnly');
    }
    t.equal(await late.addWatch('/kept', 'persistent'), 1, 'it watches');
    const brief = await connected(t, alone, { readOnly: true });
    await brief.closeSession();
    t.equal((await brief.closed).code, 1000, 'and is closed like any other');
    const { code } = problemOf(await linearizable);
    t.equal(code, 'NotReady', 'a read that a quorum must confirm is not had from a member alone');
  });
  t.teardown(() => late?.disconnect());

  await t.test('when it has a leader again', async (t) => {
    for (const other of others) other.resume();
    await ensemble.whole();
    const isBack = ({ state }: Notice) => state === 'connected';
    const { sessionId } = allows;
    const notice = (await allows.until(isBack)) as Notice;
    t.same(notice, { event: 'session', state: 'connected', sessionId }, 'the session is the same');
    const owned = await allows.exists('/kept-by-session');
    t.equal(owned?.ephemeralOwner, sessionId, 'and what it owns is there');
    if (late === undefined) return;
    const given = (await late.until(isBack)) as Notice;
    t.match(given, { sessionId: /^(?!0{16})[0-9a-f]{16}$/, token: String, timeoutMs: 60_000 });
    const answer = await late.request({ op: 'create', path: '/late', mode: 'ephemeral' });
    t.match(answer, { readOnly: undefined, ageMs: undefined }, 'nothing is marked any more');
    const stat = await late.exists('/late');
    t.equal(stat?.ephemeralOwner, given.sessionId, 'a new session is given to who had none');
    const elsewhere = others[0] ?? alone;
    const resumed = await connected(t, elsewhere, { session: given.token ?? '' });
    t.equal(resumed.sessionId, given.sessionId, 'and is one like every other');

    await resumed.set('/kept', 'after');
    const event = await allows.until((one) => one.event === 'nodeDataChanged');
    t.same(event.watches, [watch], 'watches have outlasted it');
    const read = await http.send({ target: '/v1/znodes/kept' });
    t.match([read.status, read.json()['data']], [200, 'after'], 'everybody reads again');
    t.match((await http.send({ target: '/metrics' })).text, /^read_only 0$/m);
    t.equal(new Set(await ensemble.digests()).size, 1);
  });

  await t.test('a member that starts and finds nobody', async (t) => {
    await alone.stop();
    for (const other of others) await other.kill();
    await alone.start();
    const early = await http.send({ target: '/v1/znodes/kept', headers: ALLOWED });
    t.equal(early.status, 503, 'is silent for a while: perhaps there is a leader');
    const first = await readOnlyService(ensemble, http);
    t.same([first.status, first.json()['data']], [200, 'after'], 'and then shows what it has');
    t.equal(first.headers['paddock-age'], undefined, 'of which it cannot say how old it is');
    await Promise.all(others.map((other) => other.start()));
    await ensemble.whole();
    t.equal((await http.send({ target: '/v1/znodes/kept' })).status, 200);
  });
});
