import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { startTestMember, type TestMember } from './member.ts';

interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: {
    readonly event: string;
    readonly path: string;
    readonly zxid: string;
    readonly stat?: { readonly version: number };
    readonly data?: string;
    readonly encoding?: string;
    readonly code?: string;
    readonly oldestZxid?: string;
  };
}

interface Stream {
  readonly status: number;
  readonly headers: Headers;
  /** All that was received. */
  readonly text: () => string;
  readonly events: () => ServerEvent[];
  /** The first `count` events, waited for. */
  readonly first: (count: number) => Promise<ServerEvent[]>;
  readonly ended: Promise<void>;
  readonly close: () => void;
}

function parse(text: string): ServerEvent[] {
  const events: ServerEvent[] = [];
  for (const block of text.split('\n\n').slice(0, -1)) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    if (field('event') === '') continue;
    events.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) });
  }
  return events;
}

async function listen(
  member: TestMember,
  query: string,
  headers: Record<string, string> = {},
): Promise<Stream> {
  const aborter = new AbortController();
  const response = await fetch(`${member.url}/v1/events?${query}`, {
    headers,
    signal: aborter.signal,
  });
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  const ended = read().catch(() => undefined);
  const first = async (count: number) => {
    for (let turn = 0; turn < 300 && parse(text).length < count; turn += 1) await sleep(10);
    return parse(text).slice(0, count);
  };
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    events: () => parse(text),
    first,
    ended,
    close: () => aborter.abort(),
  };
}

const shown = (events: readonly ServerEvent[]) =>
  events.map(({ data }) => `${data.event} ${data.path}`);

t.test('an event stream', async (t) => {
  const member = await startTestMember(t);
  const { send } = member;
  const put = (path: string, body = '') => send('PUT', `/v1/znodes${path}`, { body });
  const transact = (ops: readonly object[]) =>
    send('POST', '/v1/transactions', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ops }),
    });

  t.test('shows what happens to one znode and its children', async (t) => {
    await put('/one');
    const stream = await listen(member, 'path=/one');
    t.equal(stream.status, 200);
    t.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    t.match(stream.headers.get('paddock-zxid'), /^[0-9a-f]{16}$/);
    const written = await put('/one', 'x');
    await put('/one/child');
    await put('/one/child', 'not concerned');
    await send('DELETE', '/v1/znodes/one?recursive=true');
    const events = await stream.first(4);
    t.strictSame(shown(events), [
      'nodeDataChanged /one',
      'nodeChildrenChanged /one',
      'nodeChildrenChanged /one',
      'nodeDeleted /one',
    ]);
    t.equal(events[0]?.id, written.headers.get('paddock-zxid'));
    t.strictSame(events[0]?.data, {
      event: 'nodeDataChanged',
      path: '/one',
      zxid: written.headers.get('paddock-zxid'),
    });
    t.match(stream.text(), /^retry: \d+\nid: [0-9a-f]{16}\n\n/, 'begins with where it begins');
    stream.close();
  });

  t.test('recursive shows a whole subtree, include the new values', async (t) => {
    const stream = await listen(member, 'path=/&recursive=true&include=stat,data');
    await put('/sub', 'one');
    await send('PUT', '/v1/znodes/sub/b', { body: new Uint8Array([0xff, 0]) });
    await put('/sub', 'two');
    const events = await stream.first(3);
    t.strictSame(shown(events), ['nodeCreated /sub', 'nodeCreated /sub/b', 'nodeDataChanged /sub']);
    t.match(events[0]?.data, { data: 'one', encoding: 'utf8', stat: { version: 0 } });
    t.match(events[1]?.data, { data: '/wA=', encoding: 'base64' });
    t.match(events[2]?.data, { data: 'two', stat: { version: 1 } });
    stream.close();
  });

  t.test('goes on after any id, even within a transaction', async (t) => {
    await put('/r');
    const live = await listen(member, 'path=/r&recursive=true');
    await put('/r', 'before');
    await transact(['a', 'b', 'c'].map((name) => ({ op: 'create', path: `/r/${name}` })));
    await put('/r', 'after');
    const all = await live.first(5);
    live.close();
    const ids = all.map(({ id }) => id);
    const [, one, two, three] = ids;
    t.match(one, new RegExp(`^${three}\\.\\d+$`));
    t.match(two, new RegExp(`^${three}\\.\\d+$`));
    t.not(one, two);
    for (const [index, id] of ids.entries()) {
      const rest = ids.slice(index + 1);
      const byHeader = await listen(member, 'path=/r&recursive=true', { 'last-event-id': id });
      const byQuery = await listen(member, `path=/r&recursive=true&since=${id}`);
      for (const stream of [byHeader, byQuery]) {
        await stream.first(rest.length);
        await sleep(20);
        t.strictSame(
          stream.events().map((event) => event.id),
          rest,
          `after ${id}`,
        );
        stream.close();
      }
    }
    const both = await listen(member, `path=/r&recursive=true&since=${ids[0]}`, {
      'last-event-id': ids[3] ?? '',
    });
    t.strictSame(
      (await both.first(1)).map(({ id }) => id),
      ids.slice(4),
      'the header knows better',
    );
    both.close();
  });

  t.test('replays and then goes on live without a gap', async (t) => {
    await put('/gap');
    const since = (await send('GET', '/v1/znodes/gap')).headers.get('paddock-zxid');
    for (let n = 0; n < 50; n += 1) await put('/gap', `${n}`);
    const stream = await listen(member, `path=/gap&since=${since}&include=data`);
    for (let n = 50; n < 100; n += 1) await put('/gap', `${n}`);
    const data = (await stream.first(100)).map((event) => Number(event.data.data));
    t.strictSame(data, [...Array(100).keys()]);
    stream.close();
  });

  t.test('refuses what it cannot do, before it begins', async (t) => {
    for (const query of [
      'path=a',
      'path=/a//b',
      'path=/&since=x',
      'path=/&since=',
      'path=/&since=0000000000000001.x',
      'path=/&recursive=yes',
      'path=/&include=all',
      'path=/&nosuch=1',
    ]) {
      const answer = await send('GET', `/v1/events?${query}`);
      t.equal(answer.status, 400, query);
      t.match(answer.headers.get('content-type'), /problem\+json/);
    }
    t.equal(
      (await send('GET', '/v1/events?path=/', { headers: { 'last-event-id': '?' } })).status,
      400,
    );
  });

  t.test('ends when the member stops', async (t) => {
    const other = await startTestMember(t);
    const stream = await listen(other, 'path=/');
    await other.stop();
    await stream.ended;
    t.pass('in good order');
  });
});

t.test('history that is gone is said to be gone', async (t) => {
  const limits = ['--limit', 'historyBytes=1000', '--limit', 'historyEntries=10'];
  const first = await startTestMember(t, limits);
  for (let n = 0; n < 150; n += 1) await first.send('PUT', '/v1/znodes/h', { body: `${n}` });
  await first.stop();
  const member = await startTestMember(t, limits, first.directory);
  const answer = await member.send('GET', '/v1/events?path=/h&since=0000000000000000');
  t.equal(answer.status, 410);
  t.match(answer.json(), { code: 'HistoryGone', oldestZxid: /^[0-9a-f]{16}$/ });
  const { oldestZxid } = answer.json();
  const stream = await listen(member, `path=/h&since=${oldestZxid}`);
  t.equal(stream.status, 200, 'the oldest that it names can be resumed from');
  stream.close();
});

t.test('streams are limited in number and end with their connection', async (t) => {
  const member = await startTestMember(t, ['--limit', 'connections=2']);
  const one = await listen(member, 'path=/');
  const two = await listen(member, 'path=/');
  const third = await member.send('GET', '/v1/events?path=/');
  t.equal(third.status, 503);
  t.match(third.json(), { code: 'Throttled', limit: { name: 'connections', value: 2 } });
  t.match((await member.send('GET', '/metrics')).text, /^num_alive_connections 2$/m);
  one.close();
  two.close();
  await sleep(50);
  t.match((await member.send('GET', '/metrics')).text, /^num_alive_connections 0$/m);
  t.match((await member.send('GET', '/metrics')).text, /^watch_count 0$/m);
});

/** A reader that reads only when told to. */
async function lazyReader(port: number, target: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await new Promise((resolve) => socket.once('readable', resolve));
  return socket;
}

t.test('a slow reader gets everything, out of the history', async (t) => {
  const member = await startTestMember(t, ['--limit', 'outboxBytes=100000']);
  const since = (await member.send('PUT', '/v1/znodes/slow')).headers.get('paddock-zxid');
  const socket = await lazyReader(member.port, `/v1/events?path=/slow&include=data&since=${since}`);
  const body = 'x'.repeat(100_000);
  for (let n = 0; n < 100; n += 1) {
    await member.send('PUT', '/v1/znodes/slow', { body: `${n} ${body}` });
  }
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  const numbers = () => [...text.matchAll(/"data":"(\d+) x/g)].map(([, n]) => Number(n));
  for (let turn = 0; turn < 500 && numbers().length < 100; turn += 1) await sleep(10);
  t.strictSame(numbers(), [...Array(100).keys()], 'in order, none missing, none twice');
  socket.destroy();
});
