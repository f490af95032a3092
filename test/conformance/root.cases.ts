/** The root is a znode like any other: it has an ACL, a stat and watches of its own. */
import { descendants } from './beside.ts';
import { codeOf, type Driver, userAcl, world } from './driver.ts';
import { overBoth, overWebSocket } from './specification.ts';

async function statOfRoot(client: Driver) {
  return (await client.children('/', { limit: 1 })).stat;
}

await overBoth({
  'its ACL is enforced, and is nobody else’s': async ({ t, client, connect, at }) => {
    const owner = await connect();
    await owner.authenticate('owner', 'secret');
    await client.create(at('x'));
    await owner.setAcl('/', userAcl('cdrwa', 'owner', 'secret'));
    try {
      await client.sync();
      const top = `${at('')}-top`;
      for (const [what, attempt] of Object.entries({
        get: () => client.get('/'),
        exists: () => client.exists('/'),
        children: () => client.children('/'),
        getAcl: () => client.getAcl('/'),
        descendants: () => descendants(client, '/'),
        set: () => client.set('/', 'x'),
        setAcl: () => client.setAcl('/', world('cdrwa')),
        'create of a child': () => client.create(top),
        'create with parents': () => client.create(`${top}/x`, { parents: true }),
        'sequential create': () => client.create('/', { mode: 'persistent_sequential' }),
        'delete of a child': () => client.delete(at('')),
        'recursive delete of a child': () => client.delete(at(''), { recursive: true }),
        check: () => client.transaction([{ op: 'check', path: '/' }]),
      })) {
        t.equal(await codeOf(attempt()), 'NoAuth', what);
      }
      const [read] = await client.read([{ op: 'children', path: '/' }]);
      t.match(read, { error: { code: 'NoAuth' } }, 'in a batch');
      await client.set(at('x'), 'what lies below has ACLs of its own');
      await client.delete(at('x'));
      t.ok((await owner.children('/')).children.length > 0, 'who may, does');
    } finally {
      await owner.setAcl('/', world('cdrwa'));
    }
  },

  'a child moves its cversion, pzxid and numChildren, and nothing else': async ({
    t,
    client,
    at,
  }) => {
    const before = await statOfRoot(client);
    const { stat } = await client.create(`${at('')}-top`);
    const cversion = before.cversion + 1;
    const numChildren = before.numChildren + 1;
    const pzxid = stat.czxid;
    t.strictSame(await statOfRoot(client), { ...before, cversion, numChildren, pzxid });
    await client.delete(`${at('')}-top`);
    const { zxid } = client;
    const after = { ...before, cversion: cversion + 1, pzxid: zxid };
    t.strictSame(await statOfRoot(client), after);
  },
});

await overWebSocket({
  'its watches hear of its data and of its children': async ({ t, client, connect, at }) => {
    const [one, other] = [await connect(), await connect()];
    for (const watcher of [one, other]) await watcher.sync();
    await one.watching({ op: 'get', path: '/' });
    await one.watching({ op: 'children', path: '/' });
    await other.addWatch('/', 'persistent');
    await other.addWatch('/', 'persistentRecursive');
    const top = `${at('')}-top`;
    await client.create(top);
    const zxids = [client.zxid];
    await client.set(top, 'x');
    zxids.push(client.zxid);
    await client.set('/', 'x');
    zxids.push(client.zxid);
    await client.delete(top);
    zxids.push(client.zxid);
    const heardBy = async (watcher: typeof client) => {
      const events = (await watcher.events()).filter(({ zxid }) => zxids.includes(zxid));
      return events.map(({ event, path }) => `${event} ${path}`);
    };
    t.strictSame(await heardBy(one), ['nodeChildrenChanged /', 'nodeDataChanged /'], 'one shot');
    t.strictSame(await heardBy(other), [
      `nodeCreated ${top}`,
      'nodeChildrenChanged /',
      `nodeDataChanged ${top}`,
      'nodeDataChanged /',
      `nodeDeleted ${top}`,
      'nodeChildrenChanged /',
    ]);
  },
});
