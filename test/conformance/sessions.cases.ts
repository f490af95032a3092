/** Sessions: how long they live, what keeps them alive, and what goes with them. */
import { startMember } from '../harness/member.ts';
import { codeOf, type Driver } from './driver.ts';
import { HttpDriver } from './http-driver.ts';
import { EXPIRY_SLACK_MS, overBoth, type Setting, sleep, withOwnMembers } from './specification.ts';
import { isEvent, WsDriver } from './ws-driver.ts';

/** Milliseconds from `since` until somebody who watches hears that `path` is gone. */
async function goneAfter(watcher: WsDriver, path: string, since: number): Promise<number> {
  await watcher.until((one) => one.event === 'nodeDeleted' && one.path === path, 20_000);
  return performance.now() - since;
}

function observer({ member, t }: Setting<Driver>): Promise<WsDriver> {
  return WsDriver.connect(member.wsUrl).then((driver) => {
    t.teardown(() => driver.disconnect());
    return driver;
  });
}

await overBoth(
  {
    'the timeout is clamped to the range of the member': async ({ t, connect }) => {
      t.equal((await connect({ timeoutMs: 1 })).timeoutMs, 1000);
      t.equal((await connect({ timeoutMs: 999 })).timeoutMs, 1000);
      t.equal((await connect({ timeoutMs: 5000 })).timeoutMs, 5000);
      t.equal((await connect({ timeoutMs: 120_000 })).timeoutMs, 120_000);
      t.equal((await connect({ timeoutMs: 120_001 })).timeoutMs, 120_000);
      t.equal((await connect({ timeoutMs: 1e15 })).timeoutMs, 120_000);
    },

    'a timeout is a whole number of milliseconds': async ({ t, connect }) => {
      for (const timeoutMs of [0, -1, 0.5, 1e300]) {
        t.equal(await codeOf(connect({ timeoutMs })), 'BadArguments', `${timeoutMs}`);
      }
    },

    'ids are zxids, grow, and are never given twice; tokens are secrets': async ({
      t,
      connect,
    }) => {
      const [one, two] = [await connect(), await connect()];
      t.match(one.sessionId, /^[0-9a-f]{16}$/);
      t.ok(two.sessionId > one.sessionId);
      t.not(one.token, two.token);
      t.ok(one.token.length >= 32, 'long enough to hold 128 random bits and more');
    },

    'a silent session ends after its timeout, and within two rounds of it': async (setting) => {
      const { t, connect, at } = setting;
      const watcher = await observer(setting);
      await watcher.addWatch(at(''), 'persistentRecursive');
      const silent = await connect({ timeoutMs: 1000 });
      await silent.create(at('first'), { mode: 'ephemeral' });
      const touched = performance.now();
      await silent.create(at('last sign of life'), { mode: 'ephemeral' });
      silent.disconnect();
      const elapsed = await goneAfter(watcher, at('last sign of life'), touched);
      t.ok(elapsed >= 1000, `${elapsed} ms: not before its time`);
      t.ok(elapsed <= 1000 + EXPIRY_SLACK_MS, `${elapsed} ms: not long after it`);
    },

    'what a session owned goes in path order under one zxid': async (setting) => {
      const { t, connect, at } = setting;
      const watcher = await observer(setting);
      const silent = await connect({ timeoutMs: 1000 });
      await silent.create(at('d'));
      for (const name of ['c', 'a', 'd/x', 'b', 'a-', 'B']) {
        await silent.create(at(name), { mode: 'ephemeral' });
      }
      await watcher.sync();
      await watcher.addWatch(at(''), 'persistentRecursive');
      silent.disconnect();
      await goneAfter(watcher, at('d/x'), 0);
      const gone = watcher.arrived.filter(isEvent);
      t.strictSame(
        gone.map(({ path }) => path),
        ['B', 'a', 'a-', 'b', 'c', 'd/x'].map(at),
      );
      t.equal(new Set(gone.map(({ zxid }) => zxid)).size, 1);
    },

    'any request keeps the session alive': async ({ t, connect, at }) => {
      const busy = await connect({ timeoutMs: 1000 });
      await busy.create(at('e'), { mode: 'ephemeral' });
      for (let round = 0; round < 8; round += 1) {
        await sleep(400);
        t.ok(await busy.exists(at('e')), `after ${(round + 1) * 400} ms`);
      }
    },

    'closing ends it at once, for everybody': async ({ t, client, connect, at }) => {
      const owner = await connect();
      await owner.create(at('e'), { mode: 'ephemeral' });
      await owner.closeSession();
      await client.sync();
      t.equal(await client.exists(at('e')), undefined);
    },

    'one session does not touch what another owns': async ({ t, client, connect, at }) => {
      const [one, two] = [await connect(), await connect()];
      await one.create(at('one'), { mode: 'ephemeral' });
      await two.create(at('two'), { mode: 'ephemeral' });
      await one.closeSession();
      await client.sync();
      t.equal(await client.exists(at('one')), undefined);
      t.equal((await client.exists(at('two')))?.ephemeralOwner, two.sessionId);
    },

    'many sessions close, and nothing of them is left': async ({ t, client, connect, at }) => {
      const owners = await Promise.all(Array.from({ length: 20 }, () => connect()));
      await Promise.all(
        owners.map((owner) =>
          Promise.all(
            Array.from({ length: 5 }, () =>
              owner.create(at('e-'), { mode: 'ephemeral_sequential' }),
            ),
          ),
        ),
      );
      await client.sync();
      t.equal((await client.get(at(''))).stat.numChildren, 100);
      await Promise.all(owners.map((owner) => owner.closeSession()));
      await client.sync();
      t.match((await client.get(at(''))).stat, { numChildren: 0, cversion: 200 });
    },
  },
  { jobs: 6 },
);

await withOwnMembers(
  'a restart of the member gives every session its full time again',
  async (t) => {
    const timeoutMs = 3000;
    const member = await startMember();
    const session = await HttpDriver.open(member.port, timeoutMs);
    const socket = await WsDriver.connect(member.wsUrl, { timeoutMs });
    await session.create('/http', { mode: 'ephemeral' });
    await socket.create('/socket', { mode: 'ephemeral' });
    const ended = await HttpDriver.open(member.port);
    await ended.closeSession();
    await sleep(2000);
    await member.kill('SIGKILL');
    session.disconnect();

    const began = performance.now();
    const again = await startMember({ dataDir: member.dataDir });
    t.teardown(() => again.stop());
    const serves = performance.now();
    const watcher = await WsDriver.connect(again.wsUrl);
    t.teardown(() => watcher.disconnect());
    await watcher.addWatch('/', 'persistentRecursive');
    t.equal((await watcher.exists('/http'))?.ephemeralOwner, session.sessionId);
    const resumed = await WsDriver.connect(again.wsUrl, { session: socket.token });
    t.teardown(() => resumed.disconnect());
    t.ok(resumed.resumed, 'its token is still good');
    t.equal(
      await codeOf(WsDriver.connect(again.wsUrl, { session: ended.token })),
      'SessionExpired',
      'what had ended before has ended',
    );

    const elapsed = await goneAfter(watcher, '/http', began);
    t.ok(elapsed >= timeoutMs, `${elapsed} ms after the restart`);
    const served = elapsed - (serves - began);
    t.ok(served <= timeoutMs + EXPIRY_SLACK_MS, `${served} ms since it serves`);
    t.ok(await resumed.exists('/socket'), 'the other one was kept alive');
  },
);
