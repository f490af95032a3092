/** What is sent behind a watch with a past waits for all of that past, however long it takes. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Replays } from '../../routes/ws/replays.ts';
import { isEvent, WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';

/** A connection that can be told how its reader is. */
function scene() {
  const state = { held: 0, waiting: true, stuck: true, givenUp: 0 };
  const turns = {
    hold: () => {
      state.held += 1;
    },
    release: () => {
      state.held -= 1;
    },
    goOn: () => undefined,
    get waiting() {
      return state.waiting;
    },
  };
  let looks = 0;
  const reader = {
    stuck: () => {
      looks += 1;
      return state.stuck;
    },
    giveUp: () => {
      state.givenUp += 1;
    },
  };
  const replays = new Replays(turns, reader, 1);
  // Looks are unreferenced timers, which keep no process alive.
  const looked = async (times: number) => {
    const enough = looks + times;
    await eventually('somebody looks', () => looks >= enough);
  };
  return { state, replays, looked };
}

t.test('who reads is waited for, who does not is given up', async (t) => {
  await t.test('as long as something leaves', async (t) => {
    const { state, replays, looked } = scene();
    state.stuck = false;
    replays.begin(1);
    replays.begin(2);
    await looked(20);
    t.match(state, { held: 2, givenUp: 0 });
    replays.end(1);
    replays.end(1);
    t.ok(replays.any);
    replays.end(2);
    t.match(state, { held: 0, givenUp: 0 });
    t.notOk(replays.any);
  });

  await t.test('and as long as nothing waits for it', async (t) => {
    const { state, replays, looked } = scene();
    state.waiting = false;
    replays.begin(1);
    await looked(20);
    t.equal(state.givenUp, 0);
    state.waiting = true;
    await eventually('it is given up', () => state.givenUp === 1);
    replays.clear();
    t.match(state, { held: 0, givenUp: 1 });
  });
});

/** More than the kernel keeps of a connection. */
const COUNT = 100;
const DATA = 'x'.repeat(200_000);
/** Longer than a client may be silent that takes nothing at all, ms. */
const LONG_MS = 11_000;

t.test('a past that is read slowly comes before the answer, whole', async (t) => {
  const member = await startMember({ args: ['--limit', 'outboxBytes=100000'] });
  t.teardown(() => member.stop());
  const writer = await WsDriver.connect(member.wsUrl);
  await writer.create('/a');
  const since = writer.zxid;
  const set = { op: 'set', path: '/a', data: DATA };
  for (let n = 0; n < COUNT; n += 1) await writer.request(set);

  const reader = await WsDriver.connect(member.wsUrl);
  t.teardown(() => {
    for (const client of [reader, writer]) client.disconnect();
  });
  const request = { op: 'addWatch', path: '/a', mode: 'persistent', since, include: ['data'] };
  const answers = reader.pipeline([request, { op: 'get', path: '/a' }, { op: 'ping' }]);
  const began = performance.now();
  // One event at a time is read, and for each another one happens.
  while (performance.now() - began < LONG_MS) {
    const next = new Promise((resolve) => reader.socket.once('message', resolve));
    reader.socket.resume();
    await next;
    reader.socket.pause();
    await writer.request(set);
    await sleep(200);
  }
  reader.socket.resume();
  const [, read] = await answers;
  const { version } = (read?.result?.['stat'] ?? {}) as { version?: number };
  t.ok(version !== undefined && version > COUNT, `read at version ${version}`);
  const at = reader.arrived.findIndex(({ id }) => id === read?.id);
  t.equal(reader.arrived.slice(0, at).filter(isEvent).length, version, 'and as many events before');
});
