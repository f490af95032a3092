/** In which order things happen, and what a client may rely on having happened. */
import { codeOf, type Stat } from './driver.ts';
import type { HttpDriver } from './http-driver.ts';
import { type HttpAnswer, problemOf } from './http-exchange.ts';
import { overBoth, overHttp, overWebSocket, sleep } from './specification.ts';
import { WsDriver } from './ws-driver.ts';

await overBoth({
  'a client reads what it has written': async ({ t, client, at }) => {
    await client.create(at('x'), { data: '0' });
    for (let round = 1; round <= 30; round += 1) {
      await client.set(at('x'), `${round}`);
      t.equal((await client.get(at('x'))).data, `${round}`);
    }
  },

  'what one was told to be done, others see who have caught up since': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    await client.create(at('x'), { data: '0' });
    for (let round = 1; round <= 30; round += 1) {
      await client.set(at('x'), `${round}`);
      await other.sync();
      t.equal((await other.get(at('x'))).data, `${round}`);
    }
  },

  'zxids grow with every change, by whomever': async ({ t, client, connect, at }) => {
    const other = await connect();
    const zxids: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      zxids.push((await client.create(at(`a${round}`))).stat.czxid);
      zxids.push((await other.create(at(`b${round}`))).stat.czxid);
    }
    t.strictSame(zxids, zxids.toSorted());
    t.equal(new Set(zxids).size, 20);
  },

  'every answer tells a zxid, and it never goes back': async ({ t, client, at }) => {
    let last = client.zxid;
    const told = (what: string) => {
      t.match(client.zxid, /^[0-9a-f]{16}$/);
      t.ok(client.zxid >= last, `${what}: ${last} then ${client.zxid}`);
      last = client.zxid;
    };
    await client.create(at('x'));
    told('a create');
    await client.get(at('x'));
    told('a get');
    await codeOf(client.create(at('x')));
    told('a refusal');
    await client.transaction([{ op: 'set', path: at('x'), data: 'x' }]);
    told('a transaction');
    await client.sync();
    told('a sync');
    await client.delete(at('x'));
    told('a delete');
  },

  'sync answers the zxid that the member has caught up to': async ({ t, client, at }) => {
    const { stat } = await client.create(at('x'));
    const synced = await client.sync();
    t.equal(synced, client.zxid);
    // Sessions of others may end meanwhile: it never goes back.
    t.ok(synced >= stat.czxid && (await client.sync()) >= synced, synced);
  },
});

/** Writes after which a state has come that was not there before them. */
const SETS = 3;

await overHttp({
  'Paddock-Min-Zxid: an answer from a state at least that new': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const other = await connect();
    const { stat } = await client.create(at('x'));
    const headers = { 'paddock-min-zxid': stat.czxid };
    const answer = await other.send({ target: `/v1/znodes${at('x')}`, headers });
    t.equal(answer.status, 200);
    t.ok((answer.headers['paddock-zxid'] ?? '') >= stat.czxid);
  },

  'a state that is not there yet is waited for': async ({ t, client, member, at }) => {
    const writer = await WsDriver.connect(member.wsUrl);
    t.teardown(() => writer.disconnect());
    await writer.create(at('x'), { data: '0' });
    const current = writer.zxid;
    // Others may write, too: it comes with the last of these sets, or sooner.
    let next = current;
    for (let set = 1; set <= SETS; set += 1) next = next.slice(0, 8) + plusOne(next.slice(8));
    const reading = client.send({
      target: `/v1/znodes${at('x')}`,
      headers: { 'paddock-min-zxid': next },
    });
    await sleep(200);
    let seen = 0;
    for (let set = 1; set <= SETS; set += 1) {
      const { stat } = await writer.set(at('x'), String(set));
      if (stat.mzxid <= next) seen = set;
    }
    const answer = await reading;
    t.equal(answer.status, 200);
    t.ok((answer.headers['paddock-zxid'] ?? '') >= next);
    const { data } = answer.json() as { data: string };
    t.ok(seen > 0 && Number(data) >= seen, `${data}, and ${seen} was there by then`);
  },

  'one that the ensemble has never come to is 409, and not waited for in vain': async ({
    t,
    client,
    at,
  }) => {
    const began = performance.now();
    const [target, methods] = [`/v1/znodes${at('')}`, ['GET', 'PUT']];
    const headers = { 'paddock-min-zxid': '001fffff00000000', prefer: 'wait=20' };
    const sent = methods.map((method) => client.send({ method, target, headers }));
    for (const [number, method] of methods.entries()) {
      const answer = (await sent[number]) as HttpAnswer;
      t.equal(answer.status, 409, method);
      t.match(problemOf(answer), { code: 'AheadOfEnsemble', outcome: 'not-applied' });
      t.equal(problemOf(answer).zxid, answer.headers['paddock-zxid'], 'how far it has come');
    }
    const elapsed = performance.now() - began;
    t.ok(elapsed < 20_000, `${elapsed} ms for both`);
    t.equal((await client.get(at(''))).stat.version, 0, 'and nothing was written');
  },

  'what is no zxid is 400': async ({ t, client }) => {
    for (const zxid of ['', '1', '-1', 'x'.repeat(16), '00000001000000FF', `${client.zxid}0`]) {
      const headers = { 'paddock-min-zxid': zxid };
      t.equal((await client.send({ target: '/v1/znodes', headers })).status, 400, zxid);
    }
  },

  'every response carries Paddock-Zxid': async ({ t, client, at }) => {
    const targets: [string, string, number][] = [
      ['GET', '/v1/znodes', 200],
      ['HEAD', '/v1/znodes', 200],
      ['GET', `/v1/znodes${at('none')}`, 404],
      ['POST', `/v1/znodes${at('x')}`, 201],
      ['DELETE', `/v1/znodes${at('x')}`, 204],
      ['GET', '/v1/children', 200],
      ['GET', '/v1/acls', 200],
      ['GET', '/v1/ensemble', 200],
      ['GET', '/v1/whoami', 200],
      ['POST', '/v1/sync', 200],
      ['GET', '/livez', 200],
      ['GET', '/readyz', 200],
      ['GET', '/metrics', 200],
      ['GET', '/nothing/here', 404],
      ['PATCH', '/v1/znodes', 405],
      ['GET', '/v1/znodes?unknown=1', 400],
    ];
    for (const [method, target, status] of targets) {
      const answer = await client.send({ method, target });
      t.equal(answer.status, status, `${method} ${target}`);
      t.match(answer.headers['paddock-zxid'], /^[0-9a-f]{16}$/, `${method} ${target}`);
    }
  },

  'one connection answers in the order of the requests': async ({ t, client, at }) => {
    await client.create(at('x'), { data: '0' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, round) => setAndRead(client, at(`p${round}`))),
    );
    t.ok(answers.every((same) => same));
  },
});

async function setAndRead(client: HttpDriver, path: string): Promise<boolean> {
  const { stat } = await client.create(path, { data: path });
  const read = await client.get(path);
  return read.data === path && read.stat.mzxid === stat.mzxid;
}

function plusOne(hex: string): string {
  return (Number.parseInt(hex, 16) + 1).toString(16).padStart(8, '0');
}

await overWebSocket({
  'pipelined requests take effect and are answered in the order they were sent': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'), { data: 'none' });
    const requests = Array.from({ length: 200 }, (_, round) =>
      round % 2 === 0
        ? { op: 'set', path: at('x'), data: `${round}` }
        : { op: 'get', path: at('x') },
    );
    const from = client.arrived.length;
    const answers = await client.pipeline(requests);
    for (let round = 1; round < answers.length; round += 2) {
      if (answers[round]?.result?.['data'] === `${round - 1}`) continue;
      t.fail(`read ${round} shows ${JSON.stringify(answers[round]?.result?.['data'])}`);
    }
    const ids = client.arrived.slice(from).flatMap(({ id }) => (id === undefined ? [] : [id]));
    t.strictSame(
      ids,
      ids.toSorted((a, b) => a - b),
      'answers in request order',
    );
    t.equal(ids.length, 200);
    const zxids = answers.map(({ zxid }) => zxid);
    t.strictSame(zxids, zxids.toSorted(), 'zxids never go back');
  },

  'refusals keep their place among the answers': async ({ t, client, at }) => {
    await client.create(at('x'));
    const from = client.arrived.length;
    const answers = await client.pipeline([
      { op: 'create', path: at('x') },
      { op: 'create', path: at('y') },
      { op: 'create', path: at('y') },
      { op: 'get', path: at('none') },
      { op: 'delete', path: at('y') },
      { op: 'get', path: at('y') },
      { op: 'no such op' },
      { op: 'set', path: at('x'), data: 'x', version: 7 },
      { op: 'get', path: 'no slash' },
      { op: 'exists', path: at('x') },
    ]);
    t.strictSame(
      answers.map(({ error, result }) => error?.code ?? typeof result),
      [
        'NodeExists',
        'object',
        'NodeExists',
        'NoNode',
        'object',
        'NoNode',
        'BadArguments',
        'BadVersion',
        'BadArguments',
        'object',
      ],
    );
    const ids = client.arrived.slice(from).flatMap(({ id }) => (id === undefined ? [] : [id]));
    t.strictSame(
      ids,
      ids.toSorted((a, b) => a - b),
    );
  },

  'what is malformed waits for its turn like anything else, and harms nobody': async ({
    t,
    client,
    at,
  }) => {
    await client.create(at('x'));
    const set = { op: 'set', path: at('x'), data: 'x' };
    const malformed = [
      { op: 'addWatch', path: '/x//y', mode: 'persistent' },
      { op: 'addWatch', path: at('x'), mode: 'persistent', since: '001fffff00000000' },
      { op: 'get', path: 'no slash' },
      { op: 'children', path: at('x'), limit: 0 },
      { op: 'children', path: '/x//y', watch: true },
      { op: 'read', ops: [{ op: 'no such op', path: at('x') }] },
      { op: 'read', ops: Array.from({ length: 1001 }, () => ({ op: 'get', path: at('x') })) },
      { op: 'removeWatch', watch: 1, path: at('x'), kind: 'any' },
      { op: 'removeWatch', watch: 12_345 },
      { op: 'create', path: '/x//y' },
      { op: 'create', path: at('y'), data: '***', encoding: 'base64' },
      { op: 'set', path: at('x'), data: '\ud800' },
      { op: 'transaction', ops: [{ op: 'set', path: at('x'), data: '*', encoding: 'base64' }] },
      { op: 'setAcl', path: at('x'), acl: [{ perms: 'r', scheme: 'world', id: '\ud800' }] },
      { op: 'connect' },
    ];
    const from = client.arrived.length;
    const answers = await client.pipeline(malformed.flatMap((request) => [set, request, set]));
    for (const [index, request] of malformed.entries()) {
      t.ok(answers[3 * index + 1]?.error, JSON.stringify(request).slice(0, 100));
      t.ok(answers[3 * index]?.result && answers[3 * index + 2]?.result, 'the others are done');
    }
    const ids = client.arrived.slice(from).flatMap(({ id }) => (id === undefined ? [] : [id]));
    t.strictSame(
      ids,
      ids.toSorted((a, b) => a - b),
      'each refusal in its place',
    );
    t.equal((await client.get(at('x'))).stat.version, 2 * malformed.length);
  },

  'an array frame is its requests one after the other': async ({ t, client, at }) => {
    const answers = await client.frame([
      { op: 'create', path: at('x'), data: '0' },
      { op: 'set', path: at('x'), data: '1' },
      { op: 'get', path: at('x') },
      { op: 'create', path: at('x') },
      { op: 'delete', path: at('x') },
      { op: 'exists', path: at('x') },
    ]);
    t.match(answers, [
      { result: { path: at('x') } },
      { result: { stat: { version: 1 } } },
      { result: { data: '1' } },
      { error: { code: 'NodeExists' } },
      { result: {} },
      { result: { exists: false } },
    ]);
    t.not(answers[0]?.zxid, answers[1]?.zxid, 'not a transaction: each its own zxid');
  },

  'array frames and single ones mix': async ({ t, client, at }) => {
    await client.create(at('x'), { data: '' });
    const frames = Array.from({ length: 30 }, (_, round) => [
      client.frame([
        { op: 'set', path: at('x'), data: `a${round}` },
        { op: 'get', path: at('x') },
      ]),
      client.frame([{ op: 'set', path: at('x'), data: `b${round}` }], false),
      client.frame([{ op: 'get', path: at('x') }], false),
    ]).flat();
    const answers = (await Promise.all(frames)).flat();
    const read = answers.flatMap(({ result }) =>
      result?.['data'] === undefined ? [] : [result['data']],
    );
    t.strictSame(read, Array.from({ length: 30 }, (_, round) => [`a${round}`, `b${round}`]).flat());
  },

  'reads of one client do not wait for the writes of another': async ({
    t,
    client,
    connect,
    at,
  }) => {
    const reader = await connect();
    await client.create(at('x'));
    const writes = client.pipeline(
      Array.from({ length: 500 }, (_, round) => ({ op: 'set', path: at('x'), data: `${round}` })),
    );
    const reads = await reader.pipeline(
      Array.from({ length: 50 }, () => ({ op: 'get', path: at('x') })),
    );
    t.ok(reads.every(({ error }) => error === undefined));
    const versions = reads.map(({ result }) => (result as { stat: Stat }).stat.version);
    t.strictSame(
      versions,
      versions.toSorted((a, b) => a - b),
      'and never go back',
    );
    await writes;
  },

  'ping and whoami': async ({ t, client }) => {
    const { expiresInMs } = (await client.request({ op: 'ping' })).result;
    t.ok(Number(expiresInMs) <= client.timeoutMs, `${expiresInMs} ms are left`);
    const { result } = await client.request({ op: 'whoami' });
    t.match(result, {
      identities: [{ scheme: 'ip', id: '127.0.0.1' }],
      sessionId: client.sessionId,
    });
  },

  'a write answers the zxid of its change': async ({ t, client, at }) => {
    const { zxid, result } = await client.request({ op: 'create', path: at('x') });
    t.equal(zxid, (result['stat'] as { czxid: string }).czxid);
  },
});
