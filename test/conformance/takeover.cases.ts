/** A process that comes back takes over the ephemeral that its former self has left. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMember } from '../harness/member.ts';
import { ask, setQuota } from './beside.ts';
import { codeOf, type Driver, refusalOf, type Written, world } from './driver.ts';
import { targetOf } from './http-driver.ts';
import { overBoth, overWebSocket, withOwnMembers } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

function takeOver(
  client: Driver,
  path: string,
  takeover: string,
  mode = 'ephemeral',
): Promise<Written> {
  const http = {
    method: 'POST',
    target: targetOf('/v1/znodes', path, { mode }),
    json: { data: 'new', takeover },
  };
  return ask(client, { op: 'create', path, data: 'new', mode, takeover }, http);
}

await overBoth({
  'with the token of the former session the znode becomes the new one’s': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const former = await connect();
    await former.create(at('worker'), { mode: 'ephemeral', data: 'old' });
    t.equal(await codeOf(client.create(at('worker'), { mode: 'ephemeral' })), 'NodeExists');
    const { path, stat } = await takeOver(client, at('worker'), former.token);
    t.equal(path, at('worker'));
    t.equal(stat.ephemeralOwner, client.sessionId);
    t.equal(stat.version, 0, 'created anew');
    t.equal((await client.get(at('worker'))).data, 'new');
    t.match((await client.get(at(''))).stat, { numChildren: 1, cversion: 3 });
    await former.closeSession();
    t.ok(await client.exists(at('worker')), 'it outlives the session that it was taken from');
    await client.closeSession();
    t.equal(await (await connect()).exists(at('worker')), undefined, 'and not the new one');
  },

  'what the former session does not own is not taken': async ({ t, client, connect, at }) => {
    const [former, third] = [await connect(), await connect()];
    await third.create(at('others'), { mode: 'ephemeral' });
    await third.create(at('nobodys'));
    for (const name of ['others', 'nobodys']) {
      t.equal(await codeOf(takeOver(client, at(name), former.token)), 'NodeExists', name);
    }
    t.equal((await client.exists(at('others')))?.ephemeralOwner, third.sessionId);
  },

  'a token that proves nothing makes no difference': async ({ t, client, connect, at }) => {
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    const forged = `${former.sessionId}.${'A'.repeat(43)}`;
    const notYet = `${'f'.repeat(16)}.${'A'.repeat(43)}`;
    for (const token of [forged, notYet, former.sessionId, 'x', '']) {
      t.equal(await codeOf(takeOver(client, at('e'), token)), 'NodeExists', token);
    }
    t.equal((await takeOver(client, at('free'), forged)).path, at('free'));
    await former.closeSession();
    t.equal((await takeOver(client, at('e'), former.token)).path, at('e'), 'its session has ended');
  },

  'only what is to be ephemeral and has a name of its own': async ({ t, client, connect, at }) => {
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    for (const mode of ['persistent', 'ephemeral_sequential', 'container']) {
      t.equal(await codeOf(takeOver(client, at('e'), former.token, mode)), 'BadArguments', mode);
    }
    await client.sync();
    t.equal((await client.exists(at('e')))?.ephemeralOwner, former.sessionId);
  },

  'within a transaction, all or nothing': async ({ t, client, connect, at }) => {
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    const take = { op: 'create', path: at('e'), mode: 'ephemeral', takeover: former.token };
    const failing = client.transaction([take, { op: 'delete', path: at('missing') }]);
    t.match(await refusalOf(failing), { code: 'NoNode', index: 1 });
    t.equal((await client.exists(at('e')))?.ephemeralOwner, former.sessionId);
    const results = await client.transaction([take, { op: 'create', path: at('f') }]);
    t.match(results, [{ path: at('e'), stat: { ephemeralOwner: client.sessionId } }, {}]);
  },

  'CREATE on the parent is needed, DELETE is not; its room is free for it': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const former = await connect();
    await former.create(at('e'), { mode: 'ephemeral' });
    await setQuota(client, at(''), { countLimit: 2 });
    await client.setAcl(at(''), world('r'));
    t.equal(await codeOf(takeOver(client, at('e'), former.token)), 'NoAuth');
    await former.closeSession();
    const [another, taker] = [await connect(), await connect()];
    await another.create(`${at('')}-2`);
    await another.create(`${at('')}-2/e`, { mode: 'ephemeral' });
    await another.setAcl(`${at('')}-2`, world('cr'));
    t.ok(await takeOver(taker, `${at('')}-2/e`, another.token));
  },
});

await overWebSocket({
  'those who watch see it go and come, under one zxid': async ({ t, client, connect, at }) => {
    const [former, watcher] = [await connect(), await connect()];
    await former.create(at('e'), { mode: 'ephemeral' });
    await watcher.sync();
    await watcher.request({ op: 'addWatch', path: at('e'), mode: 'persistent' });
    await takeOver(client, at('e'), former.token);
    const events = await watcher.events();
    t.strictSame(
      events.map(({ event }) => event),
      ['nodeDeleted', 'nodeCreated'],
    );
    t.equal(events[0]?.zxid, events[1]?.zxid);
  },
});

await withOwnMembers('the token is in no file and in no line that the member writes', async (t) => {
  const member = await startMember();
  const [former, client] = [
    await WsDriver.connect(member.wsUrl),
    await WsDriver.connect(member.wsUrl),
  ];
  await former.create('/e', { mode: 'ephemeral' });
  await takeOver(client, '/e', former.token);
  const [, secret = ''] = former.token.split('.');
  t.equal(secret.length, 43);
  t.notOk(member.output().includes(secret));
  const files = readdirSync(member.dataDir);
  t.ok(files.length > 0);
  for (const file of files) {
    t.notOk(readFileSync(join(member.dataDir, file)).includes(secret), file);
  }
  former.disconnect();
  client.disconnect();
  await member.stop();
});
