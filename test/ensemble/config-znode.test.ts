/** `/zookeeper/config`: the members, on every one of them; nothing new where nothing changed. */
import t from 'tap';
import { codeOf } from '../conformance/driver.ts';
import { clientOf, startEnsemble } from './setup.ts';

t.test('the config znode says who the members are, in the form of ZooKeeper', async (t) => {
  const ensemble = await startEnsemble(t, { voters: 3, observers: 1 });
  const lines = ensemble.members.map(({ id, votes, peerPort }) => {
    const role = votes ? 'participant' : 'observer';
    return `server.${id}=127.0.0.1:${peerPort}:${peerPort}:${role}\n`;
  });
  const texts = new Set<string>();
  for (const member of ensemble.members) {
    const client = await clientOf(t, member);
    await client.sync();
    const { data, stat } = await client.get('/zookeeper/config');
    t.equal(data, `${lines.join('')}version=${stat.mzxid}`);
    t.match(stat, { version: 1, aversion: 0 }, 'it counts like any other');
    texts.add(data);
    t.equal(await codeOf(client.set('/zookeeper/config', 'x')), 'NoAuth');
    t.equal(await codeOf(client.delete('/zookeeper/config')), 'BadArguments');
  }
  t.equal(texts.size, 1);
  const leader = await ensemble.leader();
  await leader.kill();
  await ensemble.leader();
  const [after] = ensemble.running;
  if (after === undefined) throw new Error('nobody runs');
  const client = await clientOf(t, after);
  await client.create('/written');
  const { data } = await client.get('/zookeeper/config');
  t.ok(texts.has(data), 'another leader has nothing to add');
});
