/**
 * Reads as fresh as asked for, over HTTP and over WebSocket, and what the order of a connection is
 * while they wait. What it means with several members: `test/ensemble/follower.test.ts`.
 */
import { codeOf, type Stat } from './driver.ts';
import { overHttp, overWebSocket, sleep } from './specification.ts';
import { isEvent, type Message } from './ws-driver.ts';

const LINEARIZABLE = 'consistency=linearizable';
/** Of an epoch that no ensemble comes to. */
const NEVER = '000fffff00000000';

function numberOf(zxid: string): number {
  return Number.parseInt(zxid, 16);
}

await overHttp({
  'every read takes consistency, and answers as without': async ({ t, client, at }) => {
    await client.create(at('x'), { data: 'here' });
    const body = JSON.stringify({ ops: [{ op: 'get', path: at('x') }] });
    const headers = { 'content-type': 'application/json' };
    const reads: [string, string, object?][] = [
      ['GET', `/v1/znodes${at('x')}`],
      ['HEAD', `/v1/znodes${at('x')}`],
      ['GET', `/v1/children${at('')}`],
      ['GET', `/v1/acls${at('x')}`],
      ['POST', '/v1/batch-reads', { body, headers }],
    ];
    for (const [method, target, more] of reads) {
      const plain = await client.send({ method, target, ...more });
      for (const wish of [LINEARIZABLE, 'consistency=sequential']) {
        const answer = await client.send({ method, target: `${target}?${wish}`, ...more });
        t.equal(answer.status, 200, `${method} ${target} ${wish}`);
        t.equal(answer.text, plain.text);
      }
      const answer = await client.send({ method, target: `${target}?consistency=x`, ...more });
      t.equal(answer.status, 400, 'and none that is not known');
    }
    const missing = await client.send({ target: `/v1/znodes${at('none')}?${LINEARIZABLE}` });
    t.equal(missing.status, 404);
  },

  'a write takes none': async ({ t, client, at }) => {
    const target = `/v1/znodes${at('x')}?${LINEARIZABLE}`;
    t.equal((await client.send({ method: 'PUT', target })).status, 400);
    t.equal(
      (await client.send({ method: 'POST', target: `/v1/sync?${LINEARIZABLE}` })).status,
      400,
    );
  },

  'conditions and waiting hold for a linearizable read too': async ({ t, client, connect, at }) => {
    const { stat } = await client.create(at('x'));
    const target = `/v1/znodes${at('x')}?${LINEARIZABLE}`;
    const etag = (await client.send({ target })).headers.etag ?? '';
    const same = await client.send({ target, headers: { 'if-none-match': etag } });
    t.equal(same.status, 304);
    const headers = { 'if-none-match': etag, prefer: 'wait=10' };
    const held = client.send({ target, headers });
    const other = await connect();
    await sleep(50);
    await other.set(at('x'), 'changed');
    const answer = await held;
    t.equal(answer.status, 200);
    t.ok(answer.json<{ stat: Stat }>().stat.mzxid > stat.mzxid);
  },

  'the pages of a listing keep it': async ({ t, client, at }) => {
    for (const name of ['a', 'b']) await client.create(at(name));
    const answer = await client.send({ target: `/v1/children${at('')}?limit=1&${LINEARIZABLE}` });
    t.match(answer.headers['link'], /consistency=linearizable/);
  },

  'a stream since a zxid that never was is refused': async ({ t, client, at }) => {
    const answer = await client.send({ target: `/v1/events?path=${at('')}&since=${NEVER}` });
    t.equal(answer.status, 409);
    t.match(answer.json(), { code: 'AheadOfEnsemble', outcome: 'not-applied' });
  },
});

// It looks at what others write, too.
await overWebSocket({
  'what is behind a read that waits for a zxid waits with it': async ({
    t,
    client,
    connect,
    at,
  }) => {
    await client.create(at('x'), { data: 'before' });
    const other = await connect();
    const from = other.arrived.length;
    const next = (numberOf(other.zxid) + 2).toString(16).padStart(16, '0');
    const answers = other.pipeline([
      { op: 'get', path: at('x'), minZxid: next },
      { op: 'get', path: at('x') },
      { op: 'ping' },
    ]);
    await sleep(50);
    t.equal(other.arrived.length, from, 'nothing is answered yet');
    await client.set(at('x'), 'almost');
    const { stat } = await client.set(at('x'), 'after');
    // Others may write, too: then it comes with the first of the two.
    const data = stat.mzxid > next ? /almost|after/ : 'after';
    t.match(await answers, [{ result: { data } }, { result: { data } }, {}]);
  },
});

await overWebSocket(
  {
    'every read takes consistency and minZxid': async ({ t, client, at }) => {
      await client.create(at('x'), { data: 'here' });
      const minZxid = client.zxid;
      for (const wish of [
        { consistency: 'linearizable' },
        { consistency: 'sequential' },
        { minZxid },
        { consistency: 'linearizable', minZxid },
      ]) {
        const answers = await client.pipeline([
          { op: 'get', path: at('x'), ...wish },
          { op: 'exists', path: at('x'), ...wish },
          { op: 'children', path: at(''), ...wish },
          { op: 'getAcl', path: at('x'), ...wish },
          { op: 'read', ops: [{ op: 'get', path: at('x') }], ...wish },
        ]);
        t.match(
          answers,
          [
            { result: { data: 'here' } },
            { result: { exists: true } },
            { result: { children: [{ name: 'x' }] } },
            { result: { path: at('x') } },
            { result: { results: [{ data: 'here' }] } },
          ],
          JSON.stringify(wish),
        );
      }
      for (const wrong of [{ consistency: 'x' }, { minZxid: '1' }, { minZxid: 1 }]) {
        t.equal(
          await codeOf(client.request({ op: 'get', path: at('x'), ...wrong })),
          'BadArguments',
        );
      }
      const write = { op: 'set', path: at('x'), data: '', consistency: 'linearizable' };
      t.equal(await codeOf(client.request(write)), 'BadArguments');
    },

    'a linearizable read is a read like others: errors, watches': async ({ t, client, at }) => {
      const wish = { consistency: 'linearizable' };
      t.equal(await codeOf(client.request({ op: 'get', path: at('none'), ...wish })), 'NoNode');
      t.equal(await codeOf(client.request({ op: 'get', path: 'x', ...wish })), 'BadArguments');
      const watch = await client.watching({ op: 'exists', path: at('x'), ...wish });
      await client.create(at('x'));
      t.match(await client.events(), [{ event: 'nodeCreated', path: at('x'), watches: [watch] }]);
    },

    'FIFO: it shows what was sent before it and nothing that was sent behind': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('x'), { data: '' });
      const rounds = 60;
      const requests = Array.from({ length: rounds }, (_, round) => [
        { op: 'set', path: at('x'), data: `${round}` },
        { op: 'get', path: at('x'), consistency: 'linearizable' },
        { op: 'get', path: at('x'), consistency: 'linearizable' },
        { op: 'get', path: at('x') },
        { op: 'get', path: at('x'), minZxid: '0000000000000000' },
      ]).flat();
      const answers = await client.pipeline(requests);
      const read = answers.flatMap(({ result }) =>
        result?.['data'] === undefined ? [] : [Number(result['data'])],
      );
      t.strictSame(
        read,
        Array.from({ length: rounds }, (_, round) => [round, round, round, round]).flat(),
      );
      const ids = client.arrived.flatMap(({ id }) => id ?? []);
      t.strictSame(
        ids,
        ids.toSorted((a, b) => a - b),
        'answers come in the order of the requests',
      );
    },

    'what the ensemble has never come to is refused as that': async ({ t, client, at }) => {
      const answers = await client.pipeline([
        { op: 'get', path: at(''), minZxid: NEVER },
        { op: 'addWatch', path: at(''), mode: 'persistent', since: NEVER },
        { op: 'setWatches', since: NEVER, data: [at('')] },
        { op: 'get', path: at('') },
      ]);
      t.match(answers, [
        { error: { code: 'AheadOfEnsemble', outcome: 'not-applied' } },
        { error: { code: 'AheadOfEnsemble' } },
        { error: { code: 'AheadOfEnsemble' } },
        { result: { path: at('') } },
      ]);
    },

    'ping with minZxid says that the events up to it have come': async ({
      t,
      client,
      connect,
      at,
    }) => {
      await client.addWatch(at('x'), 'persistent');
      const other = await connect();
      for (let round = 0; round < 30; round += 1) {
        const { zxid } = await other.request({ op: 'set', path: at('x'), data: '', create: true });
        const { zxid: mark } = await client.request({ op: 'ping', minZxid: zxid });
        t.ok(mark >= zxid);
        const events = client.arrived.filter(isEvent);
        t.equal(events.at(-1)?.zxid, zxid, 'before the answer');
      }
    },

    'an event of the past comes before any answer that shows its change': async ({
      t,
      client,
      connect,
      at,
    }) => {
      await client.create(at('x'), { data: '' });
      const since = client.zxid;
      const count = 2000;
      const sets = Array.from({ length: count }, (_, n) => ({
        op: 'set',
        path: at('x'),
        data: `${n}`,
      }));
      await client.pipeline(sets);
      const reader = await connect();
      const from = reader.arrived.length;
      await reader.pipeline([
        { op: 'set', path: at(''), data: 'a write before' },
        { op: 'addWatch', path: at('x'), mode: 'persistent', since },
        { op: 'get', path: at('x') },
        { op: 'set', path: at('x'), data: 'mine' },
        { op: 'get', path: at('x') },
      ]);
      const stream = reader.arrived.slice(from);
      t.equal(stream.filter(isEvent).length, count + 1, 'every one of them');
      t.same(aheadOfEvents(stream, at('x')), [], 'no answer shows more than the events before it');
    },
  },
  { jobs: 3 },
);

/** Answers with data that is newer than the last event before them. */
function aheadOfEvents(stream: readonly Message[], path: string): readonly Message[] {
  let heard = '';
  return stream.filter((message) => {
    if (isEvent(message)) {
      if (message.path === path) heard = message.zxid;
      return false;
    }
    const { stat, path: read } = (message.result ?? {}) as { stat?: Stat; path?: string };
    return read === path && stat !== undefined && stat.mzxid > heard;
  });
}
