/**
 * Clients that use a member which does not lead: they read their own writes there, in order, and
 * hear of their own changes before the answer, as if there were no other member.
 */
import t from 'tap';
import type { Driver } from '../conformance/driver.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { HttpClient } from '../conformance/http-exchange.ts';
import { isEvent, type Message } from '../conformance/ws-driver.ts';
import type { EnsembleMember, EnsembleView } from '../harness/ensemble.ts';
import { HttpChannel } from './channel.ts';
import { clientOf, startEnsemble } from './setup.ts';

const ROUNDS = 100;

t.setTimeout(90_000);

await t.test('on a member that does not lead', async (t) => {
  const ensemble = await startEnsemble(t, { observers: 1 });
  const leader = await ensemble.leader();
  const [follower, other] = await ensemble.followers();
  const client = await clientOf(t, follower);

  await t.test('a client reads what it has written', async (t) => {
    const http = await HttpDriver.open(follower.port);
    t.teardown(() => http.disconnect());
    const drivers: readonly (readonly [string, Driver])[] = [
      ['HTTP', http],
      ['WebSocket', client],
    ];
    for (const [name, driver] of drivers) {
      const path = `/own-${name}`;
      await driver.create(path, { data: '0' });
      const wrong: string[] = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        const written = await driver.set(path, `${round}`);
        const read = await driver.get(path);
        if (read.data !== `${round}` || read.stat.mzxid !== written.stat.mzxid) {
          wrong.push(`${round}: ${read.data}`);
        }
      }
      t.same(wrong, [], `over ${name}, ${ROUNDS} times`);
      await driver.delete(path);
      t.equal(await driver.exists(path), undefined);
    }
  });

  await t.test('writes and reads that are sent together keep their order', async (t) => {
    await client.create('/fifo', { data: '' });
    const requests = Array.from({ length: ROUNDS }, (_, round) => [
      { op: 'set', path: '/fifo', data: `${round}` },
      { op: 'get', path: '/fifo' },
      { op: 'create', path: '/fifo/child' },
      { op: 'exists', path: '/fifo/child' },
      { op: 'create', path: '/fifo/child' },
      { op: 'delete', path: '/fifo/child' },
      { op: 'exists', path: '/fifo/child' },
    ]).flat();
    const answers = await client.pipeline(requests);
    const wrong = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [set, get, create, there, twice, gone, absent] = answers.slice(7 * round);
      const seen = [
        set?.error?.code,
        get?.result?.['data'],
        create?.error?.code,
        there?.result?.['exists'],
        twice?.error?.code,
        gone?.error?.code,
        absent?.result?.['exists'],
      ];
      const wanted = [undefined, `${round}`, undefined, true, 'NodeExists', undefined, false];
      if (JSON.stringify(seen) !== JSON.stringify(wanted)) wrong.push(seen);
    }
    t.same(wrong, []);
    const zxids = answers.map(({ zxid }) => zxid);
    t.same(zxids, [...zxids].sort(), 'no answer is older than the one before it');
  });

  await t.test('requests pipelined over one HTTP connection are answered in order', async (t) => {
    await client.create('/pipelined');
    const channel = await HttpChannel.open(follower);
    const fates = await Promise.all(
      Array.from({ length: ROUNDS }, (_, round) =>
        channel.create({ path: '/pipelined/job-', data: `${round}`, sequential: true }),
      ),
    );
    channel.close();
    const paths = fates.map((fate) => (fate.kind === 'acked' ? fate.path : fate.code));
    const expected = paths.map((_, n) => `/pipelined/job-${String(n).padStart(10, '0')}`);
    t.same(paths, expected, 'and take effect in that order');
    for (const path of [paths[0], paths.at(-1)]) {
      t.equal((await client.get(path ?? '')).data, String(Number(path?.slice(-10))));
    }
  });

  await t.test('a change is heard of before its answer', async (t) => {
    await client.create('/heard', { data: '' });
    const watch = await client.addWatch('/heard', 'persistentRecursive');
    const from = client.arrived.length;
    const requests = Array.from({ length: ROUNDS }, (_, round) => [
      { op: 'set', path: '/heard', data: `${round}` },
      { op: 'create', path: `/heard/${round}` },
    ]).flat();
    const answers = await client.pipeline(requests);
    const wrong: Message[] = [];
    let heard = '';
    for (const message of client.arrived.slice(from)) {
      if (isEvent(message)) heard = message.zxid;
      else if (message.id !== undefined && message.zxid !== heard) wrong.push(message);
    }
    t.same(wrong, [], 'its event has come just before each answer');
    t.equal(answers.length, 2 * ROUNDS);
    await client.removeWatch({ watch });
  });

  await t.test('what one member answered another one shows to who asks for it', async (t) => {
    const https = ensemble.members.map(({ port }) => new HttpClient(port));
    t.teardown(() => https.map((http) => http.close()));
    await client.create('/seen', { data: '' });
    const stale: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { stat } = await client.set('/seen', `${round}`);
      const http = https[round % https.length];
      const headers = { 'paddock-min-zxid': stat.mzxid };
      const answer = await http?.send({ target: '/v1/znodes/seen', headers });
      const data = answer?.json<{ data: string }>().data;
      if (data !== `${round}`) stale.push(`${round}: ${answer?.status} ${data}`);
    }
    t.same(stale, [], 'Paddock-Min-Zxid');
    for (let round = 0; round < ROUNDS; round += 1) {
      await client.set('/seen', `again ${round}`);
      const http = https[round % https.length];
      await http?.send({ method: 'POST', target: '/v1/sync' });
      const answer = await http?.send({ target: '/v1/znodes/seen' });
      const data = answer?.json<{ data: string }>().data;
      if (data !== `again ${round}`) stale.push(`${round}: ${answer?.status} ${data}`);
    }
    t.same(stale, [], 'sync, which needs no zxid');
  });

  await t.test(
    'who watches is known to the member that is asked, which names the others',
    async (t) => {
      const { sessionId } = client;
      const watch = await client.addWatch('/watched', 'persistent');
      for (const member of ensemble.members) {
        const one = await clientOf(t, member);
        const told = (await one.request({ op: 'watchers', path: '/watched' })).result;
        const here = member === follower;
        const otherMembers = ensemble.others(member).map(({ id }) => id);
        const watchers = here
          ? [{ via: 'webSocket', kind: 'persistent', path: '/watched', sessionId }]
          : [];
        t.match(told, { member: member.id, otherMembers, complete: false, count: here ? 1 : 0 });
        t.same(told['watchers'], watchers);
      }
      const own = (await client.request({ op: 'explainSession' })).result;
      t.match(
        own,
        { connected: true, watchCount: 1, complete: true },
        'of a connection all is known',
      );
      await client.removeWatch({ watch });
    },
  );

  await t.test('GET /v1/ensemble says the same everywhere', async (t) => {
    await ensemble.digests();
    const views: EnsembleView[] = [];
    await ensemble.until('every member has heard of the others since', async () => {
      views.length = 0;
      for (const member of ensemble.members) {
        const view = await member.view();
        if (view !== undefined) views.push(view);
      }
      const zxids = views.flatMap(({ members }) => members.map(({ zxid }) => zxid));
      return views.length === 4 && new Set(zxids).size === 1;
    });
    const epoch = await ensemble.epoch();
    for (const [at, { leader: known, members }] of views.entries()) {
      t.equal(known, leader.id, `member ${at + 1} knows who leads`);
      const told = members.map(({ id, votes, reachable, role, ready, lag, epoch }) => {
        return [id, votes, reachable, role, ready, lag, epoch];
      });
      t.same(
        told,
        ensemble.members.map(({ id, votes }) => {
          const role = votes ? (id === leader.id ? 'leading' : 'following') : 'observing';
          return [id, votes, true, role, true, 0, epoch];
        }),
        'what each is, and that none is behind',
      );
      t.equal(new Set(members.map(({ digest }) => digest)).size, 1, 'digests are equal');
    }
    await other.kill();
    await ensemble.until('the others notice that one is gone', async () => {
      const seen = await Promise.all(ensemble.running.map((member) => member.view()));
      return seen.every((view) => {
        const lost = view?.members.find(({ id }) => id === other.id);
        return lost?.reachable === false && lost.role === undefined;
      });
    });
    await client.set('/seen', 'while one was away');
    await other.start();
    await ensemble.digests();
    await ensemble.until('and that it is back', async () => {
      const seen = await Promise.all(ensemble.running.map((member) => member.view()));
      return seen.every((view) =>
        view?.members.every(({ reachable, lag }) => reachable && lag === 0),
      );
    });
    t.pass('a member that is gone is shown as such, and as one of them when it is back');
  });

  await t.test(
    'a leader that was killed is shown as gone as soon as its streams are',
    async (t) => {
      const known = new RegExp(`"peer":${leader.id},[^\\n]*"msg":"not connected to a member"`);
      const before = new Map(ensemble.members.map((one) => [one, one.output.length]));
      await leader.kill();
      await Promise.all(ensemble.running.map((one) => watch(one)));

      /** Until it knows of the end of the stream, and of who leads now. */
      async function watch(member: EnsembleMember): Promise<void> {
        const wrong: EnsembleView[] = [];
        await ensemble.until('it knows who leads now', async () => {
          const hasLost = known.test(member.output.slice(before.get(member)));
          const view = await member.view();
          const isSeen = view?.members.find(({ id }) => id === leader.id)?.reachable;
          const leading = view?.members.filter(({ role }) => role === 'leading') ?? [];
          const isOther = leading.some(({ id }) => id !== view?.leader);
          if (view !== undefined && ((hasLost && isSeen) || isOther)) wrong.push(view);
          return hasLost && ![undefined, leader.id].includes(view?.leader);
        });
        t.same(wrong, [], `member ${member.id} never said otherwise`);
      }
    },
  );
});
