/**
 * Requests that are held until something holds: `Prefer: wait` with `If-None-Match` and `until`.
 */
import { HttpDriver } from './http-driver.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { eventually, overHttp, sleep } from './specification.ts';

interface Held {
  readonly answer: HttpAnswer;
  readonly elapsedMs: number;
}

/** Sends a request that is to be held; resolves with its answer and the time that it took. */
async function held(
  client: HttpDriver,
  target: string,
  headers: Record<string, string>,
): Promise<Held> {
  const began = performance.now();
  const answer = await client.send({ target, headers });
  return { answer, elapsedMs: performance.now() - began };
}

const WAIT = { prefer: 'wait=30' };
const BRIEFLY = { prefer: 'wait=1' };

/** Time enough for a request to be held before what it waits for is done. */
const SETTLE_MS = 300;

/** An answer that came this soon was not held to the end of its time. */
const SOON_MS = 10_000;

await overHttp(
  {
    'a GET is held until the znode is not what the client has': async ({ t, client, at }) => {
      await client.create(at('x'), { data: 'old' });
      const target = `/v1/znodes${at('x')}`;
      const tag = (await client.send({ target })).headers.etag ?? '';
      const waiting = held(client, target, { ...WAIT, 'if-none-match': tag });
      await sleep(SETTLE_MS);
      const { stat } = await client.set(at('x'), 'new');
      const { answer, elapsedMs } = await waiting;
      t.equal(answer.status, 200);
      t.match(answer.json(), { data: 'new', stat: { mzxid: stat.mzxid } });
      t.equal(answer.headers['preference-applied'], 'wait=30');
      t.ok((answer.headers['paddock-zxid'] ?? '') >= stat.mzxid);
      t.ok(elapsedMs >= SETTLE_MS - 50 && elapsedMs < SOON_MS, `${elapsedMs} ms`);
    },

    'the JSON form is another one when a child comes or the ACL changes, the bytes are not':
      async ({ t, client, at }) => {
        await client.create(at('x'));
        const target = `/v1/znodes${at('x')}`;
        const bytes = { accept: 'application/octet-stream' };
        const changes = [
          () => client.create(at('x/child')),
          async () => client.setAcl(at('x'), (await client.getAcl(at('x'))).acl),
        ];
        for (const change of changes) {
          const json = (await client.send({ target })).headers.etag ?? '';
          const raw = (await client.send({ target, headers: bytes })).headers.etag ?? '';
          const ofJson = held(client, target, { prefer: 'wait=5', 'if-none-match': json });
          const ofBytes = held(client, target, { ...BRIEFLY, ...bytes, 'if-none-match': raw });
          await sleep(SETTLE_MS);
          await change();
          const { answer, elapsedMs } = await ofJson;
          t.equal(answer.status, 200);
          t.ok(elapsedMs < 3000, `${elapsedMs} ms`);
          t.equal((await ofBytes).answer.status, 304);
        }
      },

    'a GET that is out of date is answered at once': async ({ t, client, at }) => {
      await client.create(at('x'));
      const target = `/v1/znodes${at('x')}`;
      const { answer, elapsedMs } = await held(client, target, {
        ...WAIT,
        'if-none-match': '"old"',
      });
      t.equal(answer.status, 200);
      t.ok(elapsedMs < SOON_MS);
    },

    'time up: 304': async ({ t, client, at }) => {
      await client.create(at('x'));
      const target = `/v1/znodes${at('x')}`;
      const tag = (await client.send({ target })).headers.etag ?? '';
      const { answer, elapsedMs } = await held(client, target, {
        ...BRIEFLY,
        'if-none-match': tag,
      });
      t.equal(answer.status, 304);
      t.equal(answer.headers['preference-applied'], 'wait=1');
      t.ok(elapsedMs >= 950 && elapsedMs < SOON_MS, `${elapsedMs} ms`);
    },

    'a znode that goes while it is waited for is a 404': async ({ t, client, at }) => {
      await client.create(at('x'));
      const target = `/v1/znodes${at('x')}`;
      const tag = (await client.send({ target })).headers.etag ?? '';
      const waiting = held(client, target, { ...WAIT, 'if-none-match': tag });
      await sleep(SETTLE_MS);
      await client.delete(at('x'));
      const { answer } = await waiting;
      t.equal(answer.status, 404);
      t.match(answer.json(), { code: 'NoNode', path: at('x') });
    },

    'until=exists': async ({ t, client, at }) => {
      const waiting = held(client, `/v1/znodes${at('x')}?until=exists`, WAIT);
      await sleep(SETTLE_MS);
      await client.create(at('x'), { data: 'here' });
      const { answer, elapsedMs } = await waiting;
      t.equal(answer.status, 200);
      t.match(answer.json(), { data: 'here' });
      t.ok(elapsedMs < SOON_MS);
    },

    'until a number of the stat is reached': async ({ t, client, at }) => {
      await client.create(at('x'));
      const acl = (await client.getAcl(at('x'))).acl;
      const set = (data: string) => ({ op: 'set', path: at('x'), data });
      const child = (op: string, name: string) => ({ op, path: at(`x/${name}`) });
      const cases: [string, () => Promise<unknown>][] = [
        ['version>1', () => client.transaction([set('1'), set('2')])],
        ['version>=3', () => client.set(at('x'), '3')],
        ['version=4', () => client.set(at('x'), '4')],
        ['children>=2', () => client.transaction([child('create', 'a'), child('create', 'b')])],
        ['children<1', () => client.transaction([child('delete', 'a'), child('delete', 'b')])],
        ['cversion>=5', () => client.create(at('x/c'))],
        ['aversion>0', () => client.setAcl(at('x'), acl)],
      ];
      for (const [condition, change] of cases) {
        const target = `/v1/znodes${at('x')}?until=${encodeURIComponent(condition)}`;
        const asked = await client.send({ target });
        t.equal(asked.status, 412, `${condition} does not hold yet`);
        const waiting = held(client, target, { prefer: 'wait=5' });
        await sleep(100);
        await change();
        const { answer, elapsedMs } = await waiting;
        t.equal(answer.status, 200, condition);
        t.ok(elapsedMs < 3000, `${condition}: ${elapsedMs} ms`);
      }
    },

    'until that does not hold in time is 412, with the znode as it is': async ({
      t,
      client,
      at,
    }) => {
      await client.create(at('x'));
      const { answer } = await held(client, `/v1/znodes${at('x')}?until=version%3E7`, BRIEFLY);
      t.equal(answer.status, 412);
      t.match(answer.json(), { code: 'BadVersion', path: at('x'), stat: { version: 0 } });
      const absent = await held(client, `/v1/znodes${at('none')}?until=exists`, BRIEFLY);
      t.equal(absent.answer.status, 412);
      t.match(absent.answer.json(), { code: 'NoNode', path: at('none') });
    },

    'a 404 tells the zxid at which it was true, so that absence can be awaited': async ({
      t,
      client,
      at,
    }) => {
      const answer = await client.send({ target: `/v1/znodes${at('x')}` });
      t.equal(answer.status, 404);
      t.match(answer.json(), { zxid: /^[0-9a-f]{16}$/ });
      t.equal(answer.headers['paddock-zxid'], (answer.json() as { zxid: string }).zxid);
    },

    'what until cannot mean is 400': async ({ t, client, at }) => {
      for (const until of [
        '',
        'gone',
        'version',
        'version>',
        'version>x',
        'mzxid>1',
        'version!=1',
      ]) {
        const target = `/v1/znodes${at('')}?until=${encodeURIComponent(until)}`;
        t.equal((await client.send({ target, headers: WAIT })).status, 400, until);
      }
      for (const prefer of ['wait=x', 'wait=-1', 'wait=1.5', 'wait=', 'wait']) {
        const target = `/v1/znodes${at('')}?until=exists`;
        t.equal((await client.send({ target, headers: { prefer } })).status, 400, prefer);
      }
      const other = { prefer: 'respond-async' };
      t.equal((await client.send({ target: `/v1/znodes${at('')}`, headers: other })).status, 200);
    },

    'many wait for one change, and all hear of it': async ({ t, client, at }) => {
      const target = `/v1/znodes${at('x')}?until=exists`;
      const waiting = Array.from({ length: 50 }, () => held(client, target, WAIT));
      await sleep(SETTLE_MS);
      await client.create(at('x'));
      const statuses = (await Promise.all(waiting)).map(({ answer }) => answer.status);
      t.strictSame(new Set(statuses), new Set([200]));
    },
  },
  { jobs: 5 },
);

// What looks at all that the member does.
await overHttp({
  'until=deleted ends with nothing to show': async ({ t, client, at }) => {
    await client.create(at('x'));
    const waiting = held(client, `/v1/znodes${at('x')}?until=deleted`, WAIT);
    await sleep(SETTLE_MS);
    await client.delete(at('x'));
    const { answer } = await waiting;
    t.equal(answer.status, 204);
    t.equal(answer.headers['paddock-zxid'], client.zxid);
    t.equal((await held(client, `/v1/znodes${at('x')}?until=deleted`, WAIT)).answer.status, 204);
  },

  'a client that goes away is waited for no longer': async ({ t, client, member, at }) => {
    const heldNow = async () => {
      const { text } = await client.send({ target: '/metrics' });
      return Number(/^held_requests (\d+)$/m.exec(text)?.[1]);
    };
    const leaver = await HttpDriver.open(member.port);
    const waiting = held(leaver, `/v1/znodes${at('x')}?until=exists`, WAIT).catch(() => 'gone');
    await eventually('it is held', async () => (await heldNow()) === 1);
    leaver.disconnect();
    t.equal(await waiting, 'gone');
    t.ok(await eventually('it is held no longer', async () => (await heldNow()) === 0));
  },
});
