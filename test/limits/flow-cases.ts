/** Limits on time and on what is kept: not refused but granted less, slowed down, or let go. */
import { refusalOf } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { sleep } from '../conformance/specification.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import type { LimitCases, Scene } from './limit-case.ts';

async function setMany(scene: Scene, path: string, count: number, data: string): Promise<void> {
  const writer = await scene.webSocket();
  const set = { op: 'set', path, data };
  for (let done = 0; done < count; done += 100) {
    await writer.pipeline(Array.from({ length: Math.min(100, count - done) }, () => set));
  }
  writer.disconnect();
}

/** Everything after `since`, however little is kept in memory. */
async function replayed(scene: Scene, path: string, since: string, count: number): Promise<void> {
  const { t, member } = scene;
  const stream = await EventStream.open(member.port, { path, since });
  await stream.until((events) => events.length >= count, 20_000);
  await sleep(50);
  t.equal(stream.events.length, count, 'older events come from the log');
  const zxids = stream.events.map(({ event }) => event.zxid);
  t.strictSame(zxids, zxids.toSorted());
  stream.close();
}

/** Who asks for more or less is granted these, whatever else is limited. */
export const GRANTS: LimitCases = {
  waitSeconds: {
    value: 1,
    async reach(scene, value) {
      const { t, http } = scene;
      const target = `/v1/znodes${await scene.root()}`;
      const began = performance.now();
      const headers = { prefer: 'wait=60', 'if-none-match': '*' };
      const answer = await http.send({ target, headers });
      t.equal(answer.status, 304);
      t.equal(answer.headers['preference-applied'], `wait=${value}`, 'it says what was granted');
      t.ok(performance.now() - began < 8000, 'and keeps to it');
    },
  },

  sessionTimeoutMinMs: {
    value: 2000,
    async reach(scene, value) {
      const { t } = scene;
      t.equal((await scene.session(value - 1)).timeoutMs, value);
      t.equal((await scene.webSocket({ timeoutMs: 1 })).timeoutMs, value);
      t.equal((await scene.session(value + 1)).timeoutMs, value + 1);
    },
  },

  sessionTimeoutMaxMs: {
    value: 3000,
    async reach(scene, value) {
      const { t } = scene;
      t.equal((await scene.session(value + 1)).timeoutMs, value);
      t.equal((await scene.webSocket({ timeoutMs: 1e9 })).timeoutMs, value);
      t.equal((await scene.session(value - 1)).timeoutMs, value - 1);
    },
  },
};

/** Each of these has a member of its own. */
export const FLOWS: LimitCases = {
  inFlightPerConnection: {
    value: 5,
    async reach(scene, value) {
      const { t } = scene;
      const path = await scene.root();
      const socket = await scene.webSocket();
      // More than the member takes at once: the rest stays in the socket until there is room.
      const set = { op: 'set', path, data: 'x' };
      const answers = await socket.pipeline(Array.from({ length: 50 * value }, () => set));
      t.ok(answers.every(({ error }) => error === undefined));
      t.equal((await socket.get(path)).stat.version, 50 * value, 'none is lost, none is refused');
      const frame = await socket.frame(Array.from({ length: 4 * value }, () => set));
      t.ok(
        frame.every(({ error }) => error === undefined),
        'a frame is taken whole',
      );
    },
  },

  outboxBytes: {
    value: 200_000,
    async reach(scene, value) {
      const { t, member } = scene;
      const path = await scene.root();
      const reader = await scene.webSocket();
      await reader.addWatch(path, 'persistent', { include: ['data'] });
      const since = reader.zxid;
      // A reader that takes nothing: the kernel's buffers fill, then the outbox.
      reader.socket.pause();
      const data = 'x'.repeat(100_000);
      await setMany(scene, path, 300, data);
      await sleep(200);
      reader.socket.resume();
      t.equal((await reader.closed).code, 4413, 'closed, with a code that says so');
      const again = await WsDriver.connect(member.wsUrl, { session: reader.token });
      const last = reader.arrived.findLast((one) => one.event !== undefined)?.zxid ?? since;
      const seen = reader.arrived.filter((one) => one.event !== undefined).length;
      await again.addWatch(path, 'persistent', { since: last });
      await again.until(() => again.arrived.filter((one) => one.event).length >= 300 - seen);
      t.pass('and goes on where it was');
      await again.sync();
      again.disconnect();

      // A stream waits for its reader instead, and loses nothing by that.
      const from = again.zxid;
      const stream = await EventStream.open(member.port, { path, since: from, include: 'data' });
      stream.pause();
      await setMany(scene, path, 300, data);
      await sleep(500);
      t.ok(stream.events.length < 300, `${stream.events.length} came before it stopped reading`);
      stream.resume();
      await stream.until((events) => events.length >= 300, 30_000);
      await sleep(100);
      const zxids = stream.events.map(({ event }) => event.zxid);
      t.equal(new Set(zxids).size, 300, 'none missing');
      t.strictSame(zxids, zxids.toSorted(), 'none twice, and in their order');
      t.equal(zxids.length, 300);
      t.ok(value < 300 * data.length);
      stream.close();
    },
  },

  connectWithinMs: {
    value: 500,
    async reach(scene, value) {
      const { t, member } = scene;
      const began = performance.now();
      const silent = await WsDriver.open(member.wsUrl);
      const late = await WsDriver.open(member.wsUrl);
      await sleep(value / 2);
      await late.begin();
      t.equal((await silent.closed).code, 4408, 'closed, with a code that says so');
      const elapsed = performance.now() - began;
      t.ok(elapsed >= value - 50 && elapsed < value + 5000, `${elapsed} ms`);
      await sleep(value);
      t.ok(await late.sync(), 'who has connected in time stays');
      late.disconnect();
    },
  },

  historyBytes: {
    value: 10_000,
    async reach(scene, value) {
      const path = await scene.root();
      const watcher = await scene.webSocket();
      const since = await watcher.sync();
      await setMany(scene, path, 50, 'x'.repeat(value / 5));
      await replayed(scene, path, since, 50);
    },
  },

  historyEntries: {
    value: 100,
    async reach(scene, value) {
      const { t, member } = scene;
      const path = await scene.root();
      const watcher = await scene.webSocket();
      const since = await watcher.sync();
      const opened = () => EventStream.open(member.port, { path, since });
      (await opened()).close();
      let gone = false;
      // The log is trimmed behind the tables, when there was a second without writes.
      for (let round = 0; round < 10 && !gone; round += 1) {
        await setMany(scene, path, 3 * value, 'x');
        await sleep(2000);
        gone = await opened().then(
          (stream) => {
            stream.close();
            return false;
          },
          () => true,
        );
      }
      const problem = await refusalOf(opened());
      t.match(problem, { code: 'HistoryGone', status: 410, outcome: 'not-applied' });
      const oldest = problem.oldestZxid ?? '';
      t.ok(oldest > since, 'it names the oldest zxid that one can go on from');
      const stream = await EventStream.open(member.port, { path, since: oldest });
      await stream.until((events) => events.length >= value - 1);
      t.pass(`at least ${value} entries are kept`);
      stream.close();
    },
  },
};
