/**
 * Limits on how many there are: sessions, watches, connections, and what one client has under way.
 */
import { explainSession, type SessionOf, watchers } from '../conformance/beside.ts';
import { refusalOf } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { HttpDriver } from '../conformance/http-driver.ts';
import { eventually } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { type LimitCases, problemOfAttempt } from './limit-case.ts';
import { REPEATS } from './repeat-cases.ts';

/** Of one session or connection, whatever others do. */
export const OWN_COUNTS: LimitCases = {
  ephemeralsPerSession: {
    value: 3,
    async reach(scene, value) {
      const { t } = scene;
      const root = await scene.root();
      for (const client of [await scene.session(), await scene.webSocket()]) {
        const create = () => client.create(`${root}/e-`, { mode: 'ephemeral_sequential' });
        const paths: string[] = [];
        for (let n = 0; n < value; n += 1) paths.push((await create()).path);
        const named = { name: 'ephemeralsPerSession', value };
        scene.names(await problemOfAttempt(create()), 'LimitExceeded', named);
        await client.create(`${root}/p-`, { mode: 'persistent_sequential' });
        await client.delete(paths[0] ?? '');
        t.ok(await create(), 'again when there is room');
      }
    },
  },

  identitiesPerConnection: {
    value: 3,
    async reach(scene, value) {
      const { t } = scene;
      const socket = await scene.webSocket();
      // Its address is the first.
      for (let n = 1; n < value; n += 1) await socket.authenticate(`user-${n}`, 'x');
      const named = { name: 'identitiesPerConnection', value };
      const attempt = socket.authenticate('one-more', 'x');
      scene.names(await problemOfAttempt(attempt), 'LimitExceeded', named);
      await socket.authenticate('user-1', 'x');
      t.equal((await socket.whoami()).length, value, 'who it is already is no more');
    },
  },

  watchesPerConnection: {
    value: 3,
    async reach(scene, value) {
      const { t } = scene;
      const [socket, other] = [await scene.webSocket(), await scene.webSocket()];
      const watch = (n: number) => socket.addWatch(`/x${n}`, 'persistent');
      const first = await watch(0);
      for (let n = 1; n < value; n += 1) await watch(n);
      const named = { name: 'watchesPerConnection', value };
      scene.names(await problemOfAttempt(watch(value)), 'LimitExceeded', named);
      const exists = socket.watching({ op: 'exists', path: '/y' });
      scene.names(await problemOfAttempt(exists), 'LimitExceeded', named);
      t.equal((await socket.request({ op: 'exists', path: '/y' })).result['exists'], false);
      await other.addWatch('/x', 'persistent');
      await socket.removeWatch({ watch: first });
      await watch(value);
    },
  },
};

/** Each of these has a member of its own, since they count what others would use. */
export const COUNTS: LimitCases = {
  ...REPEATS,

  explainedEntries: {
    value: 3,
    async reach(scene, value) {
      const { t } = scene;
      const [root, socket] = [await scene.root(), await scene.webSocket()];
      const others = await Promise.all(Array.from({ length: value }, () => scene.webSocket()));
      for (const other of others) await other.addWatch(root, 'persistent');
      const shown = async () => {
        const whole = await explainSession(socket, socket.sessionId);
        const { count, watchers: listed, complete } = await watchers(socket, root);
        const { ephemeralCount, ephemerals, watchCount, watches } = whole;
        t.equal(whole.complete, complete);
        const counts = [count, ephemeralCount, watchCount];
        return [counts, [listed.length, ephemerals.length, watches.length], complete];
      };
      for (let n = 0; n < value; n += 1) {
        await socket.create(`${root}/e${n}`, { mode: 'ephemeral' });
        await socket.addWatch(`${root}/w${n}`, 'persistent');
      }
      const all = [value, value, value];
      t.same(await shown(), [all, all, true], 'at the limit everything is listed');
      await socket.addWatch(root, 'persistent');
      await socket.create(`${root}/more`, { mode: 'ephemeral' });
      const more = [value + 1, value + 1, value + 1];
      t.same(await shown(), [more, all, false], 'one more is counted, and not listed');
      // The first `value` watches lie elsewhere: they take no place of what is to be seen.
      const target = `/v1/sessions/${socket.sessionId}/explanation`;
      const headers = { 'paddock-chroot': `${root}/inside`, 'paddock-session': socket.token };
      await socket.create(`${root}/inside`);
      await socket.addWatch(`${root}/inside/x`, 'persistent');
      const inside = (await scene.http.send({ target, headers })).json<SessionOf>();
      t.match(inside, { watchCount: 1, ephemeralCount: 0, complete: true });
      t.same(
        inside.watches.map(({ path }) => path),
        ['/x'],
        'nor are they counted',
      );
    },
  },

  watches: {
    value: 4,
    async reach(scene, value) {
      const [socket, other] = [await scene.webSocket(), await scene.webSocket()];
      for (let n = 0; n < value; n += 1) await socket.addWatch(`/x${n}`, 'persistent');
      const named = { name: 'watches', value };
      const attempt = other.addWatch('/x', 'persistent');
      scene.names(await problemOfAttempt(attempt), 'LimitExceeded', named);
      const stream = EventStream.open(scene.member.port, { path: '/x' });
      scene.names(await refusalOf(stream), 'LimitExceeded', named);
      socket.disconnect();
      await eventually('the watches of a connection go with it', async () => {
        return other.addWatch('/x', 'persistent').then(
          () => true,
          () => false,
        );
      });
    },
  },

  sessions: {
    value: 3,
    async reach(scene, value) {
      const { t, member } = scene;
      const first = await scene.webSocket();
      for (let n = 1; n < value; n += 1) await scene.session();
      const named = { name: 'sessions', value };
      const overHttp = await refusalOf(HttpDriver.open(member.port));
      scene.names(overHttp, 'LimitExceeded', named);
      t.equal(overHttp.status, 403);
      scene.names(await refusalOf(WsDriver.connect(member.wsUrl)), 'LimitExceeded', named);
      await first.closeSession();
      t.ok(await scene.session(), 'again when one has ended');
    },
  },

  connections: {
    value: 3,
    async reach(scene, value) {
      const { t, member } = scene;
      const socket = await scene.webSocket();
      const stream = await EventStream.open(member.port, { path: '/' });
      t.teardown(() => stream.close());
      const last = await scene.webSocket();
      const named = { name: 'connections', value };
      const refused = await refusalOf(EventStream.open(member.port, { path: '/' }));
      scene.names(refused, 'Throttled', named);
      t.equal(refused.status, 503);
      t.ok((refused.retryAfter ?? 0) > 0, 'with the time after which to try again');
      const outcome = await WsDriver.open(member.wsUrl).then(
        async (driver) => (await driver.closed).code,
        (error: Error) => error.message,
      );
      t.ok(outcome === 4429 || String(outcome).includes('503'), `refused: ${outcome}`);
      t.equal((await scene.http.send({ target: '/v1/znodes' })).status, 200, 'requests are served');
      t.ok(await socket.sync(), 'and those that are connected');
      last.disconnect();
      await eventually('there is room again', () =>
        WsDriver.connect(member.wsUrl).then(
          (driver) => {
            driver.disconnect();
            return true;
          },
          () => false,
        ),
      );
    },
  },

  waits: {
    value: 2,
    async reach(scene, value) {
      const { t, http } = scene;
      const path = await scene.root();
      const wait = (name: string) =>
        http.send({
          target: `/v1/znodes${path}/${name}?until=exists`,
          headers: { prefer: 'wait=20' },
        });
      const held = Array.from({ length: value }, () => wait('x'));
      await eventually('they are held', async () => {
        const { text } = await http.send({ target: '/metrics' });
        return text.includes(`held_requests ${value}`);
      });
      const refused = await wait('y');
      scene.limited(refused, 503, 'Throttled', { name: 'waits', value });
      t.ok(Number(refused.headers['retry-after']) > 0);
      await http.send({ method: 'PUT', target: `/v1/znodes${path}/x` });
      for (const answer of await Promise.all(held)) t.equal(answer.status, 200, 'those are served');
    },
  },

  inFlightWrites: {
    value: 4,
    async reach(scene, value) {
      const { t } = scene;
      const path = await scene.root();
      const socket = await scene.webSocket();
      const set = { op: 'set', path, data: 'x' };
      const within = await socket.frame(Array.from({ length: value }, () => set));
      t.ok(
        within.every(({ error }) => error === undefined),
        'at the limit',
      );
      const answers = await socket.frame(Array.from({ length: 100 }, () => set));
      const refused = answers.filter(({ error }) => error !== undefined);
      t.ok(refused.length > 0 && refused.length < 100, `${refused.length} of 100 are refused`);
      for (const { error } of refused.slice(0, 3)) {
        if (error === undefined) continue;
        scene.names(error, 'Throttled', { name: 'inFlightWrites', value });
        t.ok((error.retryAfter ?? 0) > 0);
      }
      const { stat } = await socket.get(path);
      t.equal(stat.version, value + 100 - refused.length, 'what was refused was not done');
      const gets = await socket.frame(Array.from({ length: 100 }, () => ({ op: 'get', path })));
      t.ok(
        gets.every(({ error }) => error === undefined),
        'reads are not writes',
      );
      const sessions = [await scene.session(), await scene.session(), await scene.session()];
      const many = await Promise.all(
        Array.from({ length: 60 }, () =>
          (sessions[0] ?? socket).set(path, 'x').then(
            () => undefined,
            (error) => problemOfAttempt(Promise.reject(error)),
          ),
        ),
      );
      const throttled = many.filter((problem) => problem !== undefined);
      for (const problem of throttled.slice(0, 3)) {
        t.match(problem, { code: 'Throttled', status: 503, limit: { name: 'inFlightWrites' } });
      }
    },
  },
};
