/** How a WebSocket connection begins and ends: the first frame, the codes of its close. */
import WebSocket from 'ws';
import { startMember } from '../harness/member.ts';
import { overWebSocket, type Setting, withOwnMembers } from './specification.ts';
import { type Message, SUBPROTOCOL, WsDriver } from './ws-driver.ts';

type Scene = Pick<Setting<WsDriver>, 't' | 'member'>;

async function opened({ t, member }: Scene): Promise<WsDriver> {
  const driver = await WsDriver.open(member.wsUrl);
  t.teardown(() => driver.disconnect());
  return driver;
}

await overWebSocket({
  'the subprotocol is agreed on': async ({ t, client }) => {
    t.equal(client.socket.protocol, SUBPROTOCOL);
    t.equal(client.socket.extensions, '', 'without compression');
  },

  'connect answers with all that is needed to come back': async (setting) => {
    const { t } = setting;
    const driver = await opened(setting);
    const { result, zxid } = await driver.request({ op: 'connect', timeoutMs: 5000 });
    t.match(result, { timeoutMs: 5000, resumed: false, readOnly: false });
    const left = Number(result['expiresInMs']);
    t.ok(left > 0 && left <= 5000, `${left} ms are certainly left`);
    t.match(result['sessionId'], /^[0-9a-f]{16}$/);
    t.match(zxid, /^[0-9a-f]{16}$/);
    t.ok(zxid >= String(result['sessionId']));
  },

  'the first frame is connect: 4401': async (setting) => {
    const { t } = setting;
    for (const first of ['ping', 'get', 'close', 'nonsense']) {
      const driver = await opened(setting);
      driver.socket.send(JSON.stringify({ id: 1, op: first, path: '/' }));
      t.equal((await driver.closed).code, 4401, first);
    }
  },

  'connect is said once': async ({ t, client }) => {
    const [answer] = await client.frame([{ op: 'connect' }], false);
    t.match(answer, { error: { code: 'BadArguments' } });
    t.ok(await client.sync(), 'the connection goes on');
  },

  'requests may follow the connect without waiting for it': async (setting) => {
    const { t, at } = setting;
    const driver = await opened(setting);
    const [connected, created, read] = await driver.pipeline([
      { op: 'connect', timeoutMs: 5000 },
      { op: 'create', path: at('early'), mode: 'ephemeral', data: 'x' },
      { op: 'get', path: at('early') },
    ]);
    const owner = connected?.result?.['sessionId'];
    t.match(created?.result, { stat: { ephemeralOwner: owner } });
    t.match(read?.result, { data: 'x' });
    const array = await opened(setting);
    const answers = await array.frame([{ op: 'connect' }, { op: 'ping' }]);
    t.ok(
      answers.every(({ error }) => error === undefined),
      'in an array too',
    );
  },

  'what is no JSON, or has no usable id, is 4400': async (setting) => {
    const { t, connect } = setting;
    for (const text of ['', 'x', '{', 'null', '1', '"x"', '{}', '{"op":"ping"}', '[1]', '[[]]']) {
      const driver = await connect();
      driver.socket.send(text);
      t.equal((await driver.closed).code, 4400, text);
    }
    for (const id of ['0', '-1', '1.5', '"1"', 'null', '1e999', '9007199254740993']) {
      const driver = await connect();
      driver.socket.send(`{"id":${id},"op":"ping"}`);
      t.equal((await driver.closed).code, 4400, `id ${id}`);
    }
  },

  'what has an id is answered, whatever is wrong with it': async ({ t, client }) => {
    for (const request of [
      { op: 'nonsense' },
      { op: '__proto__' },
      { op: 'constructor' },
      { op: 1 },
      { op: null },
      {},
      { op: 'ping', extra: true },
      { op: 'get' },
      { op: 'get', path: 1 },
      { op: 'get', path: '/', watch: 'yes' },
      { op: 'set', path: '/' },
      { op: 'create', path: '/x', data: 1 },
      { op: 'create', path: '/x', data: '***', encoding: 'base64' },
      { op: 'transaction' },
      { op: 'transaction', ops: [{}] },
      { op: 'removeWatch' },
      { op: 'check', path: '/' },
      { op: 'reap', path: '/' },
    ]) {
      const [answer] = await client.frame([request as { op: string }], false);
      t.match(
        answer,
        { error: { code: 'BadArguments', outcome: 'not-applied' } },
        JSON.stringify(request),
      );
    }
    t.ok(await client.sync(), 'the connection goes on');
  },

  'a binary frame is 1003': async ({ t, connect }) => {
    const driver = await connect();
    driver.socket.send(Buffer.from('{"id":2,"op":"ping"}'));
    t.equal((await driver.closed).code, 1003);
  },

  'close: answered, then 1000': async ({ t, connect }) => {
    const driver = await connect();
    await driver.closeSession();
    t.equal((await driver.closed).code, 1000);
  },

  'a session that is taken over: told so, then 4409': async ({ t, connect }) => {
    const first = await connect();
    await connect({ session: first.token, lastZxid: first.zxid });
    t.equal((await first.closed).code, 4409);
    t.match(first.arrived.at(-1), { event: 'session', state: 'moved' });
  },

  'a session that has expired: told so, then 4410': async ({ t, connect }) => {
    const driver = await connect({ timeoutMs: 1000, heartbeat: 'message' });
    t.equal((await driver.closed).code, 4410);
    t.match(driver.arrived.at(-1), { event: 'session', state: 'expired' });
  },

  'a token that proves nothing: refused, then 4410': async (setting) => {
    const { t } = setting;
    const driver = await opened(setting);
    const [answer] = await driver.frame([{ op: 'connect', session: 'nonsense' }], false);
    t.match(answer, { error: { code: 'SessionExpired' } });
    t.equal((await driver.closed).code, 4410);
  },

  'without the subprotocol the connection is not opened, or speaks it all the same': async ({
    t,
    member,
  }) => {
    const socket = new WebSocket(member.wsUrl);
    const outcome = await new Promise<string>((resolve) => {
      socket.on('error', () => resolve('refused'));
      socket.on('open', () => socket.send('{"id":1,"op":"connect"}'));
      socket.on('message', (data) => {
        const { result } = JSON.parse(String(data)) as Message;
        resolve(result === undefined ? 'something else' : 'connected');
      });
    });
    socket.terminate();
    t.ok(outcome === 'refused' || outcome === 'connected', outcome);
  },
});

await withOwnMembers(
  'a member that stops in good order says 1001, and the session goes on',
  async (t) => {
    const first = await startMember();
    const driver = await WsDriver.connect(first.wsUrl);
    await driver.create('/e', { mode: 'ephemeral' });
    const [{ code }] = await Promise.all([driver.closed, first.stop()]);
    t.equal(code, 1001);
    const second = await startMember({ dataDir: first.dataDir });
    t.teardown(() => second.stop());
    const again = await WsDriver.connect(second.wsUrl, { session: driver.token });
    t.ok(again.resumed);
    t.ok(await again.exists('/e'));
    again.disconnect();
  },
);
