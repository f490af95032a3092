/** `/v1/events`: every change as it comes, and after a pause from where the reader was. */
import { startMember } from '../harness/member.ts';
import { codeOf, refusalOf, userAcl } from './driver.ts';
import { EventStream, type StreamEvent, type StreamTarget } from './event-stream.ts';
import { HttpDriver } from './http-driver.ts';
import { overHttp, type Setting, sleep, withOwnMembers } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

async function opened(
  { t, member }: Pick<Setting<HttpDriver>, 't' | 'member'>,
  target: StreamTarget,
  headers?: Record<string, string>,
): Promise<EventStream> {
  const stream = await EventStream.open(member.port, target, headers);
  t.teardown(() => stream.close());
  return stream;
}

const textOf = ({ event: { event, path } }: StreamEvent) => `${event} ${path}`;

await overHttp({
  'of a znode: its own events and those of its list of children': async (setting) => {
    const { t, client, at } = setting;
    const stream = await opened(setting, { path: at('x') });
    t.match(stream.headers, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'paddock-zxid': client.zxid,
    });
    await client.create(at('x'));
    await client.set(at('x'), 'x');
    await client.create(at('x/child'));
    await client.set(at('x/child'), 'not seen');
    await client.create(at('x/child/grandchild'));
    await client.create(at('xx'));
    await client.delete(at('x'), { recursive: true });
    await stream.until((events) => events.some(({ type }) => type === 'nodeDeleted'));
    t.strictSame(stream.events.map(textOf), [
      `nodeCreated ${at('x')}`,
      `nodeDataChanged ${at('x')}`,
      `nodeChildrenChanged ${at('x')}`,
      `nodeChildrenChanged ${at('x')}`,
      `nodeDeleted ${at('x')}`,
    ]);
    for (const { type, event } of stream.events) t.equal(event.event, type);
  },

  'recursive: of everything below, without lists of children': async (setting) => {
    const { t, client, at } = setting;
    const stream = await opened(setting, { path: at(''), recursive: true });
    await client.create(at('a/b'), { parents: true });
    await client.set(at('a/b'), 'x');
    await client.delete(at('a'), { recursive: true });
    await stream.until((events) => events.length >= 5);
    t.strictSame(stream.events.map(textOf), [
      `nodeCreated ${at('a')}`,
      `nodeCreated ${at('a/b')}`,
      `nodeDataChanged ${at('a/b')}`,
      `nodeDeleted ${at('a/b')}`,
      `nodeDeleted ${at('a')}`,
    ]);
  },

  'without a path it is about the root': async (setting) => {
    const { t, client, at } = setting;
    const stream = await opened(setting, { recursive: true });
    await client.create(at('x'));
    await stream.until((events) => events.some(({ event }) => event.path === at('x')));
    t.pass();
  },

  'include shows stat and data as the change wrote them': async (setting) => {
    const { t, client, at } = setting;
    const stream = await opened(setting, { path: at('x'), include: 'stat,data' });
    await client.create(at('x'), { data: 'one' });
    const { stat } = await client.set(at('x'), new Uint8Array([255]));
    await stream.until((events) => events.length === 2);
    t.match(stream.events[0]?.event, { data: 'one', encoding: 'utf8', stat: { version: 0 } });
    t.match(stream.events[1]?.event, { data: '/w==', encoding: 'base64', stat });
  },

  'since, and stronger Last-Event-ID: first what has happened in the meantime': async (setting) => {
    const { t, client, at } = setting;
    await client.create(at('x'));
    const first = client.zxid;
    for (const data of ['1', '2', '3']) await client.set(at('x'), data);
    const since = await opened(setting, { path: at('x'), since: first, include: 'data' });
    await since.until((events) => events.length >= 3);
    t.strictSame(
      since.events.map(({ event }) => event.data),
      ['1', '2', '3'],
    );
    const id = since.events[1]?.id ?? '';
    const resumed = await opened(
      setting,
      { path: at('x'), since: first, include: 'data' },
      { 'last-event-id': id },
    );
    await client.set(at('x'), '4');
    await resumed.until((events) => events.length >= 2);
    await sleep(50);
    t.strictSame(
      resumed.events.map(({ event }) => event.data),
      ['3', '4'],
    );
  },

  'a quiet stream tells at once where it would be resumed': async (setting) => {
    const { t, client, at } = setting;
    const zxid = await client.sync();
    const stream = await opened(setting, { path: at('x') });
    const deadline = performance.now() + 5000;
    while (stream.lastId === '' && performance.now() < deadline) await sleep(5);
    t.equal(stream.lastId, zxid);
  },

  'a stream that is cut in the middle of a transaction goes on with the next event': async (
    setting,
  ) => {
    const { t, client, at } = setting;
    const before = await client.sync();
    const names = Array.from({ length: 20 }, (_, number) => at(`n${number}`));
    await client.transaction(names.map((path) => ({ op: 'create', path })));
    await client.create(at('after'));
    const all = [...names, at('after')];
    const target = { path: at(''), recursive: true };
    const whole = await opened(setting, { ...target, since: before });
    await whole.until((events) => events.length >= all.length);
    t.strictSame(
      whole.events.map(({ event }) => event.path),
      all,
    );
    t.equal(new Set(whole.events.map(({ id }) => id)).size, all.length, 'each has its own id');
    for (const cut of [0, 1, 9, 18, 19]) {
      const id = whole.events[cut]?.id ?? '';
      const rest = await opened(setting, target, { 'last-event-id': id });
      await rest.until((events) => events.length >= all.length - cut - 1);
      await sleep(30);
      t.strictSame(
        rest.events.map(({ event }) => event.path),
        all.slice(cut + 1),
        `cut after ${cut + 1}`,
      );
      t.strictSame(
        rest.events.map((event) => event.id),
        whole.events.slice(cut + 1).map((event) => event.id),
        'with the same ids',
      );
    }
  },

  'resumed again and again: no event missing, none twice': async (setting) => {
    const { t, client, member, at } = setting;
    const writer = await WsDriver.connect(member.wsUrl);
    t.teardown(() => writer.disconnect());
    const total = 400;
    const target = { path: at(''), recursive: true, since: await client.sync() };
    const writing = (async () => {
      for (let number = 0; number < total; number += 4) {
        const create = { op: 'create', path: at('n-'), mode: 'persistent_sequential' };
        const ops = [create, create, create];
        await writer.pipeline([create, { op: 'transaction', ops }]);
        await sleep(2);
      }
    })();
    const heard: string[] = [];
    let resumeAt = '';
    for (let round = 0; heard.length < total; round += 1) {
      const headers = resumeAt === '' ? {} : { 'last-event-id': resumeAt };
      const stream = await opened(setting, target, headers as Record<string, string>);
      await sleep(5 + ((round * 7) % 40));
      stream.close();
      heard.push(...stream.events.map(({ event }) => event.path));
      resumeAt = stream.events.at(-1)?.id ?? resumeAt;
    }
    await writing;
    t.strictSame(
      heard,
      Array.from({ length: total }, (_, n) => at(`n-${String(n).padStart(10, '0')}`)),
    );
  },

  'what cannot be followed is refused': async ({ t, client, at }) => {
    for (const query of [
      'path=',
      'path=x',
      `path=${at('')}/`,
      'path=/a//b',
      'recursive=yes',
      'since=',
      'since=1',
      'since=00000001000000FF',
      `since=${client.zxid}.`,
      `since=${client.zxid}.x`,
      'include=everything',
      'unknown=1',
    ]) {
      const answer = await client.send({ target: `/v1/events?${query}` });
      t.equal(answer.status, 400, query);
    }
    const headers = { 'last-event-id': 'nonsense' };
    t.equal((await client.send({ target: '/v1/events', headers })).status, 400);
  },
});

await withOwnMembers(
  'streams go on after a restart of the member, killed or stopped',
  async (t) => {
    let member = await startMember();
    const { port, dataDir } = member;
    const begin = await HttpDriver.open(port);
    await begin.create('/n');
    const target = { path: '/n', recursive: true, since: begin.zxid };
    begin.disconnect();

    const heard: string[] = [];
    const expected: string[] = [];
    let resumeAt = '';
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGTERM', 'none'] as const) {
      const headers = resumeAt === '' ? undefined : { 'last-event-id': resumeAt };
      const stream = await EventStream.open(port, target, headers);
      const writer = await WsDriver.connect(member.wsUrl);
      const create = { op: 'create', path: '/n/x-', mode: 'persistent_sequential' };
      // The last of these are written when the stream has been closed already.
      for (const batch of [1, 2, 3]) {
        if (batch === 3) stream.close();
        const answers = await writer.pipeline(Array.from({ length: 20 }, () => create));
        expected.push(...answers.map(({ result }) => String(result?.['path'])));
      }
      writer.disconnect();
      heard.push(...stream.events.map(({ event }) => event.path));
      resumeAt = stream.events.at(-1)?.id ?? resumeAt;
      if (signal === 'none') break;
      await member.kill(signal);
      member = await startMember({ dataDir, port });
    }
    const rest = await EventStream.open(port, target, { 'last-event-id': resumeAt });
    await rest.until((events) => heard.length + events.length >= expected.length);
    await sleep(50);
    heard.push(...rest.events.map(({ event }) => event.path));
    rest.close();
    t.strictSame(heard, expected, 'none missing, none twice');
    t.equal(new Set(heard).size, 300);
    await member.stop();
  },
);

/**
 * Writes until the log no longer reaches back to `since`. It is trimmed behind the tables, when the
 * member has had a second without writes.
 */
async function trimmed(client: WsDriver, port: number, since: string): Promise<void> {
  const set = { op: 'set', path: '/x', data: 'x' };
  for (let round = 0; round < 10; round += 1) {
    await client.pipeline(Array.from({ length: 300 }, () => set));
    await sleep(2500);
    try {
      (await EventStream.open(port, { path: '/x', since })).close();
    } catch {
      return;
    }
  }
}

await withOwnMembers(
  'a history that does not reach back is said to be gone, never skipped',
  async (t) => {
    const args = ['historyEntries=50', 'historyBytes=2000'].flatMap((limit) => ['--limit', limit]);
    const member = await startMember({ args });
    t.teardown(() => member.stop());
    const client = await WsDriver.connect(member.wsUrl);
    t.teardown(() => client.disconnect());
    await client.create('/x');
    const bob = await WsDriver.connect(member.wsUrl);
    t.teardown(() => bob.disconnect());
    await bob.authenticate('bob', 'secret');
    for (const path of ['/bobs', '/still']) {
      await bob.create(path, { acl: userAcl('cdrwa', 'bob', 'secret') });
    }
    const since = bob.zxid;
    await bob.set('/bobs', 'secret');
    await trimmed(client, member.port, since);
    const problem = await refusalOf(EventStream.open(member.port, { path: '/x', since }));
    t.match(problem, { code: 'HistoryGone', status: 410, oldestZxid: /^[0-9a-f]{16}$/ });
    const oldest = problem.oldestZxid ?? '';
    t.ok(oldest > since, 'the oldest zxid that is kept');
    const overWebSocket = await refusalOf(client.addWatch('/x', 'persistent', { since }));
    t.match(overWebSocket, { code: 'HistoryGone', oldestZxid: /^[0-9a-f]{16}$/ });
    // One-shot watches need no history where the stat shows that nothing has happened. Where it is
    // not shown nobody is to learn from this when it was changed.
    const left = (who: WsDriver, path: string) =>
      who.request({ op: 'setWatches', since, data: [path], child: [path] });
    t.match((await left(bob, '/still')).result, { data: [Number], child: [Number] });
    for (const path of ['/bobs', '/still'])
      t.equal(await codeOf(left(client, path)), 'HistoryGone');
    const stream = await EventStream.open(member.port, {
      path: '/x',
      since: oldest,
      include: 'stat',
    });
    await stream.until((events) => events.length > 0);
    const first = stream.events[0]?.event.stat?.version ?? 0;
    await stream.until((events) => events.at(-1)?.event.zxid === client.zxid);
    const missing = stream.events.findIndex(({ event }, n) => event.stat?.version !== first + n);
    t.equal(missing, -1, 'from there on everything is there');
    stream.close();
  },
);
