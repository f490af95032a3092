/**
 * No secret is printed, repeated or stored: whatever becomes of a request that shows one, on the
 * member that was asked and on the one that it is forwarded to, with the log as open as it can be.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { HttpClient, type HttpRequest } from '../conformance/http-exchange.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { Ensemble, EnsembleMember } from '../harness/ensemble.ts';
import { sendRaw } from '../routes/member.ts';
import { startEnsemble } from './setup.ts';

/** In every password, key and token that is made up here. */
const CANARY = 'canary';
const PASSWORD = `${CANARY}-password`;

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

/** A session over HTTP; its token. */
async function session(http: HttpClient): Promise<string> {
  const opened = await http.send({ method: 'POST', target: '/v1/sessions', json: {} });
  return opened.json<{ token: string }>().token;
}

/** Requests that show secrets, well formed and not; nothing of them comes back. */
function overHttp(token: string, former: string): readonly HttpRequest[] {
  const mine = { 'paddock-session': token };
  const [id = ''] = token.split('.');
  const post = (target: string, more: Partial<HttpRequest>) => ({
    ...{ method: 'POST', target: `/v1/znodes/${target}` },
    ...more,
  });
  const taking = { takeover: former, data: 'x' };
  const keyed = { ...mine, 'idempotency-key': `${CANARY}-${id}` };
  const json = { 'content-type': 'application/json' };
  return [
    post('e?mode=ephemeral', { headers: keyed, json: taking }),
    post('e?mode=ephemeral', { headers: keyed, json: taking }),
    post('e?mode=ephemeral', { headers: keyed, json: { data: 'another request' } }),
    post('e?mode=ephemeral', { headers: mine, json: { takeover: `${id}.${CANARY}` } }),
    post('e?mode=ephemeral', { headers: mine, json: { takeover: [CANARY] } }),
    post('e?mode=ephemeral', { headers: mine, json: { takeover: CANARY.repeat(100) } }),
    post('e?mode=ephemeral', { headers: { 'paddock-session': `${id}.${CANARY}` } }),
    post('e', { headers: { 'idempotency-key': `${CANARY} ${CANARY.repeat(100)}` } }),
    post('e', { headers: json, body: `{"takeover":"${CANARY}"` }),
    post('e', { headers: json, body: CANARY }),
    post('e', { json: { acl: [{ perms: 'r', scheme: 'digest', id: `bob:${CANARY}` }] } }),
    { target: '/v1/whoami', headers: { authorization: basic(`bob:${PASSWORD}`) } },
    ...[`Bearer ${CANARY}`, CANARY, `Basic ${CANARY}`, basic(CANARY), basic(`:${CANARY}`)]
      .concat(basic(`bob:${CANARY}\u0001`), basic(`bob:${CANARY.repeat(500)}`))
      .map((authorization) => ({ target: '/v1/whoami', headers: { authorization } })),
    { target: `/v1/whoami?password=${CANARY}` },
    { target: `/v1/sessions/${id}`, headers: { 'paddock-session': CANARY } },
  ];
}

/** The same in frames of a connection. */
function frames(token: string): readonly { op: string; [field: string]: unknown }[] {
  const create = { op: 'create', path: '/w', mode: 'ephemeral' };
  const auth = { op: 'auth', scheme: 'digest', user: 'bob' };
  return [
    { ...auth, password: PASSWORD },
    { ...auth, password: `${CANARY}\u0001` },
    { ...auth, user: 'a:b', password: CANARY },
    { ...auth, password: [CANARY] },
    { ...auth, scheme: 'plain', password: CANARY },
    { ...create, takeover: token },
    { ...create, takeover: CANARY },
    { ...create, takeover: { is: CANARY } },
    { op: 'connect', session: CANARY, auth: [{ ...auth, password: CANARY }] },
    { op: 'set', path: '/w', data: 'x', etag: CANARY },
  ];
}

/** Everything that a client of this member is told of it. */
async function tellAll(t: Test, member: EnsembleMember): Promise<string[]> {
  const http = new HttpClient(member.port);
  t.teardown(() => http.close());
  const told: string[] = [];
  const [former, mine] = [await session(http), await session(http)];
  const owned = { 'paddock-session': former };
  await http.send({ method: 'POST', target: '/v1/znodes/e?mode=ephemeral', headers: owned });
  const statuses: number[] = [];
  for (const request of overHttp(mine, former)) {
    const { status, headers, text } = await http.send(request);
    statuses.push(status);
    told.push(JSON.stringify(headers), text);
  }
  t.strictSame(statuses.slice(0, 4), [201, 201, 422, 409], 'done once, and not by another');
  t.ok(statuses.slice(4).every((status) => status < 500));
  t.ok(statuses.filter((status) => status >= 400).length > 15, `refused: ${statuses}`);
  const [first, second] = [
    await WsDriver.connect(member.wsUrl),
    await WsDriver.connect(member.wsUrl),
  ];
  await first.create('/w', { mode: 'ephemeral' });
  const answers = await second.pipeline(frames(first.token));
  t.strictSame(
    answers.flatMap(({ error }, at) => (error === undefined ? [at] : [])),
    [0, 5],
    'a user is known, a znode taken over; all others are refused',
  );
  told.push(...answers.map((answer) => JSON.stringify(answer)));
  second.socket.send(`{"id":99,"op":"auth","password":"${CANARY}"`);
  const refused = await WsDriver.open(member.wsUrl);
  const [answer] = await refused.pipeline([{ op: 'connect', session: `${CANARY}.${CANARY}` }]);
  const lines = ['HTTP/1.1', 'Host: x', `Authorization: ${CANARY}`, `${CANARY}:`];
  const raw = `GET /?${CANARY}=${CANARY} ${lines.join('\r\n')} \u0000\r\n\r\n`;
  told.push(JSON.stringify([answer, await refused.closed, await second.closed]));
  told.push(await sendRaw(member.port, raw), await sendRaw(member.peerPort, raw));
  for (const path of ['/e', '/w']) await first.delete(path);
  first.disconnect();
  for (const token of [former, mine, first.token, second.token]) {
    const [, secret = ''] = token.split('.');
    t.equal(secret.length, 43);
    secrets.push(secret);
  }
  return told;
}

const secrets = [CANARY, PASSWORD];

function isShownIn(text: string | Buffer): boolean {
  return secrets.some((secret) => text.includes(secret));
}

/** What is stored of a request is its key; who may read the directory may read the tree. */
function isStoredIn(member: EnsembleMember): readonly string[] {
  const tokens = secrets.filter((secret) => secret !== CANARY);
  return readdirSync(member.dataDir).filter((file) => {
    const content = readFileSync(join(member.dataDir, file));
    return tokens.some((secret) => content.includes(secret));
  });
}

t.test('no secret is printed, told to anybody else, or stored', async (t) => {
  const ensemble: Ensemble = await startEnsemble(t, {
    voters: 2,
    args: ['--log-level', 'debug'],
  });
  secrets.push(readFileSync(ensemble.secretFile, 'utf8'));
  const leader = await ensemble.leader();
  for (const member of [leader, ...ensemble.others(leader)]) {
    const told = await tellAll(t, member);
    t.ok(told.length > 30);
    for (const text of told) t.notOk(isShownIn(text), text.slice(0, 200));
  }
  for (const member of ensemble.members) {
    t.match(member.output, /"role"/, 'it prints what it does');
    const lines = member.output.split('\n').filter(isShownIn);
    t.strictSame(lines, [], `member ${member.id} prints none`);
    t.strictSame(isStoredIn(member), [], `and stores none`);
  }
});
