/** Limits on what is kept for requests that are sent again. */
import { Buffer } from 'node:buffer';
import { HttpClient } from '../conformance/http-exchange.ts';
import type { LimitCases, Scene } from './limit-case.ts';

/** A caller who uses keys from an address of this machine, as a user or as nobody. */
function caller({ t, member }: Scene, address: string, user?: string) {
  const http = new HttpClient(member.port, undefined, address);
  t.teardown(() => http.close());
  const basic = Buffer.from(`${user}:x`).toString('base64');
  const authorization = user === undefined ? {} : { authorization: `Basic ${basic}` };
  return (key: string) =>
    http.send({
      ...{ method: 'PUT', target: `/v1/znodes/k${address}-${user}-${key}`, body: 'x' },
      headers: { 'idempotency-key': `${address}-${key}`, ...authorization },
    });
}

type Put = ReturnType<typeof caller>;

/** How many keys it can use before it is refused one, and the limit that the refusal names. */
async function used({ t }: Scene, put: Put) {
  for (let keys = 0; ; keys += 1) {
    const answer = await put(`${keys}`);
    if (answer.status === 201) continue;
    const { code, outcome, limit } = JSON.parse(answer.text);
    t.same([answer.status, code, outcome], [503, 'Throttled', 'not-applied']);
    t.ok(answer.headers['retry-after']);
    return { keys, limit };
  }
}

export const REPEATS: LimitCases = {
  idempotencyKeys: {
    value: 10,
    async reach(scene, value) {
      const { t } = scene;
      const [near, far] = ['127.0.0.1', '127.0.0.2'];
      const share = (keys: number, of: number) => {
        return { keys, limit: { name: 'idempotencyKeysShare', value: of } };
      };
      const first = caller(scene, near);
      t.same(await used(scene, first), share(5, 5), 'who takes all has half');
      const user = caller(scene, near, 'ada');
      t.same(await used(scene, user), share(2, 6), 'of an address all have two thirds');
      t.same(await used(scene, caller(scene, near, 'bob')), share(0, 6));
      t.same(await used(scene, caller(scene, far)), share(2, 1), 'others go on');
      t.same(await used(scene, caller(scene, '127.0.0.3')), {
        ...{ keys: 1, limit: { name: 'idempotencyKeys', value } },
      });
      for (const put of [first, user]) {
        const again = await put('0');
        t.equal(again.status, 201, 'a repeat needs no room');
        t.equal(again.headers['idempotency-replayed'], 'true');
      }
    },
  },

  idempotencyBytes: {
    value: 200,
    async reach(scene, value) {
      const { t } = scene;
      const first = caller(scene, '127.0.0.1');
      const { keys, limit } = await used(scene, first);
      t.equal(limit.name, 'idempotencyBytesShare');
      t.ok(keys >= 1 && keys < 4, `${keys} answers are half of it`);
      let last = limit;
      for (let n = 2; last.name !== 'idempotencyBytes'; n += 1) {
        const other = await used(scene, caller(scene, `127.0.0.${n}`));
        t.ok(other.keys >= 1, 'there is some for one more');
        last = other.limit;
      }
      t.same(last, { name: 'idempotencyBytes', value });
      t.equal((await first('0')).status, 201, 'a repeat needs no room');
    },
  },

  exactlyOnceBytes: {
    value: 2000,
    async reach(scene, value) {
      const { t } = scene;
      const root = await scene.root();
      const sockets = [];
      for (let n = 0; n < 3; n += 1) sockets.push(await scene.webSocket({ exactlyOnce: true }));
      const create = (id: number, name = 'n-') => {
        const mode = 'persistent_sequential';
        return { op: 'create', id, path: `${root}/${name}`, mode, parents: true };
      };
      const ids = Array.from({ length: 20 }, (_, n) => n + 1);
      for (const socket of sockets) {
        const answers = await socket.pipeline(ids.map((id) => create(id)));
        t.same(
          answers.filter(({ error }) => error),
          [],
          'all are served',
        );
      }
      const resumed = [];
      for (const { token } of sockets) {
        const socket = await scene.webSocket({ session: token, exactlyOnce: true });
        resumed.push(socket);
        const [oldest, newest] = await socket.pipeline([create(1), create(20)]);
        t.match(oldest?.error, { code: 'OutcomeUnknown' }, 'the oldest answers are not kept');
        t.equal(newest?.replayed, true, 'the last ones are');
      }
      const long = `${'l'.repeat(240)}/`.repeat(3);
      const [socket] = resumed;
      if (socket === undefined) throw new Error('nobody is connected');
      const [beyond] = await socket.pipeline([create(21, long)]);
      if (beyond?.error === undefined) throw new Error('it was taken');
      scene.names(beyond.error, 'Throttled', { name: 'exactlyOnceBytes', value });
      t.ok((beyond.error.retryAfter ?? 0) > 0);
      const plain = await scene.webSocket();
      const [kept] = await plain.pipeline([create(21, long)]);
      t.match(kept?.result, { path: `${root}/${long}0000000000` }, 'it was not done before');
      for (const other of resumed.slice(1)) await other.closeSession();
      const [again] = await socket.pipeline([create(22, long)]);
      t.ok(again?.result, 'there is room when others have ended');
    },
  },
};
