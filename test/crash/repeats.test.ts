/**
 * What was done under a key or an id is known after `kill -9`: whoever repeats it has the first
 * answer, from the log as well as from the tables.
 */
import t from 'tap';
import { HttpDriver } from '../conformance/http-driver.ts';
import { type WireAnswer, WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';

const LIVES = 4;
const WRITES = 40;

interface Kept {
  readonly target: string;
  readonly key: string;
  readonly text: string;
}

await t.test('keys and ids outlive the member', async (t) => {
  let member = await startMember();
  const { dataDir } = member;
  const opening = { method: 'POST', target: '/v1/sessions', json: { timeoutMs: 60_000 } };
  const headers = { 'idempotency-key': 'as-secret-as-the-token-itself' };
  const session = await (await HttpDriver.open(member.port)).http.send({ ...opening, headers });
  const first = await WsDriver.connect(member.wsUrl, { exactlyOnce: true, timeoutMs: 60_000 });
  await first.create('/q');
  const { token } = first;
  first.disconnect();

  const kept: Kept[] = [];
  const frames: { readonly id: number; readonly answer: WireAnswer }[] = [];
  const frameOf = (id: number) => ({ id, op: 'set', path: '/q', data: `${id}` });
  let lastId = 1000;
  for (let life = 1; life <= LIVES; life += 1) {
    const { http } = await HttpDriver.open(member.port);
    const socket = await WsDriver.connect(member.wsUrl, { session: token, exactlyOnce: true });
    if (life > 1) t.equal(socket.lastId, lastId, `life ${life}: what came last`);
    for (const { target, key, text } of kept) {
      const again = await http.send({
        method: 'POST',
        target,
        headers: { 'idempotency-key': key },
      });
      if (again.text !== text) t.same(again.text, text, key);
    }
    const wrong: WireAnswer[] = [];
    const answers = await socket.pipeline(frames.map(({ id }) => frameOf(id)));
    for (const [n, { answer }] of frames.entries()) {
      const again = answers[n];
      const isSame = again?.zxid === answer.zxid && again.replayed === true;
      if (!isSame || JSON.stringify(again?.result) !== JSON.stringify(answer.result)) {
        wrong.push(again ?? answer);
      }
    }
    t.same(wrong, [], `life ${life}: ${kept.length} keys and ${frames.length} ids are known`);
    for (let n = 0; n < WRITES; n += 1) {
      const target = '/v1/znodes/q/n-?mode=persistent_sequential';
      const key = `life-${life}-${n}`;
      const { text } = await http.send({
        method: 'POST',
        target,
        headers: { 'idempotency-key': key },
      });
      kept.push({ target, key, text });
      lastId += 1;
      const [answer] = await socket.pipeline([frameOf(lastId)]);
      if (answer !== undefined) frames.push({ id: lastId, answer });
    }
    // Every other time what it has is folded into the tables first: at a stop in good order.
    if (life % 2 === 0) await member.stop();
    else await member.kill('SIGKILL');
    socket.disconnect();
    member = await startMember({ dataDir });
  }
  t.teardown(() => member.stop());
  const client = await WsDriver.connect(member.wsUrl);
  t.teardown(() => client.disconnect());
  const { stat } = await client.get('/q');
  t.equal(stat.numChildren, LIVES * WRITES, 'as many znodes as keys');
  t.equal(stat.version, LIVES * WRITES, 'as many versions as ids');
  const again = await (await HttpDriver.open(member.port)).http.send({ ...opening, headers });
  const withoutLease = (text: string) => text.replace(/"expiresInMs":\d+/, '');
  t.equal(withoutLease(again.text), withoutLease(session.text), 'a session has the same token');
});
