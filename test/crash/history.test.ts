/** After a restart, too, what is not kept any more is said to be gone, and the rest is all told. */
import t from 'tap';
import { Refused, refusalOf } from '../conformance/driver.ts';
import { EventStream } from '../conformance/event-stream.ts';
import { WsDriver } from '../conformance/ws-driver.ts';
import { startMember } from '../harness/member.ts';
import { eventually } from '../harness/wait.ts';

/** The log is trimmed behind the tables: they are written in a second without writes. */
const ARGS = ['--limit', 'historyEntries=50', '--limit', 'historyBytes=2000'];

t.setTimeout(90_000);

/** How far back the log reaches, as whoever asks for `since` is told; `since` when it does. */
async function oldestAt(port: number, since: string): Promise<string> {
  try {
    (await EventStream.open(port, { path: '/x', since })).close();
    return since;
  } catch (error) {
    if (error instanceof Refused) return error.problem.oldestZxid ?? '';
    throw error;
  }
}

/** Everything that is kept; more of it may be trimmed while it is asked for. */
async function fromTheOldest(port: number, since: string): Promise<EventStream> {
  const oldest = await oldestAt(port, since);
  try {
    return await EventStream.open(port, { path: '/x', since: oldest, include: 'stat' });
  } catch (error) {
    if (error instanceof Refused) return fromTheOldest(port, since);
    throw error;
  }
}

await t.test('a history that is gone is gone after a restart, and the rest is told', async (t) => {
  let member = await startMember({ args: ARGS });
  t.teardown(() => member.stop());
  const { port, dataDir } = member;
  const writer = await WsDriver.connect(member.wsUrl);
  t.teardown(() => writer.disconnect());
  await writer.create('/x');
  const since = writer.zxid;
  const set = { op: 'set', path: '/x', data: 'x' };
  await writer.pipeline(Array.from({ length: 400 }, () => set));
  const last = writer.zxid;
  let oldest = since;
  await eventually('the log is trimmed', async () => {
    oldest = await oldestAt(port, since);
    return oldest > since;
  });
  t.ok(oldest > since && oldest < last, `${oldest} is the oldest that is kept`);
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    await member.kill(signal);
    member = await startMember({ args: ARGS, port, dataDir });
    t.ok((await oldestAt(port, since)) >= oldest, `after ${signal} too`);
    const client = await WsDriver.connect(member.wsUrl);
    for (const request of [
      { op: 'addWatch', path: '/x', mode: 'persistent', since },
      { op: 'setWatches', since, data: ['/x'] },
    ]) {
      const problem = await refusalOf(client.request(request));
      t.equal(problem.code, 'HistoryGone', request.op);
      t.ok((problem.oldestZxid ?? '') >= oldest, 'with the oldest zxid that is kept');
    }
    client.disconnect();
    const stream = await fromTheOldest(port, since);
    await stream.until((events) => events.at(-1)?.event.zxid === last);
    stream.close();
    const versions = stream.events.map(({ event }) => event.stat?.version ?? 0);
    t.equal(versions.at(-1), 400);
    const first = versions[0] ?? 0;
    t.same(
      versions,
      Array.from({ length: 401 - first }, (_, n) => first + n),
      'from there on everything is told',
    );
  }
});
